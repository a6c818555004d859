import { Browser } from "./support/browser";
import { data, day, ids, local } from "./support/local";

const at = local();
const invitations = "/user_management/invitations";
const memberships = "/user_management/organization_memberships";
const send = (body: object) => at().post(invitations, body);

test("an invitation to an organization makes the user and a pending membership, and sends a mail", async () => {
  const organization = await at().organization({ name: "Acme" });
  const invitation = await at().invitation({ email: "ann@example.com", organization_id: organization.id });
  expect(invitation).toMatchObject({
    state: "pending",
    role_slug: "member",
    expires_at: "2026-06-08T12:00:00.000Z",
    accepted_at: null,
    revoked_at: null,
    accepted_user_id: null,
    inviter_user_id: null,
  });
  expect(invitation.accept_invitation_url).toContain(invitation.token);
  expect(invitation.accept_invitation_url).toContain(at().emulator.url);
  const [membership] = data(
    await at().get(`${memberships}?organization_id=${organization.id}&statuses=active,inactive,pending`),
  );
  expect(membership).toMatchObject({
    status: "pending",
    role: { slug: "member" },
    user: { email: "ann@example.com", email_verified: false },
  });
  expect(at().control.mailbox.list()).toEqual([
    expect.objectContaining({
      to: "ann@example.com",
      kind: "invitation",
      subject: "You have been invited to Acme",
      objectId: invitation.id,
      token: invitation.token,
      url: invitation.accept_invitation_url,
    }),
  ]);
});

test("an unknown address gets no user before it accepts where the switch says so", async () => {
  at().control.switches.set({ inviteCreatesUser: false });
  const organization = await at().organization();
  const invitation = await at().invitation({ organization_id: organization.id, role_slug: "admin" });
  expect(at().control.state()).toMatchObject({ users: [], organizationMemberships: [] });
  await at().post(`${invitations}/${invitation.id}/accept`);
  expect(at().control.state().organizationMemberships).toMatchObject([{ status: "active", role: { slug: "admin" } }]);
});

test("an invitation without an organization has no role and makes no user", async () => {
  const invitation = await at().invitation({ role_slug: "admin" });
  expect(invitation).toMatchObject({ organization_id: null, role_slug: null });
  expect(at().control.state().users).toEqual([]);
});

test.each([
  [0, "expires_in_days_too_short"],
  [31, "expires_in_days_too_long"],
])("%i days are refused by %s", async (expires_in_days, code) => {
  const answer = await send({ email: "ann@example.com", expires_in_days });
  expect([answer.status, answer.body.code]).toEqual([400, code]);
});

test("an unknown role is 400, an unknown organization or inviter 404, an unknown language 422", async () => {
  const organization = await at().organization();
  const email = "ann@example.com";
  const role = await send({ email, organization_id: organization.id, role_slug: "nope" });
  expect([role.status, role.body.code]).toEqual([400, "invalid_role"]);
  expect((await send({ email, organization_id: "org_x" })).status).toBe(404);
  expect((await send({ email, inviter_user_id: "user_x" })).status).toBe(404);
  expect((await send({ email, locale: "klingon" })).body).toMatchObject({ errors: [{ field: "locale" }] });
  expect(at().control.mailbox.list()).toEqual([]);
});

test("who is invited or a member already is not invited again, whatever the email's case", async () => {
  const organization = await at().organization();
  const other = await at().organization();
  const email = "ann@example.com";
  await at().invitation({ email, organization_id: organization.id });
  const twice = await send({ email: "Ann@example.com", organization_id: organization.id });
  expect([twice.status, twice.body.code]).toEqual([400, "email_already_invited_to_organization"]);
  await at().invitation({ email, organization_id: other.id });

  const member = await at().user();
  const { id } = await at().membership(member.id, organization.id);
  const memberInvited = async () => (await send({ email: member.email, organization_id: organization.id })).body.code;
  expect(await memberInvited()).toBe("user_already_organization_member");
  await at().put(`${memberships}/${id}/deactivate`);
  expect(await memberInvited()).toBe("user_already_organization_member");
});

test("without an organization, pending invitations and existing users are refused", async () => {
  await at().invitation({ email: "ann@example.com" });
  expect((await send({ email: "ANN@example.com" })).body.code).toBe("email_already_invited");
  await at().user({ email: "bea@example.com" });
  expect((await send({ email: "bea@example.com" })).body.code).toBe("user_already_exists");
});

test("accepting activates the membership, verifies the user and cannot be repeated", async () => {
  const organization = await at().organization();
  const { id, email } = await at().invitation({ organization_id: organization.id, role_slug: "admin" });
  at().control.clock.advance(1000);
  const accepted = await at().post(`${invitations}/${id}/accept`);
  const [user] = at().control.state().users;
  expect(user).toMatchObject({ email, email_verified: true });
  expect(accepted.body).toMatchObject({
    state: "accepted",
    accepted_at: "2026-06-01T12:00:01.000Z",
    accepted_user_id: user?.id,
    role_slug: "admin",
  });
  expect(at().control.state().organizationMemberships).toMatchObject([{ status: "active", role: { slug: "admin" } }]);
  const again = await at().post(`${invitations}/${id}/accept`);
  expect([again.status, again.body.code]).toEqual([400, "invite_not_pending"]);
});

test("accepting makes a user for an unknown address, unless the switch forbids it", async () => {
  const first = await at().invitation();
  await at().post(`${invitations}/${first.id}/accept`);
  expect(at().control.state().users).toMatchObject([{ email: first.email, email_verified: true }]);
  at().control.switches.set({ acceptCreatesUser: false });
  const second = await at().invitation();
  expect((await at().post(`${invitations}/${second.id}/accept`)).body.code).toBe("invalid_invite");
});

test("the page behind the link accepts when the person signs up, not when it is looked at, nor for another site", async () => {
  const { id, accept_invitation_url: url } = await at().invitation();
  expect((await fetch(url)).status).toBe(200);
  expect((await at().get(`${invitations}/${id}`)).body.state).toBe("pending");
  expect((await fetch(url, { method: "POST" })).status).toBe(403);
  expect((await at().get(`${invitations}/${id}`)).body.state).toBe("pending");
  const browser = new Browser(at());
  expect((await browser.open(url)).title).toBe("You are invited");
  expect((await browser.submit("to-sign-up")).title).toBe("Accept your invitation");
  expect((await browser.submit("sign-up", { password: "correct horse battery" })).title).toBe("Welcome");
  expect((await at().get(`${invitations}/${id}`)).body.state).toBe("accepted");
});

test("the role follows the pending membership", async () => {
  const organization = await at().organization();
  const { id } = await at().invitation({ organization_id: organization.id });
  const membership = at().control.state().organizationMemberships[0];
  await at().put(`${memberships}/${membership?.id}`, { role_slug: "admin" });
  expect((await at().get(`${invitations}/${id}`)).body.role_slug).toBe("admin");
});

test("revoking takes the pending membership away, cannot be repeated and frees the address", async () => {
  const organization = await at().organization();
  const { id, email } = await at().invitation({ organization_id: organization.id });
  const revoked = await at().post(`${invitations}/${id}/revoke`);
  expect(revoked.body).toMatchObject({ state: "revoked", revoked_at: "2026-06-01T12:00:00.000Z" });
  expect(at().control.state().organizationMemberships).toEqual([]);
  expect((await at().post(`${invitations}/${id}/revoke`)).body.code).toBe("invite_not_pending");
  expect((await at().post(`${invitations}/${id}/accept`)).body.code).toBe("invite_not_pending");
  expect((await at().post(`${invitations}/${id}/resend`)).body.code).toBe("invite_revoked");
  expect((await send({ email, organization_id: organization.id })).status).toBe(201);
});

test("an invitation expires on the emulator's clock, for reads and lists alike, and can be sent anew", async () => {
  const organization = await at().organization();
  const { id, email } = await at().invitation({ organization_id: organization.id, expires_in_days: 2 });
  at().control.clock.advance(2 * day - 1);
  expect((await at().get(`${invitations}/${id}`)).body.state).toBe("pending");
  at().control.clock.advance(1);
  expect((await at().get(`${invitations}/${id}`)).body.state).toBe("expired");
  expect(data(await at().get(invitations))).toMatchObject([{ state: "expired" }]);
  expect((await at().post(`${invitations}/${id}/accept`)).body.code).toBe("invite_not_pending");
  expect((await at().post(`${invitations}/${id}/revoke`)).body.code).toBe("invite_not_pending");
  expect((await at().post(`${invitations}/${id}/resend`)).body.code).toBe("invite_expired");
  const anew = await send({ email, organization_id: organization.id, role_slug: "admin" });
  expect(anew.body).toMatchObject({ state: "pending", role_slug: "admin" });
  expect(at().control.state().organizationMemberships).toHaveLength(1);
});

test.each([
  ["new-token", false, "2026-06-09T12:00:00.000Z"],
  ["same", true, "2026-06-08T12:00:00.000Z"],
] as const)("resending with the switch at %s", async (resend, sameToken, expires_at) => {
  at().control.switches.set({ resend });
  const { id, token } = await at().invitation();
  at().control.clock.advance(day);
  const answer = await at().post(`${invitations}/${id}/resend`, { locale: "de" });
  expect(answer.body).toMatchObject({ state: "pending", expires_at });
  expect(answer.body.token === token).toBe(sameToken);
  expect((await at().get(`${invitations}/by_token/${token}`)).status).toBe(sameToken ? 200 : 404);
  expect(at().control.mailbox.list()).toHaveLength(2);
  expect(at().control.mailbox.list()[1]).toMatchObject({ token: answer.body.token, locale: "de" });
  await at().post(`${invitations}/${id}/accept`);
  expect((await at().post(`${invitations}/${id}/resend`)).body.code).toBe("invite_accepted");
});

test("invitations are found by token, email and organization", async () => {
  const organization = await at().organization();
  const first = await at().invitation({ organization_id: organization.id });
  const second = await at().invitation({ email: first.email, organization_id: (await at().organization()).id });
  expect((await at().get(`${invitations}/by_token/${first.token}`)).body.id).toBe(first.id);
  const unknown = await at().get(`${invitations}/by_token/nonsense`);
  expect([unknown.status, unknown.text.includes("nonsense")]).toEqual([404, false]);
  expect(ids(await at().get(`${invitations}?email=${first.email.toUpperCase()}`))).toEqual([second.id, first.id]);
  expect(ids(await at().get(`${invitations}?organization_id=${organization.id}`))).toEqual([first.id]);
  expect(ids(await at().get(`${invitations}?organization_id=org_x`))).toEqual([]);
});
