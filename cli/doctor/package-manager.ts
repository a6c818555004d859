/** Which package manager a folder is installed by, and what it is told. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestIn } from "./manifest";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

const locks: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

const verbs: Readonly<Record<PackageManager, { readonly add: string; readonly dev: string }>> = {
  npm: { add: "npm install", dev: "--save-dev" },
  pnpm: { add: "pnpm add", dev: "--save-dev" },
  yarn: { add: "yarn add", dev: "--dev" },
  bun: { add: "bun add", dev: "--dev" },
};

/** The command that installs what package.json lists. */
export const installCommand = (manager: PackageManager): string => `${manager} install`;

/** The command that adds a package: `npm install --save-dev typescript@~5.9.3`. */
export function addCommand(manager: PackageManager, packages: string, dev = false): string {
  const { add, dev: flag } = verbs[manager];
  return `${add} ${dev ? `${flag} ` : ""}${packages}`;
}

/** The command that runs one of a package's own: `npx pulumi-workos`. */
export const runCommand = (manager: PackageManager): string =>
  ({ npm: "npx", pnpm: "pnpm exec", yarn: "yarn", bun: "bunx" })[manager];

export interface Installed {
  readonly manager: PackageManager;
  /** By what it is known; nothing where it is a guess. */
  readonly by?: string;
}

/** By the nearest lock file or field `packageManager`, in the folder or above it. */
export function packageManagerOf(directory: string): Installed {
  const said = /^(npm|pnpm|yarn|bun)@/.exec(manifestIn(directory)?.packageManager ?? "")?.[1];
  if (said !== undefined) return { manager: said as PackageManager, by: "packageManager in package.json" };
  const found = locks.find(([file]) => existsSync(join(directory, file)));
  if (found) return { manager: found[1], by: found[0] };
  const above = dirname(directory);
  return above === directory ? { manager: "npm" } : packageManagerOf(above);
}
