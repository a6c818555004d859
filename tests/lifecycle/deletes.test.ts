import { remove } from "../../provider/lifecycle";
import { type Kind } from "../../provider/resources";
import { declarationOf, failure, lifeOf } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { startRun } from "./support/run";

const current = useWorld();

async function made(kind: Kind) {
  const inputs = await rows[kind].inputs(current());
  const { id, outs } = await lifeOf(kind, current()).create(inputs);
  current().wire.clear();
  current().clock.sleeps.length = 0;
  return { id, outs };
}

/** Of the object itself; who is in it may be read as well. */
const reads = () =>
  current()
    .wire.all()
    .filter(({ method, path }) => method === "GET" && !/organization_memberships|[?&]email=/.test(path)).length;

describe("the answer to a delete", () => {
  it.each([200, 202, 204] as const)("%i is success for a user", async (userDelete) => {
    current().control.switches.set({ userDelete });
    const { id, outs } = await made("User");
    await lifeOf("User", current()).remove(id, outs);
    expect(current().control.state().users).toEqual([]);
    expect(current().clock.sleeps).toEqual([]);
  });

  it.each([200, 202, 204])("%i is success for a membership and for a key", async (status) => {
    for (const kind of ["OrganizationMembership", "OrganizationApiKey"] as const) {
      await current().reset();
      const { id, outs } = await made(kind);
      current().control.faults.add({ method: "DELETE", when: "after", status, body: null });
      await lifeOf(kind, current()).remove(id, outs);
      expect(rows[kind].count(current())).toBe(0);
    }
  });

  it.each(["User", "Organization", "OrganizationMembership", "OrganizationApiKey", "UserApiKey"] as const)(
    "404 means that the work is done: %s",
    async (kind) => {
      const { id, outs } = await made(kind);
      await rows[kind].end({ world: current(), id, inputs: {}, state: outs });
      await lifeOf(kind, current()).remove(id, outs);
    },
  );
});

describe("what is found gone at its removal", () => {
  const removedOutside = async (kind: Kind) => {
    const { id, outs } = await made(kind);
    await rows[kind].end({ world: current(), id, inputs: {}, state: outs });
    const run = startRun(current());
    return { id, outs, run, remove: () => run.life(kind).remove(id, outs) };
  };

  it.each(["User", "Organization", "OrganizationApiKey", "UserApiKey"] as const)(
    "is said to be gone already: %s",
    async (kind) => {
      const { id, run, remove: end } = await removedOutside(kind);
      await end();
      expect(run.said).toEqual([expect.stringContaining(`(${id}) was deleted already.`)]);
    },
  );

  it("is nobody who loses access: another user may have the address by then", async () => {
    const { outs, run, remove: end } = await removedOutside("User");
    const other = await current().api.users.create({ email: String(outs.email) });
    await end();
    expect(run.said).toEqual([
      expect.stringContaining(
        `was deleted already; another user, ${other.id}, has the address now and keeps whatever access it has.`,
      ),
    ]);
  });

  it("is one account where the person has another address by then and somebody else has the recorded one", async () => {
    const { id, outs } = await made("User");
    await current().api.users.update({ id, email: "renamed@example.com" });
    const other = await current().api.users.create({ email: String(outs.email) });
    const run = startRun(current());
    await run.life("User").remove(id, outs);
    expect(
      current()
        .control.state()
        .users.map((one) => one.id),
    ).toEqual([other.id]);
    expect(run.said).toEqual([
      expect.stringContaining(`${String(outs.email)} (${id}) loses all access: the user is deleted.`),
    ]);
  });

  it("is said to be deleted where only the answer of the own deletion was lost", async () => {
    const { id, outs } = await made("User");
    current().control.faults.add({ method: "DELETE", when: "after", status: 503, times: 1 });
    const run = startRun(current());
    await run.life("User").remove(id, outs);
    expect(run.said).toEqual([expect.stringContaining("loses all access: the user is deleted.")]);
  });
});

describe.each(["User", "Organization"] as const)("a deletion that is carried out later: %s", (kind) => {
  it("is waited for with growing pauses until the object is gone", async () => {
    const { id, outs } = await made(kind);
    current().control.asyncDeletes.set({ delayMs: 12_000 });
    await lifeOf(kind, current()).remove(id, outs);
    expect(rows[kind].count(current())).toBe(0);
    const { sleeps } = current().clock;
    expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(12_000);
    expect(sleeps).toEqual([...sleeps].sort((a, b) => a - b));
    expect(reads()).toBe(sleeps.length + 1);
  });

  it("is reported as accepted and pending when it takes too long, and found done by the next run", async () => {
    const { id, outs } = await made(kind);
    const label = kind === "User" ? "user ann@example.com" : "organization Acme";
    current().control.asyncDeletes.set({ delayMs: 90_000 });
    const context = { ...current().context, deleteTimeoutMs: 30_000 };
    const error = await failure(remove(declarationOf(kind), id, outs, context));
    expect(error.message).toBe(
      `The vendor accepted the deletion of the ${label} (${id}) but it still exists after 30 seconds: the deletion is pending. Run again later to find it done, or allow more time with \`pulumi config set workos:deleteTimeout SECONDS\`.`,
    );
    current().clock.advance(60_000);
    await remove(declarationOf(kind), id, outs, context);
    expect(rows[kind].count(current())).toBe(0);
  });
});

it("names the vendor's reason when it refuses to delete a user, and what to do", async () => {
  const { id, outs } = await made("User");
  current().control.setUserDeletionAllowed(id, false);
  const error = await failure(lifeOf("User", current()).remove(id, outs));
  expect(error.message).toMatch(
    /^DELETE \/user_management\/users\/user_\w+ → 409 user_deletion_not_allowed: This user cannot be deleted\. .*\nThe user still exists and stays in the stack\. Remove what the reason names and run again; to only stop managing the user, set onDestroy: "retain" and run `pulumi up` before it is removed\.$/,
  );
  expect(current().wire.all()).toHaveLength(1);
  current().control.setUserDeletionAllowed(id, true);
  await lifeOf("User", current()).remove(id, outs);
});

it.each([401, 403, 500])("fails when the vendor answers %i, and the object is still managed", async (status) => {
  const { id, outs } = await made("OrganizationMembership");
  current().control.faults.add({ method: "DELETE", status, times: null });
  await expect(lifeOf("OrganizationMembership", current()).remove(id, outs)).rejects.toThrow(String(status));
  expect(rows.OrganizationMembership.count(current())).toBe(1);
});

it.each([
  { kind: "User", change: { firstName: "Changed" } },
  { kind: "Organization", change: { name: "Changed" } },
  { kind: "OrganizationMembership", change: { roleSlug: "admin" } },
  { kind: "Invitation", change: { resend: "changed" } },
  { kind: "OrganizationApiKey", change: { expiresAt: "2041-01-01T00:00:00Z" } },
  { kind: "Permission", change: { name: "Changed" } },
  { kind: "EnvironmentRole", change: { permissions: [] } },
] as const)("a change of a $kind that is gone says so, and how to have it made again", async ({ kind, change }) => {
  const inputs = await rows[kind].inputs(current());
  const { id, outs } = await lifeOf(kind, current()).create(inputs);
  await rows[kind].end({ world: current(), id, inputs, state: outs });
  const error = await failure(lifeOf(kind, current()).update(id, outs, { ...inputs, ...change }));
  expect(error.message).toContain(`(${id}) no longer exists`);
  expect(error.message).toContain("`pulumi up --refresh` finds that out");
});
