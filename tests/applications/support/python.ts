/** An environment of Python's own, with what an application's requirements.txt names; kept from run to run. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workplace } from "./workplaces";

export type Python = { readonly directory: string; readonly executable: string } | { readonly reason: string };

/** At once, not later: whether a test is skipped is decided before any runs. */
export function pythonFor(name: string): Python {
  const directory = workplace(name);
  const environment = join(directory, "venv");
  const executable = join(environment, "bin", "python");
  const wanted = readFileSync(join(directory, "requirements.txt"), "utf8");
  const stamp = join(environment, "installed.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return { directory, executable };
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: directory, stdio: "pipe", encoding: "utf8", timeout: 180_000 });
  try {
    rmSync(environment, { recursive: true, force: true });
    run("python3", "-m", "venv", environment);
    run(executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt");
    writeFileSync(stamp, wanted);
    return { directory, executable };
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
    const said = (stderr ?? "").trim().split("\n").at(-1);
    return { reason: `${message.split("\n")[0]}${said === undefined ? "" : `: ${said}`}` };
  }
}
