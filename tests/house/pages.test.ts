// What the pages say of settings, resources and options is what the code has.
import { existsSync } from "node:fs";
import { join } from "node:path";

import { defaultSwitches, type EmulatorOptions, type Switches } from "../../emulator";
import { switches } from "../../emulator/switches";
import { readConfig, settings } from "../../provider/config";
import { resources } from "../../provider/resources";
import { type InputFields } from "../../provider/declare/resource";
import { column, tableBelow } from "../support/markdown";
import { manifest, read, repository, trackedFiles } from "../support/repository";

const code = (text: string) => `\`${text}\``;
const pages = trackedFiles().filter((path) => path.endsWith(".md"));

describe("README.md", () => {
  const readme = read("README.md");

  it("lists every setting with its variable and default", () => {
    const {
      apiKey: _none,
      baseUrl,
      deleteTimeoutMs,
      readLimit,
      writeLimit,
      guards,
      allowedDomains,
      offlinePreview,
    } = readConfig(() => undefined, { WORKOS_API_KEY: "sk_x" });
    const defaults: Record<keyof typeof settings, string> = {
      apiKey: "none",
      baseUrl: code(baseUrl),
      clientId: "none",
      deleteTimeout: String(deleteTimeoutMs / 1_000),
      readLimit: String(readLimit),
      writeLimit: String(writeLimit),
      minAdmins: String(guards.minAdmins),
      adminRoles: code(guards.adminRoles.join(",")),
      maxRemovals: guards.maxRemovals === undefined ? "none" : "some",
      allowedDomains: allowedDomains === undefined ? "none" : "some",
      requireForceDestroy: code(String(guards.requireForceDestroy)),
      offlinePreview: code(String(offlinePreview)),
    };
    expect(tableBelow(readme, "Settings").map((row) => row.slice(0, 3))).toEqual(
      Object.entries(settings).map(([name, variable]) => [
        code(`workos:${name}`),
        code(variable),
        defaults[name as keyof typeof settings],
      ]),
    );
  });

  it("lists every resource with what updates and what replaces it", () => {
    const rows = tableBelow(readme, "Resources");
    expect(column(rows, 0)).toEqual(Object.keys(resources).map(code));
    for (const [name = "", updates = "", replaces = "", removal] of rows) {
      const inputs: InputFields = resources[name.slice(1, -1) as keyof typeof resources].inputs;
      const replacing = Object.entries(inputs).filter(([, { traits }]) => traits.immutable);
      const updating = Object.entries(inputs).filter(
        ([, { traits, readable, option }]) => !traits.immutable && !traits.inert && (readable || !option),
      );
      expect(named(replaces)).toEqual(replacing.map(([input]) => input));
      expect(updates === "all inputs" ? updating.map(([input]) => input) : named(updates)).toEqual(
        updating.map(([input]) => input),
      );
      expect(updates === "all inputs").toBe(replacing.length === 0);
      expect(removal).not.toBe("");
    }
  });

  it("names the versions that the package declares", () => {
    const rows = Object.fromEntries(
      tableBelow(readme, "Compatibility").map(([what = "", versions]) => [what, versions]),
    );
    const { engines, peerDependencies } = manifest();
    expect(engines.node).toBe(`>=${rows["Node.js"]?.replace(/ or later$/, "")}`);
    expect(peerDependencies["@pulumi/pulumi"]).toBe(`^${rows["`@pulumi/pulumi`"]?.replace(/ or later.*$/, "")}`);
  });
});

describe("CHANGELOG.md", () => {
  it("has an entry for the current version, and it comes first", () => {
    const [latest] = [...read("CHANGELOG.md").matchAll(/^## \[(.+?)\] - (Unreleased|\d{4}-\d{2}-\d{2})$/gm)];
    expect(latest?.[1]).toBe(manifest().version);
  });
});

describe("CONTRIBUTING.md", () => {
  const contributing = read("CONTRIBUTING.md");

  it("shows every folder of the tests", () => {
    const folders = new Set(trackedFiles().flatMap((path) => /^tests\/[^/]+\/(?=.*\.test\.ts$)/.exec(path) ?? []));
    expect(column(tableBelow(contributing, "Tests"), 0)).toEqual(expect.arrayContaining([...folders].map(code)));
  });

  it("shows rooms that are there", () => {
    const rooms = column(tableBelow(contributing, "What is where"), 0).map((room = "") => room.slice(1, -1));
    expect(rooms.filter((room) => !existsSync(join(repository, room)))).toEqual([]);
  });
});

describe("docs/local-authkit.md", () => {
  const page = read("docs/local-authkit.md");

  it("lists every option", () => {
    // A record, so that the compiler finds an option that is missing here or in the interface.
    const options: Record<keyof EmulatorOptions, true> = {
      port: true,
      host: true,
      allowedHosts: true,
      dataFile: true,
      apiKeys: true,
      clientId: true,
      applicationName: true,
      testPeople: true,
      latencyMs: true,
      asyncDeletes: true,
      rateLimits: true,
      switches: true,
      clock: true,
      webhookTimeoutMs: true,
      seed: true,
    };
    expect(column(tableBelow(page, "Options"), 0)).toEqual(Object.keys(options).map(code));
  });

  it("lists every switch with its default and its other positions", () => {
    const rows = tableBelow(page, "Switches");
    expect(column(rows, 0)).toEqual(Object.keys(switches.shape).map(code));
    for (const [name = "", standard = "", others = ""] of rows) {
      const key = name.slice(1, -1) as keyof Switches;
      const value = defaultSwitches[key];
      expect(standard).toBe(code(Array.isArray(value) ? JSON.stringify(value) : String(value)));
      for (const position of named(others)) {
        const other: unknown = /^(\d+|true|false|\[.*\])$/.test(position) ? JSON.parse(position) : position;
        expect(switches.shape[key].safeParse(other).success).toBe(true);
        expect(other).not.toEqual(value);
      }
    }
  });
});

it.each(pages)("%s names web pages of WorkOS, Pulumi, and of the conventions it follows only", (page) => {
  const known =
    /^https:\/\/(workos\.com\/docs|www\.pulumi\.com\/docs|api\.workos\.com|keepachangelog\.com|semver\.org)/;
  const own = manifest()
    .repository.url.replace(/^git\+/, "")
    .replace(/\.git$/, "");
  const addresses = [...read(page).matchAll(/https?:\/\/[^\s)`"]+/g)].map(([address]) => address);
  // An example's own address: nobody's.
  const example = /^(http:\/\/(127\.0\.0\.1|localhost)\b|https?:\/\/(\*\.)?(app|proxy)\.example(\.com)?\b)/;
  // Where addresses of this repository lead is tests/house/links.test.ts's.
  const pictures = `${own.replace("//github.com/", "//raw.githubusercontent.com/")}/`;
  const isKnown = (address: string) =>
    known.test(address) || example.test(address) || `${address}/`.startsWith(`${own}/`) || address.startsWith(pictures);
  expect(addresses.filter((address) => !isKnown(address))).toEqual([]);
});

/** The names in code that a cell mentions, in their order. */
function named(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}
