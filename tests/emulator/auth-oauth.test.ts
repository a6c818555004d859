/** What RFC 6749, 7636 and 9700 ask of codes, redirect URIs and refresh tokens. */
import { createHash } from "node:crypto";
import { startEmulator } from "../../emulator";
import { type Answer, data, local } from "./support/local";
import { Browser, type Visit } from "./support/browser";
import { authenticate, grant, lastCode, lastMail, password, person, text, withPassword } from "./support/sign-in";

const at = local();
const redirect_uri = "http://localhost:3000/callback";

const authorizePath = (fields: Record<string, string> = {}) =>
  `/user_management/authorize?${new URLSearchParams({
    ...{ client_id: "client_local", redirect_uri, response_type: "code", provider: "authkit", state: "some state" },
    ...fields,
  }).toString()}`;
const codeOf = ({ location }: Visit) => location?.searchParams.get("code") ?? "";

/** A code as the hosted page gives it to the application. */
async function newCode(email: string, asked: Record<string, string> = {}): Promise<string> {
  const browser = new Browser(at());
  await browser.open(authorizePath(asked));
  return codeOf(await browser.submit("sign-in", { email, password }));
}

const exchange = (code: string, fields: object = {}) =>
  authenticate(at(), { grant_type: "authorization_code", code, ...fields });
const application = async (fields: object = {}): Promise<Answer> =>
  at().post("/connect/applications", {
    ...{ name: "Wiki", application_type: "oauth", is_first_party: true, redirect_uris: [{ uri: redirect_uri }] },
    ...fields,
  });

describe("a redirect URI", () => {
  test("at the token request is the one of the authorization, to the letter, or left out", async () => {
    const { email } = await person(at());
    const code = await newCode(email);
    for (const other of [
      "http://localhost:3000/other",
      `${redirect_uri}/`,
      `${redirect_uri}?`,
      ` ${redirect_uri}`,
      "HTTP://localhost:3000/callback",
      [redirect_uri],
      7,
    ]) {
      const refused = await exchange(code, { redirect_uri: other });
      expect([other, refused.status, refused.body.error]).toEqual([other, 400, "invalid_grant"]);
    }
    expect((await exchange(code, { redirect_uri })).status).toBe(200);
    expect((await exchange(await newCode(email), { redirect_uri: "" })).status).toBe(200);
  });

  const bad = [
    ["around it", ` ${redirect_uri}`],
    ["after it", `${redirect_uri}\n`],
    ["after it that is no ASCII", `${redirect_uri}\u00a0`],
    ["in it", "http://localhost:3000/call back"],
    ["in its scheme", "java\tscript:alert(1)"],
    ["before its scheme", "\u0001javascript:alert(1)"],
    ["that is a script", "javascript:alert(1)"],
    ["that is a script in capitals", "JaVaScRiPt:alert(1)"],
    ["that is a script with a host", "javascript://localhost/%0aalert(1)"],
    ["that is a document", "data:text/html,<script>alert(1)</script>"],
    ["that is another script", "VBScript:msgbox(1)"],
    ["of a file", "file:///etc/passwd"],
    ["of a page's own", "blob:http://localhost/1"],
    ["that is relative", "//localhost/callback"],
    ["without a host", "http:callback"],
    ["with a fragment", `${redirect_uri}#there`],
  ];

  test.each(bad)("with something %s is registered nowhere, and nobody is sent there: %j", async (_what, uri) => {
    const made = await application({ redirect_uris: [{ uri: redirect_uri }, { uri }] });
    expect([made.status, made.body.code]).toEqual([422, "invalid_request_parameters"]);
    const known = await application();
    const changed = await at().put(`/connect/applications/${text(known, "id")}`, { redirect_uris: [{ uri }] });
    expect(changed.status).toBe(422);
    const seed = { applications: [{ name: "Wiki", redirect_uris: [uri] }] };
    await expect(startEmulator({ seed })).rejects.toThrow(/redirect_uris/);
    for (const client_id of ["client_local", text(known, "client_id")]) {
      const page = await new Browser(at()).open(authorizePath({ client_id, redirect_uri: uri }));
      expect(page).toMatchObject({ status: 400, location: undefined });
      expect(page.html).toContain("redirect_uri: ");
    }
  });

  test.each(["https://app.example.com/cb?from=a", "com.example.app:/callback", "http://[::1]:8080/cb"])(
    "of an application may be %s",
    async (uri) => {
      expect((await application({ redirect_uris: [{ uri }] })).status).toBe(201);
    },
  );
});

describe("PKCE", () => {
  const verifier = "a-verifier-that-is-long-enough-for-the-rfc-7636";
  const challenge = (of: string) => createHash("sha256").update(of).digest("base64url");
  const pkce = { code_challenge: challenge(verifier), code_challenge_method: "S256" };
  const wiki = async (uses_pkce: boolean) => {
    const made = await application({ uses_pkce });
    const { secret } = (await at().post(`/connect/applications/${text(made, "id")}/client_secrets`)).body;
    return { client_id: text(made, "client_id"), client_secret: String(secret) };
  };
  const denied = ({ location }: Visit) => {
    expect(location?.href.startsWith(redirect_uri)).toBe(true);
    return ["error", "state"].map((name) => location?.searchParams.get(name));
  };

  test.each([
    ["plain, as is meant where nothing is said", { code_challenge: pkce.code_challenge }],
    ["S256 of nothing", { ...pkce, code_challenge: "" }],
    ["S256 without a challenge", { code_challenge_method: "S256" }],
  ] as [string, Record<string, string>][])("with %s is refused, and the application is told", async (_what, asked) => {
    const page = await new Browser(at()).open(authorizePath(asked));
    expect(denied(page)).toEqual(["invalid_request", "some state"]);
  });

  test.each(["plain", "s256", ""])("with the method %j is refused", async (code_challenge_method) => {
    const page = await new Browser(at()).open(authorizePath({ ...pkce, code_challenge_method }));
    expect(page).toMatchObject({ status: 400, location: undefined });
  });

  test("that an application uses is asked of it, and its verifier with every code", async () => {
    const { email } = await person(at());
    const { client_id, client_secret } = await wiki(true);
    expect(denied(await new Browser(at()).open(authorizePath({ client_id })))).toEqual([
      "invalid_request",
      "some state",
    ]);
    const code = await newCode(email, { client_id, ...pkce });
    const attempt = async (fields: object) => (await exchange(code, { client_id, ...fields })).body.error;
    expect(await attempt({ client_secret })).toBe("invalid_request");
    expect(await attempt({ client_secret, code_verifier: `${verifier}x` })).toBe("invalid_grant");
    const publicly = await exchange(code, { client_id, client_secret: undefined, code_verifier: verifier });
    expect(publicly.status).toBe(200);
  });

  test("is no substitute for the secret of an application that has one", async () => {
    const { email } = await person(at());
    const { client_id, client_secret } = await wiki(false);
    const code = await newCode(email, { client_id, ...pkce });
    const open = await exchange(code, { client_id, client_secret: undefined, code_verifier: verifier });
    expect(open.body.error).toBe("unauthorized_client");
    expect((await exchange(code, { client_id, client_secret, code_verifier: verifier })).status).toBe(200);
  });

  test("needs a verifier of 43 characters or more, and is refused for codes that were asked for without", async () => {
    const { email } = await person(at());
    const short = "x".repeat(42);
    const weak = await newCode(email, { ...pkce, code_challenge: challenge(short) });
    expect((await exchange(weak, { code_verifier: short })).body.error).toBe("invalid_grant");
    const plain = await newCode(email);
    expect((await exchange(plain, { code_verifier: verifier })).body.code).toBe("code_challenge_not_found");
    expect((await exchange(plain)).status).toBe(200);
  });

  test("of a seeded application may be left out where the seed says so", async () => {
    const redirect_uris = [redirect_uri];
    const local = await startEmulator({
      seed: {
        applications: [
          { client_id: "client_with", name: "With", redirect_uris },
          { client_id: "client_without", name: "Without", redirect_uris, uses_pkce: false },
        ],
      },
    });
    try {
      const open = (client_id: string) => new Browser({ emulator: local }).open(authorizePath({ client_id }));
      expect((await open("client_with")).location?.searchParams.get("error")).toBe("invalid_request");
      expect(await open("client_without")).toMatchObject({ status: 200, title: "Sign in" });
    } finally {
      await local.close();
    }
  });
});

const refresh = (refresh_token: string, fields: object = {}) =>
  authenticate(at(), { grant_type: "refresh_token", refresh_token, ...fields });
const sessionsOf = async (userId: string) => data(await at().get(`/user_management/users/${userId}/sessions`));

describe("a code that is used again", () => {
  test("ends the session that it made, also when it has expired since, and no other", async () => {
    const { id, email } = await person(at());
    for (const wait of [0, 11 * 60_000]) {
      const [code, other] = [await newCode(email), await newCode(email)];
      const tokens = await exchange(code);
      await exchange(other);
      expect(await sessionsOf(id)).toHaveLength(wait === 0 ? 2 : 3);
      at().control.clock.advance(wait);
      expect((await exchange(code)).body.error).toBe("invalid_grant");
      expect(await sessionsOf(id)).toHaveLength(wait === 0 ? 1 : 2);
      expect((await refresh(text(tokens, "refresh_token"))).body.error).toBe("invalid_grant");
    }
  });

  test("by another application changes nothing", async () => {
    const { id, email } = await person(at());
    const code = await newCode(email);
    await exchange(code);
    const wiki = await application({ uses_pkce: true });
    const stolen = await exchange(code, { client_id: text(wiki, "client_id"), client_secret: undefined });
    expect(stolen.body.error).toBe("invalid_grant");
    expect(await sessionsOf(id)).toHaveLength(1);
  });
});

describe("a refresh token that was exchanged", () => {
  const signedIn = async () => {
    const { id, email } = await person(at());
    const first = text(await withPassword(at(), email), "refresh_token");
    return { id, first, second: text(await refresh(first), "refresh_token") };
  };
  const alive = async (token: string) => (await refresh(token)).status === 200;

  test("is refused for 30 seconds, since two requests may come at once, and ends the session from then on", async () => {
    const { id, first, second } = await signedIn();
    at().control.clock.advance(29_999);
    expect((await refresh(first)).body.error).toBe("invalid_grant");
    expect(await sessionsOf(id)).toHaveLength(1);
    at().control.clock.advance(1);
    expect((await refresh(first)).body.error).toBe("invalid_grant");
    expect(await sessionsOf(id)).toEqual([]);
    expect(await alive(second)).toBe(false);
  });

  test("ends the session at once when it is older than the one before, whatever the switch says", async () => {
    for (const refreshReplay of ["refuse", "same-tokens", "end-session"] as const) {
      at().control.switches.set({ refreshReplay });
      const { first, second } = await signedIn();
      const third = text(await refresh(second), "refresh_token");
      expect((await refresh(first)).body.error).toBe("invalid_grant");
      expect(await alive(third)).toBe(false);
    }
  });

  test("gets the same new token again where the switch says so, as WorkOS documents it, and only for 30 seconds", async () => {
    at().control.switches.set({ refreshReplay: "same-tokens" });
    const { first, second } = await signedIn();
    const again = await Promise.all([refresh(first), refresh(first)]);
    expect(again.map(({ body }) => body.refresh_token)).toEqual([second, second]);
    at().control.clock.advance(30_000);
    expect((await refresh(first)).body.error).toBe("invalid_grant");
    expect(await alive(second)).toBe(false);
  });

  test("ends the session without a grace period where the switch says so", async () => {
    at().control.switches.set({ refreshReplay: "end-session" });
    const { first, second } = await signedIn();
    expect((await refresh(first)).body.error).toBe("invalid_grant");
    expect(await alive(second)).toBe(false);
  });

  test("of another application is refused, and so is one without the secret that its application has", async () => {
    const { email } = await person(at());
    const made = await application();
    const client_id = text(made, "client_id");
    const { secret } = (await at().post(`/connect/applications/${text(made, "id")}/client_secrets`)).body;
    const own = { client_id, client_secret: secret };
    const token = text(await exchange(await newCode(email, { client_id }), own), "refresh_token");
    expect((await refresh(token)).body.error).toBe("invalid_grant");
    expect((await refresh(token, { client_id, client_secret: undefined })).body.error).toBe("unauthorized_client");
    expect((await refresh(token, own)).status).toBe(200);
  });

  test("that nobody was ever given ends nothing", async () => {
    const { id } = await signedIn();
    for (const guess of ["", "x", "x".repeat(65)]) expect((await refresh(guess)).body.error).toBe("invalid_grant");
    expect(await sessionsOf(id)).toHaveLength(1);
  });
});

describe("what went to a former address", () => {
  const moved = async (id: string) => at().put(`/user_management/users/${id}`, { email: `new-${id}@example.com` });

  test("verifies nothing, and signs nobody in", async () => {
    const user = await at().user({ password });
    await at().post(`/user_management/users/${user.id}/email_verification/send`);
    const code = lastCode(at());
    const magic = text(await at().post("/user_management/magic_auth", { email: user.email }), "code");
    const { email } = (await moved(user.id)).body;
    const confirmed = await at().post(`/user_management/users/${user.id}/email_verification/confirm`, { code });
    expect(confirmed.body.code).toBe("email_verification_code_incorrect");
    const entered = await authenticate(at(), { grant_type: grant.magicAuth, email, code: magic });
    expect(entered.body.code).toBe("invalid_one_time_code");
    expect((await at().get(`/user_management/users/${user.id}`)).body.email_verified).toBe(false);
  });

  test("sets no password", async () => {
    const user = await person(at());
    const token = text(
      await at().post("/user_management/password_reset", { email: user.email }),
      "password_reset_token",
    );
    const browser = new Browser(at());
    await browser.open(`/reset-password?token=${token}`);
    await moved(user.id);
    const reset = await at().post("/user_management/password_reset/confirm", { token, new_password: "a new long one" });
    expect([reset.status, reset.body.code]).toEqual([404, "password_reset_token_not_found"]);
    expect((await browser.submit("reset", { password: "a new long one" })).status).toBe(400);
    expect((await browser.open(`/reset-password?token=${token}`)).title).toBe("This link does not work any more");
    expect(await at().control.passwordMatches(user.id, password)).toBe(true);
  });
});

test("a password reset ends the user's sessions, by API and by page, and nobody else's", async () => {
  const [user, other] = [await person(at()), await person(at())];
  await withPassword(at(), other.email);
  for (const way of ["api", "page"]) {
    const current = way === "api" ? password : "a new long password";
    const refreshToken = text(await withPassword(at(), user.email, { password: current }), "refresh_token");
    const sent = await at().post("/user_management/password_reset", { email: user.email });
    const token = text(sent, "password_reset_token");
    if (way === "api") {
      await at().post("/user_management/password_reset/confirm", { token, new_password: "a new long password" });
    } else {
      const browser = new Browser(at());
      await browser.open(lastMail(at()).url ?? "");
      await browser.submit("reset", { password: "another long password" });
    }
    expect(await sessionsOf(user.id)).toEqual([]);
    expect((await refresh(refreshToken)).body.error).toBe("invalid_grant");
  }
  expect(await sessionsOf(other.id)).toHaveLength(1);
});

test("who has left an organization since gets no session of it, by code or by device", async () => {
  const organization = await at().organization();
  const user = await person(at());
  const membership = await at().membership(user.id, organization.id);
  const code = await newCode(user.email);
  const device = await at().post("/user_management/authorize/device", { client_id: "client_local" });
  const browser = new Browser(at());
  await browser.open(text(device, "verification_uri_complete"));
  await browser.submit("sign-in", { email: user.email, password });
  await browser.submit("allow");
  await at().put(`/user_management/organization_memberships/${membership.id}/deactivate`);
  const gone = "organization_membership_not_found";
  expect((await exchange(code)).body.error).toBe(gone);
  const polled = await authenticate(at(), { grant_type: grant.device, device_code: text(device, "device_code") });
  expect(polled.body.error).toBe(gone);
  expect(await sessionsOf(user.id)).toEqual([]);
});

test("a device code is its client's alone, and a poll of another client costs nothing", async () => {
  const { email } = await person(at());
  const client_id = text(await application({ uses_pkce: true }), "client_id");
  const device = await at().post("/user_management/authorize/device", { client_id: "client_local" });
  const poll = (fields: object = {}) =>
    authenticate(at(), { grant_type: grant.device, device_code: text(device, "device_code"), ...fields });
  const browser = new Browser(at());
  await browser.open(text(device, "verification_uri_complete"));
  await browser.submit("sign-in", { email, password });
  await browser.submit("allow");
  expect((await poll({ client_id, client_secret: undefined })).body.error).toBe("invalid_grant");
  expect((await poll()).status).toBe(200);
  expect((await poll()).body.error).toBe("invalid_grant");
});

test("an application whose permission is taken back has no session and no code any more, and others keep theirs", async () => {
  const user = await person(at());
  const own = async () => {
    const made = await application();
    const { secret } = (await at().post(`/connect/applications/${text(made, "id")}/client_secrets`)).body;
    return { client_id: text(made, "client_id"), client_secret: String(secret) };
  };
  const [wiki, blog] = [await own(), await own()];
  const tokens = await exchange(await newCode(user.email, { client_id: wiki.client_id }), wiki);
  await exchange(await newCode(user.email, { client_id: blog.client_id }), blog);
  const waiting = await newCode(user.email, { client_id: wiki.client_id });
  const path = `/user_management/users/${user.id}/authorized_applications/${wiki.client_id}`;
  expect((await at().delete(path)).status).toBe(204);
  expect((await exchange(waiting, wiki)).body.error).toBe("invalid_grant");
  expect((await refresh(text(tokens, "refresh_token"), wiki)).body.error).toBe("invalid_grant");
  expect(await sessionsOf(user.id)).toHaveLength(1);
});

describe("logging out", () => {
  const logout = (query: string) => new Browser(at()).open(`/user_management/sessions/logout?${query}`);

  test("without a session leads nowhere else", async () => {
    const out = await logout("session_id=session_x&return_to=https://evil.example/");
    expect(out).toMatchObject({ status: 200, title: "You are signed out", location: undefined });
  });

  test("of an application leads to its own origins only; the session ends in any case, and coming again leads there too", async () => {
    const user = await person(at());
    const client_id = text(await application(), "client_id");
    const made = await at().post(`/connect/applications/${client_id}/client_secrets`);
    const client_secret = text(made, "secret");
    const signIn = async () => exchange(await newCode(user.email, { client_id }), { client_id, client_secret });
    await signIn();
    const [first] = await sessionsOf(user.id);
    for (const foreign of ["https://evil.example/", "http://localhost:3001/", "http://localhost:3000@evil.example/"]) {
      expect((await logout(`session_id=${String(first?.id)}&return_to=${foreign}`)).location).toBeUndefined();
      expect(await sessionsOf(user.id)).toEqual([]);
    }
    const home = "http://localhost:3000/bye";
    expect((await logout(`session_id=${String(first?.id)}&return_to=${home}`)).location?.href).toBe(home);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "/there"])(
    "never leads to %s",
    async (to) => {
      const user = await person(at());
      await withPassword(at(), user.email);
      const [session] = await sessionsOf(user.id);
      const out = await logout(`session_id=${String(session?.id)}&return_to=${encodeURIComponent(to)}`);
      expect(out).toMatchObject({ status: 422, location: undefined });
    },
  );

  test("and signing in take no parameter twice", async () => {
    const out = await logout("session_id=a&session_id=b");
    expect(out.status).toBe(422);
    const page = await new Browser(at()).open(`${authorizePath()}&redirect_uri=https%3A%2F%2Fevil.example`);
    expect(page).toMatchObject({ status: 400, location: undefined });
    const scopes = await new Browser(at()).open(`${authorizePath()}&provider_scopes=a&provider_scopes=b`);
    expect(scopes.status).toBe(200);
  });
});
