/** The example of a fan-out, compiled and run as its reader would: several stacks at a time share one rate budget. */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { type Emulator, startEmulator, vendorRateLimits } from "../../emulator";
import { inLanes } from "../../examples/fan-out/lanes";
import { readOptions, UsageError } from "../../examples/fan-out/options";
import { prepare } from "../support/engine";

const repository = resolve(__dirname, "../..");
const example = join(repository, "examples/fan-out");

const windowMs = 10_000;
/** Of reads and of writes, in the vendor's place: small, so that few people are enough to meet it. */
const limit = 60;
const organizations = ["acme", "beta", "delta", "gamma"];
const people = 15;

let directory: string;
let emulator: Emulator;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-workos-")));
  for (const file of ["Pulumi.yaml", "package.json"]) cpSync(join(example, file), join(directory, file));
  symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"), "dir");
  const compiler = join(repository, "node_modules/typescript/bin/tsc");
  const target = ["--project", example, "--outDir", join(directory, "dist")];
  execFileSync(process.execPath, [compiler, ...target], { stdio: "pipe" });
  mkdirSync(join(directory, "organizations"));
  for (const name of organizations) {
    const emails = Array.from({ length: people }, (_, index) => `  person-${index}@${name}.example: {}\n`);
    const roster = `defaults: { roles: [member] }\nmembers:\n${emails.join("")}`;
    writeFileSync(join(directory, "organizations", `${name}.yaml`), roster);
  }
  const window = { limit, windowMs };
  emulator = await startEmulator({ rateLimits: { ...vendorRateLimits, reads: window, writes: window } });
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith("WORKOS_"));
  const { environment } = await prepare(join(directory, ".local"), Object.fromEntries(outside));
  env = {
    ...environment,
    WORKOS_API_KEY: emulator.apiKey,
    WORKOS_BASE_URL: emulator.url,
    WORKOS_READ_LIMIT: String(limit),
    WORKOS_WRITE_LIMIT: String(limit),
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
  };
});
afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

function fanOut(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((settle) => {
    execFile(process.execPath, ["dist/index.js", ...args], { cwd: directory, env }, (error, stdout, stderr) => {
      settle({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The most requests of one kind in any stretch of a window, by when the server had them. */
function most(is: (method: string) => boolean): number {
  const times = emulator.control.requests
    .list()
    .filter(({ method }) => is(method))
    .map(({ time }) => Date.parse(time));
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + windowMs).length));
}

const untimed = (text: string) =>
  text
    .replaceAll(/ \(\d+ s\)$/gm, "")
    .trim()
    .split("\n")
    .sort();

test("all stacks together keep to the limits, and nobody is refused", async () => {
  const { code, stdout, stderr } = await fanOut("up", "--parallel", "3");
  expect([code, stderr]).toEqual([0, ""]);
  expect(untimed(stdout)).toEqual(["4 of 4 stacks are done.", ...organizations.map((name) => `${name}: 3 to create`)]);
  const { organizationMemberships } = emulator.control.state();
  expect(organizationMemberships).toHaveLength(organizations.length * people);
  const answers = new Set(emulator.control.requests.list().map(({ status }) => status));
  expect([...answers].sort()).toEqual([200, 201]);
  // More than one window's worth, so that the limit was there to be met.
  expect(emulator.control.requests.list().filter(({ method }) => method !== "GET").length).toBeGreaterThan(2 * limit);
  expect(most((method) => method !== "GET")).toBeLessThanOrEqual(limit);
  expect(most((method) => method === "GET")).toBeLessThanOrEqual(limit);
});

test("a second run changes nothing and writes nothing", async () => {
  emulator.control.requests.clear();
  const { code, stdout } = await fanOut("up");
  expect([code, untimed(stdout)]).toEqual([
    0,
    ["4 of 4 stacks are done.", ...organizations.map((name) => `${name}: unchanged`)],
  ]);
  expect(emulator.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);
});

test("an organization that fails is named, and the others are done", async () => {
  writeFileSync(join(directory, "organizations/delta.yaml"), "members:\n  nobody: {}\n");
  const { code, stdout, stderr } = await fanOut("preview");
  expect(code).toBe(1);
  expect(stdout).toContain("delta: FAILED");
  expect(stdout).toContain("nobody");
  expect(stdout).toContain("3 of 4 stacks are done.");
  expect(stderr).toContain("Failed: delta. Run again: what is done is found done.");
});

test("what to do comes with whatever is wrong with the arguments", async () => {
  const { code, stderr } = await fanOut("destroy");
  expect(code).toBe(2);
  expect(stderr).toContain("Say what to do: preview or up.\n\nfan-out preview | up [options]");
});

const mistakes: [string[], NodeJS.ProcessEnv, string][] = [
  [[], {}, "Say what to do: preview or up."],
  [["up", "now"], {}, "Say what to do: preview or up."],
  [["up", "--paralel", "2"], {}, "Unknown option '--paralel'"],
  [["up", "--parallel", "none"], {}, "--parallel must be a whole number from 1 on."],
  [["up"], { WORKOS_WRITE_LIMIT: "0" }, "WORKOS_WRITE_LIMIT must be a whole number from 1 on."],
  [["up", "--parallel", "4"], { WORKOS_WRITE_LIMIT: "3" }, "--parallel 4 leaves no request for each: at most 3"],
  // The tests are not run where the rosters are.
  [["up"], {}, "There is no folder organizations here; start this where it is."],
];

test.each(mistakes)("%j is refused", (args, variables, message) => {
  expect(() => readOptions(args, variables)).toThrow(UsageError);
  expect(() => readOptions(args, variables)).toThrow(message);
});

test("a folder without rosters is a mistake, and not done at once", async () => {
  rmSync(join(directory, "organizations"), { recursive: true });
  mkdirSync(join(directory, "organizations"));
  const { code, stderr } = await fanOut("up");
  expect(code).toBe(2);
  expect(stderr).toContain("The folder organizations has no roster, that is no .yaml file.");
});

test("the shares never add up to more than the budget", async () => {
  const shares: { reads: number; writes: number }[] = [];
  await inLanes(["a", "b", "c"], 3, { reads: 500, writes: 100 }, (_name, share) => {
    shares.push(share);
    return Promise.resolve(false);
  });
  expect(shares).toEqual(Array(3).fill({ reads: 166, writes: 33 }));
});

test("a lane rests for a window after a run that changed something, and before no other", async () => {
  const events: string[] = [];
  const run = (name: string) => {
    events.push(name);
    return Promise.resolve(name !== "same");
  };
  const rest = (ms: number) => Promise.resolve(events.push(`rest ${ms}`));
  await inLanes(["changed", "same", "failed", "last"], 1, { reads: 1, writes: 1 }, run, rest);
  expect(events).toEqual(["changed", "rest 10000", "same", "failed", "rest 10000", "last"]);
});
