import { createHash } from "node:crypto";
import { WorkOS } from "@workos-inc/node";
import { createPkce, createWorkos } from "../../client";

const workos = createWorkos({ clientId: "client_1", baseUrl: "https://auth.example.com/v1/" });
const { authentication, sessions } = workos;
const redirect_uri = "https://app.example.com/callback?from=a";
const parsed = (url: string) => ({
  at: url.split("?")[0],
  query: Object.fromEntries(new URL(url).searchParams),
});
afterAll(() => workos.close());

describe("authorization URLs", () => {
  it("carry the client id, the redirect URI and everything that was asked for", () => {
    const url = authentication.getAuthorizationUrl({
      provider: "authkit",
      redirect_uri,
      state: "s&1",
      screen_hint: "sign-up",
      max_age: 0,
      login_hint: "ann@example.com",
      invitation_token: "inv_1",
      provider_query_params: { hd: "example.com", access_type: "offline" },
      provider_scopes: ["openid", "email"],
    });
    expect(parsed(url)).toEqual({
      at: "https://auth.example.com/v1/user_management/authorize",
      query: {
        response_type: "code",
        client_id: "client_1",
        redirect_uri,
        provider: "authkit",
        state: "s&1",
        screen_hint: "sign-up",
        max_age: "0",
        login_hint: "ann@example.com",
        invitation_token: "inv_1",
        "provider_query_params[hd]": "example.com",
        "provider_query_params[access_type]": "offline",
        provider_scopes: "openid,email",
      },
    });
  });

  it("say what the official client's say", () => {
    const official = new WorkOS("sk_test", { clientId: "client_1" }).userManagement.getAuthorizationUrl({
      provider: "GoogleOAuth",
      redirectUri: redirect_uri,
      state: "s",
      domainHint: "example.com",
      providerQueryParams: { hd: "example.com" },
    });
    const ours = createWorkos({ clientId: "client_1" }).authentication.getAuthorizationUrl({
      provider: "GoogleOAuth",
      redirect_uri,
      state: "s",
      domain_hint: "example.com",
      provider_query_params: { hd: "example.com" },
    });
    expect(parsed(ours)).toEqual(parsed(official));
  });

  it("with PKCE carry the challenge of the verifier that is returned, new each time", () => {
    const first = authentication.getAuthorizationUrlWithPKCE({ organization_id: "org_1", redirect_uri });
    const second = authentication.getAuthorizationUrlWithPKCE({ organization_id: "org_1", redirect_uri });
    const challenge = createHash("sha256").update(first.code_verifier).digest("base64url");
    expect(parsed(first.url).query).toMatchObject({
      code_challenge: challenge,
      code_challenge_method: "S256",
      state: first.state,
      organization_id: "org_1",
    });
    expect(first.url).not.toContain(first.code_verifier);
    for (const text of [first.state, first.code_verifier]) expect(text).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
    expect(new Set([first.state, second.state, first.code_verifier, second.code_verifier]).size).toBe(4);
    expect(createPkce().code_challenge).toHaveLength(43);
  });

  it.each([
    ["nowhere to sign in", { redirect_uri }, "one of provider, connection_id and organization_id"],
    [
      "a screen of another provider",
      { redirect_uri, provider: "GoogleOAuth", screen_hint: "sign-up" } as const,
      'only for provider "authkit"',
    ],
    [
      "a challenge without its method",
      { redirect_uri, provider: "authkit", code_challenge: "x" } as const,
      "code_challenge_method",
    ],
  ])("with %s are refused", (_what, options, message) => {
    expect(() => authentication.getAuthorizationUrl(options)).toThrow(message);
  });

  it("without a client id are refused, unless one is given", async () => {
    const nameless = createWorkos({ apiKey: "sk_test_1" });
    const options = { provider: "authkit", redirect_uri } as const;
    expect(() => nameless.authentication.getAuthorizationUrl(options)).toThrow("client id");
    expect(nameless.authentication.getAuthorizationUrl({ ...options, client_id: "client_2" })).toContain("client_2");
    await nameless.close();
  });
});

it("JWKS and logout URLs are the official client's", () => {
  const official = new WorkOS("sk_test", { clientId: "client_1" }).userManagement;
  const ours = createWorkos({ clientId: "client_1" }).sessions;
  expect(ours.getJwksUrl()).toBe(official.getJwksUrl("client_1"));
  expect(sessions.getJwksUrl("client/2")).toBe("https://auth.example.com/v1/sso/jwks/client%2F2");
  const [sessionId, returnTo] = ["session_1", "https://app.example.com/bye?a=b"];
  expect(ours.getLogoutUrl({ session_id: sessionId, return_to: returnTo })).toBe(
    official.getLogoutUrl({ sessionId, returnTo }),
  );
  expect(ours.getLogoutUrl({ session_id: sessionId })).toBe(official.getLogoutUrl({ sessionId }));
  expect(() => ours.getLogoutUrl({ session_id: "" })).toThrow("session");
});
