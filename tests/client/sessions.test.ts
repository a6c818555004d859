import { WorkOS } from "@workos-inc/node";
import { type Authenticated } from "../../client";
import { systemClock } from "../../api/clock";
import { failure } from "../api/support/api";
import { type Reply, type SeenRequest } from "../api/support/server";
import { bodyOf, CLIENT_ID, COOKIE_PASSWORD, signedIn, type Signer, signer, user, useWorkos } from "./support/sign-in";

const { server, clock, workos } = useWorkos();
const cookiePassword = COOKIE_PASSWORD;
let keys: Signer;
let others: Signer;
beforeAll(async () => {
  [keys, others] = await Promise.all([signer(), signer()]);
});

/** The public keys, and what `authenticate` answers. */
function serve(
  authenticate: (request: SeenRequest) => Reply | Promise<Reply> = () => ({ status: 404 }),
  jwk = keys.jwk,
) {
  server().handle((request) =>
    request.url === `/sso/jwks/${CLIENT_ID}` ? { status: 200, json: { keys: [jwk] } } : authenticate(request),
  );
}
const requestsTo = (path: string) => server().requests.filter(({ url }) => url.startsWith(path));
const signIn = (access_token: string, more = {}): Authenticated => {
  const { authentication_method: _text, ...answer } = signedIn(access_token, more);
  const times = { ...answer.user, object: "user" as const, first_name: "Ann", last_name: null };
  const rest = { profile_picture_url: null, external_id: null, last_sign_in_at: null };
  return { type: "authenticated", ...answer, authentication_method: "Password", user: { ...times, ...rest } };
};
const sealed = async (at = clock().now(), more = {}) =>
  workos().sessions.seal(signIn(await keys.token(at), more), { cookiePassword });

describe("access tokens", () => {
  it("that the vendor signed are valid, and say whose session of which organization it is", async () => {
    serve();
    const check = await workos().sessions.verifyAccessToken(await keys.token(clock().now()));
    expect(check).toMatchObject({
      valid: true,
      claims: { sub: user.id, sid: "session_1", org_id: "org_1", role: "admin", permissions: ["a:b"] },
    });
  });

  it("are verified with keys that are fetched once for many, without the API key", async () => {
    serve();
    const { sessions } = workos();
    const token = await keys.token(clock().now());
    await Promise.all(Array.from({ length: 20 }, () => sessions.verifyAccessToken(token)));
    await sessions.verifyAccessToken(token);
    const fetches = requestsTo("/sso/jwks");
    expect(fetches).toHaveLength(1);
    expect(fetches[0]?.headers.authorization).toBeUndefined();
  });

  it("past their time are expired, and a little beyond it are not, since clocks differ", async () => {
    serve();
    const { sessions } = workos();
    const token = await keys.token(clock().now());
    clock().jump(303_000);
    expect(await sessions.verifyAccessToken(token)).toMatchObject({ valid: true });
    expect(await sessions.verifyAccessToken(token, { clockToleranceSeconds: 0 })).toEqual({
      valid: false,
      reason: "expired",
    });
    clock().jump(10_000);
    expect(await sessions.verifyAccessToken(token)).toEqual({ valid: false, reason: "expired" });
  });

  it.each<[string, (token: string) => Promise<string> | string]>([
    ["signed by another key of the same name", () => others.token(clock().now())],
    ["changed after signing", (token) => token.replace(/\.[^.]+\./, ".eyJzdWIiOiJ1c2VyXzIifQ.")],
    ["not signed at all", (token) => `eyJhbGciOiJub25lIn0.${token.split(".")[1] ?? ""}.`],
    ["of another making", () => "not a token"],
    ["without a session", () => keys.token(clock().now(), { sid: undefined })],
  ])("%s are invalid", async (_what, make) => {
    serve();
    const token = await make(await keys.token(clock().now()));
    expect(await workos().sessions.verifyAccessToken(token)).toEqual({ valid: false, reason: "invalid" });
  });

  it("of another issuer are invalid where one is required", async () => {
    serve();
    const { sessions } = workos();
    const token = await keys.token(clock().now());
    expect(await sessions.verifyAccessToken(token, { issuer: "https://api.workos.com" })).toMatchObject({
      valid: true,
    });
    expect(await sessions.verifyAccessToken(token, { issuer: "https://else.example" })).toMatchObject({ valid: false });
  });

  it.each<[string, Record<string, unknown>]>([
    ["by client_id", { client_id: "client_2" }],
    ["by issuer", { iss: "https://api.workos.com/user_management/client_2" }],
    [
      "by issuer, whatever else it says",
      { iss: "https://auth.example/user_management/client_2/", client_id: CLIENT_ID },
    ],
    ["by audience", { aud: "client_2" }],
    ["by audiences", { aud: ["client_2", "client_3"] }],
    ["by audience, whatever else it says", { aud: "client_2", client_id: CLIENT_ID }],
    ["by a name that only begins like ours", { client_id: `${CLIENT_ID}0` }],
    ["by what is no name", { client_id: 7 }],
  ])("of another application are invalid: %s", async (_what, claims) => {
    serve();
    const { sessions } = workos();
    const token = await keys.token(clock().now(), claims);
    expect(await sessions.verifyAccessToken(token)).toEqual({ valid: false, reason: "invalid" });
    const sessionData = await sessions.seal(signIn(token), { cookiePassword });
    const check = await sessions.authenticateFromCookie({ sessionData, cookiePassword });
    expect(check).toEqual({ authenticated: false, reason: "invalid_access_token" });
  });

  it("of this application are valid however they name it, and of others where these are named", async () => {
    serve();
    const { sessions } = workos();
    const iss = `https://api.workos.com/user_management/${CLIENT_ID}`;
    for (const claims of [
      { iss, client_id: CLIENT_ID },
      { aud: CLIENT_ID },
      { aud: ["https://api.example", CLIENT_ID] },
    ]) {
      const token = await keys.token(clock().now(), claims);
      expect(await sessions.verifyAccessToken(token)).toMatchObject({ valid: true, claims });
    }
    const other = await keys.token(clock().now(), { client_id: "client_2" });
    expect(await sessions.verifyAccessToken(other, { clientId: [CLIENT_ID, "client_2"] })).toMatchObject({
      valid: true,
    });
    expect(await sessions.verifyAccessToken(other, { clientId: "client_3" })).toMatchObject({ valid: false });
    const custom = await keys.token(clock().now(), { aud: "https://api.example", client_id: CLIENT_ID });
    expect(await sessions.verifyAccessToken(custom, { audience: "https://api.example" })).toMatchObject({
      valid: true,
    });
    expect(await sessions.verifyAccessToken(custom, { audience: "https://else.example" })).toMatchObject({
      valid: false,
    });
    const neither = await keys.token(clock().now(), { aud: "https://api.example", client_id: "client_2" });
    expect(await sessions.verifyAccessToken(neither, { audience: "https://api.example" })).toMatchObject({
      valid: false,
    });
  });

  it("cannot be judged without the keys: that is an error, not an answer", async () => {
    server().reply({ status: 404, json: { message: "Unknown client" } });
    const token = await keys.token(clock().now());
    expect(await failure(workos().sessions.verifyAccessToken(token))).toMatchObject({ kind: "not_found" });
  });
});

describe("sealed sessions", () => {
  it("tell who a request comes from, and keep tokens unreadable", async () => {
    serve();
    const sessionData = await sealed();
    expect(sessionData).toMatch(/^Fe26\.2\*1\*.*~2$/);
    expect(sessionData).not.toContain("refresh_1");
    const check = await workos().sessions.authenticateFromCookie({ sessionData, cookiePassword });
    expect(check).toMatchObject({
      authenticated: true,
      session_id: "session_1",
      organization_id: "org_1",
      user: { id: user.id, first_name: "Ann", metadata: { cost_center: "12" } },
      claims: { role: "admin" },
    });
    expect(check).not.toHaveProperty("refresh_token");
  });

  it("that are missing, foreign, expired or forged say which", async () => {
    serve();
    const { sessions } = workos();
    const check = async (sessionData: string | undefined, password = cookiePassword) =>
      sessions.authenticateFromCookie({ sessionData, cookiePassword: password });
    const reason = (text: string) => ({ authenticated: false, reason: text });
    const good = await sealed();
    expect(await check(undefined)).toEqual(reason("no_session_cookie"));
    expect(await check("")).toEqual(reason("no_session_cookie"));
    expect(await check("nonsense")).toEqual(reason("invalid_session_cookie"));
    expect(await check(good, cookiePassword.toUpperCase())).toEqual(reason("invalid_session_cookie"));
    expect(await check(good.replace(/.{20}~2$/, "AAAAAAAAAAAAAAAAAAAA~2"))).toEqual(reason("invalid_session_cookie"));
    expect(await check(await sealed(clock().now() - 400_000))).toEqual(reason("expired_access_token"));
    const forged = signIn(await others.token(clock().now()));
    expect(await check(await sessions.seal(forged, { cookiePassword }))).toEqual(reason("invalid_access_token"));
  });

  it("need a password of 32 characters", async () => {
    await expect(workos().sessions.seal(signIn("a"), { cookiePassword: "short" })).rejects.toThrow("32 characters");
    const load = () => workos().sessions.load({ sessionData: "x", cookiePassword: "" }).authenticate();
    await expect(load()).rejects.toThrow("32 characters");
  });

  it("refresh into a new cookie, once for calls at the same time", async () => {
    const next = await keys.token(clock().now() + 1000, { org_id: "org_1", role: "member" });
    serve(() => ({ status: 200, json: { user, access_token: next, refresh_token: "refresh_2" } }));
    const { sessions } = workos();
    const sessionData = await sealed(clock().now() - 400_000, { impersonator: { email: "s@b.co", reason: null } });
    const session = sessions.load({ sessionData, cookiePassword });
    const [first, second] = await Promise.all([session.refresh(), session.refresh()]);
    expect(second).toBe(first);
    expect(requestsTo("/user_management/authenticate").map(bodyOf)).toMatchObject([
      { grant_type: "refresh_token", refresh_token: "refresh_1", organization_id: "org_1" },
    ]);
    if (!first.authenticated) throw new Error(first.reason);
    expect(first).toMatchObject({
      session_id: "session_1",
      claims: { role: "member" },
      authentication_method: "Password",
    });
    expect(await session.authenticate()).toMatchObject({ authenticated: true, claims: { role: "member" } });
    const again = await sessions.authenticateFromCookie({ sessionData: first.sealedSession, cookiePassword });
    expect(again).toMatchObject({ authenticated: true, impersonator: { email: "s@b.co" } });
  });

  it("refresh into another organization and under another password", async () => {
    const next = await keys.token(clock().now(), { org_id: "org_2" });
    serve(() => ({ status: 200, json: { user, access_token: next, refresh_token: "refresh_2" } }));
    const other = `another ${cookiePassword}`;
    const session = workos().sessions.load({ sessionData: await sealed(), cookiePassword });
    const refreshed = await session.refresh({ organization_id: "org_2", cookiePassword: other });
    expect(bodyOf(requestsTo("/user_management/authenticate")[0]).organization_id).toBe("org_2");
    if (!refreshed.authenticated) throw new Error(refreshed.reason);
    const sessionData = refreshed.sealedSession;
    const check = await workos().sessions.authenticateFromCookie({ sessionData, cookiePassword: other });
    expect(check).toMatchObject({ authenticated: true, organization_id: "org_2" });
  });

  it("that cannot be refreshed say why, and keep the cookie usable where nothing was decided", async () => {
    const load = async (sessionData?: string) =>
      workos().sessions.load({ sessionData: sessionData ?? (await sealed()), cookiePassword });
    serve(() => ({ status: 400, json: { error: "invalid_grant", error_description: "Session ended" } }));
    expect(await (await load()).refresh()).toEqual({ authenticated: false, reason: "invalid_grant" });
    expect(await (await load("nonsense")).refresh()).toEqual({
      authenticated: false,
      reason: "invalid_session_cookie",
    });
    serve(() => ({
      status: 403,
      json: { code: "mfa_enrollment", message: "Enrol.", pending_authentication_token: "p" },
    }));
    expect(await (await load()).refresh()).toMatchObject({
      authenticated: false,
      reason: "step_required",
      step: { type: "mfa_enrollment", pending_authentication_token: "p" },
    });
    serve(() => "cut");
    const session = await load();
    await failure(session.refresh());
    expect(await session.authenticate()).toMatchObject({ authenticated: true });
  });

  it("give the URL that ends them, also when the access token has expired", async () => {
    const session = workos().sessions.load({ sessionData: await sealed(0), cookiePassword });
    expect(await session.getLogoutUrl({ return_to: "https://a.example" })).toBe(
      `${server().url}/user_management/sessions/logout?session_id=session_1&return_to=https%3A%2F%2Fa.example`,
    );
    const none = workos().sessions.load({ sessionData: undefined, cookiePassword });
    await expect(none.getLogoutUrl()).rejects.toThrow("no session");
  });
});

describe("cookies shared with the official client", () => {
  const official = () =>
    new WorkOS("sk_test_1", {
      clientId: CLIENT_ID,
      apiHostname: "127.0.0.1",
      port: Number(new URL(server().url).port),
      https: false,
    }).userManagement;
  // The official client reads the computer's clock.
  const ours = () => workos({ clock: systemClock }).sessions;
  const answer = async (refresh_token: string) => ({
    status: 200,
    json: signedIn(await keys.token(Date.now()), { refresh_token }),
  });

  it("what it sealed, this one opens", async () => {
    serve(() => answer("refresh_1"));
    const { sealedSession } = await official().authenticateWithPassword({
      email: user.email,
      password: "x",
      session: { sealSession: true, cookiePassword },
    });
    const check = await ours().authenticateFromCookie({ sessionData: sealedSession, cookiePassword });
    expect(check).toMatchObject({
      authenticated: true,
      session_id: "session_1",
      user: { id: user.id, email_verified: true, first_name: "Ann", metadata: { cost_center: "12" } },
      authentication_method: "Password",
      organization_id: "org_1",
    });
  });

  it("what this one sealed, it opens", async () => {
    serve();
    const session = signIn(await keys.token(Date.now()));
    const sessionData = await ours().seal(session, { cookiePassword });
    const check = await official().authenticateWithSessionCookie({ sessionData, cookiePassword });
    expect(check).toMatchObject({
      authenticated: true,
      sessionId: "session_1",
      organizationId: "org_1",
      role: "admin",
      user: { id: user.id, emailVerified: true, firstName: "Ann", metadata: { cost_center: "12" } },
      authenticationMethod: "Password",
    });
    expect(await official().getSessionFromCookie({ sessionData, cookiePassword })).toMatchObject({
      refreshToken: "refresh_1",
      accessToken: session.access_token,
    });
  });

  it("refreshed by the one, refreshed by the other, and authenticated by the first", async () => {
    let generation = 1;
    serve(() => answer(`refresh_${(generation += 1)}`));
    const sessionData = await ours().seal(signIn(await keys.token(Date.now())), { cookiePassword });
    const theirs = await official().loadSealedSession({ sessionData, cookiePassword }).refresh();
    if (!theirs.authenticated) throw new Error(theirs.reason);
    const mine = await ours().load({ sessionData: theirs.sealedSession, cookiePassword }).refresh();
    if (!mine.authenticated) throw new Error(mine.reason);
    const check = official().loadSealedSession({ sessionData: mine.sealedSession, cookiePassword }).authenticate();
    expect(await check).toMatchObject({ authenticated: true, user: { id: user.id } });
    expect(requestsTo("/user_management/authenticate").map((request) => bodyOf(request).refresh_token)).toEqual([
      "refresh_1",
      "refresh_2",
    ]);
  });
});

it("sessions of a user are listed page by page or one by one, and revoked", async () => {
  const session = (id: string) => ({
    ...{ object: "session", id, user_id: "user_1", ip_address: null, user_agent: null, auth_method: "password" },
    ...{ status: "active", expires_at: "2026-02-01T00:00:00Z", ended_at: null },
    ...{ created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" },
  });
  server().handle(({ url, method }) => {
    if (method === "POST") return { status: 200 };
    const after = new URL(url, "http://x").searchParams.get("after");
    const page = after === null ? { data: [session("s2")], next: "s2" } : { data: [session("s1")], next: null };
    return {
      status: 200,
      json: { object: "list", data: page.data, list_metadata: { before: null, after: page.next } },
    };
  });
  const { sessions } = workos();
  const page = await sessions.list({ user_id: "user_1", limit: 1 });
  expect(page.data.map(({ id }) => id)).toEqual(["s2"]);
  expect(page.hasMore).toBe(true);
  const all: string[] = [];
  for await (const { id } of sessions.list({ user_id: "user_1" })) all.push(id);
  expect(all).toEqual(["s2", "s1"]);
  await sessions.revoke({ session_id: "s1" });
  expect(bodyOf(server().requests.at(-1))).toEqual({ session_id: "s1" });
});
