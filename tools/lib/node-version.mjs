import { SetUpError } from "./set-up-error.mjs";
import { compareVersions } from "./version.mjs";

export const oldestNode = "20.19.0";

/** @param {string} version such as `process.versions.node` */
export function requireNode(version) {
  if (compareVersions(version, oldestNode) >= 0) return;
  throw new SetUpError(
    `This is Node ${version}, and this project needs Node ${oldestNode} or newer (20, 22 and 24 are tested).\n` +
      "Install one from https://nodejs.org/ and run the same command again.",
  );
}
