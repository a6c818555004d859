import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { withLock } from "./directory-lock.mjs";
import { localDirectory, root, stampDirectory } from "./paths.mjs";
import { capture } from "./processes.mjs";
import { step } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";
import { fingerprint, readStamp, writeStamp } from "./stamp.mjs";

const sources = [
  "api",
  "provider",
  "plugin",
  "client",
  "sdk",
  "emulator",
  "cli",
  "tsconfig.json",
  "tsconfig.build.json",
  "tools/bundle-emulator.mjs",
  "tools/bundle-dashboard.mjs",
  "tools/lib/bundling.mjs",
  "tools/lib/notices.mjs",
  "package-lock.json",
];
const stamp = join(stampDirectory, "build");
const dist = join(root, "dist");

/**
 * Compiles the library when its sources differ from those of the last build. Programs and the engine's provider
 * process load the compiled files, never the sources.
 * @param {import("./progress.mjs").Progress} progress
 */
export async function build(progress) {
  if (isBuilt()) return;
  await withLock(
    join(stampDirectory, "build.lock"),
    () => progress.say("› Another run is compiling the library; waiting for it …"),
    async () => {
      if (isBuilt()) return;
      await step(progress, "Compiling the library (after each change, about 10 seconds)", compile);
    },
  );
}

function isBuilt() {
  return existsSync(dist) && readStamp(stamp) === sourceFingerprint();
}

function sourceFingerprint() {
  return fingerprint(sources.map((name) => join(root, name)));
}

async function compile() {
  const before = sourceFingerprint();
  mkdirSync(localDirectory, { recursive: true });
  // Left behind by an interrupted run; the lock says that nobody is writing them now.
  for (const name of readdirSync(localDirectory)) {
    if (name.startsWith("dist-")) rmSync(join(localDirectory, name), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(localDirectory, "dist-"));
  try {
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const { code, stdout, stderr } = await capture(
      process.execPath,
      [compiler, "-p", "tsconfig.build.json", "--outDir", draft],
      { cwd: root },
    );
    if (code !== 0) throw new SetUpError(`The library does not compile:\n${stdout}${stderr}`);
    // Installed by the set-up that comes before.
    const { bundleEmulator } = await import("../bundle-emulator.mjs");
    await bundleEmulator(draft);
    replace(dist, draft);
    writeStamp(stamp, before);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Puts a finished directory in the place of an older one. Two renames, so that whoever loads files meanwhile sees a
 * whole build; when interrupted between them, `dist` is missing and the next run builds again.
 * @param {string} target
 * @param {string} finished
 */
function replace(target, finished) {
  const previous = `${finished}-previous`;
  if (existsSync(target)) renameSync(target, previous);
  renameSync(finished, target);
  rmSync(previous, { recursive: true, force: true });
}
