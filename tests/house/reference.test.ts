import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { resources } from "../../provider/resources";
import { read, repository, trackedFiles } from "../support/repository";

const page = read("docs/resources.md");

it("docs/resources.md is what tools/reference.mjs makes of the declarations", () => {
  const made = execFileSync(process.execPath, [join(repository, "tools/reference.mjs"), "--print"], {
    cwd: repository,
    encoding: "utf8",
  });
  expect(page).toBe(made);
});

describe.each(Object.entries(resources))("%s", (kind, { inputs, outputs }) => {
  it("is on the reference page with every input and output", () => {
    const section = page.split(/^## /m).find((text) => text.startsWith(`${kind}\n`)) ?? "";
    const absent = [...Object.keys(inputs), ...Object.keys(outputs)].filter(
      (name) => !section.includes(`| \`${name}\``),
    );
    expect(absent).toEqual([]);
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
