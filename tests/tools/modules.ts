import { execFile, type ExecFileException } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const repository = resolve(__dirname, "../..");

export type Finished = { code: number; stdout: string; stderr: string };

/** Runs Node on its own: the set-up must work before anything is installed, and so without jest's module system. */
export function runNode(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Finished> {
  return new Promise((settle) => {
    execFile(process.execPath, args, { env, cwd: repository }, (error: ExecFileException | null, stdout, stderr) => {
      settle({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

/** Calls an exported function of one of the set-up's modules and returns what it returns. */
export async function call(file: string, name: string, ...args: unknown[]): Promise<unknown> {
  const script = `
    const module = await import(${JSON.stringify(pathToFileURL(join(repository, "tools/lib", file)).href)});
    try {
      process.stdout.write(JSON.stringify({ value: await module[process.argv[1]](...JSON.parse(process.argv[2])) }));
    } catch (error) {
      process.stdout.write(JSON.stringify({ error: error.message }));
    }`;
  const { stdout, stderr } = await runNode(["--input-type=module", "-e", script, name, JSON.stringify(args)]);
  const outcome = JSON.parse(stdout || JSON.stringify({ error: stderr })) as { value?: unknown; error?: string };
  if (outcome.error !== undefined) throw new Error(outcome.error);
  return outcome.value;
}

/** Writes an executable script: a tool that answers as a test wants it. */
export function script(file: string, body = ""): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
