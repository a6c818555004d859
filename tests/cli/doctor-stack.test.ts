/** The doctor in the folder of a Pulumi project, with a real engine that encrypts and decrypts. */
import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "../../emulator";
import { prepare } from "../support/engine";
import { repository } from "../support/repository";
import { folder, run } from "./support/run";

let authKit: Emulator;
let place: ReturnType<typeof folder>;
let env: Record<string, string>;
/** Where the engine is that the tests use. */
let engine: string;

beforeAll(async () => {
  authKit = await startEmulator();
  place = folder();
  place.write("Pulumi.yaml", "name: access\nruntime: nodejs\n");
  // What the program stands on.
  symlinkSync(join(repository, "node_modules"), join(place.path, "node_modules"), "dir");
  const prepared = await prepare(join(place.path, ".local"), process.env);
  engine = prepared.engine.binary;
  env = Object.fromEntries(
    Object.entries(prepared.environment).filter(([name]) => !name.startsWith("WORKOS_")),
  ) as typeof env;
  await pulumi("stack", "init", "dev");
  await pulumi("stack", "init", "empty");
  await pulumi("stack", "select", "dev");
});
afterAll(async () => {
  place.remove();
  await authKit.close();
});

const pulumi = (...args: string[]) =>
  promisify(execFile)(engine, [...args, "--non-interactive"], { cwd: place.path, env });
const doctor = async (args: readonly string[] = [], more: Record<string, string> = {}, directory = place.path) => {
  const { code, out } = await run(["doctor", "--json", ...args], { env: { ...env, ...more }, directory });
  const { checks } = JSON.parse(out) as {
    checks: { name: string; status: string; message: string; remedy?: string }[];
  };
  return { code, out, check: (name: string) => checks.find((check) => check.name === name) };
};
const environment = () => ({ WORKOS_API_KEY: "sk_test_of_the_environment", WORKOS_BASE_URL: authKit.url });

test("the settings of the selected stack win over the environment, and the key stays hidden", async () => {
  await pulumi("config", "set", "--secret", "workos:apiKey", authKit.apiKey);
  await pulumi("config", "set", "workos:baseUrl", authKit.url);
  const { code, out, check } = await doctor([], { WORKOS_API_KEY: "sk_test_wrong" });
  expect(check("stack")?.message).toBe("the selected stack has workos:apiKey (encrypted), workos:baseUrl");
  expect(check("config")?.message).toBe(`${authKit.url} (workos:baseUrl), local, key sk_test_… (workos:apiKey)`);
  expect(code).toBe(0);
  expect(out).not.toContain(authKit.apiKey);
});

test("where a stack has no settings, the environment's count", async () => {
  const { code, check } = await doctor(["--stack", "empty"], { ...environment(), WORKOS_API_KEY: authKit.apiKey });
  expect(check("stack")?.message).toBe("the stack empty has no workos: settings");
  expect(check("config")?.message).toContain("(WORKOS_API_KEY)");
  expect(code).toBe(0);
});

test("a stack that cannot be read is no failure, unless it was asked for", async () => {
  const locked = { PULUMI_CONFIG_PASSPHRASE_FILE: "", PULUMI_CONFIG_PASSPHRASE: "wrong" };
  const { check } = await doctor([], { ...environment(), ...locked });
  expect(check("stack")).toMatchObject({ status: "skipped" });
  expect(check("stack")?.message).toContain("incorrect passphrase");
  expect(check("config")?.message).toContain("(WORKOS_API_KEY)");
  const none = await doctor(["--stack", "prod"], environment());
  expect(none.code).toBe(1);
  expect(none.check("stack")).toMatchObject({ status: "failed" });
  expect(none.check("stack")?.message).toContain("no stack named 'prod'");
});

test("a key in plain, an unknown setting, and a stack outside of any project are told", async () => {
  await pulumi("config", "set", "workos:apiUrl", authKit.url, "-s", "empty");
  expect((await doctor(["--stack", "empty"], environment())).check("stack")?.message).toContain("workos:apiUrl");
  await pulumi("config", "rm", "workos:apiUrl", "-s", "empty");
  await pulumi("config", "set", "--plaintext", "workos:apiKey", authKit.apiKey, "-s", "empty");
  const plain = await doctor(["--stack", "empty"], environment());
  expect(plain.code).toBe(1);
  expect(plain.check("stack")?.remedy).toContain("pulumi config set --secret workos:apiKey");
  expect(plain.out).not.toContain(authKit.apiKey);
  const outside = await doctor(["--stack", "dev"], environment(), dirname(place.path));
  expect(outside.check("stack")?.message).toContain("no Pulumi project here");
});

test("an engine that this repository keeps for itself is found, and without any there is a warning", async () => {
  const cache = join(place.path, "cache");
  const bin = join(cache, "engine-3.999.0", "bin");
  const without = { PATH: dirname(process.execPath), PULUMI_WORKOS_CACHE: cache, ...environment() };
  const none = await doctor([], without);
  expect(none.check("engine")).toMatchObject({ status: "warning" });
  expect(none.check("stack")?.message).toContain("there is no pulumi command");
  mkdirSync(bin, { recursive: true });
  symlinkSync(engine, join(bin, "pulumi"));
  const kept = await doctor([], without);
  expect(kept.check("engine")).toMatchObject({ status: "ok" });
  expect(kept.check("engine")?.message).toContain("npm run pulumi");
  expect(kept.check("stack")?.message).toContain("workos:baseUrl");
});
