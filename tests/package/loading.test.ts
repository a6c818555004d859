// How the package loads where it is installed: by every name it exports, in both module systems, with its types, and
// with no more than is needed.
import { join, posix } from "node:path";

import {
  createProgram,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
} from "typescript";

import { manifest } from "../support/repository";
import { installedVersion } from "./support/tarball";
import { Workplace } from "./support/workplace";

// Something that each export of code has; a new export has to be listed here.
const exported = {
  ".": "User",
  "./native": "Provider",
  "./provider": "dynamicProvider",
  "./client": "createApi",
  "./emulator": "startEmulator",
};
const specifierOf = (subpath: string) => posix.join(manifest().name, subpath);
/** Programs that declare resources have the first anyway; the client checks tokens and seals cookies with the others. */
const optionalPeers = ["@pulumi/pulumi", "iron-webcrypto", "jose"];

let workplace: Workplace;

beforeAll(async () => {
  workplace = await Workplace.create();
  workplace.write({
    "package.json": {
      name: "program",
      private: true,
      dependencies: { "pulumi-workos": workplace.specifier, "@pulumi/pulumi": installedVersion("@pulumi/pulumi") },
      devDependencies: { "@types/node": installedVersion("@types/node") },
    },
  });
  await workplace.install("npm");
});
afterAll(() => workplace.remove());

it("is tested here by every name it exports", () => {
  const { exports, peerDependenciesMeta } = manifest();
  expect(Object.keys(exports)).toEqual([...Object.keys(exported), "./package.json"]);
  const optional = Object.keys(peerDependenciesMeta).filter((name) => peerDependenciesMeta[name]?.optional);
  expect(optional.sort()).toEqual([...optionalPeers].sort());
});

describe("without the packages that only the client needs", () => {
  it.each(Object.entries(exported))("%s loads", async (subpath, name) => {
    const specifier = specifierOf(subpath);
    expect(await workplace.node(`console.log(typeof require("${specifier}").${name})`)).toBe("function");
    const script = `import { ${name} } from "${specifier}"; console.log(typeof ${name})`;
    expect(await workplace.node(script, "--input-type=module")).toBe("function");
  });

  it("./package.json loads", async () => {
    const script = `console.log(require("pulumi-workos/package.json").version)`;
    expect(await workplace.node(script)).toBe(manifest().version);
  });

  it("nothing else of the package can be reached", async () => {
    const script = `try { require("pulumi-workos/dist/provider/host.js") } catch (error) { console.log(error.code) }`;
    expect(await workplace.node(script)).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

describe("what is loaded", () => {
  /** The packages of which a script has loaded modules. */
  const loadedBy = async (script: string): Promise<string[]> => {
    const list = `
      const packages = Object.keys(require.cache).map((path) => path.split(/node_modules[\\\\/]/).at(-1));
      console.log(JSON.stringify([...new Set(packages.map((path) => path.split(/[\\\\/]/)[0]))]));
    `;
    const printed = await workplace.node(`(async () => { ${script}; ${list} })()`);
    const packages = JSON.parse(printed) as string[];
    // Known to be there, so that an empty list is not taken for a good one.
    expect(packages).toContain("pulumi-workos");
    return packages.filter((name) => name !== "pulumi-workos");
  };
  const provider = `const user = require("pulumi-workos/provider").dynamicProvider("User")`;
  const plan = `${provider};
    const settings = { apiKey: "sk_test_1", baseUrl: "http://127.0.0.1:9", offlinePreview: "true" };
    const config = { get: (name) => settings[name.replace("workos:", "")] };
    await user.configure({ config });
    const { inputs, failures } = await user.check({}, { email: "ann@example.com" });
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    await user.diff("user_1", { ...inputs, email: "ben@example.com" }, inputs)`;

  it("by a program that imports the resources: neither the schema library nor an HTTP client nor a server", async () => {
    const packages = await loadedBy(`require("pulumi-workos")`);
    expect(packages).toContain("@pulumi");
    expect(packages.filter((name) => ["zod", "undici", "hono", "@hono", "yaml"].includes(name))).toEqual([]);
  });

  it("by a program that has no other use for Pulumi: neither the TypeScript compiler nor npm's libraries", async () => {
    const heavy = ["typescript", "@npmcli", "pacote"];
    const own = await loadedBy(`require("pulumi-workos")`);
    expect(own.filter((name) => heavy.includes(name))).toEqual([]);
    // What importing Pulumi as a whole comes to.
    const whole = await loadedBy(`require("pulumi-workos"); require("@pulumi/pulumi")`);
    expect(whole).toContain("@npmcli");
  });

  it("by the provider for a plan: what checks inputs, and no HTTP client where a preview is offline", async () => {
    expect((await loadedBy(plan)).sort()).toEqual(["fastest-levenshtein", "zod"]);
  });

  it("by the provider for its first request: the HTTP client too, and nothing else", async () => {
    const packages = await loadedBy(
      `${plan}; void user.read("user_1", inputs).catch(() => undefined); await new Promise(setImmediate)`,
    );
    expect(packages.sort()).toEqual(["fastest-levenshtein", "ulid", "undici", "zod"]);
  });
});

describe("the types", () => {
  const program = `
    import * as workos from "pulumi-workos";
    import type { Output } from "@pulumi/pulumi";

    const ann = new workos.User("ann", { email: "ann@example.com", metadata: { team: "a" } });
    export const email: Output<string> = ann.email;
    export const given: Output<string | undefined> = ann.firstName;
    new workos.OrganizationMembership("m", { userId: ann.id, organizationId: "org_1", roleSlugs: ["admin"] });
    export const found: Promise<workos.GetUserResult> = workos.getUser({ email: "ann@example.com" });

    // @ts-expect-error: an email is needed
    new workos.User("nobody", {});
    // @ts-expect-error: there is no such input
    new workos.User("typo", { email: "ann@example.com", fistName: "Ann" });
    // @ts-expect-error: a password is never an output
    export const password = ann.password;
  `;
  const everyExport = Object.entries(exported)
    .map(([subpath, name], index) => `export { ${name} as export${index} } from "${specifierOf(subpath)}";`)
    .join("\n");

  it.each([
    ["node16", { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
    ["bundler", { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }],
    // What the template of `pulumi new typescript` asks for.
    ["node10", { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 }],
  ])("are found and right with moduleResolution %s", (_name, moduleSettings) => {
    workplace.write({ "types.ts": program, "exports.ts": everyExport });
    const files = ["types.ts", "exports.ts"].map((file) => join(workplace.directory, file));
    const compilation = createProgram(files, {
      ...moduleSettings,
      target: ScriptTarget.ES2022,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
      typeRoots: [join(workplace.directory, "node_modules/@types")],
    });
    const problems = getPreEmitDiagnostics(compilation).map(({ messageText }) =>
      flattenDiagnosticMessageText(messageText, "\n"),
    );
    expect(problems).toEqual([]);
  });
});
