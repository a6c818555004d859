import { mkdtempSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { root } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { step } from "./progress.mjs";

const timeLimitMs = 20_000;

// In a process of its own: the installer has no time limit that could be set, and a stuck download must end.
const script = `
  const { PulumiCommand } = require("@pulumi/pulumi/automation");
  const { SemVer } = require("semver");
  const [directory, version] = process.argv.slice(1);
  PulumiCommand.install({ root: directory, version: new SemVer(version), skipVersionCheck: true }).then(
    () => process.exit(0),
    () => process.exit(1),
  );
`;

/**
 * Tries the official installer. Many machines cannot reach it, so it gets little time and failing is no error.
 * @param {string} cache
 * @param {string} version
 * @param {import("./progress.mjs").Progress} progress
 * @returns {Promise<void>}
 */
export async function installEngine(cache, version, progress) {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "install-"));
  try {
    await step(progress, `Asking the official installer for Pulumi ${version} (at most 20 seconds)`, async () => {
      const { code } = await capture(process.execPath, ["-e", script, draft, version], {
        cwd: root,
        timeoutMs: timeLimitMs,
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
      });
      if (code === 0) renameSync(draft, join(cache, `engine-${version}`));
      else progress.say("  it could not be reached from here");
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
