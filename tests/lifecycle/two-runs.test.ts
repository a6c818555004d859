/** Two processes that change one organization at the same moment, each with a guard that has counted before the other wrote. */
import { rosterLifecycle } from "../../provider/roster";
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { member } from "../roster/support/organization";
import { inEveryOrder, type Task } from "./support/orders";
import { adminsOf, organizationOf } from "./support/people";
import { startRun } from "./support/run";

const current = useWorld();
const guards = { minAdmins: 1 };

/** Ann and Ben are the admins of Acme, Cleo is a member. */
const acme = () => organizationOf(current(), { ann: "admin", ben: "admin", cleo: "member" });
type Acme = Awaited<ReturnType<typeof acme>>;
type Name = "ann" | "ben";

/** What takes an admin, and how many requests it makes before it writes. */
interface Way {
  readonly before: number;
  readonly task: (there: Acme, name: Name) => Promise<Task>;
}

const single = (): ReturnType<ReturnType<typeof startRun>["life"]> =>
  startRun(current(), { guards }).life("OrganizationMembership");

async function declared({ of }: Acme, name: Name) {
  const life = startRun(current()).life("OrganizationMembership");
  const { outs } = await life.create({ ...of(name).inputs, adopt: "require" });
  return outs;
}

const ways: Readonly<Record<string, Way>> = {
  "a removal": {
    before: 2,
    task: ({ of }, name) => Promise.resolve(() => single().remove(of(name).membershipId, of(name).inputs)),
  },
  "a removal that deactivates": {
    before: 2,
    task: ({ of }, name) =>
      Promise.resolve(() => single().remove(of(name).membershipId, { ...of(name).inputs, onDestroy: "deactivate" })),
  },
  "a suspension": {
    before: 1,
    task: async (there, name) => {
      const outs = await declared(there, name);
      const { membershipId, inputs } = there.of(name);
      return () => single().update(membershipId, outs, { ...inputs, status: "inactive" });
    },
  },
  "a demotion": {
    before: 1,
    task: async (there, name) => {
      const outs = await declared(there, name);
      const { membershipId, inputs } = there.of(name);
      return () => single().update(membershipId, outs, { ...inputs, roleSlug: "member" });
    },
  },
  "a roster that removes": { before: 2, task: (there, name) => rosterTask(there, name, {}, "delete") },
  "a roster that suspends": { before: 2, task: (there, name) => rosterTask(there, name, {}, "deactivate") },
  "a roster that demotes": {
    before: 2,
    task: (there, name) => rosterTask(there, name, { [`${name}.acme@example.com`]: member("member") }, "deactivate"),
  },
};

async function rosterTask({ organizationId }: Acme, name: Name, members: object, onRemove: string): Promise<Task> {
  const everybody = { organizationId, onRemove, members: { [`${name}.acme@example.com`]: member("admin") } };
  const { outs } = await rosterLifecycle.create(everybody, startRun(current()).context);
  return () =>
    rosterLifecycle.update(organizationId, outs, { ...everybody, members }, startRun(current(), { guards }).context);
}

const messageIn = (result: PromiseSettledResult<unknown> | undefined) =>
  result?.status === "rejected" ? (result.reason as Error).message : "";

it.each(Object.keys(ways))(
  "%s of each of two admins at once leaves one, in every order of their requests",
  async (how) => {
    const way = ways[how];
    if (!way) throw new Error(how);
    let organizationId = "";
    const tried = await inEveryOrder(
      current(),
      way.before,
      async () => {
        const there = await acme();
        ({ organizationId } = there);
        return [await way.task(there, "ann"), await way.task(there, "ben")];
      },
      async ({ order, results }) => {
        const admins = await adminsOf(current(), organizationId);
        const refused = results.filter(({ status }) => status === "rejected");
        // Whoever was refused is an admin again, with the same rights, and nobody else is.
        expect([order, admins]).toEqual([
          order,
          ["ann.acme@example.com", "ben.acme@example.com"].filter((_, index) => results[index]?.status === "rejected"),
        ]);
        expect(refused.length).toBeGreaterThan(0);
        for (const result of refused) {
          expect(messageIn(result)).toContain(
            "Refused: Acme had 0 active admins left, fewer than the 1 it must keep (minAdmins): somebody else took one at the same moment. So it was undone: ",
          );
        }
      },
    );
    expect(tried).toBeGreaterThan(2);
  },
);

describe("a deleted user, who cannot be brought back", () => {
  const deletion = ({ of }: Acme, name: Name): Task => {
    const { life } = startRun(current(), { guards });
    return () => life("User").remove(of(name).userId, { email: `${name}.acme@example.com` });
  };
  const said =
    "A deleted user cannot be brought back.\nben.acme@example.com is deleted, and Acme had 0 active admins left, fewer than the 1 it must keep (minAdmins): somebody else took one at the same moment. Look at once who is an admin of Acme, and give somebody the role, by a run or in the WorkOS dashboard.";

  it("ends the run with an error where no admin is left, which is never silent", async () => {
    let organizationId = "";
    let hurt = 0;
    await inEveryOrder(
      current(),
      2,
      async () => {
        const there = await acme();
        ({ organizationId } = there);
        const from = single();
        return [() => from.remove(there.of("ann").membershipId, there.of("ann").inputs), deletion(there, "ben")];
      },
      async ({ order, results }) => {
        const admins = await adminsOf(current(), organizationId);
        const messages = results.map(messageIn);
        if (admins.length === 0) {
          hurt++;
          expect([order, messages[1]]).toEqual([order, said]);
        } else expect([order, messages.some((message) => message !== "")]).toEqual([order, true]);
      },
    );
    expect(hurt).toBeGreaterThan(0);
  });
});

describe("counting again", () => {
  const membershipLists = () =>
    current()
      .wire.all()
      .filter(({ method, path }) => method === "GET" && path.startsWith("/user_management/organization_memberships?"));
  const taking = ({ of }: Acme, name: "ann" | "cleo") => single().remove(of(name).membershipId, of(name).inputs);

  it("costs one list, and only where a write took an admin", async () => {
    const there = await acme();
    await taking(there, "cleo");
    expect(membershipLists()).toHaveLength(1);
    current().wire.clear();
    await taking(there, "ann");
    expect(membershipLists()).toHaveLength(2);
  });

  it("that is not possible counts as too few: what was taken is given back", async () => {
    const there = await acme();
    current().control.faults.add({
      method: "GET",
      path: "/user_management/organization_memberships",
      status: 403,
      nth: 2,
    });
    const error = await failure(taking(there, "ann"));
    expect(error.message).toMatch(
      /^Refused: the admins that Acme has left could not be counted \(.*403.*\)\. So it was undone: ann\.acme@example\.com has access to Acme as before \(admin\)\./,
    );
    expect(await adminsOf(current(), there.organizationId)).toHaveLength(2);
  });

  it("happens after a lost answer too, as the write may have been carried out", async () => {
    const there = await acme();
    const { context } = startRun(current(), { guards });
    const id = there.of("ann").membershipId;
    const { organizationId } = there;
    current().control.faults.add({ method: "DELETE", cut: "connection", when: "after", times: null });
    const removal = context.guards.change(context.api, { id, organizationId, active: true }, "removed", async () => {
      // What another run does after this one has counted.
      await current().api.organizationMemberships.deactivate({ id: there.of("ben").membershipId });
      await context.api.organizationMemberships.delete({ id });
    });
    expect((await failure(removal)).message).toContain("So it was undone: ann.acme@example.com has access");
    expect(await adminsOf(current(), there.organizationId)).toEqual(["ann.acme@example.com"]);
  });

  it("says what there is to do now where it cannot be undone", async () => {
    const there = await acme();
    current().control.faults.add({
      method: "GET",
      path: "/user_management/organization_memberships",
      status: 403,
      nth: 2,
      times: null,
    });
    const error = await failure(taking(there, "ann"));
    expect(error.message).toMatch(
      /^ann\.acme@example\.com has lost the rights of an admin in Acme, and the admins that Acme has left could not be counted .* It could not be undone: .*403.* Look at once who is an admin of Acme/,
    );
  });
});
