import { type Inputs, type State } from "../../provider/declare/resource";
import { changed, failure, noChange, refreshed } from "../support/life";
import { day } from "../support/virtual-clock";
import { useWorld } from "../support/world";
import { organizationNamed, userNamed } from "./support/people";
import { type Run, startRun, takeWrites } from "./support/run";

const current = useWorld();
const root = "/user_management/invitations";
const invitations = (run: Run = startRun(current())) => run.life("Invitation");
const mails = () => current().control.mailbox.list().length;

async function invited(more: object = {}) {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs: Inputs = { email: "bob@example.com", organizationId, roleSlug: "member", ...more };
  const { id, outs } = await invitations().create(inputs);
  current().wire.clear();
  return { id, inputs, outs };
}

/** What `pulumi up` does about an invitation that may be gone: invites again, once. */
async function invitedAgain(inputs: Inputs, id: string, outs: State) {
  expect(await invitations().read(id, outs)).toEqual({ id: "" });
  return invitations().create(inputs);
}

describe("an invitation that is pending", () => {
  it("is revoked when its resource goes, and says so", async () => {
    const { id, outs } = await invited();
    const run = startRun(current());
    await invitations(run).remove(id, outs);
    expect((await current().api.invitations.get({ id })).state).toBe("revoked");
    expect(run.said).toEqual(["bob@example.com is no longer invited."]);
  });

  it("is mailed once for each change of resend, and for nothing else", async () => {
    const { id, inputs, outs } = await invited({ resend: "1" });
    expect(mails()).toBe(1);
    let state = outs;
    for (const [change, mailed] of [
      [{ resend: "2" }, 2],
      [{ resend: "2" }, 2],
      [{ resend: "2", expiresInDays: 20, locale: "de", inviterUserId: await userNamed(current(), "ann") }, 2],
      [{ resend: "3" }, 3],
      [{ resend: undefined }, 3],
    ] as const) {
      const wanted = changed(inputs, change);
      expect(invitations().diff(state, wanted).replaces).toEqual([]);
      state = await invitations().update(id, state, wanted);
      expect(mails()).toBe(mailed);
      expect(invitations().diff(state, wanted)).toEqual(noChange);
    }
  });

  it("is replaced by another role, the old one revoked first", async () => {
    const { inputs, outs } = await invited();
    expect(invitations().diff(outs, { ...inputs, roleSlug: "admin" })).toEqual({
      changes: true,
      replaces: ["roleSlug"],
      deleteBeforeReplace: true,
    });
  });

  it("is not mailed a second time when the answer to a resend was lost after the mail went out", async () => {
    const { id, inputs, outs } = await invited();
    current().control.faults.add({ path: `${root}/{id}/resend`, when: "after", cut: "connection" });
    const wanted = { ...inputs, resend: "again" };
    const state = await invitations().update(id, outs, wanted);
    expect(mails()).toBe(2);
    expect(invitations().diff(state, wanted)).toEqual(noChange);
  });

  it("is not mailed a second time by a run that follows one which died after the mail", async () => {
    const { id, inputs, outs } = await invited();
    await current().api.invitations.resend({ id });
    await invitations().update(id, outs, { ...inputs, resend: "again" });
    expect(mails()).toBe(2);
  });

  it("is not mailed a second time where that run has refreshed it before", async () => {
    const { id, inputs, outs } = await invited();
    await current().api.invitations.resend({ id });
    const run = startRun(current());
    const { props } = await refreshed(invitations(run), id, outs);
    const state = await invitations(run).update(id, props, { ...inputs, resend: "again" });
    expect(mails()).toBe(2);
    await invitations(run).update(id, state, { ...inputs, resend: "once more" });
    expect(mails()).toBe(3);
  });
});

it("one that was revoked outside is gone, and the next run invites again", async () => {
  const { id, inputs, outs } = await invited();
  await current().api.invitations.revoke({ id });
  const again = await invitedAgain(inputs, id, outs);
  expect(again.outs.state).toBe("pending");
  expect(mails()).toBe(2);
});

describe("an invitation that has expired", () => {
  const late = 8 * day;

  it("is gone, so that the next run invites again", async () => {
    const { id, inputs, outs } = await invited();
    current().clock.advance(late);
    expect((await invitedAgain(inputs, id, outs)).outs.state).toBe("pending");
    expect(mails()).toBe(2);
  });

  it("is kept as it is with onExpired keep", async () => {
    const { id, inputs, outs } = await invited({ onExpired: "keep" });
    current().clock.advance(late);
    const { props } = await refreshed(invitations(), id, outs);
    expect(props.state).toBe("expired");
    expect(invitations().diff(props, inputs)).toEqual(noChange);
    expect(mails()).toBe(1);
  });

  it.each([
    [undefined, 3],
    [1, 1],
    [4, 4],
  ])("is mailed at most maxSends (%s) times and then reported as stale", async (maxSends, mailed) => {
    const { inputs, ...first } = await invited({ maxSends });
    let { id, outs } = first;
    for (let mail = 1; mail < mailed; mail++) {
      current().clock.advance(late);
      ({ id, outs } = await invitedAgain(inputs, id, outs));
    }
    current().clock.advance(late);
    const run = startRun(current());
    const { props } = await refreshed(invitations(run), id, outs);
    expect(mails()).toBe(mailed);
    expect(invitations().diff(props, inputs)).toEqual(noChange);
    expect(run.said).toEqual([
      expect.stringContaining(`The invitation of bob@example.com is stale: ${mailed} mails were sent`),
    ]);
  });

  it("does not count the mails to others, or to the same person for elsewhere", async () => {
    const { id, outs } = await invited({ maxSends: 2 });
    const beta = await organizationNamed(current(), "Beta");
    await current().api.invitations.send({ email: "bob@example.com", organization_id: beta });
    await current().api.invitations.send({ email: "cleo@example.com", organization_id: String(outs.organizationId) });
    current().clock.advance(late);
    expect(await invitations().read(id, outs)).toEqual({ id: "" });
  });

  it("is replaced by a new one when resend changes, also where it is kept or stale", async () => {
    const { id, inputs, outs } = await invited({ onExpired: "keep" });
    current().clock.advance(late);
    const { props } = await refreshed(invitations(), id, outs);
    const wanted = { ...inputs, resend: "again" };
    expect(invitations().diff(props, wanted)).toEqual({
      changes: true,
      replaces: ["resend"],
      deleteBeforeReplace: true,
    });
    await invitations().remove(id, props);
    expect((await invitations().create(wanted)).outs.state).toBe("pending");
  });

  it("needs no call to be removed, and is nobody's loss", async () => {
    const { id, outs } = await invited();
    current().clock.advance(late);
    const run = startRun(current());
    await invitations(run).remove(id, outs);
    expect(takeWrites(current())).toEqual([]);
    expect(run.said).toEqual([]);
  });
});

describe("an answer that was lost while inviting", () => {
  it.each(["before", "after"] as const)("sends no second mail when it was lost %s the mail", async (when) => {
    const organizationId = await organizationNamed(current(), "Acme");
    const inputs = { email: "bob@example.com", organizationId };
    current().control.faults.add({ method: "POST", path: root, when, cut: "connection" });
    if (when === "after") {
      expect((await invitations().create(inputs)).outs).toMatchObject({ state: "pending", adopted: false });
    } else {
      expect((await failure(invitations().create(inputs))).message).toContain("was not sent again");
    }
    expect(mails()).toBe(when === "after" ? 1 : 0);
    expect(
      current()
        .wire.writes()
        .filter(({ path }) => path === root),
    ).toHaveLength(1);
  });
});

it("token and link are in no line that is said and in no error", async () => {
  const run = startRun(current());
  const { id, inputs, outs } = await invited();
  const errors = [
    await failure(invitations(run).create(inputs)),
    await failure(invitations(run).create({ ...inputs, email: "cleo@example.com", adopt: "require" })),
  ];
  await invitations(run).remove(id, outs);
  const text = [...run.said, ...errors.map(({ message }) => message)].join("\n");
  expect(text).not.toContain(String(outs.token));
  expect(text).not.toContain(String(outs.acceptInvitationUrl));
});
