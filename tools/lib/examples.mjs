// Examples that can be copied as they are: what they stand on is taken from the other examples.
import ts from "typescript";

/**
 * The example with the import, and with what it names and does not declare itself.
 * @param {string} example
 * @param {readonly string[]} others where the rest is declared
 * @param {string} module what it imports
 */
export function completed(example, others, module = "pulumi-workos") {
  const declared = new Map(others.flatMap((other) => statementsOf(other).flatMap(declaredBy)));
  /** @type {Set<string>} */
  const before = new Set();
  /** @param {ts.Statement} statement */
  const add = (statement) => {
    for (const name of namesIn(statement)) {
      const needed = declared.get(name);
      if (!needed || ownNames.has(name) || needed === statement) continue;
      add(needed);
      before.add(textOf(needed));
    }
  };
  const own = statementsOf(example);
  const ownNames = new Set(own.flatMap(declaredBy).map(([name]) => name));
  for (const statement of own) add(statement);
  return [
    `import * as workos from ${JSON.stringify(module)};`,
    "",
    ...before,
    ...(before.size > 0 ? [""] : []),
    example.trim(),
  ].join("\n");
}

/** @param {string} text */
function statementsOf(text) {
  return [...ts.createSourceFile("example.ts", text, ts.ScriptTarget.ES2022, true).statements];
}

/**
 * @param {ts.Statement} statement
 * @returns {[string, ts.Statement][]}
 */
function declaredBy(statement) {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [/** @type {[string, ts.Statement]} */ ([name.text, statement])] : [],
  );
}

/**
 * Names of values that a statement uses, properties aside.
 * @param {ts.Node} node
 * @returns {string[]}
 */
function namesIn(node) {
  if (ts.isPropertyAccessExpression(node)) return namesIn(node.expression);
  if (ts.isPropertyAssignment(node)) return namesIn(node.initializer);
  if (ts.isIdentifier(node)) return [node.text];
  /** @type {string[]} */
  const names = [];
  ts.forEachChild(node, (child) => {
    names.push(...namesIn(child));
  });
  return names;
}

/** @param {ts.Statement} statement */
function textOf(statement) {
  return statement.getText();
}
