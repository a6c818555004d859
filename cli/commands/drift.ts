import { readFileSync, writeFileSync } from "node:fs";
import { loadRosterFiles } from "../../provider/roster-files";
import { groupsNamed } from "../../provider/roster/state";
import { command, pathIn, UsageError, type Outcome } from "../command";
import { driftOf } from "../drift";
import { html, markdown, plain, type Report, rosterReport, stackReport } from "../drift-report";
import type { Io } from "../io";
import { liveOrganization } from "../read-organization";
import { stackDrift } from "../stack-drift";
import { readExport } from "../stack-drift/export";

export const drift = command({
  usage: "PATH [--organization org_…] | --stack FILE [--json | --markdown] [--html FILE]",
  about: `With PATH it compares everybody who has access with who the roster says has: who is extra, missing, changed, expired
or owned by a directory, which alone is no drift. With --stack it compares everything of WorkOS's that a stack has
recorded with what is there, of every kind: who may do what by a change that somebody made elsewhere, and each property
with what the program says. Secrets are shown nowhere. Needs no Pulumi engine and changes nothing. Reads WORKOS_API_KEY
and WORKOS_BASE_URL.`,
  options: {
    stack: {
      type: "string",
      value: "FILE",
      says: "what `pulumi stack export` has written; with --show-secrets where the program keeps people secret",
    },
    organization: { type: "string", value: "ID", says: "the organization. Default: the one that the roster names" },
    json: { type: "boolean", says: "the result as JSON" },
    markdown: {
      type: "boolean",
      says: "the result as Markdown for an issue, under 65,536 characters; its last line is always the same",
    },
    html: { type: "string", value: "FILE", says: "a page of its own as well, without scripts" },
  },
  operand: true,
  examples: [
    "drift roster.yaml",
    "drift rosters/acme --markdown --html drift.html",
    "pulumi stack export --file stack.json && pulumi-workos drift --stack stack.json",
  ],
  exits: { done: "no drift", differs: "drift", failed: "failed" },
  async run(given, io, path): Promise<Outcome> {
    if (given.json && given.markdown) throw new UsageError("drift writes --json or --markdown, not both.");
    const { found, report } = await compare(given, io, path);
    io.out(given.json ? JSON.stringify(found, undefined, 2) : given.markdown ? markdown(report) : plain(report));
    if (given.html !== undefined) writeFileSync(pathIn(io, given.html), html(report));
    return report.differs ? "differs" : "done";
  },
});

interface Which {
  readonly organization?: string;
  readonly stack?: string;
}

async function compare(
  given: Which,
  io: Io,
  path: string | undefined,
): Promise<{ readonly found: object; readonly report: Report }> {
  if (given.stack !== undefined) {
    if (path !== undefined || given.organization !== undefined) {
      throw new UsageError("drift compares a roster or, with --stack, a stack: not both at once.");
    }
    const file = pathIn(io, given.stack);
    const found = await stackDrift(readExport(readFileSync(file, "utf8"), given.stack), io);
    return { found, report: stackReport(found) };
  }
  if (path === undefined) throw new UsageError("drift needs the path of a roster file or folder, or --stack FILE.");
  const roster = loadRosterFiles(pathIn(io, path));
  const organization = given.organization ?? roster.organization;
  if (organization === undefined) {
    throw new UsageError("No organization: give --organization org_…, or write it into the roster.");
  }
  const members = Object.values(roster.members);
  const wanted = { groups: groupsNamed(members, new Map()), expected: members.length };
  const found = driftOf(roster, await liveOrganization(organization, io, wanted));
  return { found, report: rosterReport(found) };
}
