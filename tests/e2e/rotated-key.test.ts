/**
 * The provider's own key is rotated. Pulumi gives refresh, destroy and the first half of `up --refresh` the settings of
 * the last `up`, unless it is told to run the program.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { diagnostics } from "./support/report";
import { ok, type Stack, startStack } from "./support/stack";

const directory = mkdtempSync(join(tmpdir(), "pulumi-workos-data-"));
const dataFile = join(directory, "authkit");
let stack: Stack;
let rotated: Emulator;

beforeAll(async () => {
  stack = await startStack({
    program: `
import * as workos from "pulumi-workos";
new workos.User("ann", { email: "ann@example.com" });
`,
    emulator: { dataFile, apiKeys: ["sk_test_old"] },
    // What the set-up switches on for local runs, and a user's shell has not.
    env: { PULUMI_RUN_PROGRAM: "false" },
  });
  await ok(stack.project.up());
  await stack.emulator.close();
  rotated = await startEmulator({ dataFile, port: stack.emulator.port, apiKeys: ["sk_test_new"] });
  await stack.project.setConfig({ "workos:apiKey": { value: "sk_test_new", secret: true } });
});

afterAll(async () => {
  await stack.end();
  await rotated.close();
  rmSync(directory, { recursive: true });
});

const commands = {
  refresh: (args: string[]) => stack.project.refresh({ args }),
  "up --refresh": (args: string[]) => stack.project.up({ args: ["--refresh", ...args] }),
  destroy: (args: string[]) => stack.project.destroy({ args }),
};
const names = Object.keys(commands) as (keyof typeof commands)[];

test.each(names)("%s is refused with what to do about it", async (name) => {
  const refused = await commands[name]([]);
  expect(refused.code).not.toBe(0);
  const message = diagnostics(refused);
  expect(message).toMatch(/→ 401: .+\n +Check the API key: stack config `workos:apiKey`, .+ add `--run-program`\./);
  expect(message.split("Check the API key")).toHaveLength(2);
  expect(refused.combined).not.toMatch(/sk_test_(old|new)/);
  expect(rotated.control.state().users).toHaveLength(1);
});

test.each(names)("%s --run-program works with the new key", async (name) => {
  await ok(commands[name](["--run-program"]));
  expect(rotated.control.state().users).toHaveLength(name === "destroy" ? 0 : 1);
});
