import process from "node:process";

import { build } from "./build.mjs";
import { findEngine } from "./engine.mjs";
import { requireNode } from "./node-version.mjs";
import { installPackages } from "./packages.mjs";
import { consoleProgress } from "./progress.mjs";

/**
 * Brings a fresh clone, or one whose files have changed, to where programs and tests can run. Each step is skipped
 * when its work is there, and can be interrupted at any moment and started again.
 * @returns {Promise<import("./engine.mjs").Engine>}
 */
export async function setUp() {
  requireNode(process.versions.node);
  await installPackages(consoleProgress);
  await build(consoleProgress);
  return findEngine({ env: process.env, progress: consoleProgress });
}
