/** `init --import`: what stands in the import file, by which ids, and what is not imported. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { useWorld } from "../support/world";
import { folder as temporaryFolder, run } from "./support/run";

const current = useWorld();
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const init = (...args: string[]) => {
  const { emulator } = current();
  const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
  return run(["init", "--import", ...args], { env, directory: folder.path });
};
const read = (path: string) => readFileSync(join(folder.path, path), "utf8");

interface Imported {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly version?: string;
}
const imports = () => (JSON.parse(read("import.json")) as { resources: Imported[] }).resources;
const of = (kind: string) =>
  imports().flatMap(({ type, name, id }) => (type === `workos:index:${kind}` ? [[name, id]] : []));

async function acme() {
  const { api } = current();
  const { id } = await api.organizations.create({ name: "Acme" });
  const { id: user_id } = await api.users.create({ email: "ann@example.com" });
  const { id: om } = await api.organizationMemberships.create({ user_id, organization_id: id, role_slug: "admin" });
  return { id, user_id, om };
}

describe("what is imported", () => {
  it("has the ids that its kinds are imported by, and names of their own", async () => {
    const { api } = current();
    const { id, om, user_id } = await acme();
    const groups = [];
    for (const name of ["🎉", "日本"]) groups.push((await api.groups.create({ organization_id: id, name })).id);
    const [first = ""] = groups;
    const which = { organization_id: id, group_id: first };
    await api.groupMemberships.add({ ...which, organization_membership_id: om });
    await api.groupRoleAssignments.replace({ group_id: first, role_assignments: [{ role_slug: "member" }] });
    const keys = [];
    for (const name of ["CI", "ci"])
      keys.push((await api.apiKeys.createForOrganization({ organization_id: id, name })).id);
    const own = await api.userApiKeys.create({ user_id, organization_id: id, name: "Laptop" });
    await api.permissions.create({ slug: "invoices:read", name: "Read" });
    expect(await init()).toMatchObject({ code: 0 });
    expect(of("Permission")).toEqual([["invoices-read", "invoices:read"]]);
    expect(of("Organization")).toEqual([["acme", id]]);
    expect(of("OrganizationRoster")).toEqual([["acme", id]]);
    expect(of("Group").map(([, one]) => one)).toEqual(groups.map((group) => `${id}/${group}`));
    expect(new Set(of("Group").map(([name]) => name)).size).toBe(2);
    expect(of("GroupMembers").map(([, one]) => one)).toEqual([`${id}/${first}`]);
    expect(of("GroupRoleAssignments").map(([, one]) => one)).toEqual([`${id}/${first}`]);
    expect(of("OrganizationApiKey")).toEqual(
      expect.arrayContaining(keys.map((key) => [expect.stringMatching(/^acme-ci(-2)?$/) as unknown, `${id}/${key}`])),
    );
    expect(new Set(of("OrganizationApiKey").map(([name]) => name)).size).toBe(2);
    expect(of("UserApiKey")).toEqual([["acme-ann-laptop", `${user_id}/${id}/${own.id}`]]);
  });

  it("is declared by the native classes, and says nothing of being taken over", async () => {
    await acme();
    await init();
    const text = read("organizations/acme.ts");
    expect(text).toContain('import * as workos from "pulumi-workos/native";');
    expect(text).not.toContain("adopt");
    expect(read("Pulumi.yaml")).toContain("path: node_modules/.bin");
    expect(new Set(imports().map(({ version }) => version))).toEqual(new Set(["0.1.0"]));
  });
});

describe("what no import tells", () => {
  it("is said: values of keys, and passwords", async () => {
    const { id } = await acme();
    await current().api.apiKeys.createForOrganization({ organization_id: id, name: "CI" });
    const { err } = await init();
    expect(err).toMatch(/^Left out: values of 1 API key: WorkOS tells one once/m);
    expect(err).toMatch(/^Left out: passwords: WorkOS tells them nobody/m);
    expect(err).toMatch(/^Left out: Radar's lists: /m);
    expect(err).toContain("Next: npm install, pulumi stack init,");
    expect(err).toContain("pulumi import --file import.json --generate-code=false --protect=false --yes");
  });

  it("is no key that has ended", async () => {
    const { api, control } = current();
    const { id } = await acme();
    const key = await api.apiKeys.createForOrganization({ organization_id: id, name: "CI" });
    await api.apiKeys.expire({ id: key.id, expires_at: "2001-01-01T00:00:00.000Z" }).catch(() => undefined);
    expect(control.state().apiKeys).toHaveLength(1);
    const { err } = await init();
    expect(of("OrganizationApiKey")).toEqual([]);
    expect(err).toMatch(/^Left out: 1 API key: they have ended/m);
  });

  it("is imported by the program once the stack has its value", async () => {
    const { api } = current();
    const { id: organization_id } = await acme();
    const { id } = await api.vault.create({ name: "db", value: "correct-horse", key_context: { organization_id } });
    const { err } = await init();
    expect(of("VaultObject")).toEqual([]);
    expect(read("vault.ts")).toContain(`{ import: "${id}" },`);
    expect(err).toContain("pulumi config set --secret vault:db");
  });

  it("is left to a YAML program's author, who is told by what it is imported", async () => {
    const { api } = current();
    const { id: organization_id } = await acme();
    const { id } = await api.vault.create({ name: "db", value: "correct-horse", key_context: { organization_id } });
    const { err } = await init("--yaml");
    expect(read("Pulumi.yaml")).not.toContain("VaultObject");
    expect(err).toContain(
      `VaultObject db (import: ${id}). Declare each with its value and with the option \`import\`.`,
    );
  });
});

describe("a YAML program", () => {
  it("names what it stands on, and says what it has as it is", async () => {
    const { api } = current();
    const { id, om } = await acme();
    const group = await api.groups.create({ organization_id: id, name: "${dollars}" });
    await api.groupMemberships.add({ organization_id: id, group_id: group.id, organization_membership_id: om });
    expect(await init("--yaml")).toMatchObject({ code: 0 });
    expect(readdirSync(folder.path).sort()).toEqual(["Pulumi.yaml", "import.json", "package.json"]);
    const { runtime, resources } = parse(read("Pulumi.yaml")) as {
      runtime: string;
      resources: Record<string, { type: string; name: string; properties: Record<string, unknown> }>;
    };
    expect(runtime).toBe("yaml");
    expect(resources.acmeOrganization).toEqual({
      type: "workos:index:Organization",
      name: "acme",
      properties: { name: "Acme" },
    });
    expect(resources.acmeDollarsGroup?.properties).toEqual({
      organizationId: "${acmeOrganization.id}",
      name: "$${dollars}",
    });
    expect(resources.acmeDollarsGroupMembers?.properties).toEqual({
      organizationId: "${acmeOrganization.id}",
      groupId: "${acmeDollarsGroup.id}",
      organizationMembershipIds: [om],
    });
    expect(resources.acmeOrganizationRoster?.properties).toEqual({
      organizationId: id,
      members: { "ann@example.com": { roles: ["admin"] } },
    });
    expect(imports().every(({ version }) => version === undefined)).toBe(true);
  });
});

describe("organizations that are chosen", () => {
  it("are imported with what is theirs, and nothing else", async () => {
    const { api } = current();
    const { id } = await acme();
    const other = await api.organizations.create({ name: "Other" });
    const beta = await api.organizations.create({ name: "Beta" });
    for (const organization_id of [id, other.id]) {
      await api.connectApplications.create({ name: "Sync", application_type: "m2m", organization_id });
    }
    await api.redirectUris.create({ uri: "https://app.example.com/back" });
    const { code, err } = await init("--organization", `${id}, ${beta.id}`);
    expect([code, err]).toEqual([0, expect.stringContaining("2 organizations with 1 person in their rosters")]);
    expect(new Set(imports().map(({ type }) => type.split(":").at(-1)))).toEqual(
      new Set(["Organization", "OrganizationRoster", "ConnectApplication"]),
    );
    expect(of("Organization")).toEqual([
      ["acme", id],
      ["beta", beta.id],
    ]);
    expect(of("ConnectApplication")).toHaveLength(1);
    expect(err).not.toContain("Radar");
  });

  it("have to be there", async () => {
    const { code, err } = await init("--organization", "org_01NOBODY");
    expect([code, err]).toEqual([1, expect.stringContaining("org_01NOBODY")]);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe("a mistake in how it is called", () => {
  it.each([
    [["--all"], "leave out --all"],
    [["--out", "roster.yaml"], "leave out --out"],
    [["--program", "index.ts"], "leave out --program"],
    [["--profiles"], "leave out --profiles"],
    [
      ["--organization", "acme"],
      '--organization takes ids with commas between, such as org_01ABC,org_01DEF, not "acme"',
    ],
  ])("%j is said: %s", async (args, says) => {
    const { code, err } = await init(...args);
    expect([code, err]).toEqual([64, expect.stringContaining(says)]);
  });

  it("is --yaml without an import", async () => {
    const { code, err } = await run(["init", "--organization", "org_1", "--yaml"], { directory: folder.path });
    expect([code, err]).toEqual([64, expect.stringContaining("--yaml goes with --import")]);
  });

  it("overwrites nothing", async () => {
    folder.write("import.json", "{}");
    const { code, err } = await init();
    expect([code, err]).toEqual([1, expect.stringContaining("import.json exists already")]);
    folder.write("Pulumi.yaml", "name: mine");
    expect((await init("--yaml")).err).toContain("Pulumi.yaml, import.json exist already");
    expect(read("import.json")).toBe("{}");
  });
});
