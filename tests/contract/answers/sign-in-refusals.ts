/** What signing in, and managing what people sign in with, refuses; each documented error of each operation. */
import { Secret, TOTP } from "otpauth";
import { authEndpoints, endpoints } from "../../../api/endpoints/index";
import { grantTypes } from "../../../api/endpoints/authentication";
import { type AnyEndpoint, type EndpointInput } from "../../../api/endpoint";
import { Browser, type Visit } from "../../emulator/support/browser";
import { beginExternalLogin, consentOption } from "../support/external-login";
import { type RunOf } from "./run-of";

const { connectApplications, users, organizations, organizationMemberships, organizationDomains } = endpoints;
const { authentication, authorizedApplications, emailChange, emailVerification, externalAuth } = authEndpoints;
const { magicAuth, mfa, passwordReset, sessions, userIdentities } = authEndpoints;
const { authenticate, authorizeDevice } = authentication;
const client = { client_id: "client_local", client_secret: "sk_test_local" };
const email = "ann@example.com";
const password = "a long enough password";
const redirect_uri = "http://127.0.0.1:9/callback";
const dayMs = 24 * 60 * 60_000;
type Input = Readonly<Record<string, unknown>>;

export function signInRefusals(run: RunOf): void {
  const refused = async (endpoint: AnyEndpoint, input: Input, status: number, code?: string) => {
    const refusal = await run().refused(endpoint, input);
    expect(refusal).toMatchObject(code === undefined ? { status } : { status, code });
  };
  const grant = (fields: Input) => ({ ...client, ...fields });
  const refusedGrant = (fields: Input, status: number, code: string) =>
    refused(authenticate, grant(fields), status, code);
  const user = (fields: Partial<EndpointInput<typeof users.create>> = {}) =>
    run().call(users.create, { email, password, email_verified: true, ...fields });
  const organization = () => run().call(organizations.create, { name: "Acme" });
  const member = async () => {
    const { id: user_id } = await user();
    const { id: organization_id } = await organization();
    await run().call(organizationMemberships.create, { user_id, organization_id });
    return { user_id, organization_id };
  };
  const mail = () => run().control.mailbox.list().at(-1) ?? { code: "", token: "" };
  const code = () => mail().code ?? "";
  const other = (right: string) => (right === "000000" ? "111111" : "000000");
  const later = () => run().control.clock.advance(dayMs);
  const byPassword = { grant_type: grantTypes.password, email, password };
  /** The person, without JavaScript, on the hosted page. */
  const onPage = async (query: Record<string, string> = {}) => {
    const browser = new Browser(run());
    const asked = { client_id: client.client_id, redirect_uri, response_type: "code", provider: "authkit", ...query };
    await browser.open(`/user_management/authorize?${new URLSearchParams(asked).toString()}`);
    return { browser, signIn: () => browser.submit("sign-in", { email, password }) };
  };
  const codeOf = ({ location }: Visit) => location?.searchParams.get("code") ?? "";
  const pending = async () => {
    const answer = await fetch(`${run().emulator.url}/user_management/authenticate`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(grant(byPassword)),
    });
    const body = (await answer.json()) as Record<string, string>;
    return { pending_authentication_token: body.pending_authentication_token ?? "" };
  };

  const unknown = { id: "unknown", user_id: "unknown", client_id: "unknown", application_id: "unknown" };
  test.each([
    [organizationDomains.get, {}],
    [organizationDomains.delete, {}],
    [userIdentities.list, {}],
    [emailVerification.get, {}],
    [emailVerification.send, {}],
    [emailVerification.confirm, { code: "123456" }],
    [emailChange.send, { new_email: email }],
    [emailChange.confirm, { code: "123456" }],
    [sessions.list, {}],
    [sessions.jwks, {}],
    [passwordReset.create, { email }],
    [passwordReset.get, {}],
    [passwordReset.confirm, { token: "unknown", new_password: password }],
    [magicAuth.get, {}],
    [mfa.get, {}],
    [mfa.delete, {}],
    [mfa.challenge, {}],
    [mfa.verify, { code: "123456" }],
    [authorizedApplications.listForUser, {}],
    [authorizedApplications.deleteForUser, {}],
  ] satisfies [AnyEndpoint, Input][])("what is not there is 404: $operation", async (endpoint, input) => {
    await refused(endpoint, { ...unknown, ...input }, 404);
  });

  test.each([
    authenticate,
    emailVerification.confirm,
    emailChange.send,
    emailChange.confirm,
    passwordReset.create,
    passwordReset.confirm,
    magicAuth.create,
    mfa.enrollForUser,
    mfa.enroll,
    mfa.challenge,
    mfa.verify,
  ] satisfies AnyEndpoint[])("a body that is no object is 422: $operation", async (endpoint) => {
    expect(await run().refused(endpoint, unknown, { body: "[]" })).toMatchObject({ status: 422 });
  });

  test.each([sessions.list, mfa.listForUser, authorizedApplications.listForUser])(
    "a page that cannot be is 422: $operation",
    async (endpoint) => {
      const { id: user_id } = await user();
      await refused(endpoint, { user_id, limit: 0 }, 422);
    },
  );

  test("a client that is unknown, or does not prove itself", async () => {
    await refusedGrant({ ...byPassword, client_id: "client_x" }, 400, "invalid_client");
    await refused(authorizeDevice, { client_id: "client_x" }, 400, "invalid_client");
    await user();
    const redirect_uris = [{ uri: redirect_uri }];
    const app = { name: "Wiki", application_type: "oauth" as const, is_first_party: true, redirect_uris };
    const { client_id } = await run().call(connectApplications.create, app);
    const { signIn } = await onPage({ client_id });
    const unproved = { grant_type: grantTypes.code, code: codeOf(await signIn()), client_id, client_secret: undefined };
    await refusedGrant(unproved, 400, "unauthorized_client");
  });

  test("a code that was not asked for with PKCE, or was and comes without its verifier, or twice", async () => {
    await user();
    const plain = { grant_type: grantTypes.code, code: codeOf(await (await onPage()).signIn()) };
    await refusedGrant({ ...plain, code_verifier: "verifier" }, 400, "code_challenge_not_found");
    await run().call(authenticate, { ...client, ...plain });
    await refusedGrant(plain, 400, "invalid_grant");
    const { signIn } = await onPage({ code_challenge: "challenge", code_challenge_method: "S256" });
    await refusedGrant({ grant_type: grantTypes.code, code: codeOf(await signIn()) }, 400, "invalid_request");
  });

  test("a password that is wrong, or not allowed", async () => {
    await user();
    await refusedGrant({ ...byPassword, password: "another password" }, 400, "invalid_credentials");
    run().control.switches.set({ passwordSignIn: false });
    await refusedGrant(byPassword, 403, "email_password_auth_disabled");
    await refused(passwordReset.create, { email }, 403, "email_password_auth_disabled");
    const reset = { token: "any", new_password: password };
    await refused(passwordReset.confirm, reset, 403, "email_password_auth_disabled");
  });

  test("an invitation that is not valid, or of somebody else", async () => {
    await user();
    await refusedGrant({ ...byPassword, invitation_token: "none" }, 400, "invitation_invalid");
    await refused(magicAuth.create, { email, invitation_token: "none" }, 400, "invitation_invalid");
    const { token } = await run().call(endpoints.invitations.send, { email: "bob@example.com" });
    const theirs = { ...byPassword, invitation_token: token };
    await refusedGrant(theirs, 400, "invitation_cannot_be_used_for_email");
  });

  test("nobody may sign up", async () => {
    run().control.switches.set({ signUp: false });
    await refused(magicAuth.create, { email }, 400, "sign_up_not_allowed");
  });

  test("an emailed code that is wrong, used, too old, or guessed at too often", async () => {
    await user();
    const byCode = (given: string) => ({ grant_type: grantTypes.magicAuth, email, code: given });
    await run().call(magicAuth.create, { email });
    await refusedGrant(byCode(other(code())), 400, "invalid_one_time_code");
    await run().call(authenticate, { ...client, ...byCode(code()), grant_type: grantTypes.magicAuth });
    await refusedGrant(byCode(code()), 400, "one_time_code_previously_used");
    await run().call(magicAuth.create, { email });
    later();
    await refusedGrant(byCode(code()), 400, "one_time_code_expired");
    await run().call(magicAuth.create, { email });
    for (let guess = 0; guess < 5; guess += 1) await run().refused(authenticate, grant(byCode(other(code()))));
    await refusedGrant(byCode(code()), 400, "one_time_code_too_many_attempts");
  });

  test("a step with another token, another person's factor, no challenge, or another organization", async () => {
    const { id: user_id } = await user();
    await run().call(mfa.enrollForUser, { user_id, type: "totp" });
    const { id: bob } = await user({ email: "bob@example.com" });
    const theirs = await run().call(mfa.enrollForUser, { user_id: bob, type: "totp" });
    const totp = { grant_type: grantTypes.totp, code: "000000", authentication_challenge_id: "unknown" };
    const none = { pending_authentication_token: "unknown" };
    await refusedGrant({ ...totp, ...none }, 400, "invalid_pending_authentication_token");
    const token = await pending();
    await refusedGrant({ ...totp, ...token }, 404, "entity_not_found");
    const challenge = { authentication_challenge_id: theirs.authentication_challenge.id };
    await refusedGrant({ ...totp, ...token, ...challenge }, 400, "user_mismatch");
    const choice = { grant_type: grantTypes.organizationSelection, organization_id: (await organization()).id };
    await refusedGrant({ ...choice, ...token }, 400, "invalid_organization_id");
  });

  test("what is needed next: a verified address, a choice, a second factor, another service", async () => {
    await user({ email_verified: false });
    await refusedGrant(byPassword, 403, "email_verification_required");
    run().control.reset();
    const { user_id, organization_id } = await member();
    run().control.switches.set({ ssoRequired: [organization_id] });
    await refusedGrant(byPassword, 400, "sso_required");
    run().control.switches.set({ ssoRequired: [] });
    const { id: second } = await organization();
    await run().call(organizationMemberships.create, { user_id, organization_id: second });
    await refusedGrant(byPassword, 403, "organization_selection_required");
    run().control.switches.set({ mfa: "required" });
    await refusedGrant(byPassword, 403, "mfa_enrollment");
    await run().call(mfa.enrollForUser, { user_id, type: "totp" });
    await refusedGrant(byPassword, 403, "mfa_challenge");
  });

  test("a session that is refreshed into an organization that is not the person's", async () => {
    await user();
    const { refresh_token } = await run().call(authenticate, { ...client, ...byPassword, grant_type: "password" });
    const refresh = { grant_type: grantTypes.refreshToken, refresh_token };
    await refusedGrant({ ...refresh, organization_id: "org_x" }, 400, "organization_not_found");
    const { id: organization_id } = await organization();
    await refusedGrant({ ...refresh, organization_id }, 400, "organization_membership_not_found");
  });

  test("a device that waits, hurries, is refused, or comes too late", async () => {
    await user();
    const poll = (device_code: string) => ({ grant_type: grantTypes.device, device_code });
    const { device_code, user_code } = await run().call(authorizeDevice, { client_id: client.client_id });
    await refusedGrant(poll(device_code), 400, "authorization_pending");
    await refusedGrant(poll(device_code), 400, "slow_down");
    const browser = new Browser(run());
    await browser.open(`/activate?user_code=${user_code}`);
    await browser.submit("sign-in", { email, password });
    await browser.submit("deny");
    await refusedGrant(poll(device_code), 400, "access_denied");
    const late = await run().call(authorizeDevice, { client_id: client.client_id });
    later();
    await refusedGrant(poll(late.device_code), 400, "expired_token");
  });

  test("a session that never was cannot be revoked", async () => {
    await refused(sessions.revoke, { session_id: "session_x" }, 400);
  });

  test("proving an address that is proved, or with a code that is wrong, used or too old", async () => {
    const { id: user_id } = await user({ email_verified: false });
    const confirm = (given: string, expected: string) =>
      refused(emailVerification.confirm, { user_id, code: given }, 400, expected);
    await run().call(emailVerification.send, { user_id });
    later();
    await confirm(code(), "email_verification_code_expired");
    await run().call(emailVerification.send, { user_id });
    const right = code();
    await confirm(other(right), "email_verification_code_incorrect");
    await run().call(emailVerification.confirm, { user_id, code: right });
    await confirm(right, "email_verification_code_previously_used");
    await confirm(other(right), "email_previously_verified");
    await refused(emailVerification.send, { user_id }, 400, "email_already_verified");
  });

  test("a change of address that changes nothing, is taken, or is none", async () => {
    const { id: user_id } = await user();
    await user({ email: "bob@example.com" });
    await refused(emailChange.send, { user_id, new_email: email.toUpperCase() }, 409, "email_change_not_needed");
    await refused(emailChange.send, { user_id, new_email: "bob@example.com" }, 409, "email_not_available");
    await refused(emailChange.send, { user_id, new_email: "bob" }, 422, "invalid_email");
  });

  test("a change of address with a code that is wrong, used, too old, guessed at, or of no change", async () => {
    const { id: user_id } = await user();
    const confirm = (given: string, status: number, expected: string) =>
      refused(emailChange.confirm, { user_id, code: given }, status, expected);
    await confirm("123456", 409, "no_pending_email_change");
    const ask = (new_email: string) => run().call(emailChange.send, { user_id, new_email });
    await ask("one@example.com");
    later();
    await confirm(code(), 400, "email_change_code_expired");
    await ask("two@example.com");
    await confirm(other(code()), 400, "email_change_code_incorrect");
    await run().call(emailChange.confirm, { user_id, code: code() });
    await confirm(code(), 409, "email_change_code_previously_used");
    await ask("three@example.com");
    const { id: rival } = await user({ email: "three@example.com" });
    await confirm(code(), 409, "email_not_available");
    await run().call(users.delete, { id: rival });
    for (let guess = 0; guess < 5; guess += 1) await confirm(other(code()), 400, "email_change_code_incorrect");
    await confirm(code(), 429, "email_change_too_many_attempts");
  });

  test("a new password that is weak", async () => {
    await user();
    await run().call(passwordReset.create, { email });
    const weak = { token: mail().token ?? "", new_password: "short" };
    await refused(passwordReset.confirm, weak, 400, "password_reset_error");
  });

  test("a challenge that is met already, or guessed at too often", async () => {
    const { id: user_id } = await user();
    const enrolled = await run().call(mfa.enrollForUser, { user_id, type: "totp" });
    const secret = Secret.fromBase32(enrolled.authentication_factor.totp?.secret ?? "");
    const right = new TOTP({ secret }).generate({ timestamp: run().control.clock.now() });
    const { id } = enrolled.authentication_challenge;
    await run().call(mfa.verify, { id, code: right });
    await refused(mfa.verify, { id, code: right }, 422);
    const next = await run().call(mfa.challenge, { id: enrolled.authentication_factor.id });
    for (let guess = 0; guess < 5; guess += 1) await run().call(mfa.verify, { id: next.id, code: "abcdef" });
    await refused(mfa.verify, { id: next.id, code: right }, 400, "one_time_code_too_many_attempts");
  });

  test("a domain that is taken, or verified already", async () => {
    const { id: organization_id } = await organization();
    const domain = { organization_id, domain: "acme.example" };
    const { id } = await run().call(organizationDomains.create, domain);
    await refused(organizationDomains.create, domain, 409, "domain_already_exists");
    await run().call(organizationDomains.verify, { id });
    await refused(organizationDomains.verify, { id }, 400, "domain_already_verified");
  });

  test("an application that a person let in is listed, and its permission is taken back once", async () => {
    const { user_id, organization_id } = await member();
    const redirect_uris = [{ uri: redirect_uri }];
    const app = { name: "Wiki", application_type: "oauth" as const, is_first_party: false, redirect_uris };
    const { client_id } = await run().call(connectApplications.create, { ...app, organization_id });
    const { browser, signIn } = await onPage({ client_id });
    await signIn();
    await browser.submit("allow");
    expect((await run().call(authorizedApplications.listForUser, { user_id })).data).toHaveLength(1);
    await run().call(authorizedApplications.deleteForUser, { user_id, application_id: client_id });
    await refused(authorizedApplications.deleteForUser, { user_id, application_id: client_id }, 404);
  });

  test("a sign-in of one's own system that is unknown, over, or says what cannot be", async () => {
    const { completeLogin } = externalAuth;
    const ann = { id: "own-7", email };
    await refused(completeLogin, { external_auth_id: "unknown", user: ann }, 404);
    const external_auth_id = await beginExternalLogin(run());
    await refused(completeLogin, { external_auth_id, user: { id: "own-7" } }, 422);
    await refused(completeLogin, { external_auth_id, user: { id: "own-7", email: "nobody" } }, 400, "invalid_email");
    const reserved = { external_auth_id, user: ann, user_consent_options: [consentOption("sub")] };
    await refused(completeLogin, reserved, 400, "Bad Request");
    await user();
    await refused(completeLogin, { external_auth_id, user: ann }, 400, "email_not_available");
    const ben = { id: "own-8", email: "ben@example.com" };
    await run().call(completeLogin, { external_auth_id, user: ben });
    await refused(completeLogin, { external_auth_id, user: ben }, 400, "external_auth_session_already_completed");
    const late = await beginExternalLogin(run());
    run().control.clock.advance(31 * 60_000);
    await refused(completeLogin, { external_auth_id: late, user: ben }, 404);
  });
}
