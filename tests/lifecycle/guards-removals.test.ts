import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { organizationOf } from "./support/people";
import { type Run, type RunOptions, startRun, takeWrites } from "./support/run";

const current = useWorld();

const run = (guards: RunOptions["guards"]): Run => startRun(current(), { guards });
const memberships = () => current().control.state().organizationMemberships;

/** An organization of ten members. */
const ten = (name?: string) =>
  organizationOf(
    current(),
    Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`p${index}`, "member"])),
    name,
  );

type Ten = Awaited<ReturnType<typeof ten>>;

/** Removes the first of them, one after the other, and gives what went wrong. */
async function removed(from: Run, { of }: Ten, count: number): Promise<string[]> {
  const errors: string[] = [];
  for (let index = 0; index < count; index++) {
    const { membershipId, inputs } = of(`p${index}`);
    await from
      .life("OrganizationMembership")
      .remove(membershipId, inputs)
      .catch((error: unknown) => errors.push((error as Error).message));
  }
  return errors;
}

describe("maxRemovals", () => {
  it.each([
    ["a number", { people: 3 }, 3],
    ["a percentage of those who were active at first, rounded up", { fraction: 0.25 }, 3],
    ["none at all", { people: 0 }, 0],
  ])("stops at %s, names the next person and the override", async (_what, maxRemovals, allowed) => {
    const errors = await removed(run({ maxRemovals }), await ten(), 4);
    expect(memberships()).toHaveLength(10 - allowed);
    expect(errors).toHaveLength(4 - allowed);
    expect(errors[0]).toBe(
      `Refused: this run has removed ${allowed} of the ${allowed} people it may remove from Acme by workos:maxRemovals, and p${allowed}.acme@example.com would be one more. If all of them are meant to go, override once with WORKOS_OVERRIDE_MAX_REMOVALS=1 in the environment.`,
    );
  });

  it("counts each organization by itself, and each run anew", async () => {
    const [acme, beta] = [await ten(), await ten("Beta")];
    const from = run({ maxRemovals: { people: 2 } });
    expect(await removed(from, acme, 2)).toEqual([]);
    expect(await removed(from, beta, 2)).toEqual([]);
    expect(await removed(from, acme, 3)).toHaveLength(1);
    expect(await removed(run({ maxRemovals: { people: 2 } }), acme, 4)).toEqual([]);
  });

  it("counts suspensions and deleted users, and neither who is suspended already nor a change of role", async () => {
    const { of } = await ten();
    const from = run({ maxRemovals: { people: 2 } });
    const life = from.life("OrganizationMembership");
    await current().api.organizationMemberships.deactivate({ id: of("p9").membershipId });
    await life.remove(of("p9").membershipId, of("p9").inputs);
    const { outs } = await life.create({ ...of("p0").inputs, adopt: "require" });
    await life.update(of("p0").membershipId, outs, { ...of("p0").inputs, roleSlug: "admin" });
    await life.update(of("p0").membershipId, outs, { ...of("p0").inputs, status: "inactive" });
    await from.life("User").remove(of("p1").userId, { email: "p1.acme@example.com" });
    const error = await failure(life.remove(of("p2").membershipId, of("p2").inputs));
    expect(error.message).toContain("has removed 2 of the 2 people");
  });

  it("counts none whose removal failed", async () => {
    const acme = await ten();
    const from = run({ maxRemovals: { people: 2 } });
    current().control.faults.add({ method: "DELETE", status: 403, times: 2 });
    expect(await removed(from, acme, 2)).toHaveLength(2);
    expect(await removed(from, acme, 2)).toEqual([]);
  });

  it("lets everybody go with the one-time override", async () => {
    const from = run({ maxRemovals: { people: 1 }, overridden: new Set(["maxRemovals"] as const) });
    expect(await removed(from, await ten(), 10)).toEqual([]);
  });
});

describe("requireForceDestroy", () => {
  const pair = () => organizationOf(current(), { ann: "admin", ben: "member" });
  const guards = { requireForceDestroy: true };

  const removals = {
    Organization: (from: Run, { organizationId }: Awaited<ReturnType<typeof pair>>, more: object) =>
      from.life("Organization").remove(organizationId, { name: "Acme", ...more }),
    User: (from: Run, { of }: Awaited<ReturnType<typeof pair>>, more: object) =>
      from.life("User").remove(of("ann").userId, { email: "ann.acme@example.com", ...more }),
  };

  it.each([
    ["Organization", /^Refused: Acme \(org_\w+\) still has 2 active or pending members \(.*ann\.acme@example\.com/],
    ["User", /^Refused: the user ann\.acme@example\.com still has 1 membership \(Acme\) that would end as well/],
  ] as const)("refuses to delete a %s with members or memberships, and names them", async (kind, message) => {
    const error = await failure(removals[kind](run(guards), await pair(), {}));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(
      "set forceDestroy: true and run `pulumi up`, or override once with WORKOS_OVERRIDE_FORCE_DESTROY=1",
    );
    expect(takeWrites(current())).toEqual([]);
  });

  it.each(["Organization", "User"] as const)(
    "deletes a %s with forceDestroy, or the one-time override",
    async (kind) => {
      await removals[kind](run(guards), await pair(), { forceDestroy: true });
      await current().reset();
      await removals[kind](run({ ...guards, overridden: new Set(["forceDestroy"] as const) }), await pair(), {});
    },
  );

  it.each(["Organization", "User"] as const)("deletes a %s whose members this run has removed before", async (kind) => {
    const there = await pair();
    const from = run(guards);
    for (const name of ["ann", "ben"]) {
      await from.life("OrganizationMembership").remove(there.of(name).membershipId, there.of(name).inputs);
    }
    await removals[kind](from, there, {});
  });

  it("counts a pending member, and not one who is suspended, as somebody in the organization", async () => {
    const there = await organizationOf(current(), { ann: "member" });
    await current().api.organizationMemberships.deactivate({ id: there.of("ann").membershipId });
    await current().api.invitations.send({ email: "bob@example.com", organization_id: there.organizationId });
    const error = await failure(removals.Organization(run(guards), there, {}));
    expect(error.message).toContain("still has 1 active or pending member (bob@example.com)");
  });
});

describe("deleting an organization", () => {
  const end = (from: Run, { organizationId }: Ten, more: object = {}) =>
    from.life("Organization").remove(organizationId, { name: "Acme", ...more });
  const mixed = () =>
    organizationOf(current(), {
      cleo: "member",
      ann: "admin",
      dan: "member",
      eve: "member",
      fay: "member",
      ben: "admin",
    });

  it("says who loses access by it, admins first and the others by number, with the pages of one list", async () => {
    const there = await mixed();
    await current().api.organizationMemberships.deactivate({ id: there.of("dan").membershipId });
    current().wire.clear();
    const from = run({});
    await end(from, there);
    expect(from.said).toEqual([
      "The organization Acme is deleted: everybody in it loses access to it. That is 5 people, 2 of them admins: ann.acme@example.com, ben.acme@example.com, cleo.acme@example.com, eve.acme@example.com, fay.acme@example.com.",
    ]);
    const lists = current()
      .wire.all()
      .filter(({ path }) => path.includes("memberships"));
    expect(lists).toHaveLength(1);
  });

  it("is refused where it takes more people than a run may remove, and says how it is meant", async () => {
    const there = await mixed();
    const error = await failure(end(run({ maxRemovals: { people: 5 } }), there));
    expect(error.message).toBe(
      "Refused: deleting Acme would take access from 6 people, 2 of them admins: ann.acme@example.com, ben.acme@example.com, cleo.acme@example.com, dan.acme@example.com, eve.acme@example.com and 1 more, and a run may remove 5 (workos:maxRemovals). If all of them are meant to go, set forceDestroy: true and run `pulumi up` before, or override once with WORKOS_OVERRIDE_MAX_REMOVALS=1 in the environment.",
    );
    expect(takeWrites(current())).toEqual([]);
  });

  it.each<[string, RunOptions["guards"], object]>([
    ["the limit is not reached", { maxRemovals: { people: 10 } }, {}],
    ["it is meant", { maxRemovals: { people: 1 } }, { forceDestroy: true }],
    ["it is overridden", { maxRemovals: { people: 1 }, overridden: new Set(["maxRemovals"] as const) }, {}],
    ["only admins are guarded, of whom an organization that is gone needs none", { minAdmins: 2 }, {}],
  ])("goes on where %s", async (_why, guards, more) => {
    await end(run(guards), await ten(), more);
    expect(memberships()).toEqual([]);
  });

  it("counts with what the run has removed before", async () => {
    const there = await ten();
    const from = run({ maxRemovals: { people: 9 } });
    expect(await removed(from, there, 2)).toEqual([]);
    const error = await failure(end(from, there));
    expect(error.message).toContain("would take access from 8 people, 0 of them admins: ");
    expect(error.message).toContain(" after 2 in this run already, and a run may remove 9 (workos:maxRemovals)");
  });

  it("is refused where nobody can be counted and a guard is set; without one it is done", async () => {
    for (const guards of [{ maxRemovals: { people: 100 } }, {}]) {
      const there = await ten();
      current().control.faults.add({
        method: "GET",
        path: "/user_management/organization_memberships",
        status: 403,
        times: 1,
      });
      const from = run(guards);
      const ending = await Promise.allSettled([end(from, there)]);
      expect(ending[0]?.status).toBe("maxRemovals" in guards ? "rejected" : "fulfilled");
      await current().reset();
    }
  });
});

it("a deleted user is said to lose what a guard has found", async () => {
  const { of } = await organizationOf(current(), { ann: "admin", ben: "admin" });
  const from = run({ minAdmins: 1 });
  await from.life("User").remove(of("ann").userId, { email: "ann.acme@example.com" });
  expect(from.said).toEqual([
    `ann.acme@example.com (${of("ann").userId}) loses all access: the user is deleted. That was access to Acme (admin).`,
  ]);
});

it("nothing is counted where no guard is set", async () => {
  const { of } = await ten();
  current().wire.clear();
  await run({}).life("User").remove(of("p0").userId, { email: "p0.acme@example.com" });
  expect(
    current()
      .wire.all()
      .some(({ path }) => path.includes("memberships")),
  ).toBe(false);
});
