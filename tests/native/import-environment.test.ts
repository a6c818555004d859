/** `init --import` on the real engine: its file, the program that it leads to, and what Pulumi itself makes of the file. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kinds, resources } from "../../provider/resources";
import type { AnyResource } from "../../provider/declare/resource";
import { run } from "../cli/support/run";
import { fillEnvironment, fillKeys, wholeSeed } from "../cli/support/whole-seed";
import { ok, sharedStack, type Stack } from "../e2e/support/stack";
import { repository } from "../support/repository";
import { counts, sharedYaml } from "./support/plugin";
import { plugin } from "../support/plugin";

const shared = sharedYaml("resources: {}\n", { emulator: { seed: wholeSeed(30) } });
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "init-import-"));
  await fillEnvironment(shared().api);
  await fillKeys(shared().api);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const init = ({ emulator }: Stack, ...args: string[]) =>
  run(["init", "--import", ...args], {
    env: { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url },
    directory: folder,
  });

interface ImportFile {
  readonly resources: readonly { readonly type: string; readonly name: string; readonly id: string }[];
}

const importFile = (path: string) => JSON.parse(readFileSync(join(folder, path, "import.json"), "utf8")) as ImportFile;

/** What rosters and lists of members declare instead, many people at once; and what waits for its value. */
const elsewhere = ["OrganizationMembership", "GroupMembership", "VaultObject"];
const importable = Object.entries<AnyResource>(resources).flatMap(([kind, { notImported }]) =>
  notImported === undefined && !elsewhere.includes(kind) ? [kind] : [],
);

it("imports every kind, and the program has nothing to change", async () => {
  const { project, emulator } = shared();
  const written = await init(shared(), "yaml", "--yaml");
  expect(written).toMatchObject({ code: 0 });
  const { resources: all } = importFile("yaml");
  const imported = new Set(all.map(({ type }) => type.replace("workos:index:", "")));
  expect([...imported].sort()).toEqual([...importable, "OrganizationRoster"].sort());
  expect(kinds.filter((kind) => !imported.has(kind))).toEqual(expect.arrayContaining([...elsewhere, "RadarListEntry"]));
  expect(written.err).toContain(`import.json imports ${all.length} resources.`);

  const before = JSON.stringify(emulator.control.state());
  emulator.control.requests.clear();
  const file = join(folder, "yaml", "import.json");
  const generated = join(folder, "generated.yaml");
  const ran = await ok(
    project.run(["import", "--yes", "--skip-preview", "--protect=false", "--file", file, "--out", generated]),
  );
  expect(counts(ran)).toMatchObject({ imported: all.length });
  expect(ran.combined).not.toContain("warning");

  const [, program = ""] = readFileSync(join(folder, "yaml", "Pulumi.yaml"), "utf8").split("runtime: yaml\n");
  // As `npm install` leaves it.
  mkdirSync(join(project.directory, "node_modules/.bin"), { recursive: true });
  writeFileSync(
    join(project.directory, "node_modules/.bin/pulumi-resource-workos"),
    readFileSync(join(project.directory, "plugin/pulumi-resource-workos")),
    { mode: 0o755 },
  );
  project.writeProgram(program);
  await ok(project.preview({ args: ["--expect-no-changes", "--refresh"] }));

  // What the engine writes of what it was told stands for the same.
  project.writeProgram(plugin + readFileSync(generated, "utf8"));
  await ok(project.preview({ args: ["--expect-no-changes"] }));
  expect(emulator.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);
  expect(JSON.stringify(emulator.control.state())).toBe(before);
});

describe("the program in TypeScript", () => {
  const program = sharedStack({ entry: "native", emulator: { seed: wholeSeed(30) } });

  it("has nothing to change after its import, nor once it has the values that nobody tells", async () => {
    const stack = program();
    const { project, emulator, api } = stack;
    await fillEnvironment(api);
    await fillKeys(api);
    const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
    const written = await run(["init", "--import", project.directory], { env });
    expect([written.code, written.err]).toEqual([0, expect.stringContaining("Kept as they are: Pulumi.yaml")]);
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [compiler, "-p", project.directory, "--noEmit", "false"], { stdio: "pipe" });
    const before = JSON.stringify(emulator.control.state());
    emulator.control.requests.clear();
    // The command that it says is next.
    const [, next = ""] = / pulumi (import --file import\.json .*?),/.exec(written.err) ?? [];
    await ok(project.run([...next.split(" "), "--skip-preview"]));
    await ok(project.preview({ args: ["--expect-no-changes"] }));
    await project.setConfig({ "vault:db-password-of-acme": { value: "secret-0", secret: true } });
    const up = await ok(project.up());
    expect(counts(up)).toMatchObject({ imported: 1 });
    expect(emulator.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);
    expect(JSON.stringify(emulator.control.state())).toBe(before);
  });
});
