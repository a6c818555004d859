/** What exists already is found from a program in YAML, by every look-up of the package. */
import { type Emulator, startEmulator } from "../../emulator";
import { createApi } from "../../api";
import { lookups } from "../../provider/lookups";
import { connected } from "../contract/answers/directories";
import { asked, ok, previewRead } from "../e2e/support/stack";
import { read } from "../support/repository";
import { asYaml, sharedYaml, write } from "./support/plugin";

const schema = JSON.parse(read("schema/pulumi-workos.json")) as {
  readonly functions: Readonly<Record<string, { readonly outputs: { readonly required: readonly string[] } }>>;
};
const shared = sharedYaml("resources: {}\n", { emulator: { seed: connected } });

/** A second environment, whose user of the same address is another one. */
const otherKey = "sk_test_other";
let other: Emulator;
beforeAll(async () => {
  other = await startEmulator({ apiKeys: [otherKey] });
  const api = createApi({ apiKey: otherKey, baseUrl: other.url });
  await api.users.create({ email: "sue@sso.example", first_name: "Another" });
  await api.close();
});
afterAll(() => other.close());

/** What somebody else has made. */
async function existing() {
  const { api, emulator } = shared();
  const sue = await api.users.create({ email: "Sue@sso.example", first_name: "Sue", external_id: "employee-7" });
  const acme = await api.organizations.create({ name: "Acme", external_id: "acme" });
  const otto = await api.users.create({ email: "otto@example.com" });
  const member = await api.organizationMemberships.create({
    ...{ user_id: otto.id, organization_id: acme.id, role_slug: "admin" },
  });
  const invitation = await api.invitations.send({ email: "ida@example.com", organization_id: acme.id });
  await api.permissions.create({ slug: "bills:pay", name: "Pay bills" });
  await api.organizationRoles.create({ organization_id: acme.id, slug: "org-billing", name: "Billing" });
  const wiki = await api.connectApplications.create({ name: "Wiki", application_type: "oauth", is_first_party: true });
  await api.groups.create({ organization_id: acme.id, name: "Engineering", description: "Builds it" });
  emulator.control.addFeatureFlag({ slug: "beta", enabled: true });
  await api.featureFlags.addTarget({ slug: "beta", resource_id: acme.id });
  return { sue, acme, otto, member, invitation, wiki };
}

let there: Awaited<ReturnType<typeof existing>>;
beforeAll(async () => {
  there = await existing();
});

type Call = [name: keyof typeof lookups, given: object, found: object | "[secret]"];

/** What is asked, and what is to be found of it. */
function calls(): Call[] {
  const { sue, acme, otto, member, invitation, wiki } = there;
  const ofSue = { id: sue.id, email: "Sue@sso.example", firstName: "Sue", externalId: "employee-7" };
  const ofWiki = { id: wiki.id, clientId: wiki.client_id, applicationType: "oauth" };
  const ops = { id: "directory_group_ops", name: "Ops", directoryId: "directory_okta" };
  const ben = { id: "directory_user_ben", email: "ben@connected.example", roleSlugs: ["admin"] };
  const inAcme = { organizationId: acme.id };
  return [
    ["getUser", { id: sue.id }, ofSue],
    ["getUser", { email: "SUE@sso.example" }, ofSue],
    ["getUser", { externalId: "employee-7" }, ofSue],
    ["getOrganization", { id: acme.id }, { name: "Acme", externalId: "acme" }],
    ["getOrganization", { externalId: "acme" }, { id: acme.id }],
    ["getOrganizationMembership", { id: member.id }, { roleSlugs: ["admin"], status: "active" }],
    ["getOrganizationMembership", { userId: otto.id, ...inAcme }, { id: member.id }],
    ["getInvitation", { id: invitation.id }, { email: "ida@example.com", state: "pending" }],
    ["getInvitation", { email: "Ida@example.com", ...inAcme }, { id: invitation.id }],
    ["getEnvironmentRole", { slug: "member" }, { name: "Member", permissions: [] }],
    ["getOrganizationRole", { ...inAcme, slug: "org-billing" }, { name: "Billing", ...inAcme }],
    ["getPermission", { slug: "bills:pay" }, { name: "Pay bills", system: false }],
    ["getConnectApplication", { id: wiki.id }, ofWiki],
    ["getConnectApplication", { clientId: wiki.client_id }, ofWiki],
    ["listRoles", inAcme, { roles: expect.arrayContaining([expect.objectContaining({ slug: "org-billing" })]) as [] }],
    ["getConnection", { id: "conn_okta" }, { connectionType: "OktaSAML", domains: ["connected.example"] }],
    ["listConnections", { connectionType: "EntraIdOIDC" }, { connections: [{ name: "Entra", state: "draft" }] }],
    ["getDirectory", { id: "directory_okta" }, { name: "Okta", organizationId: "org_connected", state: "linked" }],
    ["listDirectories", { organizationId: "org_connected" }, { directories: [{ name: "Okta" }] }],
    ["getDirectoryGroup", { id: "directory_group_ops" }, ops],
    ["getDirectoryGroup", { directoryId: "directory_okta", name: "Ops" }, ops],
    ["getDirectoryUser", { id: "directory_user_ben" }, ben],
    ["getDirectoryUser", { directoryId: "directory_okta", email: "BEN@connected.example" }, ben],
    ["listOrganizationMemberships", { ...inAcme, statuses: ["active"] }, { memberships: [{ userId: otto.id }] }],
    ["listGroups", inAcme, { groups: [{ name: "Engineering", description: "Builds it" }] }],
    ["listFeatureFlags", {}, { featureFlags: [{ slug: "beta", enabled: true }] }],
    ["listFeatureFlags", { userId: sue.id }, { featureFlags: [] }],
    ["generatePortalLink", { organizationId: "org_connected", intent: "sso" }, "[secret]"],
  ];
}

const invoke = (name: string, given: object, more: object = {}) => ({
  "fn::invoke": { function: `workos:${name}`, arguments: given, ...more },
});

const links = () => asked(shared()).filter((operation) => operation === "PortalSessionsController_create").length;

it("a preview asks for nothing that is not known yet, and makes no link", async () => {
  const { project, emulator } = shared();
  write(
    shared(),
    asYaml({
      resources: { fresh: { type: "workos:Organization", properties: { name: "Fresh" } } },
      variables: {
        later: invoke("getOrganization", { id: "${fresh.id}" }),
        groups: invoke("listGroups", { organizationId: "${fresh.id}" }),
        link: invoke("generatePortalLink", { organizationId: "org_connected" }),
      },
      outputs: { later: "${later.name}", groups: "${groups.groups}", link: "${link.link}" },
    }),
  );
  emulator.control.requests.clear();
  await ok(project.preview());
  expect(asked(shared()).filter((operation) => operation !== previewRead)).toEqual([]);
  const up = await ok(project.up());
  expect(links()).toBe(1);
  expect(up.combined).not.toContain("token=");
  expect(await project.outputs()).toEqual({ later: "Fresh", groups: [], link: "[secret]" });
});

it("each finds by each of its keys, and answers by the names of the schema", async () => {
  const { project, emulator } = shared();
  const all = calls();
  expect([...new Set(all.map(([name]) => name))].sort()).toEqual(Object.keys(lookups).sort());
  const variables = Object.fromEntries(all.map(([name, given], place) => [`v${place}`, invoke(name, given)]));
  const outputs = Object.fromEntries(all.map((_call, place) => [`v${place}`, `\${v${place}}`]));
  write(shared(), asYaml({ variables, outputs }));
  const up = await ok(project.up());
  const found = (await project.outputs()) as Record<string, object>;
  const expected = all.map(([name, given, one], place) => [`${place} ${name} ${JSON.stringify(given)}`, one]);
  expect(
    Object.fromEntries(
      all.map(([name, given], place) => [`${place} ${name} ${JSON.stringify(given)}`, found[`v${place}`]]),
    ),
  ).toMatchObject(Object.fromEntries(expected) as object);
  // What the schema promises is there.
  const absent = all.flatMap(([name], place) => {
    const { required = [] } = schema.functions[`workos:index:${name}`]?.outputs ?? {};
    return required.filter((output) => name !== "generatePortalLink" && !(output in (found[`v${place}`] ?? {})));
  });
  expect(absent).toEqual([]);
  const [sent] = emulator.control.state().invitations;
  for (const text of [up.combined, project.stateText(), JSON.stringify(found)]) {
    expect(text).not.toContain(sent?.token);
    expect(text).not.toContain("token=");
  }
});

it("asks the environment of the provider that it is given", async () => {
  const { project } = shared();
  write(
    shared(),
    asYaml({
      resources: {
        staging: { type: "pulumi:providers:workos", properties: { apiKey: otherKey, baseUrl: other.url } },
      },
      variables: {
        here: invoke("getUser", { email: "sue@sso.example" }),
        elsewhere: invoke("getUser", { email: "sue@sso.example" }, { options: { provider: "${staging}" } }),
      },
      outputs: { names: ["${here.firstName}", "${elsewhere.firstName}"] },
    }),
  );
  await ok(project.up());
  expect(await project.outputs()).toEqual({ names: ["Sue", "Another"] });
});

it.each([
  [
    "what is not there",
    { email: "nobody@example.com" },
    "getUser: there is no such object in this environment (email nobody@example.com).",
  ],
  ["nothing to look by", {}, "getUser takes id, or email, or externalId; it was given nothing."],
  ["a name that nothing has", { emial: "a@example.com" }, "emial"],
])("says what was looked for, given %s", async (_what, given, message) => {
  const { project } = shared();
  write(shared(), asYaml({ variables: { found: invoke("getUser", given) }, outputs: { id: "${found.id}" } }));
  const preview = await project.preview();
  expect(preview.code).not.toBe(0);
  expect(preview.combined).toContain(message);
  expect(preview.combined).not.toMatch(/^\s+at /m);
});
