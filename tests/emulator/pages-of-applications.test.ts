/** What applications in a browser and programs of others need: CORS, forms, sessions in cookies. */
import { data, local } from "./support/local";
import { Browser } from "./support/browser";
import { grant, person, text, withPassword } from "./support/sign-in";

const at = local();
const authenticatePath = "/user_management/authenticate";
const devicePath = "/user_management/authorize/device";

const from = (origin: string) => ({ Origin: origin });
const preflight = (path: string, origin: string, headers = "content-type") =>
  at().call("OPTIONS", path, undefined, {
    ...from(origin),
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": headers,
  });

describe("pages of other origins", () => {
  test.each(["http://localhost:3000", "https://127.0.0.1:8443", "http://app.localhost", "http://[::1]:5173"])(
    "of this machine, as %s, may sign in without being declared",
    async (origin) => {
      const asked = await preflight(authenticatePath, origin);
      expect(asked.status).toBe(204);
      expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
      expect(asked.headers.get("access-control-allow-credentials")).toBe("true");
      expect(asked.headers.get("access-control-allow-headers")).toContain("content-type");
      expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
    },
  );

  test("elsewhere may once the environment has their origin, and refusals can be read too", async () => {
    const origin = "https://app.example.com";
    const refused = await preflight(authenticatePath, origin);
    expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining(origin) as string } });
    expect(refused.headers.get("access-control-allow-origin")).toBeNull();
    expect((await at().post("/user_management/cors_origins", { origin })).status).toBe(201);
    expect((await preflight(authenticatePath, origin)).headers.get("access-control-allow-origin")).toBe(origin);
    const wrong = await at().call("POST", authenticatePath, { client_id: "client_x" }, from(origin));
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    expect(wrong.headers.get("access-control-allow-origin")).toBe(origin);
    expect(wrong.headers.get("vary")).toContain("Origin");
  });

  test.each([
    "https://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "null",
    "file://",
    "http://localhost@evil.example",
  ])("%s is not of this machine", async (origin) => {
    const asked = await preflight(authenticatePath, origin);
    expect(asked.status).toBe(403);
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("may not call what needs an API key, nor the controls", async () => {
    for (const path of ["/user_management/users", "/organizations", "/_emulator/state", "/_emulator/reset"]) {
      const asked = await preflight(path, "http://localhost:3000", "authorization");
      expect([path, asked.headers.get("access-control-allow-origin")]).toEqual([path, null]);
    }
  });

  test("read the keys of tokens and start the device flow", async () => {
    for (const path of ["/sso/jwks/client_local", devicePath]) {
      const asked = await preflight(path, "http://localhost:3000");
      expect(asked.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
    }
  });
});

/** Without an API key; `fetch` says by itself what such a body is. */
async function form(
  path: string,
  fields: Readonly<Record<string, string>> | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = new URLSearchParams(fields);
  const response = await fetch(at().emulator.url + path, { method: "POST", body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("forms, as OAuth's own clients send them", () => {
  test("carry a whole device flow", async () => {
    const { email } = await person(at());
    const started = await form(devicePath, { client_id: "client_local", scope: "openid" });
    expect(started).toMatchObject({ status: 200, body: { interval: 5 } });
    const poll = { client_id: "client_local", grant_type: grant.device, device_code: text(started, "device_code") };
    expect((await form(authenticatePath, poll)).body.error).toBe("authorization_pending");
    const browser = new Browser(at());
    await browser.open(text(started, "verification_uri_complete"));
    await browser.submit("sign-in", { email, password: "correct horse battery" });
    await browser.submit("allow");
    at().control.clock.advance(6000);
    expect(await form(authenticatePath, poll)).toMatchObject({ status: 200, body: { user: { email } } });
  });

  test("carry passwords and refresh tokens, and an empty field counts as left out", async () => {
    const { email } = await person(at());
    const client = { client_id: "client_local", client_secret: "sk_test_local" };
    const signedIn = await form(authenticatePath, {
      ...client,
      ...{ grant_type: "password", email, password: "correct horse battery", invitation_token: "" },
    });
    expect(signedIn.status).toBe(200);
    const refresh = { grant_type: "refresh_token", refresh_token: text(signedIn, "refresh_token") };
    expect((await form(authenticatePath, { ...client, ...refresh })).status).toBe(200);
  });

  test("may name their client in the header, as HTTP has it (RFC 6749 2.3.1)", async () => {
    const { email } = await person(at());
    const sent = { grant_type: "password", email, password: "correct horse battery" };
    const basic = (pair: string) => ({ Authorization: `Basic ${Buffer.from(pair).toString("base64")}` });
    expect((await form(authenticatePath, sent, basic("client%5Flocal:sk_test_local"))).status).toBe(200);
    expect((await form(authenticatePath, sent, basic("client_local:wrong"))).body.error).toBe("invalid_client");
    for (const broken of ["no colon", "%:%"]) {
      expect((await form(authenticatePath, sent, basic(broken))).body.error).toBe("invalid_request");
    }
    const twice = await form(authenticatePath, { ...sent, client_id: "client_local" }, basic("client_local:x"));
    expect(twice.body.error).toBe("invalid_request");
  });

  test("with a field twice are refused, and so is one named __proto__", async () => {
    const twice = await form(devicePath, "client_id=client_local&client_id=client_other");
    expect(twice).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect((await form(devicePath, "client_id=client_local&__proto__=x")).status).toBe(422);
    expect((await form(devicePath, "")).status).toBe(422);
  });

  test("are no body of the operations that take JSON alone", async () => {
    const sent = await at().call("POST", "/organizations", "name=Acme", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    expect(sent.status).toBe(400);
  });
});

describe("a session in cookies", () => {
  const origin = "http://localhost:3000";
  const refreshBy = (cookie: string, headers: Record<string, string> = from(origin)) =>
    at().call(
      "POST",
      authenticatePath,
      { client_id: "client_local", grant_type: "refresh_token" },
      { ...headers, Cookie: cookie },
    );
  const cookiesOf = ({ headers }: { headers: Headers }) =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0] ?? "")
      .join("; ");
  async function signedIn() {
    const { email, id } = await person(at());
    const body = { grant_type: "password", email, password: "correct horse battery", client_id: "client_local" };
    const answer = await at().call("POST", authenticatePath, { ...body, client_secret: "sk_test_local" }, from(origin));
    expect(answer.status).toBe(200);
    return { answer, id };
  }

  test("keeps the refresh token from scripts, and tells pages only that there is a session", async () => {
    const { answer } = await signedIn();
    const [token, hint] = answer.headers.getSetCookie();
    expect(token).toMatch(
      /^workos-refresh-token-client_local=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(hint).toMatch(/^workos-has-session=client_local; Max-Age=2592000; Path=\/; SameSite=Lax$/);
  });

  test("is renewed by them, over and over, until it is ended", async () => {
    const { answer, id } = await signedIn();
    let cookie = cookiesOf(answer);
    for (const _time of [1, 2]) {
      const renewed = await refreshBy(cookie);
      expect(renewed.status).toBe(200);
      cookie = cookiesOf(renewed);
    }
    const [session] = data(await at().get(`/user_management/users/${id}/sessions`));
    const logout = await at().call(
      "GET",
      `/user_management/sessions/logout?session_id=${String(session?.id)}`,
      undefined,
      {
        Cookie: cookie,
      },
    );
    expect(logout.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^workos-refresh-token-client_local=; Max-Age=0/),
      expect.stringMatching(/^workos-has-session=; Max-Age=0/),
    ]);
    expect((await refreshBy(cookie)).body.error).toBe("invalid_grant");
  });

  test("is of no use to a request without an origin, or of another", async () => {
    const cookie = cookiesOf((await signedIn()).answer);
    expect((await refreshBy(cookie, {})).status).toBe(422);
    expect((await refreshBy(cookie, from("https://evil.example"))).status).toBe(422);
    expect((await refreshBy(cookie)).status).toBe(200);
  });

  test("is not made for a program, which sends no origin", async () => {
    const { email } = await person(at());
    expect((await withPassword(at(), email)).headers.getSetCookie()).toEqual([]);
  });

  test("of one client leaves that of another alone", async () => {
    const { email } = await person(at());
    const sent = { grant_type: "password", email, password: "correct horse battery", client_id: "client_local" };
    const answer = await at().call(
      "POST",
      authenticatePath,
      { ...sent, client_secret: "sk_test_local" },
      { ...from(origin), Cookie: "workos-has-session=client_wiki.client_local" },
    );
    expect(cookiesOf(answer)).toContain("workos-has-session=client_wiki.client_local");
  });
});
