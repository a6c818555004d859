/** The comment on a pull request as its readers see it: Markdown in GitHub's own style, in a browser. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser } from "playwright-core";
import { codeBlocks } from "../support/markdown";
import { read, repository } from "../support/repository";
import { axeFindings } from "./support/axe-findings";
import { browserFor } from "./support/in-browser";
import { screenshot } from "./support/screenshots";

const { inBrowser, launched } = browserFor("the comment in a real browser");
let browser: Browser | undefined;
beforeAll(async () => {
  browser = await launched();
});
afterAll(() => browser?.close());

/** Drawn, since not every machine has a font with them. */
const circles: Record<string, string> = { "🔴": "#dd2e44", "🟠": "#f4900c", "🟡": "#fdcb58", "🟢": "#78b159" };

inBrowser("every change has its heading, risk first, and every person is an item below it", async () => {
  // What tests/gitops/flow.test.ts holds to be the comment of that pull request.
  const [shown] = codeBlocks(read("examples/gitops/README.md")).filter(({ language }) => language === "text");
  const comment = shown?.text ?? "";
  const page = await (await browser!.newContext({ viewport: { width: 760, height: 600 } })).newPage();
  const style = readFileSync(require.resolve("github-markdown-css/github-markdown-light.css"), "utf8");
  await page.setContent(
    `<!doctype html><html lang="en"><title>Comment</title><style>${style}
      body { margin: 0; padding: 16px }
      main { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px }
      h1 { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden }
      i { display: inline-block; width: .8em; height: .8em; border-radius: 50% }
    </style><header><h1>Pull request</h1></header><main class="markdown-body"></main></html>`,
  );
  await page.addScriptTag({ path: join(repository, "node_modules/marked/lib/marked.umd.js") });
  await page.evaluate(
    `document.querySelector("main").innerHTML = marked.parse(${JSON.stringify(comment)})
       .replace(/[🔴🟠🟡🟢]/gu, (circle) => '<i style="background: ' + ${JSON.stringify(circles)}[circle] + '"></i>')`,
  );

  const texts = (selector: string) => page.locator(selector).allInnerTexts();
  const lines = comment.split("\n");
  const marked = (start: string) =>
    lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  const headings = marked("### ").map((heading) => heading.replace(/^\S+ /, ""));
  expect(headings[0]).toContain("Takes the admin role");
  expect((await texts("h3")).map((text) => text.trim())).toEqual(headings);
  expect(await texts("li")).toEqual(marked("- ").map((item) => item.replaceAll("`", "")));
  expect(await axeFindings(page)).toEqual([]);
  await screenshot(page, "comment");
});
