import { createHash } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { data, local } from "./support/local";
import { Browser, type Visit } from "./support/browser";
import { authenticate, lastCode, password, person, text, wrongCode } from "./support/sign-in";

const at = local();
const redirect_uri = "http://localhost:3000/callback";
const verifier = "a-verifier-that-is-long-enough-for-the-rfc-7636";
const code_challenge = createHash("sha256").update(verifier).digest("base64url");

const authorizePath = (fields: Record<string, string> = {}) =>
  `/user_management/authorize?${new URLSearchParams({
    ...{ client_id: "client_local", redirect_uri, response_type: "code", provider: "authkit", state: "some state" },
    ...fields,
  }).toString()}`;

const codeOf = ({ location }: Visit) => location?.searchParams.get("code") ?? "";
const exchange = (code: string, fields: object = {}) =>
  authenticate(at(), { grant_type: "authorization_code", code, ...fields });

test("signing in leads back with a code, which gives tokens once", async () => {
  const user = await person(at());
  const browser = new Browser(at());
  const page = await browser.open(authorizePath({ login_hint: user.email }));
  expect(page).toMatchObject({ status: 200, title: "Sign in" });
  const refused = await browser.submit("sign-in", { password: "wrong" });
  expect(refused.alert).toBe("Wrong email or password. Try again, or choose “Forgot password?”.");
  expect(refused.html).toContain(`value="${user.email}"`);
  const done = await browser.submit("sign-in", { password });
  expect(done.status).toBe(302);
  expect(done.location?.href.startsWith(redirect_uri)).toBe(true);
  expect(done.location?.searchParams.get("state")).toBe("some state");
  const tokens = await exchange(codeOf(done));
  expect(tokens.body).toMatchObject({ user: { id: user.id }, authentication_method: "Password" });
  expect((await exchange(codeOf(done))).body.error).toBe("invalid_grant");
});

test("a code is bound to its client and to the PKCE challenge, and expires", async () => {
  const { email } = await person(at());
  const signIn = async () => {
    const browser = new Browser(at());
    await browser.open(authorizePath({ code_challenge, code_challenge_method: "S256" }));
    return codeOf(await browser.submit("sign-in", { email, password }));
  };
  const open = { client_secret: undefined };
  const code = await signIn();
  expect((await exchange(code)).body.error).toBe("invalid_request");
  expect((await exchange(code, { code_verifier: "another" })).body.error).toBe("invalid_grant");
  const publicClient = async (fields: object) => {
    const body = { client_id: "client_local", grant_type: "authorization_code", ...fields };
    const response = await fetch(`${at().emulator.url}/user_management/authenticate`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  expect(await publicClient({ code, code_verifier: verifier })).toMatchObject({ status: 200 });
  const late = await signIn();
  at().control.clock.advance(10 * 60_000);
  expect((await exchange(late, { code_verifier: verifier, ...open })).body.error).toBe("invalid_grant");
  const browser = new Browser(at());
  await browser.open(authorizePath());
  const plain = codeOf(await browser.submit("sign-in", { email, password }));
  expect((await publicClient({ code: plain })).body.error).toBe("unauthorized_client");
  expect((await exchange(plain, { code_verifier: verifier })).body.code).toBe("code_challenge_not_found");
});

test("signing up asks for the mailed code", async () => {
  const browser = new Browser(at());
  expect(await browser.open(authorizePath({ screen_hint: "sign-up" }))).toMatchObject({ title: "Create an account" });
  const weak = await browser.submit("sign-up", { email: "new@example.com", password: "short" });
  expect(weak.alert).toContain("at least 10 characters");
  const verify = await browser.submit("sign-up", { email: "new@example.com", password, first_name: "Nia" });
  expect(verify.title).toBe("Verify your email");
  const wrong = await browser.submit("verify", { code: wrongCode(at()) });
  expect(wrong.alert).toBe("The one-time code is incorrect. Type the six digits that were sent last.");
  const tokens = await exchange(codeOf(await browser.submit("verify", { code: lastCode(at()) })));
  expect(tokens.body.user).toMatchObject({ email: "new@example.com", first_name: "Nia", email_verified: true });
  await browser.open(authorizePath({ screen_hint: "sign-up" }));
  expect((await browser.submit("sign-up", { email: "NEW@example.com", password })).alert).toContain("Sign in instead");
});

test("an invitation is accepted by signing up, without another mail", async () => {
  const organization = await at().organization();
  const invitation = await at().invitation({ organization_id: organization.id, role_slug: "admin" });
  const browser = new Browser(at());
  const page = await browser.open(authorizePath({ invitation_token: invitation.token }));
  expect(page).toMatchObject({ title: "Accept your invitation" });
  const done = await browser.submit("sign-up", { password });
  const tokens = await exchange(codeOf(done));
  expect(tokens.body).toMatchObject({ organization_id: organization.id, user: { email: invitation.email } });
  const memberships = await at().get(`/user_management/organization_memberships?organization_id=${organization.id}`);
  expect(data(memberships)).toMatchObject([{ status: "active", role: { slug: "admin" } }]);
});

test("the emailed code signs in, and an organization is chosen", async () => {
  const user = await person(at());
  const [first, second] = [await at().organization({ name: "First" }), await at().organization({ name: "<Second>" })];
  await at().membership(user.id, first.id);
  await at().membership(user.id, second.id);
  const browser = new Browser(at());
  await browser.open(authorizePath());
  expect((await browser.submit("send-code", { email: user.email })).title).toBe("Check your email");
  const choice = await browser.submit("emailed-code", { code: lastCode(at()) });
  expect(choice.title).toBe("Choose an organization");
  expect(choice.html).toContain("&lt;Second&gt;");
  const tokens = await exchange(codeOf(await browser.submit("organization", { organization_id: second.id })));
  expect(tokens.body).toMatchObject({ organization_id: second.id, authentication_method: "MagicAuth" });
});

test("a second factor is set up on the way in, and asked for the next time", async () => {
  at().control.switches.set({ mfa: "required" });
  const user = await person(at());
  const browser = new Browser(at());
  await browser.open(authorizePath());
  const setUp = await browser.submit("sign-in", { email: user.email, password });
  expect(setUp.html).toContain('src="data:image/png;base64,');
  const secret = /<code>([A-Z2-7]+)<\/code>/.exec(setUp.html)?.[1] ?? "";
  const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at().control.clock.now() });
  const again = await browser.submit("enroll", { code: code() === "000000" ? "111111" : "000000" });
  expect(again.alert).toBe("The code is incorrect. Type the one that the app shows now.");
  const picture = (page: Visit) => /src="(data:image[^"]*)"/.exec(page.html)?.[1];
  expect(picture(again)).toBe(picture(setUp));
  expect((await exchange(codeOf(await browser.submit("enroll", { code: code() })))).status).toBe(200);
  await browser.open(authorizePath({ prompt: "login" }));
  const asked = await browser.submit("sign-in", { email: user.email, password });
  expect(asked.title).toContain("authenticator app");
  at().control.clock.advance(30_000);
  expect((await exchange(codeOf(await browser.submit("totp", { code: code() })))).status).toBe(200);
});

test("another service stands in: who comes from it is verified and has an identity", async () => {
  const browser = new Browser(at());
  await browser.open(authorizePath({ provider: "GitHubOAuth" }));
  const tokens = await exchange(codeOf(await browser.submit("provider", { email: "git@example.com" })));
  expect(tokens.body).toMatchObject({ authentication_method: "GitHubOAuth", user: { email_verified: true } });
  const { id } = tokens.body.user as { id: string };
  const identities = await at().get(`/user_management/users/${id}/identities`);
  expect(JSON.parse(identities.text)).toEqual([
    { idp_id: expect.any(String) as string, type: "OAuth", provider: "GithubOAuth" },
  ]);
});

test("a third party's application asks for consent, is listed, and can be removed", async () => {
  const organization = await at().organization();
  const user = await person(at());
  await at().membership(user.id, organization.id);
  const made = await at().post("/connect/applications", {
    ...{ name: "Wiki", application_type: "oauth", is_first_party: false, organization_id: organization.id },
    ...{ scopes: ["openid", "email"], redirect_uris: [{ uri: redirect_uri }] },
  });
  const client_id = text(made, "client_id");
  const { secret } = (await at().post(`/connect/applications/${text(made, "id")}/client_secrets`)).body;
  const browser = new Browser(at());
  const foreign = await browser.open(authorizePath({ client_id, redirect_uri: "http://localhost:3000/other" }));
  expect(foreign.status).toBe(400);
  await browser.open(authorizePath({ client_id }));
  const consent = await browser.submit("sign-in", { email: user.email, password });
  expect(consent.title).toBe("Allow Wiki to access your account?");
  const list = `/user_management/users/${user.id}/authorized_applications`;
  expect(data(await at().get(list))).toEqual([]);
  const code = codeOf(await browser.submit("allow"));
  expect((await exchange(code)).body.error).toBe("invalid_grant");
  expect((await exchange(code, { client_id, client_secret: secret })).status).toBe(200);
  expect(data(await at().get(list))).toMatchObject([
    { granted_scopes: ["openid", "email"], application: { client_id } },
  ]);
  const organizationList = `/organizations/${organization.id}/authorized_applications`;
  expect(data(await at().get(organizationList))).toMatchObject([{ user_id: user.id }]);
  expect((await at().delete(`${list}/${client_id}`)).status).toBe(204);
  expect((await at().delete(`${list}/${client_id}`)).status).toBe(404);
  expect((await browser.open(authorizePath({ client_id }))).title).toBe("Allow Wiki to access your account?");
  expect((await browser.submit("deny")).location?.searchParams.get("error")).toBe("access_denied");
});

test("what is no address gets no code and no account", async () => {
  const browser = new Browser(at());
  await browser.open(authorizePath());
  expect(await browser.submit("send-code", { email: "ann" })).toMatchObject({
    ...{ title: "Sign in", alert: "This is no email address. Type it as in ann@example.com." },
  });
  await browser.open(authorizePath({ provider: "GoogleOAuth" }));
  expect((await browser.submit("provider", { email: "" })).alert).toContain("The email is missing.");
  expect(at().control.state().users).toEqual([]);
  expect(at().control.mailbox.list()).toEqual([]);
});

test("a form of another browser is refused, and so is an address that is no application's", async () => {
  const { email } = await person(at());
  const url = at().emulator.url + authorizePath();
  const forged = await fetch(url, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ action: "sign-in", email, password, csrf: "guess" }),
  });
  expect(forged.status).toBe(403);
  const browser = new Browser(at());
  for (const bad of ["javascript:alert(1)", "no url"]) {
    expect(await browser.open(authorizePath({ redirect_uri: bad }))).toMatchObject({
      status: 400,
      location: undefined,
    });
  }
  expect((await browser.open(authorizePath({ client_id: "client_x" }))).status).toBe(400);
  expect((await browser.open("/user_management/authorize")).html).toContain(
    "client_id is missing. redirect_uri is missing.",
  );
});

test("a link in the mail resets the password, and logging out ends the session", async () => {
  const user = await person(at());
  await at().post("/user_management/password_reset", { email: user.email });
  const browser = new Browser(at());
  await browser.open(at().control.mailbox.list().at(-1)?.url ?? "");
  expect((await browser.submit("reset", { password: "short" })).status).toBe(400);
  expect((await browser.submit("reset", { password: "a new long password" })).title).toBe("Your password is changed");
  await browser.open(authorizePath());
  await exchange(codeOf(await browser.submit("sign-in", { email: user.email, password: "a new long password" })));
  const sessions = `/user_management/users/${user.id}/sessions`;
  const id = String(data(await at().get(sessions))[0]?.id);
  const out = await browser.open(`/user_management/sessions/logout?session_id=${id}&return_to=http://localhost:3000/`);
  expect(out.location?.href).toBe("http://localhost:3000/");
  expect(data(await at().get(sessions))).toEqual([]);
  expect((await browser.open("/user_management/sessions/logout")).status).toBe(422);
});
