/** The vendor's own client signing people in: the hosted page, sealed sessions, codes, factors and domains. */
import { NotFoundException, WorkOS } from "@workos-inc/node";
import { Secret, TOTP } from "otpauth";
import { systemClock } from "../../api/clock";
import { Browser } from "./support/browser";
import { local } from "./support/local";
import { lastCode, password, person } from "./support/sign-in";

const at = local({ clock: systemClock });
const clientId = "client_local";
const redirectUri = "http://localhost:3000/callback";
const cookiePassword = "a cookie password of at least 32 characters";

const options = () => ({ apiHostname: "127.0.0.1", port: at().emulator.port, https: false, clientId });
const workos = () => new WorkOS("sk_test_local", options());

async function codeFromPage(url: string, email: string): Promise<URLSearchParams> {
  const browser = new Browser(at());
  await browser.open(url);
  const { location } = await browser.submit("sign-in", { email, password });
  return location?.searchParams ?? new URLSearchParams();
}

test("the code of the page becomes a sealed session, which authenticates, refreshes and logs out", async () => {
  const { userManagement } = workos();
  const { email, id } = await person(at());
  const url = userManagement.getAuthorizationUrl({ provider: "authkit", clientId, redirectUri, state: "here" });
  const back = await codeFromPage(url, email);
  expect(back.get("state")).toBe("here");
  const session = { sealSession: true, cookiePassword };
  const code = back.get("code") ?? "";
  const signedIn = await userManagement.authenticateWithCode({ clientId, code, session });
  expect(signedIn).toMatchObject({ user: { id }, authenticationMethod: "Password" });
  const sealed = userManagement.loadSealedSession({ sessionData: signedIn.sealedSession ?? "", cookiePassword });
  expect(await sealed.authenticate()).toMatchObject({ authenticated: true, user: { id } });
  const refreshed = await sealed.refresh();
  expect(refreshed).toMatchObject({ authenticated: true, user: { id } });
  await fetch(await sealed.getLogoutUrl(), { redirect: "manual" });
  expect((await userManagement.listSessions(id)).data).toEqual([]);
  await expect(userManagement.authenticateWithCode({ clientId, code })).rejects.toMatchObject({
    error: "invalid_grant",
  });
});

test("a public application signs in with PKCE", async () => {
  const { userManagement } = new WorkOS(options());
  const { email, id } = await person(at());
  const asked = await userManagement.getAuthorizationUrlWithPKCE({ provider: "authkit", clientId, redirectUri });
  const back = await codeFromPage(asked.url, email);
  expect(back.get("state")).toBe(asked.state);
  const code = back.get("code") ?? "";
  const { codeVerifier } = asked;
  const signedIn = await userManagement.authenticateWithCodeAndVerifier({ clientId, code, codeVerifier });
  expect(signedIn.user.id).toBe(id);
});

test("codes and resets can be looked up, and an address is verified by its code", async () => {
  const { userManagement } = workos();
  const { id: userId, email } = await at().user({ password });
  const magic = await userManagement.createMagicAuth({ email });
  expect(await userManagement.getMagicAuth(magic.id)).toMatchObject({ code: magic.code, userId });
  const reset = await userManagement.createPasswordReset({ email });
  expect(await userManagement.getPasswordReset(reset.id)).toEqual(reset);
  await userManagement.sendVerificationEmail({ userId });
  const sent = at().control.mailbox.list().at(-1)?.objectId ?? "";
  expect(await userManagement.getEmailVerification(sent)).toMatchObject({ code: lastCode(at()), email });
  const { user } = await userManagement.verifyEmail({ userId, code: lastCode(at()) });
  expect(user.emailVerified).toBe(true);
  expect(await userManagement.getUserIdentities(userId)).toEqual([]);
});

test("a factor outside of sign-in: enrolled, challenged, verified, deleted", async () => {
  const { mfa, userManagement } = workos();
  const factor = await mfa.enrollFactor({ type: "totp", issuer: "Acme", user: "ann@example.com" });
  expect(await mfa.getFactor(factor.id)).toMatchObject({ id: factor.id, type: "totp" });
  const challenge = await mfa.challengeFactor({ authenticationFactorId: factor.id });
  const secret = Secret.fromBase32(factor.totp?.secret ?? "");
  const code = new TOTP({ secret }).generate({ timestamp: at().control.clock.now() });
  const verified = await mfa.verifyChallenge({ authenticationChallengeId: challenge.id, code });
  expect(verified.valid).toBe(true);
  await mfa.deleteFactor(factor.id);
  await expect(mfa.getFactor(factor.id)).rejects.toThrow(NotFoundException);
  const { id: userId } = await at().user();
  await userManagement.enrollAuthFactor({ userId, type: "totp" });
  expect((await userManagement.listAuthFactors({ userId })).data).toMatchObject([{ type: "totp", userId }]);
});

test("domains and roles of an organization", async () => {
  const { organizationDomains, organizations } = workos();
  const { id: organizationId } = await at().organization();
  const made = await organizationDomains.create({ domain: "acme.example", organizationId });
  expect(await organizationDomains.get(made.id)).toEqual(made);
  expect(await organizationDomains.verify(made.id)).toMatchObject({ state: "verified" });
  await organizationDomains.delete(made.id);
  await expect(organizationDomains.get(made.id)).rejects.toThrow(NotFoundException);
  const roles = await organizations.listOrganizationRoles({ organizationId });
  expect(roles.data.map(({ slug }) => slug)).toEqual(["admin", "member"]);
});
