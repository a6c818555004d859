/** Pictures for the documentation, made by tests where `WRITE_SCREENSHOTS=1` asks for them. */
import { join } from "node:path";
import { type Page } from "playwright-core";
import { repository } from "../../support/repository";

export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.WRITE_SCREENSHOTS !== "1") return;
  await page.screenshot({
    path: join(repository, "docs/images", `${name}.png`),
    fullPage: true,
    animations: "disabled",
  });
}
