import { PartialFailure } from "../../provider/lifecycle";
import { isManaged } from "../../provider/lifecycle/state";
import { changed, failure, type Life, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";

const current = useWorld();
const memberships = (): Life => lifeOf("OrganizationMembership", current());
const root = "/user_management/organization_memberships";

async function pair() {
  const { api } = current();
  const userId = (await api.users.create({ email: "ann@example.com" })).id;
  const organizationId = (await api.organizations.create({ name: "Acme" })).id;
  current().wire.clear();
  return { userId, organizationId };
}

async function member(more: object) {
  const inputs = { ...(await pair()), ...more };
  const { id, outs } = await memberships().create(inputs);
  current().wire.clear();
  return { inputs, id, outs };
}

const writes = (id: string) =>
  current()
    .wire.writes()
    .map(({ method, path, body }) => [`${method} ${path.replace(id, "{id}")}`, body]);

describe("roles", () => {
  it("are the same in any order", async () => {
    const { inputs, outs } = await member({ roleSlugs: ["member", "admin"] });
    expect(memberships().diff(outs, { ...inputs, roleSlugs: ["admin", "member"] })).toEqual(noChange);
  });

  it("are no drift when the vendor lists them in another order", async () => {
    const { inputs, id, outs } = await member({ roleSlugs: ["member", "admin"] });
    await current().api.organizationMemberships.update({ id, role_slugs: ["member"] });
    await current().api.organizationMemberships.update({ id, role_slugs: ["admin", "member"] });
    const found = await refreshed(memberships(), id, outs);
    expect(found.inputs).toEqual(inputs);
    expect(memberships().diff(found.props, inputs)).toEqual(noChange);
  });

  it("differ where one is declared and somebody has added another, which is reported as a list", async () => {
    const { inputs, id, outs } = await member({ roleSlug: "member" });
    await current().api.organizationMemberships.update({ id, role_slugs: ["member", "admin"] });
    const found = await refreshed(memberships(), id, outs);
    expect(found.inputs).toEqual({
      ...changed(inputs, { roleSlug: undefined }),
      roleSlugs: ["member", "admin"],
    });
    expect(memberships().diff(found.props, inputs)).toEqual({ ...noChange, changes: true });
    current().wire.clear();
    const restored = await memberships().update(id, found.props, inputs);
    expect(writes(id)).toEqual([[`PUT ${root}/{id}`, { role_slug: "member" }]]);
    expect(restored.roleSlugs).toEqual(["member"]);
  });

  it("may be declared in the other way without a call, as long as they are the same", async () => {
    const { inputs, id, outs } = await member({ roleSlug: "member" });
    const wanted = { ...changed(inputs, { roleSlug: undefined }), roleSlugs: ["member"] };
    const updated = await memberships().update(id, outs, wanted);
    expect(current().wire.all()).toEqual([]);
    expect(memberships().diff(updated, wanted)).toEqual(noChange);
  });

  it("go from one to several in one call", async () => {
    const { inputs, id, outs } = await member({ roleSlug: "member" });
    const wanted = { ...changed(inputs, { roleSlug: undefined }), roleSlugs: ["member", "admin"] };
    const updated = await memberships().update(id, outs, wanted);
    expect(writes(id)).toEqual([[`PUT ${root}/{id}`, { role_slugs: ["member", "admin"] }]]);
    expect(memberships().diff(updated, wanted)).toEqual(noChange);
  });
});

describe("the status", () => {
  it("inactive is set right after the create, which cannot", async () => {
    const { inputs, id, outs } = await (async () => {
      const wanted = { ...(await pair()), status: "inactive" };
      const created = await memberships().create(wanted);
      return { inputs: wanted, ...created };
    })();
    expect(writes(id)).toEqual([
      [`POST ${root}`, { user_id: inputs.userId, organization_id: inputs.organizationId }],
      [`PUT ${root}/{id}/deactivate`, undefined],
    ]);
    expect(memberships().diff(outs, inputs)).toEqual(noChange);
  });

  it("active needs no call after a create", async () => {
    await memberships().create({ ...(await pair()), status: "active" });
    expect(current().wire.writes()).toHaveLength(1);
  });

  it.each([false, true])("is found by diff when setting it failed (with a refresh in between: %s)", async (refresh) => {
    const inputs = { ...(await pair()), status: "inactive" };
    current().control.faults.add({ method: "PUT", path: `${root}/{id}/deactivate`, status: 422 });
    const error = await failure(memberships().create(inputs));
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.properties.status).toBe("active");
    const found = refresh ? await refreshed(memberships(), error.id, error.properties) : { props: error.properties };
    expect(memberships().diff(found.props, inputs)).toEqual({ ...noChange, changes: true });
    const updated = await memberships().update(error.id, found.props, inputs);
    expect(updated.status).toBe("inactive");
    expect(memberships().diff(updated, inputs)).toEqual(noChange);
  });

  it("and the roles change with one call each, and no more", async () => {
    const { inputs, id, outs } = await member({ roleSlug: "member", status: "inactive" });
    await memberships().update(id, outs, { ...inputs, roleSlug: "admin", status: "active" });
    expect(writes(id)).toEqual([
      [`PUT ${root}/{id}`, { role_slug: "admin" }],
      [`PUT ${root}/{id}/reactivate`, undefined],
    ]);
  });

  it.each([false, true])(
    "is what remains when it fails after the roles were changed (with a refresh in between: %s)",
    async (refresh) => {
      const { inputs, id, outs } = await member({ roleSlug: "member", status: "active" });
      const wanted = { ...inputs, roleSlug: "admin", status: "inactive" };
      current().control.faults.add({ path: `${root}/{id}/deactivate`, status: 403 });
      const error = await failure(memberships().update(id, outs, wanted));
      if (!(error instanceof PartialFailure)) throw error;
      expect(error.properties).toMatchObject({ roleSlug: "admin", status: "active" });
      const found = refresh ? await refreshed(memberships(), id, error.properties) : { props: error.properties };
      expect(memberships().diff(found.props, wanted)).toEqual({ ...noChange, changes: true });
      current().wire.clear();
      const updated = await memberships().update(id, found.props, wanted);
      expect(writes(id)).toEqual([[`PUT ${root}/{id}/deactivate`, undefined]]);
      expect(memberships().diff(updated, wanted)).toEqual(noChange);
    },
  );

  it("that fails after the roles were declared in the other way leaves only itself to be done", async () => {
    const { inputs, id, outs } = await member({ roleSlug: "member" });
    const several = { ...changed(inputs, { roleSlug: undefined }), roleSlugs: ["member", "admin"], status: "inactive" };
    current().control.faults.add({ path: `${root}/{id}/deactivate`, status: 403 });
    const error = await failure(memberships().update(id, outs, several));
    if (!(error instanceof PartialFailure)) throw error;
    expect(isManaged(error.properties, "roleSlug")).toBe(false);
    const found = await refreshed(memberships(), id, error.properties);
    expect(found.inputs).toEqual({ ...several, status: "active" });
  });

  it("pending counts as active: accepting is all that is missing, and no call hastens it", async () => {
    const { inputs, id, outs } = await member({ status: "active" });
    const pending = { ...outs, status: "pending" };
    expect(memberships().diff(pending, inputs)).toEqual(noChange);
    const updated = await memberships().update(id, pending, { ...inputs, roleSlug: "admin" });
    expect(writes(id)).toEqual([[`PUT ${root}/{id}`, { role_slug: "admin" }]]);
    expect(memberships().diff(updated, { ...inputs, roleSlug: "admin" })).toEqual(noChange);
  });
});

describe("creating over one that is there", () => {
  it.each(["active", "inactive", "pending"] as const)("is refused and sends nothing: %s", async (status) => {
    const { api } = current();
    const inputs = await pair();
    if (status === "pending") {
      await api.invitations.send({ email: "ann@example.com", organization_id: inputs.organizationId });
    } else {
      const { id } = await api.organizationMemberships.create({
        user_id: inputs.userId,
        organization_id: inputs.organizationId,
      });
      if (status === "inactive") await api.organizationMemberships.deactivate({ id });
    }
    const before = current().control.state().organizationMemberships;
    current().wire.clear();
    const error = await failure(memberships().create({ ...inputs, roleSlug: "admin" }));
    expect(error.message).toMatch(new RegExp(`exists already: om_\\w+ \\(${status}.*set adopt: "if-exists"`));
    expect(current().wire.writes()).toEqual([]);
    expect(current().control.state().organizationMemberships).toEqual(before);
  });
});
