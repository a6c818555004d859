/** Looks for secrets in everything that a run leaves behind. */
import { inspect } from "node:util";
import { type Kind } from "../../provider/resources";
import { type State } from "../../provider/declare/resource";
import { declarationOf } from "./life";

/** Where which secret was found. */
export interface Leak {
  readonly where: string;
  readonly secret: string;
}

export class LeakSearch {
  readonly #secrets = new Map<string, string>();
  readonly #texts: { readonly where: string; readonly text: string }[] = [];

  /** A value that must not show up, and what it is. */
  secret(what: string, value: unknown): void {
    if (typeof value !== "string" || value.length < 8) throw new Error(`${what} is no secret that could be found`);
    this.#secrets.set(value, what);
  }

  /** Everything about an error that anybody may see, its causes included. */
  error(where: string, error: unknown): void {
    this.text(
      where,
      `${String(error)}\n${error instanceof Error ? error.stack : ""}\n${inspect(error, { depth: 10 })}`,
    );
  }

  /** A state, except for the properties that are declared secret and so are encrypted. */
  state(where: string, kind: Kind, state: State): void {
    const { inputs, outputs } = declarationOf(kind);
    const plain = Object.entries(state).filter(
      ([name]) => !(inputs[name]?.traits.secret ?? outputs[name]?.traits.secret ?? false),
    );
    this.text(where, JSON.stringify(Object.fromEntries(plain)));
  }

  text(where: string, text: string): void {
    this.#texts.push({ where, text });
  }

  /** Secrets are looked for as they are, and as they stand in a URL, in JSON and in base64. */
  found(): Leak[] {
    const leaks: Leak[] = [];
    for (const { where, text } of this.#texts) {
      for (const [value, secret] of this.#secrets) {
        const spellings = [
          value,
          encodeURIComponent(value),
          JSON.stringify(value).slice(1, -1),
          Buffer.from(value).toString("base64").replace(/=+$/, ""),
        ];
        if (spellings.some((spelling) => text.includes(spelling))) leaks.push({ where, secret });
      }
    }
    return leaks;
  }
}

/** Takes down what is printed while `run` runs. */
export async function printed(run: () => Promise<void>): Promise<string> {
  let text = "";
  const note = (...given: unknown[]) => {
    text += given.map((value) => (typeof value === "string" ? value : inspect(value, { depth: 10 }))).join(" ");
    return true;
  };
  const spies = [
    ...(["log", "info", "warn", "error", "debug"] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(note),
    ),
    jest.spyOn(process.stdout, "write").mockImplementation(note),
    jest.spyOn(process.stderr, "write").mockImplementation(note),
  ];
  try {
    await run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return text;
}
