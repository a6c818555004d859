import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../cli";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A running command whose output can be watched and which can be interrupted. */
export class Command {
  out = "";
  err = "";
  private readonly abort = new AbortController();
  readonly finished: Promise<Ran>;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}, directory = tmpdir()) {
    const io = {
      out: (text: string) => void (this.out += text),
      err: (text: string) => void (this.err += text),
      env,
      directory,
      interrupted: this.abort.signal,
    };
    this.finished = main(args, io).then((code) => ({ code, out: this.out, err: this.err }));
  }

  interrupt(): void {
    this.abort.abort(new Error("interrupted by SIGINT"));
  }

  async until(text: string): Promise<void> {
    for (let waited = 0; !this.out.includes(text); waited += 10) {
      if (waited > 20_000) throw new Error(`no ${text} in: ${this.out}${this.err}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}, directory?: string) =>
  new Command(args, env, directory).finished;

export function folder(): { path: string; write(name: string, text: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "cli-"));
  return {
    path,
    write: (name, text) => {
      writeFileSync(join(path, name), text);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
