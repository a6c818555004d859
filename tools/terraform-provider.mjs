// `node tools/terraform-provider.mjs`: runs the Terraform provider for WorkOS against the local AuthKit, over
// tests/terraform: apply, a plan that must be empty, a change, another such plan, destroy. It takes `tofu` or `terraform`
// and `terraform-provider-workos` from PATH and fetches neither.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

import { onPath } from "./lib/executables.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

/** What is run, one after the other; a plan ends with 2 where something would change. */
const second = ["-var", "edition=second"];
const steps = [
  ["apply", "-auto-approve"],
  ["plan", "-detailed-exitcode"],
  ["apply", "-auto-approve", ...second],
  ["plan", "-detailed-exitcode", ...second],
  // WorkOS deletes no role of the environment, and so the provider refuses to.
  ["state", "rm", "workos_environment_role.auditor"],
  ["destroy", "-auto-approve", ...second],
];

await main(async () => {
  const cli = onPath("tofu", process.env) ?? onPath("terraform", process.env);
  const provider = onPath("terraform-provider-workos", process.env);
  if (!cli) throw new SetUpError("There is neither tofu nor terraform on PATH. Install OpenTofu, and run this again.");
  if (!provider) {
    throw new SetUpError(
      "There is no terraform-provider-workos on PATH. Put the executable of a release of osodevops/terraform-provider-workos there under this name, and run this again.",
    );
  }
  const { startEmulator } = createRequire(import.meta.url)(join(root, "dist/emulator/index.js"));
  const folder = mkdtempSync(join(tmpdir(), "pulumi-workos-terraform-"));
  const authkit = await startEmulator();
  try {
    cpSync(join(root, "tests/terraform"), folder, { recursive: true });
    const config = join(folder, "cli.tfrc");
    const overrides = `dev_overrides { "osodevops/workos" = ${JSON.stringify(dirname(provider))} }`;
    writeFileSync(config, `provider_installation {\n  ${overrides}\n  direct {}\n}\n`);
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: config,
      CHECKPOINT_DISABLE: "1",
      WORKOS_API_KEY: authkit.apiKey,
      WORKOS_BASE_URL: authkit.url,
    };
    for (const step of steps) {
      const { code, output } = await run(cli, [...step, "-no-color"], { cwd: folder, env });
      if (code !== 0) {
        console.error(output);
        console.error(`${step.join(" ")} ended with ${code}.`);
        return 1;
      }
      const said = /^(?:No changes\.|Apply complete!|Destroy complete!).*/m.exec(output)?.[0] ?? "done";
      console.log(`${step.join(" ")}: ${said}`);
    }
    return 0;
  } finally {
    await authkit.close();
    rmSync(folder, { recursive: true });
  }
});

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(command, args, options) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => (output += text));
    }
    child.once("error", fail);
    child.once("close", (code) => settle({ code, output }));
  });
}
