// A project that `new` makes, installed from the packed tarball: `npm start` runs it against a local AuthKit of its own
// until its stack has a key, and against WorkOS afterwards. And what `pulumi up` says where TypeScript is not installed.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startEmulator } from "../../emulator";
import { prepare } from "../support/engine";
import { repository } from "../support/repository";
import { expectSuccess, run } from "./support/commands";
import { Workplace, withoutSettings } from "./support/workplace";

let workplace: Workplace;
beforeAll(async () => {
  workplace = await Workplace.create();
});
afterAll(() => workplace.remove());

const command = join(repository, "dist/cli/index.js");

async function make(folder: string, ...args: string[]) {
  await expectSuccess(process.execPath, [command, "new", folder, ...args], {
    cwd: workplace.directory,
    env: withoutSettings(),
  });
  const path = join(workplace.directory, folder, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { dependencies: Record<string, string> };
  expect(manifest.dependencies["pulumi-workos"]).toBe("0.1.0");
  // The version that is not published yet.
  manifest.dependencies["pulumi-workos"] = workplace.specifier;
  writeFileSync(path, JSON.stringify(manifest));
  await workplace.install("npm", folder);
  return join(workplace.directory, folder);
}

it("runs against a local AuthKit, twice with the same, and against WorkOS once its stack has a key", async () => {
  const folder = await make("access", "--template", "rosters");
  const { environment } = await prepare(join(workplace.directory, ".local"), withoutSettings());
  const env = { ...environment, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1" };
  const start = () => run("npm", ["start"], { cwd: folder, env });
  const first = await start();
  expect(first.combined).toContain("A local AuthKit runs at http://127.0.0.1:");
  expect(first.combined).toMatch(/\+ 2 created/);
  expect(first.code).toBe(0);
  const second = await start();
  expect([second.code, second.combined]).toEqual([0, expect.stringMatching(/ 2 unchanged/)]);

  const emulator = await startEmulator({ seed: { organizations: [{ id: "org_01LOCALACME", name: "Acme" }] } });
  try {
    const keyed = { ...env, WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
    const stack = await workplace.stack("access", {});
    await stack.expect("stack", "init", "acme");
    // `pulumi up` asks, and there is nobody to answer.
    const asked = await run("npm", ["start"], { cwd: folder, env: keyed });
    expect(asked.combined).not.toContain("A local AuthKit");
    expect(asked.combined).toContain("--yes");
    expect(emulator.control.requests.list().length).toBe(0);
  } finally {
    await emulator.close();
  }
});

it("a program runs against a local AuthKit, twice with the same; without TypeScript, `pulumi up` says what to install", async () => {
  const folder = await make("untyped");
  const { environment } = await prepare(join(workplace.directory, ".local"), withoutSettings());
  const env = { ...environment, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1" };
  // A setting that the project has for all of its stacks.
  appendFileSync(join(folder, "Pulumi.yaml"), "config:\n  city: { default: Oslo }\n");
  const cityOf = 'export const city = new (require("@pulumi/pulumi").Config)().require("city");\n';
  appendFileSync(join(folder, "index.ts"), `declare const require: (name: string) => any;\n${cityOf}`);
  for (const counts of [/\+ 5 created/, / 5 unchanged/]) {
    const { code, combined } = await run("npm", ["start"], { cwd: folder, env });
    expect([code, combined]).toEqual([0, expect.stringMatching(counts)]);
    expect(combined).toMatch(/city *: "Oslo"/);
  }

  const path = join(folder, "package.json");
  const { devDependencies: _none, ...manifest } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(manifest));
  await workplace.install("npm", "untyped");
  const stack = await workplace.stack("untyped", {
    "workos:apiKey": "sk_test_1",
    "workos:baseUrl": "http://127.0.0.1:9",
  });
  const { code, combined } = await stack.run("preview");
  expect(code).not.toBe(0);
  expect(combined).toContain("No TypeScript is installed");
  expect(combined).toContain("npm install --save-dev typescript@~5.9.3");

  const sdk = join(folder, "node_modules/@pulumi/pulumi/package.json");
  const installed = readFileSync(sdk, "utf8");
  writeFileSync(sdk, installed.replace(/"version": "[^"]+"/, '"version": "3.200.0"'));
  const old = await stack.run("preview");
  expect(old.combined).toContain("@pulumi/pulumi 3.200.0 is too old for pulumi-workos.");
});
