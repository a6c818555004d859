import { existsSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { counted, named, plural } from "../../provider/wording";
import { command, pathIn, UsageError, type Outcome } from "../command";
import type { Io } from "../io";
import { liveOrganization } from "../read-organization";
import { type Enrolled, enrolled, programText, rosterText } from "../roster-text";

export const init = command({
  usage: "--organization org_… [--out roster.yaml] [--program index.ts] [OPTIONS]",
  about: `Writes everybody who has access, is suspended or is invited into a roster file, into a Pulumi program, or into a roster
and a program that reads it. The first run of that program takes everybody over and changes nothing at WorkOS. Whose
invitation has expired is left out, since they would be mailed again, and named. Reads WORKOS_API_KEY and
WORKOS_BASE_URL.`,
  options: {
    organization: { type: "string", value: "ID", says: "the organization, org_…" },
    out: {
      type: "string",
      value: "FILE",
      says: "where the roster goes. Default: standard output, unless there is a program",
    },
    program: {
      type: "string",
      value: "FILE",
      says: "where the program goes. With --out it reads the roster, without it holds the people itself",
    },
    profiles: {
      type: "boolean",
      says: "names, external ids and metadata as well; the program then manages them (manageProfiles)",
    },
    force: { type: "boolean", says: "overwrite files that exist" },
    json: {
      type: "boolean",
      says: "what was written, who was skipped and why as JSON; with a roster for standard output in it",
    },
  },
  examples: [
    "init --organization org_01ABC --out roster.yaml --program index.ts",
    "init --organization org_01ABC --program index.ts --profiles",
    "init --organization org_01ABC > roster.yaml",
  ],
  exits: { done: "done", failed: "failed" },
  async run(given, io): Promise<Outcome> {
    const { organization, force, json, profiles = false } = given;
    if (organization === undefined) throw new UsageError("init needs --organization org_….");
    const files = [given.out, given.program].filter((file) => file !== undefined);
    const there = force ? [] : files.filter((file) => existsSync(pathIn(io, file)));
    if (there.length > 0) throw new Error(`${there.join(", ")} exists already; give another name, or --force.`);
    const live = await liveOrganization(organization, io, { profiles });
    const people = enrolled(live);
    const roster = rosterText(organization, live.where, people);
    if (given.out !== undefined) writeFileSync(pathIn(io, given.out), roster);
    if (given.program !== undefined) {
      const source = { organization, roster: rosterPath(given.out, given.program), profiles };
      writeFileSync(pathIn(io, given.program), programText(source, people));
    }
    const { members, ...rest } = people;
    const printed = files.length === 0 ? { roster } : {};
    if (json)
      io.out(
        JSON.stringify({ organization: live.where, people: members.length, files, ...rest, ...printed }, undefined, 2),
      );
    else report(live.where, people, files, roster, io);
    return "done";
  },
});

/** As the program has to name it, which Pulumi runs in its own folder. */
function rosterPath(out: string | undefined, program: string): string | undefined {
  if (out === undefined) return undefined;
  return relative(dirname(resolve(program)), resolve(out)).replaceAll("\\", "/");
}

function report(where: string, people: Enrolled, files: readonly string[], roster: string, io: Io): void {
  const { members, skipped, directoryManaged } = people;
  if (files.length === 0) io.out(roster.trimEnd());
  else io.err(`Wrote ${files.join(" and ")}: ${plural(members.length, "person", "people")} of ${where}.`);
  for (const reason of new Set(skipped.map((one) => one.reason))) {
    const names = skipped.filter((one) => one.reason === reason).map(({ email }) => email);
    io.err(`Left out ${counted(names.length)}, since ${reason}: ${named(names)}.`);
  }
  if (directoryManaged.length > 0) {
    io.err(
      `A directory sync decides on ${counted(directoryManaged.length)} of them, whom the roster leaves alone: ${named(directoryManaged)}.`,
    );
  }
}
