import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFile } from "node:child_process";

import { read } from "../support/repository";
import { call, type Finished, repository } from "./modules";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-workos-release-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  version?: string;
  locked?: string;
  changelog?: string;
  repository?: string;
  isPrivate?: boolean;
}

function write({
  version = "0.2.0",
  locked = version,
  changelog = `# Changelog\n\n## [${version}] - 2026-12-01\n\n### Added\n\n- Something.\n\n## [0.1.0] - 2026-11-01\n\n- Older.\n`,
  repository: home = "git+https://github.com/acme/pulumi-workos.git",
  isPrivate,
}: Given = {}) {
  const manifest = { name: "pulumi-workos", version, private: isPrivate, repository: { type: "git", url: home } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "package-lock.json"),
    JSON.stringify({ version: locked, packages: { "": { version: locked } } }),
  );
  writeFileSync(join(folder, "CHANGELOG.md"), changelog);
}

/** As the workflow runs it. */
const release = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> =>
  new Promise((settle) => {
    const all = { PATH: process.env.PATH, GITHUB_REPOSITORY: "acme/pulumi-workos", ...env };
    const tool = [join(repository, "tools/release.mjs"), ...args];
    execFile(process.execPath, tool, { cwd: folder, env: all }, (error, stdout, stderr) => {
      settle({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
const checked = (tag: string) =>
  call("release.mjs", "releaseOf", folder, tag, { home: "acme/pulumi-workos", today: "2026-12-01" });

test("a tag that agrees with package.json and CHANGELOG.md is told with its version and channel", async () => {
  write({ changelog: "## [0.2.0] - 2026-11-01\n\n- Something.\n\n## [0.1.0] - 2026-10-01\n\n- Older.\n" });
  expect(await release(["check", "v0.2.0"])).toMatchObject({ code: 0, stdout: "version=0.2.0\nchannel=latest\n" });
  expect(await release(["notes", "v0.2.0"])).toMatchObject({ code: 0, stdout: "- Something.\n" });
});

test("a version with a hyphen is not what `npm install` gets", async () => {
  write({ version: "1.0.0-beta.1" });
  expect(await checked("v1.0.0-beta.1")).toMatchObject({ version: "1.0.0-beta.1", prerelease: true });
});

test.each<[string, Given, string, RegExp]>([
  ["a tag of another version", {}, "v0.3.0", /The tag is v0\.3\.0, and package\.json says 0\.2\.0/],
  ["a tag that is no version", {}, "v1", /The tag v1 is no version/],
  ["a lock file of another version", { locked: "0.1.0" }, "v0.2.0", /package-lock\.json says 0\.1\.0.*run npm install/],
  [
    "a changelog whose first version is another",
    { changelog: "## [0.1.0] - 2026-11-01\n\n- Older.\n" },
    "v0.2.0",
    /first heading of CHANGELOG\.md is of 0\.1\.0/,
  ],
  [
    "a version that is still called unreleased",
    { changelog: "## [0.2.0] - Unreleased\n\n- Something.\n" },
    "v0.2.0",
    /0\.2\.0 - Unreleased: write the day of the release, 2026-12-01/,
  ],
  [
    "a day that is yet to come",
    { changelog: "## [0.2.0] - 2027-01-01\n\n- Something.\n" },
    "v0.2.0",
    /write the day of the release/,
  ],
  [
    "a version of which nothing is said",
    { changelog: "## [0.2.0] - 2026-12-01\n\n## [0.1.0] - 2026-11-01\n\n- Older.\n" },
    "v0.2.0",
    /says nothing about 0\.2\.0/,
  ],
  ["no version at all", { changelog: "# Changelog\n" }, "v0.2.0", /has no heading of a version/],
  ["a private package", { isPrivate: true }, "v0.2.0", /says private/],
  [
    "another repository than the one that publishes",
    { repository: "git+https://github.com/acme/other.git" },
    "v0.2.0",
    /names the repository acme\/other, and this is acme\/pulumi-workos/,
  ],
])("%s is refused", async (_what, given, tag, message) => {
  write(given);
  await expect(checked(tag)).rejects.toThrow(message);
});

test("all mistakes are told at once, without a stack, and the workflow fails", async () => {
  write({ locked: "0.1.0", changelog: "## [0.2.0] - Unreleased\n" });
  const { code, stdout, stderr } = await release(["check", "v0.3.0"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr.trim().split("\n")).toHaveLength(4);
  expect(stderr).not.toContain("at ");
});

test("this repository is ready for a release but for the date in its changelog", async () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const changelog = read("CHANGELOG.md").replace(/^(## \[.+?\] - )Unreleased$/m, "$12026-12-01");
  for (const name of ["package.json", "package-lock.json"]) writeFileSync(join(folder, name), read(name));
  writeFileSync(join(folder, "CHANGELOG.md"), changelog);
  const found = await call("release.mjs", "releaseOf", folder, `v${version}`, { today: "2026-12-01" });
  expect(found).toMatchObject({ version, notes: expect.stringMatching(/^### Added/) as unknown });
});

test("checksums are of every file, and as sha256sum reads them", async () => {
  const files = join(folder, "release");
  mkdirSync(files);
  writeFileSync(join(files, "b.tgz"), "two");
  writeFileSync(join(files, "a.json"), "one");
  const sum = (text: string) => createHash("sha256").update(text).digest("hex");
  for (let again = 0; again < 2; again++) {
    expect(await release(["checksums", "release"])).toMatchObject({ code: 0, stdout: "SHA256SUMS: a.json, b.tgz\n" });
    expect(readFileSync(join(files, "SHA256SUMS"), "utf8")).toBe(`${sum("one")}  a.json\n${sum("two")}  b.tgz\n`);
  }
});

test("a folder without files, and a command that there is not, are mistakes", async () => {
  expect(await release(["checksums", "nowhere"])).toMatchObject({
    code: 1,
    stderr: "\nThere is no file in nowhere.\n",
  });
  expect((await release(["check"])).stderr).toContain("Usage: node tools/release.mjs");
  write();
  expect((await release(["publish", "v0.2.0"])).code).toBe(1);
});
