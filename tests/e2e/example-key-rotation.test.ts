/** The example of a rotation, on the real engine: two keys that work for a day, and a value that is in no state. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { exampleStack, masked, shownOutputs } from "./support/examples";
import { ok } from "./support/stack";

const stack = exampleStack("key-rotation");

const delivered = () => readFileSync(join(stack().project.directory, "ci.key"), "utf8");
const works = async (value: string) => (await stack().api.apiKeys.validate({ value })).api_key !== null;
const rotate = async (rotated: string) => {
  await stack().project.setConfig({ rotated: { value: rotated } });
  return stack().project.up();
};

let first: string;
let second: string;

test("the first key goes to a file for its owner alone, and into no state", async () => {
  const ran = await ok(rotate("2027-01"));
  first = delivered();
  expect(await works(first)).toBe(true);
  expect(statSync(join(stack().project.directory, "ci.key")).mode & 0o777).toBe(0o600);
  expect(stack().project.stateText() + ran.combined).not.toContain(first);
  expect(JSON.stringify(await stack().project.state({ showSecrets: true }))).not.toContain(first);
});

test("a rotation delivers the new key before it gives the old one an end, and prints what the readme shows", async () => {
  const ran = await ok(rotate("2027-02"));
  second = delivered();
  expect(second).not.toBe(first);
  expect([await works(first), await works(second)]).toEqual([true, true]);
  expect(masked(ran.stdout)).toEqual(masked(shownOutputs("key-rotation")[0] ?? ""));
  const requests = stack().emulator.control.requests.list();
  const changes = requests.filter(({ method, path }) => method !== "GET" && /api_keys(\/\w+\/expire)?$/.test(path));
  expect(changes.slice(-2).map(({ path }) => path)).toEqual([
    expect.stringMatching(/^\/organizations\/\w+\/api_keys$/),
    expect.stringMatching(/^\/api_keys\/\w+\/expire$/),
  ]);
});

test("nothing changes without another value", async () => {
  const { code, stdout } = await stack().project.preview({ args: ["--expect-no-changes"] });
  expect([code, stdout]).toEqual([0, expect.stringContaining("3 unchanged")]);
});

test("a day later only the new key works", async () => {
  stack().emulator.control.clock.advance(25 * 3_600_000);
  expect([await works(first), await works(second)]).toEqual([false, true]);
});

test("a delivery that fails loses nothing: the old key works on, and the next run delivers the new one", async () => {
  const { project } = stack();
  await project.setConfig({ file: { value: "missing/ci.key" } });
  const failed = await rotate("2027-03");
  expect(failed.code).not.toBe(0);
  expect(failed.stdout).toContain("could not be written to missing/ci.key");
  expect(await works(second)).toBe(true);
  await project.setConfig({ file: { value: "ci.key" } });
  await ok(project.up());
  expect(delivered()).not.toBe(second);
  expect(await works(delivered())).toBe(true);
});

test("destroying ends the key at once", async () => {
  await ok(stack().project.destroy());
  expect(await works(delivered())).toBe(false);
});
