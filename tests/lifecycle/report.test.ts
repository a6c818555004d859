/** Every change of somebody's access is said by the run that makes it: who, from what to what, and where. */
import { PartialFailure } from "../../provider/lifecycle";
import { failure, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed, organizationOf, userNamed } from "./support/people";
import { startRun } from "./support/run";

const current = useWorld();
const root = "/user_management/organization_memberships";

/** A membership that the program declares, and what a run that changes it says. */
async function change(from: object, to: object, meanwhile: (id: string) => unknown = () => undefined) {
  const userId = await userNamed(current(), "ann");
  const organizationId = await organizationNamed(current(), "Acme");
  const life = startRun(current()).life("OrganizationMembership");
  const { id, outs } = await life.create({ userId, organizationId, ...from });
  await meanwhile(id);
  const { props } = await refreshed(life, id, outs);
  const run = startRun(current());
  await run.life("OrganizationMembership").update(id, props, { userId, organizationId, ...to });
  return run.said;
}

describe("a membership", () => {
  test.each([
    [
      "role",
      { roleSlug: "member" },
      { roleSlug: "admin" },
      "The role of ann@example.com in Acme is changed from member (as last recorded) to admin.",
    ],
    [
      "roles",
      { roleSlugs: ["member"] },
      { roleSlugs: ["admin", "member"] },
      "The roles of ann@example.com in Acme are changed from member (as last recorded) to admin, member.",
    ],
    ["status", { status: "active" }, { status: "inactive" }, "ann@example.com is suspended in Acme."],
    ["status back", { status: "inactive" }, { status: "active" }, "ann@example.com has access to Acme again (member)."],
  ])("whose %s the program changes", async (_what, from, to, line) => {
    expect(await change(from, to)).toEqual([line]);
  });

  it("whose role somebody else has changed, which a run with a refresh puts right", async () => {
    const member = { roleSlug: "member" };
    const drifts = (id: string) => current().api.organizationMemberships.update({ id, role_slug: "admin" });
    expect(await change(member, member, drifts)).toEqual([
      "The role of ann@example.com in Acme is changed from admin (as last recorded) to member.",
    ]);
  });

  it("of somebody who is suspended stays without access, which is said with the role", async () => {
    const [before, after] = [
      { roleSlug: "member", status: "inactive" },
      { roleSlug: "admin", status: "inactive" },
    ];
    expect(await change(before, after)).toEqual([
      "The role of ann@example.com in Acme is changed from member (as last recorded) to admin; they are suspended there.",
    ]);
  });

  it("that is made for somebody suspended is no gain, and one whose suspension fails is", async () => {
    const inputs = {
      userId: await userNamed(current(), "ann"),
      organizationId: await organizationNamed(current(), "Acme"),
      status: "inactive",
    };
    const fault = current().control.faults.add({ method: "PUT", path: `${root}/{id}/deactivate`, status: 422 });
    const failed = startRun(current());
    await failure(failed.life("OrganizationMembership").create(inputs));
    expect(failed.said).toEqual(["ann@example.com gains access to Acme (member)."]);
    current().control.faults.remove(fault);
    const [{ id = "" } = {}] = current().control.state().organizationMemberships;
    await current().api.organizationMemberships.delete({ id });
    const run = startRun(current());
    await run.life("OrganizationMembership").create(inputs);
    expect(run.said).toEqual(["ann@example.com is suspended in Acme."]);
  });

  it("is said to be given back only once it is, and with which roles", async () => {
    const { of } = await organizationOf(current(), { ann: "member" });
    const { membershipId: id, inputs } = of("ann");
    await current().api.organizationMemberships.deactivate({ id });
    const fault = current().control.faults.add({ method: "POST", path: root, status: 422 });
    const adopting = { ...inputs, roleSlug: "admin", adopt: "if-exists" };
    const failed = startRun(current());
    await failure(failed.life("OrganizationMembership").create(adopting));
    expect(failed.said).toEqual([]);
    current().control.faults.remove(fault);
    const run = startRun(current());
    await run.life("OrganizationMembership").create(adopting);
    expect(run.said).toEqual([
      "The suspension of ann.acme@example.com in Acme is lifted.",
      `Adopted the organization membership of ann.acme@example.com in Acme (${id}). The roles are changed from member to admin.`,
    ]);
  });
});

test("what a role allows: who has it may do something now, and something else no longer", async () => {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs = { organizationId, slug: "org-billing", name: "Billing", permissions: ["users:read"] };
  const first = startRun(current());
  const { id, outs } = await first.life("OrganizationRole").create(inputs);
  const run = startRun(current());
  const life = run.life("OrganizationRole");
  const state = await life.update(id, outs, { ...inputs, permissions: ["users:write"] });
  await life.remove(id, state);
  expect(run.said).toEqual([
    `Whoever has the role org-billing of ${organizationId} may users:write now and may no longer users:read.`,
    `The role org-billing of ${organizationId} is deleted; nobody had it any more.`,
  ]);
});

test("what a role of the environment allows, and that it stays", async () => {
  const adopting = { slug: "member", name: "Member", permissions: ["posts:read"], adopt: "if-exists" };
  const first = startRun(current());
  const { id, outs } = await first.life("EnvironmentRole").create(adopting);
  expect(first.said).toEqual([
    "Whoever has the role member may posts:read now.",
    `Adopted the environment role member (${id}): permissions changed.`,
  ]);
  const run = startRun(current());
  const life = run.life("EnvironmentRole");
  const state = await life.update(id, outs, { ...adopting, permissions: ["posts:write"] });
  await life.remove(id, state);
  const nothing = await life.update(id, state, { ...adopting, permissions: [] });
  await life.remove(id, nothing);
  expect(run.said).toEqual([
    "Whoever has the role member may posts:write now and may no longer posts:read.",
    "The environment role member stays: whoever has it keeps it and may posts:write. Only the WorkOS dashboard deletes one.",
    "Whoever has the role member may no longer posts:write.",
    "The environment role member stays: whoever has it keeps it. Only the WorkOS dashboard deletes one.",
  ]);
});

describe("a permission that goes", () => {
  const pay = { slug: "bills:pay", name: "Pay bills" };

  test("is taken from whoever had it by a role", async () => {
    const run = startRun(current());
    const life = run.life("Permission");
    const { id, outs } = await life.create(pay);
    current().control.addRole({ slug: "clerk", permissions: ["bills:read", "bills:pay"] });
    await life.remove(id, outs);
    const again = await life.create(pay);
    run.context.replacing.set(again.id, { ...pay, resourceTypeSlug: "invoice" });
    await life.remove(again.id, again.outs);
    await life.remove(again.id, again.outs);
    const own = "had it by a role of an organization's own";
    expect(run.said).toEqual([
      `The permission bills:pay is deleted: whoever has the role clerk, or ${own}, may no longer bills:pay.`,
      `The permission bills:pay is deleted: whoever ${own} may no longer bills:pay. No role has the one in its place yet: \`pulumi up --refresh\` gives it to those that this program declares with it.`,
      "The permission bills:pay was deleted already.",
    ]);
    expect(
      current()
        .control.state()
        .roles.find(({ slug }) => slug === "clerk")?.permissions,
    ).toEqual(["bills:read"]);
  });

  test("is not the one that somebody else has made since", async () => {
    const run = startRun(current());
    const { id, outs } = await run.life("Permission").create(pay);
    await current().api.permissions.delete({ slug: "bills:pay" });
    current().clock.advance(1_000);
    await current().api.permissions.create({ slug: "bills:pay", name: "Another" });
    expect(await run.life("Permission").read(id, outs)).toEqual({ id: "" });
    await run.life("Permission").remove(id, outs);
    expect(current().control.state().permissions).toMatchObject([{ name: "Another" }]);
  });

  test("is retained where that is wanted, and one of WorkOS's own can only be", async () => {
    current().control.addPermission({ slug: "widgets:manage", name: "Widgets", system: true });
    const widgets = { slug: "widgets:manage", name: "Widgets", adopt: "require" };
    const { id, outs } = await startRun(current()).life("Permission").create(widgets);
    const run = startRun(current());
    const life = run.life("Permission");
    await life.remove(id, outs);
    expect(run.said.at(-1)).toBe("The permission widgets:manage is retained, with the roles that have it.");
    const ending = await failure(life.remove(id, { ...outs, onDestroy: "delete" }));
    expect(ending.message).toContain("is one of WorkOS's own and cannot be deleted");
    const renaming = await failure(life.update(id, outs, { ...widgets, name: "Mine" }));
    expect(renaming.message).toContain(
      "widgets:manage is one of WorkOS's own: declare its name and description as they are.",
    );
  });
});

test.each([
  ["EnvironmentRole", { slug: "member", name: "Member" }, "environment role member", "organization"],
  ["Permission", { slug: "bills:pay", name: "Pay" }, "permission bills:pay", "organization"],
] as const)(
  "%s: what is there for another resource type is neither taken over nor in the way unsaid",
  async (kind, inputs, what, type) => {
    if (kind === "Permission") await current().api.permissions.create(inputs);
    const life = startRun(current()).life(kind);
    for (const adopt of ["never", "if-exists"]) {
      const refused = await failure(life.create({ ...inputs, adopt, resourceTypeSlug: "project" }));
      expect(refused.message).toContain(
        `The ${what} exists already, for the resource type ${type}, and WorkOS cannot make it one for project.`,
      );
    }
    current().wire.clear();
    await life.create({ ...inputs, adopt: "if-exists", resourceTypeSlug: "organization" });
    expect(current().wire.writes()).toEqual([]);
  },
);

test("a permission that has to exist and does not: what to do, and the role that is made already is recorded", async () => {
  current().control.switches.set({ unknownPermissions: "refuse" });
  const run = startRun(current());
  const inputs = { slug: "clerk", name: "Clerk", permissions: ["bills:pay"], onDestroy: "retain" };
  const refused = await failure(run.life("EnvironmentRole").create(inputs));
  expect(refused.message).toContain("Permission not found: 'bills:pay'");
  expect(refused.message).toContain("declare it as a Permission, and name it by its slug output");
  if (!(refused instanceof PartialFailure)) throw refused;
  current().control.addPermission({ slug: "bills:pay" });
  const state = await run.life("EnvironmentRole").update(refused.id, refused.properties, inputs);
  expect(state).toMatchObject({ permissions: ["bills:pay"] });
});

test("an invitation whose role changes, by both halves of its replacement", async () => {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs = { email: "gus@example.com", organizationId, roleSlug: "member" };
  const { id, outs } = await startRun(current()).life("Invitation").create(inputs);
  const run = startRun(current());
  const admin = { ...inputs, roleSlug: "admin" };
  run.context.replacing.set(id, admin);
  await run.life("Invitation").remove(id, outs);
  const { id: next, outs: state } = await run.life("Invitation").create(admin);
  run.context.replacing.clear();
  await run.life("Invitation").remove(next, state);
  expect(run.said).toEqual([
    "The invitation of gus@example.com as member is revoked, to be sent anew as admin.",
    "gus@example.com is invited as admin.",
    "gus@example.com is no longer invited.",
  ]);
});

test("an API key: until when it works, what its successor may, and that it works no longer", async () => {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs = { organizationId, name: "CI", permissions: ["users:read"] };
  const { id, outs } = await startRun(current()).life("OrganizationApiKey").create(inputs);
  const run = startRun(current());
  const life = run.life("OrganizationApiKey");
  const dated = await life.update(id, outs, { ...inputs, expiresAt: "2042-01-01T00:00:00Z" });
  const state = await life.update(id, dated, inputs);
  run.context.replacing.set(id, { ...inputs, permissions: ["users:write"] });
  await life.remove(id, state);
  const shown = String(outs.obfuscatedValue);
  expect(run.said).toEqual([
    expect.stringMatching(/^The API key "CI" \(sk_\S+\) works until 2042-01-01T00:00:00\.000Z now\.$/),
    `The API key "CI" (${shown}) works until it is deleted now.`,
    `The old API key "CI" (${shown}), which may users:read, no longer works; the one in its place may users:write.`,
  ]);
});

test("an account that gets another address", async () => {
  const life = startRun(current()).life("User");
  const { id, outs } = await life.create({ email: "ann@example.com" });
  const run = startRun(current());
  await run.life("User").update(id, outs, { email: "bea@example.com" });
  expect(run.said).toEqual([`The account ${id} has the address bea@example.com now, with all its access.`]);
});

test("a resource that was only renamed in the program is told of aliases, before adopt", async () => {
  const life = startRun(current()).life("User");
  await life.create({ email: "ann@example.com" });
  const { message } = await failure(startRun(current()).life("User").create({ email: "ann@example.com" }));
  expect(message).toMatch(
    /another name in the program than before, name the former one with the option aliases.*adopt/,
  );
});

describe("who was said to keep access, and loses it after all in the same run", () => {
  it("is named by what ends it", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    const userId = await userNamed(current(), "ann");
    const run = startRun(current());
    const inputs = { userId, organizationId, onDestroy: "retain" };
    const { id, outs } = await run.life("OrganizationMembership").create(inputs);
    run.said.length = 0;
    await run.life("OrganizationMembership").remove(id, outs);
    await run.life("Organization").remove(organizationId, { name: "Acme" });
    await run.life("User").remove(userId, { email: "ann@example.com" });
    expect(run.said).toEqual([
      "ann@example.com keeps access to Acme: the membership is retained.",
      "The organization Acme is deleted: everybody in it loses access to it, also what this run has said to be kept (ann@example.com). That is 1 person, no admin: ann@example.com.",
      `ann@example.com (${userId}) loses all access: the user is deleted, also what this run has said to be kept (ann@example.com).`,
    ]);
  });

  it("is not said to keep access while suspended", async () => {
    const { of } = await organizationOf(current(), { ann: "member" });
    const { membershipId, inputs } = of("ann");
    await current().api.organizationMemberships.deactivate({ id: membershipId });
    const run = startRun(current());
    await run.life("OrganizationMembership").remove(membershipId, { ...inputs, onDestroy: "retain" });
    expect(run.said).toEqual(["ann.acme@example.com stays suspended in Acme: the membership is retained."]);
  });
});
