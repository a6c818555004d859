/** A browser that is installed already: none is ever downloaded. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The first of the usual names on the PATH. */
export function installedChromium(path = process.env.PATH ?? ""): string | undefined {
  const places = path.split(delimiter).filter((folder) => folder !== "");
  return places.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const howToGetOne = `no ${names.join(", ")} on the PATH; on Debian: apt-get install chromium`;

/** Reaches this machine and nothing else, whatever it would like to look up. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    // CI runs as root, where Chromium's own sandbox refuses to start.
    chromiumSandbox: false,
    args: ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost", "--disable-dev-shm-usage"],
  });
}
