/** Folders for applications of other worlds: with packages of their own, which this repository does not have. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../support/repository";
import { call } from "../../tools/modules";

/** Kept from run to run; `npm run reset` removes it. */
const places = join(repository, ".local", "applications");

/** The folder of an application: its files as they are in `tests/applications/`, beside what was installed before. */
export function workplace(name: string): string {
  const directory = join(places, name);
  mkdirSync(directory, { recursive: true });
  cpSync(join(repository, "tests", "applications", name), directory, { recursive: true });
  return directory;
}

/** A workplace with what its package-lock.json names. */
export async function installed(name: string): Promise<string> {
  const directory = workplace(name);
  await call("packages.mjs", "installIn", directory);
  return directory;
}
