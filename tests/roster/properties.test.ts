/** What holds for every roster and every organization, whatever is in them. */
import fc from "fast-check";
import { Groups } from "../../provider/roster/current-groups";
import { Live, type Person } from "../../provider/roster/current-people";
import { type Change, totalsOf } from "../../provider/roster/change";
import { plan } from "../../provider/roster/plan";
import { allowedRemovals } from "../../provider/removals";
import { limitOf } from "../../provider/roster/refusals";
import { type Member } from "../../provider/roster/roster";
import { recordOfRefresh } from "../../provider/roster/record";
import { decode, encode, entriesOf, type Entry, type RosterState } from "../../provider/roster/state";
import { rosterLifecycle } from "../../provider/roster";
import { isAdmin, next, simulate, situation } from "./support/simulation";

const names = ["ann", "bob", "cleo", "dan", "eve", "finn"].map((name) => `${name}@example.com`);
const roles = fc.uniqueArray(fc.constantFrom("admin", "member", "viewer"), { minLength: 1, maxLength: 3 });
const groupIds = { support: "group_1", billing: "group_2", sales: "group_3" };
const groups = new Groups(Object.entries(groupIds).map(([name, id]) => ({ name, id })));
const member: fc.Arbitrary<Member> = fc.record(
  {
    roles,
    groups: fc.subarray(Object.keys(groupIds)),
    status: fc.constantFrom("active" as const, "inactive" as const),
    via: fc.constantFrom("membership" as const, "invitation" as const),
  },
  { requiredKeys: [] },
);
const members = fc.dictionary(fc.constantFrom(...names), member, { maxKeys: 6 });
const person = (email: string): fc.Arbitrary<Person> =>
  fc
    .record({
      status: fc.constantFrom(
        "active" as const,
        "inactive" as const,
        "pending" as const,
        "expired" as const,
        "stale" as const,
      ),
      roles,
      directoryManaged: fc.constantFrom(undefined, undefined, undefined, true),
      groups: fc.subarray(Object.values(groupIds)),
    })
    .map((given) => ({
      email,
      userId: `user_${email}`,
      membershipId: `om_${email}`,
      ...given,
      ...(given.status === "pending" ? { invitationId: `invitation_${email}` } : {}),
    }));
const people = fc
  .subarray(names)
  .chain((present) => fc.tuple(...present.map(person)))
  .map((all) => all);
const mode = fc.constantFrom("additive" as const, "authoritative" as const);
const onRemove = fc.constantFrom("deactivate" as const, "delete" as const);

const leaving = ({ member: declared }: Change) => declared === undefined;
const inputs = (desired: Record<string, Member>, state: RosterState) => ({
  organizationId: "org_1",
  members: desired,
  mode: state.mode,
  onRemove: state.onRemove,
});

test("creating a roster removes nobody", () => {
  fc.assert(
    fc.property(members, people, mode, (desired, all, how) => {
      const { changes } = plan(situation({ desired, live: new Live(all, "Acme", groups), mode: how }));
      expect(changes.filter(leaving)).toEqual([]);
    }),
  );
});

test("switching to authoritative removes nobody but those taken out of the program", () => {
  fc.assert(
    fc.property(members, members, people, (before, after, all) => {
      const first = situation({ desired: before, live: new Live(all, "Acme", groups) });
      const { people: left, state } = simulate(first);
      const seen = recordOfRefresh(state, entriesOf(state), new Live(left, "Acme", groups), isAdmin);
      const switched = { ...next(first, left, seen), desired: after, mode: "authoritative" as const };
      const removed = plan(switched).changes.filter(leaving);
      expect(removed.every(({ email }) => email in before && !(email in after))).toBe(true);
    }),
  );
});

test("a plan that is carried out leads to what is declared, and then nothing is left to do", () => {
  fc.assert(
    fc.property(members, members, people, mode, onRemove, (before, after, all, how, ending) => {
      const first = situation({ desired: before, live: new Live(all, "Acme", groups), mode: how, onRemove: ending });
      const one = simulate(first);
      const second = { ...next(first, one.people, one.state), desired: after };
      const two = simulate(second);
      expect(plan({ ...next(second, two.people, two.state) }).changes).toEqual([]);
      expect(rosterLifecycle.diff({ ...two.state }, inputs(after, two.state)).changes).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("a refresh right after a run finds no difference but, in an authoritative roster, who is extra", () => {
  fc.assert(
    fc.property(members, people, mode, (desired, all, how) => {
      const given = situation({ desired, live: new Live(all, "Acme", groups), mode: how });
      const { people: left, state } = simulate(given);
      const seen = recordOfRefresh(state, entriesOf(state), new Live(left, "Acme", groups), isAdmin);
      const { changes } = rosterLifecycle.diff({ ...seen }, inputs(desired, seen));
      expect(changes).toBe((state.extras ?? []).length > 0);
    }),
    { numRuns: 500 },
  );
});

test("after a failure in part, the next run does exactly what is left", () => {
  fc.assert(
    fc.property(members, members, people, fc.subarray(names), (before, after, all, unlucky) => {
      const first = situation({ desired: before, live: new Live(all, "Acme", groups) });
      const one = simulate(first);
      const second = { ...next(first, one.people, one.state), desired: after };
      const planned = plan(second);
      const broken = ({ email }: Change) => unlucky.includes(email);
      const two = simulate(second, planned, broken);
      const rest = plan(next(second, two.people, two.state)).changes;
      expect(rest.map(({ email }) => email).sort()).toEqual(
        planned.changes
          .filter(broken)
          .map(({ email }) => email)
          .sort(),
      );
    }),
    { numRuns: 500 },
  );
});

test("a plan that no guard refuses keeps the admins and removes no more than is allowed", () => {
  fc.assert(
    fc.property(members, members, people, fc.nat(3), fc.nat(3), (before, after, all, minAdmins, most) => {
      const first = situation({ desired: before, live: new Live(all, "Acme", groups) });
      const one = simulate(first);
      const guards = { minAdmins, maxRemovals: { people: most } };
      const second = { ...next(first, one.people, one.state), desired: after, guards };
      const planned = plan(second);
      fc.pre(planned.refusals.length === 0);
      const had = totalsOf(one.people, isAdmin);
      const has = totalsOf(simulate(second, planned).people, isAdmin);
      expect(has.admins).toBeGreaterThanOrEqual(Math.min(minAdmins, had.admins));
      const lost = planned.changes.filter(({ removes }) => removes).length;
      expect(lost).toBeLessThanOrEqual(allowedRemovals(limitOf(guards), had.active));
    }),
    { numRuns: 500 },
  );
});

test("nobody is taken out of a group that the program has not named for them", () => {
  fc.assert(
    fc.property(members, members, people, mode, onRemove, (before, after, all, how, ending) => {
      const first = situation({ desired: before, live: new Live(all, "Acme", groups), mode: how, onRemove: ending });
      const one = simulate(first);
      const { changes } = plan({ ...next(first, one.people, one.state), desired: after });
      for (const { email, steps } of [...plan(first).changes, ...changes]) {
        for (const step of steps) {
          if (step.do !== "leave") continue;
          expect(before[email]?.groups).toContain(step.group);
          expect(after[email]?.groups ?? []).not.toContain(step.group);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("what is recorded of a person is read as it was written", () => {
  const word = fc.string({ minLength: 1 });
  const entry: fc.Arbitrary<Entry> = fc
    .record(
      {
        status: fc.constantFrom("active" as const, "missing" as const, "stale" as const),
        roles,
        userId: fc.constant("user_1"),
        accessId: fc.constant("om_1"),
        rolesDeclared: fc.constant(true as const),
        statusDeclared: fc.constantFrom("active" as const, "inactive" as const),
        via: fc.constantFrom("membership" as const, "invitation" as const),
        created: fc.constant(true as const),
        extra: fc.constant(true as const),
        now: word,
        groups: fc.array(word, { minLength: 1 }),
        profile: fc.record({
          firstName: word,
          metadata: fc.dictionary(
            word.filter((key) => key !== "__proto__"),
            fc.string(),
            { noNullPrototype: true },
          ),
        }),
      },
      { requiredKeys: ["status", "roles"] },
    )
    .map((given) => given as Entry);
  fc.assert(fc.property(entry, (given) => expect(decode(encode(given))).toEqual(given)));
});
