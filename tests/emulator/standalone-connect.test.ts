/** Standalone Connect: a system of one's own signs people in, and AuthKit gives applications their tokens. */
import { systemClock } from "../../api/clock";
import { Browser, type Visit } from "./support/browser";
import { local } from "./support/local";
import { openidClient } from "./support/libraries";
import { claims as claimsOf } from "./support/sign-in";

type Library = Awaited<ReturnType<typeof openidClient>>;

const at = local({ clock: systemClock });
const redirect_uri = "http://localhost:3000/callback";
const loginUri = "http://localhost:4000/login?from=authkit";
const ann = { id: "own-7", email: "ann@example.com", first_name: "Ann", metadata: { desk: "4" } };
let oidc: Library;
beforeAll(async () => {
  oidc = await openidClient();
});
beforeEach(() => at().control.switches.set({ loginUri }));

async function application(fields: object = {}) {
  const { body } = await at().post("/connect/applications", {
    ...{ name: "Wiki", application_type: "oauth", is_first_party: true, uses_pkce: true },
    redirect_uris: [{ uri: redirect_uri }],
    ...fields,
  });
  return oidc.discovery(new URL(at().emulator.url), String(body.client_id), undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });
}

/** As far as to the system of one's own. */
async function begin(config: Awaited<ReturnType<typeof application>>, fields: Record<string, string> = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    ...{ redirect_uri, scope: "openid email", code_challenge_method: "S256", state: "some state" },
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    ...fields,
  });
  const browser = new Browser(at());
  const { location } = await browser.open(url.href);
  const tokens = ({ location: back }: Visit) =>
    oidc.authorizationCodeGrant(config, back ?? new URL(redirect_uri), {
      ...{ pkceCodeVerifier: verifier, expectedState: "some state" },
    });
  return { browser, location, tokens, external_auth_id: location?.searchParams.get("external_auth_id") ?? "" };
}
const complete = (external_auth_id: string, user: object = ann, more: object = {}) =>
  at().post("/authkit/oauth2/complete", { external_auth_id, user, ...more });

test("people are sent to the Login URI, and come back as the user of that id", async () => {
  const { browser, location, tokens, external_auth_id } = await begin(await application());
  expect(location?.href.startsWith(`${loginUri}&external_auth_id=ext_auth_`)).toBe(true);
  const answer = await complete(external_auth_id);
  expect(answer.status).toBe(200);
  const signedIn = await tokens(await browser.open(String(answer.body.redirect_uri)));
  const { body: user } = await at().get("/user_management/users/external_id/own-7");
  expect(user).toMatchObject({ email: ann.email, email_verified: true, first_name: "Ann", metadata: { desk: "4" } });
  expect(signedIn.claims()).toMatchObject({ sub: user.id, email: ann.email });
  expect(await claimsOf(at(), signedIn.access_token)).toMatchObject({ sub: user.id, iss: at().emulator.url });
});

test("the same id is the same user, changed by what is given", async () => {
  const config = await application();
  await complete((await begin(config)).external_auth_id);
  const { body: before } = await at().get("/user_management/users/external_id/own-7");
  const changed = { id: ann.id, email: "ann.bell@example.com", last_name: "Bell" };
  await complete((await begin(config)).external_auth_id, changed);
  const { body: after } = await at().get("/user_management/users/external_id/own-7");
  expect(after).toMatchObject({ id: before.id, email: changed.email, first_name: "Ann", last_name: "Bell" });
});

test("a third party's application asks the person, who chooses; the choice is in the access token", async () => {
  const choices = [
    { group: "Production", choices: [{ value: "eu", label: "EU-West" }] },
    { group: "Development", choices: [{ value: "dev", label: "Development" }] },
  ];
  const options = [
    { claim: "urn:example:tenant", type: "enum", label: "Environment", choices },
    { claim: "desk", type: "enum", label: "Desk", choices: [{ value: "4", label: "Four" }] },
  ];
  const { id: organization_id } = await at().organization();
  const config = await application({ is_first_party: false, organization_id });
  const { browser, tokens, external_auth_id } = await begin(config);
  const { body } = await complete(external_auth_id, ann, { user_consent_options: options });
  const consent = await browser.open(String(body.redirect_uri));
  expect(consent.title).toBe("Allow Wiki to access your account?");
  expect(consent.html).toContain('<optgroup label="Production">');
  const unknown = await browser.submit("allow", { option_0: "other", option_1: "4" });
  expect(unknown.alert).toBe("Choose one of each.");
  const allowed = await browser.submit("allow", { option_0: "eu", option_1: "4" });
  const { access_token, id_token } = await tokens(allowed);
  expect(await claimsOf(at(), access_token)).toMatchObject({ "urn:example:tenant": "eu", desk: "4" });
  expect(await claimsOf(at(), id_token ?? "")).not.toHaveProperty("desk");
});

test("who denies is sent back with that", async () => {
  const { id: organization_id } = await at().organization();
  const { browser, external_auth_id } = await begin(await application({ is_first_party: false, organization_id }));
  const { body } = await complete(external_auth_id);
  await browser.open(String(body.redirect_uri));
  const { location } = await browser.submit("deny");
  expect(location?.searchParams.get("error")).toBe("access_denied");
  expect((await browser.open(String(body.redirect_uri))).status).toBe(400);
});

test("the way back is good once, and for half an hour", async () => {
  const config = await application();
  const { browser, external_auth_id } = await begin(config);
  const { body } = await complete(external_auth_id);
  await browser.open(String(body.redirect_uri));
  expect(await browser.open(String(body.redirect_uri))).toMatchObject({
    status: 400,
    title: "This link does not work",
  });
  const late = await begin(config);
  const { body: lateBody } = await complete(late.external_auth_id);
  at().control.clock.advance(31 * 60_000);
  expect((await late.browser.open(String(lateBody.redirect_uri))).status).toBe(400);
});

test("without a Login URI the page asks as ever, and AuthKit's own address always does", async () => {
  const config = await application();
  const client_id = config.clientMetadata().client_id;
  const own = new URLSearchParams({ client_id, redirect_uri, response_type: "code" });
  own.set("code_challenge", "x".repeat(43));
  own.set("code_challenge_method", "S256");
  expect((await new Browser(at()).open(`/user_management/authorize?${own.toString()}`)).title).toBe("Sign in");
  at().control.switches.set({ loginUri: null });
  expect((await new Browser(at()).open(`/oauth2/authorize?${own.toString()}`)).title).toBe("Sign in");
});
