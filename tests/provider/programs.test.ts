// Programs by name. Windows is stood in for by what tells it: the platform, its variables, and a shell that notes what it
// is told; the programs and their pipes are real.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { askProgram } from "../../provider/programs";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-workos-programs-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked = { env: process.env, timeoutMs: 20_000 };

it("tells what a program wrote and how it ended", async () => {
  const script = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3';
  expect(await askProgram(process.execPath, ["-e", script], asked)).toEqual({ code: 3, stdout: "out", stderr: "err" });
});

it("fails where there is no such program", async () => {
  await expect(askProgram("there-is-no-such-program", [], asked)).rejects.toThrow(/ENOENT/);
});

it("ends a program that takes too long, or is no longer wanted", async () => {
  const forever = ["-e", "setInterval(() => undefined, 1000)"];
  expect((await askProgram(process.execPath, forever, { ...asked, timeoutMs: 50 })).code).toBeNull();
  const unwanted = new AbortController();
  const answer = askProgram(process.execPath, forever, { ...asked, signal: unwanted.signal });
  unwanted.abort();
  await expect(answer).rejects.toThrow(/abort/);
});

describe("on Windows", () => {
  const platform = { ...Object.getOwnPropertyDescriptor(process, "platform"), value: process.platform };
  const variables = { ...process.env };
  let shell: string;

  beforeEach(() => {
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    // Stands in for cmd.exe: keeps what it was told and what it was given.
    shell = join(folder, "cmd");
    writeFileSync(shell, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/told"\ncat > "${folder}/given"\necho 3.230.0\n`);
    chmodSync(shell, 0o755);
    process.env.comspec = shell;
    process.env.PATHEXT = ".EXE;.CMD";
    jest.resetModules();
  });
  afterEach(() => {
    Object.defineProperty(process, "platform", platform);
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
    jest.resetModules();
  });

  /* eslint-disable @typescript-eslint/no-require-imports -- anew, for the platform that is set by then */
  const loaded = () => require("../../provider/programs") as typeof import("../../provider/programs");
  const delivery = () =>
    require("../../provider/lifecycle/deliver") as typeof import("../../provider/lifecycle/deliver");
  /* eslint-enable @typescript-eslint/no-require-imports */

  const scriptNamed = (name: string) => {
    const file = join(folder, `${name}.cmd`);
    writeFileSync(file, "@echo off\r\n");
    chmodSync(file, 0o755);
    return join(folder, name);
  };
  const told = () => readFileSync(join(folder, "told"), "utf8");

  it("a script such as pulumi.cmd is found by its name, and run by the shell with its arguments quoted", async () => {
    const answered = await loaded().askProgram(scriptNamed("pulumi"), ["config", "-s", "a & b"], {
      env: process.env,
      timeoutMs: 20_000,
    });
    expect(answered).toMatchObject({ code: 0, stdout: "3.230.0\n" });
    expect(told()).toMatch(/^\/d\n\/s\n\/c\n".*pulumi.*config.*"\n$/);
    // What would begin a second command is a part of the name.
    expect(told()).toContain("^&");
  });

  it("a delivery reaches a script by its standard input, and never by an argument", async () => {
    await delivery().deliverValue({ command: [scriptNamed("vercel"), "env", "add", "KEY"] }, "the-value");
    expect(readFileSync(join(folder, "given"), "utf8")).toBe("the-value");
    expect(told()).toMatch(/vercel.*env.*add.*KEY/);
    expect(told()).not.toContain("the-value");
  });
});
