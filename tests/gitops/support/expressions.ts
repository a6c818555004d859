/** GitHub's own evaluation of `${{ … }}`. */
import { expressions } from "./libraries";

/** What expressions may refer to: `github`, `secrets`, `steps`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** How it stands when an expression is evaluated. */
export type Status = "success" | "failure" | "cancelled";

const statusFunctions = ["success", "failure", "cancelled", "always"] as const;

export async function evaluate(expression: string, contexts: Contexts, status: Status = "success"): Promise<string> {
  const { Evaluator, Lexer, Parser, data } = await expressions();
  const functions = statusFunctions.map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(name === "always" || name === status),
  }));
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as InstanceType<typeof data.Dictionary>;
  return new Evaluator(tree, values, new Map(functions.map((each) => [each.name, each]))).evaluate().coerceString();
}

const placeholder = /\$\{\{(.*?)\}\}/gs;

/** A text with each of its expressions replaced by what it amounts to. */
export async function interpolate(text: string, contexts: Contexts, status?: Status): Promise<string> {
  const values = await Promise.all(
    [...text.matchAll(placeholder)].map(([, expression = ""]) => evaluate(expression, contexts, status)),
  );
  return text.replaceAll(placeholder, () => values.shift() ?? "");
}

/** Whether a job or step runs. One that asks for no status runs only while all is well. */
export async function holds(condition: string | undefined, contexts: Contexts, status: Status): Promise<boolean> {
  const [, inner = condition ?? "success()"] = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition ?? "") ?? [];
  const asksForStatus = statusFunctions.some((name) => inner.includes(`${name}(`));
  const whole = asksForStatus ? inner : `success() && (${inner})`;
  return !["", "false", "0"].includes(await evaluate(whole, contexts, status));
}
