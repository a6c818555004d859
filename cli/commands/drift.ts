import { writeFileSync } from "node:fs";
import { loadRosterFiles } from "../../sdk/roster-files";
import { groupsNamed } from "../../provider/roster/state";
import { command, pathIn, UsageError, type Outcome } from "../command";
import { drifted, driftOf } from "../drift";
import { html, markdown, plain } from "../drift-report";
import { liveOrganization } from "../read-organization";

export const drift = command({
  usage: "PATH [--organization org_…] [--json | --markdown] [--html FILE]",
  about: `Compares everybody who has access with who the roster says has: who is extra, missing, changed, expired or owned by a
directory, which alone is no drift. Needs no Pulumi engine and changes nothing. Reads WORKOS_API_KEY and
WORKOS_BASE_URL.`,
  options: {
    organization: { type: "string", value: "ID", says: "the organization. Default: the one that the roster names" },
    json: { type: "boolean", says: "the result as JSON" },
    markdown: {
      type: "boolean",
      says: "the result as Markdown for an issue, under 65,536 characters; its last line is always the same",
    },
    html: { type: "string", value: "FILE", says: "a page of its own as well, without scripts" },
  },
  operand: true,
  examples: ["drift roster.yaml", "drift rosters/acme --markdown --html drift.html"],
  exits: { done: "no drift", differs: "drift", failed: "failed" },
  async run(given, io, path): Promise<Outcome> {
    if (path === undefined) throw new UsageError("drift needs the path of a roster file or folder.");
    if (given.json && given.markdown) throw new UsageError("drift writes --json or --markdown, not both.");
    const roster = loadRosterFiles(pathIn(io, path));
    const organization = given.organization ?? roster.organization;
    if (organization === undefined) {
      throw new UsageError("No organization: give --organization org_…, or write it into the roster.");
    }
    const groups = groupsNamed(Object.values(roster.members), new Map());
    const found = driftOf(roster, await liveOrganization(organization, io, { groups }));
    io.out(given.json ? JSON.stringify(found, undefined, 2) : given.markdown ? markdown(found) : plain(found));
    if (given.html !== undefined) writeFileSync(pathIn(io, given.html), html(found));
    return drifted(found) ? "differs" : "done";
  },
});
