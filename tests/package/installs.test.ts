// Each way to install the package, from the packed tarball, in a folder that knows nothing of this repository; then
// the readme's program, on the real engine, against a local AuthKit.
import { type Emulator, startEmulator } from "../../emulator";
import { readmeProgram } from "./support/program";
import { installedVersion } from "./support/tarball";
import { type Stack, Workplace } from "./support/workplace";

const pulumiYaml = "name: access\nruntime: nodejs\n";
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

  await stack.expect("preview", "--refresh", "--expect-no-changes");
  await stack.expect("destroy", "--yes", "--skip-preview");
  expect(emulator.control.state().organizations).toEqual([]);
}

describe("the packed tarball as a direct dependency of a program", () => {
  it.each(["npm", "pnpm"] as const)("runs after `%s install`", async (manager) => {
    workplace.write({
      "package.json": {
        name: "access",
        private: true,
        main: "index.ts",
        dependencies: { ...dependencies, "pulumi-workos": workplace.specifier },
        devDependencies,
      },
      "Pulumi.yaml": pulumiYaml,
      "index.ts": readmeProgram(),
    });
    await workplace.install(manager);
    await expectLife(await stackIn("."));
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
      "packages/infra/Pulumi.yaml": pulumiYaml,
      "packages/infra/index.ts": readmeProgram(),
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
