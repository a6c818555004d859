/** The client against the local AuthKit: whole ways through signing in. */
import { createHmac } from "node:crypto";
import { createWorkos, type SignIn, type Workos, type WorkosOptions } from "../../client";
import { type Emulator, startEmulator } from "../../emulator";
import { failure } from "../api/support/api";
import { COOKIE_PASSWORD } from "./support/sign-in";

let emulator: Emulator;
let workos: Workos;
beforeAll(async () => {
  emulator = await startEmulator();
  workos = client();
});
beforeEach(() => emulator.control.reset());
afterAll(async () => {
  await workos.close();
  await emulator.close();
});

const client = (options: Partial<WorkosOptions> = {}) =>
  createWorkos({ apiKey: emulator.apiKey, clientId: emulator.clientId, baseUrl: emulator.url, ...options });
const password = "a long enough password";
const email = "ann@example.com";
const withPassword = () => workos.authentication.withPassword({ email, password });
const lastMail = () => {
  const mail = emulator.control.mailbox.list().at(-1);
  if (mail === undefined) throw new Error("no mail was sent");
  return { code: mail.code ?? "", token: mail.token ?? "", kind: mail.kind };
};

/** The result, where it is of the expected type. */
function expectType<T extends SignIn["type"]>(result: SignIn, type: T): Extract<SignIn, { type: T }> {
  expect(result.type).toBe(type);
  return result as Extract<SignIn, { type: T }>;
}

async function member(organizations: readonly string[] = ["Acme"]) {
  const user = await workos.users.create({ email, password, email_verified: true });
  const ids: string[] = [];
  for (const name of organizations) {
    const { id: organization_id } = await workos.organizations.create({ name });
    await workos.organizationMemberships.create({ user_id: user.id, organization_id, role_slug: "admin" });
    ids.push(organization_id);
  }
  return { user, ids };
}

/** What an authenticator app shows (RFC 6238: SHA-1, 30 seconds, six digits). */
function totp(uri: string, at: number): string {
  const bits = [...(new URL(uri).searchParams.get("secret") ?? "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE((digest[19] ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

test("password, email verification, organization selection: one step after the other", async () => {
  const { user, ids } = await member(["Acme", "Beta"]);
  await workos.users.delete({ id: user.id });
  const again = await workos.users.create({ email, password });
  for (const organization_id of ids)
    await workos.organizationMemberships.create({ user_id: again.id, organization_id });

  const first = expectType(await withPassword(), "email_verification_required");
  expect(first).toMatchObject({ email });
  const { pending_authentication_token } = first;
  const second = await workos.authentication.withEmailVerification({
    pending_authentication_token,
    code: lastMail().code,
  });
  const choice = expectType(second, "organization_selection_required");
  expect(choice.organizations.map(({ name }) => name).sort()).toEqual(["Acme", "Beta"]);
  const third = await workos.authentication.withOrganizationSelection({
    pending_authentication_token: choice.pending_authentication_token,
    organization_id: ids[1] ?? "",
  });
  const { access_token, organization_id } = expectType(third, "authenticated");
  expect(organization_id).toBe(ids[1]);
  expect(await workos.sessions.verifyAccessToken(access_token)).toMatchObject({
    valid: true,
    claims: { sub: again.id, org_id: ids[1], role: "member" },
  });
});

test("a second factor: enrolled, then asked for, then given", async () => {
  const { user } = await member();
  const enrolled = await workos.mfa.enrollForUser({ user_id: user.id, type: "totp", totp_issuer: "Acme" });
  const uri = enrolled.authentication_factor.totp?.uri ?? "";
  const now = () => totp(uri, emulator.control.clock.now());
  expect(await workos.mfa.verify({ id: enrolled.authentication_challenge.id, code: now() })).toMatchObject({
    valid: true,
  });
  const wrong = now() === "000000" ? "111111" : "000000";
  const other = await workos.mfa.challenge({ id: enrolled.authentication_factor.id });
  expect(await workos.mfa.verify({ id: other.id, code: wrong })).toMatchObject({ valid: false });
  expect(await workos.mfa.listForUser({ user_id: user.id }).all()).toMatchObject([{ type: "totp" }]);

  emulator.control.clock.advance(60_000);
  const step = expectType(await withPassword(), "mfa_challenge");
  const challenge =
    step.authentication_challenge ?? (await workos.mfa.challenge({ id: step.authentication_factors[0]?.id ?? "" }));
  const result = await workos.authentication.withTotp({
    code: now(),
    authentication_challenge_id: challenge.id,
    pending_authentication_token: step.pending_authentication_token,
  });
  expectType(result, "authenticated");
  await workos.mfa.delete({ id: enrolled.authentication_factor.id });
  expectType(await withPassword(), "authenticated");
});

test("what an environment or an organization asks for is a step too", async () => {
  const { ids } = await member();
  emulator.control.switches.set({ mfa: "required" });
  expectType(await withPassword(), "mfa_enrollment");
  emulator.control.switches.set({ ssoRequired: ids });
  expectType(await withPassword(), "sso_required");
  emulator.control.switches.set({ passwordSignIn: false });
  expect(await failure(withPassword())).toMatchObject({ kind: "forbidden", code: "email_password_auth_disabled" });
});

test("Magic Auth: the code in the mail signs in, once", async () => {
  await member();
  const { id } = await workos.magicAuth.create({ email });
  const { code } = lastMail();
  expect(await workos.magicAuth.get({ id })).toMatchObject({ code, email });
  expectType(await workos.authentication.withMagicAuth({ email, code }), "authenticated");
  expect((await failure(workos.authentication.withMagicAuth({ email, code }))).status).toBe(400);
});

test("a cookie from sign-in to sign-out: authenticated, refreshed, moved to another organization, revoked", async () => {
  const { user, ids } = await member(["Acme", "Beta"]);
  const cookiePassword = COOKIE_PASSWORD;
  const choice = expectType(await withPassword(), "organization_selection_required");
  const { pending_authentication_token } = choice;
  const [acme = "", beta = ""] = ids;
  const select = { pending_authentication_token, organization_id: acme };
  const signedIn = expectType(await workos.authentication.withOrganizationSelection(select), "authenticated");
  const session = workos.sessions.load({
    sessionData: await workos.sessions.seal(signedIn, { cookiePassword }),
    cookiePassword,
  });
  const before = await session.authenticate();
  expect(before).toMatchObject({ authenticated: true, organization_id: acme, user: { id: user.id } });
  const moved = await session.refresh({ organization_id: beta });
  expect(moved).toMatchObject({ authenticated: true, organization_id: beta });
  if (!moved.authenticated) throw new Error(moved.reason);
  const sessions = await workos.sessions.list({ user_id: user.id }).all();
  expect(sessions).toMatchObject([{ id: moved.session_id, status: "active", auth_method: "password" }]);
  expect(await session.getLogoutUrl()).toContain(moved.session_id);

  await workos.sessions.revoke({ session_id: moved.session_id });
  expect(await session.refresh()).toEqual({ authenticated: false, reason: "invalid_grant" });
});

test("a refresh token works once, also for many at the same time", async () => {
  await member();
  const { refresh_token } = expectType(await withPassword(), "authenticated");
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => workos.authentication.withRefreshToken({ refresh_token })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a forgotten password, a new address, a verified one", async () => {
  const { user } = await member();
  await workos.passwordReset.create({ email });
  const reset = { token: lastMail().token, new_password: `${password} 2` };
  expect(await workos.passwordReset.confirm(reset)).toMatchObject({ user: { id: user.id } });
  expect((await failure(withPassword())).code).toBe("invalid_credentials");
  expect(await emulator.control.passwordMatches(user.id, reset.new_password)).toBe(true);

  const new_email = "ann.new@example.com";
  expect(await workos.emailChange.send({ user_id: user.id, new_email })).toMatchObject({ new_email, user: { email } });
  const changed = await workos.emailChange.confirm({ user_id: user.id, code: lastMail().code });
  expect(changed.user.email).toBe(new_email);

  const bob = await workos.users.create({ email: "bob@example.com" });
  await workos.emailVerification.send({ user_id: bob.id });
  const verified = await workos.emailVerification.confirm({ user_id: bob.id, code: lastMail().code });
  expect(verified.user.email_verified).toBe(true);
  expect((await failure(workos.emailVerification.send({ user_id: bob.id }))).code).toBe("email_already_verified");
});

test("a device waits until the code is over; a public application starts and polls without a key", async () => {
  const device = client({ apiKey: undefined });
  const { device_code } = await device.authentication.authorizeDevice();
  expect(await device.authentication.withDeviceCode({ device_code })).toEqual({ type: "authorization_pending" });
  expect(await device.authentication.withDeviceCode({ device_code })).toEqual({ type: "slow_down" });
  emulator.control.clock.advance(24 * 60 * 60 * 1000);
  expect(await device.authentication.withDeviceCode({ device_code })).toEqual({ type: "expired_token" });
  await device.close();
});

test("API keys of a user: created, listed, validated, expired", async () => {
  const { user, ids } = await member();
  const organization_id = ids[0] ?? "";
  const key = await workos.userApiKeys.create({ user_id: user.id, organization_id, name: "laptop" });
  const listed = await workos.userApiKeys.list({ user_id: user.id, organization_id }).all();
  expect(listed).toMatchObject([{ id: key.id, owner: { type: "user", id: user.id, organization_id } }]);
  expect(listed[0]).not.toHaveProperty("value");
  expect((await workos.apiKeys.validate({ value: key.value })).api_key).toMatchObject({ id: key.id });
  await workos.apiKeys.expire({ id: key.id });
  expect((await workos.apiKeys.validate({ value: key.value })).api_key).toBeNull();
});

test("Connect applications and their secrets; domains; what a user has let in and belongs to", async () => {
  const { user, ids } = await member();
  const organization_id = ids[0] ?? "";
  const app = await workos.connectApplications.create({ name: "CI", application_type: "m2m", organization_id });
  expect(await workos.connectApplications.get({ id: app.client_id })).toEqual(app);
  const secret = await workos.connectApplications.createSecret({ id: app.id });
  const [shown] = await workos.connectApplications.listSecrets({ id: app.id });
  expect(secret.secret.endsWith(shown?.secret_hint ?? "?")).toBe(true);
  await workos.connectApplications.deleteSecret({ id: secret.id });
  expect(await workos.connectApplications.update({ id: app.id, name: "CD" })).toMatchObject({ name: "CD" });
  expect(await workos.connectApplications.list({ organization_id }).all()).toMatchObject([{ id: app.id }]);
  await workos.connectApplications.delete({ id: app.id });

  const domain = await workos.organizationDomains.create({ domain: "acme.example", organization_id });
  expect(await workos.organizationDomains.get({ id: domain.id })).toMatchObject({ domain: "acme.example" });
  await workos.organizationDomains.delete({ id: domain.id });

  expect(await workos.authorizedApplications.listForUser({ user_id: user.id }).all()).toEqual([]);
  expect(await workos.authorizedApplications.listForOrganization({ organization_id }).all()).toEqual([]);
  expect(await workos.userIdentities.list({ user_id: user.id })).toEqual([]);
  const [membership] = await workos.organizationMemberships.list({ user_id: user.id }).all();
  expect(await workos.membershipGroups.list({ id: membership?.id ?? "" }).all()).toEqual([]);
});
