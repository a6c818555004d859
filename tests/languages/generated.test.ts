/** The SDKs of other languages, as Pulumi's own generator makes them from the schema. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pluginDownloadURL } from "../../sdk/plugin-place";
import { expectSuccess } from "../package/support/commands";
import { manifest, read, repository } from "../support/repository";
import { missing } from "./support/toolchains";

const schema = JSON.parse(read("schema/pulumi-workos.json")) as {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly functions?: Readonly<Record<string, unknown>>;
};
const kinds = Object.keys(schema.resources).map((token) => token.split(":").at(-1) ?? "");
const { version } = manifest();

let sdks: string;
const text = (...path: string[]) => readFileSync(join(sdks, ...path), "utf8");

beforeAll(async () => {
  sdks = mkdtempSync(join(tmpdir(), "pulumi-workos-sdks-"));
  await expectSuccess(process.execPath, [join(repository, "tools/sdk-generate.mjs"), "--out", sdks], {
    cwd: repository,
    timeoutMs: 600_000,
  });
}, 660_000);
afterAll(() => rmSync(sdks, { recursive: true, force: true }));

/** Where the tool of a language is at hand, and with the reason where it is not. */
const withTool = (tool: string) => {
  const reason = missing(tool);
  if (reason) console.warn(`Skipped, what needs ${tool}: ${reason}`);
  return reason ? it.skip : it;
};

describe("Python", () => {
  it("has every resource, and knows which plugin it needs and where it is", () => {
    const exported = text("python", "pulumi_workos", "__init__.py");
    const module = (kind: string) => kind.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
    expect(kinds.filter((kind) => !exported.includes(`from .${module(kind)} import *`))).toEqual([]);
    expect(JSON.parse(text("python", "pulumi_workos", "pulumi-plugin.json"))).toEqual({
      resource: true,
      name: "workos",
      version,
      server: pluginDownloadURL,
    });
    expect(text("python", "pyproject.toml")).toMatch(/name = "pulumi_workos"/);
    expect(text("python", "pyproject.toml")).toContain(`version = "${version}"`);
  });

  withTool("python3")("is Python", () => {
    execFileSync("python3", ["-m", "compileall", "-q", join(sdks, "python")], { stdio: "pipe" });
  });
});

describe("Go", () => {
  it("has every resource in one module, which is where this repository would have it", () => {
    const [first] = text("go", "go.mod").split("\n");
    expect(first).toBe("module github.com/pulumi-workos/pulumi-workos/sdk/go");
    const functions = text("go", "workos", "init.go");
    expect(kinds.filter((kind) => !functions.includes(`case "workos:index:${kind}":`))).toEqual([]);
  });

  withTool("gofmt")("is Go", () => {
    expect(execFileSync("gofmt", ["-l", join(sdks, "go")], { encoding: "utf8", stdio: "pipe" })).toBe("");
  });
});

describe(".NET", () => {
  it("has every resource, in a package whose name nobody else keeps", () => {
    expect(existsSync(join(sdks, "dotnet", "PulumiCommunity.WorkOS.csproj"))).toBe(true);
    expect(kinds.filter((kind) => !existsSync(join(sdks, "dotnet", `${kind}.cs`)))).toEqual([]);
    expect(text("dotnet", "User.cs")).toContain("namespace PulumiCommunity.WorkOS\n");
  });
});
