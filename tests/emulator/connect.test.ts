/** Connect applications: OAuth 2 and OpenID Connect, by a client that knows nothing of AuthKit. */
import { type Emulator, startEmulator } from "../../emulator";
import { jose } from "../../emulator/libraries";
import { Browser } from "./support/browser";
import { openidClient } from "./support/libraries";

type Library = Awaited<ReturnType<typeof openidClient>>;
type Configuration = InstanceType<Library["Configuration"]>;
type ClientAuth = Parameters<Library["discovery"]>[3];

const redirect_uri = "http://localhost:3000/callback";
const password = "correct horse battery";
let emulator: Emulator;
let oidc: Library;
beforeAll(async () => {
  oidc = await openidClient();
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.reset());

type Json = Record<string, unknown> & { id: string; client_id: string };
async function api(method: string, path: string, body?: object): Promise<Json> {
  const answer = await fetch(emulator.url + path, {
    method,
    headers: { Authorization: `Bearer ${emulator.apiKey}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return (text === "" ? {} : JSON.parse(text)) as Json;
}

async function application(fields: object = {}) {
  const made = await api("POST", "/connect/applications", {
    ...{ name: "Wiki", application_type: "oauth", is_first_party: true, redirect_uris: [{ uri: redirect_uri }] },
    ...fields,
  });
  const { secret } = await api("POST", `/connect/applications/${made.id}/client_secrets`);
  return { ...made, secret: String(secret) };
}
const person = (fields: object = {}) =>
  api("POST", "/user_management/users", {
    ...{ email: "ann@example.com", password, email_verified: true, first_name: "Ann", last_name: "Bell" },
    ...fields,
  });

/** What the client finds out by itself. */
const discover = (client: { client_id: string; secret?: string }, authentication?: ClientAuth) =>
  oidc.discovery(new URL(emulator.url), client.client_id, client.secret, authentication, {
    execute: [oidc.allowInsecureRequests],
  });

async function signIn(config: Configuration, asked: Record<string, string>, allow = false) {
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    ...{ redirect_uri, code_challenge_method: "S256", state: "some state" },
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    ...asked,
  });
  const browser = new Browser({ emulator });
  const first = await browser.open(url.href);
  if (first.location !== undefined) return { verifier, location: first.location, page: first };
  let page = await browser.submit("sign-in", { email: "ann@example.com", password });
  const consent = page;
  if (allow) page = await browser.submit("allow");
  return { verifier, location: page.location, page: consent };
}
const exchange = (
  config: Configuration,
  { location, verifier }: { location?: URL; verifier: string },
  nonce?: string,
) =>
  oidc.authorizationCodeGrant(config, location ?? new URL(redirect_uri), {
    pkceCodeVerifier: verifier,
    expectedState: "some state",
    expectedNonce: nonce,
  });

describe("a person's application", () => {
  test.each<[string, "ClientSecretPost" | "ClientSecretBasic"]>([
    ["in the body", "ClientSecretPost"],
    ["in the header", "ClientSecretBasic"],
  ])("finds the addresses, signs in, and reads who it was; its secret %s", async (_name, authentication) => {
    const user = await person();
    const wiki = await application();
    const config = await discover(wiki, oidc[authentication](wiki.secret));
    const tokens = await exchange(
      config,
      await signIn(config, { scope: "openid profile email offline_access", nonce: "n-1" }),
      "n-1",
    );
    expect(tokens.claims()).toMatchObject({
      ...{ iss: emulator.url, aud: wiki.client_id, sub: user.id, nonce: "n-1", name: "Ann Bell" },
      ...{ given_name: "Ann", family_name: "Bell", email: "ann@example.com", email_verified: true },
    });
    expect(tokens.expires_in).toBe(300);
    expect(await oidc.fetchUserInfo(config, tokens.access_token, user.id)).toMatchObject({ email: "ann@example.com" });
    const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    expect(await oidc.tokenIntrospection(config, renewed.access_token)).toMatchObject({
      ...{ active: true, sub: user.id, client_id: wiki.client_id, scope: "openid profile email offline_access" },
      ...{ aud: emulator.clientId, sid: expect.stringMatching(/^authorized_connect_app_/) as string },
    });
  });

  test("gets what it asked for and no more", async () => {
    await person();
    const wiki = await application();
    const config = await discover(wiki);
    const tokens = await exchange(config, await signIn(config, { scope: "openid" }));
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.claims()).not.toHaveProperty("email");
    const plain = await exchange(config, await signIn(config, { scope: "email" }));
    expect(plain.id_token).toBeUndefined();
  });

  test("of a third party is asked about by name, with what it wants in words", async () => {
    const { id: organization_id } = await api("POST", "/organizations", { name: "Acme" });
    const user = await person();
    await api("POST", "/user_management/organization_memberships", { user_id: user.id, organization_id });
    const wiki = await application({ is_first_party: false, organization_id, scopes: ["pages:read"] });
    const config = await discover(wiki);
    const asked = await signIn(config, { scope: "openid email pages:read" }, true);
    expect(asked.page.title).toBe("Allow Wiki to access your account?");
    for (const scope of ["Know who you are", "See your email address", "pages:read"]) {
      expect(asked.page.html).toContain(`<li>${scope}</li>`);
    }
    const tokens = await exchange(config, asked);
    expect(tokens.claims()).toMatchObject({ org_id: organization_id });
    const { data } = await api("GET", `/user_management/users/${user.id}/authorized_applications`);
    expect(data).toMatchObject([{ granted_scopes: ["openid", "email", "pages:read"] }]);
    // Taken back, its tokens are worth nothing at once.
    await api("DELETE", `/user_management/users/${user.id}/authorized_applications/${wiki.id}`);
    expect(await oidc.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
    await expect(oidc.fetchUserInfo(config, tokens.access_token, user.id)).rejects.toMatchObject({ status: 401 });
  });

  test.each([
    ["a scope that it has not", { scope: "openid pages:write" }, "invalid_scope"],
    ["a scope that every object has", { scope: "constructor" }, "invalid_scope"],
    ["no page", { scope: "openid", prompt: "none" }, "login_required"],
  ])("asking for %s is told so", async (_name, asked, error) => {
    const config = await discover(await application());
    const { location } = await signIn(config, asked);
    expect(location?.searchParams.get("error")).toBe(error);
    expect(location?.searchParams.get("state")).toBe("some state");
  });

  test("at AuthKit's own address asks for all that it may, whatever else the address says", async () => {
    const { id: organization_id } = await api("POST", "/organizations", { name: "Acme" });
    const user = await person();
    await api("POST", "/user_management/organization_memberships", { user_id: user.id, organization_id });
    const wiki = await application({ is_first_party: false, organization_id, scopes: ["pages:read", "pages:write"] });
    const query = { client_id: wiki.client_id, redirect_uri, response_type: "code", scope: "pages:read" };
    const browser = new Browser({ emulator });
    await browser.open(`/user_management/authorize?${new URLSearchParams(query).toString()}`);
    const consent = await browser.submit("sign-in", { email: "ann@example.com", password });
    expect(consent.html).toContain("<li>pages:write</li>");
    await browser.submit("allow");
    const { data } = await api("GET", `/user_management/users/${user.id}/authorized_applications`);
    expect(data).toMatchObject([{ granted_scopes: ["pages:read", "pages:write"] }]);
  });

  test("cannot mix the two ways in: each exchanges its own codes", async () => {
    await person();
    const wiki = await application();
    const config = await discover(wiki);
    const browser = new Browser({ emulator });
    const query = { client_id: wiki.client_id, redirect_uri, response_type: "code" };
    await browser.open(`/user_management/authorize?${new URLSearchParams(query).toString()}`);
    const { location } = await browser.submit("sign-in", { email: "ann@example.com", password });
    await expect(oidc.authorizationCodeGrant(config, location ?? new URL(redirect_uri))).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });

  test("signs in on a device", async () => {
    const user = await person();
    const wiki = await application();
    const config = await discover(wiki);
    const begun = await oidc.initiateDeviceAuthorization(config, { scope: "openid email" });
    const browser = new Browser({ emulator });
    await browser.open(begun.verification_uri_complete ?? "");
    await browser.submit("sign-in", { email: "ann@example.com", password });
    await browser.submit("allow");
    const tokens = await oidc.pollDeviceAuthorizationGrant(config, { ...begun, interval: 0.01 });
    expect(tokens.claims()).toMatchObject({ sub: user.id, email: "ann@example.com" });
  });
});

describe("an application that acts by itself", () => {
  const machine = async (fields: object = {}) => {
    const { id: organization_id } = await api("POST", "/organizations", { name: "Acme" });
    const fields_ = { application_type: "m2m", organization_id, name: "Nightly", scopes: ["pages:read"], ...fields };
    const made = await api("POST", "/connect/applications", fields_);
    const { secret } = await api("POST", `/connect/applications/${made.id}/client_secrets`);
    return { ...made, secret: String(secret), organization_id };
  };

  test("gets a token of its organization, which the published keys verify", async () => {
    const nightly = await machine();
    const config = await discover(nightly);
    const { access_token, expires_in } = await oidc.clientCredentialsGrant(config, { scope: "pages:read" });
    expect(expires_in).toBe(300);
    const { createRemoteJWKSet, jwtVerify } = await jose();
    const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ""));
    const { payload } = await jwtVerify(access_token, keys, { issuer: emulator.url, audience: emulator.clientId });
    expect(payload).toMatchObject({
      ...{ sub: nightly.client_id, client_id: nightly.client_id, org_id: nightly.organization_id, scope: "pages:read" },
    });
    expect(await oidc.tokenIntrospection(config, access_token)).toMatchObject({ active: true });
    await expect(oidc.fetchUserInfo(config, access_token, oidc.skipSubjectCheck)).rejects.toMatchObject({
      status: 403,
    });
  });

  test("is refused with a wrong secret, another's scope, or another grant", async () => {
    const nightly = await machine();
    const refused = (config: Configuration, fields = {}) =>
      oidc.clientCredentialsGrant(config, fields).then(
        () => "let in",
        (error: { error: string }) => error.error,
      );
    expect(await refused(await discover({ ...nightly, secret: "wrong" }))).toBe("invalid_client");
    expect(await refused(await discover(nightly), { scope: "pages:write" })).toBe("invalid_scope");
    expect(await refused(await discover(await application()))).toBe("unauthorized_client");
    const code = oidc.genericGrantRequest(await discover(nightly), "authorization_code", { code: "x" });
    await expect(code).rejects.toMatchObject({ error: "unauthorized_client" });
    const odd = oidc.genericGrantRequest(await discover(nightly), "urn:example:other", {});
    await expect(odd).rejects.toMatchObject({ error: "unsupported_grant_type" });
  });

  test("has no page to sign in at", async () => {
    const nightly = await machine();
    for (const path of ["/oauth2/authorize", "/user_management/authorize"]) {
      const query = { client_id: nightly.client_id, redirect_uri, response_type: "code" };
      const page = await new Browser({ emulator }).open(`${path}?${new URLSearchParams(query).toString()}`);
      expect([path, page.status, page.html.includes("acts by itself")]).toEqual([path, 400, true]);
    }
  });
});

describe("the tokens of sessions", () => {
  test("are found by OpenID's discovery of their issuer too", async () => {
    const { access_token } = await signedIn();
    const issuer = `${emulator.url}/user_management/${emulator.clientId}`;
    const found = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(found.issuer).toBe(issuer);
    const { createRemoteJWKSet, jwtVerify } = await jose();
    const keys = createRemoteJWKSet(new URL(found.jwks_uri ?? ""));
    expect((await jwtVerify(access_token, keys, { issuer })).payload.sub).toMatch(/^user_/);
    const unknown = await fetch(`${emulator.url}/user_management/client_x/.well-known/openid-configuration`);
    expect(unknown.status).toBe(404);
  });

  test("are none of Connect's", async () => {
    const { access_token } = await signedIn();
    const answer = await fetch(`${emulator.url}/oauth2/userinfo`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token"/);
  });

  async function signedIn(): Promise<{ access_token: string }> {
    await person();
    const body = { client_id: emulator.clientId, client_secret: emulator.apiKey, email: "ann@example.com", password };
    const answer = await api("POST", "/user_management/authenticate", { ...body, grant_type: "password" });
    return { access_token: String(answer.access_token) };
  }
});
