/** One command line: what holds for every command alike. */
import { commandNames } from "../../cli";
import { manifest } from "../support/repository";
import { run } from "./support/run";

describe.each(commandNames)("%s", (name) => {
  it("stands in the list, and its help shows options, examples and exit codes", async () => {
    expect((await run(["--help"])).out).toMatch(new RegExp(`^  ${name} +[A-Z].*[^.]$`, "m"));
    const { code, out, err } = await run([name, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(new RegExp(`^Usage: pulumi-workos ${name} `));
    expect(out).toMatch(/\n\nOptions:\n( {2}--[a-z-]+.* {3}\S.*\n)+\nExamples:\n( {2}\S.*\n)+/);
    expect(out).toMatch(/\nExit codes: 0 [^,]+.*, 64 wrong usage\.$/);
    expect(out.split("\n").filter((line) => line.includes(name)).length).toBeGreaterThan(1);
    expect(await run(["help", name])).toMatchObject({ code: 0, out });
  });

  it("refuses an option that it does not have with 64, and names its help", async () => {
    expect(await run([name, "--bogus"])).toEqual({
      code: 64,
      out: "",
      err: expect.stringMatching(
        new RegExp(`^${name} has no option --bogus: there are --.*\\.\nSee pulumi-workos ${name} --help\\.$`),
      ) as string,
      terminal: "",
    });
    expect(await run([name, "-x"])).toMatchObject({ code: 64 });
  });

  it("refuses one argument too many", async () => {
    expect(await run([name, "one", "two"])).toMatchObject({
      code: 64,
      err: expect.stringMatching(new RegExp(`^${name} has no use for (one|two)\\.`)) as string,
    });
  });
});

it.each([
  [["chek", "roster.yaml"], "There is no command chek: did you mean check?\nSee pulumi-workos --help."],
  [["doctor", "--jsn"], "doctor has no option --jsn: did you mean --json?\nSee pulumi-workos doctor --help."],
  [
    ["emulator", "--prot", "1"],
    "emulator has no option --prot: did you mean --port?\nSee pulumi-workos emulator --help.",
  ],
  [["--versoin"], "There is no option --versoin: did you mean --version?\nSee pulumi-workos --help."],
  [["emulator", "--port"], "Option '--port <value>' argument missing\nSee pulumi-workos emulator --help."],
])("%j: what was probably meant", async (args, said) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 64, out: "" });
  expect(err).toBe(said);
});

it("says its version", async () => {
  expect(await run(["--version"])).toMatchObject({ code: 0, out: manifest().version });
  expect(await run(["version"])).toMatchObject({ code: 0, out: manifest().version });
});

it("shows what there is when it is called without a command", async () => {
  const { code, err } = await run([]);
  expect(code).toBe(64);
  expect(err).toContain("Usage: pulumi-workos COMMAND");
});
