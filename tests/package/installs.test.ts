// The stranger: each way to install the package, from the packed tarball, in an empty folder that knows nothing of this
// repository; then the readme's own files and commands, on the real engine, against a local AuthKit.
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

import { type Emulator, startEmulator } from "../../emulator";
import { expectSuccess } from "./support/commands";
import { type Form, readmeFiles, readmeForms } from "./support/program";
import { installedVersion } from "./support/tarball";
import { managers, type Stack, Workplace, withoutSettings } from "./support/workplace";

const dependencies = { "@pulumi/pulumi": installedVersion("@pulumi/pulumi") };
const devDependencies = { typescript: installedVersion("typescript") };

let emulator: Emulator;
let workplace: Workplace;

beforeEach(async () => {
  emulator = await startEmulator();
  workplace = await Workplace.create();
});
afterEach(async () => {
  workplace.remove();
  await emulator.close();
});

const stackIn = (folder: string): Promise<Stack> =>
  workplace.stack(folder, { "workos:apiKey": emulator.apiKey, "workos:baseUrl": emulator.url });

/** Writes the readme's program in one form, and nothing of another; compiles it where the form asks for that. */
async function write({ program, manifest, compiler, besides }: Form, base: Manifest): Promise<void> {
  const { "tsconfig.json": options = "", "index.ts": typescript = "" } = readmeFiles();
  for (const path of ["index.js", "index.ts", "bin"]) workplace.delete(path);
  const isCommonJs = program.endsWith("CommonJS");
  const module = isCommonJs ? ModuleKind.CommonJS : ModuleKind.ESNext;
  const javascript = transpileModule(typescript, { compilerOptions: { module, target: ScriptTarget.ES2022 } });
  const said = JSON.parse(options) as { compilerOptions: object };
  workplace.write({
    "package.json": { ...base, ...manifest },
    "tsconfig.json": JSON.stringify({ ...said, compilerOptions: { ...said.compilerOptions, ...compiler } }),
    ...(program.startsWith("JavaScript") ? { "index.js": javascript.outputText } : { "index.ts": typescript }),
  });
  const { directory } = workplace;
  if (besides.includes("`npx tsc`")) {
    await expectSuccess(process.execPath, [join(directory, "node_modules/typescript/bin/tsc")], {
      cwd: directory,
      env: withoutSettings(),
    });
    // What runs is what was compiled.
    workplace.delete("index.ts");
  }
}

/** The program has run once as a whole: everything is there, nothing is left to do, and all of it can be removed. */
async function expectLife(stack: Stack): Promise<void> {
  await stack.expect("up", "--yes", "--skip-preview");
  const { users, organizations, organizationMemberships, invitations, apiKeys } = emulator.control.state();
  expect(users.map(({ email }) => email).sort()).toEqual(["ann@example.com", "bob@example.com"]);
  expect(organizations.map(({ name }) => name)).toEqual(["Acme"]);
  expect(organizationMemberships.map(({ status }) => status).sort()).toEqual(["active", "pending"]);
  expect(invitations.map(({ state }) => state)).toEqual(["pending"]);
  expect(apiKeys.map(({ name }) => name)).toEqual(["CI"]);
  expect(await stack.outputs()).toEqual({ ciKey: "[secret]" });

  await stack.expect("up", "--refresh", "--yes", "--skip-preview", "--expect-no-changes");
  await stack.expect("destroy", "--yes", "--skip-preview");
  expect(emulator.control.state().organizations).toEqual([]);
}

/** The readme's package.json, with the tarball in place of the version that is not published yet. */
function readmeManifest(more: object = {}) {
  const manifest = JSON.parse(readmeFiles()["package.json"] ?? "") as Manifest;
  expect(manifest.dependencies["pulumi-workos"]).toMatch(/^\^\d/);
  return { ...manifest, ...more, dependencies: { ...manifest.dependencies, "pulumi-workos": workplace.specifier } };
}
type Manifest = { name: string; dependencies: Record<string, string>; devDependencies: Record<string, string> };

describe("the packed tarball as a direct dependency of a program", () => {
  it.each(managers)(
    "runs by the readme's text after `%s install`, and a second time without a change",
    async (manager) => {
      workplace.write({ ...readmeFiles(), "package.json": readmeManifest() });
      await workplace.install(manager);
      await expectLife(await stackIn("."));
    },
  );

  it("runs in every form of the readme's table, and none changes what another has made", async () => {
    const forms = readmeForms();
    expect(forms.map(({ program }) => program)).toEqual(
      ["TypeScript", "Compiled", "JavaScript"].flatMap((what) => [`${what}, CommonJS`, `${what}, ES modules`]),
    );
    const [, added, version] = /`npm install --save-dev (\S+)@(\S+)`/.exec(forms[1]?.besides ?? "") ?? [];
    expect([added, version]).toEqual(["ts-node", installedVersion("ts-node")]);
    const manifest = readmeManifest();
    const devDependencies = { ...manifest.devDependencies, "ts-node": installedVersion("ts-node") };
    workplace.write({ ...readmeFiles(), "package.json": { ...manifest, devDependencies } });
    await workplace.install("npm");
    const stack = await stackIn(".");

    for (const [index, form] of forms.entries()) {
      await write(form, { ...manifest, devDependencies });
      const isFirst = index === 0;
      const { combined } = await stack.run(
        "up",
        "--yes",
        "--skip-preview",
        ...(isFirst ? [] : ["--expect-no-changes"]),
      );
      expect([form.program, combined]).toEqual([
        form.program,
        expect.stringMatching(isFirst ? /\+ 6 created/ : / 6 unchanged/),
      ]);
      expect([form.program, await stack.outputs()]).toEqual([form.program, { ciKey: "[secret]" }]);
    }
  });

  it("runs as one package of an npm workspace, whose root has the dependencies", async () => {
    workplace.write({
      "package.json": { name: "monorepo", private: true, workspaces: ["packages/*"] },
      "packages/web/package.json": { name: "web", private: true },
      "packages/infra/package.json": {
        name: "infra",
        private: true,
        main: "index.ts",
        dependencies: { ...dependencies, "pulumi-workos": workplace.specifier },
        devDependencies,
      },
      "packages/infra/Pulumi.yaml": readmeFiles()["Pulumi.yaml"] ?? "",
      "packages/infra/index.ts": readmeFiles()["index.ts"] ?? "",
    });
    await workplace.install("npm");
    await expectLife(await stackIn("packages/infra"));
  });
});

describe("the packed tarball as a dependency of a dependency alone", () => {
  it("is refused before anything is created, with the remedy, where the layout hides it from the program", async () => {
    workplace.write({
      "pnpm-workspace.yaml": "packages: [packages/*]\n",
      "packages/people/package.json": {
        name: "people",
        version: "1.0.0",
        main: "index.js",
        dependencies: { "pulumi-workos": workplace.specifier },
        peerDependencies: { "@pulumi/pulumi": "*" },
      },
      "packages/people/index.js": `
        const workos = require("pulumi-workos");
        exports.person = (name, email) => new workos.User(name, { email });
      `,
      "packages/infra/package.json": {
        name: "infra",
        private: true,
        main: "index.js",
        dependencies: { ...dependencies, people: "workspace:*" },
      },
      "packages/infra/Pulumi.yaml": "name: access\nruntime: { name: nodejs, options: { typescript: false } }\n",
      "packages/infra/index.js": `require("people").person("ann", "ann@example.com");`,
    });
    await workplace.install("pnpm");
    const stack = await stackIn("packages/infra");

    const { code, combined } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(combined).toContain("must be a direct dependency of the program");
    expect(combined).toContain("pnpm add pulumi-workos");
    expect(combined).not.toMatch(/^\s+at /m);
    expect(emulator.control.state().users).toEqual([]);
  });
});
