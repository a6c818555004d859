// What README.md gives to somebody who starts is whole, and what `new` writes; tests/package/installs.test.ts runs it.
import { surroundings } from "../../cli/new/files";
import { readmeCommands, readmeFiles } from "../package/support/program";
import { managers } from "../package/support/workplace";

type Manifest = {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
};

it("has every file of a project, and the commands from the first to the last", () => {
  expect(Object.keys(readmeFiles())).toEqual(["package.json", "tsconfig.json", "Pulumi.yaml", "index.ts"]);
  expect(readmeCommands()).toEqual([
    ...["npx pulumi-workos new access", "cd access", "npm install", "npm start"],
    ...managers.map((manager) => `${manager} install`),
    ...["pulumi stack init dev", "pulumi config set --secret workos:apiKey", "pulumi up"],
  ]);
});

it("names the versions and the compiler's options that `new` writes", () => {
  const written = surroundings({
    ...{ folder: "access", template: "program", workflows: "none", manager: "npm", stack: "dev" },
  } as const);
  const made = JSON.parse(written.get("package.json") ?? "") as Manifest;
  const said = JSON.parse(readmeFiles()["package.json"] ?? "") as Manifest;
  expect(said.dependencies).toEqual({
    ...made.dependencies,
    "pulumi-workos": `^${made.dependencies["pulumi-workos"]}`,
  });
  expect(said.devDependencies).toEqual(made.devDependencies);
  expect(said.scripts.start).toBe(made.scripts.start);
  expect(JSON.parse(readmeFiles()["tsconfig.json"] ?? "")).toEqual(JSON.parse(written.get("tsconfig.json") ?? ""));
});
