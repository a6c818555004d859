// What must never be in git, and what the manifest promises.
import { execFileSync } from "node:child_process";

import { manifest, read, trackedFiles } from "../support/repository";

const files = trackedFiles();
const binary = /\.(png|jpe?g|gif|ico|tgz|gz)$/;
const containing = (pattern: RegExp) => files.filter((path) => !binary.test(path) && pattern.test(read(path)));

// Put together from parts, so that this file does not contain what it looks for.
const keyLike = new RegExp(`sk_(${["live", "test"].join("|")})_[A-Za-z0-9]{20,}`);
const registryLike = new RegExp(
  `\\b(${["registry", "npm", "goproxy", "nexus", "artifactory"].join("|")})[.][a-z0-9-]+[.][a-z]{2,}`,
);

it("no file has what looks like a WorkOS key", () => {
  expect(`sk_test_${"a1".repeat(12)}`).toMatch(keyLike);
  expect(containing(keyLike)).toEqual([]);
});

it("no file names the host of a package registry", () => {
  expect(["https://registry", "example", "org/x"].join(".")).toMatch(registryLike);
  expect(containing(registryLike)).toEqual([]);
});

it("no file names the registry that this machine uses", () => {
  const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8", stdio: "pipe" }).trim();
  const hosts = [registry, ...(process.env.GOPROXY ?? "").split(/[,|]/)]
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address).host);
  expect(hosts).not.toEqual([]);
  expect(files.filter((path) => !binary.test(path) && hosts.some((host) => read(path).includes(host)))).toEqual([]);
});

it("package-lock.json names no place to download from", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, { resolved?: string }> };
  const places = Object.entries(packages).filter(([, { resolved }]) => /^[a-z+]+:\/\//.test(resolved ?? ""));
  expect(places.map(([path]) => path)).toEqual([]);
});

it("package-lock.json has a package for every dependency it names, on every platform, so that `npm ci` works", () => {
  type Locked = { optionalDependencies?: Record<string, string> };
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isFound(name, path, packages)),
  );
  expect(absent).toEqual([]);
});

it("runs on every Node that it declares, as far as its dependencies say", () => {
  const { engines, dependencies } = manifest();
  expect(engines.node).toBe(">=20.19");
  const oldest = [20, 19, 0];
  const refusing = Object.keys(dependencies).filter((name) => {
    const { engines: needed } = JSON.parse(read(`node_modules/${name}/package.json`)) as {
      engines?: { node?: string };
    };
    const [, ...version] = /^>=\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(needed?.node ?? ">=0") ?? [];
    // A range that this does not understand has to be looked at.
    return (
      version.length === 0 ||
      isNewer(
        version.map((part) => Number(part ?? 0)),
        oldest,
      )
    );
  });
  expect(refusing).toEqual([]);
  expect(read("tools/lib/node-version.mjs")).toContain("20.19");
});

function isNewer(version: readonly number[], than: readonly number[]): boolean {
  const index = version.findIndex((part, place) => part !== than[place]);
  return index !== -1 && (version[index] ?? 0) > (than[index] ?? 0);
}

/** As Node looks for it: beside the package that needs it, then one level up, and so on. */
function isFound(name: string, path: string, packages: Readonly<Record<string, unknown>>): boolean {
  if (Object.hasOwn(packages, `${path ? `${path}/` : ""}node_modules/${name}`)) return true;
  return path !== "" && isFound(name, path.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ""), packages);
}
