import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { installedChromium } from "./support/chromium";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "chromium-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("without a browser on the PATH there is none", () => {
  writeFileSync(join(folder, "chromium"), "not executable", { mode: 0o600 });
  expect(installedChromium(folder)).toBeUndefined();
  expect(installedChromium("")).toBeUndefined();
});

test("the first folder of the PATH that has one counts", () => {
  const second = join(folder, "second");
  mkdirSync(second);
  for (const file of [join(folder, "google-chrome"), join(second, "chromium")]) {
    writeFileSync(file, "");
    chmodSync(file, 0o700);
  }
  expect(installedChromium([folder, second].join(delimiter))).toBe(join(folder, "google-chrome"));
});
