/** Pictures for the documentation, made by tests where `WRITE_SCREENSHOTS=1` asks for them. */
import { join } from "node:path";
import { type Page } from "playwright-core";
import { repository } from "../../support/repository";

/** The whole page, unless only what stands in the window is wanted. */
export async function screenshot(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  if (process.env.WRITE_SCREENSHOTS !== "1") return;
  await page.screenshot({
    path: join(repository, "docs/images", `${name}.png`),
    fullPage,
    animations: "disabled",
  });
}
