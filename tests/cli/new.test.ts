/** `new`: which files it makes of which answers, from nothing and from a live organization. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Questions } from "../../cli/questions";
import { read as ofRepository } from "../support/repository";
import { useWorld } from "../support/world";
import { folder as temporaryFolder, run } from "./support/run";

const current = useWorld();
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const key = () => ({ WORKOS_API_KEY: current().emulator.apiKey, WORKOS_BASE_URL: current().emulator.url });
const make = (args: readonly string[], env: Record<string, string> = {}, questions?: Questions) =>
  run(["new", ...args], {
    env: { PATH: "", PULUMI_WORKOS_CACHE: folder.path, ...env },
    directory: folder.path,
    questions,
  });
const read = (path: string) => readFileSync(join(folder.path, path), "utf8");
const files = (path: string) =>
  readdirSync(join(folder.path, path), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder.path, path).length + 1))
    .sort();
const manifest = (path: string) => JSON.parse(read(`${path}/package.json`)) as Record<string, Record<string, string>>;

/** Answers in their order; what was asked, in its own. */
function answering(...answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const choices: string[][] = [];
  const next = (question: string) => {
    asked.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`nobody answers ${question}`);
    return Promise.resolve(answer);
  };
  const questions: Questions = {
    text: next,
    secret: next,
    choose: <T extends string>(question: string, of: readonly { value: T; label: string }[]) => {
      choices.push(of.map(({ label }) => label));
      return next(question) as Promise<T>;
    },
  };
  return { questions, asked, choices };
}

const always = [".gitignore", "Pulumi.yaml", "README.md", "index.ts", "package.json", "tsconfig.json"];

it("makes a program from nothing, with the versions that the package is tested with, and says what comes next", async () => {
  const { code, err } = await make(["access"]);
  expect([code, err]).toEqual([0, "Wrote 6 files to access.\nNext: cd access && npm install && npm start"]);
  expect(files("access")).toEqual(always);
  const { devDependencies } = JSON.parse(ofRepository("package.json")) as { devDependencies: Record<string, string> };
  expect(manifest("access")).toMatchObject({
    name: "access",
    scripts: { start: "pulumi-workos start --stack dev" },
    dependencies: { "@pulumi/pulumi": devDependencies["@pulumi/pulumi"], "pulumi-workos": "0.1.0" },
    devDependencies: { typescript: devDependencies.typescript },
  });
  expect(read("access/Pulumi.yaml")).toContain("name: access\n");
});

it("makes rosters with the workflows of one forge, for the project's stack", async () => {
  expect(await make(["access", "--template", "rosters", "--workflows", "github", "--stack", "beta"])).toMatchObject({
    code: 0,
  });
  expect(files("access")).toEqual(
    [
      ...always,
      "authkit.yaml",
      "rosters/beta/organization.yaml",
      "scripts/publish.mjs",
      ...["apply", "drift", "preview"].map((name) => `.github/workflows/${name}.yml`),
    ].sort(),
  );
  expect(read("access/.github/workflows/apply.yml")).toContain("  STACK: beta\n");
  expect(await run(["check", "rosters/beta"], { directory: join(folder.path, "access") })).toMatchObject({ code: 0 });
  await make(["elsewhere", "--template", "rosters", "--workflows", "gitlab"]);
  expect(files("elsewhere")).toEqual(expect.arrayContaining([".gitlab-ci.yml", "scripts/publish.mjs"]));
  expect(files("elsewhere").some((path) => path.startsWith(".github"))).toBe(false);
});

describe("a live organization", () => {
  const people = async () => {
    const { api } = current();
    const { id } = await api.organizations.create({ name: "Acme GmbH" });
    const { id: user_id } = await api.users.create({ email: "ann@example.com" });
    await api.organizationMemberships.create({ user_id, organization_id: id, role_slug: "admin" });
    return id;
  };

  it("becomes a roster, whose stack has its name", async () => {
    const id = await people();
    const { code, err } = await make(["access", "--template", "rosters", "--organization", id, "--no-config"], key());
    expect([code, err]).toEqual([0, expect.stringContaining("Wrote 7 files to access.")]);
    const roster = read("access/rosters/acme-gmbh/organization.yaml");
    expect(roster).toContain(`organization: ${id}\n`);
    expect(roster).toContain("  ann@example.com: { roles: [ admin ] }");
    expect(files("access")).not.toContain("authkit.yaml");
  });

  it("becomes a program, alone or with the whole environment", async () => {
    const id = await people();
    await make(["one", "--organization", id, "--no-config"], key());
    expect(read("one/index.ts")).toContain(`organizationId: "${id}"`);
    expect(await make(["whole", "--all", "--no-config"], key())).toMatchObject({ code: 0 });
    expect(files("whole")).toEqual(expect.arrayContaining(["organizations/acme-gmbh.ts", "rosters/acme-gmbh.yaml"]));
    expect(manifest("whole").scripts).toMatchObject({ start: "pulumi-workos start --stack dev" });
  });

  it("is chosen among those that are there, with a key that is asked for", async () => {
    const id = await people();
    const { questions, asked, choices } = answering("access", "rosters", current().emulator.apiKey, id, "none");
    const { code, err } = await make(["--no-config"], { WORKOS_BASE_URL: current().emulator.url }, questions);
    expect([code, err]).toEqual([0, expect.stringContaining("Next: cd access && npm install && npm start")]);
    expect(asked).toEqual([
      "Folder of the new project",
      "What is to be in it?",
      "API key of the environment (none: a local AuthKit on this machine)",
      "Begin with what is there?",
      "Workflows for pull requests?",
    ]);
    expect(choices[1]).toEqual(["No, from nothing", "Acme GmbH"]);
    expect(read("access/rosters/acme-gmbh/organization.yaml")).toContain(id);
    expect(files("access").every((path) => !read(`access/${path}`).includes(current().emulator.apiKey))).toBe(true);
  });

  it("needs a key", async () => {
    const { code, err } = await make(["access", "--organization", "org_1"]);
    expect([code, err]).toEqual([1, "To begin with what is there takes a key: set WORKOS_API_KEY."]);
    expect(files(".")).toEqual([]);
  });
});

describe("the key", () => {
  /** A command that notes how it was called, and what it was told. */
  function engine(script: string): string {
    const bin = join(folder.path, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n[ "$1" = version ] && echo v3.230.0 && exit 0\n${script}\n`);
    chmodSync(join(bin, "pulumi"), 0o755);
    return `${bin}:/usr/bin:/bin`;
  }

  it("goes to the engine by standard input, and into no argument", async () => {
    const log = join(folder.path, "calls");
    const PATH = engine(`echo "$@" >> ${log}; [ "$1 $3" = "config --secret" ] && cat >> ${log}; true`);
    const { err } = await make(["access"], { ...key(), PATH });
    expect(err).toContain("The stack dev is there, and has the key, encrypted.");
    const { apiKey, url } = current().emulator;
    expect(readFileSync(log, "utf8")).toBe(
      `stack init dev --non-interactive --color never
config set --secret workos:apiKey --stack dev --non-interactive --color never
${apiKey}config set workos:baseUrl ${url} --stack dev --non-interactive --color never
`,
    );
  });

  it("that the engine does not take leaves the project, with the reason and what to do by hand", async () => {
    const PATH = engine(`echo "error: no access token" >&2; exit 255`);
    const { code, err } = await make(["access"], { ...key(), PATH });
    expect(code).toBe(0);
    expect(err).toContain(
      "The stack dev could not be made: no access token. Do it by hand: pulumi stack init dev, pulumi config set --secret workos:apiKey.",
    );
    expect((await make(["other"], key())).err).toContain("there is no pulumi command on the PATH");
  });
});

describe("what it refuses", () => {
  it("a folder with files in it, before anything is asked of WorkOS", async () => {
    mkdirSync(join(folder.path, "access"));
    folder.write("access/mine.txt", "mine");
    const { code, err } = await make(["access"], key());
    expect([code, err]).toEqual([1, "access has files in it already (mine.txt); give another folder."]);
    folder.write("file", "");
    expect((await make(["file"])).err).toBe("file is no folder; give another folder.");
    expect(files("access")).toEqual(["mine.txt"]);
  });

  it.each([
    [[], "new needs a folder: new access."],
    [["a", "--template", "roster"], "--template is one of program, rosters, not roster."],
    [["a", "--workflows", "github"], "--workflows are for rosters: add --template rosters."],
    [["a", "--all", "--organization", "org_1"], "leave out --organization"],
    [["a", "--all", "--template", "rosters"], "leave out --template rosters"],
    [["a", "--stack", "a b"], "--stack a b: letters, digits, dots, dashes and underscores."],
    [
      ["a", "--template", "rosters", "--workflows", "github", "--package-manager", "pnpm"],
      "leave out --package-manager pnpm",
    ],
  ])("%j: %s", async (args, says) => {
    const { code, err } = await make(args);
    expect([code, err]).toEqual([64, expect.stringContaining(says)]);
    expect(files(".")).toEqual([]);
  });
});

it("takes the package manager that runs it, in what it says is next", async () => {
  const { err } = await make(["access"], { npm_config_user_agent: "pnpm/10.34.9 npm/? node/v22.0.0" });
  expect(err).toContain("Next: cd access && pnpm install && pnpm start");
  expect(read("access/README.md")).toContain("pnpm exec pulumi-workos doctor");
});
