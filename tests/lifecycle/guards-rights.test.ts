/** What the guards count of rights that come by roles, permissions and groups. */
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { adminsOf, organizationOf } from "./support/people";
import { type Run, type RunOptions, startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();

const run = (guards: RunOptions["guards"]): Run => startRun(current(), { guards });

/** Ann and Ben have the role editor, Cleo and Dan are members, and Cleo is in a group that gives it. */
async function team(name = "Acme") {
  const { api } = current();
  if (name === "Acme") current().control.addRole({ slug: "editor", permissions: ["posts:write", "posts:read"] });
  const there = await organizationOf(current(), { ann: "editor", ben: "editor", cleo: "member", dan: "member" }, name);
  const { organizationId } = there;
  const { id: groupId } = await api.groups.create({ organization_id: organizationId, name: "Writers" });
  const which = { organizationId, groupId };
  const add = (person: string) =>
    api.groupMemberships.add({
      organization_id: organizationId,
      group_id: groupId,
      organization_membership_id: there.of(person).membershipId,
    });
  const give = (role_slug: string) => api.groupRoleAssignments.create({ group_id: groupId, role_slug });
  await add("cleo");
  await give("editor");
  takeCalls(current());
  return { ...there, which, add, give };
}
type Team = Awaited<ReturnType<typeof team>>;

const editor = () =>
  current()
    .control.state()
    .roles.find(({ slug }) => slug === "editor");
/** The role as a program has it that has taken it over. */
async function editorOf(from: Run) {
  const life = from.life("EnvironmentRole");
  const { id, outs } = await life.create({ slug: "editor", name: "Editor", permissions: [], adopt: "require" });
  return { life, id, outs };
}

describe("maxRemovals counts whoever loses rights, in each organization by itself", () => {
  const losses: Record<string, (there: Team, from: Run) => Promise<unknown>> = {
    "a permission of a role": async (_there, from) => {
      const life = from.life("EnvironmentRole");
      const inputs = { slug: "editor", name: "editor", permissions: ["posts:write", "posts:read"], adopt: "require" };
      const { id, outs } = await life.create(inputs);
      takeWrites(current());
      await life.update(id, outs, { ...inputs, permissions: ["posts:read"] });
    },
    "a permission of an organization's own role": async ({ organizationId, of }, from) => {
      const { api } = current();
      const inputs = { organizationId, slug: "org-pays", name: "Pays", permissions: ["bills:pay"] };
      const { id, outs } = await run({}).life("OrganizationRole").create(inputs);
      for (const person of ["ann", "ben", "dan"]) {
        await api.organizationMemberships.update({ id: of(person).membershipId, role_slug: "org-pays" });
      }
      takeWrites(current());
      await from.life("OrganizationRole").update(id, outs, { ...inputs, permissions: [] });
    },
    "a permission that is deleted": async (_there, from) => {
      const { id } = await current().api.permissions.create({ slug: "posts:write", name: "Write" });
      takeWrites(current());
      await from.life("Permission").remove(id, { slug: "posts:write", system: false });
    },
    "a group that is deleted": async ({ which, add, organizationId }, from) => {
      await add("ann");
      await add("dan");
      takeWrites(current());
      await from.life("Group").remove(which.groupId, { organizationId, name: "Writers" });
    },
    "members of a group": async ({ which, add, of }, from) => {
      await add("ann");
      await add("dan");
      takeWrites(current());
      const added = ["ann", "cleo", "dan"].map((person) => of(person).membershipId);
      await from.life("GroupMembers").remove("it", { ...which, organizationMembershipIds: added, added });
    },
    "roles of a group": async ({ which, add }, from) => {
      await add("ann");
      await add("dan");
      takeWrites(current());
      await from.life("GroupRoleAssignments").remove("it", { ...which, added: ["editor"] });
    },
  };

  test.each(Object.keys(losses))("%s, and refuses it before anything is sent", async (what) => {
    const there = await team();
    const error = await failure(losses[what]?.(there, run({ maxRemovals: { people: 2 } })) ?? Promise.resolve());
    expect(error.message).toMatch(/would take rights from 3 people of Acme \(.*ann\.acme@example\.com.*\)/);
    expect(error.message).toContain(
      "a run may take access from 2 (workos:maxRemovals). If that is meant, override once with WORKOS_OVERRIDE_MAX_REMOVALS=1",
    );
    expect(takeWrites(current())).toEqual([]);
  });

  test.each(Object.keys(losses))("%s, and lets it go where as many may lose access", async (what) => {
    const there = await team();
    await losses[what]?.(there, run({ maxRemovals: { people: 3 } }));
    expect(takeWrites(current())).not.toEqual([]);
  });

  test("single members of a group, and single roles on a resource", async () => {
    const { which, of, add, organizationId } = await team();
    await add("dan");
    const from = run({ maxRemovals: { people: 1 } });
    const out = (person: string) => ({ ...which, organizationMembershipId: of(person).membershipId });
    await from.life("GroupMembership").remove("it", out("cleo"));
    const error = await failure(from.life("GroupMembership").remove("it", out("dan")));
    expect(error.message).toMatch(/^Refused: taking om_\w+ out of the group group_\w+ would take rights from 1 person/);
    expect(error.message).toContain("after 1 in this run already");

    const { api } = current();
    current().control.addRole({ slug: "viewer", resourceType: "project" });
    const { id: resource_id } = await api.authorizationResources.create({
      organization_id: organizationId,
      external_id: "apollo",
      name: "Apollo",
      resource_type_slug: "project",
    });
    const given = { organization_membership_id: of("ann").membershipId, role_slug: "viewer", resource_id };
    const { id } = await api.roleAssignments.assign(given);
    const state = { organizationMembershipId: of("ann").membershipId, roleSlug: "viewer", resourceTypeSlug: "project" };
    const last = await failure(from.life("RoleAssignment").remove(id, { ...state, resourceExternalId: "apollo" }));
    expect(last.message).toContain("would take rights from 1 person of Acme (ann.acme@example.com)");
  });

  test("a person once, whatever else is taken from them", async () => {
    const { of } = await team();
    const from = run({ maxRemovals: { people: 3 } });
    const { life, id, outs } = await editorOf(run({}));
    await current().api.roles.setPermissions({ slug: "editor", permissions: ["a", "b", "c"] });
    const role = (permissions: string[]) => ({ slug: "editor", name: "Editor", permissions });
    let state = { ...outs, permissions: ["a", "b", "c"] };
    for (const left of [["a", "b"], ["a"], []]) {
      state = { ...state, ...(await from.life("EnvironmentRole").update(id, state, role(left))) };
    }
    await from.life("OrganizationMembership").remove(of("ann").membershipId, of("ann").inputs);
    const error = await failure(from.life("OrganizationMembership").remove(of("dan").membershipId, of("dan").inputs));
    expect(error.message).toContain(
      "this run has taken access from 3 people of Acme and may take it from 3 by workos:maxRemovals, and dan.acme@example.com would be one more",
    );
    expect(life).toBeDefined();
  });

  test("nobody by a group that gives nothing, a role that is only given more, or somebody suspended", async () => {
    const { which, of, organizationId, add } = await team();
    const { api } = current();
    const from = run({ maxRemovals: { people: 0 } });
    const { id } = await api.groups.create({ organization_id: organizationId, name: "Idle" });
    const idle = { organizationId, groupId: id };
    await api.groupMemberships.add({
      organization_id: organizationId,
      group_id: id,
      organization_membership_id: of("dan").membershipId,
    });
    await from.life("GroupMembership").remove("it", { ...idle, organizationMembershipId: of("dan").membershipId });
    const life = from.life("EnvironmentRole");
    const state = { slug: "editor", name: "editor", permissions: ["posts:write", "posts:read"], adopt: "require" };
    const { id: role, outs } = await life.create(state);
    await life.update(role, outs, { ...state, permissions: [...state.permissions, "posts:pin"] });
    await add("dan");
    await api.organizationMemberships.deactivate({ id: of("dan").membershipId });
    await from.life("GroupMembership").remove("it", { ...which, organizationMembershipId: of("dan").membershipId });
    expect(editor()?.permissions).toContain("posts:pin");
  });

  test("each organization that has the role, of which any may refuse", async () => {
    await team();
    const beta = await team("Beta");
    await beta.add("dan");
    const error = await failure(
      losses["a permission of a role"]?.(beta, run({ maxRemovals: { people: 3 } })) ?? Promise.resolve(),
    );
    expect(error.message).toContain("would take rights from 4 people of Beta");
  });

  test("and refuses where nobody can be counted", async () => {
    const there = await team();
    current().control.faults.add({
      method: "GET",
      path: "/authorization/groups/{group_id}/role_assignments",
      status: 403,
    });
    const error = await failure(
      losses["a permission of a role"]?.(there, run({ maxRemovals: { people: 9 } })) ?? Promise.resolve(),
    );
    expect(error.message).toMatch(
      /^Refused: from whom taking posts:write from the role editor takes rights could not be counted/,
    );
    expect(takeWrites(current())).toEqual([]);
  });

  test("with each list read once for all changes of a run", async () => {
    await team();
    await team("Beta");
    const from = run({ maxRemovals: { people: 9 } });
    const { outs, id } = await editorOf(run({}));
    await current().api.roles.setPermissions({ slug: "editor", permissions: ["a", "b", "c"] });
    takeCalls(current());
    let state = { ...outs, permissions: ["a", "b", "c"] };
    for (const permissions of [["a", "b"], ["a"], []]) {
      const role = { slug: "editor", name: "Editor", permissions };
      state = { ...state, ...(await from.life("EnvironmentRole").update(id, state, role)) };
    }
    const reads = takeCalls(current()).filter((call) => call.startsWith("GET "));
    // Organizations; and of each its members, its groups, what the one group gives, and who is in it.
    expect(reads).toHaveLength(1 + 2 * 4);
  });
});

describe("minAdmins counts admins by a group", () => {
  /** Ann is an admin by her membership, Cleo by the group. */
  async function admins() {
    const there = await team();
    const { api } = current();
    await api.organizationMemberships.update({ id: there.of("ann").membershipId, role_slug: "admin" });
    await there.give("admin");
    takeCalls(current());
    return there;
  }
  const membership = (from: Run, { of }: Team, person: string) =>
    from.life("OrganizationMembership").remove(of(person).membershipId, of(person).inputs);

  test("so that the last one by a membership may go", async () => {
    const there = await admins();
    await membership(run({ minAdmins: 1 }), there, "ann");
    expect(await adminsOf(current(), there.organizationId)).toEqual([]);
  });

  test("and whoever is one by it has to stay, where too few are left without", async () => {
    const there = await admins();
    await membership(run({}), there, "ann");
    const error = await failure(membership(run({ minAdmins: 1 }), there, "cleo"));
    expect(error.message).toMatch(
      /^Refused: Acme would be left with 0 active admins, fewer than workos:minAdmins = 1, because cleo\.acme@example\.com would lose access/,
    );
  });

  const takings: Record<string, (there: Team, from: Run) => Promise<unknown>> = {
    "the group": ({ which, organizationId }, from) =>
      from.life("Group").remove(which.groupId, { organizationId, name: "Writers" }),
    "its member": ({ which, of }, from) =>
      from.life("GroupMembership").remove("it", { ...which, organizationMembershipId: of("cleo").membershipId }),
    "the list of its members": ({ which, of }, from) => {
      const added = [of("cleo").membershipId];
      return from.life("GroupMembers").remove("it", { ...which, organizationMembershipIds: added, added });
    },
    "the role that it gives": ({ which }, from) =>
      from.life("GroupRoleAssignments").remove("it", { ...which, added: ["admin"] }),
  };

  test.each(Object.keys(takings))("taking %s takes an admin", async (what) => {
    const there = await admins();
    const error = await failure(takings[what]?.(there, run({ minAdmins: 2 })) ?? Promise.resolve());
    expect(error.message).toMatch(
      /^Refused: Acme would be left with 1 active admin, fewer than workos:minAdmins = 2, because .* takes the admin role from cleo\.acme@example\.com\. Promote somebody first: .*WORKOS_OVERRIDE_MIN_ADMINS=1/,
    );
    expect(takeWrites(current())).toEqual([]);
    await takings[what]?.(there, run({ minAdmins: 1 }));
    expect(takeWrites(current())).not.toEqual([]);
  });

  test("but not where they are one by another way as well", async () => {
    const there = await admins();
    const { api } = current();
    const { id } = await api.groups.create({ organization_id: there.organizationId, name: "Owners" });
    await api.groupRoleAssignments.create({ group_id: id, role_slug: "admin" });
    const cleo = { organization_id: there.organizationId, organization_membership_id: there.of("cleo").membershipId };
    await api.groupMemberships.add({ ...cleo, group_id: id });
    await takings["the group"]?.(there, run({ minAdmins: 2 }));
  });

  test("and refuses where they cannot be counted", async () => {
    const there = await admins();
    current().control.faults.add({ method: "GET", path: "/organizations/{organization_id}/groups", status: 403 });
    const error = await failure(membership(run({ minAdmins: 1 }), there, "ann"));
    expect(error.message).toMatch(/^Refused: how many admins Acme has by its groups could not be counted/);
    expect(takeWrites(current())).toEqual([]);
  });

  test("without asking for groups where enough are left without any", async () => {
    const there = await admins();
    const { of } = there;
    await current().api.organizationMemberships.update({ id: of("ben").membershipId, role_slug: "admin" });
    await current().api.organizationMemberships.update({ id: of("dan").membershipId, role_slug: "admin" });
    takeCalls(current());
    const from = run({ minAdmins: 1 });
    const life = from.life("OrganizationMembership");
    const state = { ...of("dan").inputs, roleSlugs: ["admin"], status: "active", __inputs: "roleSlug" };
    await life.update(of("dan").membershipId, state, { ...of("dan").inputs, roleSlug: "member" });
    expect(takeCalls(current()).filter((call) => call.includes("group"))).toEqual([]);
  });
});
