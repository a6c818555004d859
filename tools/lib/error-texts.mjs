// Which errors there are, as the sources tell: every text that reaches an `Error`, a failed check or a list of mistakes,
// with `…` for what is filled in. `docs/troubleshooting.md` is held against this list. What `doctor` finds is no part of
// it: it says itself what to do.
import { dirname, join, relative, resolve, sep } from "node:path";

import ts from "typescript";

import { root } from "./paths.mjs";

/**
 * @typedef {object} ErrorText
 * @property {string} text one line; `…` stands for what is filled in
 * @property {string} file where it is written, from the root
 * @property {number} line
 */
/** @typedef {ReadonlyMap<ts.Symbol, { expression: ts.Expression, bound: Bound }>} Bound what parameters stand for */

/** What stands for a value that only a run knows. */
const hole = "…";

/** Where users meet errors: the entries of the package, and what they import. */
const entries = ["sdk/index.ts", "provider/index.ts", "plugin/index.ts", "client/index.ts", "cli/index.ts"];
const rooms = /^(api|provider|sdk|plugin|client|cli)\//;
/** Of the local AuthKit what keeps it from starting; what it answers has WorkOS's own codes. */
const startOfEmulator = /^emulator\/(assemble|clock|seed\/(apply|check)|store\/(file-name|lock|journal))\.ts$/;

/** Types whose objects tell a user what is wrong, and the properties that say it. */
const tellingTypes = new Map([
  ["Failure", ["reason", "message"]],
  ["ErrorContext", ["remedy"]],
]);
/** Where every `message` of an object is a mistake in a file. */
const filesOfMistakes = /\/(roster|roles)-files\/|^cli\/seed-file\.ts$|^emulator\/seed\//;
/** Functions of a declaration that say in words what was refused, or what is in the way. */
const hooks = new Set(["explain", "another", "unsure", "others"]);
/** Functions that write names and numbers. */
const wording = new Set([
  "didYouMean",
  "named",
  "plural",
  "counted",
  "headcount",
  "oneLine",
  "printable",
  "suggestion",
  "sentence",
]);
/** Texts that stand in a record, of which one is picked. */
const pickedFrom = /^Object\s*\.(entries|values)\((\w+)\)/;

/** What only a mistake in this repository can raise. */
const mistakesOfOurs = new Set([
  "…: query and body must be declared as z.object or a union of them",
  "a budget needs at least one request per window, and a window longer than nothing",
]);

/** How many alternatives of one text are told apart; beyond that, what differs is a hole. */
const mostAlternatives = 24;

/** @returns {ErrorText[]} */
export function errorTexts() {
  // Only what is ours is read, since nothing is asked of other types: a fifth of the time.
  /** @type {ts.CompilerOptions} */
  const options = { target: ts.ScriptTarget.ES2022, jsx: ts.JsxEmit.ReactJSX, strict: true, noLib: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith(".") ? ownModule(resolve(dirname(from), text)) : undefined,
    }));
  const program = ts.createProgram(
    entries.map((path) => join(root, path)),
    options,
    host,
  );
  return new Scan(program).texts();
}

/**
 * @param {string} path without its ending
 * @returns {ts.ResolvedModuleFull | undefined}
 */
function ownModule(path) {
  const file = [`${path}.ts`, `${path}.tsx`, join(path, "index.ts")].find((one) => ts.sys.fileExists(one));
  return file === undefined
    ? undefined
    : { resolvedFileName: file, extension: file.endsWith("x") ? ts.Extension.Tsx : ts.Extension.Ts };
}

class Scan {
  /** @param {ts.Program} program */
  constructor(program) {
    this.checker = program.getTypeChecker();
    this.sources = program.getSourceFiles().filter((source) => {
      const path = pathOf(source);
      return rooms.test(path) || startOfEmulator.test(path);
    });
    /** By the name alone, which needs no types. @type {Map<string, (ts.CallExpression | ts.NewExpression)[]>} */
    this.calls = new Map();
    /** @type {Map<string, ErrorText>} */
    this.found = new Map();
    /** @type {Set<ts.Symbol>} */
    this.followed = new Set();
  }

  texts() {
    for (const source of this.sources) this.visit(source, (node) => this.noteCall(node));
    for (const source of this.sources) this.visit(source, (node) => this.look(node));
    const all = [...this.found.values()];
    return all
      .filter(({ text }) => !mistakesOfOurs.has(text))
      .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  }

  /**
   * @param {ts.Node} node
   * @param {(node: ts.Node) => void} see
   */
  visit(node, see) {
    see(node);
    ts.forEachChild(node, (child) => this.visit(child, see));
  }

  /** @param {ts.Node} node */
  noteCall(node) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const name = lastName(node.expression);
    if (name === undefined) return;
    const list = this.calls.get(name) ?? [];
    list.push(node);
    this.calls.set(name, list);
  }

  /** @param {ts.Node} node */
  look(node) {
    if (ts.isNewExpression(node)) this.lookAtNew(node);
    if (ts.isObjectLiteralExpression(node)) this.lookAtObject(node);
    if (ts.isCallExpression(node)) this.lookAtCall(node);
    if (ts.isMethodDeclaration(node) || ts.isPropertyAssignment(node)) this.lookAtHook(node);
  }

  /** @param {ts.MethodDeclaration | ts.PropertyAssignment} node */
  lookAtHook(node) {
    if (
      !ts.isIdentifier(node.name) ||
      !hooks.has(node.name.text) ||
      !pathOf(node.getSourceFile()).startsWith("provider/")
    )
      return;
    if (ts.isMethodDeclaration(node)) {
      for (const text of this.returned(node, new Map(), 0)) this.note(text, node);
    } else this.tells(node.initializer);
  }

  /** @param {ts.NewExpression} node */
  lookAtNew(node) {
    if (!this.isError(node.expression)) return;
    const own = this.constructorOf(node.expression);
    if (own === undefined) {
      const [message] = node.arguments ?? [];
      if (message) this.tells(message);
      return;
    }
    const said = superMessage(own);
    // What the constructor says itself is found there; what it is given, here.
    own.parameters.forEach((parameter, place) => {
      const given = node.arguments?.[place];
      const symbol = this.symbolOf(parameter.name);
      if (given && symbol && said && this.symbolOf(said) === symbol) this.tells(given);
    });
    if (said && !ts.isIdentifier(said)) this.tells(said);
  }

  /** @param {ts.ObjectLiteralExpression} node */
  lookAtObject(node) {
    const keys = node.properties.map((one) => (one.name && ts.isIdentifier(one.name) ? one.name.text : ""));
    if (!keys.some((key) => ["reason", "message", "remedy", "error"].includes(key))) return;
    const name = this.nameOfType(this.checker.getContextualType(node)) ?? "";
    const isFailure = keys.includes("property") && keys.includes("reason");
    const telling = [
      ...(tellingTypes.get(name) ?? []),
      ...(isFailure ? ["reason"] : []),
      ...(filesOfMistakes.test(pathOf(node.getSourceFile())) || isArgumentOf(node, "addIssue") ? ["message"] : []),
      ...(this.isOfSchema(node) ? ["error"] : []),
    ];
    node.properties.forEach((property, place) => {
      if (!telling.includes(keys[place] ?? "")) return;
      if (ts.isPropertyAssignment(property)) this.tells(property.initializer);
      else if (ts.isMethodDeclaration(property))
        for (const text of this.returned(property, new Map(), 0)) this.note(text, property);
      else if (ts.isShorthandPropertyAssignment(property)) this.tells(property.name);
    });
  }

  /** @param {ts.CallExpression} node */
  lookAtCall(node) {
    if (!ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== "push") return;
    const list = node.expression.expression;
    // Lists of refusals are joined into one error.
    if (/^refusals$|^mistakes$|^problems$/.test(list.getText())) {
      for (const one of node.arguments) if (this.isText(one)) this.tells(one);
    }
  }

  /** @param {ts.Expression} node */
  isText(node) {
    return (this.checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;
  }

  /**
   * What zod is given to say: `{ error: … }`, by itself or as what a function of ours returns for that.
   * @param {ts.ObjectLiteralExpression} node
   */
  isOfSchema(node) {
    return node.properties.length <= 2 && node.properties.some((one) => one.name?.getText() === "error");
  }

  /**
   * Notes what an expression says. Where that is what a function is given, its callers say it.
   * @param {ts.Expression} expression
   */
  tells(expression) {
    const parameter = this.parameterOf(expression);
    if (parameter) {
      this.follow(parameter);
      return;
    }
    for (const text of this.evaluate(expression, new Map(), 0)) this.note(text, expression);
  }

  /**
   * @param {string} raw
   * @param {ts.Node} node
   */
  note(raw, node) {
    const text = raw
      .replaceAll(/\s*\n\s*/g, " ")
      .replaceAll(/…(?:\s*…)+/g, hole)
      .trim();
    // What is only handed on is found where it is written.
    if (text.replaceAll(/[^\p{L}]/gu, "").length < 8) return;
    const source = node.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (!this.found.has(text)) this.found.set(text, { text, file: pathOf(source), line: line + 1 });
  }

  /** @param {ts.Expression} expression */
  parameterOf(expression) {
    const node = bare(expression);
    if (!ts.isIdentifier(node)) return undefined;
    const declaration = this.symbolOf(node)?.valueDeclaration;
    return declaration && ts.isParameter(declaration) && ts.isIdentifier(declaration.name) ? declaration : undefined;
  }

  /** @param {ts.ParameterDeclaration} parameter */
  follow(parameter) {
    const symbol = this.symbolOf(parameter.name);
    if (symbol === undefined || this.followed.has(symbol)) return;
    this.followed.add(symbol);
    const owner = parameter.parent;
    const place = owner.parameters.indexOf(parameter);
    for (const call of this.callsOf(owner)) {
      const given = call.arguments?.[place];
      if (given) this.tells(given);
    }
    if (parameter.initializer) this.tells(parameter.initializer);
  }

  /** @param {ts.SignatureDeclaration} owner */
  callsOf(owner) {
    /** @type {ts.Node | undefined} */
    let named = owner.name;
    if (ts.isConstructorDeclaration(owner)) named = owner.parent.name;
    else if (!named && (ts.isArrowFunction(owner) || ts.isFunctionExpression(owner))) {
      /** @type {ts.Node} */
      let holder = owner.parent;
      while (ts.isAsExpression(holder) || ts.isParenthesizedExpression(holder)) holder = holder.parent;
      if (ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder)) named = holder.name;
    }
    const symbol = named && this.symbolOf(named);
    if (!symbol) return [];
    return (this.calls.get(symbol.name) ?? []).filter(({ expression }) => this.symbolOf(expression) === symbol);
  }

  /**
   * The texts that an expression can be.
   * @param {ts.Expression} given
   * @param {Bound} bound
   * @param {number} depth
   * @returns {string[]}
   */
  evaluate(given, bound, depth) {
    const node = bare(given);
    if (depth > 12) return [hole];
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isTemplateExpression(node)) {
      let texts = [node.head.text];
      for (const { expression, literal } of node.templateSpans) {
        const parts = this.part(expression, bound, depth + 1);
        texts = texts.flatMap((text) => parts.map((part) => `${text}${part}${literal.text}`));
        if (texts.length > mostAlternatives) return [this.coarse(node)];
      }
      return texts;
    }
    if (ts.isConditionalExpression(node)) {
      return [...this.evaluate(node.whenTrue, bound, depth + 1), ...this.evaluate(node.whenFalse, bound, depth + 1)];
    }
    if (ts.isBinaryExpression(node)) return this.evaluateBinary(node, bound, depth);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return this.returned(node, bound, depth + 1);
    if (ts.isAwaitExpression(node)) return this.evaluate(node.expression, bound, depth);
    if (ts.isIdentifier(node)) return this.evaluateName(node, bound, depth);
    const [, , record] = pickedFrom.exec(node.getText()) ?? [];
    if (record !== undefined) return this.evaluatePicked(node, record, bound, depth);
    if (ts.isCallExpression(node)) return this.evaluateCall(node, bound, depth);
    if (ts.isPropertyAccessExpression(node)) {
      const declaration = this.symbolOf(node)?.valueDeclaration;
      return declaration && ts.isPropertyAssignment(declaration) && isConstant(declaration)
        ? this.evaluate(declaration.initializer, bound, depth + 1)
        : [hole];
    }
    if (ts.isElementAccessExpression(node)) {
      const values = this.valuesOf(node.expression);
      return values.length > 0 ? values.flatMap((value) => this.evaluate(value, bound, depth + 1)) : [hole];
    }
    return [hole];
  }

  /**
   * One of the texts of a record: `Object.entries(remedies).find(…)?.[1]`.
   * @param {ts.Expression} node
   * @param {string} record
   * @param {Bound} bound
   * @param {number} depth
   */
  evaluatePicked(node, record, bound, depth) {
    /** @type {ts.Expression[]} */
    let values = [];
    /** @param {ts.Node} part */
    const look = (part) => {
      if (ts.isIdentifier(part) && part.text === record && values.length === 0) values = this.valuesOf(part);
      ts.forEachChild(part, look);
    };
    look(node);
    return values.length > 0 ? values.flatMap((value) => this.evaluate(value, bound, depth + 1)) : [hole];
  }

  /**
   * @param {ts.BinaryExpression} node
   * @param {Bound} bound
   * @param {number} depth
   */
  evaluateBinary(node, bound, depth) {
    const { left, right, operatorToken } = node;
    if (operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const [before, after] = [this.part(left, bound, depth + 1), this.part(right, bound, depth + 1)];
      return before.flatMap((first) => after.map((second) => first + second));
    }
    if (
      operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      operatorToken.kind === ts.SyntaxKind.BarBarToken
    ) {
      return [...this.evaluate(left, bound, depth + 1), ...this.evaluate(right, bound, depth + 1)];
    }
    return operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
      ? this.evaluate(right, bound, depth + 1)
      : [hole];
  }

  /**
   * @param {ts.Identifier} node
   * @param {Bound} bound
   * @param {number} depth
   */
  evaluateName(node, bound, depth) {
    const symbol = this.symbolOf(node);
    const filled = symbol && bound.get(symbol);
    const value = symbol?.valueDeclaration;
    if (value && ts.isFunctionDeclaration(value) && isOurs(value.getSourceFile())) {
      return this.returned(value, bound, depth + 1);
    }
    if (filled) return this.evaluate(filled.expression, filled.bound, depth + 1);
    const declaration = symbol?.valueDeclaration;
    if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
      const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
      if (isConst && ts.isIdentifier(declaration.name)) return this.evaluate(declaration.initializer, bound, depth + 1);
    }
    return [hole];
  }

  /**
   * @param {ts.CallExpression} node
   * @param {Bound} bound
   * @param {number} depth
   * @returns {string[]}
   */
  evaluateCall(node, bound, depth) {
    const { expression } = node;
    if (ts.isIdentifier(expression) && wording.has(expression.text)) return [hole];
    if (ts.isPropertyAccessExpression(expression) && expression.name.text === "join") {
      const list = listIn(expression.expression);
      const [between] = node.arguments;
      if (list && between && ts.isStringLiteralLike(between)) {
        let texts = [""];
        for (const [place, element] of list.elements.entries()) {
          const parts = ts.isSpreadElement(element) ? [hole] : this.part(element, bound, depth + 1);
          texts = texts.flatMap((text) => parts.map((part) => `${text}${place === 0 ? "" : between.text}${part}`));
          if (texts.length > mostAlternatives) return [hole];
        }
        return texts;
      }
      return [hole];
    }
    if (ts.isPropertyAccessExpression(expression) && /^(trim|trimEnd|toString)$/.test(expression.name.text)) {
      return this.evaluate(expression.expression, bound, depth + 1);
    }
    // A choice among functions, as of a record of them.
    const callees = ts.isElementAccessExpression(expression)
      ? this.valuesOf(expression.expression).filter((value) => ts.isArrowFunction(value))
      : [this.functionOf(expression)];
    const texts = callees.flatMap((callee) => {
      if (!callee) return [];
      /** @type {Map<ts.Symbol, { expression: ts.Expression, bound: Bound }>} */
      const inside = new Map();
      callee.parameters.forEach((parameter, place) => {
        const symbol = ts.isIdentifier(parameter.name) ? this.symbolOf(parameter.name) : undefined;
        const argument = node.arguments[place] ?? parameter.initializer;
        if (symbol && argument) inside.set(symbol, { expression: argument, bound });
      });
      return this.returned(callee, inside, depth + 1);
    });
    return texts.length > 0 ? texts : [hole];
  }

  /**
   * A part of a text: what is no sentence by itself is a hole.
   * @param {ts.Expression} expression
   * @param {Bound} bound
   * @param {number} depth
   */
  part(expression, bound, depth) {
    const texts = [...new Set(this.evaluate(expression, bound, depth))];
    const telling = texts.some((text) => text.replaceAll(hole, "").trim().length > 24);
    const only = texts.length === 1 && texts[0] !== undefined && !texts[0].includes(hole);
    // Beside sentences, a hole is what was handed on from elsewhere, and stands there.
    if (telling && texts.length <= mostAlternatives) return texts.filter((text) => text !== hole);
    return only ? texts : [hole];
  }

  /** @param {ts.TemplateExpression} node */
  coarse(node) {
    return node.head.text + node.templateSpans.map(({ literal }) => hole + literal.text).join("");
  }

  /**
   * What a function returns.
   * @param {ts.FunctionLikeDeclaration} callee
   * @param {Bound} bound
   * @param {number} depth
   * @returns {string[]}
   */
  returned(callee, bound, depth) {
    const { body } = callee;
    if (!body) return [];
    if (!ts.isBlock(body)) return this.evaluate(body, bound, depth);
    /** @type {ts.Expression[]} */
    const expressions = [];
    /** @param {ts.Node} node */
    const collect = (node) => {
      if (ts.isFunctionLike(node)) return;
      if (ts.isReturnStatement(node) && node.expression) expressions.push(node.expression);
      ts.forEachChild(node, collect);
    };
    ts.forEachChild(body, collect);
    return expressions
      .filter((one) => bare(one).kind !== ts.SyntaxKind.UndefinedKeyword && bare(one).getText() !== "undefined")
      .flatMap((one) => this.evaluate(one, bound, depth));
  }

  /**
   * @param {ts.Expression} expression
   * @returns {ts.FunctionLikeDeclaration | undefined}
   */
  functionOf(expression) {
    const declaration = this.symbolOf(expression)?.valueDeclaration;
    if (!declaration || !isOurs(declaration.getSourceFile())) return undefined;
    if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) return declaration;
    const holds = ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration);
    const value = holds && declaration.initializer ? bare(declaration.initializer) : undefined;
    return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
  }

  /**
   * The values of a record that is written down.
   * @param {ts.Expression} expression
   */
  valuesOf(expression) {
    const node = bare(expression);
    const declaration = ts.isIdentifier(node) ? this.symbolOf(node)?.valueDeclaration : undefined;
    const held = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : node;
    const record = held && bare(held);
    return record && ts.isObjectLiteralExpression(record)
      ? record.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [bare(one.initializer)] : []))
      : [];
  }

  /** @param {ts.Node} node */
  symbolOf(node) {
    if (ts.isShorthandPropertyAssignment(node.parent ?? node)) {
      const value = this.checker.getShorthandAssignmentValueSymbol(node.parent);
      if (value) return value.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(value) : value;
    }
    const symbol = this.checker.getSymbolAtLocation(
      ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
        ? ts.isPropertyAccessExpression(node)
          ? node.name
          : node
        : node,
    );
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  /**
   * Whether a class is `Error`, or made of it.
   * @param {ts.Expression} expression
   * @returns {boolean}
   */
  isError(expression) {
    if (/^(pulumi\.)?(Error|TypeError|RangeError|RunError)$/.test(expression.getText())) return true;
    const declaration = this.symbolOf(expression)?.declarations?.find(ts.isClassDeclaration);
    const base = declaration?.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return base !== undefined && this.isError(base.expression);
  }

  /** @param {ts.Type | undefined} type */
  nameOfType(type) {
    if (!type) return undefined;
    if (type.isUnion()) {
      const named = type.types.map((one) => one.symbol?.name).find((name) => name && tellingTypes.has(name));
      return named;
    }
    return type.aliasSymbol?.name ?? type.symbol?.name;
  }

  /**
   * The constructor that a class of ours has, its own or a base's.
   * @param {ts.Expression} expression
   * @returns {ts.ConstructorDeclaration | undefined}
   */
  constructorOf(expression) {
    const declaration = this.symbolOf(expression)?.valueDeclaration;
    if (!declaration || !ts.isClassDeclaration(declaration) || !isOurs(declaration.getSourceFile())) return undefined;
    const own = declaration.members.find(ts.isConstructorDeclaration);
    if (own) return own;
    const base = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return base && this.constructorOf(base.expression);
  }
}

/**
 * What a constructor hands to `Error`.
 * @param {ts.ConstructorDeclaration} declaration
 */
function superMessage(declaration) {
  /** @type {ts.Expression | undefined} */
  let message;
  /** @param {ts.Node} node */
  const look = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) message ??= node.arguments[0];
    ts.forEachChild(node, look);
  };
  if (declaration.body) look(declaration.body);
  return message;
}

/**
 * The name by which something is called: `say` of `this.say(…)`.
 * @param {ts.Expression} expression
 */
function lastName(expression) {
  const node = bare(expression);
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

/**
 * Without parentheses and assertions.
 * @param {ts.Expression} node
 * @returns {ts.Expression}
 */
function bare(node) {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
    ? bare(node.expression)
    : node;
}

/**
 * The list in `[…].join(…)`, whatever is filtered out of it before.
 * @param {ts.Expression} expression
 * @returns {ts.ArrayLiteralExpression | undefined}
 */
function listIn(expression) {
  const node = bare(expression);
  if (ts.isArrayLiteralExpression(node)) return node;
  return ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "filter"
    ? listIn(node.expression.expression)
    : undefined;
}

/**
 * @param {ts.Node} node
 * @param {string} method
 */
function isArgumentOf(node, method) {
  const { parent } = node;
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === method
  );
}

/** @param {ts.PropertyAssignment} declaration */
function isConstant(declaration) {
  return isOurs(declaration.getSourceFile());
}

/** @param {ts.SourceFile} source */
function isOurs(source) {
  return /^(api|provider|sdk|plugin|client|cli|emulator)\//.test(pathOf(source));
}

/** @param {ts.SourceFile} source */
function pathOf(source) {
  return relative(root, source.fileName).split(sep).join("/");
}
