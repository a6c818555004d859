/** What everybody can use: each hosted page in the light, in the dark, on a phone, without a script, by keyboard. */
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { type Emulator, startEmulator } from "../../emulator";
import { axeFindings } from "./support/axe-findings";
import { browserFor } from "./support/in-browser";
import { screenshot } from "./support/screenshots";

const { inBrowser, launched } = browserFor("how the hosted pages look in a real browser");

const password = "correct horse battery";
const redirect_uri = "http://localhost:3000/callback";
let authKit: Emulator;
let browser: Browser | undefined;

beforeAll(async () => {
  authKit = await startEmulator({
    applicationName: "Acme Notes",
    seed: {
      organizations: [
        { id: "org_acme", name: "Acme", domains: ["acme.com"] },
        { id: "org_beta", name: "Beta & Sons" },
      ],
      permissions: [{ slug: "pages:read", name: "Read pages", description: "every page of the wiki" }],
      connections: [{ id: "conn_okta", organization: "org_acme", name: "Okta", type: "OktaSAML" }],
      users: [
        {
          ...{ id: "user_ann", email: "ann@acme.com", first_name: "Ann", last_name: "Bell", password },
          memberships: [{ organization: "org_acme", role: "admin" }],
        },
        {
          ...{ id: "user_ben", email: "ben@example.com", first_name: "Ben", last_name: "Okafor", password },
          memberships: [{ organization: "org_acme" }, { organization: "org_beta", role: "admin" }],
        },
        { id: "user_cleo", email: "cleo@example.com", password },
        { id: "user_dan", email: "dan@example.com", password, email_verified: false },
      ],
      applications: [
        {
          ...{ client_id: "client_wiki", name: "Wiki", redirect_uris: [redirect_uri], uses_pkce: false },
          ...{ first_party: false, organization: "org_acme", scopes: ["pages:read"] },
        },
      ],
    },
  });
  browser = await launched();
});
afterAll(async () => {
  await browser?.close();
  await authKit.close();
});
beforeEach(() => authKit.control.reset());

const authorize = (fields: object = {}, path = "/user_management/authorize") =>
  `${authKit.url}${path}?${new URLSearchParams({
    ...{ client_id: authKit.clientId, redirect_uri, response_type: "code", provider: "authkit", ...fields },
  }).toString()}`;
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
const fill = (page: Page, label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
const titled = (page: Page, text: string) =>
  page.getByRole("heading", { level: 1 }).filter({ hasText: text }).waitFor();

async function api<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(authKit.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${authKit.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

/** A page in a browser of its own, which collects what it loads from elsewhere and what it complains about. */
async function opened(options: BrowserContextOptions) {
  if (browser === undefined) throw new Error("no browser");
  const context = await browser.newContext({ locale: "en", ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => {
    // What a refused form answers with is no complaint of the page.
    if (message.type() === "error" && !message.text().includes("the server responded with a status of 4")) {
      troubles.push(message.text());
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(authKit.url) && !url.startsWith("data:")) troubles.push(url);
  });
  return { context, page, troubles };
}

/** Goes to each page as a person gets there, by its name. */
const pages: readonly (readonly [name: string, go: (page: Page) => Promise<unknown>])[] = [
  ["sign in", (page) => page.goto(authorize())],
  [
    "a wrong password",
    async (page) => {
      await page.goto(authorize({ login_hint: "ben@example.com" }));
      await fill(page, "Password", "wrong");
      await press(page, "Sign in");
      await page.getByRole("alert").waitFor();
    },
  ],
  ["sign up", (page) => page.goto(authorize({ screen_hint: "sign-up" }))],
  [
    "forgot password",
    async (page) => {
      await page.goto(authorize());
      await press(page, "Forgot password?");
      await titled(page, "Forgot your password?");
    },
  ],
  [
    "a link was sent",
    async (page) => {
      await page.goto(authorize({ login_hint: "ben@example.com" }));
      await press(page, "Forgot password?");
      await press(page, "Email me a link");
      await titled(page, "Check your email");
    },
  ],
  [
    "choose a new password",
    async (page) => {
      await api("/user_management/password_reset", { email: "ben@example.com" });
      await page.goto(authKit.control.mailbox.list().at(-1)?.url ?? "");
      await titled(page, "Choose a new password");
    },
  ],
  [
    "an emailed code, sent again",
    async (page) => {
      await page.goto(authorize({ login_hint: "cleo@example.com" }));
      await press(page, "Email me a code");
      await press(page, "Send a new code");
      await page.getByRole("status").waitFor();
    },
  ],
  [
    "verify the email",
    async (page) => {
      await page.goto(authorize());
      await press(page, /^dan@example.com/);
      await titled(page, "Verify your email");
    },
  ],
  [
    "set up a second factor",
    async (page) => {
      authKit.control.switches.set({ mfa: "required" });
      await page.goto(authorize({ login_hint: "cleo@example.com" }));
      await fill(page, "Password", password);
      await press(page, "Sign in");
      await titled(page, "Set up your authenticator app");
    },
  ],
  ["another service", (page) => page.goto(authorize({ provider: "GoogleOAuth" }))],
  [
    "an identity provider",
    async (page) => {
      await page.goto(authorize());
      await fill(page, "Email", "eve@acme.com");
      await press(page, "Single sign-on");
      await titled(page, "Sign in with Okta of Acme");
    },
  ],
  [
    "choose an organization",
    async (page) => {
      await page.goto(authorize());
      await press(page, /^Ben Okafor/);
      await titled(page, "Choose an organization");
    },
  ],
  [
    "consent",
    async (page) => {
      await page.goto(authorize({ client_id: "client_wiki", scope: "openid email pages:read" }, "/oauth2/authorize"));
      await press(page, /^Ann Bell/);
      await titled(page, "Allow Wiki to access your account?");
    },
  ],
  [
    "an invitation",
    async (page) => {
      await page.goto(authorize({ prompt: "select_account" }));
      const { accept_invitation_url } = await api<{ accept_invitation_url: string }>("/user_management/invitations", {
        ...{ email: "fay@example.com", organization_id: "org_acme", inviter_user_id: "user_ann" },
      });
      await page.goto(accept_invitation_url);
      await titled(page, "Join Acme");
    },
  ],
  [
    "choose an account",
    async (page) => {
      await page.goto(`${authKit.url}/activate`);
      const { user_code } = await api<{ user_code: string }>("/user_management/authorize/device", {
        client_id: authKit.clientId,
      });
      await fill(page, "Code shown on your device", user_code);
      await press(page, "Continue");
      await press(page, /^cleo@example.com/);
      await titled(page, "Sign in on Acme Notes?");
      await page.goto(authorize({ prompt: "select_account" }));
      await titled(page, "Choose an account");
    },
  ],
  ["a link that does not work", (page) => page.goto(authorize({ client_id: "client_none" }))],
];

describe.each([
  ["in the light", { colorScheme: "light", viewport: { width: 1000, height: 800 } }],
  ["in the dark, on a phone", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
] as const)("%s", (_where, options) => {
  inBrowser.each(pages.map(([name, go]) => ({ name, go })))(
    "$name: axe finds nothing, and nothing is wider than the screen",
    async ({ go }) => {
      const { context, page, troubles } = await opened(options);
      await go(page);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(troubles).toEqual([]);
      await context.close();
    },
  );
});

inBrowser("axe finds what is planted", async () => {
  const { context, page } = await opened({});
  await page.goto(authorize());
  await page.evaluate("document.querySelector('label').remove(); document.querySelector('.lead').style.color = '#ccc'");
  expect((await axeFindings(page)).map((one) => one.split(":")[0])).toEqual(["color-contrast", "label"]);
  await context.close();
});

inBrowser("the cursor is where one has to type, and the keyboard alone signs in", async () => {
  const { context, page } = await opened({});
  const focused = () => page.evaluate("document.activeElement.name");
  await page.goto(authorize());
  expect(await focused()).toBe("email");
  await page.keyboard.type("cleo@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  expect(await focused()).toBe("password");
  await page.keyboard.type(password);
  const sent = page.waitForRequest((request) => request.url().startsWith(redirect_uri));
  await page.keyboard.press("Enter");
  expect(new URL((await sent).url()).searchParams.get("code")).not.toBeNull();
  await context.close();
});

inBrowser("a password is shown when one wants to see it", async () => {
  const { context, page } = await opened({});
  await page.goto(authorize());
  const field = page.getByLabel("Password", { exact: true });
  await field.fill("secret");
  expect(await field.getAttribute("type")).toBe("password");
  await press(page, "Show password");
  expect(await field.getAttribute("type")).toBe("text");
  await press(page, "Hide password");
  expect(await field.getAttribute("type")).toBe("password");
  await context.close();
});

inBrowser("without a script everything works but that", async () => {
  const { context, page } = await opened({ javaScriptEnabled: false });
  await page.goto(authorize());
  expect(await page.getByRole("button", { name: "Show password" }).count()).toBe(0);
  await press(page, "Create an account");
  await press(page, "I have an account");
  await press(page, "Continue with Google");
  await press(page, "Cancel");
  await press(page, "Forgot password?");
  await press(page, "Back");
  const sent = page.waitForRequest((request) => request.url().startsWith(redirect_uri));
  await press(page, /^cleo@example.com/);
  expect(new URL((await sent).url()).searchParams.get("code")).not.toBeNull();
  await context.close();
});

inBrowser("what the documentation shows is what a person sees", async () => {
  const { context, page } = await opened({ viewport: { width: 860, height: 800 }, colorScheme: "light" });
  await page.goto(authorize());
  await page.getByRole("button", { name: /^Ann Bell/ }).waitFor();
  await screenshot(page, "hosted-sign-in");
  await page.goto(authorize({ client_id: "client_wiki", scope: "openid email pages:read" }, "/oauth2/authorize"));
  await press(page, /^Ann Bell/);
  await page.getByText("Read pages: every page of the wiki").waitFor();
  await screenshot(page, "hosted-consent");
  await context.close();
});
