/** The client and the hosted pages together: what a person does there is what the client then gets. */
import { createWorkos, type Workos, type WorkosOptions } from "../../client";
import { type Emulator, startEmulator } from "../../emulator";
import { Browser, type Visit } from "../emulator/support/browser";
import { failure } from "../api/support/api";

let emulator: Emulator;
let workos: Workos;
/** A public application: a program on somebody's own device, which keeps no secret. */
let publicApp: Workos;
beforeAll(async () => {
  emulator = await startEmulator();
  workos = client();
  publicApp = client({ apiKey: undefined });
});
beforeEach(() => emulator.control.reset());
afterAll(async () => {
  await workos.close();
  await publicApp.close();
  await emulator.close();
});

const client = (options: Partial<WorkosOptions> = {}) =>
  createWorkos({ apiKey: emulator.apiKey, clientId: emulator.clientId, baseUrl: emulator.url, ...options });
const redirect_uri = "http://127.0.0.1:9/callback";
const asked = { provider: "authkit", redirect_uri } as const;
const password = "a long enough password";
const email = "ann@example.com";
const person = () => workos.users.create({ email, password, email_verified: true });

/** Signs in on the page at `url`; answers where the page sends the browser. */
async function signIn(url: string, browser = new Browser({ emulator })): Promise<Visit> {
  await browser.open(url);
  return browser.submit("sign-in", { email, password });
}
const back = ({ location }: Visit, name: string) => location?.searchParams.get(name) ?? "";

test("a confidential application exchanges the code of the page, once", async () => {
  const { id } = await person();
  const done = await signIn(workos.authentication.getAuthorizationUrl({ ...asked, state: "a b&c" }));
  expect(done.location?.href.startsWith(redirect_uri)).toBe(true);
  expect(back(done, "state")).toBe("a b&c");
  const code = back(done, "code");
  const result = await workos.authentication.withCode({ code });
  expect(result).toMatchObject({ type: "authenticated", user: { id }, authentication_method: "Password" });
  if (result.type !== "authenticated") return;
  const check = await workos.sessions.verifyAccessToken(result.access_token);
  expect(check).toMatchObject({ valid: true, claims: { sub: id } });
  expect(await failure(workos.authentication.withCode({ code }))).toMatchObject({ code: "invalid_grant" });
});

test("a public application exchanges its code with the verifier that belongs to it", async () => {
  const { id } = await person();
  const other = publicApp.authentication.getAuthorizationUrlWithPKCE(asked);
  const { url, state, code_verifier } = publicApp.authentication.getAuthorizationUrlWithPKCE(asked);
  const done = await signIn(url);
  expect(back(done, "state")).toBe(state);
  const code = back(done, "code");
  const wrong = publicApp.authentication.withCode({ code, code_verifier: other.code_verifier });
  expect(await failure(wrong)).toMatchObject({ code: "invalid_grant" });
  const result = await publicApp.authentication.withCode({ code, code_verifier });
  expect(result).toMatchObject({ type: "authenticated", user: { id } });
  if (result.type !== "authenticated") return;
  const { refresh_token } = result;
  expect(await publicApp.authentication.withRefreshToken({ refresh_token })).toMatchObject({ type: "authenticated" });
});

test.each([
  ["allow", { type: "authenticated", user: { email } }],
  ["deny", { type: "access_denied" }],
])("a device gets the person's answer: %s", async (answer, expected) => {
  await person();
  const { device_code, verification_uri_complete, user_code } = await publicApp.authentication.authorizeDevice();
  expect(await publicApp.authentication.withDeviceCode({ device_code })).toEqual({ type: "authorization_pending" });
  const browser = new Browser({ emulator });
  const confirm = await signIn(verification_uri_complete ?? "", browser);
  expect(confirm.html).toContain(user_code);
  await browser.submit(answer);
  expect(await publicApp.authentication.withDeviceCode({ device_code })).toMatchObject(expected);
});

test("a person lets an application in, sees it in the list, and takes the permission back", async () => {
  const { id: user_id } = await person();
  const { id: organization_id } = await workos.organizations.create({ name: "Acme" });
  await workos.organizationMemberships.create({ user_id, organization_id });
  const wiki = await workos.connectApplications.create({
    ...{ name: "Wiki", application_type: "oauth", is_first_party: false, organization_id },
    ...{ scopes: ["openid"], redirect_uris: [{ uri: redirect_uri }] },
  });
  const { secret } = await workos.connectApplications.createSecret({ id: wiki.id });
  const wikiApp = client({ apiKey: undefined, clientId: wiki.client_id });
  const letIn = async () => {
    const browser = new Browser({ emulator });
    const consent = await signIn(wikiApp.authentication.getAuthorizationUrl(asked), browser);
    expect(consent.title).toBe("Allow Wiki to access your account?");
    return browser;
  };
  const code = back(await (await letIn()).submit("allow"), "code");
  const listed = await workos.authorizedApplications.listForUser({ user_id }).all();
  expect(listed).toMatchObject([{ granted_scopes: ["openid"], application: { id: wiki.id } }]);
  const ofOrganization = await workos.authorizedApplications.listForOrganization({ organization_id }).all();
  expect(ofOrganization).toMatchObject([{ user_id, application: { id: wiki.id } }]);
  const tokens = await exchange({ client_id: wiki.client_id, client_secret: secret, code });
  expect(tokens).toMatchObject({ user: { id: user_id } });

  await workos.authorizedApplications.deleteForUser({ user_id, application_id: wiki.id });
  expect(await workos.authorizedApplications.listForUser({ user_id }).all()).toEqual([]);
  const again = workos.authorizedApplications.deleteForUser({ user_id, application_id: wiki.id });
  expect(await failure(again)).toMatchObject({ kind: "not_found" });
  expect(back(await (await letIn()).submit("deny"), "error")).toBe("access_denied");
  expect(await workos.authorizedApplications.listForUser({ user_id }).all()).toEqual([]);
  await wikiApp.close();
});

/** As an application of somebody else does, whose secret is no API key. */
async function exchange(fields: object): Promise<unknown> {
  const answer = await fetch(`${emulator.url}/user_management/authenticate`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ grant_type: "authorization_code", ...fields }),
  });
  return answer.json();
}
