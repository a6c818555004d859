/** Every link of every page leads somewhere, from GitHub's pages and from the package registry's. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { repository } from "../support/repository";

const tool = join(repository, "tools/links.mjs");
const problemsIn = (folder = repository) => {
  const { stdout, stderr } = spawnSync(process.execPath, [tool, folder], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
};

it("every link of every page leads to a file and a heading that are there", () => {
  expect(problemsIn()).toEqual([]);
});

describe("what is found", () => {
  const own = "https://github.com/acme/tool";
  const manifest = { repository: { type: "git", url: `git+${own}.git` }, files: ["docs/"] };
  const inDocs = (text: string) => ({ "docs/page.md": text });
  const inReadme = (text: string) => ({ "README.md": text });

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "links-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function problemsOf(files: Readonly<Record<string, string>>, about: object = manifest) {
    const all = {
      "package.json": JSON.stringify(about),
      "docs/other.md": "# Other\n\n## Names, and `code`\n\n## Twice\n\n## Twice\n",
      "docs/picture.png": "",
      "examples/one/index.ts": "",
      ".github/workflows/test.yml": "",
      ...files,
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return problemsIn(folder);
  }

  it.each([
    ["a file", "[x](other.md)"],
    ["a heading, its marks aside", "[x](other.md#names-and-code)"],
    ["a heading that comes twice", "[x](other.md#twice-1)"],
    ["a heading of the same page", "# Here\n\n[x](#here)"],
    ["a folder", "[x](../examples/one)"],
    ["a picture", "![x](picture.png)"],
    ["an address of the repository", `[x](${own}/blob/main/docs/other.md#twice)`],
    ["a picture by its address", "![x](https://raw.githubusercontent.com/acme/tool/main/docs/picture.png)"],
    ["a workflow's page", `[![x](${own}/actions/workflows/test.yml/badge.svg)](${own}/actions/workflows/test.yml)`],
    ["the list of issues", `[x](${own}/issues)`],
    ["somebody else's page", "[x](https://example.com/nowhere)"],
    ["nothing, in code", "`[x](nowhere.md)`\n\n```md\n[x](nowhere.md)\n```"],
  ])("%s is there", (_what, text) => {
    expect(problemsOf(inDocs(text))).toEqual([]);
  });

  it.each([
    ["a file", "[x](nowhere.md)", "nowhere.md: there is no such file"],
    ["a heading", "[x](other.md#nowhere)", "other.md#nowhere: there is no such heading"],
    ["a heading of the same page", "[x](#nowhere)", "#nowhere: there is no such heading"],
    ["a picture", "![x](nowhere.png)", "nowhere.png: there is no such file"],
    ["a link by reference", "[x][y]\n\n[y]: nowhere.md", "nowhere.md: there is no such file"],
    ["an address of the repository", `[x](${own}/blob/main/nowhere.md)`, "nowhere.md: there is no such file"],
    ["its heading", `[x](${own}/blob/main/docs/other.md#nowhere)`, "#nowhere: there is no such heading"],
    ["a workflow", `[x](${own}/actions/workflows/nowhere.yml)`, "nowhere.yml: there is no such file"],
    ["a page of the repository", `[x](${own}/nowhere)`, "it is no page of the repository"],
    ["a link with a folder too many", "[x](../../package.json)", "it leads out of the repository"],
  ])("%s is missing", (_what, text, why) => {
    expect(problemsOf(inDocs(text))).toEqual([expect.stringContaining(why)]);
  });

  it("says on which page and line", () => {
    expect(problemsOf(inDocs("# Page\n\n[x](nowhere.md)"))).toEqual([expect.stringMatching(/^docs\/page\.md:3: /)]);
  });

  it("README.md may link to what is packed, and to the rest by its address", () => {
    const text = `[x](docs/other.md#twice) [y](${own}/tree/main/examples/one)`;
    expect(problemsOf(inReadme(text))).toEqual([]);
  });

  it("README.md may not link to what the registry's page does not have", () => {
    expect(problemsOf(inReadme("[x](examples/one/index.ts)"))).toEqual([expect.stringContaining("it is not packed")]);
  });

  it("an address of GitHub needs a repository to be compared with", () => {
    expect(problemsOf(inDocs(`[x](${own})`), {})).toEqual([expect.stringContaining("names no repository")]);
  });
});
