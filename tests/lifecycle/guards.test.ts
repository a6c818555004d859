import { check, type Guards } from "../../provider/lifecycle";
import { failure, declarationOf } from "../support/life";
import { startOfTime } from "../support/virtual-clock";
import { useWorld } from "../support/world";
import { adminsOf, organizationOf } from "./support/people";
import { type Run, type RunOptions, startRun, takeWrites } from "./support/run";

const current = useWorld();

const run = (guards: RunOptions["guards"]): Run => startRun(current(), { guards });
const membership = (from: Run) => from.life("OrganizationMembership");
type Guard = Guards["settings"]["overridden"] extends ReadonlySet<infer G> ? G : never;
const overriding = (...guards: Guard[]) => ({ overridden: new Set(guards) });

/** Ann and Ben are admins of Acme, Cleo is a member. */
const acme = () => organizationOf(current(), { ann: "admin", ben: "admin", cleo: "member" });

describe("minAdmins", () => {
  const guards = { minAdmins: 2 };

  type Acme = Awaited<ReturnType<typeof acme>>;
  const endings: Record<string, (there: Acme, from: Run) => Promise<unknown>> = {
    "deleting a membership": ({ of }, from) => membership(from).remove(of("ann").membershipId, { ...of("ann").inputs }),
    "a removal that deactivates": ({ of }, from) =>
      membership(from).remove(of("ann").membershipId, { ...of("ann").inputs, onDestroy: "deactivate" }),
    "a deactivation": async ({ of }, from) => {
      const { outs } = await membership(from).create({ ...of("ann").inputs, adopt: "require" });
      takeWrites(current());
      await membership(from).update(of("ann").membershipId, outs, { ...of("ann").inputs, status: "inactive" });
    },
    "a demotion": async ({ of }, from) => {
      const { outs } = await membership(from).create({ ...of("ann").inputs, adopt: "require" });
      takeWrites(current());
      await membership(from).update(of("ann").membershipId, outs, { ...of("ann").inputs, roleSlug: "member" });
    },
    "deleting the user": ({ of }, from) =>
      from.life("User").remove(of("ann").userId, { email: "ann.acme@example.com" }),
    "an adoption that demotes": ({ of }, from) =>
      membership(from).create({ ...of("ann").inputs, roleSlug: "member", adopt: "if-exists" }),
  };

  it.each(Object.keys(endings))(
    "refuses %s that would leave too few, names the person and the ways out",
    async (how) => {
      const there = await acme();
      const error = await failure(endings[how]?.(there, run(guards)) ?? Promise.resolve());
      expect(error.message).toMatch(
        /^Refused: Acme would be left with 1 active admin, fewer than workos:minAdmins = 2, because ann\.acme@example\.com would (lose access|lose the admin role)\. Promote somebody first: .*dependsOn\. To override once, set WORKOS_OVERRIDE_MIN_ADMINS=1 /,
      );
      expect(takeWrites(current())).toEqual([]);
      expect(await adminsOf(current(), there.organizationId)).toHaveLength(2);
    },
  );

  it.each(Object.keys(endings))("allows %s when somebody was promoted meanwhile, however", async (how) => {
    const there = await acme();
    await current().api.organizationMemberships.update({ id: there.of("cleo").membershipId, role_slug: "admin" });
    await endings[how]?.(there, run(guards));
    expect(await adminsOf(current(), there.organizationId)).toEqual(["ben.acme@example.com", "cleo.acme@example.com"]);
  });

  it.each(Object.keys(endings))("allows %s with the one-time override", async (how) => {
    const there = await acme();
    await endings[how]?.(there, run({ ...guards, ...overriding("minAdmins") }));
    expect(await adminsOf(current(), there.organizationId)).toEqual(["ben.acme@example.com"]);
  });

  it("does not count who is suspended or pending, and lets them go", async () => {
    const { of } = await acme();
    await current().api.organizationMemberships.deactivate({ id: of("ann").membershipId });
    const from = run(guards);
    expect((await failure(membership(from).remove(of("ben").membershipId, of("ben").inputs))).message).toContain(
      "left with 0 active admins",
    );
    await membership(from).remove(of("ann").membershipId, of("ann").inputs);
  });

  it("lets others go, and lets an admin keep being one by another of the roles", async () => {
    const { of } = await acme();
    current().control.addRole({ slug: "owner", name: "Owner" });
    const from = run({ minAdmins: 2, adminRoles: ["admin", "owner"] });
    await membership(from).remove(of("cleo").membershipId, of("cleo").inputs);
    const { outs } = await membership(from).create({ ...of("ann").inputs, adopt: "require" });
    await membership(from).update(of("ann").membershipId, outs, { ...of("ann").inputs, roleSlug: "owner" });
    const later = run({ minAdmins: 2, adminRoles: ["admin", "owner"] });
    const error = await failure(membership(later).remove(of("ann").membershipId, of("ann").inputs));
    expect(error.message).toContain("left with 1 active admin");
  });

  it("protects every organization of a user who is deleted", async () => {
    const there = await acme();
    const beta = await organizationOf(current(), { dan: "admin" }, "Beta");
    await current().api.organizationMemberships.create({
      user_id: there.of("cleo").userId,
      organization_id: beta.organizationId,
      role_slug: "admin",
    });
    await membership(run({})).remove(beta.of("dan").membershipId, beta.of("dan").inputs);
    const error = await failure(
      run({ minAdmins: 1 }).life("User").remove(there.of("cleo").userId, { email: "cleo.acme@example.com" }),
    );
    expect(error.message).toContain("Beta would be left with 0 active admins");
  });

  it("does not keep a user whose organization the same run deletes, whichever of the two comes first", async () => {
    for (const organizationFirst of [true, false]) {
      const { organizationId, of } = await organizationOf(current(), { ann: "admin" });
      const from = run({ minAdmins: 1, requireForceDestroy: true });
      const removals = [
        () => from.life("User").remove(of("ann").userId, { email: "ann.acme@example.com" }),
        () => from.life("Organization").remove(organizationId, { name: "Acme", forceDestroy: true }),
      ];
      if (organizationFirst) removals.reverse();
      await Promise.all(removals.map((removal) => removal()));
      expect(current().control.state()).toMatchObject({ users: [], organizations: [] });
    }
  });

  it("keeps a user whose organization could not be deleted after all", async () => {
    const { organizationId, of } = await organizationOf(current(), { ann: "admin" });
    current().control.faults.add({ method: "DELETE", path: "/organizations/{id}", status: 403, times: null });
    const from = run({ minAdmins: 1 });
    const [user, organization] = await Promise.allSettled([
      from.life("User").remove(of("ann").userId, { email: "ann.acme@example.com" }),
      from.life("Organization").remove(organizationId, { name: "Acme" }),
    ]);
    expect([user.status, organization.status]).toEqual(["rejected", "rejected"]);
    expect(await adminsOf(current(), organizationId)).toEqual(["ann.acme@example.com"]);
  });
});

describe("64 removals at once, against a server that takes its time", () => {
  it.each([1, 5])("leave exactly minAdmins = %i", async (minAdmins) => {
    const names = Array.from({ length: 64 }, (_, index) => `p${index}`);
    const { organizationId, of } = await organizationOf(
      current(),
      Object.fromEntries(names.map((name) => [name, "admin"])),
    );
    // Held back, so that whoever does not wait for its turn counts before others have written.
    current().control.faults.add({
      method: "GET",
      path: "/user_management/organization_memberships",
      delayMs: 1,
      times: null,
    });
    const releasing = setInterval(() => current().held.release(), 0);
    const from = run({ minAdmins });
    try {
      const results = await Promise.allSettled(
        names.map((name) => membership(from).remove(of(name).membershipId, of(name).inputs)),
      );
      expect(results.filter(({ status }) => status === "rejected")).toHaveLength(minAdmins);
    } finally {
      clearInterval(releasing);
      current().control.faults.clear();
    }
    expect(await adminsOf(current(), organizationId)).toHaveLength(minAdmins);
  });
});

describe("allowedDomains", () => {
  const checked = (kind: "User" | "Invitation", email: string, allowedDomains?: string[]) =>
    check(
      declarationOf(kind),
      {},
      { email },
      { clock: { now: () => startOfTime, sleep: () => Promise.resolve() }, allowedDomains },
    ).failures;

  it.each(["User", "Invitation"] as const)("refuses a %s outside, and names the domains and the setting", (kind) => {
    expect(checked(kind, "ann@elsewhere.example", ["acme.example", "acme.test"])).toEqual([
      {
        property: "email",
        reason:
          '"ann@elsewhere.example" is outside the allowed domains (workos:allowedDomains: acme.example, acme.test); use an address of one of them, or add elsewhere.example there',
      },
    ]);
  });

  it("takes any letter case, and no other domain that only ends alike", () => {
    expect(checked("User", "Ann@ACME.example", ["acme.example"])).toEqual([]);
    expect(checked("User", "ann@sub.acme.example", ["acme.example"])).toHaveLength(1);
    expect(checked("User", "ann@evilacme.example", ["acme.example"])).toHaveLength(1);
  });

  it("lets anybody in unless it is set", () => {
    expect(checked("User", "ann@elsewhere.example")).toEqual([]);
  });
});

it("somebody declared as suspended is made a member and suspended, whatever the guards: nobody loses anything", async () => {
  const { organizationId } = await acme();
  const { id: userId } = await current().api.users.create({ email: "dora@example.com" });
  const guarded = run({ minAdmins: 3, maxRemovals: { people: 0 } });
  const inputs = { userId, organizationId, roleSlug: "admin", status: "inactive" };
  const { id, outs } = await membership(guarded).create(inputs);
  expect(outs.status).toBe("inactive");
  expect((await current().api.organizationMemberships.get({ id })).status).toBe("inactive");
});

it("names that forge lines or move a cursor are names in what is said of them", async () => {
  const escape = String.fromCharCode(27);
  const { id: organizationId } = await current().api.organizations.create({
    name: `Acme\nerror: lost${escape}[2J`,
  });
  const { id: userId } = await current().api.users.create({ email: "ann@example.com" });
  const { life, said } = run({});
  await life("OrganizationMembership").create({ userId, organizationId });
  expect(said).toEqual(["ann@example.com gains access to Acme error: lost (member)."]);
});

it("a role that nobody has is said to guard nobody, once for an organization", async () => {
  const { of } = await acme();
  const guarded = run({ minAdmins: 1, adminRoles: ["admn"] });
  await membership(guarded).remove(of("ann").membershipId, { ...of("ann").inputs });
  await membership(guarded).remove(of("cleo").membershipId, { ...of("cleo").inputs });
  expect(guarded.said.filter((line) => line.includes("admn"))).toEqual([
    "Acme has no active member with an admin role (workos:adminRoles: admn), so that workos:minAdmins guards nobody there: is a role misspelt?",
  ]);
});
