/** Every way to install the plugin that docs/native.md shows, on the real engine, with a program in YAML. */
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pluginDownloadURL } from "../../sdk/plugin-place";
import { ok, startStack, type Stack } from "../e2e/support/stack";
import { expectSuccess } from "../package/support/commands";
import { installedVersion, packInto } from "../package/support/tarball";
import { type Listening, listening } from "../support/listening";
import { manifest, read, repository } from "../support/repository";
import { counts } from "./support/plugin";

const { version } = manifest();
const system = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
const archive = `pulumi-resource-workos-v${version}-${system}.tar.gz`;

let archives: string;
let server: Listening;
let address: string;
const asked: string[] = [];
let stack: Stack;

beforeAll(async () => {
  archives = mkdtempSync(join(tmpdir(), "pulumi-workos-archives-"));
  await expectSuccess(process.execPath, [join(repository, "tools/package-plugin.mjs"), "--out", archives], {
    cwd: repository,
  });
  const files = createServer(({ url = "" }, response) => {
    asked.push(url);
    if (url === `/plugins/${archive}`) response.end(readFileSync(join(archives, archive)));
    else response.writeHead(404).end();
  });
  server = await listening(files);
  address = `${server.url}/plugins`;
  stack = await startStack({
    language: "yaml",
    program: "resources: {}\n",
    // As users' engines do, and as tests otherwise are kept from.
    env: { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false" },
  });
});
afterAll(async () => {
  await stack.end();
  await server.close();
  rmSync(archives, { recursive: true, force: true });
});
beforeEach(async () => {
  asked.length = 0;
  await ok(stack.project.run(["plugin", "rm", "resource", "workos", "--yes"]));
});

const program = (options = "", plugins = "") => `${plugins}
resources:
  acme:
    type: workos:Organization
    properties: { name: Acme }
${options}`;

/** The resource comes and goes by the plugin that is installed. */
async function lives(text: string, env: Record<string, string> = {}): Promise<void> {
  stack.project.writeProgram(text);
  expect(counts(await ok(stack.project.up({ env })))).toEqual({ created: 2 });
  expect(stack.emulator.control.state().organizations).toMatchObject([{ name: "Acme" }]);
  await ok(stack.project.destroy({ env }));
  expect(stack.emulator.control.state().organizations).toEqual([]);
}

it("from the npm package, whose command npm puts beside all others", async () => {
  const { directory } = stack.project;
  const { path } = await packInto(archives);
  const dependencies = { "pulumi-workos": `file:${path}`, "@pulumi/pulumi": installedVersion("@pulumi/pulumi") };
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, dependencies }));
  await expectSuccess("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: directory });
  await lives(program("", "plugins:\n  providers:\n    - { name: workos, path: node_modules/.bin }\n"));
});

it("from a file, with which the example in YAML runs", async () => {
  const { project, emulator } = stack;
  const file = join(archives, archive);
  await ok(project.run(["plugin", "install", "resource", "workos", version, "--file", file]));
  // Its name is the stack's.
  project.writeProgram(read("examples/yaml/Pulumi.yaml").replace(/^(name|description|runtime): .*\n/gm, ""));
  expect(counts(await ok(project.up()))).toEqual({ created: 8 });
  expect(await project.outputs()).toMatchObject({ ciKey: "[secret]", invitationState: "pending" });
  expect(counts(await ok(project.preview()))).toEqual({ unchanged: 8 });
  await ok(project.destroy());
  expect(emulator.control.state().organizations).toEqual([]);
  expect(asked).toEqual([]);
});

it("from a server, by the command", async () => {
  await ok(stack.project.run(["plugin", "install", "resource", "workos", version, "--server", address]));
  expect(asked).toContain(`/plugins/${archive}`);
  asked.length = 0;
  await lives(program());
  expect(asked).toEqual([]);
});

it("from a server that the program names, with no command", async () => {
  await lives(program(`    options: { version: ${version}, pluginDownloadURL: "${address}" }\n`));
  expect(asked).toContain(`/plugins/${archive}`);
});

it("from a mirror of the place that the schema names, with no command", async () => {
  const options = `    options: { version: ${version}, pluginDownloadURL: "${pluginDownloadURL}" }\n`;
  await lives(program(options), { PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: `^${pluginDownloadURL}$=${address}` });
  expect(asked).toContain(`/plugins/${archive}`);
});
