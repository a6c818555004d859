/** What takes long shows how far it has come: each command as a shell runs it, against a real server; time is injected. */
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lifeOf } from "../support/life";
import { useWorld } from "../support/world";
import { member, RosterLife } from "../roster/support/organization";
import { CountingClock, WaitingClock } from "./support/clocks";
import { folder, run, Running } from "./support/run";

const current = useWorld();
const files = folder();
afterAll(() => files.remove());

const env = () => ({ WORKOS_API_KEY: current().emulator.apiKey, WORKOS_BASE_URL: current().emulator.url });
const size = 120;

/** An organization of so many, and the roster that names them. */
async function acme(): Promise<string> {
  const life = await RosterLife.start(current());
  const everybody = Array.from({ length: size }, (_, index) => `p${index}@example.com`);
  await life.create(Object.fromEntries(everybody.map((email) => [email, member("member")])));
  const lines = everybody.map((email) => `  ${email}: { roles: [member] }`);
  return files.write("roster.yaml", [`organization: ${life.organizationId}`, "members:", ...lines, ""].join("\n"));
}

/** What was drawn, a frame each, without what moves the cursor. */
const sequences = new RegExp(`${String.fromCharCode(27)}(?:\\[[\\d;?]*[A-Za-z]|[78])`);
const framesOf = (drawn: string) => drawn.split(sequences).filter((text) => text !== "");
const plainLines = (err: string) => err.split("\n").filter((line) => line.endsWith(" …"));

describe("a terminal", () => {
  it("has a bar with counts and the time left, and nothing of it once the command is done", async () => {
    const roster = await acme();
    const { code, err, terminal } = await run(["drift", roster], {
      env: env(),
      terminal: true,
      clock: new CountingClock(50),
    });
    expect([code, err]).toEqual([0, ""]);
    const [first = ""] = framesOf(terminal);
    expect(first).toMatch(/^█+░+ \d+ of 120 people read, about (\d+ s|\d min) left$/);
    // The line is empty, and the cursor where it was.
    expect(terminal.endsWith("\u001b8\u001b[1G\u001b[2K")).toBe(true);
  });

  it("has counts and the time so far where nobody knows how many there will be", async () => {
    await acme();
    const [{ id } = { id: "" }] = current().control.state().organizations;
    const { terminal } = await run(["init", "--organization", id], {
      env: env(),
      terminal: true,
      clock: new CountingClock(50),
    });
    expect(framesOf(terminal)[0]).toMatch(/^\d+ people read, \d+ s so far$/);
  });

  it("is told of the organizations of an environment, and the time left by those", async () => {
    const { api } = current();
    for (let index = 0; index < 40; index++) await api.organizations.create({ name: `Customer ${index}` });
    const { code, err } = await run(["init", "--all", "whole"], {
      env: env(),
      directory: files.path,
      clock: new CountingClock(2_000),
    });
    expect(code).toBe(0);
    expect(plainLines(err).join("\n")).toMatch(/\d+ of 40 organizations, \d+ people and things read, about .+ left …/);
  });
});

describe("without a terminal", () => {
  it("there are lines, the first after two seconds and then one every fifteen", async () => {
    const roster = await acme();
    const { code, err, terminal } = await run(["drift", roster], { env: env(), clock: new CountingClock(300) });
    expect([code, terminal]).toEqual([0, ""]);
    const lines = plainLines(err);
    for (const line of lines) expect(line).toMatch(/^\d+ of 120 people read, (about .+ left|\d+ s so far) …$/);
    // Each look takes 300 ms: 120 people are half a minute at least.
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.length).toBeLessThan(10);
  });

  it("nothing is said of what is over within two seconds", async () => {
    const roster = await acme();
    for (const terminal of [false, true]) {
      const ran = await run(["drift", roster], { env: env(), terminal, clock: new CountingClock(0) });
      expect([ran.code, ran.err, ran.terminal]).toEqual([0, "", ""]);
    }
  });
});

describe("what cannot be counted", () => {
  it("is named with the time that it has taken: an engine that does not answer", async () => {
    const answer = join(files.path, "answer");
    const engine = files.write("pulumi", `#!/bin/sh\nwhile [ ! -e "${answer}" ]; do sleep 0.05; done\necho v3.230.0\n`);
    chmodSync(engine, 0o755);
    // The engine answers after five seconds of the command's time.
    const clock = new WaitingClock((now) => {
      if (now >= 5_000 && !existsSync(answer)) writeFileSync(answer, "");
    });
    const { out, err } = await run(["doctor"], {
      env: { ...env(), PATH: `${files.path}:${process.env.PATH}` },
      directory: files.path,
      clock,
    });
    expect(out).toContain("pulumi v3.230.0");
    expect(plainLines(err)[0]).toBe("looking for the engine, 2 s so far …");
  });

  it("is named where a seed has passwords, which take their time", async () => {
    const users = Array.from(
      { length: 20 },
      (_, index) => `  - { email: p${index}@example.com, password: "correct horse ${index}" }`,
    );
    files.write("seed.yaml", ["users:", ...users, ""].join("\n"));
    const command = new Running(["emulator", "--port", "0", "--seed", "seed.yaml"], {
      directory: files.path,
      terminal: true,
      clock: new WaitingClock(),
    });
    await command.until("Ctrl-C");
    command.interrupt();
    const { code, terminal } = await command.finished;
    expect(code).toBe(0);
    expect(framesOf(terminal)[0]).toMatch(/^putting in what the seed has, \d+ s so far$/);
  });
});

it("what leaves no time to say so is said before: a seed of a megabyte", async () => {
  const name = "n".repeat(1_000);
  const users = Array.from(
    { length: 1_000 },
    (_, index) => `  - { email: q${index}@example.com, first_name: ${name} }`,
  );
  files.write("large.yaml", ["users:", ...users, ""].join("\n"));
  const command = new Running(["emulator", "--port", "0", "--seed", "large.yaml"], { directory: files.path });
  await command.until("Ctrl-C");
  command.interrupt();
  const { code, err } = await command.finished;
  expect([code, err.split("\n")]).toEqual([0, ["reading large.yaml …", "putting in what the seed has …"]]);
});

it("a stack's resources are counted against all of them", async () => {
  const resources: object[] = [];
  for (let index = 0; index < 40; index++) {
    const inputs = { slug: `p${index}`, name: "P" };
    const { id, outs } = await lifeOf("Permission", current()).create(inputs);
    const urn = `urn:pulumi:dev::access::pulumi-nodejs:dynamic/workos:Permission::p${index}`;
    resources.push({ urn, id, inputs, outputs: outs });
  }
  const stack = files.write("stack.json", JSON.stringify({ version: 3, deployment: { resources } }));
  const { err } = await run(["drift", "--stack", stack], { env: env(), clock: new CountingClock(1_000) });
  expect(plainLines(err)[0]).toMatch(/^\d+ of 40 resources read, (about .+ left|\d+ s so far) …$/);
});

it("a failure takes the line away before it is told", async () => {
  const roster = await acme();
  const { code, terminal, err } = await run(["drift", roster], {
    env: { ...env(), WORKOS_API_KEY: "sk_test_wrong" },
    terminal: true,
    clock: new CountingClock(2_000),
  });
  expect(code).toBe(1);
  expect(err).not.toBe("");
  expect(terminal === "" || terminal.endsWith("\u001b[2K")).toBe(true);
});
