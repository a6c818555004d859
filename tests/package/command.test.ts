// The command in an empty folder: one package, nothing else to install, and nothing of Pulumi's.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bcrypt } from "hash-wasm";

import { read } from "../support/repository";
import { Workplace, withoutSettings } from "./support/workplace";

const header = { authorization: "Bearer sk_test_local", "content-type": "application/json" };
let workplace: Workplace;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  workplace = await Workplace.create();
  folder = workplace.directory;
  workplace.write({
    "package.json": { name: "program", private: true, dependencies: { "pulumi-workos": workplace.specifier } },
  });
  await workplace.install("npm");
});
afterEach(async () => {
  for (const child of children.splice(0)) await stop(child);
});
afterAll(() => workplace.remove());

/** Ends it as Ctrl-C does, with all that it started. */
async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exited = once(child, "exit");
  process.kill(-(child.pid ?? 0), "SIGINT");
  const [code] = (await exited) as [number | null];
  return code;
}

async function start(command: string, args: readonly string[], cwd = folder) {
  const child = spawn(command, args, {
    cwd,
    env: withoutSettings(),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let printed = "";
  const url = await new Promise<string>((found, fail) => {
    const collect = (text: Buffer) => {
      printed += text.toString();
      const [, address] = /^export WORKOS_BASE_URL=(\S+)$/m.exec(printed) ?? [];
      if (address !== undefined) found(address);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("exit", () => fail(new Error(`ended early:\n${printed}`)));
  });
  const call = async (path: string, body?: object) => {
    const method = body === undefined ? "GET" : "POST";
    const answer = await fetch(url + path, { method, headers: header, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { child, url, call, printed: () => printed };
}

it("`npx pulumi-workos emulator` starts from the package in a folder that has nothing, and says first where to look", async () => {
  const empty = mkdtempSync(join(tmpdir(), "pulumi-workos-empty-"));
  try {
    const npx = ["--yes", "--prefer-offline", `--package=${workplace.tarball.path}`, "pulumi-workos"];
    const { call, url, printed } = await start("npx", [...npx, "emulator", "--port", "0"], empty);
    expect(printed().split("\n")[0]).toBe(`Dashboard: ${url}/`);
    expect((await call("/user_management/users", { email: "ann@example.com" })).status).toBe(201);
    expect(readdirSync(empty)).toEqual([]);
  } finally {
    for (const child of children.splice(0)) await stop(child);
    rmSync(empty, { recursive: true, force: true });
  }
});

it("what it needs rarely is there too: seeds in YAML, imported hashes, and QR codes", async () => {
  workplace.write({
    "seed.yaml": "users:\n  - { id: user_ann, email: ann@example.com, password: correct horse battery }\n",
  });
  const { call } = await start("npx", ["pulumi-workos", "emulator", "--port", "0", "--seed", "seed.yaml"]);
  expect((await call("/user_management/users/user_ann")).body).toMatchObject({ email: "ann@example.com" });
  const factor = await call("/user_management/users/user_ann/auth_factors", { type: "totp", totp_issuer: "Acme" });
  expect(JSON.stringify(factor.body)).toContain("data:image/png;base64,");
  const password = "correct horse battery";
  const hash = await bcrypt({ password, salt: Buffer.alloc(16, 7), costFactor: 4, outputType: "encoded" });
  const bob = { email: "bob@example.com", email_verified: true };
  await call("/user_management/users", { ...bob, password_hash: hash, password_hash_type: "bcrypt" });
  const signIn = await call("/user_management/authenticate", {
    ...{ grant_type: "password", email: bob.email, password },
    ...{ client_id: "client_local", client_secret: "sk_test_local" },
  });
  expect(signIn.body).toMatchObject({ user: bob });
});

it("programs have it as `pulumi-workos/emulator`, in both module systems", async () => {
  const use = `startEmulator().then(async (authKit) => {
    const answer = await fetch(authKit.url + "/user_management/users", {
      headers: { authorization: "Bearer " + authKit.apiKey },
    });
    await authKit.close();
    console.log(answer.status);
  });`;
  expect(await workplace.node(`const { startEmulator } = require("pulumi-workos/emulator"); ${use}`)).toBe("200");
  const script = `import { startEmulator } from "pulumi-workos/emulator"; ${use}`;
  expect(await workplace.node(script, "--input-type=module")).toBe("200");
});

it("the whole installation is small, and has nothing of Pulumi's", () => {
  const modules = join(folder, "node_modules");
  expect(existsSync(join(modules, "@pulumi"))).toBe(false);
  // It was 83 MB when Pulumi's SDK came along, and 90 MB with the seven packages that the server needed.
  expect(sizeOf(modules)).toBeLessThan(16_000_000);
});

const sizeOf = (path: string): number =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
    : statSync(path).size;

describe("the container file", () => {
  const lines = read("Containerfile").split("\n");
  const words = (instruction: string) =>
    JSON.parse(
      lines.find((line) => line.startsWith(`${instruction} [`))?.slice(instruction.length) ?? "[]",
    ) as string[];

  // There is no engine for containers where this runs: its commands are carried out as they are written.
  it("starts a server that its health check finds, keeps its data where the volume is, and ends when it is asked to", async () => {
    const [command = "", ...args] = [...words("ENTRYPOINT"), ...words("CMD")];
    const data = mkdtempSync(join(tmpdir(), "pulumi-workos-volume-"));
    expect(lines).toContain("VOLUME /data");
    const own = args.map((word) => word.replace(/^\/data\//, `${data}/`));
    const { child, url, call } = await start(join(folder, "node_modules/.bin", command), [...own, "--port", "0"]);
    await call("/user_management/users", { email: "ann@example.com" });
    expect(readdirSync(data)).toContain("authkit.jsonl");

    const [, flag = "", script = ""] = words("  CMD");
    expect(script).toContain("http://127.0.0.1:4747/health");
    const probe = async () => {
      const own = [flag, script.replace("http://127.0.0.1:4747", url)];
      const [code] = (await once(spawn(process.execPath, own, { stdio: "ignore" }), "exit")) as [number];
      return code;
    };
    expect(await probe()).toBe(0);
    process.kill(child.pid ?? 0, "SIGTERM");
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(0);
    expect(await probe()).toBe(1);
    rmSync(data, { recursive: true, force: true });
  });
});
