import { existsSync } from "node:fs";
import { join } from "node:path";

import { shellCommands } from "../support/markdown";
import { manifest, read, repository } from "../support/repository";

const ownCommands = ["README.md", "CONTRIBUTING.md"].flatMap((page) =>
  shellCommands(read(page)).map((command) => [page, command] as const),
);
const npmScript = /^npm (?:(start|test)|run (\S+))\b/;

it.each(ownCommands)("%s: `%s` can be run", (_page, command) => {
  const [, shorthand, script] = npmScript.exec(command) ?? [];
  if (shorthand ?? script) {
    expect(Object.keys(manifest().scripts)).toContain(shorthand ?? script);
  } else {
    expect(command).toMatch(/^((npm|pnpm|yarn) install\b|pulumi |npx pulumi-workos |git clone |cd )/);
  }
});

it("the scripts that the pages name in passing exist", () => {
  const named = ["README.md", "CONTRIBUTING.md", "docs/local-authkit.md", "docs/resources.md"].flatMap((page) =>
    [...read(page).matchAll(/`npm run ([\w:]+)/g)].map(([, script = ""]) => script),
  );
  expect(named.filter((script) => !Object.hasOwn(manifest().scripts, script))).toEqual([]);
  const tools = [...read("CONTRIBUTING.md").matchAll(/node (tools\/\S+?\.mjs)/g)].map(([, path = ""]) => path);
  expect(tools.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

it("every script runs a file that is there", () => {
  const files = Object.values(manifest().scripts).flatMap((script) => /node (\S+\.mjs)/.exec(script)?.slice(1) ?? []);
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

it("CI runs what the readme says, and nothing else", () => {
  const commands = shellCommands(read("README.md"));
  const [start, test] = commands.slice(commands.findIndex((command) => command.startsWith("git clone ")) + 2);
  expect([start, test]).toEqual(["npm start", "npm test"]);
  const steps = read(".ci/run")
    .split("\n")
    .filter((line) => line !== "" && !/^(#|set -|cd )/.test(line));
  expect(steps).toEqual([`exec ${test}`]);
});
