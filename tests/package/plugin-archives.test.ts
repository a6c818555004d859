/** The archives that the engine downloads: what is in them, that they are the same each time, and that they run. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifest, repository } from "../support/repository";
import { expectSuccess, run } from "./support/commands";

const { version } = manifest();
const systems = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64"];
const archiveOf = (system: string) => `pulumi-resource-workos-v${version}-${system}.tar.gz`;

let place: string;
const directory = (name: string) => join(place, name);

const packaged = async (name: string) => {
  await expectSuccess(process.execPath, [join(repository, "tools/package-plugin.mjs"), "--out", directory(name)], {
    cwd: repository,
  });
};

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "pulumi-workos-archives-"));
  await packaged("archives");
  for (const system of ["linux-amd64", "windows-amd64"]) {
    await expectSuccess("mkdir", ["-p", directory(system)], { cwd: place });
    await expectSuccess("tar", ["-xzf", join(directory("archives"), archiveOf(system)), "-C", directory(system)], {
      cwd: place,
    });
  }
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

it("there is one for each system, by the name that the engine asks for, and their checksums are right", () => {
  expect(readdirSync(directory("archives")).sort()).toEqual([...systems.map(archiveOf), "SHA256SUMS"].sort());
  const lines = readFileSync(join(directory("archives"), "SHA256SUMS"), "utf8")
    .trim()
    .split("\n");
  expect(lines).toEqual(
    systems.map(archiveOf).map((name) => {
      const bytes = readFileSync(join(directory("archives"), name));
      return `${createHash("sha256").update(bytes).digest("hex")}  ${name}`;
    }),
  );
});

it("each has the script, a launcher, and the terms of all that is in them, and is small", () => {
  const shared = ["LICENSE", "THIRD-PARTY-NOTICES.txt", "pulumi-resource-workos.cjs"];
  expect(readdirSync(directory("linux-amd64")).sort()).toEqual([...shared, "pulumi-resource-workos"].sort());
  expect(readdirSync(directory("windows-amd64")).sort()).toEqual([...shared, "pulumi-resource-workos.cmd"].sort());
  expect(statSync(join(directory("linux-amd64"), "pulumi-resource-workos")).mode & 0o111).toBe(0o111);
  const notices = readFileSync(join(directory("linux-amd64"), "THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const name of ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf", "undici", "zod"]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, "m"));
  }
  for (const system of systems) expect(statSync(join(directory("archives"), archiveOf(system))).size).toBeLessThan(1e6);
});

it("are not made for a system that there is none for", async () => {
  const { code, stderr } = await run(
    process.execPath,
    [join(repository, "tools/package-plugin.mjs"), "--system", "plan9-amd64", "--out", directory("none")],
    { cwd: repository },
  );
  expect(code).toBe(1);
  expect(stderr).toContain("There is no archive for plan9-amd64; there are linux-amd64, ");
});

it("their bytes depend on nothing but what is in them", async () => {
  await packaged("again");
  expect(readFileSync(join(directory("again"), "SHA256SUMS"), "utf8")).toBe(
    readFileSync(join(directory("archives"), "SHA256SUMS"), "utf8"),
  );
  const script = readFileSync(join(directory("linux-amd64"), "pulumi-resource-workos.cjs"), "utf8");
  expect(script).not.toContain(repository);
});

describe("the launcher", () => {
  const launch = (path: string) =>
    run("/bin/sh", [join(directory("linux-amd64"), "pulumi-resource-workos")], {
      cwd: place,
      env: { PATH: path },
      timeoutMs: 60_000,
    });

  it("says what is missing where there is no Node", async () => {
    const tools = directory("tools");
    await expectSuccess("mkdir", ["-p", tools], { cwd: place });
    for (const tool of ["dirname", "readlink"]) {
      await expectSuccess("ln", ["-s", `/usr/bin/${tool}`, join(tools, tool)], { cwd: place });
    }
    const { code, stderr } = await launch(tools);
    expect(code).toBe(127);
    expect(stderr).toMatch(/^pulumi-resource-workos needs Node\.js 20\.19\.0 or newer on PATH/);
  });

  it("takes the Node that is beside it, where an archive has one", async () => {
    const whole = directory("with-node");
    cpSync(directory("linux-amd64"), whole, { recursive: true });
    symlinkSync(process.execPath, join(whole, "node"));
    const { stdout } = await run("/bin/sh", [join(whole, "pulumi-resource-workos"), "127.0.0.1:1"], {
      cwd: place,
      env: { PATH: directory("tools") },
      timeoutMs: 30_000,
    });
    expect(stdout).toMatch(/^\d+\n$/);
  });

  it("is what the engine looks for on Windows as well, with the lines that its shell reads", () => {
    const text = readFileSync(join(directory("windows-amd64"), "pulumi-resource-workos.cmd"), "latin1");
    expect(text.split("\r\n").filter((line) => line.includes("\n"))).toEqual([]);
    expect(text).toContain('"%~dp0pulumi-resource-workos.cjs" %*');
  });

  it("says how old a Node is that is too old", async () => {
    // The script's first line, in a Node that says another version of itself.
    const [check = ""] = readFileSync(join(directory("linux-amd64"), "pulumi-resource-workos.cjs"), "utf8").split("\n");
    const file = join(place, "old.cjs");
    writeFileSync(
      file,
      `Object.defineProperty(process, "versions", { value: { node: "18.20.1" } });\n${check}\nprocess.stdout.write("ran");`,
    );
    const { code, stdout, stderr } = await run(process.execPath, [file], { cwd: place });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/needs Node\.js 20\.19\.0 or newer on PATH; this is 18\.20\.1 at .+\./);
  });

  it("runs the script from anywhere, by a link to it too, whatever kind of module a folder above says", async () => {
    writeFileSync(join(place, "package.json"), '{ "type": "module" }');
    const link = join(place, "linked");
    await expectSuccess("ln", ["-s", join(directory("linux-amd64"), "pulumi-resource-workos"), link], { cwd: place });
    // It ends with the engine whose address it is given, and there is none.
    const { stdout } = await run(link, ["127.0.0.1:1"], { cwd: "/", timeoutMs: 30_000 });
    expect(stdout).toMatch(/^\d+\n$/);
  });
});
