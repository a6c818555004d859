/** gitlab-ci-local, which holds GitLab's own schema of pipelines and evaluates their rules. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { repository } from "../../support/repository";

const execute = promisify(execFile);
// It uses two methods of sets that Node has since version 22.
const methods = `
Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };
Set.prototype.difference ??= function (other) { return new Set([...this].filter((value) => !other.has(value))); };
`;

/**
 * The jobs of a pipeline with these predefined variables, in their order.
 * @throws with what is wrong with the file
 */
export async function jobsOf(file: string, variables: Readonly<Record<string, string>>): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-workos-gitlab-"));
  try {
    cpSync(file, join(directory, ".gitlab-ci.yml"));
    const extra = join(directory, "methods.cjs");
    writeFileSync(extra, methods);
    const git = ["-c", "user.name=Ann", "-c", "user.email=ann@acme.example"];
    await execute("git", ["init", "--quiet", "--initial-branch", "main"], { cwd: directory });
    await execute("git", [...git, "commit", "--quiet", "--allow-empty", "--message", "Pipeline"], { cwd: directory });
    const { stdout } = await execute(
      process.execPath,
      [
        "--require",
        extra,
        join(repository, "node_modules/gitlab-ci-local/dist/index.js"),
        "--list-csv",
        "--ignore-predefined-vars",
        Object.keys(variables).join(","),
        ...Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]),
      ],
      { cwd: directory, env: { PATH: process.env.PATH, HOME: directory } },
    );
    const [, ...rows] = stdout.trim().split("\n");
    return rows.map((row) => row.split(";")[0] ?? "");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
