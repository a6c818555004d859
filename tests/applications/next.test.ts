/** A Next.js application, made of `@workos-inc/authkit-nextjs` as its readme has it, in a real browser. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page } from "playwright-core";
import { createWorkos, type Workos } from "../../client";
import { type Emulator, startEmulator } from "../../emulator";
import { howToGetOne, installedChromium, launch } from "../browser/support/chromium";
import { expectSuccess } from "../package/support/commands";
import { freePort } from "../support/free-port";
import { node22, noNode22 } from "./support/node-22";
import { installed } from "./support/workplaces";

const chromium = installedChromium();
const reason = chromium === undefined ? howToGetOne : noNode22;
if (reason !== undefined) console.warn(`Skipped, a Next.js application: ${reason}`);
const inBrowser = reason === undefined ? test : test.skip;

const password = "correct horse battery";
let authKit: Emulator;
let workos: Workos;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let server: ChildProcess | undefined;
let url: string;

beforeAll(async () => {
  if (chromium === undefined || reason !== undefined) return;
  authKit = await startEmulator();
  workos = createWorkos({ apiKey: authKit.apiKey, clientId: authKit.clientId, baseUrl: authKit.url });
  url = `http://localhost:${await freePort()}`;
  [server, browser] = await Promise.all([startNext(), launch(chromium)]);
});
afterAll(async () => {
  await browser?.close();
  if (server?.exitCode === null) {
    server.kill();
    await once(server, "exit");
  }
  await workos?.close();
  await authKit?.close();
});
beforeEach(async () => {
  if (reason !== undefined) return;
  authKit.control.reset();
  context = await browser.newContext({ locale: "en" });
  context.setDefaultTimeout(40_000);
  page = await context.newPage();
});
afterEach(() => context?.close());

/** Builds the application and serves it, as in production. */
async function startNext(): Promise<ChildProcess> {
  const [cwd, node] = await Promise.all([installed("next"), node22()]);
  const env = {
    ...process.env,
    ...{ NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" },
    ...{ WORKOS_API_HOSTNAME: "127.0.0.1", WORKOS_API_PORT: String(authKit.port), WORKOS_API_HTTPS: "false" },
    ...{ WORKOS_API_KEY: authKit.apiKey, WORKOS_CLIENT_ID: authKit.clientId },
    WORKOS_COOKIE_PASSWORD: "a cookie password of at least 32 characters",
    NEXT_PUBLIC_WORKOS_REDIRECT_URI: `${url}/callback`,
  };
  const next = join(cwd, "node_modules", "next", "dist", "bin", "next");
  await expectSuccess(node, [next, "build"], { cwd, env });
  const { hostname, port } = new URL(url);
  const started = spawn(node, [next, "start", "--hostname", hostname, "--port", port], {
    ...{ cwd, env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((ready, fail) => {
    started.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("Ready")) ready();
    });
    started.once("exit", (code) => fail(new Error(`next start ended with ${code}`)));
  });
  return started;
}

const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const says = (text: string) => page.getByRole("paragraph").filter({ hasText: text }).waitFor();
async function fillIn(email: string): Promise<void> {
  await page.getByLabel("Email", { exact: true }).first().fill(email);
  await page.getByLabel("Password", { exact: true }).first().fill(password);
  await page.keyboard.press("Enter");
}

inBrowser("signs in, goes on after a reload, changes the organization, signs out", async () => {
  const { id: user_id } = await workos.users.create({ email: "ann@example.com", password, email_verified: true });
  const acme = await workos.organizations.create({ name: "Acme" });
  const beta = await workos.organizations.create({ name: "Beta" });
  await workos.organizationMemberships.create({ user_id, organization_id: acme.id });
  await workos.organizationMemberships.create({ user_id, organization_id: beta.id, role_slug: "admin" });
  await page.goto(url);
  await says("Nobody is signed in");
  await press("Sign in");
  await fillIn("ann@example.com");
  await page.getByRole("radio", { name: "Acme" }).check();
  await press("Continue");
  await says("The account of ann@example.com: member");
  await says(`Organization: ${acme.id}`);
  await page.reload();
  await says(`Organization: ${acme.id}`);
  await page.goto(`${url}/account?to=${beta.id}`);
  await says(`Organization: ${acme.id}`);
  await press("Change organization");
  await says(`Organization: ${beta.id}`);
  await page.reload();
  await says("The account of ann@example.com: admin");
  await press("Sign out");
  await says("Nobody is signed in");
  expect(await workos.sessions.list({ user_id }).all()).toEqual([]);
});

inBrowser("leads who opens a protected page to AuthKit, and back to that page", async () => {
  await workos.users.create({ email: "ben@example.com", password, email_verified: true });
  await page.goto(`${url}/account`);
  await fillIn("ben@example.com");
  await says("The account of ben@example.com: no role");
  expect(new URL(page.url()).pathname).toBe("/account");
});

inBrowser("renews a session by itself whose token has ended", async () => {
  const { id: user_id } = await workos.users.create({ email: "eve@example.com", password, email_verified: true });
  // A code at first, and since what AuthKit issues ended for the application already, by its own clock, a new token.
  authKit.control.clock.advance(-10 * 60_000);
  await page.goto(`${url}/account`);
  await fillIn("eve@example.com");
  await says("The account of eve@example.com");
  const tokens = authKit.control.requests.list().filter(({ path }) => path === "/user_management/authenticate");
  expect(tokens.length).toBeGreaterThanOrEqual(2);
  expect(tokens.map(({ status }) => status)).toEqual(tokens.map(() => 200));
  expect(await workos.sessions.list({ user_id }).all()).toHaveLength(1);
});
