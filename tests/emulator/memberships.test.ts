import { data, ids, local } from "./support/local";

const at = local();
const memberships = "/user_management/organization_memberships";

async function pair() {
  return { user: await at().user(), organization: await at().organization({ name: "Acme" }) };
}

test("a new membership is active, with the default role, its user and its organization's name", async () => {
  const { user, organization } = await pair();
  const membership = await at().membership(user.id, organization.id);
  expect(membership).toMatchObject({
    status: "active",
    role: { slug: "member" },
    roles: [{ slug: "member" }],
    user,
    organization_name: "Acme",
    directory_managed: false,
  });
  expect((await at().get(`${memberships}/${membership.id}`)).body).toEqual(membership);
});

test("roles are given one or several, never both ways, and must exist", async () => {
  const { user, organization } = await pair();
  const create = (fields: object) =>
    at().post(memberships, { user_id: user.id, organization_id: organization.id, ...fields });
  expect((await create({ role_slug: "nope" })).body).toEqual({
    code: "invalid_role",
    message: "Role 'nope' is not a valid role.",
  });
  const both = await create({ role_slug: "admin", role_slugs: ["admin"] });
  expect([both.status, both.body.code]).toEqual([422, "invalid_request_parameters"]);
  expect((await create({ role_slugs: ["admin", "member"] })).body).toMatchObject({
    role: { slug: "admin" },
    roles: [{ slug: "admin" }, { slug: "member" }],
  });
});

test("several roles are refused where the environment has them off", async () => {
  at().control.switches.set({ multipleRoles: false });
  const { user, organization } = await pair();
  const body = { user_id: user.id, organization_id: organization.id, role_slugs: ["admin", "member"] };
  const answer = await at().post(memberships, body);
  expect([answer.status, answer.body.code]).toEqual([422, "multiple_roles_not_enabled"]);
});

test("an organization's own role is valid there only", async () => {
  const { user, organization } = await pair();
  const other = await at().organization();
  at().control.addRole({ slug: "org-billing", organizationId: organization.id });
  expect((await at().membership(user.id, organization.id, { role_slug: "org-billing" })).role.slug).toBe("org-billing");
  const answer = await at().post(memberships, {
    user_id: user.id,
    organization_id: other.id,
    role_slug: "org-billing",
  });
  expect([answer.status, answer.body.code]).toEqual([422, "invalid_role"]);
});

test("only the roles are updated, and an update without roles changes nothing", async () => {
  const { user, organization } = await pair();
  const { id } = await at().membership(user.id, organization.id);
  expect((await at().put(`${memberships}/${id}`, { role_slug: "admin" })).body.role).toEqual({ slug: "admin" });
  expect((await at().put(`${memberships}/${id}`, {})).body.role).toEqual({ slug: "admin" });
  expect((await at().put(`${memberships}/${id}`, { role_slug: "nope" })).status).toBe(422);
});

test("creating over an inactive membership reactivates it with the given role", async () => {
  const { user, organization } = await pair();
  const { id } = await at().membership(user.id, organization.id);
  await at().put(`${memberships}/${id}/deactivate`);
  const again = await at().membership(user.id, organization.id, { role_slug: "admin" });
  expect(again).toMatchObject({ id, status: "active", role: { slug: "admin" } });
});

test("creating over an active membership is a conflict, or answers it, as the switch says", async () => {
  const { user, organization } = await pair();
  const first = await at().membership(user.id, organization.id);
  const body = { user_id: user.id, organization_id: organization.id, role_slug: "admin" };
  const conflict = await at().post(memberships, body);
  expect([conflict.status, conflict.body.code]).toEqual([409, "organization_membership_already_exists"]);
  at().control.switches.set({ activeDuplicateMembership: "return" });
  const returned = await at().post(memberships, body);
  expect([returned.status, returned.body]).toEqual([201, first]);
});

test("a pending membership can neither be created over, deactivated nor reactivated, only deleted", async () => {
  const { user, organization } = await pair();
  await at().invitation({ email: user.email, organization_id: organization.id });
  const [pending] = data(await at().get(`${memberships}?user_id=${user.id}&statuses=pending`));
  const path = `${memberships}/${String(pending?.id)}`;
  const create = await at().post(memberships, { user_id: user.id, organization_id: organization.id });
  const cannotReactivate = [400, "cannot_reactivate_pending_organization_membership"];
  expect([create.status, create.body.code]).toEqual(cannotReactivate);
  const reactivate = await at().put(`${path}/reactivate`);
  expect([reactivate.status, reactivate.body.code]).toEqual(cannotReactivate);
  const deactivate = await at().put(`${path}/deactivate`);
  expect([deactivate.status, deactivate.body.code]).toEqual([400, "cannot_deactivate_pending_organization_membership"]);
  expect((await at().delete(path)).status).toBe(200);
});

test("deactivate and reactivate keep the roles and do nothing the second time", async () => {
  const { user, organization } = await pair();
  const { id } = await at().membership(user.id, organization.id, { role_slug: "admin" });
  at().control.clock.advance(1000);
  const off = await at().put(`${memberships}/${id}/deactivate`);
  expect(off.body).toMatchObject({ status: "inactive", role: { slug: "admin" } });
  at().control.clock.advance(1000);
  expect((await at().put(`${memberships}/${id}/deactivate`)).body).toEqual(off.body);
  const on = await at().put(`${memberships}/${id}/reactivate`);
  expect(on.body).toMatchObject({ status: "active", role: { slug: "admin" } });
  expect((await at().put(`${memberships}/${id}/reactivate`)).body).toEqual(on.body);
});

test("a list needs an owner and shows active ones unless it asks for others, in either spelling", async () => {
  const { user, organization } = await pair();
  const other = await at().user();
  const active = await at().membership(user.id, organization.id);
  const inactive = await at().membership(other.id, organization.id);
  await at().put(`${memberships}/${inactive.id}/deactivate`);
  const list = async (query: string) => ids(await at().get(`${memberships}?${query}`));

  const none = await at().get(memberships);
  expect([none.status, none.body.code]).toEqual([400, "missing_user_id_or_organization_id"]);
  expect(await list(`organization_id=${organization.id}`)).toEqual([active.id]);
  expect(await list(`organization_id=${organization.id}&statuses=active,inactive`)).toEqual([inactive.id, active.id]);
  expect(await list(`organization_id=${organization.id}&statuses[]=inactive`)).toEqual([inactive.id]);
  expect(await list(`user_id=${user.id}`)).toEqual([active.id]);
  expect(await list(`user_id=${user.id}&organization_id=${organization.id}`)).toEqual([active.id]);
  expect((await at().get(`${memberships}?organization_id=${organization.id}&statuses=gone`)).status).toBe(422);
});

test("unknown users and organizations are 404, for creates and for lists", async () => {
  const { user, organization } = await pair();
  for (const answer of [
    await at().post(memberships, { user_id: "user_x", organization_id: organization.id }),
    await at().post(memberships, { user_id: user.id, organization_id: "org_x" }),
    await at().get(`${memberships}?user_id=user_x`),
    await at().get(`${memberships}?organization_id=org_x`),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([404, "entity_not_found"]);
  }
});

test("a deleted membership is gone, and the user stays", async () => {
  const { user, organization } = await pair();
  const { id } = await at().membership(user.id, organization.id);
  expect((await at().delete(`${memberships}/${id}`)).status).toBe(200);
  expect((await at().delete(`${memberships}/${id}`)).status).toBe(404);
  expect((await at().get(`/user_management/users/${user.id}`)).status).toBe(200);
});

test("a membership can be marked as managed by a directory", async () => {
  const { user, organization } = await pair();
  const { id } = await at().membership(user.id, organization.id);
  at().control.setDirectoryManaged(id, true);
  expect((await at().get(`${memberships}/${id}`)).body.directory_managed).toBe(true);
});
