/** The two pages that the Pulumi Registry has of a provider are what the schema and the examples say, and whole. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settings } from "../../provider/config";
import { resources } from "../../provider/resources";
import { codeBlocks } from "../support/markdown";
import { read, repository } from "../support/repository";

const names = ["_index.md", "installation-configuration.md"];

it("are what tools/registry-pages.mjs makes of them", () => {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-workos-registry-"));
  try {
    execFileSync(process.execPath, [join(repository, "tools/registry-pages.mjs"), "--print", directory]);
    for (const name of names) expect(read(`docs/${name}`)).toBe(readFileSync(join(directory, name), "utf8"));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

it.each(names)("%s begins as the registry asks for", (name) => {
  expect(read(`docs/${name}`)).toMatch(/^---\ntitle: WorkOS.*\nmeta_desc: .+\nlayout: package\n---\n/);
});

it("the first page has the program of every language, and every resource", () => {
  const page = read("docs/_index.md");
  const languages = ["typescript", "python", "go", "csharp", "yaml"];
  expect(codeBlocks(page).map(({ language }) => language)).toEqual(languages);
  expect([...page.matchAll(/choosable language (\w+)/g)].map(([, name]) => name)).toEqual(languages);
  for (const kind of [...Object.keys(resources), "OrganizationRoster"]) expect(page).toContain(`| \`${kind}\` `);
});

it("the second page has every setting with its variable", () => {
  const page = read("docs/installation-configuration.md");
  for (const [name, variable] of Object.entries(settings)) {
    expect(page).toMatch(new RegExp(`^\\| \`workos:${name}\` +\\| \`${variable}\` +\\|`, "m"));
  }
});
