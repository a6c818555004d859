/**
 * `init --all` on the real engine: a program of an environment with three of each kind and a thousand people. That its
 * first run changes nothing means: every step is the creation of a record in Pulumi's state, no request of the preview,
 * of the run or of the next one is anything but a read, and what AuthKit holds is as it was, to the last time of change.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { kinds } from "../../provider/resources";
import { run } from "../cli/support/run";
import { fillEnvironment, wholeSeed } from "../cli/support/whole-seed";
import { Project } from "../support/engine";
import { repository } from "../support/repository";
import { exampleStack } from "./support/examples";
import { steps } from "./support/report";
import { ok, sharedStack, type Stack } from "./support/stack";

/** What cannot be read, or only once. */
const untold = ["OrganizationApiKey", "UserApiKey", "ConnectApplicationSecret", "RadarListEntry"];
/** What rosters and lists of members declare instead, many people at once. */
const inOthers = ["OrganizationMembership", "GroupMembership"];

/** Writes the program, checks its types as its own project says, and compiles it once for all runs. */
async function init({ emulator, project }: Stack) {
  const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
  const ran = await run(["init", "--all", project.directory], { env });
  const compiler = join(repository, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", project.directory, "--noEmit", "false"], { stdio: "pipe" });
  return ran;
}

/** Everything that AuthKit holds, times of change included. */
const everything = ({ emulator }: Stack) => JSON.stringify(emulator.control.state());

const writes = ({ emulator }: Stack) =>
  emulator.control.requests.list().filter(({ method }) => method !== "GET" && method !== "HEAD");

/** The kinds in the state, each as often as it is there. */
async function held({ project }: Stack): Promise<string[]> {
  const { resources = [] } = (await project.state()).deployment;
  return resources.flatMap(({ type }) => /dynamic\/workos:(\w+)$/.exec(type)?.[1] ?? []);
}

async function expectNothingChanged(stack: Stack) {
  const { emulator, project } = stack;
  const before = everything(stack);
  emulator.control.requests.clear();
  const up = await ok(project.up({ events: true, withPreview: true }));
  const made = Object.values(steps(up)).flat();
  expect(new Set(made)).toEqual(new Set(["create"]));
  await ok(project.up({ args: ["--refresh", "--expect-no-changes"] }));
  expect(writes(stack)).toEqual([]);
  expect(everything(stack)).toBe(before);
  return up;
}

describe("an environment with three of each kind, and a thousand people", () => {
  const whole = sharedStack({ name: "whole", emulator: { seed: wholeSeed(1_000) } });

  test("its program changes nothing, in the first run or the next", async () => {
    const stack = whole();
    await fillEnvironment(stack.api);
    const { code, err } = await init(stack);
    expect([code, err]).toEqual([0, expect.stringContaining("3 organizations with 1,005 people in their rosters")]);
    await stack.project.setConfig({
      "vault:db-password-of-acme": { value: "secret-0", secret: true },
      "vault:db-password-of-beta-gmbh": { value: "secret-1", secret: true },
      "vault:db-password-of-cafe-lodz": { value: "secret-2", secret: true },
      "dataIntegrations:drive-client-secret": { value: "a-long-enough-secret-1", secret: true },
    });
    const { combined } = await expectNothingChanged(stack);
    expect(combined).toContain("It takes over 335 people and changes nothing.");
    const there = [...(await held(stack))];
    const count = (kind: string) => there.filter((one) => one === kind).length;
    expect(kinds.filter((kind) => count(kind) < 3)).toEqual(
      expect.arrayContaining([...untold, ...inOthers, "Invitation", "JwtTemplate"]),
    );
    expect(kinds.filter((kind) => count(kind) === 0)).toHaveLength(untold.length + inOthers.length);
    expect(count("OrganizationRoster")).toBe(3);
  });

  test("its files are as Prettier writes them", () => {
    const { directory } = whole().project;
    const prettier = join(repository, "node_modules/prettier/bin/prettier.cjs");
    const files = ["*.ts", "tsconfig.json", "organizations/*.ts"];
    // By its own defaults, which a repository without a configuration has.
    execFileSync(process.execPath, [prettier, "--no-config", "--check", ...files], { cwd: directory, stdio: "pipe" });
  });
});

describe("what examples/whole-environment has made", () => {
  const example = exampleStack("whole-environment", {
    emulator: { seed: { feature_flags: [{ slug: "beta", enabled: false }] } },
  });

  test("is taken over by a program that changes nothing, in another stack", async () => {
    const made = example();
    await made.project.setConfig({ dbPassword: { value: "correct-horse", secret: true }, flag: { value: "beta" } });
    await ok(made.project.up());
    const { emulator, api } = made;
    const project = await Project.create({
      program: "",
      name: "taken-over",
      stackConfig: {
        "workos:apiKey": { value: emulator.apiKey, secret: true },
        "workos:baseUrl": { value: emulator.url },
        "vault:acme-db-password": { value: "correct-horse", secret: true },
      },
    });
    try {
      const stack = { emulator, api, project, end: () => Promise.resolve() };
      const { code, err } = await init(stack);
      expect([code, err]).toEqual([0, expect.stringContaining("2 organizations with 4 people in their rosters")]);
      await expectNothingChanged(stack);
      const there = await held(stack);
      // Nothing tells for whom a flag is on that was off when it got its target, and is on now.
      expect(kinds.filter((kind) => !there.includes(kind))).toEqual(expect.arrayContaining([...untold, ...inOthers]));
    } finally {
      await project.remove();
    }
  });
});
