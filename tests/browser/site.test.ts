/** The documentation as a site, in a browser: read by everybody, searched, on a phone, with nothing from elsewhere. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { resources } from "../../provider/resources";
import { listening } from "../support/listening";
import { repository } from "../support/repository";
import { axeFindings } from "./support/axe-findings";
import { browserFor } from "./support/in-browser";
import { screenshot } from "./support/screenshots";

const what = "the documentation site in a real browser";
const { inBrowser, launched } = browserFor(what);
const generator = existsSync(join(repository, "docs/node_modules/vitepress"));
if (!generator) console.warn(`Skipped, ${what}: its generator is not installed; npm run docs:build installs it`);
const inSite = generator ? inBrowser : test.skip;

/** One of each kind of page. */
const kinds = {
  home: "index",
  "a page of how to": "adopt",
  "a table of choices": "which-resource",
  "a resource": "resources/OrganizationMembership",
  "all resources": "resources",
  troubleshooting: "troubleshooting",
};

let browser: Browser | undefined;
let folder: string | undefined;
let site = { url: "", close: () => Promise.resolve() };

beforeAll(async () => {
  browser = generator ? await launched() : undefined;
  if (!browser) return;
  mkdirSync(join(repository, ".local"), { recursive: true });
  folder = mkdtempSync(join(repository, ".local/site-test-"));
  // Fails where a page links to one that is not there.
  execFileSync(process.execPath, [join(repository, "tools/docs.mjs"), "build", "--outDir", folder], { stdio: "pipe" });
  site = await serve(folder);
});
afterAll(async () => {
  await browser?.close();
  await site.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

async function serve(directory: string) {
  const types: Record<string, string> = {
    ...{ ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".png": "image/png" },
    ...{ ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2" },
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    const file = join(directory, normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { "content-type": "text/html" }).end(readFileSync(join(directory, "404.html")));
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  return listening(server);
}

/** Opens a page and hands it over; what it asks of others and complains of is collected. */
async function visit(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>) {
  if (!browser) throw new Error("there is no browser");
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) complaints.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await page.goto(`${site.url}/${path}.html`);
    await page.locator(".vp-doc h1").waitFor();
    await look(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

describe.each(Object.entries(kinds))("%s", (_kind, path) => {
  inSite("has nothing that axe finds, in the light, in the dark and on a phone, where it fits", () =>
    visit(path, { colorScheme: "light" }, async (page) => {
      expect(await axeFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.locator("html.dark").waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 375, height: 700 });
      const wider = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(wider).toBeLessThanOrEqual(0);
      expect(await axeFindings(page)).toEqual([]);
    }),
  );
});

inSite("a search for words of a page leads there", () =>
  visit("index", {}, async (page) => {
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByPlaceholder("Search").fill("move from terraform");
    await page.locator("#localsearch-list a").first().waitFor();
    await screenshot(page, "docs-search", { fullPage: false });
    await page.locator("#localsearch-list a", { hasText: "Move from Terraform" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Move from Terraform" }).waitFor();
  }),
);

inSite("a search for the text of an error leads to what to do about it", () =>
  visit("index", {}, async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search").fill("does not look like a WorkOS API key");
    const found = page.locator("#localsearch-list a", { hasText: "Troubleshooting" }).first();
    await found.waitFor();
    await found.click();
    await page.waitForURL(/\/troubleshooting\.html#/);
    const heading = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
    expect(await heading.count()).toBe(1);
  }),
);

inSite("links out of the pages lead to the repository", () =>
  visit("adopt", {}, async (page) => {
    const link = page.getByRole("link", { name: "examples/adopt-existing" });
    expect(await link.getAttribute("href")).toMatch(
      /^https:\/\/github\.com\/.+\/examples\/adopt-existing\/README\.md$/,
    );
  }),
);

inSite("every resource has its place in the sidebar", () =>
  visit("resources", { viewport: { width: 1400, height: 900 } }, async (page) => {
    const links = await page.locator(".VPSidebar a").evaluateAll((all) => all.map(({ textContent }) => textContent));
    expect(links).toEqual(expect.arrayContaining([...Object.keys(resources), "OrganizationRoster"]));
  }),
);
