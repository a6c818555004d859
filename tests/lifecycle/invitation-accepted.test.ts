import { type Inputs } from "../../provider/declare/resource";
import { changed, failure, noChange, refreshed } from "../support/life";
import { day } from "../support/virtual-clock";
import { useWorld } from "../support/world";
import { acceptOnRevoke, organizationNamed, organizationOf } from "./support/people";
import { type Run, startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();
const invitations = (run: Run = startRun(current())) => run.life("Invitation");
const memberships = () => current().control.state().organizationMemberships;

async function accepted(more: object = {}) {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs: Inputs = { email: "bob@example.com", organizationId, roleSlug: "member", ...more };
  const { id, outs } = await invitations().create(inputs);
  await current().api.invitations.accept({ id });
  const { props } = await refreshed(invitations(), id, outs);
  current().wire.clear();
  return { id, inputs, outs: props };
}

describe("an invitation that was accepted", () => {
  it("is a success for good: no drift, and nothing to do when it would have expired", async () => {
    const { id, inputs, outs } = await accepted();
    expect(outs.state).toBe("accepted");
    expect(invitations().diff(outs, inputs)).toEqual(noChange);
    current().clock.advance(400 * day);
    const { props } = await refreshed(invitations(), id, outs);
    expect(invitations().diff(props, inputs)).toEqual(noChange);
    expect(takeWrites(current())).toEqual([]);
  });

  it.each([
    { roleSlug: "admin" },
    { roleSlug: undefined },
    { expiresInDays: 3 },
    { locale: "de" },
    { inviterUserId: "user_other" },
  ])("is not changed by %j", async (change) => {
    const { inputs, outs } = await accepted();
    expect(invitations().diff(outs, changed(inputs, change))).toEqual(noChange);
  });

  it.each([{ email: "cleo@example.com" }, { organizationId: "org_other" }])("is replaced by %j", async (change) => {
    const { inputs, outs } = await accepted();
    expect(invitations().diff(outs, { ...inputs, ...change })).toEqual({
      changes: true,
      replaces: Object.keys(change),
      deleteBeforeReplace: false,
    });
  });

  it("sends nothing for a new value of resend", async () => {
    const { id, inputs, outs } = await accepted();
    const wanted = { ...inputs, resend: "again" };
    expect(invitations().diff(outs, wanted).replaces).toEqual([]);
    await invitations().update(id, outs, wanted);
    expect(takeCalls(current())).toEqual([]);
  });

  it("leaves the membership when its resource goes, and says whose it is and how to end it", async () => {
    const { id, outs } = await accepted();
    const run = startRun(current());
    await invitations(run).remove(id, outs);
    const [membership] = memberships();
    expect(membership?.status).toBe("active");
    expect(takeWrites(current())).toEqual([]);
    expect(run.said).toEqual([
      `bob@example.com keeps access to Acme: the invitation was accepted and is the membership ${membership?.id} now. Set onDestroy: "removeMembership" to end it as well.`,
    ]);
  });

  it("ends the membership with onDestroy removeMembership, under the guards", async () => {
    const { id, outs } = await accepted({ roleSlug: "admin", onDestroy: "removeMembership" });
    const guarded = startRun(current(), { guards: { minAdmins: 1 } });
    const refusal = await failure(invitations(guarded).remove(id, outs));
    expect(refusal.message).toContain("fewer than workos:minAdmins = 1, because bob@example.com would lose access");
    expect(memberships()).toHaveLength(1);
    const run = startRun(current());
    await invitations(run).remove(id, outs);
    expect(memberships()).toEqual([]);
    expect(run.said).toEqual(["bob@example.com loses access to Acme, which the accepted invitation had led to."]);
  });

  it("is noticed by its removal also when nobody refreshed in between", async () => {
    const { id, outs } = await accepted();
    await invitations().remove(id, { ...outs, state: "pending" });
    expect(memberships()).toMatchObject([{ status: "active" }]);
  });
});

describe("an invitation that is accepted while the program changes it", () => {
  /** Pending in the state, and accepted by then. */
  async function acceptedSince(more: object = {}) {
    const organizationId = await organizationNamed(current(), "Acme");
    const inputs: Inputs = { email: "bob@example.com", organizationId, roleSlug: "member", ...more };
    const { id, outs } = await invitations().create(inputs);
    await current().api.invitations.accept({ id });
    current().wire.clear();
    return { id, inputs, outs };
  }

  it.each(["revoke", "removeMembership"])(
    "is not replaced by one of another role: the membership stays and is taken over (onDestroy %s)",
    async (onDestroy) => {
      const { id, inputs, outs } = await acceptedSince({ onDestroy });
      const wanted = { ...inputs, roleSlug: "admin" };
      expect(invitations().diff(outs, wanted)).toMatchObject({ replaces: ["roleSlug"], deleteBeforeReplace: true });
      const run = startRun(current(), { replacing: new Map([[id, wanted]]) });
      await invitations(run).remove(id, outs);
      const made = await invitations(run).create(wanted);
      expect(made).toMatchObject({ id, outs: { state: "accepted", roleSlug: "member" } });
      expect(invitations().diff(made.outs, wanted)).toEqual(noChange);
      expect(takeWrites(current())).toEqual([]);
      const [membership] = memberships();
      expect(run.said).toEqual([
        `bob@example.com has accepted the invitation meanwhile: it is the membership ${membership?.id} in Acme now (member), so nothing is revoked or sent. Its role is that membership's: to manage it, declare an OrganizationMembership with adopt: "if-exists".`,
      ]);
    },
  );

  it("is ended as declared where its replacement is for somebody else", async () => {
    const { id, inputs, outs } = await acceptedSince({ onDestroy: "removeMembership" });
    const run = startRun(current(), { replacing: new Map([[id, { ...inputs, email: "cleo@example.com" }]]) });
    await invitations(run).remove(id, outs);
    expect(memberships()).toEqual([]);
  });

  it.each([
    { onDestroy: "revoke", says: "keeps access to Acme", left: ["active"] },
    { onDestroy: "removeMembership", says: "loses access to Acme", left: [] },
  ])("in the moment of its removal is a member, and $says", async ({ onDestroy, says, left }) => {
    const organizationId = await organizationNamed(current(), "Acme");
    const { id, outs } = await invitations().create({ email: "bob@example.com", organizationId, onDestroy });
    const run = startRun(current(), { api: acceptOnRevoke(current()) });
    await invitations(run).remove(id, outs);
    expect(memberships().map(({ status }) => status)).toEqual(left);
    expect(run.said).toEqual([expect.stringContaining(`bob@example.com ${says}`)]);
  });

  it("in the moment of its being sent anew is taken over as it is", async () => {
    const organizationId = await organizationNamed(current(), "Acme");
    const inputs = { email: "bob@example.com", organizationId, roleSlug: "member" };
    const { id } = await invitations().create(inputs);
    const run = startRun(current(), { api: acceptOnRevoke(current()) });
    const made = await invitations(run).create({ ...inputs, roleSlug: "admin", adopt: "if-exists" });
    expect(made).toMatchObject({ id, outs: { state: "accepted", roleSlug: "member" } });
    expect(run.said[0]).toBe(
      "bob@example.com has accepted the pending invitation meanwhile, with the role member: nothing is sent.",
    );
    expect(current().control.mailbox.list()).toHaveLength(1);
  });

  it("is not mailed again", async () => {
    const { id, inputs, outs } = await acceptedSince();
    const run = startRun(current());
    const after = await invitations(run).update(id, outs, { ...inputs, resend: "again" });
    expect(after.state).toBe("accepted");
    expect(run.said).toEqual(["bob@example.com has accepted the invitation meanwhile: nothing is mailed again."]);
    expect(current().control.mailbox.list()).toHaveLength(1);
  });
});

describe("inviting who is a member already", () => {
  async function ann() {
    const { organizationId, of } = await organizationOf(current(), { ann: "admin" });
    return { membershipId: of("ann").membershipId, inputs: { email: "Ann.Acme@example.com", organizationId } };
  }

  it("is an error that names the membership, and no mail", async () => {
    const { membershipId, inputs } = await ann();
    const error = await failure(invitations().create(inputs));
    expect(error.message).toContain("user_already_organization_member");
    expect(error.message).toContain(`${membershipId} (ann.acme@example.com is a member already)`);
    expect(current().control.mailbox.list()).toEqual([]);
  });

  it("is satisfied with if-exists: accepted, without a mail, for good", async () => {
    const { membershipId, inputs } = await ann();
    const declared = { ...inputs, roleSlug: "member", adopt: "if-exists" };
    const { id, outs } = await invitations().create(declared);
    expect(id).toBe(membershipId);
    expect(outs).toMatchObject({ state: "accepted", adopted: true, roleSlug: "admin" });
    expect(takeWrites(current())).toEqual([]);
    const { props } = await refreshed(invitations(), id, outs);
    expect(invitations().diff(props, declared)).toEqual(noChange);
    const run = startRun(current());
    await invitations(run).remove(id, props);
    expect(run.said).toEqual([expect.stringContaining("ann.acme@example.com keeps access to Acme")]);
    await invitations().remove(id, { ...props, onDestroy: "removeMembership" });
    expect(memberships()).toEqual([]);
  });
});
