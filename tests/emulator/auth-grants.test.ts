import { X509Certificate } from "node:crypto";
import { data, day, local } from "./support/local";
import {
  authenticate,
  claims,
  grant,
  lastCode,
  lastMail,
  password,
  person,
  seconds,
  text,
  withPassword,
  wrongCode,
} from "./support/sign-in";

const at = local();

async function member(fields: object = {}) {
  const organization = await at().organization();
  const user = await person(at());
  const membership = await at().membership(user.id, organization.id, fields);
  return { organization, user, membership };
}

test("a password gives tokens that the published key verifies, with the vendor's claims", async () => {
  at().control.addRole({ slug: "editor", permissions: ["posts:write", "posts:read"] });
  const { organization, user } = await member({ role_slug: "editor" });
  const answer = await withPassword(at(), user.email, { ip_address: "203.0.113.1", user_agent: "a test" });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ organization_id: organization.id, authentication_method: "Password" });
  expect(answer.body.user).toMatchObject({ id: user.id, last_sign_in_at: "2026-06-01T12:00:00.000Z" });
  const [session] = data(await at().get(`/user_management/users/${user.id}/sessions`));
  expect(await claims(at(), text(answer, "access_token"))).toMatchObject({
    iss: `${at().emulator.url}/user_management/client_local`,
    sub: user.id,
    sid: session?.id,
    org_id: organization.id,
    role: "editor",
    roles: ["editor"],
    permissions: ["posts:write", "posts:read"],
    iat: seconds(0),
    exp: seconds(300),
  });
  expect(session).toMatchObject({ status: "active", ip_address: "203.0.113.1", user_agent: "a test" });
});

test("the key set carries a certificate of the same key", async () => {
  const { keys } = (await at().get("/sso/jwks/client_local")).body as { keys: { x5c: string[]; n: string }[] };
  const certificate = new X509Certificate(Buffer.from(keys[0]?.x5c[0] ?? "", "base64"));
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.export({ format: "jwk" }).n).toBe(keys[0]?.n);
  expect((await at().get("/sso/jwks/client_unknown")).status).toBe(404);
});

test("wrong passwords, unknown people and wrong clients are refused", async () => {
  const { email } = await person(at());
  expect(await withPassword(at(), email, { password: "wrong password" })).toMatchObject({
    status: 400,
    body: { code: "invalid_credentials" },
  });
  expect((await withPassword(at(), "nobody@example.com")).body.code).toBe("invalid_credentials");
  expect((await withPassword(at(), email, { client_secret: "sk_wrong" })).body.error).toBe("invalid_client");
  expect((await withPassword(at(), email, { client_id: "client_x" })).body.error).toBe("invalid_client");
  at().control.switches.set({ passwordSignIn: false });
  expect(await withPassword(at(), email)).toMatchObject({
    status: 403,
    body: { code: "email_password_auth_disabled" },
  });
});

test("a refresh token works once, and may switch the organization", async () => {
  const { organization, user } = await member();
  const other = await at().organization();
  const first = await withPassword(at(), user.email);
  const refresh = async (token: string, fields: object = {}) =>
    authenticate(at(), { grant_type: "refresh_token", refresh_token: token, ...fields });
  const second = await refresh(text(first, "refresh_token"));
  expect(second.body).toMatchObject({ organization_id: organization.id });
  expect((await refresh(text(first, "refresh_token"))).body.error).toBe("invalid_grant");
  const token = text(second, "refresh_token");
  expect((await refresh(token, { organization_id: "org_unknown" })).body.error).toBe("organization_not_found");
  const stranger = await refresh(token, { organization_id: other.id });
  expect(stranger.body.error).toBe("organization_membership_not_found");
  await at().membership(user.id, other.id);
  const switched = await refresh(token, { organization_id: other.id });
  expect(await claims(at(), text(switched, "access_token"))).toMatchObject({ org_id: other.id });
  expect(data(await at().get(`/user_management/users/${user.id}/sessions`))).toHaveLength(1);
  at().control.clock.advance(day);
  const later = await refresh(text(switched, "refresh_token"));
  // Whoever renews a token has not signed in again.
  expect(await claims(at(), text(later, "access_token"))).toMatchObject({
    auth_time: seconds(0),
    iat: seconds(day / 1000),
  });
});

test("an ended or expired session cannot be refreshed and is no longer listed", async () => {
  const user = await person(at());
  const sessions = `/user_management/users/${user.id}/sessions`;
  const first = await withPassword(at(), user.email);
  const { id } = data(await at().get(sessions))[0] ?? {};
  expect((await at().post("/user_management/sessions/revoke", { session_id: id })).status).toBe(200);
  expect((await at().post("/user_management/sessions/revoke", { session_id: id })).status).toBe(200);
  expect((await at().post("/user_management/sessions/revoke", { session_id: "session_x" })).status).toBe(400);
  const refresh = { grant_type: "refresh_token", refresh_token: text(first, "refresh_token") };
  expect((await authenticate(at(), refresh)).body.error).toBe("invalid_grant");
  expect(data(await at().get(sessions))).toEqual([]);
  at().control.switches.set({ listSessions: "all" });
  expect(data(await at().get(sessions))).toMatchObject([
    { id, status: "revoked", ended_at: expect.any(String) as string },
  ]);
  const second = await withPassword(at(), user.email);
  at().control.clock.advance(31 * 24 * 60 * 60 * 1000);
  const late = { grant_type: "refresh_token", refresh_token: text(second, "refresh_token") };
  expect((await authenticate(at(), late)).body.error).toBe("invalid_grant");
  expect(data(await at().get(sessions))[0]).toMatchObject({ status: "expired" });
});

test("an unverified email must be verified by the mailed code first", async () => {
  const user = await at().user({ password });
  const refused = await withPassword(at(), user.email);
  expect(refused).toMatchObject({
    status: 403,
    body: { code: "email_verification_required", email: user.email, email_verification_id: lastMail(at()).objectId },
  });
  const step = {
    grant_type: grant.emailVerification,
    pending_authentication_token: text(refused, "pending_authentication_token"),
  };
  expect((await authenticate(at(), { ...step, code: wrongCode(at()) })).body.code).toBe("invalid_one_time_code");
  const done = await authenticate(at(), { ...step, code: lastCode(at()) });
  expect(done.body.user).toMatchObject({ email_verified: true });
  expect((await authenticate(at(), { ...step, code: lastCode(at()) })).body.code).toBe(
    "invalid_pending_authentication_token",
  );
  expect((await withPassword(at(), user.email)).status).toBe(200);
});

test("with several organizations one must be chosen, and only one's own can be", async () => {
  const { organization, user } = await member();
  const second = await at().organization({ name: "Second" });
  await at().membership(user.id, second.id);
  const refused = await withPassword(at(), user.email);
  expect(refused).toMatchObject({ status: 403, body: { code: "organization_selection_required" } });
  expect(refused.body.organizations).toEqual([
    { id: organization.id, name: "Acme" },
    { id: second.id, name: "Second" },
  ]);
  const step = {
    grant_type: grant.organization,
    pending_authentication_token: text(refused, "pending_authentication_token"),
  };
  const foreign = await authenticate(at(), { ...step, organization_id: (await at().organization()).id });
  expect(foreign.body.code).toBe("invalid_organization_id");
  expect((await authenticate(at(), { ...step, organization_id: second.id })).body.organization_id).toBe(second.id);
});

test("members of an organization with SSO are sent there", async () => {
  const { organization, user } = await member();
  at().control.switches.set({ ssoRequired: [organization.id] });
  expect(await withPassword(at(), user.email)).toMatchObject({
    status: 400,
    body: { error: "sso_required", email: user.email, connection_ids: [] },
  });
});

test("Magic Auth: the code signs in, verifies the address, works once and only for ten minutes", async () => {
  const send = async (email: string) => at().post("/user_management/magic_auth", { email });
  const sent = await send("new@example.com");
  expect(sent.status).toBe(201);
  expect((await at().get(`/user_management/magic_auth/${text(sent, "id")}`)).body).toEqual(sent.body);
  const enter = async (code: string) =>
    authenticate(at(), { grant_type: grant.magicAuth, email: "New@example.com", code });
  const done = await enter(text(sent, "code"));
  expect(done.body).toMatchObject({ authentication_method: "MagicAuth", user: { email_verified: true } });
  expect((await enter(text(sent, "code"))).body.code).toBe("one_time_code_previously_used");
  const second = await send("new@example.com");
  at().control.clock.advance(10 * 60_000);
  expect((await enter(text(second, "code"))).body.code).toBe("one_time_code_expired");
  await send("new@example.com");
  const wrong = wrongCode(at());
  for (let guess = 0; guess < 5; guess += 1) expect((await enter(wrong)).body.code).toBe("invalid_one_time_code");
  expect((await enter(lastCode(at()))).body.code).toBe("one_time_code_too_many_attempts");
  at().control.switches.set({ signUp: false });
  expect((await send("other@example.com")).body.error).toBe("sign_up_not_allowed");
});

test("signing in with an invitation accepts it", async () => {
  const organization = await at().organization();
  const user = await at().user({ password });
  const { id, token } = await at().invitation({ email: user.email, organization_id: organization.id });
  const other = await person(at());
  const foreign = await withPassword(at(), other.email, { invitation_token: token });
  expect(foreign.body.error).toBe("invitation_cannot_be_used_for_email");
  const done = await withPassword(at(), user.email, { invitation_token: token });
  expect(done.body).toMatchObject({ organization_id: organization.id, user: { email_verified: true } });
  expect((await at().get(`/user_management/invitations/${id}`)).body).toMatchObject({ state: "accepted" });
  const again = await withPassword(at(), user.email, { invitation_token: token });
  expect(again.body.error).toBe("invitation_invalid");
});
