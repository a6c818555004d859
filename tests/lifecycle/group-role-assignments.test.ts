/** What a group gives: which roles are given and taken, which are left alone, and what is said of it. */
import { PartialFailure } from "../../provider/lifecycle";
import { type Inputs, type State } from "../../provider/declare/resource";
import { complaints } from "../support/checking";
import { failure, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { groupBeside } from "./support/groups";
import { startRun } from "./support/run";

const current = useWorld();

async function started(mode?: "additive" | "authoritative") {
  current().control.addRole({ slug: "editor" });
  const group = await groupBeside(current(), "ann", "ben");
  const { organizationId, groupId } = group;
  const inputs = (...slugs: readonly string[]): Inputs => ({
    ...(mode ? { mode } : {}),
    organizationId,
    groupId,
    roleAssignments: slugs.map((roleSlug) => ({ roleSlug })),
  });
  return { ...group, inputs };
}
const run = () => {
  const begun = startRun(current());
  return { said: begun.said, given: begun.life("GroupRoleAssignments") };
};
async function next(id: string, state: State, wanted: Inputs) {
  const { given } = run();
  const { props } = await refreshed(given, id, state);
  return given.diff(props, wanted).changes ? given.update(id, props, wanted) : props;
}

describe("an additive list", () => {
  it("gives what is missing, leaves the rest alone, and takes what it has given", async () => {
    const { inputs, give, roles } = await started();
    await give("admin");
    const { id, outs } = await run().given.create(inputs("editor", "member"));
    expect(roles()).toEqual(["admin", "editor", "member"]);
    const fewer = await next(id, outs, inputs("member"));
    expect(roles()).toEqual(["admin", "member"]);
    await run().given.remove(id, fewer);
    expect(roles()).toEqual(["admin"]);
  });

  it("does not take what it has found given", async () => {
    const { inputs, give, roles } = await started();
    await give("editor");
    const { id, outs } = await run().given.create(inputs("editor"));
    const none = await next(id, outs, inputs());
    expect(roles()).toEqual(["editor"]);
    expect(run().given.diff(none, inputs())).toEqual(noChange);
    await run().given.remove(id, none);
    expect(roles()).toEqual(["editor"]);
  });

  it("takes a role for given that somebody else gives at the same moment", async () => {
    const { inputs, roles, give, groupId } = await started();
    current().control.faults.add({ method: "POST", status: 503, when: "after" });
    const { outs } = await run().given.create(inputs("editor"));
    expect(roles()).toEqual(["editor"]);
    expect(outs.added).toEqual(["editor"]);
    await expect(give("editor")).rejects.toThrow("duplicate_group_role_assignment");
    expect(groupId).toMatch(/^group_/);
  });
});

describe("an authoritative list", () => {
  it("takes nothing when it is made, names the rest, and ends that in the next run", async () => {
    const { inputs, give, roles } = await started("authoritative");
    await give("admin");
    const first = run();
    const { id, outs } = await first.given.create(inputs("editor"));
    expect(roles()).toEqual(["admin", "editor"]);
    expect(first.said).toEqual([
      "The group Engineering gives editor now; nobody is in it.",
      "The group Engineering gives what its authoritative list does not name: admin. The next `pulumi up` ends that.",
    ]);
    expect(first.given.diff(outs, inputs("editor")).changes).toBe(true);
    await run().given.update(id, outs, inputs("editor"));
    expect(roles()).toEqual(["editor"]);
  });

  it("takes no role that no plan has shown, in one call for all", async () => {
    const { inputs, give, roles } = await started("authoritative");
    const { id, outs } = await run().given.create(inputs("editor"));
    await give("admin");
    current().wire.clear();
    const later = await run().given.update(id, outs, inputs("member"));
    expect(current().wire.writes()).toHaveLength(1);
    expect(roles()).toEqual(["admin", "member"]);
    await next(id, later, inputs("member"));
    expect(roles()).toEqual(["member"]);
  });

  it("takes all that is on record when it is removed", async () => {
    const { inputs, give, roles } = await started("authoritative");
    await give("member");
    const { id, outs } = await run().given.create(inputs("member", "editor"));
    await give("admin");
    await run().given.remove(id, outs);
    expect(roles()).toEqual(["admin"]);
  });
});

it("says to whom roles are given and from whom they are taken", async () => {
  const { inputs, add } = await started();
  await add("ann");
  await add("ben");
  const { said, given } = run();
  const { id, outs } = await given.create(inputs("editor", "admin"));
  const fewer = await given.update(id, outs, inputs("editor"));
  await given.remove(id, { ...fewer, onDestroy: "retain" });
  expect(said).toEqual([
    "The group Engineering gives admin, editor now to 2 people: ann@example.com, ben@example.com.",
    "The group Engineering no longer gives admin to 2 people: ann@example.com, ben@example.com.",
    "The group Engineering goes on giving editor: its roles are retained.",
  ]);
});

it("is satisfied by a role that is named by the organization's own id or type", async () => {
  const { organizationId, groupId } = await started();
  const { given } = run();
  const byType = {
    organizationId,
    groupId,
    roleAssignments: [{ roleSlug: "editor", resourceExternalId: organizationId, resourceTypeSlug: "organization" }],
  };
  const { id, outs } = await given.create(byType);
  expect(given.diff(outs, byType)).toEqual(noChange);
  const { props, inputs } = await refreshed(given, id, outs);
  expect(inputs).toEqual(byType);
  expect(given.diff(props, { ...byType, roleAssignments: [{ roleSlug: "editor" }] })).toEqual(noChange);
});

describe("where some of several fail", () => {
  it("what was done is recorded, and the next run does the rest", async () => {
    const { inputs, roles } = await started();
    const wanted = inputs("editor", "nope");
    const error = await failure(run().given.create(wanted));
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.message).toContain("1 of 2 changes failed:\n  nope: ");
    expect(roles()).toEqual(["editor"]);
    current().control.addRole({ slug: "nope" });
    const updated = await run().given.update(error.id, error.properties, wanted);
    expect(roles()).toEqual(["editor", "nope"]);
    expect(run().given.diff(updated, wanted)).toEqual(noChange);
  });
});

describe("check", () => {
  const wrong = (role: Inputs) => complaints("GroupRoleAssignments", { roleAssignments: [role] }).roleAssignments;
  const remedy = "give resourceId, or resourceExternalId and resourceTypeSlug, or none of them for the organization";

  it("says of a resource that is named twice, or by half, how to name it", () => {
    expect(wrong({ roleSlug: "editor", resourceId: "r", resourceTypeSlug: "project" })).toBe(
      `[0] names its resource twice; ${remedy}`,
    );
    expect(wrong({ roleSlug: "editor", resourceTypeSlug: "project" })).toBe(
      `[0] names its resource by half; ${remedy}`,
    );
    expect(wrong({ roleSlug: "editor", resourceId: "r" })).toBeUndefined();
  });

  it("says how many there may be", () => {
    const many = Array.from({ length: 101 }, (_, at) => ({ roleSlug: `role-${at}` }));
    expect(complaints("GroupRoleAssignments", { roleAssignments: many })).toEqual({
      roleAssignments: "must have at most 100 roles (it has 101)",
    });
  });
});
