/** The vendor's own client against the emulator. */
import {
  BadRequestException,
  DomainDataState,
  NotFoundException,
  UnauthorizedException,
  WorkOS,
} from "@workos-inc/node";
import { Secret, TOTP } from "otpauth";
import { local } from "./support/local";

const at = local();

function workos(apiKey = "sk_test_local") {
  return new WorkOS(apiKey, { apiHostname: "127.0.0.1", port: at().emulator.port, https: false });
}

test("users: create, read, find, update, list, delete", async () => {
  const { userManagement } = workos();
  const created = await userManagement.createUser({
    email: "ann@example.com",
    password: "correct horse",
    firstName: "Ann",
    externalId: "e1",
    metadata: { team: "a" },
  });
  expect(created).toMatchObject({ email: "ann@example.com", firstName: "Ann", emailVerified: false });
  expect(await userManagement.getUser(created.id)).toEqual(created);
  expect(await userManagement.getUserByExternalId("e1")).toEqual(created);
  const updated = await userManagement.updateUser({
    userId: created.id,
    emailVerified: true,
    locale: "de",
    metadata: { team: null, floor: "2" },
  });
  expect(updated).toMatchObject({ emailVerified: true, locale: "de", metadata: { floor: "2" }, firstName: "Ann" });
  const found = await userManagement.listUsers({ email: "ANN@example.com" });
  expect(found.data).toEqual([updated]);
  await userManagement.deleteUser(created.id);
  await expect(userManagement.getUser(created.id)).rejects.toThrow(NotFoundException);
});

test("errors arrive as the client's own exceptions", async () => {
  const { userManagement } = workos();
  await userManagement.createUser({ email: "ann@example.com" });
  await expect(userManagement.createUser({ email: "ann@example.com" })).rejects.toThrow(BadRequestException);
  await expect(userManagement.createUser({ email: "ann@example.com" })).rejects.toMatchObject({
    code: "user_creation_error",
    errors: [{ code: "email_not_available" }],
  });
  await expect(workos("sk_wrong").userManagement.listUsers()).rejects.toThrow(UnauthorizedException);
});

test("the client's automatic paging reads every user once", async () => {
  const { userManagement } = workos();
  const made: string[] = [];
  for (let index = 0; index < 103; index += 1) made.push((await at().user()).id);
  const list = await userManagement.listUsers();
  const all = await list.autoPagination();
  expect(all.map(({ id }) => id)).toEqual(made.reverse());
});

test("organizations: create, read, find, update, delete", async () => {
  const { organizations } = workos();
  const created = await organizations.createOrganization({
    name: "Acme",
    externalId: "acme",
    domainData: [{ domain: "acme.com", state: DomainDataState.Verified }],
  });
  expect(created.domains).toMatchObject([{ domain: "acme.com", state: "verified" }]);
  expect(await organizations.getOrganizationByExternalId("acme")).toEqual(created);
  expect((await organizations.listOrganizations({ domains: ["acme.com"] })).data).toEqual([created]);
  const updated = await organizations.updateOrganization({ organization: created.id, name: "Acme Corp" });
  expect(updated.name).toBe("Acme Corp");
  await organizations.deleteOrganization(created.id);
  await expect(organizations.getOrganization(created.id)).rejects.toThrow(NotFoundException);
});

test("memberships: create, list, change role, deactivate, reactivate, delete", async () => {
  const { userManagement } = workos();
  const { id: userId } = await at().user();
  const { id: organizationId } = await at().organization({ name: "Acme" });
  const created = await userManagement.createOrganizationMembership({ userId, organizationId, roleSlug: "admin" });
  expect(created).toMatchObject({ status: "active", role: { slug: "admin" }, organizationName: "Acme" });
  const updated = await userManagement.updateOrganizationMembership(created.id, { roleSlug: "member" });
  expect(updated.role.slug).toBe("member");
  expect((await userManagement.deactivateOrganizationMembership(created.id)).status).toBe("inactive");
  const listed = await userManagement.listOrganizationMemberships({
    organizationId,
    statuses: ["active", "inactive", "pending"],
  });
  expect(listed.data).toMatchObject([{ id: created.id, status: "inactive" }]);
  expect((await userManagement.reactivateOrganizationMembership(created.id)).status).toBe("active");
  await userManagement.deleteOrganizationMembership(created.id);
  await expect(userManagement.getOrganizationMembership(created.id)).rejects.toThrow(NotFoundException);
});

test("invitations: send, find by token, resend, accept, revoke", async () => {
  const { userManagement } = workos();
  const { id: organizationId } = await at().organization();
  const sent = await userManagement.sendInvitation({
    email: "ann@example.com",
    organizationId,
    roleSlug: "admin",
    expiresInDays: 3,
  });
  expect(sent).toMatchObject({ state: "pending", organizationId });
  expect((await userManagement.findInvitationByToken(sent.token)).id).toBe(sent.id);
  expect((await userManagement.resendInvitation(sent.id)).token).not.toBe(sent.token);
  expect(await userManagement.acceptInvitation(sent.id)).toMatchObject({ state: "accepted" });
  const other = await userManagement.sendInvitation({ email: "bea@example.com", organizationId });
  expect((await userManagement.revokeInvitation(other.id)).state).toBe("revoked");
  const listed = await userManagement.listInvitations({ organizationId });
  expect(listed.data.map(({ state }) => state)).toEqual(["revoked", "accepted"]);
});

test("API keys: create, validate, list, delete", async () => {
  const client = workos();
  const { id: organizationId } = await at().organization();
  const created = await client.organizations.createOrganizationApiKey({
    organizationId,
    name: "ci",
    permissions: ["posts:read"],
  });
  expect(created.value).toMatch(/^sk_/);
  const { apiKey } = await client.apiKeys.validateApiKey({ value: created.value });
  expect(apiKey).toMatchObject({ id: created.id, permissions: ["posts:read"] });
  const listed = await client.organizations.listOrganizationApiKeys({ organizationId });
  expect(listed.data.map(({ id }) => id)).toEqual([created.id]);
  await client.apiKeys.deleteApiKey(created.id);
  expect((await client.apiKeys.validateApiKey({ value: created.value })).apiKey).toBeNull();
});

describe("signing in", () => {
  const clientId = "client_local";
  const password = "correct horse battery";
  const signedUp = async (fields: object = {}) => at().user({ password, email_verified: true, ...fields });
  const step = async (attempt: Promise<unknown>) => {
    const error: unknown = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return (error as { rawData: { code: string; pending_authentication_token: string } }).rawData;
  };

  test("password, refresh, sessions, revocation, log-out", async () => {
    const { userManagement } = workos();
    const { email, id } = await signedUp();
    const first = await userManagement.authenticateWithPassword({ clientId, email, password });
    expect(first).toMatchObject({ user: { id }, authenticationMethod: "Password" });
    const second = await userManagement.authenticateWithRefreshToken({ clientId, refreshToken: first.refreshToken });
    expect(second.user.lastSignInAt).not.toBeNull();
    const { data } = await userManagement.listSessions(id);
    expect(data).toMatchObject([{ userId: id, status: "active", authMethod: "password" }]);
    const sessionId = data[0]?.id ?? "";
    const out = await fetch(userManagement.getLogoutUrl({ sessionId, returnTo: "http://localhost/" }), {
      redirect: "manual",
    });
    expect([out.status, out.headers.get("location")]).toEqual([302, "http://localhost/"]);
    await userManagement.revokeSession({ sessionId });
    expect((await userManagement.listSessions(id)).data).toEqual([]);
    expect((await fetch(userManagement.getJwksUrl(clientId))).status).toBe(200);
  });

  test("Magic Auth, email verification and organization selection", async () => {
    const { userManagement } = workos();
    const { email, id } = await at().user({ password });
    const [one, two] = [await at().organization(), await at().organization()];
    await at().membership(id, one.id);
    await at().membership(id, two.id);
    const verify = await step(userManagement.authenticateWithPassword({ clientId, email, password }));
    expect(verify.code).toBe("email_verification_required");
    const code = at().control.mailbox.list().at(-1)?.code ?? "";
    const pendingAuthenticationToken = verify.pending_authentication_token;
    const choose = await step(
      userManagement.authenticateWithEmailVerification({ clientId, code, pendingAuthenticationToken }),
    );
    expect(choose.code).toBe("organization_selection_required");
    const chosen = await userManagement.authenticateWithOrganizationSelection({
      clientId,
      organizationId: two.id,
      pendingAuthenticationToken: choose.pending_authentication_token,
    });
    expect(chosen.organizationId).toBe(two.id);
    const other = await signedUp();
    const magic = await userManagement.createMagicAuth({ email: other.email });
    const signedIn = await userManagement.authenticateWithMagicAuth({ clientId, email: other.email, code: magic.code });
    expect(signedIn.user.id).toBe(other.id);
  });

  test("a second factor, enrolled and asked for", async () => {
    const client = workos();
    const { email, id } = await signedUp();
    const enrolled = await client.userManagement.enrollAuthFactor({ userId: id, type: "totp" });
    const secret = enrolled.authenticationFactor.totp?.secret ?? "";
    const asked = await step(client.userManagement.authenticateWithPassword({ clientId, email, password }));
    expect(asked.code).toBe("mfa_challenge");
    const challenge = await client.mfa.challengeFactor({
      authenticationFactorId: enrolled.authenticationFactor.id,
    });
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at().control.clock.now() });
    const done = await client.userManagement.authenticateWithTotp({
      clientId,
      code,
      authenticationChallengeId: challenge.id,
      pendingAuthenticationToken: asked.pending_authentication_token,
    });
    expect(done.user.id).toBe(id);
  });

  test("password reset", async () => {
    const { userManagement } = workos();
    const { email } = await signedUp();
    const reset = await userManagement.createPasswordReset({ email });
    await userManagement.resetPassword({ token: reset.passwordResetToken, newPassword: "another long password" });
    const done = await userManagement.authenticateWithPassword({ clientId, email, password: "another long password" });
    expect(done.user.email).toBe(email);
  });
});
