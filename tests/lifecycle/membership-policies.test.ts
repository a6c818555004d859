import { PartialFailure } from "../../provider/lifecycle";
import { type State } from "../../provider/declare/resource";
import { failure, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed, userNamed } from "./support/people";
import { type Run, startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();
const root = "/user_management/organization_memberships";

const kind = "OrganizationMembership";
const memberships = (run: Run = startRun(current())) => run.life(kind);
const remote = () => current().control.state().organizationMemberships;

async function pair() {
  const userId = await userNamed(current(), "ann");
  return { userId, organizationId: await organizationNamed(current(), "Acme") };
}

async function member(more: object = {}) {
  const inputs = { ...(await pair()), roleSlug: "member", ...more };
  const { id, outs } = await memberships().create(inputs);
  current().wire.clear();
  return { id, inputs, outs };
}

/** What an invitation has left until it is accepted. */
async function invited() {
  const inputs = await pair();
  await current().api.invitations.send({ email: "ann@example.com", organization_id: inputs.organizationId });
  current().wire.clear();
  const [pending] = remote();
  if (pending?.status !== "pending") throw new Error("there is no pending membership");
  return { id: pending.id, inputs };
}

describe("creating one", () => {
  it("lifts no suspension that somebody put there since this run has made the user", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    const run = startRun(current());
    const { id: userId } = await run.life("User").create({ email: "ann@example.com" });
    const theirs = await current().api.organizationMemberships.create({
      user_id: userId,
      organization_id: organizationId,
    });
    await current().api.organizationMemberships.deactivate({ id: theirs.id });
    const error = await failure(memberships(run).create({ userId, organizationId, roleSlug: "admin" }));
    expect(error.message).toContain(`exists already: ${theirs.id} (inactive, member)`);
    expect(remote().map(({ status }) => status)).toEqual(["inactive"]);
  });
});

it("tells of nobody who is made a suspended member that they gain access", async () => {
  const run = startRun(current());
  await memberships(run).create({ ...(await pair()), status: "inactive" });
  expect(run.said).toEqual(["ann@example.com is suspended in Acme."]);
});

it.each(["malformed", "truncated"] as const)(
  "says of nobody that they gain access where a suspension was answered with %s JSON",
  async (corrupt) => {
    const path = "/user_management/organization_memberships/{id}/deactivate";
    current().control.faults.add({ path, times: null, when: "after", corrupt });
    const run = startRun(current());
    const inputs = await pair();
    await failure(memberships(run).create({ ...inputs, status: "inactive" }));
    expect(run.said).toEqual([]);
    expect(remote().map(({ status }) => status)).toEqual(["inactive"]);
  },
);

it("tells who gains access although the suspension that was to follow failed", async () => {
  const run = startRun(current());
  const inputs = await pair();
  current().control.faults.add({ path: "/user_management/organization_memberships/{id}/deactivate", status: 422 });
  await failure(memberships(run).create({ ...inputs, status: "inactive" }));
  expect(run.said).toEqual(["ann@example.com gains access to Acme (member)."]);
});

it("does not say that a suspension is lifted where lifting it failed", async () => {
  const run = startRun(current());
  const { inputs } = await member({ status: "inactive" });
  current().control.faults.add({ path: "/user_management/organization_memberships", method: "POST", status: 422 });
  await failure(memberships(run).create({ ...inputs, status: "active", roleSlug: "admin", adopt: "if-exists" }));
  expect(run.said).toEqual([]);
});

describe("removing it from the program", () => {
  it.each([
    [undefined, [], "ann@example.com loses access to Acme."],
    ["delete", [], "ann@example.com loses access to Acme."],
    ["deactivate", ["inactive"], "ann@example.com is suspended in Acme: the membership is deactivated."],
    ["retain", ["active"], "ann@example.com keeps access to Acme: the membership is retained."],
  ])("with onDestroy %s leaves %j, and says so", async (onDestroy, left, line) => {
    const { id, outs } = await member({ roleSlug: "admin", onDestroy });
    const run = startRun(current());
    await memberships(run).remove(id, outs);
    expect(remote().map(({ status }) => status)).toEqual(left);
    expect(remote().map(({ role }) => role.slug)).toEqual(left.map(() => "admin"));
    expect(run.said).toEqual([line]);
  });

  it.each([
    ["delete", [], "ann@example.com is no longer a suspended member of Acme."],
    ["deactivate", ["inactive"], undefined],
    ["retain", ["inactive"], "ann@example.com stays suspended in Acme: the membership is retained."],
  ])("with onDestroy %s speaks of nobody's access where it was suspended", async (onDestroy, left, line) => {
    const { id, outs } = await member({ status: "inactive", onDestroy });
    const run = startRun(current());
    await memberships(run).remove(id, outs);
    expect(remote().map(({ status }) => status)).toEqual(left);
    expect(run.said).toEqual(line === undefined ? [] : [line]);
  });

  it("takes a change of onDestroy alone, without a call", async () => {
    const { id, inputs, outs } = await member();
    const state = await memberships().update(id, outs, { ...inputs, onDestroy: "retain" });
    expect(takeCalls(current())).toEqual([]);
    await memberships().remove(id, state);
    expect(remote()).toHaveLength(1);
  });

  it("suspends nobody a second time, and is content when it is gone", async () => {
    const { id, outs } = await member({ onDestroy: "deactivate" });
    await current().api.organizationMemberships.deactivate({ id });
    current().wire.clear();
    await memberships().remove(id, outs);
    expect(takeWrites(current())).toEqual([]);
    await current().api.organizationMemberships.delete({ id });
    await memberships().remove(id, outs);
  });

  it("deletes a pending one, which cannot be suspended", async () => {
    const { id, inputs } = await invited();
    const run = startRun(current());
    const { outs } = await memberships().create({ ...inputs, adopt: "require", onDestroy: "deactivate" });
    await memberships(run).remove(id, outs);
    expect(remote()).toEqual([]);
    expect(run.said).toEqual(["ann@example.com is no longer expected in Acme."]);
  });

  it("says that a directory may bring it back", async () => {
    const { id, outs } = await member();
    current().control.setDirectoryManaged(id, true);
    const run = startRun(current());
    await memberships(run).remove(id, outs);
    expect(run.said).toEqual([
      "ann@example.com loses access to Acme; the directory sync that manages it may bring it back.",
    ]);
  });
});

describe("creating it", () => {
  it("says who gains access, and by which roles", async () => {
    const run = startRun(current());
    await memberships(run).create({ ...(await pair()), roleSlugs: ["member", "admin"] });
    expect(run.said).toEqual(["ann@example.com gains access to Acme (member, admin)."]);
  });

  it("over a suspended one is a conflict: a suspension is never lifted silently", async () => {
    const { id, inputs } = await member();
    await current().api.organizationMemberships.deactivate({ id });
    const error = await failure(memberships().create({ ...inputs, roleSlug: "admin" }));
    expect(error.message).toContain(`exists already: ${id} (inactive, member)`);
    expect(remote()).toMatchObject([{ status: "inactive", role: { slug: "member" } }]);
  });

  it("over a pending one is a conflict that explains what pending means", async () => {
    const { id, inputs } = await invited();
    const error = await failure(memberships().create(inputs));
    expect(error.message).toContain(`${id} (pending: it waits for an invitation to be accepted, member)`);
  });

  it("over a pending one as inactive explains that it cannot be suspended, and loses sight of nothing", async () => {
    const { id, inputs } = await invited();
    const error = await failure(memberships().create({ ...inputs, status: "inactive", adopt: "if-exists" }));
    expect(error).toBeInstanceOf(PartialFailure);
    expect(error).toMatchObject({ id, properties: { status: "pending", adopted: true } });
    expect(error.message).toContain("waits for an invitation to be accepted");
  });

  it("that would be active is satisfied by a pending one, and stays so when it is accepted", async () => {
    const { id, inputs } = await invited();
    const declared = { ...inputs, status: "active", adopt: "if-exists" };
    const { outs } = await memberships().create(declared);
    expect(takeWrites(current())).toEqual([]);
    const [invitation] = current().control.state().invitations;
    await current().api.invitations.accept({ id: invitation?.id ?? "" });
    const { props } = await refreshed(memberships(), id, outs);
    expect(props.status).toBe("active");
    expect(memberships().diff(props, declared)).toEqual(noChange);
  });
});

describe("one that a directory manages", () => {
  async function managed(more: object = {}) {
    const { id, inputs } = await member();
    current().control.setDirectoryManaged(id, true);
    current().wire.clear();
    const declared = { ...inputs, adopt: "if-exists", ...more };
    const { outs } = await memberships().create(declared);
    return { id, inputs: declared, outs };
  }

  it("refuses a change of role and says what would allow it", async () => {
    const { id, inputs, outs } = await managed();
    current().wire.clear();
    const error = await failure(memberships().update(id, outs, { ...inputs, roleSlug: "admin" }));
    expect(error.message).toContain("managed by a directory sync");
    expect(error.message).toContain("allowDirectoryManaged: true");
    expect(takeWrites(current())).toEqual([]);
  });

  it.each(["active", "inactive"] as const)("refuses a change of role by adopting it while %s", async (status) => {
    const { id, inputs } = await member();
    if (status === "inactive") await current().api.organizationMemberships.deactivate({ id });
    current().control.setDirectoryManaged(id, true);
    current().wire.clear();
    const wanted = { ...inputs, roleSlug: "admin", adopt: "if-exists" };
    expect((await failure(memberships().create(wanted))).message).toContain("managed by a directory sync");
    expect(takeWrites(current())).toEqual([]);
  });

  it("changes its role with allowDirectoryManaged", async () => {
    const { id, inputs, outs } = await managed({ allowDirectoryManaged: true });
    await memberships().update(id, outs, { ...inputs, roleSlug: "admin" });
    expect(remote()).toMatchObject([{ role: { slug: "admin" }, directory_managed: true }]);
  });

  it("can be suspended, which the directory does not decide", async () => {
    const { id, inputs, outs } = await managed();
    const run = startRun(current());
    const state = await memberships(run).update(id, outs, { ...inputs, status: "inactive" });
    expect(state.status).toBe("inactive");
    expect(run.said).toEqual(["ann@example.com is suspended in Acme."]);
    await memberships(run).update(id, state, { ...inputs, status: "active" });
    expect(run.said[1]).toBe("ann@example.com has access to Acme again (member).");
  });
});

describe("changed outside", () => {
  const declared = { roleSlug: "admin", status: "active" };

  const elsewhere: Record<string, (id: string) => Promise<unknown>> = {
    "its role": (id) => current().api.organizationMemberships.update({ id, role_slug: "member" }),
    "its status": (id) => current().api.organizationMemberships.deactivate({ id }),
    "its role and its status": async (id) => {
      await current().api.organizationMemberships.update({ id, role_slug: "member" });
      await current().api.organizationMemberships.deactivate({ id });
    },
  };

  it.each(Object.keys(elsewhere))("%s is found and put right", async (what) => {
    const { id, inputs, outs } = await member(declared);
    await elsewhere[what]?.(id);
    const { props } = await refreshed(memberships(), id, outs);
    expect(memberships().diff(props, inputs)).toEqual({ ...noChange, changes: true });
    const state = await memberships().update(id, props, inputs);
    expect(remote()).toMatchObject([{ id, role: { slug: "admin" }, status: "active" }]);
    expect(memberships().diff(state, inputs)).toEqual(noChange);
  });

  it("deleted: it is gone, and made again", async () => {
    const { id, inputs, outs } = await member(declared);
    await current().api.organizationMemberships.delete({ id });
    expect(await memberships().read(id, outs)).toEqual({ id: "" });
    const again = await memberships().create(inputs);
    expect(remote()).toMatchObject([{ id: again.id, role: { slug: "admin" } }]);
  });

  /** Somebody ended the membership and made it again, with another role. */
  async function recreated(more: object = {}) {
    const { id, inputs, outs } = await member({ ...declared, ...more });
    const { userId: user_id, organizationId: organization_id } = inputs;
    await current().api.organizationMemberships.delete({ id });
    const made = await current().api.organizationMemberships.create({ user_id, organization_id });
    return { id, newId: made.id, inputs, outs };
  }

  it("re-created with a new id: it is followed there and put right", async () => {
    const { id, newId, inputs, outs } = await recreated();
    const { id: found, props = {} } = await memberships().read(id, outs);
    expect(found).toBe(newId);
    await memberships().update(newId, props, inputs);
    expect(remote()).toMatchObject([{ id: newId, role: { slug: "admin" }, status: "active" }]);
  });

  it.each([
    ["delete", []],
    ["deactivate", ["inactive"]],
  ])("re-created with a new id: removing it with onDestroy %s ends that one", async (onDestroy, left) => {
    const { id, outs } = await recreated({ onDestroy });
    await memberships().remove(id, outs);
    expect(remote().map(({ status }) => status)).toEqual(left);
  });

  it("removing one looks first, so that what is said of the person is so", async () => {
    const { id, outs } = await member();
    const run = startRun(current());
    takeCalls(current());
    await memberships(run).remove(id, outs);
    expect(takeCalls(current())).toEqual([`GET ${root}/{id}`, `DELETE ${root}/{id}`]);
  });
});

it("an interrupted change of role and status keeps what was done", async () => {
  const { id, inputs, outs } = await member();
  current().control.faults.add({ path: `${root}/{id}/deactivate`, status: 403 });
  const wanted = { ...inputs, roleSlug: "admin", status: "inactive" };
  const error = (await failure(memberships().update(id, outs, wanted))) as PartialFailure;
  const state: State = error.properties;
  expect(state).toMatchObject({ roleSlug: "admin", status: "active" });
  await memberships().update(id, state, wanted);
  expect(takeWrites(current()).at(-1)).toEqual(["PUT"]);
  expect(remote()).toMatchObject([{ status: "inactive", role: { slug: "admin" } }]);
});
