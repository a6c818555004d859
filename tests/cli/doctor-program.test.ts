/** What the doctor says of the program in its folder, by folders with the manifests that packages of those versions have. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkProgram } from "../../cli/doctor/program";
import { read } from "../support/repository";
import { folder as temporaryFolder, run } from "./support/run";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const sdk = "@pulumi/pulumi";
/** What the SDK says of itself, as it is installed here. */
const pulumi = JSON.parse(read(`node_modules/${sdk}/package.json`)) as object;

/** The versions that the package is made and tested with. */
const developed = JSON.parse(read("package.json")) as { devDependencies: Record<string, string> };

type Files = Readonly<Record<string, string | object>>;

/** A program as the readme has it, all of whose packages are there, less or more what a test says. */
function program(files: Readonly<Record<string, string | object | undefined>> = {}): void {
  const whole: Readonly<Record<string, string | object | undefined>> = {
    "Pulumi.yaml": "name: access\nruntime: nodejs\n",
    "package.json": {
      main: "index.ts",
      dependencies: { [sdk]: "^3.216.0", "pulumi-workos": "^0.1.0" },
      devDependencies: { typescript: "~5.9.3" },
    },
    "index.ts": 'import * as workos from "pulumi-workos";\n',
    "package-lock.json": "{}",
    "node_modules/pulumi-workos/package.json": { version: "0.1.0" },
    [`node_modules/${sdk}/package.json`]: { ...pulumi, version: "3.248.0" },
    "node_modules/typescript/package.json": { version: "5.9.3" },
    ...files,
  };
  put(Object.fromEntries(Object.entries(whole).filter(([, content]) => content !== undefined)) as Files);
}

function put(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder.path, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content));
  }
}

const checks = (node?: string) => checkProgram({ directory: folder.path }, node);
const check = (name: string, node?: string) => checks(node).find((one) => one.name === name);

it("finds nothing wrong with the readme's program", () => {
  program();
  expect(checks().map(({ name, status, message }) => [name, status, message])).toEqual([
    ["packages", "ok", "by npm (package-lock.json)"],
    ["pulumi-workos", "ok", "pulumi-workos 0.1.0"],
    [sdk, "ok", "3.248.0"],
    ["typescript", "ok", "5.9.3"],
    ["modules", "ok", "CommonJS"],
  ]);
});

it("looks at nothing where there is no project, and at no package of a program in another language", () => {
  expect(checks()).toEqual([]);
  put({ "Pulumi.yaml": "name: access\nruntime: yaml\n" });
  expect(checks()).toEqual([expect.objectContaining({ name: "program", status: "ok" })]);
  put({ "Pulumi.yaml": "name: [" });
  expect(checks()).toEqual([expect.objectContaining({ name: "program", status: "failed" })]);
});

const managers = [
  ["npm", "package-lock.json", "npm install --save-dev typescript@", "npm install", "npm dedupe"],
  ["pnpm", "pnpm-lock.yaml", "pnpm add --save-dev typescript@", "pnpm install", "pnpm dedupe"],
  ["yarn", "yarn.lock", "yarn add --dev typescript@", "yarn install", "yarn dedupe"],
  ["bun", "bun.lock", "bun add --dev typescript@", "bun install", "bun install --force"],
] as const;

describe.each(managers)("where packages are installed by %s", (manager, lock, addDev, install, dedupe) => {
  const own = (files: Readonly<Record<string, string | object | undefined>>) =>
    program({ "package-lock.json": undefined, [lock]: "", ...files });
  const tested = developed.devDependencies.typescript ?? "";

  it("a compiler that is not there is named with the command that installs it", () => {
    own({ "node_modules/typescript/package.json": undefined });
    expect(check("typescript")).toMatchObject({ status: "failed", remedy: `Run: ${addDev}${tested}` });
    expect(check("typescript")?.message).toContain("Pulumi would take the 3.8 that it brings");
  });

  it.each(["7.0.2", "8.0.0-beta", "4.9.5"])("TypeScript %s is not for it", (version) => {
    own({ "node_modules/typescript/package.json": { version } });
    expect(check("typescript")).toMatchObject({ status: "failed", remedy: `Run: ${addDev}${tested}` });
    expect(check("typescript")?.message).toContain(version);
  });

  it("packages that are listed and not there are to be installed", () => {
    own({ "node_modules/pulumi-workos/package.json": undefined, [`node_modules/${sdk}/package.json`]: undefined });
    expect(check("pulumi-workos")).toMatchObject({ status: "failed", remedy: `Run: ${install}` });
    expect(check(sdk)).toMatchObject({ status: "failed", remedy: `Run: ${install}` });
  });

  it("a second SDK is found", () => {
    own({ [`node_modules/pulumi-workos/node_modules/${sdk}/package.json`]: { version: "3.220.0" } });
    expect(check(sdk)).toMatchObject({ status: "failed", message: expect.stringContaining("there are two") as string });
    expect(check(sdk)?.remedy).toContain(dedupe);
  });

  it("what another layout of packages would hide is a warning", () => {
    own({ "package.json": { main: "index.ts", dependencies: { [sdk]: "*" } } });
    expect(check("pulumi-workos")).toMatchObject({ status: "warning" });
    expect(check("pulumi-workos")?.remedy).toMatch(new RegExp(`^Run: ${manager} (add|install) pulumi-workos$`));
  });
});

it("takes the package manager that package.json names before any lock file", () => {
  program({ "package.json": { main: "index.js", packageManager: "pnpm@10.34.9" } });
  expect(check("packages")?.message).toBe("by pnpm (packageManager in package.json)");
});

it("says that the provider process does not find a package that only a dependency has", () => {
  program({
    "package-lock.json": undefined,
    "pnpm-lock.yaml": "",
    "package.json": { main: "index.js", dependencies: { people: "*" } },
    "node_modules/pulumi-workos/package.json": undefined,
    "node_modules/people/node_modules/pulumi-workos/package.json": { version: "0.1.0" },
  });
  expect(check("pulumi-workos")).toMatchObject({ status: "failed", remedy: "Run: pnpm add pulumi-workos" });
  expect(check("pulumi-workos")?.message).toContain("pnpm shows a program only what it lists itself");
});

it("says that Pulumi finds nothing in Yarn's archives", () => {
  program({ "yarn.lock": "", ".pnp.cjs": "" });
  expect(check("packages")).toMatchObject({ status: "failed" });
  expect(check("packages")?.remedy).toContain("nodeLinker: node-modules");
});

it("says that an SDK is too old, or too new for this Node", () => {
  program({ [`node_modules/${sdk}/package.json`]: { version: "3.200.0" } });
  expect(check(sdk)).toMatchObject({ status: "failed", remedy: `Run: npm install ${sdk}@^3.216.0` });
  program({ [`node_modules/${sdk}/package.json`]: { version: "3.276.0", engines: { node: ">=22" } } });
  expect(check(sdk, "v20.20.0")).toMatchObject({
    status: "failed",
    message: "3.276.0 needs Node 22, and this is v20.20.0",
    remedy: `Install Node 22 or newer, or run: npm install ${sdk}@${developed.devDependencies[sdk]}`,
  });
  expect(check(sdk, "v24.1.0")).toMatchObject({ status: "ok" });
});

describe("a program in JavaScript", () => {
  it.each([
    ["by its main", { "package.json": { main: "index.js" }, "index.js": "" }],
    ["by the project", { "Pulumi.yaml": "name: a\nruntime: { name: nodejs, options: { typescript: false } }\n" }],
    ["by its folder", { "Pulumi.yaml": "name: a\nruntime: nodejs\nmain: dist/index.js\n", "dist/index.js": "" }],
  ])("needs no compiler: %s", (_how, files) => {
    program({ "node_modules/typescript/package.json": undefined, ...files });
    expect(check("typescript")).toBeUndefined();
    expect(checks().every(({ status }) => status !== "failed")).toBe(true);
  });
});

describe("modules", () => {
  const compiler = join(process.cwd(), "node_modules/typescript/lib/typescript.js");
  const installed = {
    "node_modules/typescript/package.json": { version: "5.9.3", main: "index.js" },
    "node_modules/typescript/index.js": `module.exports = require(${JSON.stringify(compiler)});`,
  };
  const esm = { type: "module", main: "index.ts", dependencies: { "pulumi-workos": "*", [sdk]: "*" } };
  const withModule = (module: string) => `{ "compilerOptions": { "module": "${module}" } } // as a comment`;

  it("are ES modules where package.json says so", () => {
    program({ ...installed, "package.json": esm, "tsconfig.json": withModule("nodenext") });
    expect(check("modules")).toMatchObject({ status: "ok", message: "ES modules" });
  });

  it("have to be the same in package.json and in tsconfig.json, in what that extends too", () => {
    program({
      ...installed,
      "package.json": esm,
      "tsconfig.json": '{ "extends": "./base.json" }',
      "base.json": withModule("commonjs"),
    });
    expect(check("modules")).toMatchObject({ status: "failed" });
    expect(check("modules")?.remedy).toContain('"module": "nodenext"');
    program({ ...installed, "tsconfig.json": withModule("esnext") });
    expect(check("modules")).toMatchObject({ status: "failed" });
    expect(check("modules")?.remedy).toContain('"module": "commonjs"');
  });
});

describe("the command", () => {
  const doctor = async (env: Record<string, string> = {}) =>
    run(["doctor"], { env: { PATH: "", ...env }, directory: folder.path });

  it("shows each with its remedy", async () => {
    program({ "node_modules/typescript/package.json": { version: "7.0.2" } });
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ typescript: 7\.0\.2 is more than Pulumi can load\n {4}Run: npm install --save-dev typescript@/m,
    );
  });

  it("looks at the authorities that Node is to trust besides its own", async () => {
    const file = folder.write("root.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    expect((await doctor({ NODE_EXTRA_CA_CERTS: file })).out).toContain("✓ authorities: 1 certificate more");
    const binary = folder.write("root.der", "0\u0082");
    expect((await doctor({ NODE_EXTRA_CA_CERTS: binary })).out).toMatch(
      /✗ authorities: .* has no certificate in PEM form\n.*openssl x509/,
    );
    expect((await doctor({ NODE_EXTRA_CA_CERTS: "/nowhere.pem" })).out).toContain(
      "✗ authorities: NODE_EXTRA_CA_CERTS names /nowhere.pem, which cannot be read",
    );
  });
});
