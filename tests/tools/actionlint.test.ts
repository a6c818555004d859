import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository, runNode, script } from "./modules";

let directory: string;
let path: string;
let cached: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pulumi-workos-actionlint-"));
  path = join(directory, "path");
  mkdirSync(path);
  cached = join(directory, "cache/actionlint-1.7.12/actionlint");
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lookUp = () =>
  runNode([join(repository, "tools/actionlint.mjs")], {
    HOME: directory,
    PATH: path,
    PULUMI_WORKOS_CACHE: join(directory, "cache"),
  });

test("actionlint on PATH comes before the one made earlier, and that before a new one", async () => {
  script(cached);
  script(join(path, "go"), "exit 3");
  expect((await lookUp()).stdout).toBe(`${cached}\n`);
  const binary = script(join(path, "actionlint"));
  expect((await lookUp()).stdout).toBe(`${binary}\n`);
});

test("it is built where Go is present, and kept", async () => {
  const go = script(join(path, "go"), `echo > "$GOBIN/actionlint"`);
  expect((await lookUp()).stdout).toBe(`${cached}\n`);
  rmSync(go);
  expect((await lookUp()).stdout).toBe(`${cached}\n`);
});

test("a build that fails says why and leaves nothing behind", async () => {
  script(join(path, "go"), `echo "no such module" >&2; exit 1`);
  const { code, stderr } = await lookUp();
  expect([code, stderr]).toEqual([1, expect.stringMatching(/no such module\nInstall actionlint, or Go, and run/)]);
  expect(existsSync(cached)).toBe(false);
  expect(readdirSync(join(directory, "cache"))).toEqual([]);
});

test("without either the message says what to install", async () => {
  const { code, stdout, stderr } = await lookUp();
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("There is neither actionlint nor Go on PATH. Install actionlint, or Go");
});
