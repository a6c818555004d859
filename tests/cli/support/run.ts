/** A command as a shell runs it, with what it wrote. */
import { main } from "../../../cli/roster-commands";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function run(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<Ran> {
  const before = { ...process.env };
  Object.assign(process.env, options.env);
  const out: string[] = [];
  const err: string[] = [];
  try {
    const code = await main(args, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      input: () => Promise.resolve(options.input ?? ""),
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  } finally {
    process.env = before;
  }
}
