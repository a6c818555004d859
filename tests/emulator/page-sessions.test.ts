/** Who is signed in at the hosted pages: single sign-on between applications, and what takes it away. */
import { jose } from "../../emulator/libraries";
import { data, local, start } from "./support/local";
import { Browser, type Visit } from "./support/browser";
import { authenticate, lastMail, password, person } from "./support/sign-in";

const first = "http://localhost:3000/callback";
const second = "http://localhost:4000/callback";
const at = local({
  seed: {
    organizations: [{ id: "org_acme", name: "Acme" }],
    permissions: [{ slug: "pages:read", name: "Read pages", description: "All of them" }],
    applications: [
      { client_id: "client_second", name: "Second", redirect_uris: [second], uses_pkce: false },
      {
        ...{ client_id: "client_third", name: "Third", redirect_uris: [second], uses_pkce: false },
        ...{ first_party: false, organization: "org_acme", scopes: ["pages:read"], secret: "a secret of the third" },
      },
    ],
  },
});

const own = { client_id: "client_local", redirect_uri: first, provider: "authkit" };
const path = (fields: object = {}, where = "/user_management/authorize") =>
  `${where}?${new URLSearchParams({ response_type: "code", ...own, ...fields }).toString()}`;
const second_ = { client_id: "client_second", redirect_uri: second };
const third = { client_id: "client_third", redirect_uri: second, scope: "openid pages:read" };
const codeOf = ({ location }: Visit) => location?.searchParams.get("code") ?? "";
const errorOf = ({ location }: Visit) => location?.searchParams.get("error");

async function signedIn(fields: object = {}) {
  const user = await person(at(), fields);
  const browser = new Browser(at());
  await browser.open(path({ prompt: "login" }));
  const code = codeOf(await browser.submit("sign-in", { email: user.email, password }));
  return { user, browser, code };
}

test("who signed in to one application is let into another without a page, by the same person and method", async () => {
  const { user, browser } = await signedIn();
  const visit = await browser.open(path(second_));
  expect(visit.location?.origin).toBe("http://localhost:4000");
  const tokens = await authenticate(at(), {
    grant_type: "authorization_code",
    code: codeOf(await browser.open(path())),
  });
  expect(tokens.body).toMatchObject({ user: { id: user.id }, authentication_method: "Password" });
  expect(await new Browser(at()).open(path(second_))).toMatchObject({ status: 200, title: "Sign in" });
});

test("the cookie is for this emulator alone, and no script reads it", async () => {
  const { email } = await person(at());
  const url = at().emulator.url + path();
  const page = await fetch(url);
  const [form = ""] = page.headers.getSetCookie();
  const csrf = /name="csrf" value="([^"]*)"/.exec(await page.text())?.[1] ?? "";
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: form.split(";")[0] ?? "" },
    body: new URLSearchParams({ csrf, action: "sign-in", email, password }),
  });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("local_authkit_session"));
  expect(cookie).toMatch(new RegExp(`^local_authkit_session_${at().emulator.port}=`));
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
});

test("prompt=none answers with a code or with the reason, and never with a page", async () => {
  const { browser, user } = await signedIn();
  const nobody = new Browser(at());
  expect(errorOf(await nobody.open(path({ prompt: "none" })))).toBe("login_required");
  expect(codeOf(await browser.open(path({ prompt: "none" })))).not.toBe("");
  expect(errorOf(await browser.open(path({ prompt: "none", login_hint: "other@example.com" })))).toBe("login_required");
  expect(errorOf(await browser.open(path({ prompt: "none", max_age: "0" })))).toBe("login_required");
  expect(errorOf(await browser.open(path({ prompt: "none login" })))).toBe("invalid_request");
  expect(errorOf(await browser.open(path({ ...third, prompt: "none" }, "/oauth2/authorize")))).toBe("consent_required");
  const other = await at().organization();
  expect(errorOf(await browser.open(path({ prompt: "none", organization_id: other.id })))).toBe("interaction_required");
  await at().delete(`/user_management/users/${user.id}`);
  expect(errorOf(await browser.open(path({ prompt: "none" })))).toBe("login_required");
});

test("prompt=login asks again, and so does max_age once the sign-in is older", async () => {
  const { browser } = await signedIn();
  expect((await browser.open(path({ prompt: "login" }))).title).toBe("Sign in");
  expect(codeOf(await browser.open(path({ max_age: "60" })))).not.toBe("");
  at().control.clock.advance(61_000);
  expect((await browser.open(path({ max_age: "60" }))).title).toBe("Sign in");
  expect(codeOf(await browser.open(path({ max_age: "62" })))).not.toBe("");
  expect((await browser.open(path({ max_age: "0" }))).title).toBe("Sign in");
});

test("prompt=select_account shows who is signed in here, and another can come in", async () => {
  const { browser, user: ann } = await signedIn({ first_name: "Ann", last_name: "Bell" });
  const ben = await person(at());
  const choice = await browser.open(path({ prompt: "select_account" }));
  expect(choice.title).toBe("Choose an account");
  expect(choice.html).toContain("Ann Bell");
  expect(choice.html).not.toContain(ben.email);
  const stranger = await browser.submit("account", { person: ben.id });
  expect(stranger.alert).toContain("Sign in again");
  await browser.open(path({ prompt: "select_account" }));
  expect(codeOf(await browser.submit("account", { person: ann.id }))).not.toBe("");
  await browser.open(path({ prompt: "select_account" }));
  expect((await browser.submit("to-sign-in")).title).toBe("Sign in");
  await browser.submit("sign-in", { email: ben.email, password });
  const both = await browser.open(path({ prompt: "select_account" }));
  expect(both.html.indexOf(ben.email)).toBeLessThan(both.html.indexOf(ann.email));
  const hinted = codeOf(await browser.open(path({ login_hint: ann.email })));
  const tokens = await authenticate(at(), { grant_type: "authorization_code", code: hinted });
  expect(tokens.body).toMatchObject({ user: { id: ann.id } });
});

test("a third party is let in once, with its scopes in words; prompt=consent asks again", async () => {
  const { browser } = await signedIn();
  const consent = await browser.open(path(third, "/oauth2/authorize"));
  expect(consent.title).toBe("Allow Third to access your account?");
  for (const words of ["Know who you are", "Read pages: All of them", "<code>pages:read</code>"]) {
    expect(consent.html).toContain(words);
  }
  await browser.submit("allow");
  expect(codeOf(await browser.open(path(third, "/oauth2/authorize")))).not.toBe("");
  const more = await browser.open(path({ ...third, scope: "openid email" }, "/oauth2/authorize"));
  expect(more.title).toBe("Allow Third to access your account?");
  expect((await browser.open(path({ ...third, prompt: "consent" }, "/oauth2/authorize"))).title).toBe(consent.title);
});

test("an ID token says when the person signed in, not when the application was let in", async () => {
  const { browser } = await signedIn();
  at().control.clock.advance(120_000);
  await browser.open(path(third, "/oauth2/authorize"));
  const code = codeOf(await browser.submit("allow"));
  const answer = await at().post("/oauth2/token", {
    ...{ grant_type: "authorization_code", code, client_id: "client_third", client_secret: "a secret of the third" },
  });
  const { decodeJwt } = await jose();
  expect(decodeJwt(String(answer.body.id_token))).toMatchObject({ auth_time: start / 1000, iat: start / 1000 + 120 });
});

test("logging out, a new password and the end of its time each end it", async () => {
  const { browser, user, code } = await signedIn();
  await authenticate(at(), { grant_type: "authorization_code", code });
  const sessions = `/user_management/users/${user.id}/sessions`;
  const id = String(data(await at().get(sessions))[0]?.id);
  await browser.open(`/user_management/sessions/logout?session_id=${id}`);
  expect((await browser.open(path())).title).toBe("Sign in");
  const again = await signedIn();
  await at().post("/user_management/password_reset", { email: again.user.email });
  const link = new Browser(at());
  await link.open(lastMail(at()).url);
  await link.submit("reset", { password: "a new long password" });
  expect((await again.browser.open(path())).title).toBe("Sign in");
  const late = await signedIn();
  at().control.clock.advance(31 * 24 * 60 * 60 * 1000);
  expect((await late.browser.open(path())).title).toBe("Sign in");
});

test("a device is confirmed by who is signed in already", async () => {
  const { browser, user } = await signedIn();
  const device = await at().post("/user_management/authorize/device", { client_id: "client_local" });
  const confirm = await browser.open(String(device.body.verification_uri_complete));
  expect(confirm.title).toContain("Sign in on");
  expect(confirm.html).toContain(user.email);
  expect((await browser.submit("to-sign-in")).title).toBe("Sign in");
});
