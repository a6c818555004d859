/** Single sign-on through the stand-in identity provider: with the vendor's own client, and through AuthKit. */
import { UnauthorizedException, WorkOS } from "@workos-inc/node";
import { Browser } from "./support/browser";
import { local } from "./support/local";

const seed = {
  organizations: [{ id: "org_acme", name: "Acme", domains: ["acme.com"] }],
  roles: [{ slug: "engineer" }],
  connections: [{ id: "conn_okta", organization: "org_acme", name: "Okta", type: "OktaSAML" as const }],
  directories: [
    {
      id: "directory_okta",
      organization: "org_acme",
      name: "Okta",
      groups: [{ id: "directory_group_ops", name: "Ops" }],
      users: [
        {
          id: "directory_user_ben",
          email: "ben@acme.com",
          first_name: "Ben",
          last_name: "Bit",
          role: "engineer",
          groups: ["Ops"],
        },
      ],
    },
  ],
};
const at = local({ seed });
const clientId = "client_local";
const redirectUri = "http://localhost:3000/callback";

const workos = (apiKey: string | undefined = "sk_test_local") =>
  new WorkOS({ apiKey, clientId, apiHostname: "127.0.0.1", port: at().emulator.port, https: false });

async function signIn(url: string, fields: Record<string, string> = {}) {
  const browser = new Browser(at());
  expect((await browser.open(url)).status).toBe(200);
  const { location, alert, title } = await browser.submit("identity-provider", fields);
  if (location === undefined) throw new Error(`the page did not send the browser back: ${alert ?? title}`);
  return location;
}

const askFor = (fields: Record<string, string>) => {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    ...fields,
  });
  return `/sso/authorize?${query.toString()}`;
};

test.each([
  ["a connection", { connection: "conn_okta" }],
  ["an organization", { organization: "org_acme" }],
])("a person signs in by %s, and the code gives the profile", async (_what, selector) => {
  const { sso } = workos();
  const url = sso.getAuthorizationUrl({ ...selector, clientId, redirectUri, state: "s1", loginHint: "ben@acme.com" });
  const location = await signIn(url);
  expect(location.searchParams.get("state")).toBe("s1");
  const code = location.searchParams.get("code") ?? "";
  const { profile, accessToken } = await sso.getProfileAndToken({ code, clientId });
  expect(profile).toMatchObject({
    ...{ connectionId: "conn_okta", connectionType: "OktaSAML", organizationId: "org_acme" },
    ...{ email: "ben@acme.com", firstName: "Ben", lastName: "Bit", role: { slug: "engineer" }, groups: ["Ops"] },
  });
  expect(await sso.getProfile({ accessToken })).toEqual(profile);
  await expect(sso.getProfileAndToken({ code, clientId })).rejects.toMatchObject({ error: "invalid_grant" });
});

test("the same person at the same connection is the same profile", async () => {
  const { sso } = workos();
  const profileOf = async () => {
    const location = await signIn(askFor({ domain: "acme.com" }), { email: "Ann@acme.com", first_name: "Ann" });
    const code = location.searchParams.get("code") ?? "";
    return (await sso.getProfileAndToken({ code, clientId })).profile;
  };
  const first = await profileOf();
  expect(await profileOf()).toEqual(first);
});

test("a provider stands in with tokens of its own", async () => {
  const { sso } = workos();
  const url = sso.getAuthorizationUrl({ provider: "GoogleOAuth", clientId, redirectUri, providerScopes: ["calendar"] });
  const location = await signIn(url, { email: "ann@example.com", first_name: "Ann" });
  const code = location.searchParams.get("code") ?? "";
  const { profile, oauthTokens } = await sso.getProfileAndToken({ code, clientId });
  expect(profile).toMatchObject({ connectionType: "GoogleOAuth", email: "ann@example.com", firstName: "Ann" });
  expect(oauthTokens).toMatchObject({ scopes: ["calendar"] });
});

test("a public client binds its code by PKCE", async () => {
  const { sso } = workos();
  const asked = await sso.getAuthorizationUrlWithPKCE({ connection: "conn_okta", clientId, redirectUri });
  const code = (await signIn(asked.url, { email: "ann@acme.com" })).searchParams.get("code") ?? "";
  const exchange = (code_verifier: string) =>
    at().call("POST", "/sso/token", { client_id: clientId, code, grant_type: "authorization_code", code_verifier });
  const wrong = await fetch(`${at().emulator.url}/sso/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: clientId, code, grant_type: "authorization_code" }),
  });
  expect(await wrong.json()).toMatchObject({ error: "invalid_grant" });
  expect((await exchange(asked.codeVerifier)).status).toBe(200);
});

test("a profile is signed out by a link that works once", async () => {
  const { sso } = workos();
  const location = await signIn(askFor({ connection: "conn_okta" }), { email: "ann@acme.com" });
  const code = location.searchParams.get("code") ?? "";
  const { profile, accessToken } = await sso.getProfileAndToken({ code, clientId });
  const { body } = await at().post("/sso/logout/authorize", { profile_id: profile.id });
  const link = String(body.logout_url);
  expect(link).toContain(`/sso/logout?token=${String(body.logout_token)}`);
  expect((await fetch(link)).status).toBe(200);
  expect((await fetch(link)).status).toBe(404);
  await expect(sso.getProfile({ accessToken })).rejects.toThrow();
});

test.each([
  ["an unknown connection", { connection: "conn_x" }, "connection_invalid"],
  ["an unknown organization", { organization: "org_x" }, "organization_invalid"],
  ["an unknown domain", { domain: "other.com" }, "connection_domain_invalid"],
  ["nothing", {}, "invalid_connection_selector"],
  ["two things", { connection: "conn_okta", organization: "org_acme" }, "ambiguous_connection_selector"],
])("%s is told the application by the vendor's error", async (_what, selector, error) => {
  const { location } = await new Browser(at()).open(askFor({ state: "s1", ...selector }));
  expect(location?.searchParams.get("error")).toBe(error);
  expect(location?.searchParams.get("state")).toBe("s1");
});

test("a client or a redirect URI that is wrong is told the person, not the application", async () => {
  const browser = new Browser(at());
  expect(await browser.open(askFor({ client_id: "client_x" }))).toMatchObject({ status: 400, location: undefined });
  const script = askFor({ connection: "conn_okta", redirect_uri: "javascript:alert(1)" });
  expect(await browser.open(script)).toMatchObject({ status: 400, location: undefined });
});

test("a form from elsewhere is refused", async () => {
  const answer = await fetch(at().emulator.url + askFor({ connection: "conn_okta" }), {
    method: "POST",
    body: new URLSearchParams({ action: "identity-provider", email: "ann@acme.com" }),
  });
  expect(answer.status).toBe(403);
});

describe("through AuthKit", () => {
  const authorize = (selector: { connectionId?: string; organizationId?: string }) =>
    workos().userManagement.getAuthorizationUrl({ ...selector, clientId, redirectUri });

  test.each([
    ["a connection", { connectionId: "conn_okta" }],
    ["an organization that has one", { organizationId: "org_acme" }],
  ])("%s makes the person a member with the role of the directory", async (_what, selector) => {
    const location = await signIn(authorize(selector), { email: "ben@acme.com" });
    const code = location.searchParams.get("code") ?? "";
    const { userManagement } = workos();
    const signedIn = await userManagement.authenticateWithCode({ code, clientId });
    expect(signedIn).toMatchObject({
      authenticationMethod: "SSO",
      organizationId: "org_acme",
      user: { email: "ben@acme.com", firstName: "Ben", lastName: "Bit", emailVerified: true },
    });
    const userId = signedIn.user.id;
    const { data } = await userManagement.listOrganizationMemberships({ userId });
    expect(data).toMatchObject([{ organizationId: "org_acme", status: "active", role: { slug: "engineer" } }]);
  });

  test("an unknown connection is told the application", async () => {
    const { location } = await new Browser(at()).open(authorize({ connectionId: "conn_x" }));
    expect(location?.searchParams.get("error")).toBe("invalid_connection");
  });
});

test("without a secret and without PKCE nobody gets a profile", async () => {
  const location = await signIn(askFor({ connection: "conn_okta" }), { email: "ann@acme.com" });
  const code = location.searchParams.get("code") ?? "";
  const body = new URLSearchParams({ client_id: clientId, code, grant_type: "authorization_code" });
  const answer = await fetch(`${at().emulator.url}/sso/token`, { method: "POST", body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: "unauthorized_client" });
});

test("a wrong secret is refused", async () => {
  const location = await signIn(askFor({ connection: "conn_okta" }), { email: "ann@acme.com" });
  const code = location.searchParams.get("code") ?? "";
  await expect(workos("sk_wrong").sso.getProfileAndToken({ code, clientId })).rejects.toThrow(UnauthorizedException);
});
