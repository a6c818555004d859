import { existsSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { named } from "../../provider/wording";
import { type Command, type Io, parsed, processIo, UsageError } from "../command";
import { liveOrganization } from "../live";
import { type Enrolled, enrolled, programText, rosterText } from "../roster-text";

export const init: Command = {
  name: "init",
  summary: "Write a roster, a program, or both, from a live organization",
  help: `Usage: pulumi-workos init --organization org_… [--out roster.yaml] [--program index.ts] [OPTIONS]

Writes everybody who has access, is suspended or is invited into a roster file, into a Pulumi program, or into a roster
and a program that reads it. The first run of that program takes everybody over and changes nothing at WorkOS. Whose
invitation has expired is left out, since they would be mailed again, and named. Reads WORKOS_API_KEY and
WORKOS_BASE_URL.

Options:
  --organization ID   the organization, org_…
  --out FILE          where the roster goes. Default: standard output, unless there is a program
  --program FILE      where the program goes. With --out it reads the roster, without it holds the people itself
  --profiles          names, external ids and metadata as well; the program then manages them (manageProfiles)
  --force             overwrite files that exist
  --json              what was written, who was skipped and why as JSON; with a roster for standard output in it

Examples:
  pulumi-workos init --organization org_01ABC --out roster.yaml --program index.ts
  pulumi-workos init --organization org_01ABC --program index.ts --profiles
  pulumi-workos init --organization org_01ABC > roster.yaml

Exit codes: 0 done, 1 failed, 64 wrong usage.`,
  async run(args, io = processIo) {
    const { values } = parsed(args, {
      organization: { type: "string" },
      out: { type: "string" },
      program: { type: "string" },
      profiles: { type: "boolean" },
      force: { type: "boolean" },
      json: { type: "boolean" },
    });
    const { organization, out, program, force, json, profiles = false } = values;
    if (organization === undefined) throw new UsageError("init needs --organization org_….");
    const files = [out, program].filter((file) => file !== undefined);
    const there = force ? [] : files.filter((file) => existsSync(file));
    if (there.length > 0) throw new Error(`${there.join(", ")} exists already; give another name, or --force.`);
    const live = await liveOrganization(organization, io, profiles);
    const people = enrolled(live);
    const roster = rosterText(organization, live.where, people);
    if (out !== undefined) writeFileSync(out, roster);
    if (program !== undefined) {
      writeFileSync(program, programText({ organization, roster: rosterPath(out, program), profiles }, people));
    }
    const { members, ...rest } = people;
    const printed = files.length === 0 ? { roster } : {};
    if (json)
      io.out(
        JSON.stringify({ organization: live.where, people: members.length, files, ...rest, ...printed }, undefined, 2),
      );
    else report(live.where, people, files, roster, io);
    return 0;
  },
};

/** As the program has to name it, which Pulumi runs in its own folder. */
function rosterPath(out: string | undefined, program: string): string | undefined {
  if (out === undefined) return undefined;
  return relative(dirname(resolve(program)), resolve(out)).replaceAll("\\", "/");
}

function report(where: string, people: Enrolled, files: readonly string[], roster: string, { out, err }: Io): void {
  const { members, skipped, directoryManaged } = people;
  if (files.length === 0) out(roster.trimEnd());
  else err(`Wrote ${files.join(" and ")}: ${members.length.toLocaleString("en")} people of ${where}.`);
  for (const reason of new Set(skipped.map((one) => one.reason))) {
    const names = skipped.filter((one) => one.reason === reason).map(({ email }) => email);
    err(`Left out ${names.length.toLocaleString("en")}, since ${reason}: ${named(names)}.`);
  }
  if (directoryManaged.length > 0) {
    err(
      `A directory sync decides on ${directoryManaged.length.toLocaleString("en")} of them, whom the roster leaves alone: ${named(directoryManaged)}.`,
    );
  }
}
