import { createRequire } from "node:module";
import type { LoadedRoster, LoadOptions } from "../provider/roster-files";
import { stopped } from "./preconditions";

export type { LoadedRoster, LoadOptions } from "../provider/roster-files";

/**
 * Reads a roster from a YAML file, or from all of a folder, so that CODEOWNERS can share its review among teams.
 * @throws (a `RunError`) that lists every mistake with its file, line and column, before anything is contacted.
 *
 * @example
 * const roster = workos.loadRoster("roster.yaml");
 * new workos.OrganizationRoster("acme", { organizationId: acme.id, members: roster.members });
 */
export function loadRoster(path: string, options: LoadOptions = {}): LoadedRoster {
  // With its libraries, which only programs with such files need.
  const files = createRequire(__filename)("../provider/roster-files") as typeof import("../provider/roster-files");
  try {
    return files.loadRosterFiles(path, options);
  } catch (error) {
    throw stopped((error as Error).message);
  }
}
