import { isWorkosError, type SignIn, type Workos } from "../../client";
import { API_KEY, failure } from "../api/support/api";
import { bodyOf, CLIENT_ID, signedIn, user, useWorkos } from "./support/sign-in";

const { server, clock, workos } = useWorkos();
const last = () => server().requests.at(-1);
const pending_authentication_token = "pending_secret";
const pending = { pending_authentication_token };
const password = { email: "ann@example.com", password: "correct horse" };
const ok = () => server().reply({ status: 200, json: signedIn("access_1") });

describe("what a grant sends", () => {
  const grants = () => workos().authentication;
  const urn = (name: string) => `urn:workos:oauth:grant-type:${name}`;
  it.each<[string, () => Promise<SignIn>, Record<string, unknown>]>([
    ["password", () => grants().withPassword(password), { ...password, grant_type: "password" }],
    ["a code", () => grants().withCode({ code: "c" }), { code: "c", grant_type: "authorization_code" }],
    [
      "a code with PKCE",
      () => grants().withCode({ code: "c", code_verifier: "v" }),
      { code: "c", code_verifier: "v", grant_type: "authorization_code" },
    ],
    [
      "a refresh token",
      () => grants().withRefreshToken({ refresh_token: "r", organization_id: "org_2" }),
      { refresh_token: "r", organization_id: "org_2", grant_type: "refresh_token" },
    ],
    [
      "Magic Auth",
      () => grants().withMagicAuth({ code: "123456", email: "ann@example.com" }),
      { code: "123456", email: "ann@example.com", grant_type: urn("magic-auth:code") },
    ],
    [
      "email verification",
      () => grants().withEmailVerification({ code: "123456", ...pending }),
      { code: "123456", ...pending, grant_type: urn("email-verification:code") },
    ],
    [
      "TOTP",
      () => grants().withTotp({ code: "123456", authentication_challenge_id: "ch_1", ...pending }),
      { code: "123456", authentication_challenge_id: "ch_1", ...pending, grant_type: urn("mfa-totp") },
    ],
    [
      "organization selection",
      () => grants().withOrganizationSelection({ organization_id: "org_1", ...pending }),
      { organization_id: "org_1", ...pending, grant_type: urn("organization-selection") },
    ],
    [
      "a Radar email challenge",
      () => grants().withRadarEmail({ code: "1", radar_challenge_id: "rc_1", ...pending }),
      { code: "1", radar_challenge_id: "rc_1", ...pending, grant_type: urn("radar-email-challenge:code") },
    ],
    [
      "a Radar SMS challenge",
      () => grants().withRadarSms({ code: "1", ...pending }),
      { code: "1", ...pending, grant_type: urn("radar-sms-challenge:code") },
    ],
  ])("%s: its fields, the client id, the key as the application's secret", async (_name, call, expected) => {
    ok();
    await call();
    expect(last()).toMatchObject({ method: "POST", url: "/user_management/authenticate" });
    expect(last()?.headers.authorization).toBe(`Bearer ${API_KEY}`);
    expect(bodyOf(last())).toEqual({ client_id: CLIENT_ID, client_secret: API_KEY, ...expected });
  });

  it("another client id where one is given", async () => {
    ok();
    await workos().authentication.withPassword({ ...password, client_id: "client_2" });
    expect(bodyOf(last()).client_id).toBe("client_2");
  });
});

describe("a public application, without an API key", () => {
  it("exchanges a code with its verifier, and refreshes, and sends no secret", async () => {
    ok();
    const { authentication } = workos({ apiKey: undefined });
    await authentication.withCode({ code: "c", code_verifier: "v" });
    await authentication.withRefreshToken({ refresh_token: "r" });
    for (const request of server().requests) {
      expect(request.headers.authorization).toBeUndefined();
      expect(bodyOf(request)).not.toHaveProperty("client_secret");
    }
    expect(server().requests).toHaveLength(2);
  });

  it("sends nothing that would be refused for want of a key or verifier", async () => {
    const { authentication, users } = workos({ apiKey: undefined });
    await expect(authentication.withCode({ code: "c" })).rejects.toThrow("code_verifier");
    await expect(authentication.withPassword(password)).rejects.toThrow("needs an API key");
    expect(await failure(users.list())).toMatchObject({ kind: "auth", code: "api_key_missing", attempts: 0 });
    expect(server().requests).toEqual([]);
  });
});

describe("what comes of a sign-in", () => {
  const signIn = () => workos().authentication.withPassword(password);

  it("is tagged when tokens came", async () => {
    ok();
    expect(await signIn()).toMatchObject({
      type: "authenticated",
      user: { id: user.id },
      organization_id: "org_1",
      access_token: "access_1",
      refresh_token: "refresh_1",
      authentication_method: "Password",
    });
  });

  it("reads a way of signing in that the vendor adds later", async () => {
    server().reply({ status: 200, json: signedIn("access_1", { authentication_method: "Telepathy" }) });
    expect(await signIn()).toMatchObject({ type: "authenticated", authentication_method: "Telepathy" });
  });

  const organizations = [{ id: "org_1", name: "Acme" }];
  const factors = [{ id: "auth_factor_1", type: "totp" }];
  it.each<[string, number, Record<string, unknown>, Record<string, unknown>]>([
    [
      "email_verification_required",
      403,
      { ...pending, email_verification_id: "ev_1", email: "ann@example.com" },
      { ...pending, email_verification_id: "ev_1", email: "ann@example.com" },
    ],
    ["mfa_enrollment", 403, { ...pending, user }, pending],
    ["mfa_challenge", 403, { ...pending, user, authentication_factors: factors }, { authentication_factors: factors }],
    ["organization_selection_required", 403, { ...pending, user, organizations }, { ...pending, organizations }],
    ["passkey_progressive_enrollment", 403, pending, pending],
    ["radar_challenge", 403, { ...pending, radar_challenge_id: "rc_1" }, { radar_challenge_id: "rc_1" }],
    ["radar_sign_up_challenge", 403, pending, pending],
    ["radar_sms_sign_in_challenge", 403, pending, pending],
  ])("%s is a result with what the next call needs", async (code, status, fields, expected) => {
    server().reply({ status, json: { code, message: "More is needed.", ...fields } });
    expect(await signIn()).toMatchObject({ type: code, message: "More is needed.", ...expected });
    server().reply({ status: 400, json: { error: code, error_description: "More is needed.", ...fields } });
    expect(await signIn()).toMatchObject({ type: code, message: "More is needed.", ...expected });
    expect(server().requests).toHaveLength(2);
  });

  it("sso_required names the connections", async () => {
    const json = { error: "sso_required", error_description: "Use SSO.", connection_ids: ["conn_1"], email: "a@b.c" };
    server().reply({ status: 400, json });
    const result = await signIn();
    if (result.type !== "sso_required") throw new Error(`unexpected ${result.type}`);
    expect(result.connection_ids).toEqual(["conn_1"]);
  });

  it("a step without what the next call needs is an error", async () => {
    server().reply({ status: 403, json: { code: "email_verification_required", message: "Verify." } });
    expect(await failure(signIn())).toMatchObject({ kind: "forbidden", code: "email_verification_required" });
  });

  it("wrong credentials are an error with the vendor's code, and are not tried again", async () => {
    server().reply({ status: 400, json: { code: "invalid_credentials", message: "Wrong password: correct horse" } });
    const error = await failure(signIn());
    expect(error).toMatchObject({ kind: "invalid", code: "invalid_credentials", status: 400 });
    expect(error.message).not.toContain("correct horse");
    expect(server().requests).toHaveLength(1);
  });

  it("an answer that was lost is not asked for again, since codes work once", async () => {
    server().reply("cut");
    expect(await failure(workos().authentication.withCode({ code: "c" }))).toMatchObject({ ambiguous: true });
    expect(server().requests).toHaveLength(1);
  });
});

describe("too many attempts of one person", () => {
  it("are told at once, and hold nobody else up", async () => {
    const client = workos();
    server().handle(({ url }) =>
      url.endsWith("/authenticate")
        ? {
            status: 429,
            json: { error: "too_many_requests", error_description: "Slow down." },
            headers: { "retry-after": "40" },
          }
        : { status: 201, json: user },
    );
    const before = clock().now();
    const error = await failure(client.authentication.withPassword(password));
    expect(error).toMatchObject({ kind: "rate_limited", retryAfterMs: 40_000, attempts: 1 });
    await client.users.create({ email: user.email });
    expect(clock().now()).toBe(before);
  });

  it("are waited out where the limit is the environment's", async () => {
    const limited = { status: 429, json: { code: "rate_limit_exceeded", message: "Too many." } };
    server().reply({ ...limited, headers: { "retry-after": "2" } }, { status: 200, json: signedIn("access_1") });
    expect(await workos().authentication.withPassword(password)).toMatchObject({ type: "authenticated" });
  });
});

describe("secrets of a sign-in", () => {
  it.each<[string, readonly string[], (authentication: Workos["authentication"]) => Promise<SignIn>]>([
    ["a refresh token", ["r-secret"], (grants) => grants.withRefreshToken({ refresh_token: "r-secret" })],
    [
      "a code and its verifier",
      ["c-secret", "v-secret", "i-secret"],
      (grants) => grants.withCode({ code: "c-secret", code_verifier: "v-secret", invitation_token: "i-secret" }),
    ],
  ])("%s never stand in an error", async (_name, secrets, call) => {
    const error_description = `bad ${secrets.join(" ")} ${API_KEY}`;
    server().reply({ status: 400, json: { error: "invalid_grant", error_description } });
    const error = await failure(call(workos().authentication));
    expect(error.code).toBe("invalid_grant");
    for (const secret of [...secrets, API_KEY]) expect(JSON.stringify(error) + error.stack).not.toContain(secret);
  });

  it.each([
    [
      "passwordReset.confirm",
      () => workos().passwordReset.confirm({ token: "tok-secret", new_password: "new-secret" }),
    ],
    ["emailVerification.confirm", () => workos().emailVerification.confirm({ user_id: "u", code: "code-secret" })],
    ["magicAuth.create", () => workos().magicAuth.create({ email: "a@b.co", invitation_token: "inv-secret" })],
    ["mfa.enrollForUser", () => workos().mfa.enrollForUser({ user_id: "u", type: "totp", totp_secret: "totp-secret" })],
  ])("%s: what was sent is masked where the vendor repeats it", async (_name, call) => {
    server().handle(({ body }) => ({ status: 422, json: { message: `refused: ${body}` } }));
    expect((await failure(call())).message).not.toMatch(/(tok|new|code|inv|totp)-secret/);
  });
});

describe("the device flow", () => {
  const device = { device_code: "device-secret", expires_in: 600, interval: 5 };
  const refusal = (error: string) => ({ status: 400, json: { error, error_description: "Not yet." } });

  it("starts without a key", async () => {
    const json = { ...device, user_code: "ABCD", verification_uri: "https://example.com/device" };
    server().reply({ status: 200, json });
    expect(await workos({ apiKey: undefined }).authentication.authorizeDevice()).toEqual(json);
    expect(last()?.url).toBe("/user_management/authorize/device");
    expect(last()?.headers.authorization).toBeUndefined();
    expect(bodyOf(last())).toEqual({ client_id: CLIENT_ID });
  });

  it.each(["authorization_pending", "slow_down", "access_denied", "expired_token"])(
    "one poll may answer %s",
    async (type) => {
      server().reply(refusal(type));
      expect(await workos().authentication.withDeviceCode({ device_code: "d" })).toEqual({ type });
    },
  );

  it("polls at the interval, more slowly when asked to, until the person has decided", async () => {
    server().reply(refusal("authorization_pending"), refusal("slow_down"), refusal("authorization_pending"), {
      status: 200,
      json: signedIn("access_1"),
    });
    const start = clock().now();
    expect(await workos().authentication.waitForDevice(device)).toMatchObject({ type: "authenticated" });
    expect(clock().now() - start).toBe((5 + 5 + 10 + 10) * 1000);
    expect(bodyOf(last())).toEqual({
      client_id: CLIENT_ID,
      device_code: "device-secret",
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    });
  });

  it("ends when the code's time is over, or the caller's patience", async () => {
    server().reply(refusal("authorization_pending"));
    const { authentication } = workos();
    expect(await authentication.waitForDevice({ ...device, expires_in: 20 })).toEqual({ type: "expired_token" });
    const stopped = authentication.waitForDevice(device, { signal: AbortSignal.abort(new Error("enough")) });
    await expect(stopped).rejects.toThrow("enough");
  });

  it("throws what is no answer to a poll", async () => {
    server().reply({ status: 400, json: { error: "invalid_client", error_description: "Unknown client" } });
    const error: unknown = await workos()
      .authentication.waitForDevice(device)
      .catch((reason: unknown) => reason);
    expect(isWorkosError(error) && error.code).toBe("invalid_client");
  });
});
