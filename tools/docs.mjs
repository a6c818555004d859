// `npm run docs`: serves the documentation as a site, with what is changed meanwhile. `npm run docs:build` builds it into
// .local/site. Its generator has a package.json and a lock file of its own in docs/, and is installed when it is first
// asked for: `npm ci` of the repository stays light.
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { main } from "./lib/main.mjs";
import { installIn } from "./lib/packages.mjs";
import { root } from "./lib/paths.mjs";
import { inherit } from "./lib/processes.mjs";
import { consoleProgress, step } from "./lib/progress.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

const site = join(root, "docs");

await main(async ([what = "dev", ...rest]) => {
  if (what !== "dev" && what !== "build" && what !== "preview") {
    throw new SetUpError(`There is no \`${what}\`: give dev, build or preview.`);
  }
  await step(consoleProgress, "Installing the generator of the site, where it is not there yet", () => installIn(site));
  const generator = join(site, "node_modules/vitepress/bin/vitepress.js");
  if (!existsSync(generator)) throw new SetUpError(`${generator} is missing: remove docs/node_modules and run again.`);
  return inherit(process.execPath, [generator, what, ...rest], { cwd: site });
});
