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
  /^schema\/(roster|roles)\.schema\.json$/,
  // Compiled scripts and their types, of the folders that are public and what they stand on.
  /^dist\/(sdk|provider|client|api|emulator|cli)\/([a-z0-9-]+\/)*[a-z0-9-]+\.(js|d\.ts)$/,
  // What browsers get of the dashboard.
  /^dist\/emulator\/dashboard\/app\.css$/,
];

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
    expect(scripts.map(typesOf).filter((path) => !tarball.files.includes(path))).toEqual([]);
    expect(scripts.length).toBeGreaterThan(50);
  });

  it("refers to no source map, since it holds none", () => {
    const mapped = tarball.files.filter((path) => text(path).includes("//# sourceMappingURL="));
    expect(mapped).toEqual([]);
  });

  it("holds no key and no path of the machine that built it", () => {
    const revealing = /sk_(live|test)_[A-Za-z0-9]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
    const suspects = tarball.files.filter((path) => revealing.test(text(path)) || text(path).includes(repository));
    expect(suspects).toEqual([]);
  });

  it("stays small", () => {
    expect(tarball.size).toBeLessThan(850_000);
    expect(tarball.unpackedSize).toBeLessThan(4_250_000);
  });
});

const targets = (target: string | Record<string, string>) =>
  typeof target === "string" ? [target] : Object.values(target);

const isForBrowsers = (path: string) => path === "dist/emulator/dashboard/app.js";

const typesOf = (script: string) => script.replace(/\.js$/, ".d.ts");
