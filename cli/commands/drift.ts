import { writeFileSync } from "node:fs";
import { loadRosterFiles } from "../../sdk/roster-files";
import { type Command, parsed, processIo, UsageError } from "../command";
import { drifted, driftOf } from "../drift";
import { html, markdown, plain } from "../drift-report";
import { liveOrganization } from "../live";

export const drift: Command = {
  name: "drift",
  summary: "Compare a live organization with its roster",
  help: `Usage: pulumi-workos drift PATH [--organization org_…] [--json | --markdown] [--html FILE]

Compares everybody who has access with who the roster says has: who is extra, missing, changed, expired or owned by a
directory, which alone is no drift. Needs no Pulumi engine and changes nothing. Reads WORKOS_API_KEY and
WORKOS_BASE_URL.

Options:
  --organization ID   the organization. Default: the one that the roster names
  --json              the result as JSON
  --markdown          the result as Markdown for an issue, under 65,536 characters; its last line is always the same
  --html FILE         a page of its own as well, without scripts

Examples:
  pulumi-workos drift roster.yaml
  pulumi-workos drift rosters/acme --markdown --html drift.html

Exit codes: 0 no drift, 2 drift, 1 failed, 64 wrong usage.`,
  async run(args, io = processIo) {
    const { values, positionals } = parsed(args, {
      organization: { type: "string" },
      json: { type: "boolean" },
      markdown: { type: "boolean" },
      html: { type: "string" },
    });
    const [path] = positionals;
    if (path === undefined) throw new UsageError("drift needs the path of a roster file or folder.");
    const roster = loadRosterFiles(path);
    const organization = values.organization ?? roster.organization;
    if (organization === undefined) {
      throw new UsageError("No organization: give --organization org_…, or write it into the roster.");
    }
    const found = driftOf(roster, await liveOrganization(organization, io));
    io.out(values.json ? JSON.stringify(found, undefined, 2) : values.markdown ? markdown(found) : plain(found));
    if (values.html !== undefined) writeFileSync(values.html, html(found));
    return drifted(found) ? 2 : 0;
  },
};
