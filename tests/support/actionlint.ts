/** Workflows of GitHub's, held against actionlint: the one on PATH, or one that is built once. */
import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { repository } from "./repository";

/** At once, not later: whether a test is skipped is decided before any runs. */
function find(): string | undefined {
  try {
    const tool = join(repository, "tools/actionlint.mjs");
    return execFileSync(process.execPath, [tool], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (error) {
    console.warn(
      `The workflows are not checked by actionlint: ${String((error as { stderr?: unknown }).stderr).trim()}`,
    );
    return undefined;
  }
}

const binary = find();
/** `test` where there is one. */
export const withActionlint = binary === undefined ? test.skip : test;

/** What it finds in these files, a line each. */
export async function actionlint(...paths: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(binary ?? "", ["-no-color", "-oneline", ...paths]);
    return stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
