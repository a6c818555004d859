/** What the program stands on, as far as it can be seen from inside of it: for all of it, `pulumi-workos doctor` looks. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { sep } from "node:path";
import { atLeast, leastSdk } from "./versions";

const more = "`npx pulumi-workos doctor` says it for your package manager.";

/** What is wrong with it, as a sentence that says what to do. */
export function installationMistake(loaded = Object.keys(require.cache), env = process.env): string | undefined {
  const own = createRequire(__filename);
  const path = own.resolve("@pulumi/pulumi/package.json");
  const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
  if (!atLeast(version, leastSdk)) {
    return `@pulumi/pulumi ${version} is too old for pulumi-workos. Run \`npm install @pulumi/pulumi@^${leastSdk}\`; ${more}`;
  }
  const isProgramInTypescript =
    env.PULUMI_NODEJS_TYPESCRIPT === "true" &&
    loaded.some((file) => /\.[cm]?ts$/.test(file) && !file.includes(`${sep}node_modules${sep}`));
  if (isProgramInTypescript && !isThere("typescript", path)) {
    return `No TypeScript is installed, and Pulumi has compiled the program with the 3.8 that it brings, which cannot read the types of pulumi-workos. Run \`npm install --save-dev typescript@~5.9.3\`; ${more}`;
  }
  return undefined;
}

/** Whether Pulumi, from its own place, finds a package. */
function isThere(name: string, from: string): boolean {
  try {
    createRequire(from).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
