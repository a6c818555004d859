/** The dashboard in a real browser, used as a person does. */
import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { systemClock } from "../../api/clock";
import { createWorkos, type Workos } from "../../client";
import { type Emulator, startEmulator } from "../../emulator";
import { kinds } from "../../emulator/dashboard/kinds";
import { Receiver } from "../emulator/support/receiver";
import { axeFindings } from "./support/axe-findings";
import { browserFor } from "./support/in-browser";
import { screenshot } from "./support/screenshots";

const { inBrowser, launched } = browserFor("the dashboard in a real browser");

let authKit: Emulator;
let workos: Workos;
let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let elsewhere: string[];

/** Noon of some day, on which the clock stands. */
const noon = Date.parse("2026-06-01T12:00:00.000Z");
const seed = {
  organizations: [
    { id: "org_acme", name: "Acme", domains: ["acme.example"] },
    { id: "org_wonder", name: "Wonder & Sons" },
  ],
  users: [
    {
      ...{ id: "user_ann", email: "ann@acme.example", first_name: "Ann", last_name: "Arbor" },
      memberships: [{ id: "om_ann", organization: "org_acme", role: "admin" }],
    },
    { id: "user_bob", email: "bob@acme.example", memberships: [{ organization: "org_acme" }] },
  ],
  groups: [{ id: "group_ops", organization: "org_acme", name: "Operators", members: ["ann@acme.example"] }],
  applications: [{ id: "conn_app_wiki", name: "Wiki", redirect_uris: ["http://localhost:3000/callback"] }],
  feature_flags: [{ slug: "beta", name: "Beta", targets: ["org_acme"] }],
  api_keys: [{ organization: "org_acme", name: "ci" }],
  permissions: [{ slug: "logs:read", name: "Read logs" }],
};

beforeAll(async () => {
  authKit = await startEmulator({ seed, clock: { ...systemClock, now: () => noon } });
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
  await newPage({});
});
afterEach(async () => {
  if (browser === undefined) return;
  await context.close();
  expect([complaints, elsewhere]).toEqual([[], []]);
});

type Look = NonNullable<Parameters<Browser["newContext"]>[0]>;
async function newPage(look: Look) {
  if (browser === undefined) return;
  context = await browser.newContext({
    locale: "en",
    viewport: { width: 1280, height: 850 },
    reducedMotion: "reduce",
    ...look,
  });
  context.setDefaultTimeout(30_000);
  [complaints, elsewhere] = [[], []];
  page = await context.newPage();
  // What is asked of an application that is not there is no complaint of the dashboard's.
  page.on("console", (message) => {
    const ofFault = /status of (4|5)\d\d|ERR_EMPTY_RESPONSE|ERR_CONNECTION/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !ofFault) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(authKit.url) && !/^(data|blob):/.test(url)) elsewhere.push(url);
  });
}

const open = async (path: string) => {
  await page.goto(authKit.url + path);
  await page.getByText("Live", { exact: true }).waitFor();
};
const heading = (name: string) => page.getByRole("heading", { name, level: 1 }).waitFor();
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const follow = (name: string) => page.getByRole("link", { name, exact: true }).first().click();
const dialog = () => page.getByRole("dialog");
const fill = (label: string | RegExp, value: string) => page.getByLabel(label, { exact: true }).fill(value);
const main = () => page.getByRole("main");
const see = (text: string | RegExp) => main().getByText(text).first().waitFor();
const user = (email: string) => workos.users.create({ email });

inBrowser("requests appear as they happen; one is opened, read with its secrets masked, and repeated", async () => {
  await open("/");
  await follow("Requests");
  await see("No requests yet.");
  await user("cleo@example.com");
  await page.getByRole("link", { name: "POST /user_management/users" }).click();
  await heading("POST /user_management/users");
  await see("UserlandUsersController_create");
  const request = main().getByRole("region", { name: "Request", exact: true });
  expect(await request.innerText()).toContain("Bearer ••••");
  expect(await request.innerText()).toContain("cleo@example.com");
  expect(await page.content()).not.toContain(`Bearer ${authKit.apiKey}`);
  const touched = main().getByRole("region", { name: "Objects" });
  expect(await touched.innerText()).toContain("created");
  await press("Repeat");
  await see("400");
  expect(authKit.control.requests.list().map(({ status }) => status)).toEqual([201, 400]);
  await page.goBack();
  await page.getByRole("region", { name: "Objects" }).getByRole("link").first().click();
  await heading("cleo@example.com");
});

inBrowser("requests are searched and filtered", async () => {
  await workos.users.list({});
  await workos.organizations.list({});
  await workos.users.get({ id: "user_nobody" }).catch(() => undefined);
  await open("/dashboard/requests");
  const rows = page.getByRole("row");
  expect(await rows.count()).toBe(4);
  await page.getByRole("searchbox").fill("organizations");
  await page.waitForURL(/search=organizations/);
  await see("1–1 of 1");
  await page.getByRole("searchbox").fill("");
  await see("1–3 of 3");
  await page.getByLabel("Outcome").selectOption("4xx");
  await see("1–1 of 1");
  await see("404");
});

inBrowser("a mail appears as it is sent, is marked as new until it was seen, and shows its code and link", async () => {
  await open("/");
  await workos.magicAuth.create({ email: "ann@acme.example" });
  const inNavigation = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Mailbox/ });
  await inNavigation.filter({ hasText: "new" }).click();
  await heading("Mailbox");
  const [mail] = authKit.control.mailbox.list();
  const shown = page.getByRole("article");
  expect(await shown.getByRole("strong").innerText()).toBe(mail?.code);
  await workos.passwordReset.create({ email: "bob@acme.example" });
  const list = page.getByRole("list", { name: "Mails" });
  await list
    .getByRole("link", { name: /Reset your password/ })
    .filter({ hasText: "new" })
    .click();
  expect(await shown.getByRole("link", { name: "Reset password" }).getAttribute("href")).toContain(
    "/reset-password?token=",
  );
  await page.reload();
  await page.getByText("Live", { exact: true }).waitFor();
  expect(await page.getByText("new", { exact: true }).count()).toBe(0);
  await press("Empty the mailbox");
  await see("No mail was sent yet.");
});

inBrowser("a user is created, edited and deleted by the calls that the page shows", async () => {
  await open("/dashboard/users");
  await press("Create user");
  await fill("Email", "dan@example.com");
  await fill(/First name/, "Dan");
  const call = dialog().getByRole("region", { name: "The call" });
  expect(await call.innerText()).toContain('curl -X POST "$WORKOS_BASE_URL/user_management/users"');
  await call.getByRole("button", { name: "Node SDK" }).click();
  expect(await call.innerText()).toContain('await workos.userManagement.createUser({\n  email: "dan@example.com",');
  await dialog().getByRole("button", { name: "Create user" }).click();
  await heading("dan@example.com");
  await press("Edit");
  await fill(/Last name/, "Deer");
  expect(await call.innerText()).toContain(`-d '{"last_name":"Deer"}'`);
  await dialog().getByRole("button", { name: "Edit" }).click();
  await see("Deer");
  await press("Delete");
  await dialog().getByText("The user goes with all memberships").waitFor();
  await dialog().getByRole("button", { name: "Delete" }).click();
  await heading("Users");
  const made = authKit.control.requests.list().map(({ method, status }) => `${method} ${status ?? ""}`);
  expect(made).toEqual(["POST 201", "PUT 200", "DELETE 200"]);
  expect(authKit.control.state().users.map(({ email }) => email)).not.toContain("dan@example.com");
});

inBrowser("what the server refuses is told in its words", async () => {
  await open("/dashboard/users");
  await press("Create user");
  await fill("Email", "ann@acme.example");
  await dialog().getByRole("button", { name: "Create user" }).click();
  await dialog().getByRole("alert").filter({ hasText: "400" }).waitFor();
  // Always, since a browser sends again what was cut on a connection that had been used before.
  authKit.control.faults.add({ cut: "connection", times: null });
  await dialog().getByRole("button", { name: "Create user" }).click();
  await dialog().getByRole("alert").filter({ hasText: "cut before an answer" }).waitFor();
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "hidden" });
});

inBrowser("a user's page has memberships, sessions, factors, keys and flags, and makes more of them", async () => {
  await workos.mfa.enroll({ user_id: "user_ann", type: "totp", totp_issuer: "Acme", totp_user: "ann@acme.example" });
  await open("/dashboard/users/user_ann");
  const section = (name: string) => main().getByRole("region", { name, exact: true });
  await section("Memberships").getByRole("link", { name: "Acme" }).waitFor();
  await section("Factors").getByText("totp").waitFor();
  await section("Memberships").getByRole("button", { name: "Create membership" }).click();
  await dialog().getByLabel("Organization").fill("org_wonder");
  await dialog().getByRole("button", { name: "Create membership" }).click();
  await section("Memberships").getByRole("link", { name: "Wonder & Sons" }).click();
  await press("Deactivate");
  await dialog().getByRole("button", { name: "Deactivate" }).click();
  await see("inactive");
  await open("/dashboard/users/user_ann");
  await press("Create API key");
  await fill("Key name", "laptop");
  await dialog().getByLabel("Organization").fill("org_acme");
  await dialog().getByRole("button", { name: "Create API key" }).click();
  await dialog().getByText("It is shown this once.").waitFor();
  expect(await dialog().innerText()).toContain('"value": "sk_');
  await press("I have it");
  await section("API keys").getByRole("link", { name: "laptop" }).waitFor();
});

inBrowser("other kinds are made where they are listed: a role with permissions, a flag, a webhook", async () => {
  await open("/dashboard/roles");
  await press("Create role");
  await fill("Slug", "auditor");
  await fill("Name", "Auditor");
  await dialog().getByRole("button", { name: "Create role" }).click();
  await heading("Auditor");
  await press("Set permissions");
  await fill(/Permissions/, "logs:read");
  await dialog().getByRole("button", { name: "Set permissions" }).click();
  await see("logs:read");
  await follow("Feature flags");
  await press("Create flag");
  await fill("Slug", "dark-mode");
  await dialog().getByRole("button", { name: "Create flag" }).click();
  await follow("dark-mode");
  await press("Disable");
  await dialog().getByRole("button", { name: "Disable" }).click();
  await main().getByRole("button", { name: "Enable" }).waitFor();
  await follow("Webhooks");
  await press("Create endpoint");
  await fill("Address", "https://example.com/hooks");
  await fill(/Events/, "user.created\nuser.deleted");
  await dialog().getByRole("button", { name: "Create endpoint" }).click();
  await press("I have it");
  await heading("https://example.com/hooks");
  const state = authKit.control.state();
  expect(state.webhookEndpoints).toMatchObject([{ events: ["user.created", "user.deleted"] }]);
  expect(state.featureFlags.find(({ slug }) => slug === "dark-mode")).toMatchObject({ enabled: false });
});

inBrowser("a directory is made and pushes: a user becomes a member with the group's role, and goes again", async () => {
  await open("/dashboard/directories");
  await press("Create directory");
  await dialog().getByLabel("Organization").fill("org_acme");
  await fill("Name", "Okta");
  await dialog().getByRole("button", { name: "Create directory" }).click();
  await heading("Okta");
  const section = (name: string) => main().getByRole("region", { name, exact: true });
  await section("Directory groups").getByRole("button", { name: "Push group" }).click();
  await fill("Name", "Admins");
  await fill(/Role/, "admin");
  await dialog().getByRole("button", { name: "Push group" }).click();
  await section("Directory groups").getByRole("link", { name: "Admins" }).waitFor();
  await section("Directory users").getByRole("button", { name: "Push user" }).click();
  await fill("Email", "gus@acme.example");
  await fill(/Groups/, "Admins");
  expect(await dialog().getByRole("region", { name: "The call" }).innerText()).toContain(
    `-d '{"users":[{"email":"gus@acme.example","groups":["Admins"]}]}'`,
  );
  await dialog().getByRole("button", { name: "Push user" }).click();
  await section("Directory users").getByRole("link", { name: "gus@acme.example" }).click();
  await heading("gus@acme.example");
  const managed = async () =>
    (await workos.organizationMemberships.list({ organization_id: "org_acme" })).data.filter(
      ({ directory_managed }) => directory_managed,
    );
  expect(await managed()).toMatchObject([{ role: { slug: "admin" }, status: "active" }]);
  await press("Push suspension");
  await dialog().getByText("Their membership ends.").waitFor();
  await dialog().getByRole("button", { name: "Push suspension" }).click();
  await see("There is no directory user");
  expect(await managed()).toEqual([]);
});

inBrowser("a connection is made, switched off and deleted", async () => {
  await open("/dashboard/connections");
  await press("Create connection");
  await dialog().getByLabel("Organization").fill("org_acme");
  await fill("Name", "Acme's Okta");
  await page.getByLabel(/Type/).selectOption("OktaSAML");
  await dialog().getByRole("button", { name: "Create connection" }).click();
  await heading("Acme's Okta");
  await press("Edit");
  await page.getByLabel(/State/).selectOption("inactive");
  await dialog().getByRole("button", { name: "Edit" }).click();
  await see("inactive");
  const { data } = await workos.connections.list({});
  expect(data).toMatchObject([{ connection_type: "OktaSAML", state: "inactive" }]);
  await press("Delete");
  await dialog().getByRole("button", { name: "Delete" }).click();
  await see("No connections yet.");
});

inBrowser("a delivery appears as it happens, with each attempt, and is sent again; the secret is shown", async () => {
  const receiver = await Receiver.start();
  try {
    receiver.answer(500, "not today", 1);
    const endpoint_url = receiver.url;
    const { id, secret } = await workos.webhookEndpoints.create({ endpoint_url, events: ["user.created"] });
    await open(`/dashboard/webhooks/${id}`);
    expect(await page.content()).not.toContain(secret);
    await press("Show secret");
    await main().getByRole("region", { name: "secret", exact: true }).getByText(secret).waitFor();
    await main().getByRole("button", { name: "Copy secret" }).waitFor();
    await follow("Deliveries");
    await see("No deliveries yet.");
    await user("gus@example.com");
    await follow("user.created");
    await heading("user.created");
    const attempts = main().getByRole("region", { name: "Attempts" });
    await attempts.getByText("not today").waitFor();
    await main().getByText("next attempt").waitFor();
    expect(await attempts.getByRole("row").count()).toBe(2);
    await press("Resend");
    await main().getByText("delivered").waitFor();
    expect(await attempts.getByRole("row").count()).toBe(3);
    const [first, second] = receiver.all();
    expect(second?.body).toBe(first?.body);
    expect(await main().getByRole("region", { name: "Body" }).innerText()).toContain("gus@example.com");
  } finally {
    await receiver.close();
  }
});

inBrowser(
  "a role of one organization is made, edited and deleted; an application's redirect URIs are changed",
  async () => {
    await open("/dashboard/organizations/org_acme");
    await press("Create role");
    await fill("Name", "Buyer");
    await fill(/Slug/, "org-buyer");
    await dialog().getByRole("button", { name: "Create role" }).click();
    await main().getByRole("region", { name: "Roles" }).getByRole("link", { name: "Buyer" }).click();
    await heading("Buyer");
    await press("Set permissions");
    await fill(/Permissions/, "logs:read");
    await dialog().getByRole("button", { name: "Set permissions" }).click();
    await see("logs:read");
    await press("Edit");
    await fill("Name", "Purchaser");
    await dialog().getByRole("button", { name: "Edit" }).click();
    await heading("Purchaser");
    await press("Delete");
    await dialog().getByRole("button", { name: "Delete" }).click();
    await heading("Roles");
    expect(authKit.control.state().roles.map(({ slug }) => slug)).not.toContain("org-buyer");
    await open("/dashboard/applications/conn_app_wiki");
    await press("Edit");
    await fill("Redirect URIs", "http://localhost:3000/callback\nhttp://localhost:3001/callback");
    await dialog().getByRole("button", { name: "Edit" }).click();
    await see("http://localhost:3001/callback");
  },
);

inBrowser("switches that take a text are typed, and refused in words", async () => {
  await open("/dashboard/controls");
  await page.getByLabel(/^providers/).fill("GitHubOAuth, AppleOAuth");
  await press("Set providers");
  await page.getByRole("region", { name: "Switched on" }).getByText("1 switch changed: providers").waitFor();
  await page.getByLabel(/^ssoRequired/).fill("org_acme");
  await press("Set ssoRequired");
  await page.getByText("2 switches changed").waitFor();
  await page.getByLabel(/^loginUri/).fill("nowhere");
  await press("Set loginUri");
  await page.getByRole("alert").filter({ hasText: "loginUri" }).waitFor();
  await page.getByLabel(/^loginUri/).fill("http://localhost:4000/in");
  await press("Set loginUri");
  await page.getByText("3 switches changed").waitFor();
  const set = { providers: ["GitHubOAuth", "AppleOAuth"], ssoRequired: ["org_acme"] };
  expect(authKit.control.switches.get()).toMatchObject({ ...set, loginUri: "http://localhost:4000/in" });
});

inBrowser("somebody signs in as a user, and looks on as one who impersonates", async () => {
  await open("/dashboard/users/user_ann");
  await press("Sign in as");
  const hosted = dialog().getByRole("link", { name: "Open the sign-in page" });
  const tab = context.waitForEvent("page");
  await hosted.click();
  const signIn = await tab;
  expect(await signIn.getByLabel("Email").first().inputValue()).toBe("ann@acme.example");
  await signIn.close();
  await dialog()
    .getByLabel(/Impersonate/)
    .check();
  await fill(/Reason/, "ticket 7");
  await press("Make a link to impersonate");
  const link = await dialog().getByRole("link", { name: "Open the link" }).getAttribute("href");
  const { searchParams, origin } = new URL(link ?? "");
  expect(origin).toBe("http://localhost:3000");
  const signedIn = await workos.authentication.withCode({ code: searchParams.get("code") ?? "" });
  expect(signedIn).toMatchObject({
    type: "authenticated",
    user: { id: "user_ann" },
    impersonator: { reason: "ticket 7" },
  });
  await page.keyboard.press("Escape");
  await main().getByRole("region", { name: "Sessions" }).getByText("impersonation").waitFor();
});

inBrowser.each([
  ["Next request: 503", "1 fault rule waiting"],
  ["500 ms", "Every request takes 500 ms longer"],
  ["5 in 10 s", "Rate limits: 5 reads in 10 s"],
  ["5 s later", "Deletes happen 5 s later"],
  ["+7 days", "The clock is 7 days ahead"],
  ["replace", "1 switch changed: metadata"],
])("a control is on by one click (%s), which every page says until it is ended", async (button, says) => {
  await open("/dashboard/controls");
  const signs = page.getByRole("region", { name: "Switched on" });
  expect(await signs.count()).toBe(0);
  await press(button);
  await signs.getByText(says).waitFor();
  await follow("Users");
  await heading("Users");
  await signs.getByRole("button", { name: new RegExp(`End: ${says}`) }).click();
  await signs.waitFor({ state: "hidden" });
});

inBrowser("a fault that a test has set is seen at once, and gone once it has hit", async () => {
  await open("/dashboard/users");
  authKit.control.faults.add({ path: "/organizations", status: 418 });
  const signs = page.getByRole("region", { name: "Switched on" });
  await signs.getByText("1 fault rule waiting").waitFor();
  await fetch(`${authKit.url}/organizations`);
  await signs.waitFor({ state: "hidden" });
});

inBrowser("a state is saved under a name and restored, downloaded and uploaded", async () => {
  await open("/dashboard/snapshots");
  await fill("Name", "before");
  await press("Save snapshot");
  const row = page.getByRole("row").filter({ hasText: "before" });
  await row.waitFor();
  const download = page.waitForEvent("download");
  await follow("Download the state");
  const file = await (await download).path();
  const emails = () => authKit.control.state().users.map(({ email }) => email);
  const before = emails();
  await user("eve@example.com");
  await row.getByRole("button", { name: "Restore" }).click();
  await page.getByText("Restore: done").waitFor();
  expect(emails()).toEqual(before);
  await user("fay@example.com");
  await page.getByLabel("Upload a state").setInputFiles(file);
  await page.getByText("is the state now").waitFor();
  expect(emails()).toEqual(before);
  await page
    .getByLabel("Upload a state")
    .setInputFiles({ name: "x.json", mimeType: "text/plain", buffer: Buffer.from("{}") });
  await page.getByRole("alert").filter({ hasText: "not a snapshot" }).waitFor();
  await row.getByRole("button", { name: "Delete" }).click();
  await see("No snapshot yet.");
});

inBrowser("ten thousand users are shown by pages, and found by a part of their name", async () => {
  const many = await startEmulator({
    seed: { users: Array.from({ length: 10_000 }, (_, index) => ({ email: `person-${index}@example.com` })) },
  });
  try {
    await context.close();
    authKit = Object.assign(many, { usual: authKit });
    await newPage({});
    await open("/dashboard/users");
    await see("1–50 of 10,000");
    expect(await page.getByRole("row").count()).toBe(51);
    expect((await page.content()).length).toBeLessThan(200_000);
    await follow("Older");
    await see("51–100 of 10,000");
    await page.getByRole("searchbox").fill("person-777@");
    await see("1–1 of 1");
    await follow("person-777@example.com");
    await heading("person-777@example.com");
    await follow("Memberships");
    await press("Create membership");
    await fill("User", "person-9999");
    // Only those that fit are offered.
    await page.locator("datalist#list-user_id option:only-child").waitFor({ state: "attached" });
  } finally {
    authKit = (many as Emulator & { usual: Emulator }).usual;
    await many.close();
  }
});

inBrowser("the keyboard is enough: to skip the navigation, to open, to leave, and focus stays with it", async () => {
  await open("/dashboard/users");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Create user");
  await page.keyboard.press("Enter");
  await dialog().waitFor();
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Create user");
});

inBrowser("the chosen colours stay, and are there from the first moment", async () => {
  await open("/");
  await press("Theme: change between light and dark");
  const theme = () => page.locator("html").getAttribute("data-theme");
  expect(await theme()).toBe("dark");
  expect(await (await context.request.get(`${authKit.url}/`, { headers: { accept: "text/html" } })).text()).toContain(
    'data-theme="dark"',
  );
  const [cookie] = (await context.cookies()).filter(({ name }) => name === "local_authkit_theme");
  expect(cookie).toMatchObject({ sameSite: "Strict" });
});

const pages = [
  ...["/", "/dashboard/controls", "/dashboard/snapshots", "/dashboard/nothing"],
  ...["/dashboard/users/user_ann", "/dashboard/organizations/org_acme", "/dashboard/users/user_nobody"],
  ...kinds.map(({ slug }) => `/dashboard/${slug}`),
];
const part = (index: number) => pages.filter((_, at) => at % 4 === index);

/** Wide and on a phone, light and dark; each of both once, since no colour depends on a width. */
async function examine(name: string): Promise<string[]> {
  const found: string[] = [];
  const run = async (how: string) => {
    found.push(...(await axeFindings(page)).map((finding) => `${name}, ${how}: ${finding}`));
  };
  const theme = (name: string) =>
    page.locator("html").evaluate((html, value) => html.setAttribute("data-theme", value), name);
  await run("wide and light");
  await theme("dark");
  await page.setViewportSize({ width: 390, height: 780 });
  await run("a phone, dark");
  if (await page.evaluate("document.documentElement.scrollWidth > innerWidth"))
    found.push(`${name}: wider than a phone`);
  await theme("light");
  await page.setViewportSize({ width: 1280, height: 850 });
  return found;
}

inBrowser.each([0, 1, 2, 3])(
  "axe finds nothing on any page, wide and on a phone, light and dark (%s)",
  async (index) => {
    await workos.invitations.send({ email: "cleo@example.com", organization_id: "org_acme" });
    await workos.magicAuth.create({ email: "ann@acme.example" });
    await workos.webhookEndpoints.create({ endpoint_url: "https://example.com/hooks", events: ["user.created"] });
    authKit.control.faults.add({ path: "/nowhere", status: 503 });
    const [request] = authKit.control.requests.list();
    const found: string[] = [];
    for (const path of [...part(index), ...(index === 0 ? [`/dashboard/requests/${request?.id ?? ""}`] : [])]) {
      await open(path);
      found.push(...(await examine(path)));
    }
    expect(found).toEqual([]);
  },
);

inBrowser("axe finds nothing in a dialog", async () => {
  await open("/dashboard/memberships");
  await press("Create membership");
  expect(await examine("creating")).toEqual([]);
  await open("/dashboard/users/user_ann");
  await press("Sign in as");
  expect(await examine("signing in as")).toEqual([]);
});

inBrowser("on a phone the navigation folds and leads everywhere", async () => {
  await context.close();
  await newPage({ viewport: { width: 390, height: 780 } });
  await open("/");
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("navigation", { name: "Menu" }).getByRole("link", { name: "Organizations" }).click();
  await heading("Organizations");
  expect(await page.getByRole("navigation", { name: "Menu" }).isVisible()).toBe(false);
  await follow("Acme");
  await heading("Acme");
});

const inPictures = process.env.WRITE_SCREENSHOTS === "1" ? inBrowser : test.skip;

inPictures("pictures for the documentation", async () => {
  const shoot = async (name: string) => {
    // Hidden, since they are others each time.
    await page.addStyleTag({ content: ".rows .volatile { color: transparent }" });
    await screenshot(page, name, { fullPage: false });
  };
  await context.close();
  await newPage({ viewport: { width: 1200, height: 760 }, colorScheme: "light", bypassCSP: true });
  await workos.organizations.list({});
  await workos.invitations.send({ email: "cleo@example.com", organization_id: "org_acme", role_slug: "admin" });
  await workos.users.get({ id: "user_nobody" }).catch(() => undefined);
  await workos.users.create({ email: "dan@example.com", password: "correct horse battery" });
  await workos.organizationMemberships.create({ user_id: "user_ann", organization_id: "org_wonder" });
  await workos.magicAuth.create({ email: "ann@acme.example" });
  await open("/");
  await shoot("dashboard");
  await open("/dashboard/mails");
  await shoot("mailbox");
});
