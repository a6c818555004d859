// `node tools/links.mjs [FOLDER]`: names every link of every page that leads nowhere: to a file or a heading that is not
// there, also where it is written as an address of this repository. README.md is read on the package registry's page as
// well, so its links to files have to be addresses, or lead to what is packed.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { brokenLinks } from "./lib/links.mjs";
import { main } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";

await main(([folder]) => {
  const directory = folder === undefined ? root : resolve(folder);
  const problems = brokenLinks({
    paths: existsSync(join(directory, ".git")) ? inGit(directory) : onDisk(directory),
    read: (path) => readFileSync(join(directory, path), "utf8"),
    manifest: JSON.parse(readFileSync(join(directory, "package.json"), "utf8")),
  });
  for (const problem of problems) console.log(problem);
  return Promise.resolve(problems.length > 0 ? 1 : 0);
});

/** Every file that is in git, or would be with the next `git add`. */
function inGit(directory) {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: directory,
    encoding: "utf8",
  });
  return listed.split("\0").filter((path) => path !== "" && existsSync(join(directory, path)));
}

function onDisk(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(directory.length + 1)
        .replaceAll("\\", "/"),
    );
}
