import { basename, dirname, relative, resolve } from "node:path";
import { plural } from "../../provider/wording";
import { command, pathIn, UsageError, type Outcome } from "../command";
import { initEnvironment, organizationsNamed } from "../environment";
import type { Io } from "../io";
import { assertFree, writeFiles } from "../program/write-files";
import { liveOrganization } from "../read-organization";
import { type Enrolled, enrolled, programText, rosterText, skippedLines } from "../roster-text";

export const init = command({
  usage: "--all [FOLDER] [OPTIONS] | --organization org_… [--out roster.yaml] [--program index.ts] [OPTIONS]",
  about: `With --all, writes the whole environment as a Pulumi project into FOLDER, the current one unless given: permissions and
roles, every organization with its people as a roster, groups, settings, applications and everything else that WorkOS
tells. With --organization, writes everybody who has access to it, is suspended or is invited into a roster file, into a
program, or into a roster and a program that reads it. The first run of what is written takes everything over and changes
nothing at WorkOS; what is left out is named, with the reason. Reads WORKOS_API_KEY and WORKOS_BASE_URL.`,
  options: {
    all: { type: "boolean", says: "the whole environment" },
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
    everything: {
      type: "boolean",
      says: "with --all: also what there are more than 500 of, users in no organization and vault objects, and which users are targets of feature flags",
    },
    force: { type: "boolean", says: "overwrite files that exist" },
    json: {
      type: "boolean",
      says: "what was written, who was skipped and why as JSON; with a roster for standard output in it",
    },
  },
  operand: true,
  examples: [
    "init --all workos",
    "init --organization org_01ABC --out roster.yaml --program index.ts",
    "init --organization org_01ABC --program index.ts --profiles",
    "init --organization org_01ABC > roster.yaml",
  ],
  exits: { done: "done", failed: "failed" },
  async run(given, io, folder): Promise<Outcome> {
    const { all = false, organization, force = false, json = false, profiles = false, everything = false } = given;
    if (all) {
      const other = (["organization", "out", "program"] as const).find((name) => given[name] !== undefined);
      if (other !== undefined) throw new UsageError(`init writes --all or one organization: leave out --${other}.`);
      await initEnvironment(folder ?? ".", { profiles, everything, force, json }, io);
      return "done";
    }
    if (folder !== undefined) throw new UsageError(`init writes into a folder with --all: init --all ${folder}.`);
    if (everything) throw new UsageError("--everything goes with --all.");
    if (organization === undefined) {
      const names = await organizationsNamed(io);
      throw new UsageError(
        `init needs --organization org_…, or --all for the whole environment.${names === "" ? " There is no organization yet." : ` There are:\n${names}`}`,
      );
    }
    const files = [given.out, given.program].filter((file) => file !== undefined);
    assertFree(files, force, (file) => pathIn(io, file));
    const live = await liveOrganization(organization, io, { profiles });
    const people = enrolled(live);
    const roster = rosterText(organization, live.where, people);
    if (given.out !== undefined) writeOne(pathIn(io, given.out), roster);
    if (given.program !== undefined) {
      const source = { organization, roster: rosterPath(given.out, given.program), profiles };
      writeOne(pathIn(io, given.program), programText(source, people));
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

const writeOne = (path: string, text: string) => writeFiles(dirname(path), new Map([[basename(path), text]]));

/** As the program has to name it, which Pulumi runs in its own folder. */
function rosterPath(out: string | undefined, program: string): string | undefined {
  if (out === undefined) return undefined;
  return relative(dirname(resolve(program)), resolve(out)).replaceAll("\\", "/");
}

function report(where: string, people: Enrolled, files: readonly string[], roster: string, io: Io): void {
  if (files.length === 0) io.out(roster.trimEnd());
  else io.err(`Wrote ${files.join(" and ")}: ${plural(people.members.length, "person", "people")} of ${where}.`);
  for (const line of skippedLines(people)) io.err(line);
}
