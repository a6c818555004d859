/** The archives that the engine downloads and installs: one for each system, by the engine's own names for both. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { oldestNode } from "./node-version.mjs";
import { root } from "./paths.mjs";
import { bundlePlugin } from "./plugin-bundle.mjs";
import { tarball } from "./tar.mjs";

const command = "pulumi-resource-workos";
/** Says that it is CommonJS by its name, whatever a package.json in a folder above says. */
const script = `${command}.cjs`;
const needsNode = `${command} needs Node.js ${oldestNode} or newer on PATH, or the archive that has it inside.`;

/**
 * Runs the script with the Node beside it, else with that on PATH, in the same process: signals and the loss of the
 * engine must reach the provider, not a shell around it.
 */
const unixLauncher = `#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0" 2>/dev/null || printf '%s' "$0")")
if [ -x "$here/node" ]; then exec "$here/node" "$here/${script}" "$@"; fi
if command -v node >/dev/null 2>&1; then exec node "$here/${script}" "$@"; fi
echo "${needsNode}" >&2
exit 127
`;

/** The engine looks for `.exe` and `.cmd` there. */
const windowsLauncher = [
  "@echo off",
  "setlocal",
  'set "workos_node=%~dp0node.exe"',
  'if exist "%workos_node%" goto run',
  'set "workos_node=node"',
  "where node >nul 2>nul && goto run",
  `echo ${needsNode.replaceAll(/[()]/g, "^$&")} 1>&2`,
  "exit /b 127",
  ":run",
  `"%workos_node%" "%~dp0${script}" %*`,
  "",
].join("\r\n");

/** @typedef {{ os: "linux" | "darwin" | "windows", arch: "amd64" | "arm64" }} System as Go, and so the engine, calls them */

/** @type {readonly System[]} */
export const systems = [
  { os: "linux", arch: "amd64" },
  { os: "linux", arch: "arm64" },
  { os: "darwin", arch: "amd64" },
  { os: "darwin", arch: "arm64" },
  { os: "windows", arch: "amd64" },
];

/**
 * What the engine asks a server for.
 * @param {string} version
 * @param {System} system
 */
export function archiveName(version, { os, arch }) {
  return `${command}-v${version}-${os}-${arch}.tar.gz`;
}

/**
 * @param {object} [options]
 * @param {readonly System[]} [options.only] systems; all unless given
 * @param {(system: System) => Promise<import("./tar.mjs").Entry[]>} [options.more] further files for a system
 * @returns {Promise<{ name: string, bytes: Buffer }[]>} the archives, and their checksums
 */
export async function pluginArchives({ only = systems, more = async () => [] } = {}) {
  const { version, script: bundle, notices } = await bundlePlugin();
  const archives = [];
  for (const system of only) {
    const launcher =
      system.os === "windows"
        ? { name: `${command}.cmd`, content: windowsLauncher }
        : { name: command, content: unixLauncher, executable: true };
    const bytes = tarball([
      launcher,
      { name: script, content: bundle },
      { name: "LICENSE", content: readFileSync(join(root, "LICENSE")) },
      { name: "THIRD-PARTY-NOTICES.txt", content: notices },
      ...(await more(system)),
    ]);
    archives.push({ name: archiveName(version, system), bytes });
  }
  return [...archives, { name: "SHA256SUMS", bytes: Buffer.from(checksums(archives)) }];
}

/**
 * As `sha256sum --check` reads them.
 * @param {readonly { name: string, bytes: Buffer }[]} files
 */
function checksums(files) {
  return files.map(({ name, bytes }) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`).join("");
}
