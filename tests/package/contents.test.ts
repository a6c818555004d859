import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { manifest, repository } from "../support/repository";
import { expectSuccess } from "./support/commands";
import { packInto, type Tarball } from "./support/tarball";

const allowed = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^CHANGELOG\.md$/,
  /^schema\/((roster|roles)\.schema|pulumi-workos)\.json$/,
  // Compiled scripts and their types, of the folders that are public and what they stand on.
  /^dist\/(sdk|provider|plugin|client|api|emulator|cli)\/([a-z0-9-]+\/)*[a-z0-9-]+\.(js|d\.ts)$/,
  // What `new` copies into a project.
  /^dist\/cli\/new\/gitops\/(\.github\/workflows\/[a-z]+\.yml|\.gitlab-ci\.yml|scripts\/publish\.mjs)$/,
  // What browsers get of the dashboard.
  /^dist\/emulator\/dashboard\/app\.css$/,
  /^dist\/emulator\/THIRD-PARTY-NOTICES\.txt$/,
];
/** Nobody imports this one: a thread of the local AuthKit's runs it. */
const withoutTypes = ["dist/emulator/hash-wasm.js"];

describe("the packed tarball", () => {
  let directory: string;
  let tarball: Tarball;
  const text = (path: string) => readFileSync(join(directory, "package", path), "utf8");

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "pulumi-workos-pack-"));
    tarball = await packInto(directory);
    await expectSuccess("tar", ["-xzf", tarball.path, "-C", directory], { cwd: directory });
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("holds what is listed here and nothing else", () => {
    expect(tarball.files.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it("holds the manifest, the readme, the licence and the changelog", () => {
    expect(tarball.files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE", "CHANGELOG.md"]));
  });

  it("holds every file that the manifest points to", () => {
    const { main, types, bin = {}, exports } = manifest();
    const named = [main, types, ...Object.values(bin), ...Object.values(exports).flatMap(targets)];
    expect(named.map((path) => path.replace(/^\.\//, "")).filter((path) => !tarball.files.includes(path))).toEqual([]);
  });

  it("holds the types of every script", () => {
    const scripts = tarball.files.filter((path) => path.endsWith(".js") && !isForBrowsers(path));
    const untyped = scripts.filter((path) => !tarball.files.includes(typesOf(path)));
    expect(untyped).toEqual(withoutTypes);
    expect(scripts.length).toBeGreaterThan(50);
  });

  it("holds the local AuthKit in two scripts, with the terms of every package that is in them", () => {
    const scripts = tarball.files.filter((path) => /^dist\/emulator\/.*\.js$/.test(path) && !isForBrowsers(path));
    expect(scripts.sort()).toEqual(["dist/emulator/hash-wasm.js", "dist/emulator/index.js"]);
    const notices = text("dist/emulator/THIRD-PARTY-NOTICES.txt");
    const named = [...notices.matchAll(/^(@?[a-z/-]+) \d+\.\d+\.\d+ \((?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause)\)$/gm)];
    expect(named.map(([, name]) => name)).toEqual([
      ...["@hono/node-server", "@noble/hashes", "hash-wasm", "hono", "jose", "otpauth", "preact"],
      ...["preact-render-to-string", "qrcode-generator", "ulid", "zod"],
    ]);
    expect(notices.split(/^-{80}$/m)).toHaveLength(named.length + 1);
    expect(notices.match(/permission is hereby granted/gi)).toHaveLength(named.length);
  });

  it("has types of the local AuthKit that refer to nothing but dependencies and Node", () => {
    const types = tarball.files.filter((path) => path.startsWith("dist/emulator/") && path.endsWith(".d.ts"));
    const packages = types.flatMap((path) =>
      [...text(path).matchAll(/(?:from|import\()\s*"([^."][^"]*)"/g)].map(([, name = ""]) => name),
    );
    const known = [...Object.keys(manifest().dependencies), "node:crypto"];
    expect(packages.filter((name) => !known.includes(name))).toEqual([]);
    expect(packages).toContain("zod");
  });

  it("refers to no source map, since it holds none", () => {
    const mapped = tarball.files.filter((path) => text(path).includes("//# sourceMappingURL="));
    expect(mapped).toEqual([]);
  });

  it("holds no key and no path of the machine that built it", () => {
    const revealing = /sk_(live|test)_[A-Za-z0-9]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----(\s|\\n)*[\w+/]{30}/;
    const suspects = tarball.files.filter((path) => revealing.test(text(path)) || text(path).includes(repository));
    expect(suspects).toEqual([]);
  });

  it("stays small", () => {
    // A sixth of it is the local AuthKit with every library that it stands on: one script, and no library to install.
    // The schema and the native entry are 40 kB of it.
    expect(tarball.size).toBeLessThan(1_000_000);
    expect(tarball.unpackedSize).toBeLessThan(4_500_000);
  });
});

const targets = (target: string | Record<string, string>) =>
  typeof target === "string" ? [target] : Object.values(target);

const isForBrowsers = (path: string) => path === "dist/emulator/dashboard/app.js";

const typesOf = (script: string) => script.replace(/\.js$/, ".d.ts");
