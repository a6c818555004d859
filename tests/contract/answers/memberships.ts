import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { users, organizationMemberships: memberships, organizations, invitations } = endpoints;

export function membershipAnswers(run: RunOf): void {
  const pair = async () => {
    const user = await run().call(users.create, { email: "ann@example.com" });
    const organization = await run().call(organizations.create, { name: "Acme" });
    return { user_id: user.id, organization_id: organization.id };
  };
  const pending = async () => {
    const { user_id, organization_id } = await pair();
    await run().call(invitations.send, { email: "ann@example.com", organization_id });
    const found = await run().call(memberships.list, { user_id, statuses: ["active", "inactive", "pending"] });
    return { id: found.data[0]?.id ?? "", user_id, organization_id };
  };

  test("a membership is created, read, changed, suspended, restored, listed and deleted", async () => {
    const ids = await pair();
    const made = await run().call(memberships.create, { ...ids, role_slug: "member" });
    const id = made.id;
    expect(await run().call(memberships.get, { id })).toEqual(made);
    expect(await run().call(memberships.update, { id, role_slugs: ["admin", "member"] })).toMatchObject({
      role: { slug: "admin" },
      roles: [{ slug: "admin" }, { slug: "member" }],
    });
    expect(await run().call(memberships.deactivate, { id })).toMatchObject({ status: "inactive" });
    expect((await run().call(memberships.list, ids)).data).toEqual([]);
    expect((await run().call(memberships.list, { ...ids, statuses: ["inactive", "pending"] })).data).toHaveLength(1);
    expect(await run().call(memberships.reactivate, { id })).toMatchObject({ status: "active" });
    await run().call(memberships.delete, { id });
    expect(await run().refused(memberships.get, { id })).toMatchObject({ status: 404 });
  });

  test("creating over a suspended membership restores it with the roles given", async () => {
    const ids = await pair();
    const { id } = await run().call(memberships.create, ids);
    await run().call(memberships.deactivate, { id });
    expect(await run().call(memberships.create, { ...ids, role_slugs: ["admin"] })).toMatchObject({
      id,
      status: "active",
    });
  });

  test("an active member cannot be made one again", async () => {
    const ids = await pair();
    await run().call(memberships.create, ids);
    expect(await run().refused(memberships.create, ids)).toMatchObject({ status: 409 });
    run().control.switches.set({ activeDuplicateMembership: "return" });
    await run().call(memberships.create, ids);
  });

  test("a pending membership is neither created over, suspended nor restored", async () => {
    const { id, ...ids } = await pending();
    const cannotReactivate = { status: 400, code: "cannot_reactivate_pending_organization_membership" };
    expect(await run().refused(memberships.create, ids)).toMatchObject(cannotReactivate);
    expect(await run().refused(memberships.reactivate, { id })).toMatchObject(cannotReactivate);
    expect(await run().refused(memberships.deactivate, { id })).toMatchObject({
      status: 400,
      code: "cannot_deactivate_pending_organization_membership",
    });
  });

  test.each([
    ["an unknown role", { role_slug: "owner" }, "invalid_role"],
    ["several roles where one is allowed", { role_slugs: ["admin", "member"] }, "multiple_roles_not_enabled"],
    ["both fields", { role_slug: "admin", role_slugs: ["admin"] }, "invalid_request_parameters"],
    ["a role of the wrong type", { role_slug: 5 }, "invalid_request_parameters"],
  ])("%s is refused as documented, on create and on update", async (_what, fields, code) => {
    const ids = await pair();
    run().control.switches.set({ multipleRoles: false });
    expect(await run().refused(memberships.create, { ...ids, ...fields })).toMatchObject({ status: 422, code });
    const { id } = await run().call(memberships.create, ids);
    expect(await run().refused(memberships.update, { id, ...fields })).toMatchObject({ status: 422, code });
  });

  test("missing and unknown ids are refused as documented", async () => {
    const ids = await pair();
    expect(await run().refused(memberships.create, { user_id: ids.user_id })).toMatchObject({ status: 422 });
    expect(await run().refused(memberships.create, { ...ids, user_id: "user_unknown" })).toMatchObject({ status: 404 });
    const { get, update, delete: remove, deactivate, reactivate } = memberships;
    for (const endpoint of [get, update, remove, deactivate, reactivate]) {
      expect(await run().refused(endpoint, { id: "om_unknown" })).toMatchObject({ status: 404 });
    }
  });

  test("a list needs an owner that exists and a page that can be", async () => {
    const { user_id } = await pair();
    expect(await run().refused(memberships.list, {})).toMatchObject({
      status: 400,
      code: "missing_user_id_or_organization_id",
    });
    expect(await run().refused(memberships.list, { user_id: "user_unknown" })).toMatchObject({ status: 404 });
    expect(await run().refused(memberships.list, { user_id, limit: 0 })).toMatchObject({ status: 422 });
    expect(await run().refused(memberships.list, { user_id, statuses: "gone" })).toMatchObject({ status: 422 });
  });
}
