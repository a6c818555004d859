/** `init --all`: what stands in its files, by which names, what is left out, and what is not overwritten. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../../cli/program/write-files";
import { useWorld } from "../support/world";
import { folder as temporaryFolder, run, Running } from "./support/run";

const current = useWorld();
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const env = () => ({ WORKOS_API_KEY: current().emulator.apiKey, WORKOS_BASE_URL: current().emulator.url });
const init = (...args: string[]) => run(["init", "--all", ...args], { env: env(), directory: folder.path });
const read = (path: string) => readFileSync(join(folder.path, path), "utf8");
const files = () =>
  readdirSync(folder.path, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes("."))
    .sort();

async function organizationWith(names: readonly string[]) {
  const made = [];
  for (const name of names) made.push(await current().api.organizations.create({ name }));
  return made;
}

describe("names", () => {
  it("are of what things are called, each once, and none that a program or a disk cannot have", async () => {
    const { api } = current();
    await organizationWith(["Acme", "ACME!", "🎉", "class", "con", "index", 'Łódź "Straße"', "42"]);
    for (const slug of ["invoices:read", "invoices.read", "class", "admin"])
      await api.permissions.create({ slug, name: slug });
    expect(await init()).toMatchObject({ code: 0 });
    expect(files().filter((path) => path.startsWith("organizations/"))).toEqual([
      "organizations/42.ts",
      "organizations/acme-2.ts",
      "organizations/acme.ts",
      "organizations/class.ts",
      "organizations/index-2.ts",
      "organizations/index.ts",
      "organizations/lodz-strasse.ts",
      "organizations/organization.ts",
      "organizations/the-con.ts",
    ]);
    expect(read("organizations/lodz-strasse.ts")).toContain(`name: 'Łódź "Straße"',`);
    const variables = [...read("roles.ts").matchAll(/export const (\w+) = new workos\.(\w+)\("(.*?)"/g)];
    expect(variables.map(([, variable, kind, name]) => [kind, variable, name])).toEqual([
      ["Permission", "admin", "admin"],
      ["Permission", "theClass", "class"],
      ["Permission", "invoicesRead", "invoices-read"],
      ["Permission", "invoicesRead2", "invoices-read-2"],
      ["EnvironmentRole", "adminRole", "admin"],
      ["EnvironmentRole", "memberRole", "member"],
    ]);
  });

  it("of an organization that cannot be told in letters are those of your own system", async () => {
    await current().api.organizations.create({ name: "日本", external_id: "nippon" });
    await init();
    expect(files()).toContain("organizations/nippon.ts");
  });

  it("that would end a comment, a text or a template do nothing of the kind", async () => {
    const { api } = current();
    await organizationWith(["*/ new Evil();\n// x", "${process.exit(1)}"]);
    await api.jwtTemplate.update({ content: '{\n  "a`b": "${c} \\\\ {{ user.email }}"\n}' });
    expect(await init()).toMatchObject({ code: 0 });
    expect(read("organizations/new-evil-x.ts").split("\n")[0]).toBe("// */ new Evil(); // x");
    expect(read("organizations/process-exit-1.ts")).toContain('name: "${process.exit(1)}",');
    expect(read("settings.ts")).toContain('  "a\\`b": "\\${c} \\\\\\\\ {{ user.email }}"');
  });
});

describe("order", () => {
  it("is of what needs what: what is below another resource comes after it, and names it", async () => {
    const { api } = current();
    const [acme] = await organizationWith(["Acme"]);
    const organization_id = acme?.id ?? "";
    const project = { organization_id, resource_type_slug: "project" };
    const inner = await api.authorizationResources.create({ ...project, external_id: "a", name: "Inner" });
    const outer = await api.authorizationResources.create({ ...project, external_id: "z", name: "Outer" });
    await api.authorizationResources.update({ resource_id: inner.id, parent_resource_id: outer.id });
    await init();
    const text = read("organizations/acme.ts");
    expect(text.indexOf("const outer = new workos.AuthorizationResource")).toBeLessThan(
      text.indexOf("parentResourceId: outer.id"),
    );
    expect(read("index.ts")).toBe(`// Everything that this program declares of the WorkOS environment.
import "./roles";
import "./organizations";
`);
  });

  it("is the same each time, however WorkOS lists things", async () => {
    const { api } = current();
    for (const provider of ["slack", "github"]) {
      await api.dataIntegrations.create({ provider, credentials: { type: "organization" } });
    }
    await init();
    const text = read("data-integrations.ts");
    expect(text.indexOf('"github"')).toBeLessThan(text.indexOf('"slack"'));
    const before = files().map((path) => [path, read(path)]);
    expect(await init("--force")).toMatchObject({ code: 0 });
    expect(files().map((path) => [path, read(path)])).toEqual(before);
  });
});

describe("an environment with nothing in it", () => {
  it("is a program of the roles that there always are", async () => {
    const { code, err } = await init("new/place");
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("to new/place: 0 organizations with 0 people in their rosters"),
    ]);
    expect(files()).toEqual([
      "new/place/Pulumi.yaml",
      "new/place/index.ts",
      "new/place/package.json",
      "new/place/roles.ts",
      "new/place/tsconfig.json",
    ]);
    expect(read("new/place/Pulumi.yaml")).toContain("name: place\n");
  });
});

describe("what is left out", () => {
  const leftOut = async (...args: string[]) => {
    const { code, out, err } = await init("--json", ...args);
    expect([code, err]).toEqual([0, ""]);
    return (JSON.parse(out) as { leftOut: { what: string; reason: string; where?: string[] }[] }).leftOut;
  };

  it("is what the key may not read or nobody serves, said once, and the rest is written", async () => {
    const { api, control } = current();
    for (const { id } of await organizationWith(["Acme", "Beta", "Gamma"])) {
      await api.groups.create({ organization_id: id, name: "Finance" });
    }
    control.faults.add({
      operation: "GroupsController_list",
      status: 403,
      body: { message: "Forbidden" },
      times: null,
    });
    control.faults.add({
      operation: "FeatureFlagsController_list",
      status: 501,
      body: { message: "Not here" },
      times: null,
    });
    control.faults.add({
      operation: "CorsOriginsController_list",
      status: 404,
      body: { message: "Not Found" },
      times: null,
    });
    control.requests.clear();
    expect(await leftOut()).toEqual(
      expect.arrayContaining([
        {
          what: "groups",
          reason: expect.stringMatching(
            /^the key may not read them \(GET \/organizations\/org_\w+\/groups → 403/,
          ) as unknown,
          where: expect.arrayContaining(["Acme", "Beta", "Gamma"]) as unknown,
        },
        {
          what: "feature flags",
          reason: expect.stringMatching(/^this AuthKit does not serve them \(.* 501/) as unknown,
        },
        {
          what: "CORS origins",
          reason: expect.stringMatching(/^nothing was found where they are read \(.* 404/) as unknown,
        },
      ]),
    );
    expect(files()).toContain("organizations/acme.ts");
    const { err } = await init("--force");
    expect(err).toMatch(/^Left out: groups of (?=.*Acme)(?=.*Beta)(?=.*Gamma).*: the key may not read them \(/m);
  });

  it("is what is there twice and nothing tells apart, and what the provider would refuse", async () => {
    const { api } = current();
    const [acme] = await organizationWith(["Acme"]);
    const organization_id = acme?.id ?? "";
    for (const name of ["Finance", "Finance", "Support"]) await api.groups.create({ organization_id, name });
    const omissions = await leftOut();
    expect(omissions).toContainEqual({
      what: 'group "Finance"',
      reason: "the organization has several of that name, and nothing tells them apart",
      where: ["Acme", "Acme"],
    });
    expect(read("organizations/acme.ts").match(/new workos\.Group\(/g)).toHaveLength(1);
  });

  it("is a secret: its value is in no file, and the command says where it goes", async () => {
    const { api } = current();
    const { id } = (await organizationWith(["Acme"]))[0] ?? { id: "" };
    await api.vault.create({ name: "db", value: "correct-horse", key_context: { organization_id: id } });
    await api.apiKeys.createForOrganization({ organization_id: id, name: "CI" });
    const { err } = await init();
    expect(err).toContain("`pulumi config set --secret vault:db`");
    expect(err).toContain("Left out: API keys of Acme (1): WorkOS tells a key once");
    expect(files().map(read).join()).not.toContain("correct-horse");
    expect(read("vault.ts")).toContain(`const db = config.getSecret("db");
if (db !== undefined) {
  new workos.VaultObject("db", {
    name: "db",
    value: db,
    keyContext: {
      organization_id: acme.organization.id,
    },`);
  });

  it("is whoever is in no organization where they are many, unless that is wanted", async () => {
    const { api } = current();
    for (let index = 0; index < 501; index++) await api.users.create({ email: `p${index}@example.com` });
    expect(await leftOut()).toContainEqual({
      what: "501 users who are in no organization",
      reason: "they are many; --everything writes them all the same",
    });
    expect(files()).not.toContain("users.ts");
    await leftOut("--everything", "--force");
    expect(read("users.ts").match(/new workos\.User\(/g)).toHaveLength(501);
  });
});

describe("feature flags", () => {
  it("name the users who are targets themselves, not those who have a flag by their organization or by default", async () => {
    const { api, control } = current();
    const { id } = (await organizationWith(["Acme"]))[0] ?? { id: "" };
    const [ann, bob] = [
      await api.users.create({ email: "ann@example.com" }),
      await api.users.create({ email: "bob@example.com" }),
    ];
    await api.organizationMemberships.create({ organization_id: id, user_id: bob.id });
    for (const slug of ["beta", "by-default"])
      control.addFeatureFlag({ slug, enabled: true, defaultValue: slug !== "beta" });
    for (const resource_id of [id, ann.id]) await api.featureFlags.addTarget({ slug: "beta", resource_id });
    await init();
    const text = read("feature-flags.ts");
    expect(text.match(/new workos\.FeatureFlagTarget\("([^"]*)"/g)).toEqual([
      'new workos.FeatureFlagTarget("beta-acme"',
      'new workos.FeatureFlagTarget("beta-ann"',
    ]);
    expect(text).toContain("// ann@example.com\nnew workos.FeatureFlagTarget");
  });
});

describe("files", () => {
  it("that exist are not overwritten, and are named before anything is read", async () => {
    folder.write("index.ts", "mine\n");
    current().control.requests.clear();
    const { code, err } = await init();
    expect([code, err]).toEqual([1, "index.ts exists already; give another name, or --force."]);
    expect(current().control.requests.list()).toEqual([]);
    folder.write("index.ts", "");
    expect(await init("--force")).toMatchObject({ code: 0 });
    expect(read("index.ts")).toContain('import "./roles";');
  });

  it("of which a later one exists are not written at all", async () => {
    folder.write("roles.ts", "mine\n");
    expect(await init()).toMatchObject({ code: 1, err: "roles.ts exists already; give another name, or --force." });
    expect(files()).toEqual(["roles.ts"]);
  });

  it("of a project that is there stay as they are, whatever is forced", async () => {
    folder.write("Pulumi.yaml", "name: mine\nruntime: nodejs\n");
    const { err } = await init("--force");
    expect(err).toContain("Kept as they are: Pulumi.yaml.");
    expect(read("Pulumi.yaml")).toBe("name: mine\nruntime: nodejs\n");
  });

  it("are none where the reading fails", async () => {
    const fault = { operation: "OrganizationsController_list", status: 401, body: { message: "No" }, times: null };
    current().control.faults.add(fault);
    expect(await init("there")).toMatchObject({ code: 1 });
    expect(files()).toEqual([]);
  });

  it("are none where the reading is interrupted", async () => {
    const { control, held } = current();
    control.faults.add({ operation: "OrganizationsController_list", delayMs: 60_000 });
    const running = new Running(["init", "--all", "there"], { env: env(), directory: folder.path });
    // What is under way is answered; nothing is asked any more.
    held.onHold = (go) => {
      running.interrupt();
      go();
    };
    expect(await running.finished).toMatchObject({ code: 1 });
    expect(files()).toEqual([]);
  });

  it("are whole where the disk refuses one of them, and what reads the others is not there", () => {
    folder.write("a.ts", "before\n");
    mkdirSync(join(folder.path, "b.ts", "in-the-way"), { recursive: true });
    const texts = ["a.ts", "b.ts", "index.ts"].map((path) => [path, `new ${path}\n`] as const);
    expect(() => writeFiles(folder.path, new Map(texts))).toThrow(/b\.ts/);
    expect(readdirSync(folder.path).sort()).toEqual(["a.ts", "b.ts"]);
    expect(read("a.ts")).toBe("new a.ts\n");
  });
});

describe("usage", () => {
  it("names the organizations there are where none is named", async () => {
    const [acme] = await organizationWith(["Acme"]);
    const { code, err } = await run(["init"], { env: env() });
    expect(code).toBe(64);
    expect(err).toContain(
      `init needs --organization org_…, or --all for the whole environment. There are:\n  ${acme?.id ?? ""}  Acme\n`,
    );
  });

  it.each([
    [["--organization", "org_1"], "init writes --all or one organization: leave out --organization."],
    [["--out", "roster.yaml"], "init writes --all or one organization: leave out --out."],
  ])("does not take --all with %s", async (args, message) => {
    expect(await init(...args)).toMatchObject({ code: 64, err: expect.stringContaining(message) as unknown });
  });

  it("does not take a folder, or everything, without --all", async () => {
    const { err } = await run(["init", "there"], { env: env() });
    expect(err).toContain("init writes into a folder with --all: init --all there.");
    expect((await run(["init", "--everything"], { env: env() })).err).toContain(
      "--everything goes with --all or --import.",
    );
  });
});
