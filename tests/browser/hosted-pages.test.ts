/** The hosted pages in a real browser, between a real application and the local AuthKit. */
import { Secret, TOTP } from "otpauth";
import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { createWorkos, type Workos } from "../../client";
import { type Emulator, startEmulator } from "../../emulator";
import { type Application, startApplication } from "./support/application";
import { browserFor } from "./support/in-browser";

const { inBrowser, launched } = browserFor("the hosted pages in a real browser");

const password = "correct horse battery";
let authKit: Emulator;
let workos: Workos;
let application: Application;
let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
/** What the browser complained about: a script or a style that a page's own policy forbids, a request that failed. */
let complaints: string[];

beforeAll(async () => {
  authKit = await startEmulator();
  workos = createWorkos({ apiKey: authKit.apiKey, clientId: authKit.clientId, baseUrl: authKit.url });
  application = await startApplication(workos);
  browser = await launched();
});
afterAll(async () => {
  await browser?.close();
  await application.close();
  await workos.close();
  await authKit.close();
});
beforeEach(async () => {
  authKit.control.reset();
  if (browser === undefined) return;
  context = await browser.newContext({ locale: "en" });
  context.setDefaultTimeout(60_000);
  complaints = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page = await context.newPage();
});
afterEach(async () => {
  if (browser === undefined) return;
  await context.close();
  expect(complaints).toEqual([]);
});

const person = (email: string) => workos.users.create({ email, password, email_verified: true });
const heading = () => page.getByRole("heading", { level: 1 });
const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).first().fill(value);
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
/** Playwright's own waiting is in its locators: this waits until the page says so, and fails with what it says. */
async function expectText(locator: ReturnType<Page["getByRole"]>, text: string) {
  await locator.filter({ hasText: text }).waitFor();
}
const says = (text: string) => expectText(page.getByRole("paragraph"), text);
/** Reads the last mail where a person would: on the mailbox page, in another tab. */
async function mailedCode(): Promise<string> {
  const tab = await context.newPage();
  await tab.goto(`${authKit.url}/_emulator/mail`);
  const code = await tab.getByRole("article").first().getByRole("strong").innerText();
  await tab.close();
  return code;
}

inBrowser(
  "signing in: a wrong password is told, the right one leads back signed in, and logging out ends it",
  async () => {
    const { id } = await person("ann@example.com");
    await page.goto(`${application.url}/`);
    await says("Nobody is signed in");
    await page.goto(`${application.url}/login`);
    await expectText(heading(), "Sign in");
    await fill("Email", "ann@example.com");
    await fill("Password", "wrong password");
    await press("Sign in");
    await expectText(page.getByRole("alert"), "Wrong email or password.");
    expect(await page.getByLabel("Email").first().inputValue()).toBe("ann@example.com");
    await fill("Password", password);
    await page.keyboard.press("Enter");
    await says("ann@example.com is signed in: no organization, no role");
    expect(await workos.sessions.list({ user_id: id }).all()).toMatchObject([{ auth_method: "password" }]);
    await page.goto(`${application.url}/logout`);
    await says("Nobody is signed in");
    expect(await workos.sessions.list({ user_id: id }).all()).toEqual([]);
  },
);

inBrowser("signing up from an invitation makes an account that is a member with the invited role", async () => {
  const organization = await workos.organizations.create({ name: "Acme" });
  const invitation = await workos.invitations.send({
    ...{ email: "bea@example.com", organization_id: organization.id, role_slug: "admin" },
  });
  await page.goto(`${application.url}/login?invitation_token=${invitation.token}`);
  await expectText(heading(), "Accept your invitation");
  expect(await page.getByLabel("Email").inputValue()).toBe("bea@example.com");
  await fill("First name", "Bea");
  await fill("Password", "short");
  await press("Continue");
  await expectText(page.getByRole("alert"), "at least 10 characters");
  expect(await page.getByLabel("First name").inputValue()).toBe("Bea");
  await fill("Password", password);
  await press("Continue");
  await says(`bea@example.com is signed in: ${organization.id}, admin`);
  expect(await workos.invitations.get({ id: invitation.id })).toMatchObject({ state: "accepted" });
  const { data } = await workos.users.list({ email: "bea@example.com" });
  expect(data).toMatchObject([{ first_name: "Bea", email_verified: true }]);
});

inBrowser("signing up without an invitation asks for the mailed code", async () => {
  await page.goto(`${application.url}/login`);
  await press("Create an account");
  await expectText(heading(), "Create an account");
  await fill("Email", "cleo@example.com");
  await fill("Password", password);
  await press("Continue");
  await expectText(heading(), "Verify your email");
  await fill("Code", await mailedCode());
  await press("Continue");
  await says("cleo@example.com is signed in");
});

inBrowser("an emailed code signs in, and who is in two organizations chooses one", async () => {
  const { id: user_id } = await person("dan@example.com");
  const ids: string[] = [];
  for (const name of ["Acme", "Beta & Sons"]) {
    const { id: organization_id } = await workos.organizations.create({ name });
    await workos.organizationMemberships.create({ user_id, organization_id });
    ids.push(organization_id);
  }
  await page.goto(`${application.url}/login?login_hint=dan@example.com`);
  await press("Email me a code");
  await expectText(heading(), "Check your email");
  await fill("Code", await mailedCode());
  await press("Continue");
  await expectText(heading(), "Choose an organization");
  await page.getByRole("radio", { name: "Beta & Sons" }).check();
  await press("Continue");
  await says(`dan@example.com is signed in: ${ids[1] ?? ""}, member`);
});

inBrowser("a second factor is set up from the page, and asked for the next time", async () => {
  authKit.control.switches.set({ mfa: "required" });
  await person("eve@example.com");
  const signIn = async () => {
    await page.goto(`${application.url}/login?login_hint=eve@example.com&prompt=login`);
    await fill("Password", password);
    await press("Sign in");
  };
  await signIn();
  await expectText(heading(), "Set up your authenticator app");
  const image = page.getByRole("img", { name: "QR code" });
  // A picture that the browser could not draw has no size of its own.
  expect((await image.boundingBox())?.width ?? 0).toBeGreaterThan(100);
  const secret = Secret.fromBase32(await page.getByRole("code").innerText());
  const code = () => new TOTP({ secret }).generate({ timestamp: authKit.control.clock.now() });
  await fill("Code", code());
  await press("Continue");
  await says("eve@example.com is signed in");
  authKit.control.clock.advance(30_000);
  await signIn();
  await expectText(heading(), "Enter the code of your authenticator app");
  await fill("Code", code());
  await press("Continue");
  await says("eve@example.com is signed in");
});

inBrowser("a device is let in on its own page", async () => {
  await person("fay@example.com");
  const device = await workos.authentication.authorizeDevice();
  await page.goto(device.verification_uri);
  await fill("Code shown on your device", device.user_code);
  await press("Continue");
  await fill("Email", "fay@example.com");
  await fill("Password", password);
  await press("Sign in");
  await says(device.user_code);
  await press("Allow");
  await expectText(heading(), "You are signed in");
  const signedIn = await workos.authentication.withDeviceCode({ device_code: device.device_code });
  expect(signedIn).toMatchObject({ type: "authenticated", user: { email: "fay@example.com" } });
});

inBrowser("a mailed link resets the password", async () => {
  await person("gil@example.com");
  await workos.passwordReset.create({ email: "gil@example.com" });
  await page.goto(`${authKit.url}/_emulator/mail`);
  await page.getByRole("link", { name: "Open the link" }).click();
  await fill("New password", "another long password");
  await press("Change password");
  await expectText(heading(), "Your password is changed");
  await page.goto(`${application.url}/login?login_hint=gil@example.com`);
  await fill("Password", "another long password");
  await press("Sign in");
  await says("gil@example.com is signed in");
});
