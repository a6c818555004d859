/** People who are invited: what becomes of an invitation is theirs to decide, and the roster follows. */
import { acceptOnRevoke } from "../lifecycle/support/people";
import { useWorld } from "../support/world";
import { member, type Members, RosterLife } from "./support/organization";

const current = useWorld();
const cleo = "cleo@example.com";
const invited: Members = { [cleo]: { roles: ["member"], via: "invitation" } };
const dayMs = 86_400_000;
const mails = () => current().control.mailbox.list().length;

test("an invitation that is open, and then accepted, is no difference", async () => {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(invited);
  expect(await roster.refresh(state)).toEqual({ state, inputs: roster.inputs(invited) });
  const [invitation] = current().control.state().invitations;
  await current().api.invitations.accept({ id: invitation?.id ?? "" });
  const accepted = await roster.refresh(state);
  expect(accepted.inputs).toEqual(roster.inputs(invited));
  expect(roster.changes(accepted.state, invited)).toBe(false);
  expect(roster.people()).toEqual([`${cleo}: active member`]);
});

test("an expired one is sent again, three times in all, and then reported", async () => {
  const roster = await RosterLife.start(current());
  let { state } = await roster.create(invited);
  for (const sent of [2, 3]) {
    current().clock.advance(8 * dayMs);
    const expired = await roster.refresh(state);
    expect(expired.inputs.members).toEqual({});
    ({ state } = await roster.update(expired.state, invited));
    expect(mails()).toBe(sent);
  }
  current().clock.advance(8 * dayMs);
  const stale = await roster.refresh(state);
  expect(stale.inputs.members).toEqual(invited);
  expect(roster.changes(stale.state, invited)).toBe(false);
  expect(roster.plan(stale.state, { ...invited, "dan@example.com": member() })).toContain(
    `  invites 1 no more, since three mails were not answered: ${cleo}`,
  );
  expect(mails()).toBe(3);
});

test("the role of an open invitation changes without another mail where there is a membership for it", async () => {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(invited);
  const admin: Members = { [cleo]: { roles: ["admin"], via: "invitation" } };
  const { state: after } = await roster.update(state, admin);
  expect(roster.people()).toEqual([`${cleo}: pending admin`]);
  expect(mails()).toBe(1);
  expect(roster.changes(after, admin)).toBe(false);
});

test("several roles are given with an invitation", async () => {
  const roster = await RosterLife.start(current());
  const both: Members = { [cleo]: { roles: ["member", "admin"], via: "invitation" } };
  const { state } = await roster.create(both);
  expect(roster.people()).toEqual([`${cleo}: pending member,admin`]);
  expect((await roster.refresh(state)).inputs).toEqual(roster.inputs(both));
});

test("where inviting makes no user, an invitation is followed by its address", async () => {
  current().control.switches.set({ inviteCreatesUser: false });
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(invited);
  expect((await roster.refresh(state)).inputs).toEqual(roster.inputs(invited));
  const admin: Members = { [cleo]: { roles: ["admin"], via: "invitation" } };
  const { state: after } = await roster.update(state, admin);
  expect(
    current()
      .control.state()
      .invitations.map(({ state: now, role_slug }) => `${now} ${role_slug}`)
      .sort(),
  ).toEqual(["pending admin", "revoked member"]);
  expect(roster.changes(after, admin)).toBe(false);
});

test("whoever has an expired invitation can be enrolled at once instead", async () => {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(invited);
  current().clock.advance(8 * dayMs);
  const refreshed = await roster.refresh(state);
  await roster.update(refreshed.state, { [cleo]: member("member") });
  expect(roster.people()).toEqual([`${cleo}: active member`]);
});

test("neither tokens nor links to accept are recorded", async () => {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(invited);
  const refreshed = await roster.refresh(state);
  const [invitation] = await current().api.invitations.list({ organization_id: roster.organizationId }).all();
  expect(invitation?.token).toMatch(/^.{20,}$/);
  for (const text of [JSON.stringify(state), JSON.stringify(refreshed)]) {
    expect(text).not.toContain(invitation?.token);
    expect(text).not.toContain("invitation_token");
  }
});

describe("whoever accepts between the reading of the organization and the writing", () => {
  beforeEach(() => {
    current().control.switches.set({ inviteCreatesUser: false });
  });

  test.each([
    { onRemove: "deactivate", said: "is suspended in Acme", people: [`${cleo}: inactive member`] },
    { onRemove: "delete", said: "loses access to Acme", people: [] },
  ] as const)("leaves as a member does with onRemove $onRemove", async ({ onRemove, said, people }) => {
    const roster = await RosterLife.start(current());
    const { state } = await roster.create(invited, { onRemove });
    const run = await roster.update(state, {}, { onRemove }, { api: acceptOnRevoke(current()) });
    expect(roster.people()).toEqual(people);
    expect(run.said).toContain(`${cleo} has accepted the invitation meanwhile and ${said}.`);
    expect(roster.changes((await roster.refresh(run.state)).state, {}, { onRemove })).toBe(false);
  });

  test("gets the declared role as a member, and no second mail", async () => {
    const roster = await RosterLife.start(current());
    const { state } = await roster.create(invited);
    const admin: Members = { [cleo]: { roles: ["admin"], via: "invitation" } };
    const run = await roster.update(state, admin, {}, { api: acceptOnRevoke(current()) });
    expect(roster.people()).toEqual([`${cleo}: active admin`]);
    expect(mails()).toBe(1);
    expect(run.said).toContain(`${cleo} has joined Acme meanwhile: no invitation is sent, and the roles are admin.`);
    expect(roster.changes(run.state, admin)).toBe(false);
  });
});
