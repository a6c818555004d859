/** What applications do with `@workos-inc/node` 11, each a test of Node's own runner. Where AuthKit is says the environment. */
import { NotFoundException, OauthException, WorkOS } from "@workos-inc/node";
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

const { AUTHKIT_PORT, PERSON_URL } = process.env;
const clientId = "client_local";
const options = { clientId, apiHostname: "127.0.0.1", port: Number(AUTHKIT_PORT), https: false };
const workos = new WorkOS({ apiKey: "sk_test_local", ...options });
const { userManagement } = workos;
const cookiePassword = "a cookie password of at least 32 characters";
const password = "correct horse battery";
const redirectUri = "http://localhost:3000/callback";

let count = 0;
const person = () =>
  userManagement.createUser({ email: `node-${process.pid}-${++count}@example.com`, password, emailVerified: true });
async function codeFor(url, email) {
  const answer = await fetch(PERSON_URL, { method: "POST", body: JSON.stringify({ url, email, password }) });
  const { searchParams } = new URL((await answer.json()).location);
  return { code: searchParams.get("code"), state: searchParams.get("state") };
}

test("a sealed session by the page's code: authenticated, refreshed, ended at the logout address", async () => {
  const { id, email } = await person();
  const url = userManagement.getAuthorizationUrl({ provider: "authkit", clientId, redirectUri, state: "here" });
  const { code, state } = await codeFor(url, email);
  assert.equal(state, "here");
  const session = { sealSession: true, cookiePassword };
  const { sealedSession, user } = await userManagement.authenticateWithCode({ clientId, code, session });
  assert.equal(user.id, id);
  const sealed = userManagement.loadSealedSession({ sessionData: sealedSession, cookiePassword });
  assert.equal((await sealed.authenticate()).user.id, id);
  assert.equal((await sealed.refresh()).user.id, id);
  const logout = await sealed.getLogoutUrl({ returnTo: "http://localhost:3000/" });
  const { status, headers } = await fetch(logout, { redirect: "manual" });
  assert.deepEqual([status, headers.get("location")], [302, "http://localhost:3000/"]);
  assert.deepEqual((await userManagement.listSessions(id)).data, []);
  assert.equal((await sealed.refresh()).authenticated, false);
});

test("a public client by PKCE", async () => {
  const { id, email } = await person();
  const app = new WorkOS(options);
  const asked = await app.userManagement.getAuthorizationUrlWithPKCE({ provider: "authkit", clientId, redirectUri });
  const { code, state } = await codeFor(asked.url, email);
  assert.equal(state, asked.state);
  const { codeVerifier } = asked;
  const signedIn = await app.userManagement.authenticateWithCode({ clientId, code, codeVerifier });
  assert.equal(signedIn.user.id, id);
});

test("a password, an emailed code and a refresh token", async () => {
  const { id, email } = await person();
  const first = await userManagement.authenticateWithPassword({ clientId, email, password });
  assert.equal(first.user.id, id);
  const { code } = await userManagement.createMagicAuth({ email });
  const second = await userManagement.authenticateWithMagicAuth({ clientId, email, code });
  assert.equal(second.authenticationMethod, "MagicAuth");
  const { refreshToken } = second;
  const third = await userManagement.authenticateWithRefreshToken({ clientId, refreshToken });
  assert.notEqual(third.refreshToken, refreshToken);
  assert.equal((await userManagement.listSessions(id)).data.length, 2);
  const wrong = userManagement.authenticateWithPassword({ clientId, email, password: "wrong" });
  await assert.rejects(wrong, (error) => error.status === 400 && error.code === "invalid_credentials");
  const unknown = userManagement.authenticateWithCode({ clientId, code: "unknown" });
  await assert.rejects(unknown, (error) => error instanceof OauthException && error.error === "invalid_grant");
});

test("one of several organizations is chosen", async () => {
  const { id: userId, email } = await person();
  const organizations = await Promise.all(
    ["Acme", "Beta"].map((name) => workos.organizations.createOrganization({ name })),
  );
  for (const { id: organizationId } of organizations) {
    await userManagement.createOrganizationMembership({ userId, organizationId });
  }
  const [{ id: organizationId }] = organizations;
  const refused = await userManagement.authenticateWithPassword({ clientId, email, password }).catch((error) => error);
  assert.equal(refused.code, "organization_selection_required");
  const pendingAuthenticationToken = refused.rawData.pending_authentication_token;
  const chosen = { clientId, organizationId, pendingAuthenticationToken };
  assert.equal((await userManagement.authenticateWithOrganizationSelection(chosen)).organizationId, organizationId);
});

test("people and invitations: made, found, listed page by page, changed, deleted", async () => {
  const externalId = `own-${process.pid}`;
  const made = await userManagement.createUser({ email: `own-${process.pid}@example.com`, externalId });
  assert.equal((await userManagement.getUserByExternalId(externalId)).id, made.id);
  const changed = await userManagement.updateUser({ userId: made.id, firstName: "Ann", metadata: { desk: "4" } });
  assert.deepEqual([changed.firstName, changed.metadata], ["Ann", { desk: "4" }]);
  const newest = await userManagement.listUsers({ limit: 1 });
  assert.equal(newest.data[0].id, made.id);
  const older = await userManagement.listUsers({ after: newest.listMetadata.after });
  assert.ok(older.data.length > 0 && older.data.every(({ id }) => id !== made.id));
  const invitation = await userManagement.sendInvitation({ email: `new-${process.pid}@example.com` });
  assert.equal((await userManagement.findInvitationByToken(invitation.token)).id, invitation.id);
  await userManagement.deleteUser(made.id);
  await assert.rejects(userManagement.getUser(made.id), NotFoundException);
});

test("Standalone Connect: a sign-in of one's own system is completed", async () => {
  const application = { name: "Wiki", applicationType: "oauth", isFirstParty: true, usesPkce: true };
  const { clientId: client_id } = await workos.connect.createApplication({
    ...application,
    redirectUris: [{ uri: redirectUri }],
  });
  const query = { client_id, redirect_uri: redirectUri, response_type: "code", scope: "openid" };
  const challenge = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  const asked = new URLSearchParams({ ...query, ...challenge });
  const address = `http://127.0.0.1:${AUTHKIT_PORT}/oauth2/authorize`;
  const { headers } = await fetch(`${address}?${asked}`, { redirect: "manual" });
  const externalAuthId = new URL(headers.get("location")).searchParams.get("external_auth_id");
  const user = { id: `own-system-${process.pid}`, email: `own-system-${process.pid}@example.com` };
  const { redirectUri: back } = await workos.connect.completeOAuth2({ externalAuthId, user });
  const there = await fetch(back, { redirect: "manual" });
  assert.match(there.headers.get("location"), /^http:\/\/localhost:3000\/callback\?code=/);
});

test("events tell what happened", async () => {
  const { id } = await person();
  const { data } = await workos.events.listEvents({ events: ["user.created"], limit: 100 });
  assert.ok(data.some(({ event, data: user }) => event === "user.created" && user.id === id));
});

test("a webhook endpoint's secret verifies what is signed by it", async () => {
  const endpointUrl = `https://app.example.com/${process.pid}`;
  const { secret } = await workos.webhooks.createWebhookEndpoint({ endpointUrl, events: ["user.created"] });
  const payload = { id: "event_1", event: "user.created", data: { object: "user", id: "user_1" }, created_at: "now" };
  const now = Date.now();
  const signature = createHmac("sha256", secret)
    .update(`${now}.${JSON.stringify(payload)}`)
    .digest("hex");
  const sigHeader = `t=${now}, v1=${signature}`;
  const event = await workos.webhooks.constructEvent({ payload, sigHeader, secret });
  assert.equal(event.event, "user.created");
});
