import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { importForm } from "../../provider/lifecycle";
import { type AnyResource } from "../../provider/declare/resource";
import { resources } from "../../provider/resources";
import { tableBelow } from "../support/markdown";
import { read, repository, trackedFiles } from "../support/repository";

it("the reference is what tools/reference.mjs makes of the declarations, and nothing besides", () => {
  const printed = execFileSync(process.execPath, [join(repository, "tools/reference.mjs"), "--print"], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  const made = JSON.parse(printed) as Record<string, string>;
  const there = trackedFiles().filter(
    (path) => path.startsWith("docs/resources/") || ["docs/resources.md", "docs/roster-files.md"].includes(path),
  );
  expect(Object.fromEntries(there.map((path) => [path, read(path)]))).toEqual(made);
});

describe.each(Object.entries<AnyResource>(resources))("%s", (kind, resource) => {
  const { inputs, outputs } = resource;
  const page = read(`docs/resources/${kind}.md`);

  it("has a page with every input and output", () => {
    const absent = [...Object.keys(inputs), ...Object.keys(outputs)].filter((name) => !page.includes(`| \`${name}\``));
    expect(absent).toEqual([]);
    const cells = tableBelow(page, "Inputs").map(([name]) => name);
    expect(cells).toEqual(Object.keys(inputs).map((name) => `\`${name}\``));
  });

  it("says what replaces it, how it is imported and what removing it does", () => {
    const replacing = Object.keys(inputs).filter((name) => inputs[name]?.traits.immutable === true);
    const [, named = ""] = /^- \*\*Replaces it\*\*: (.+)\.$/m.exec(page) ?? [];
    expect(named).toBe(replacing.map((name) => `\`${name}\``).join(", ") || "nothing");
    const parts = importForm(resource).split("/");
    const [, id = ""] = new RegExp(`^pulumi import workos:index:${kind} NAME '?([^'\\n]+)'?$`, "m").exec(page) ?? [];
    expect(id.split("/").map((part) => (part === "ID" ? "id" : part))).toEqual(
      resource.notImported === undefined ? parts : [""],
    );
    expect(page.includes("It is not imported: ")).toBe(resource.notImported !== undefined);
    expect(page).toMatch(/^## Removing it from the program\n\n\S+/m);
  });

  it("is in the index and among the choices", () => {
    expect(read("docs/resources.md")).toContain(`[\`${kind}\`](resources/${kind}.md)`);
    expect(read("docs/which-resource.md")).toContain(`[\`${kind}\`](resources/${kind}.md)`);
  });

  it("is in the README's tables", () => {
    const rows = read("README.md").match(new RegExp(`^\\| \`${kind}\` `, "gm"));
    expect(rows).toHaveLength(2);
  });

  it("is used by an example that runs", () => {
    const examples = trackedFiles().filter((path) => /^examples\/.+\.ts$/.test(path));
    expect(examples.filter((path) => new RegExp(`\\bnew (workos\\.)?${kind}\\(`).test(read(path)))).not.toEqual([]);
  });
});
