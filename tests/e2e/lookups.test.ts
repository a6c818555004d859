/** Programs that refer to what they do not manage. */
import { diagnostics } from "./support/report";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack();

/** Someone who came by SSO, an organization made by hand, and an invitation that a colleague sent. */
async function somebodyElse() {
  const { api } = stack();
  const sso = await api.users.create({ email: "Sue@sso.example", first_name: "Sue", external_id: "employee-7" });
  const acme = await api.organizations.create({ name: "Acme", external_id: "acme" });
  const other = await api.users.create({ email: "otto@example.com" });
  const member = await api.organizationMemberships.create({
    user_id: other.id,
    organization_id: acme.id,
    role_slug: "admin",
  });
  const invitation = await api.invitations.send({ email: "ida@example.com", organization_id: acme.id });
  await api.permissions.create({ slug: "bills:pay", name: "Pay bills" });
  const billing = { organization_id: acme.id, slug: "org-billing" };
  await api.organizationRoles.create({ ...billing, name: "Billing" });
  await api.organizationRoles.setPermissions({ ...billing, permissions: ["bills:pay"] });
  const wiki = await api.connectApplications.create({ name: "Wiki", application_type: "oauth", is_first_party: true });
  await api.connectApplications.createSecret({ id: wiki.id });
  const group = await api.groups.create({ organization_id: acme.id, name: "Engineering", description: "Builds it" });
  await api.groups.create({ organization_id: acme.id, name: "Support" });
  stack().emulator.control.addFeatureFlag({ slug: "beta", enabled: true });
  await api.featureFlags.addTarget({ slug: "beta", resource_id: acme.id });
  return { sso, acme, other, member, invitation, wiki, group };
}

test("every look-up finds by every key, as a promise and as an output, and shows no secret", async () => {
  const { project, emulator } = stack();
  const { sso, acme, other, member, invitation, wiki, group } = await somebodyElse();
  project.writeProgram(`
import * as workos from "pulumi-workos";

// Not created yet in the preview, so that what depends on it is skipped there.
const fresh = new workos.Organization("fresh", { name: "Fresh", externalId: "fresh" });
const sue = workos.getUserOutput({ email: "sue@SSO.example" });
const membership = new workos.OrganizationMembership("sue-fresh", { userId: sue.id, organizationId: fresh.id, roleSlug: "member" });

module.exports = async () => ({
  users: await Promise.all([
    workos.getUser({ id: "${sso.id}" }),
    workos.getUser({ email: "SUE@sso.example" }),
    workos.getUser({ externalId: "employee-7" }),
    workos.getUserOutput({ id: "${sso.id}" }).id,
    workos.getUserOutput({ externalId: "employee-7" }).id,
  ]),
  organizations: await Promise.all([
    workos.getOrganization({ id: "${acme.id}" }),
    workos.getOrganization({ externalId: "acme" }),
  ]),
  memberships: await Promise.all([
    workos.getOrganizationMembership({ id: "${member.id}" }),
    workos.getOrganizationMembership({ userId: "${other.id}", organizationId: "${acme.id}" }),
  ]),
  invitations: await Promise.all([
    workos.getInvitation({ id: "${invitation.id}" }),
    workos.getInvitation({ email: "Ida@example.com", organizationId: "${acme.id}" }),
  ]),
  applications: await Promise.all([
    workos.getConnectApplication({ id: "${wiki.id}" }),
    workos.getConnectApplication({ clientId: "${wiki.client_id}" }),
  ]),
  roles: await workos.listRoles(),
  access: await Promise.all([
    workos.getEnvironmentRole({ slug: "member" }),
    workos.getOrganizationRole({ organizationId: "${acme.id}", slug: "org-billing" }),
    workos.getPermission({ slug: "bills:pay" }),
  ]),
  groups: await workos.listGroups({ organizationId: "${acme.id}" }),
  members: await Promise.all([
    workos.listOrganizationMemberships({ organizationId: "${acme.id}" }),
    workos.listOrganizationMemberships({ organizationId: "${acme.id}", statuses: ["pending"] }),
  ]),
  flags: await Promise.all([
    workos.listFeatureFlags(),
    workos.listFeatureFlags({ organizationId: "${acme.id}" }),
    workos.listFeatureFlagsOutput({ userId: "${sso.id}" }),
  ]),
  later: {
    organization: workos.getOrganizationOutput({ id: fresh.id }).name,
    membership: workos.getOrganizationMembershipOutput({ userId: membership.userId, organizationId: fresh.id }).id,
    invitation: workos.getInvitationOutput({ id: fresh.id.apply(() => "${invitation.id}") }).state,
    role: workos.getEnvironmentRoleOutput({ slug: fresh.id.apply(() => "member") }).name,
    ownRole: workos.getOrganizationRoleOutput({ organizationId: "${acme.id}", slug: fresh.id.apply(() => "org-billing") })
      .permissions,
    permission: workos.getPermissionOutput({ slug: fresh.id.apply(() => "bills:pay") }).name,
    application: workos.getConnectApplicationOutput({ id: fresh.id.apply(() => "${wiki.id}") }).clientId,
    groups: workos.listGroupsOutput({ organizationId: fresh.id }),
    roles: workos.listRolesOutput({ organizationId: fresh.id }).apply((roles) => roles.map(({ slug }) => slug)),
  },
});
`);
  const preview = await ok(project.preview());
  expect(preview.stdout).toMatch(/\+ 3 to create/);
  const asked = emulator.control.requests.list().map(({ path, query }) => `${path}?${query}`);
  expect(asked.filter((request) => request.includes("04da6b54"))).toEqual([]);

  const result = await ok(project.up());
  const outputs = (await project.outputs()) as {
    users: (string | { id: string; email: string; firstName: string })[];
    organizations: { id: string; externalId: string }[];
    memberships: { id: string; roleSlugs: string[] }[];
    invitations: Record<string, unknown>[];
    applications: Record<string, unknown>[];
    flags: { slug: string }[][];
    roles: { slug: string; permissions: string[] }[];
    access: object[];
    groups: unknown[];
    members: { status: string }[][];
    later: Record<string, unknown>;
  };
  const ofSue = { id: sso.id, email: "Sue@sso.example", firstName: "Sue", externalId: "employee-7" };
  expect(outputs.users).toMatchObject([ofSue, ofSue, ofSue, sso.id, sso.id]);
  const ofAcme = { id: acme.id, name: "Acme", externalId: "acme" };
  expect(outputs.organizations).toMatchObject([ofAcme, ofAcme]);
  const ofMember = { id: member.id, roleSlugs: ["admin"], status: "active" };
  expect(outputs.memberships).toMatchObject([ofMember, ofMember]);
  const ofIda = { id: invitation.id, email: "ida@example.com", state: "pending" };
  expect(outputs.invitations).toMatchObject([ofIda, ofIda]);
  const ofWiki = { id: wiki.id, clientId: wiki.client_id, applicationType: "oauth", isFirstParty: true };
  expect(outputs.applications).toMatchObject([ofWiki, ofWiki]);
  expect(outputs.flags.map((flags) => flags.map(({ slug }) => slug))).toEqual([["beta"], ["beta"], []]);
  expect(outputs.roles.map(({ slug }) => slug).sort()).toEqual(["admin", "member"]);
  expect(outputs.access).toMatchObject([
    { slug: "member", name: "Member", permissions: [], resourceTypeSlug: "organization" },
    { organizationId: acme.id, slug: "org-billing", name: "Billing", permissions: ["bills:pay"] },
    { slug: "bills:pay", name: "Pay bills", system: false },
  ]);
  const [everybody = [], invited = []] = outputs.members;
  const ofAdmin = { id: member.id, userId: member.user_id, organizationId: acme.id, roleSlugs: ["admin"] };
  expect(everybody).toContainEqual(expect.objectContaining({ ...ofAdmin, status: "active" }));
  expect(everybody.map(({ status }) => status).sort()).toEqual(["active", "pending"]);
  expect(invited.map(({ status }) => status)).toEqual(["pending"]);
  expect(outputs.groups).toMatchObject([
    { id: group.id, organizationId: acme.id, name: "Engineering", description: "Builds it" },
    { name: "Support" },
  ]);
  const { organizationMemberships } = emulator.control.state();
  const made = organizationMemberships.find(({ user_id }) => user_id === sso.id);
  expect(made).toMatchObject({ role: { slug: "member" } });
  expect(outputs.later).toMatchObject({
    organization: "Fresh",
    membership: made?.id,
    invitation: "pending",
    ...{ role: "Member", ownRole: ["bills:pay"], permission: "Pay bills" },
    application: wiki.client_id,
    groups: [],
    roles: expect.arrayContaining(["admin", "member"]) as string[],
  });

  const [sent] = emulator.control.state().invitations;
  for (const text of [preview.combined, result.combined, project.stateText(), JSON.stringify(outputs)]) {
    expect(text).not.toContain(sent?.token);
  }
});

test("looking for what is not there, or with nothing to look by, is an error without a stack", async () => {
  const { project, emulator } = stack();
  const [acme] = emulator.control.state().organizations;
  const failure = async (statement: string) => {
    project.writeProgram(`import * as workos from "pulumi-workos";\n${statement}`);
    const result = await project.preview();
    expect(result.code).not.toBe(0);
    return diagnostics(result);
  };
  const missing = await failure(`export const { email } = workos.getUserOutput({ email: "nobody@example.com" });`);
  expect(missing).toMatch(/getUser: there is no such object in this environment \(email nobody@example\.com\)\.\n/);
  const inherited = await failure(
    `export const { name } = workos.getOrganizationRoleOutput({ organizationId: "${acme?.id}", slug: "member" });`,
  );
  expect(inherited).toMatch(/getOrganizationRole: there is no such object in this environment/);
  const empty = await failure(`new workos.User("copy", { email: workos.getUserOutput({} as never).email });`);
  expect(empty).toMatch(/getUser takes id, or email, or externalId; it was given nothing\.\n/);
  const nowhere = await failure(`export const groups = workos.listGroups({ organizationId: "org_x" });`);
  expect(nowhere).toContain("404");
  const unnamed = await failure(`export const groups = workos.listGroups({} as never);`);
  expect(unnamed).toContain(
    "listGroups takes organizationId, since groups belong to an organization; it was given nothing.",
  );
  const nobody = await failure(`export const members = workos.listOrganizationMemberships({} as never);`);
  expect(nobody).toContain("listOrganizationMemberships takes organizationId, which says whose members are meant");
  for (const text of [missing, inherited, empty, nowhere, unnamed, nobody]) expect(text).not.toMatch(/^\s+at /m);
});
