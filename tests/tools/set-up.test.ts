import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { call, repository, runNode } from "./modules";

let directory: string;
let deadPid: number;

beforeAll(async () => {
  const child = spawn(process.execPath, ["-e", "0"]);
  await once(child, "exit");
  deadPid = child.pid ?? 0;
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pulumi-workos-set-up-"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("a stack's locks", () => {
  const alive = { pid: process.pid, hostname: hostname() };
  const elsewhere = { pid: 1, hostname: "another-machine" };

  test.each([
    ["none", () => [], false],
    ["one of a dead engine", () => [{ pid: deadPid, hostname: hostname() }], true],
    ["one of a living engine", () => [alive], false],
    ["one of a dead and one of a living engine", () => [{ pid: deadPid, hostname: hostname() }, alive], false],
    ["one of another machine, which cannot be asked", () => [{ ...elsewhere, pid: deadPid }], false],
  ])("%s", async (_, locks, cleared) => {
    expect(await call("stack-lock.mjs", "onlyDeadLocks", locks())).toBe(cleared);
  });

  test("are read from where the file backend keeps them", async () => {
    const locks = join(directory, ".pulumi/locks/organization/project/dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "0a1b.json"), JSON.stringify({ ...alive, username: "ann" }));
    expect(await call("stack-lock.mjs", "readStackLocks", directory, "project", "dev")).toMatchObject([alive]);
    expect(await call("stack-lock.mjs", "readStackLocks", directory, "project", "other")).toEqual([]);
  });
});

describe("a lock between runs", () => {
  // Each run appends two lines with a pause between them; runs that overlap would interleave.
  const run = (name: string) =>
    runNode([
      "--input-type=module",
      "-e",
      `import { appendFileSync } from "node:fs";
       import { setTimeout } from "node:timers/promises";
       import { withLock } from ${JSON.stringify(pathToFileURL(join(repository, "tools/lib/directory-lock.mjs")).href)};
       const [directory, name] = process.argv.slice(1);
       await withLock(directory + "/lock", () => {}, async () => {
         appendFileSync(directory + "/log", name + "\\n");
         await setTimeout(50);
         appendFileSync(directory + "/log", name + "\\n");
       });`,
      directory,
      name,
    ]);

  test("lets one at a time through, and leaves no files", async () => {
    await Promise.all(["a", "b", "c"].map(run));
    const lines = readFileSync(join(directory, "log"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(6);
    for (const index of [0, 2, 4]) expect(lines[index]).toBe(lines[index + 1]);
    expect(readdirSync(directory)).toEqual(["log"]);
  });

  test("is taken over from a run that has died", async () => {
    writeFileSync(join(directory, "lock"), JSON.stringify({ pid: deadPid, hostname: hostname() }));
    await run("a");
    expect(readFileSync(join(directory, "log"), "utf8")).toBe("a\na\n");
    expect(existsSync(join(directory, "lock"))).toBe(false);
  });
});

describe("installed packages", () => {
  const lock = (packages: object) => JSON.stringify({ packages: { "": {}, ...packages } });
  const zod = { "node_modules/zod": { version: "4.0.0" } };

  test.each([
    ["as locked", lock(zod), true],
    ["with more than is locked", lock({ ...zod, "node_modules/extra": { version: "1.0.0" } }), true],
    ["of another version", lock({ "node_modules/zod": { version: "3.0.0" } }), false],
    ["missing", lock({}), false],
    ["interrupted, without npm's own record", undefined, false],
  ])("%s", async (_, record, installed) => {
    writeFileSync(
      join(directory, "package-lock.json"),
      lock({ ...zod, "node_modules/other-platform": { version: "1.0.0", optional: true } }),
    );
    mkdirSync(join(directory, "node_modules"));
    if (record !== undefined) writeFileSync(join(directory, "node_modules/.package-lock.json"), record);
    expect(await call("packages.mjs", "isInstalled", directory)).toBe(installed);
  });
});

test("a fingerprint follows names and contents", async () => {
  const fingerprint = () => call("stamp.mjs", "fingerprint", [directory]);
  writeFileSync(join(directory, "a.ts"), "one");
  const first = await fingerprint();
  expect(await fingerprint()).toBe(first);
  writeFileSync(join(directory, "a.ts"), "two");
  const second = await fingerprint();
  expect(second).not.toBe(first);
  writeFileSync(join(directory, "b.ts"), "");
  expect(await fingerprint()).not.toBe(second);
});

test.each(["20.19.0", "22.12.0", "24.1.0"])("Node %s is accepted", async (version) => {
  await call("node-version.mjs", "requireNode", version);
});

test.each(["18.20.4", "20.18.3"])("Node %s is refused with the version needed", async (version) => {
  await expect(call("node-version.mjs", "requireNode", version)).rejects.toThrow(/needs Node 20\.19\.0 or newer/);
});

describe("the summary", () => {
  const urn = (type: string, name: string) => ({ type, urn: `urn:pulumi:dev::quickstart::${type}::${name}` });
  const resources = [
    urn("pulumi:pulumi:Stack", "quickstart-dev"),
    urn("pulumi:providers:pulumi-nodejs", "default"),
    urn("pulumi-nodejs:dynamic/workos:User", "ann"),
    urn("pulumi-nodejs:dynamic/workos:User", "ben"),
    urn("pulumi-nodejs:dynamic/workos:Organization", "acme"),
  ];
  const summary = async (changes: object) =>
    ((await call("summary.mjs", "summarize", { resources, changes, outputs: { key: "[secret]" } })) as string[]).join(
      "\n",
    );

  test("counts and names what exists, by type", async () => {
    const text = await summary({ create: 4, same: 1 });
    expect(text).toContain("Now there: 3 resources in the local AuthKit.");
    expect(text).toMatch(/2 User +ann, ben/);
    expect(text).toMatch(/1 Organization +acme/);
    expect(text).not.toContain("quickstart-dev");
    expect(text).toContain("key  [secret]");
  });

  test("says when nothing has changed", async () => {
    expect(await summary({ same: 4 })).toContain("Everything is unchanged: 3 resources in the local AuthKit.");
  });
});
