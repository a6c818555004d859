/** Applications in a browser, made of the vendor's own packages, against the local AuthKit. */
import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { createWorkos, type Workos } from "../../client";
import { type Emulator, startEmulator } from "../../emulator";
import { browserFor } from "./support/in-browser";
import { type ServedPage, servePage } from "./support/served-page";

const { inBrowser, launched } = browserFor("applications in a real browser");

const password = "correct horse battery";
let authKit: Emulator;
let workos: Workos;
let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
let served: ServedPage | undefined;

beforeAll(async () => {
  authKit = await startEmulator();
  workos = createWorkos({ apiKey: authKit.apiKey, clientId: authKit.clientId, baseUrl: authKit.url });
  browser = await launched();
});
afterAll(async () => {
  await browser?.close();
  await workos.close();
  await authKit.close();
});
beforeEach(async () => {
  authKit.control.reset();
  if (browser === undefined) return;
  context = await browser.newContext({ locale: "en" });
  context.setDefaultTimeout(60_000);
  page = await context.newPage();
});
afterEach(async () => {
  await served?.close();
  served = undefined;
  if (browser !== undefined) await context.close();
});

const connection = () => ({
  clientId: authKit.clientId,
  apiHostname: "127.0.0.1",
  port: authKit.port,
  https: false,
});
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const says = (text: string) => page.getByRole("paragraph").filter({ hasText: text }).waitFor();
async function signIn(email: string): Promise<void> {
  await press("Sign in");
  await page.getByLabel("Email", { exact: true }).first().fill(email);
  await page.getByLabel("Password", { exact: true }).first().fill(password);
  await page.keyboard.press("Enter");
}

describe("authkit-js", () => {
  inBrowser.each([
    ["with its session in cookies", false],
    ["in its mode for development", true],
  ])("%s: signs in, goes on after a reload, renews its token, signs out", async (_name, devMode) => {
    const { id: user_id } = await workos.users.create({ email: "ann@example.com", password, email_verified: true });
    served = await servePage("authkit-js", { ...connection(), devMode });
    await page.goto(served.url);
    await says("Nobody is signed in");
    await signIn("ann@example.com");
    await says("ann@example.com is signed in");
    const kept = await page.evaluate<string>("JSON.stringify([document.cookie, localStorage])");
    expect(kept.includes("refresh")).toBe(devMode);
    await page.reload();
    await says("ann@example.com is signed in");
    await press("New token");
    await page.locator("p#new").waitFor();
    expect(await workos.sessions.list({ user_id }).all()).toHaveLength(1);
    await press("Sign out");
    await says("Nobody is signed in");
    expect(await workos.sessions.list({ user_id }).all()).toEqual([]);
    await page.reload();
    await says("Nobody is signed in");
  });
});

describe("authkit-react", () => {
  inBrowser("signs in, goes on after a reload, changes the organization, signs out", async () => {
    const { id: user_id } = await workos.users.create({ email: "ben@example.com", password, email_verified: true });
    const acme = await workos.organizations.create({ name: "Acme" });
    const beta = await workos.organizations.create({ name: "Beta" });
    await workos.organizationMemberships.create({ user_id, organization_id: acme.id });
    await workos.organizationMemberships.create({ user_id, organization_id: beta.id, role_slug: "admin" });
    served = await servePage("authkit-react", { ...connection(), devMode: false, organizationId: beta.id });
    await page.goto(served.url);
    await signIn("ben@example.com");
    await page.getByRole("radio", { name: "Acme" }).check();
    await press("Continue");
    await says(`ben@example.com is signed in: ${acme.id}, member`);
    await page.reload();
    await says(`ben@example.com is signed in: ${acme.id}, member`);
    await press("Switch");
    await says(`ben@example.com is signed in: ${beta.id}, admin`);
    await press("Sign out");
    await says("Nobody is signed in");
  });
});
