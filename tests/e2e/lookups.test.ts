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
  const wiki = await api.connectApplications.create({ name: "Wiki", application_type: "oauth", is_first_party: true });
  await api.connectApplications.createSecret({ id: wiki.id });
  stack().emulator.control.addFeatureFlag({ slug: "beta", enabled: true });
  await api.featureFlags.addTarget({ slug: "beta", resource_id: acme.id });
  return { sso, acme, other, member, invitation, wiki };
}

test("every look-up finds by every key, as a promise and as an output, and shows no secret", async () => {
  const { project, emulator } = stack();
  const { sso, acme, other, member, invitation, wiki } = await somebodyElse();
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
  flags: await Promise.all([
    workos.listFeatureFlags(),
    workos.listFeatureFlags({ organizationId: "${acme.id}" }),
    workos.listFeatureFlagsOutput({ userId: "${sso.id}" }),
  ]),
  later: {
    organization: workos.getOrganizationOutput({ id: fresh.id }).name,
    membership: workos.getOrganizationMembershipOutput({ userId: membership.userId, organizationId: fresh.id }).id,
    invitation: workos.getInvitationOutput({ id: fresh.id.apply(() => "${invitation.id}") }).state,
    application: workos.getConnectApplicationOutput({ id: fresh.id.apply(() => "${wiki.id}") }).clientId,
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
  const { organizationMemberships } = emulator.control.state();
  const made = organizationMemberships.find(({ user_id }) => user_id === sso.id);
  expect(made).toMatchObject({ role: { slug: "member" } });
  expect(outputs.later).toMatchObject({
    organization: "Fresh",
    membership: made?.id,
    invitation: "pending",
    application: wiki.client_id,
    roles: expect.arrayContaining(["admin", "member"]) as string[],
  });

  const [sent] = emulator.control.state().invitations;
  for (const text of [preview.combined, result.combined, project.stateText(), JSON.stringify(outputs)]) {
    expect(text).not.toContain(sent?.token);
  }
});

test("looking for what is not there, or with nothing to look by, is an error without a stack", async () => {
  const { project } = stack();
  const failure = async (statement: string) => {
    project.writeProgram(`import * as workos from "pulumi-workos";\n${statement}`);
    const result = await project.preview();
    expect(result.code).not.toBe(0);
    return diagnostics(result);
  };
  const missing = await failure(`export const { email } = workos.getUserOutput({ email: "nobody@example.com" });`);
  expect(missing).toMatch(/getUser: there is no such object in this environment \(email nobody@example\.com\)\.\n/);
  const empty = await failure(`new workos.User("copy", { email: workos.getUserOutput({} as never).email });`);
  expect(empty).toMatch(/getUser takes id, email, externalId as text, and was given nothing\.\n/);
  for (const text of [missing, empty]) expect(text).not.toMatch(/^\s+at /m);
});
