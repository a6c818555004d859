/**
 * The examples in other languages: held against SDKs that the engine makes from the plugin itself, by each language's own
 * tools, and run by the engine against a local AuthKit. By `npm run test:languages`, since they fetch what they stand on.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Emulator } from "../../emulator";
import { ok, startStack, type Stack } from "../e2e/support/stack";
import { counts } from "../native/support/plugin";
import { expectSuccess } from "../package/support/commands";
import { manifest, repository } from "../support/repository";
import { missing } from "./support/toolchains";

const { version } = manifest();
const timeoutMs = 900_000;
const wanted = process.env.LANGUAGES === "full";

type Language = "python" | "go" | "dotnet";

/** What a test of a language needs, and the reason where it is not there. */
const tests = ((): Record<Language, jest.It> => {
  const tools: Record<Language, string[]> = { python: ["python3"], go: ["go"], dotnet: ["dotnet"] };
  const decided = Object.entries(tools).map(([language, commands]) => {
    const reasons = commands.flatMap((command) => missing(command) ?? []);
    if (!wanted) reasons.push("run `npm run test:languages`");
    else if (reasons.length > 0) console.warn(`Skipped, the program in ${language}: ${reasons.join(", ")}`);
    return [language, reasons.length > 0 ? it.skip : it];
  });
  return Object.fromEntries(decided) as Record<Language, jest.It>;
})();

let archives: string;
beforeAll(async () => {
  archives = mkdtempSync(join(tmpdir(), "pulumi-workos-archives-"));
  if (!wanted) return;
  await expectSuccess(process.execPath, [join(repository, "tools/package-plugin.mjs"), "--out", archives], {
    cwd: repository,
  });
});
afterAll(() => rmSync(archives, { recursive: true, force: true }));

/** A stack with the plugin installed, the example's files, and the SDK that the engine makes from that plugin. */
async function withExample(language: Language, use: (stack: Stack, directory: string) => Promise<void>): Promise<void> {
  const stack = await startStack({ language });
  try {
    const { directory } = stack.project;
    const example = join(repository, "examples", language);
    // The project's name is the stack's.
    cpSync(example, directory, { recursive: true, filter: (path) => basename(path) !== "Pulumi.yaml" });
    const system = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
    const archive = join(archives, `pulumi-resource-workos-v${version}-${system}.tar.gz`);
    await ok(stack.project.run(["plugin", "install", "resource", "workos", version, "--file", archive]));
    await ok(
      stack.project.run([
        "package",
        "gen-sdk",
        `workos@${version}`,
        "--language",
        language,
        "--local",
        "--out",
        "sdks",
      ]),
    );
    await use(stack, directory);
  } finally {
    await stack.end();
  }
}

/** The program makes the customer with its people, changes nothing the second time, and takes all away again. */
async function lives({ project, emulator }: Stack): Promise<void> {
  const up = await ok(project.up({ timeoutMs: 300_000 }));
  expect(counts(up)).toEqual({ created: 8 });
  expect(Object.keys(await project.outputs())).toEqual(["ciKey", "invitationState", "organizationId"]);
  expect(await project.outputs()).toMatchObject({ ciKey: "[secret]", invitationState: "pending" });
  expect(made(emulator)).toEqual({
    organizations: [["Acme", "acme", { plan: "team" }]],
    people: ["ann@acme.example admin", "ben@acme.example member"],
  });
  expect(counts(await ok(project.preview({ args: ["--refresh"] })))).toEqual({ unchanged: 8 });
  console.log(up.stdout);
  await ok(project.destroy());
  expect(emulator.control.state().organizations).toEqual([]);
}

function made({ control }: Emulator) {
  const { organizations, users, organizationMemberships } = control.state();
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return {
    organizations: organizations.map(({ name, external_id, metadata }) => [name, external_id, metadata]),
    people: organizationMemberships
      .filter(({ status }) => status === "active")
      .map(({ user_id, role }) => `${emails.get(user_id)} ${role.slug}`)
      .sort(),
  };
}

tests.python(
  "Python: the program has the right types, and runs",
  () =>
    withExample("python", async (stack, directory) => {
      const execute = (command: string, ...args: string[]) =>
        expectSuccess(command, args, { cwd: directory, timeoutMs });
      await execute("python3", "-m", "venv", "venv");
      const python = join(directory, "venv/bin/python");
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
      await execute(python, ...pip, "-r", "requirements.txt", "./sdks/python", "mypy");
      await execute(python, "-m", "mypy", "--strict", "__main__.py");
      const wrong = readFileSync(join(directory, "__main__.py"), "utf8").replace("first_name=", "fist_name=");
      writeFileSync(join(directory, "wrong.py"), wrong);
      await expect(execute(python, "-m", "mypy", "--strict", "wrong.py")).rejects.toThrow("fist_name");
      writeFileSync(
        join(directory, "Pulumi.yaml"),
        "name: e2e\nruntime: { name: python, options: { virtualenv: venv } }\n",
      );
      await lives(stack);
    }),
  timeoutMs,
);

tests.go(
  "Go: the program compiles, and runs",
  () =>
    withExample("go", async (stack, directory) => {
      const execute = (...args: string[]) =>
        expectSuccess("go", args, {
          cwd: directory,
          env: { ...process.env, GOWORK: "off", GOFLAGS: "-mod=mod" },
          timeoutMs,
        });
      await execute("mod", "edit", "-replace", "github.com/pulumi-workos/pulumi-workos/sdk/go=./sdks/go");
      await execute("mod", "tidy");
      await execute("vet", "./...");
      await lives(stack);
    }),
  timeoutMs,
);

tests.dotnet(
  "C#: the program compiles",
  () =>
    withExample("dotnet", async (_stack, directory) => {
      await expectSuccess("dotnet", ["add", "reference", "sdks/dotnet/PulumiCommunity.WorkOS.csproj"], {
        cwd: directory,
      });
      await expectSuccess("dotnet", ["build"], { cwd: directory, timeoutMs });
    }),
  timeoutMs,
);
