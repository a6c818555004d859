/** The vendor's own client against what applications call while they run: access, audit logs, vault, pipes, widgets. */
import { WorkOS } from "@workos-inc/node";
import { jose } from "../../emulator/libraries";
import { local } from "./support/local";

const at = local();
const workos = () => new WorkOS("sk_test_local", { apiHostname: "127.0.0.1", port: at().emulator.port, https: false });

async function member() {
  const { id: userId } = await at().user();
  const { id: organizationId } = await at().organization();
  const { id: organizationMembershipId } = await at().membership(userId, organizationId);
  return { userId, organizationId, organizationMembershipId };
}

test("access: a role on a resource is checked, and found from both sides", async () => {
  const { authorization } = workos();
  const { organizationId, organizationMembershipId } = await member();
  await authorization.createPermission({ slug: "project:edit", name: "Edit", resourceTypeSlug: "project" });
  await authorization.createEnvironmentRole({ slug: "editor", name: "Editor", resourceTypeSlug: "project" });
  await authorization.setEnvironmentRolePermissions("editor", { permissions: ["project:edit"] });
  const named = { externalId: "apollo", resourceTypeSlug: "project", organizationId };
  const { id: resourceId } = await authorization.createResource({ ...named, name: "Apollo" });
  const question = { organizationMembershipId, permissionSlug: "project:edit", resourceId };
  expect(await authorization.check(question)).toEqual({ authorized: false });
  await authorization.assignRole({ organizationMembershipId, roleSlug: "editor", resourceId });
  expect(await authorization.check(question)).toEqual({ authorized: true });
  const found = await authorization.listMembershipsForResource({ resourceId, permissionSlug: "project:edit" });
  expect(found.data.map(({ id }) => id)).toEqual([organizationMembershipId]);
  const parent = { parentResourceExternalId: organizationId, parentResourceTypeSlug: "organization" };
  const mine = await authorization.listResourcesForMembership({
    ...{ organizationMembershipId, permissionSlug: "project:edit" },
    ...parent,
  });
  expect(mine.data.map(({ id }) => id)).toEqual([resourceId]);
});

test("audit logs: events and an export", async () => {
  const { auditLogs } = workos();
  const { organizationId } = await member();
  await auditLogs.createSchema({ action: "user.signed_in", targets: [{ type: "team" }] });
  await auditLogs.createEvent(organizationId, {
    action: "user.signed_in",
    occurredAt: new Date("2026-05-01T10:00:00.000Z"),
    actor: { type: "user", id: "user_1" },
    targets: [{ type: "team", id: "team_1" }],
    context: { location: "203.0.113.7" },
  });
  const made = await auditLogs.createExport({
    organizationId,
    rangeStart: new Date("2026-04-01T00:00:00.000Z"),
    rangeEnd: new Date("2026-06-01T00:00:00.000Z"),
  });
  const { url, state } = await auditLogs.getExport(made.id);
  expect(state).toBe("ready");
  expect(await (await fetch(url ?? "")).text()).toContain("user.signed_in,2026-05-01T10:00:00.000Z");
});

test("vault: text is encrypted at home and decrypted again", async () => {
  const { vault } = workos();
  const sealed = await vault.encrypt("a secret", { tenant: "acme" }, "about");
  expect(sealed).not.toContain("a secret");
  expect(await vault.decrypt(sealed, "about")).toBe("a secret");
  await expect(vault.decrypt(sealed, "other")).rejects.toThrow();
  const { id } = await vault.createObject({ name: "db", value: "one", context: { tenant: "acme" } });
  await vault.updateObject({ id, value: "two" });
  const versions = await vault.listObjectVersions({ id });
  expect(versions.map(({ currentVersion }) => currentVersion)).toEqual([true, false]);
});

test("pipes: the token of a connected account", async () => {
  const { pipes } = workos();
  const { userId } = await member();
  const credentials = { type: "custom", client_id: "id", client_secret: "secret" };
  await at().post("/data-integrations", { provider: "github", enabled: true, scopes: ["repo"], credentials });
  expect(await pipes.getAccessToken({ provider: "github", userId })).toEqual({ active: false, error: "not_installed" });
  const imported = { access_token: "gho_1", scopes: ["repo"] };
  await at().post(`/user_management/users/${userId}/connected_accounts/github`, imported);
  expect(await pipes.getAccessToken({ provider: "github", userId })).toMatchObject({
    active: true,
    accessToken: { accessToken: "gho_1", missingScopes: [] },
  });
});

test("widgets: a token that the key set verifies", async () => {
  const { widgets, userManagement } = workos();
  const { createRemoteJWKSet, jwtVerify } = await jose();
  const { userId, organizationId } = await member();
  const token = await widgets.getToken({ userId, organizationId, scopes: ["widgets:users-table:manage"] });
  const keys = createRemoteJWKSet(new URL(userManagement.getJwksUrl("client_local")));
  const { payload } = await jwtVerify(token, keys, { currentDate: new Date(at().control.clock.now()) });
  expect(payload).toMatchObject({ sub: userId, org_id: organizationId });
});

test("what belongs to a person or an organization goes with them", async () => {
  const { userId, organizationId } = await member();
  const credentials = { type: "custom", client_id: "id", client_secret: "secret" };
  await at().post("/data-integrations", { provider: "github", enabled: true, credentials });
  await at().post(`/user_management/users/${userId}/connected_accounts/github`, { access_token: "gho_1" });
  const { id } = await at().control.registerAgent({ organizationId });
  await at().delete(`/user_management/users/${userId}`);
  await at().delete(`/organizations/${organizationId}`);
  expect((await at().get(`/agents/registrations/${id}`)).status).toBe(404);
  expect((await at().get(`/user_management/users/${userId}/connected_accounts/github`)).status).toBe(404);
});
