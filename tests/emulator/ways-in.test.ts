/** The ways into an application by the hosted pages, besides a password that one remembers. */
import { data, local } from "./support/local";
import { Browser, type Visit } from "./support/browser";
import { authenticate, lastCode, lastMail, password, person, text } from "./support/sign-in";

const redirect_uri = "http://localhost:3000/callback";
const at = local({
  applicationName: "Acme Notes",
  seed: {
    organizations: [{ id: "org_acme", name: "Acme", domains: ["acme.com"] }],
    connections: [{ id: "conn_okta", organization: "org_acme", name: "Okta", type: "OktaSAML" }],
    users: [
      {
        ...{ id: "user_ann", email: "ann@acme.com", first_name: "Ann", last_name: "Bell", password },
        memberships: [{ organization: "org_acme", role: "admin" }],
      },
      { id: "user_ben", email: "ben@example.com", password },
    ],
  },
});

const path = (fields: object = {}) =>
  `/user_management/authorize?${new URLSearchParams({
    ...{ client_id: "client_local", redirect_uri, response_type: "code", provider: "authkit", ...fields },
  }).toString()}`;
const without = (name: string, address: string) => address.replace(new RegExp(`&${name}=[^&]*`), "");
const tokensOf = async ({ location }: Visit) =>
  (await authenticate(at(), { grant_type: "authorization_code", code: location?.searchParams.get("code") ?? "" })).body;
const errorOf = ({ location }: Visit) => location?.searchParams.get("error");
async function open(fields: object = {}) {
  const browser = new Browser(at());
  return { browser, page: await browser.open(path(fields)) };
}

test("the page says for which application it is", async () => {
  expect((await open()).page.html).toContain("<strong>Acme Notes</strong>");
  const wiki = await at().post("/connect/applications", {
    ...{ name: "Wiki", application_type: "oauth", is_first_party: true, redirect_uris: [{ uri: redirect_uri }] },
  });
  expect((await open({ client_id: text(wiki, "client_id") })).page.html).toContain("<strong>Wiki</strong>");
});

test("a forgotten password is chosen anew by the mail, which leads back to the application", async () => {
  const { browser } = await open({ state: "s" });
  await browser.submit("sign-in", { email: "ben@example.com", password: "wrong" });
  const asked = await browser.submit("sign-in", { action: "to-forgot", email: "ben@example.com" });
  expect(asked.title).toBe("Forgot your password?");
  expect((await browser.submit("forgot")).title).toBe("Check your email");
  await browser.open(lastMail(at()).url);
  const weak = await browser.submit("reset", { password: "short" });
  expect(weak.alert).toContain("at least 10 characters");
  const changed = await browser.submit("reset", { password: "a new long password" });
  const link = /href="([^"]*authorize[^"]*)"/.exec(changed.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const page = await browser.open(link);
  expect(page.html).toContain('value="ben@example.com"');
  const done = await browser.submit("sign-in", { password: "a new long password" });
  expect(done.location?.searchParams.get("state")).toBe("s");
  expect(await tokensOf(done)).toMatchObject({ user: { id: "user_ben" } });
});

test("whether somebody has an account is not told by asking for a new password", async () => {
  const { browser } = await open();
  await browser.submit("sign-in", { action: "to-forgot", email: "nobody@example.com" });
  expect((await browser.submit("forgot")).title).toBe("Check your email");
  expect(at().control.mailbox.list()).toEqual([]);
  const { browser: other } = await open();
  await other.submit("sign-in", { action: "to-forgot", email: "no address" });
  const wrong = await other.submit("forgot");
  expect([wrong.title, wrong.html.includes('value="no address"')]).toEqual(["Forgot your password?", true]);
});

test("a code is sent again, and the one before counts no more", async () => {
  const { browser } = await open();
  await browser.submit("sign-in", { action: "send-code", email: "ben@example.com" });
  const former = lastCode(at());
  const again = await browser.submit("send-code");
  expect(again.html).toMatch(/role="status">A new code was sent/);
  expect(at().control.mailbox.list()).toHaveLength(2);
  if (former !== lastCode(at())) {
    expect((await browser.submit("emailed-code", { code: former })).alert).toContain("incorrect");
  }
  const back = await browser.submit("to-sign-in");
  expect([back.title, back.html.includes('value="ben@example.com"')]).toEqual(["Sign in", true]);
  await browser.submit("sign-in", { action: "send-code", email: "ben@example.com" });
  expect(await tokensOf(await browser.submit("emailed-code", { code: lastCode(at()) }))).toMatchObject({
    authentication_method: "MagicAuth",
  });
});

test("the code that verifies an email is sent again", async () => {
  const { browser } = await open({ screen_hint: "sign-up" });
  await browser.submit("sign-up", { email: "new@example.com", password });
  expect((await browser.submit("resend")).html).toContain("A new code was sent");
  expect(at().control.mailbox.list()).toHaveLength(2);
  expect(await tokensOf(await browser.submit("verify", { code: lastCode(at()) }))).toMatchObject({
    user: { email: "new@example.com" },
  });
});

test("a button leads to the page that stands in for the other service, and back", async () => {
  const { browser, page } = await open();
  for (const name of ["Google", "Microsoft", "GitHub", "Apple"]) expect(page.html).toContain(`Continue with ${name}`);
  const google = await browser.submit("provider-start", { provider: "GoogleOAuth" });
  expect(google.title).toBe("Sign in with Google");
  expect((await browser.submit("cancel")).title).toBe("Sign in");
  await browser.submit("provider-start", { provider: "GoogleOAuth" });
  const refused = await browser.submit("provider", { email: "dan", first_name: "Dan" });
  expect([refused.title, refused.html.includes('value="Dan"')]).toEqual([google.title, true]);
  const tokens = await tokensOf(await browser.submit("provider", { email: "dan@example.com" }));
  expect(tokens).toMatchObject({ authentication_method: "GoogleOAuth", user: { first_name: "Dan" } });
  at().control.switches.set({ providers: [] });
  const { browser: none, page: plain } = await open();
  expect(plain.html).not.toContain("Continue with Google");
  const forged = await none.submit("sign-in", { action: "provider", provider: "GoogleOAuth", email: "x@example.com" });
  expect(forged.location).toBeUndefined();
});

test("cancelling at a service that the application chose leads back to the application", async () => {
  const { browser } = await open({ provider: "GitHubOAuth", state: "s" });
  const done = await browser.submit("cancel");
  expect([errorOf(done), done.location?.searchParams.get("state")]).toEqual(["access_denied", "s"]);
});

describe("single sign-on", () => {
  test("an address of a verified domain leads to the organization's connection, whatever the password", async () => {
    const { browser } = await open();
    const okta = await browser.submit("sign-in", { email: "eve@acme.com", password: "any" });
    expect(okta.title).toBe("Sign in with Okta of Acme");
    expect(okta.html).toContain('value="eve@acme.com"');
    const tokens = await tokensOf(await browser.submit("connection", { first_name: "Eve" }));
    expect(tokens).toMatchObject({
      ...{ authentication_method: "SSO", organization_id: "org_acme" },
      user: { email: "eve@acme.com", first_name: "Eve", email_verified: true },
    });
    const members = data(await at().get("/user_management/organization_memberships?organization_id=org_acme"));
    expect(members).toHaveLength(2);
  });

  test("a button leads there without a password, and says where no connection is", async () => {
    const { browser } = await open();
    const none = await browser.submit("sign-in", { action: "sso-start", email: "ben@example.com" });
    expect(none.alert).toContain("example.com");
    expect(none.html).toContain('value="ben@example.com"');
    const okta = await browser.submit("sign-in", { action: "sso-start", email: "ann@acme.com" });
    expect(okta.title).toBe("Sign in with Okta of Acme");
  });

  test("whose address is of another domain is refused, unless the organization takes such people", async () => {
    const { browser } = await open({ connection_id: "conn_okta" });
    const refused = await browser.submit("connection", { email: "guest@example.com" });
    expect(refused.alert).toContain("guest@example.com is of no verified domain of Acme");
    await at().put("/organizations/org_acme", { allow_profiles_outside_organization: true });
    expect(await tokensOf(await browser.submit("connection"))).toMatchObject({ organization_id: "org_acme" });
  });

  test("an application names the connection, its organization or its domain; one that is not there is told", async () => {
    const title = "Sign in with Okta of Acme";
    expect((await open({ connection_id: "conn_okta" })).page.title).toBe(title);
    expect((await open({ domain_hint: "ACME.com" })).page.title).toBe(title);
    const ofOrganization = without("provider", path({ organization_id: "org_acme" }));
    expect((await new Browser(at()).open(ofOrganization)).title).toBe(title);
    expect(errorOf((await open({ connection_id: "conn_none" })).page)).toBe("invalid_connection");
  });

  test("where it is only offered, a password signs in", async () => {
    at().control.switches.set({ domainSso: "offered" });
    const { browser } = await open();
    expect(await tokensOf(await browser.submit("sign-in", { email: "ann@acme.com", password }))).toMatchObject({
      authentication_method: "Password",
    });
  });

  test("an organization that requires it names its connections to programs, and leads people there", async () => {
    at().control.switches.set({ ssoRequired: ["org_acme"], domainSso: "offered" });
    const refused = await authenticate(at(), { grant_type: "password", email: "ann@acme.com", password });
    expect(refused.body).toMatchObject({ error: "sso_required", connection_ids: ["conn_okta"] });
    const { browser } = await open();
    const okta = await browser.submit("sign-in", { email: "ann@acme.com", password });
    expect(okta.title).toBe("Sign in with Okta of Acme");
    expect(await tokensOf(await browser.submit("connection"))).toMatchObject({ authentication_method: "SSO" });
  });
});

describe("test people", () => {
  test("sign in with one click, by the organization's connection where they have to", async () => {
    const { browser, page } = await open();
    expect(page.html).toContain("Acme, Admin");
    expect(await tokensOf(await browser.submit("person", { person: "user_ben" }))).toMatchObject({
      ...{ user: { id: "user_ben" }, authentication_method: "Password" },
    });
    const { browser: other } = await open();
    expect(await tokensOf(await other.submit("person", { person: "user_ann" }))).toMatchObject({
      ...{ user: { id: "user_ann" }, authentication_method: "SSO", organization_id: "org_acme" },
    });
  });

  test("are a few of many, those of the organization that was asked for, and the hinted one first", async () => {
    for (let index = 0; index < 8; index += 1) await person(at());
    const shown = (html: string) => [...html.matchAll(/name="person" value="([^"]*)"/g)].map(([, id]) => id);
    const { page } = await open({ login_hint: "ben@example.com" });
    expect(shown(page.html)).toHaveLength(6);
    expect(shown(page.html)[0]).toBe("user_ben");
    expect(page.html).toContain("And 4 more");
    expect(shown((await open({ organization_id: "org_acme" })).page.html)).toEqual(["user_ann"]);
  });
});

describe("without test people", () => {
  const quiet = local({ testPeople: false, seed: { users: [{ id: "user_ann", email: "ann@example.com" }] } });

  test("nobody is shown, and a form that picks somebody is refused", async () => {
    const browser = new Browser(quiet());
    expect((await browser.open(path())).html).not.toContain("ann@example.com");
    const forged = await browser.submit("sign-in", { action: "person", person: "user_ann" });
    expect([forged.location, forged.alert]).toEqual([undefined, "There are no test people here."]);
  });
});

describe("authorize as a redirect", () => {
  const at_once = async (fields: object = {}) => {
    at().control.switches.set({ authorize: "redirect" });
    return new Browser(at()).open(path(fields));
  };

  test("answers with a code at once: for the hinted person, or the first", async () => {
    const visit = await at_once({ state: "s" });
    expect([visit.status, visit.location?.searchParams.get("state")]).toEqual([302, "s"]);
    expect(await tokensOf(visit)).toMatchObject({ user: { id: "user_ann" }, organization_id: "org_acme" });
    expect(await tokensOf(await at_once({ login_hint: "BEN@example.com" }))).toMatchObject({
      user: { id: "user_ben" },
    });
    const google = await at_once({ provider: "GoogleOAuth", login_hint: "new@example.com" });
    expect(await tokensOf(google)).toMatchObject({ authentication_method: "GoogleOAuth" });
    const okta = await at_once({ connection_id: "conn_okta", login_hint: "new@acme.com" });
    expect(await tokensOf(okta)).toMatchObject({ authentication_method: "SSO", organization_id: "org_acme" });
  });

  test("says whom there is not, and where somebody is no member", async () => {
    const unknown = await at_once({ login_hint: "nobody@example.com" });
    expect(errorOf(unknown)).toBe("login_required");
    expect(unknown.location?.searchParams.get("error_description")).toContain("create one first");
    const stranger = await at_once({ login_hint: "ben@example.com", organization_id: "org_acme" });
    expect(errorOf(stranger)).toBe("organization_membership_not_found");
  });
});

describe("an invitation", () => {
  const invite = (email: string) =>
    at().invitation({ email, organization_id: "org_acme", role_slug: "admin", inviter_user_id: "user_ann" });

  test("leads who has no account to sign-up, in the same style, and accepts", async () => {
    const { id, accept_invitation_url } = await invite("new@example.com");
    const browser = new Browser(at());
    const page = await browser.open(accept_invitation_url);
    expect(page.title).toBe("Join Acme");
    expect(page.html.replace(/<\/?strong>/g, "")).toContain("Ann Bell has invited you to Acme as Admin.");
    await browser.submit("to-sign-up");
    const other = await browser.submit("sign-up", { email: "other@example.com", password });
    expect(other.alert).toContain("Use the address that it was sent to.");
    expect(
      at()
        .control.state()
        .users.map(({ email }) => email),
    ).not.toContain("other@example.com");
    expect((await browser.submit("sign-up", { email: "new@example.com", password })).title).toBe("Welcome to Acme");
    expect((await at().get(`/user_management/invitations/${id}`)).body.state).toBe("accepted");
    const dead = await browser.open(accept_invitation_url);
    expect([dead.status, dead.html.includes("It was accepted already.")]).toEqual([404, true]);
    expect(await tokensOf(await browser.open(path()))).toMatchObject({ organization_id: "org_acme" });
  });

  test("leads who has an account to sign-in, and asks who is signed in already for nothing but yes", async () => {
    const { accept_invitation_url: url } = await invite("ben@example.com");
    const browser = new Browser(at());
    const page = await browser.open(url);
    expect(page.html).not.toContain("Create an account");
    await browser.submit("to-sign-in");
    expect((await browser.submit("sign-in", { password })).title).toBe("Welcome to Acme");
    await at().post("/user_management/users", { email: "cleo@example.com", password, email_verified: true });
    const { accept_invitation_url: second } = await invite("cleo@example.com");
    await browser.open(path({ prompt: "login" }));
    await browser.submit("sign-in", { email: "cleo@example.com", password });
    await browser.open(second);
    expect((await browser.submit("accept")).title).toBe("Welcome to Acme");
  });

  test.each([
    ["taken back", async (id: string) => at().post(`/user_management/invitations/${id}/revoke`), "It was taken back."],
    ["expired", () => Promise.resolve(at().control.clock.advance(8 * 24 * 60 * 60 * 1000)), "It has expired."],
  ])("that was %s says so", async (_name, end, words) => {
    const { id, accept_invitation_url } = await invite("new@example.com");
    await end(id);
    const page = await new Browser(at()).open(accept_invitation_url);
    expect([page.status, page.html.includes(words)]).toEqual([404, true]);
    expect((await new Browser(at()).open("/invite?invitation_token=none")).status).toBe(404);
  });
});
