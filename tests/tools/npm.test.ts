import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { call } from "./modules";

const command = (args: string[], surroundings: object) => call("npm.mjs", "npmCommand", args, surroundings);

test("npm is started by its name where Node can", async () => {
  expect(await command(["ci"], { platform: "linux" })).toEqual(["npm", ["ci"]]);
  expect(await command(["ci"], { platform: "darwin" })).toEqual(["npm", ["ci"]]);
});

test("on Windows Node runs npm's script: the one that runs us, where one does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-workos-npm-"));
  const told = join(folder, "npm-cli.js");
  writeFileSync(told, "");
  const node = "C:\\node\\node.exe";
  try {
    const surroundings = { platform: "win32", node, env: { npm_execpath: told } };
    expect(await command(["ci"], surroundings)).toEqual([node, [told, "ci"]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("another package manager's script is not taken for npm's", async () => {
  const surroundings = { platform: "win32", node: "C:\\node\\node.exe", env: { npm_execpath: __filename } };
  expect(await command(["ci"], surroundings)).toEqual(["npm.cmd", ["ci"]]);
});
