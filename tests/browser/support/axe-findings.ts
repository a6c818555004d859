/** What axe finds on a page as it is: https://github.com/dequelabs/axe-core */
import { readFileSync } from "node:fs";
import type axe from "axe-core";
import { type Page } from "playwright-core";

const script = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Each rule that is broken, with the elements that break it. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Evaluated by the browser's own tools, which a page's policy does not stop.
  await page.evaluate(script);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
}
