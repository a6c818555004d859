/** Tests that need a browser: skipped, with the reason, where none is installed. */
import { type Browser } from "playwright-core";
import { howToGetOne, installedChromium, launch } from "./chromium";

/** @param what is skipped without a browser, for the reader. */
export function browserFor(what: string): {
  readonly inBrowser: jest.It;
  readonly launched: () => Promise<Browser | undefined>;
} {
  const chromium = installedChromium();
  if (chromium !== undefined) return { inBrowser: test, launched: () => launch(chromium) };
  console.warn(`Skipped, ${what}: ${howToGetOne}`);
  return { inBrowser: test.skip, launched: () => Promise.resolve(undefined) };
}
