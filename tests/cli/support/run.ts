/** A command as a shell runs it, with what it wrote. */
import { main } from "../../../cli/roster-commands";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What a terminal was sent, where there is one. */
  readonly terminal: string;
}

export async function run(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string; terminal?: boolean } = {},
): Promise<Ran> {
  const before = { ...process.env };
  Object.assign(process.env, options.env);
  const out: string[] = [];
  const err: string[] = [];
  const drawn: string[] = [];
  try {
    const code = await main(args, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      terminal: options.terminal ? (text) => void drawn.push(text) : undefined,
      input: () => Promise.resolve(options.input ?? ""),
    });
    return { code, out: out.join("\n"), err: err.join("\n"), terminal: drawn.join("") };
  } finally {
    process.env = before;
  }
}
