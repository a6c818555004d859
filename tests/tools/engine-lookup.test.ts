import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository, runNode, script } from "./modules";

type Found = { engine: { binary: string; version: string; way: string; missingPlugins: string[] } };

let directory: string;
let path: string;
let cached: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pulumi-workos-lookup-"));
  path = join(directory, "path");
  mkdirSync(path);
  cached = join(directory, "cache/engine-3.230.0/bin/pulumi");
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Everything that could find a real engine is pointed elsewhere, so that a lookup sees only what a test has put there. */
function lookUp(ways?: string, version?: string) {
  return runNode([join(repository, "tools/engine.mjs")], {
    HOME: directory,
    PATH: path,
    PULUMI_WORKOS_CACHE: join(directory, "cache"),
    ...(ways === undefined ? {} : { PULUMI_WORKOS_ENGINE: ways }),
    ...(version === undefined ? {} : { PULUMI_WORKOS_ENGINE_VERSION: version }),
  });
}

async function found(ways?: string, version?: string): Promise<Found["engine"]> {
  const { stdout, stderr } = await lookUp(ways, version);
  expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringContaining("{") as string });
  return (JSON.parse(stdout) as Found).engine;
}

test("an engine on PATH comes before the copy in the cache", async () => {
  const binary = script(join(path, "pulumi"), "echo v3.240.1");
  script(cached, "echo v3.230.0");
  expect(await found()).toMatchObject({ binary, version: "3.240.1", way: "path" });
});

test("without one on PATH the copy in the cache is taken", async () => {
  script(cached, "echo v3.230.0");
  expect(await found()).toMatchObject({ binary: cached, version: "3.230.0", way: "cache" });
});

test("a version that is asked for is taken and no other, and one that nothing pins is refused", async () => {
  script(join(path, "pulumi"), "echo v3.240.1");
  script(cached, "echo v3.230.0");
  expect(await found(undefined, "3.230.0")).toMatchObject({ binary: cached, version: "3.230.0", way: "cache" });
  const { code, stderr } = await lookUp(undefined, "2.0.0");
  expect(code).toBe(1);
  expect(stderr).toContain("PULUMI_WORKOS_ENGINE_VERSION is 2.0.0; it may be 3.230.0 or ");
});

test("a command named pulumi that answers nothing sensible is passed over", async () => {
  script(join(path, "pulumi"), "exit 3");
  script(cached, "echo v3.230.0");
  expect((await found()).way).toBe("cache");
});

test("an engine too old for drift detection is used with a warning", async () => {
  script(join(path, "pulumi"), "echo v3.215.9");
  const { code, stderr } = await lookUp();
  expect(code).toBe(0);
  expect(stderr).toMatch(/Warning: .* is Pulumi 3\.215\.9; before 3\.216\.0/);
});

test("stand-ins are used only for the plugins that the engine lacks", async () => {
  script(join(path, "pulumi"), "echo v3.240.1");
  expect((await found()).missingPlugins).toEqual(["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]);
  script(join(path, "pulumi-language-nodejs"), "");
  expect((await found()).missingPlugins).toEqual(["pulumi-resource-pulumi-nodejs"]);
});

test("the engine is built where Go is present, and kept", async () => {
  script(
    join(path, "go"),
    `if [ "$1" = env ]; then echo go1.99.0; exit; fi
     while [ "$1" != -o ]; do shift; done
     printf '#!/bin/sh\\necho v3.230.0\\n' > "$2"; /bin/chmod +x "$2"`,
  );
  expect(await found("source")).toMatchObject({ binary: cached, way: "source" });
  rmSync(join(path, "go"));
  expect(await found("path,cache")).toMatchObject({ binary: cached, way: "cache" });
});

test("a build that fails says why and leaves nothing behind", async () => {
  script(join(path, "go"), `if [ "$1" = env ]; then echo go1.99.0; else echo "no such module" >&2; exit 1; fi`);
  const { code, stderr } = await lookUp("source");
  expect(code).toBe(1);
  expect(stderr).toContain("no such module");
  expect(stderr).toContain("https://www.pulumi.com/docs/install/");
  expect(existsSync(cached)).toBe(false);
  expect(readdirSync(join(directory, "cache"))).toEqual([]);
});

test("a Go that is too old is named together with the version needed", async () => {
  script(join(path, "go"), "echo go1.20.1");
  const { code, stderr } = await lookUp("source");
  expect(code).toBe(1);
  expect(stderr).toMatch(/Go 1\.20\.1 at .* is too old .* needs Go 1\.25/);
});

test("without any way to an engine the message says what to install", async () => {
  const { code, stdout, stderr } = await lookUp("path,cache,source");
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("https://www.pulumi.com/docs/install/");
  expect(stderr).toContain("https://go.dev/dl/");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("an unknown way is refused by name", async () => {
  expect((await lookUp("brew")).stderr).toContain("PULUMI_WORKOS_ENGINE names brew");
});
