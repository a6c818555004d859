import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { users, organizationMemberships: memberships, organizations, invitations } = endpoints;
const day = 24 * 60 * 60 * 1000;

export function invitationAnswers(run: RunOf): void {
  const acme = async () => (await run().call(organizations.create, { name: "Acme" })).id;
  const invited = async () => run().call(invitations.send, { email: "eve@example.com", organization_id: await acme() });

  test("an invitation is sent, read by id and token, listed, resent and accepted", async () => {
    const inviter = await run().call(users.create, { email: "ann@example.com" });
    const organization_id = await acme();
    const sent = await run().call(invitations.send, {
      ...{ email: "eve@example.com", organization_id, role_slug: "admin", expires_in_days: 30 },
      ...{ inviter_user_id: inviter.id, locale: "de" as const },
    });
    expect(await run().call(invitations.get, { id: sent.id })).toEqual(sent);
    expect(await run().call(invitations.getByToken, { token: sent.token })).toEqual(sent);
    expect((await run().call(invitations.list, { organization_id, email: "eve@example.com" })).data).toEqual([sent]);
    await run().call(invitations.resend, { id: sent.id, locale: "fr" });
    await run().call(invitations.resend, { id: sent.id });
    const accepted = await run().call(invitations.accept, { id: sent.id });
    expect(accepted).toMatchObject({ state: "accepted", role_slug: "admin" });
  });

  test("an invitation without an organization is revoked", async () => {
    const { id } = await run().call(invitations.send, { email: "eve@example.com" });
    expect(await run().call(invitations.revoke, { id })).toMatchObject({ state: "revoked" });
  });

  test("what is over can neither be accepted, revoked nor resent", async () => {
    const revoked = await invited();
    await run().call(invitations.revoke, { id: revoked.id });
    const accepted = await invited();
    await run().call(invitations.accept, { id: accepted.id });
    const expired = await invited();
    run().control.clock.advance(8 * day);
    expect(await run().call(invitations.get, { id: expired.id })).toMatchObject({ state: "expired" });
    for (const { id } of [revoked, accepted, expired]) {
      const notPending = { status: 400, code: "invite_not_pending" };
      expect(await run().refused(invitations.accept, { id })).toMatchObject(notPending);
      expect(await run().refused(invitations.revoke, { id })).toMatchObject(notPending);
    }
    const resent = async (id: string) => (await run().refused(invitations.resend, { id })).code;
    expect(await resent(revoked.id)).toBe("invite_revoked");
    expect(await resent(accepted.id)).toBe("invite_accepted");
    expect(await resent(expired.id)).toBe("invite_expired");
  });

  test.each([
    ["no email", {}, 422, "invalid_request_parameters"],
    ["what is no email", { email: "eve" }, 422, "invalid_request_parameters"],
    ["days of the wrong type", { email: "b@example.com", expires_in_days: "7" }, 422, "invalid_request_parameters"],
    ["an unknown locale", { email: "b@example.com", locale: "tlh" }, 422, "invalid_request_parameters"],
    ["too short a term", { email: "b@example.com", expires_in_days: 0 }, 400, "expires_in_days_too_short"],
    ["too long a term", { email: "b@example.com", expires_in_days: 31 }, 400, "expires_in_days_too_long"],
    ["the email of a user", { email: "ann@example.com" }, 400, "user_already_exists"],
    ["the email of a pending invitation", { email: "eve@example.com" }, 400, "email_already_invited"],
    ["an unknown organization", { email: "b@example.com", organization_id: "org_x" }, 404, "entity_not_found"],
    ["an unknown inviter", { email: "b@example.com", inviter_user_id: "user_x" }, 404, "entity_not_found"],
  ])("an invitation with %s is refused as documented", async (_what, input, status, code) => {
    await run().call(users.create, { email: "ann@example.com" });
    await run().call(invitations.send, { email: "eve@example.com" });
    expect(await run().refused(invitations.send, input)).toMatchObject({ status, code });
  });

  test("an invitation to an organization is refused for members, for invited people and for unknown roles", async () => {
    const organization_id = await acme();
    const user = await run().call(users.create, { email: "ann@example.com" });
    await run().call(memberships.create, { user_id: user.id, organization_id });
    await run().call(invitations.send, { email: "eve@example.com", organization_id });
    const refused = async (email: string, fields: object = {}) =>
      (await run().refused(invitations.send, { email, organization_id, ...fields })).code;
    expect(await refused("ann@example.com")).toBe("user_already_organization_member");
    expect(await refused("eve@example.com")).toBe("email_already_invited_to_organization");
    expect(await refused("b@example.com", { role_slug: "owner" })).toBe("invalid_role");
  });

  test("accepting may need a user that exists", async () => {
    run().control.switches.set({ inviteCreatesUser: false, acceptCreatesUser: false });
    const { id } = await invited();
    expect(await run().refused(invitations.accept, { id })).toMatchObject({ status: 400, code: "invalid_invite" });
  });

  test("an unknown invitation is 404 everywhere; a wrong locale or page is 422", async () => {
    const { get, accept, revoke, resend, getByToken, list } = invitations;
    for (const endpoint of [get, accept, revoke, resend]) {
      expect(await run().refused(endpoint, { id: "invitation_unknown" })).toMatchObject({ status: 404 });
    }
    expect(await run().refused(getByToken, { token: "unknown" })).toMatchObject({ status: 404 });
    const { id } = await invited();
    expect(await run().refused(resend, { id, locale: "tlh" })).toMatchObject({ status: 422 });
    expect(await run().refused(list, { order: "random" })).toMatchObject({ status: 422 });
  });
}
