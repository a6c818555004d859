/** Node 22.11 or later, for packages that ask for it. */
import { join } from "node:path";
import { call } from "../../tools/modules";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 11);

/** Undefined where it can be had. */
export const noNode22 =
  isNewEnough || (process.platform === "linux" && process.arch === "x64")
    ? undefined
    : "Node 22 is fetched for Linux on x64 only; run the tests with Node 22.11 or later";

/** The one that runs, or one that is fetched once. */
export async function node22(): Promise<string> {
  if (isNewEnough) return process.execPath;
  return join(String(await call("nodes.mjs", "nodeDirectory", "22")), "node");
}
