/** The run of the Terraform provider against the local AuthKit: what it needs, and what counts as a failure. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository, runNode, script } from "./modules";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "pulumi-workos-terraform-test-"));
});
afterEach(() => rmSync(path, { recursive: true }));

const start = () =>
  runNode([join(repository, "tools/terraform-provider.mjs")], { PATH: `${path}:/usr/bin:/bin`, TMPDIR: path });

test("what is missing is said, with what to do", async () => {
  const without = await start();
  expect([without.code, without.stderr]).toEqual([
    1,
    expect.stringContaining("There is neither tofu nor terraform on PATH."),
  ]);
  script(join(path, "terraform"));
  const alone = await start();
  expect([alone.code, alone.stderr]).toEqual([
    1,
    expect.stringContaining("There is no terraform-provider-workos on PATH."),
  ]);
});

test("the steps are told one by one, and the first that fails ends it with what it printed", async () => {
  script(join(path, "terraform-provider-workos"));
  script(
    join(path, "tofu"),
    `case "$1" in plan) echo "would change $WORKOS_BASE_URL"; exit 2;; *) echo "Apply complete! Resources: 24 added.";; esac`,
  );
  const { code, stdout, stderr } = await start();
  expect([code, stdout]).toEqual([1, "apply -auto-approve: Apply complete! Resources: 24 added.\n"]);
  expect(stderr).toMatch(/^would change http:\/\/127\.0\.0\.1:\d+\n\nplan -detailed-exitcode ended with 2\.\n$/);
});

test("all of it done is a success", async () => {
  script(join(path, "terraform-provider-workos"));
  script(join(path, "terraform"), `echo "No changes. $(ls "$PWD" | grep -c main.tf) configuration"`);
  const { code, stdout } = await start();
  expect(code).toBe(0);
  expect(stdout.split("\n")).toHaveLength(7);
  expect(stdout).toContain("state rm workos_environment_role.auditor: No changes. 1 configuration");
});
