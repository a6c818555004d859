import { basename, dirname, relative, resolve } from "node:path";
import { plural } from "../../provider/wording";
import { command, pathIn, UsageError, type Outcome } from "../command";
import { initEnvironment, organizationsNamed } from "../environment";
import type { Io } from "../io";
import { assertFree, writeFiles } from "../program/write-files";
import { liveOrganization } from "../read-organization";
import { type Enrolled, enrolled } from "../../provider/roster/enrolled";
import { programText, rosterText, skippedLines } from "../roster-text";

export const init = command({
  usage:
    "--all [FOLDER] [OPTIONS] | --import [FOLDER] [--organization org_…,org_…] [OPTIONS] | --organization org_… [--out roster.yaml] [--program index.ts] [OPTIONS]",
  about: `With --all, writes the whole environment as a Pulumi project into FOLDER, the current one unless given: permissions and
roles, every organization with its people as a roster, groups, settings, applications and everything else that WorkOS
tells. With --organization, writes everybody who has access to it, is suspended or is invited into a roster file, into a
program, or into a roster and a program that reads it. The first run of what is written takes everything over and changes
nothing at WorkOS; what is left out is named, with the reason. With --import, writes import.json for \`pulumi import\`, of
the whole environment or of some organizations, and the program for the native provider that has nothing to change after
it. Reads WORKOS_API_KEY and WORKOS_BASE_URL.`,
  options: {
    all: { type: "boolean", says: "the whole environment" },
    import: { type: "boolean", says: "a file for `pulumi import --file`, and the program that it leads to" },
    yaml: { type: "boolean", says: "with --import: the program in YAML, in Pulumi.yaml" },
    organization: {
      type: "string",
      value: "ID",
      says: "the organization, org_…; with --import, one or several with commas between",
    },
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
      says: "with --all or --import: also what there are more than 500 of, users in no organization and vault objects, and which users are targets of feature flags",
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
    "init --import workos",
    "init --import workos --yaml --organization org_01ABC,org_01DEF",
    "init --organization org_01ABC --out roster.yaml --program index.ts",
    "init --organization org_01ABC --program index.ts --profiles",
    "init --organization org_01ABC > roster.yaml",
  ],
  exits: { done: "done", failed: "failed" },
  async run(given, io, folder): Promise<Outcome> {
    const { all = false, organization, force = false, json = false, profiles = false, everything = false } = given;
    if (given.import) {
      const other = (["all", "out", "program", "profiles"] as const).find((name) => given[name] !== undefined);
      if (other !== undefined) throw new UsageError(whyNotImported[other]);
      const imports = given.yaml ? "yaml" : "typescript";
      const only = organization === undefined ? undefined : idsIn(organization);
      await initEnvironment(folder ?? ".", { profiles, everything, force, json, imports, only }, io);
      return "done";
    }
    if (all) {
      const other = (["organization", "out", "program"] as const).find((name) => given[name] !== undefined);
      if (other !== undefined) throw new UsageError(`init writes --all or one organization: leave out --${other}.`);
      await initEnvironment(folder ?? ".", { profiles, everything, force, json }, io);
      return "done";
    }
    if (folder !== undefined) throw new UsageError(`init writes into a folder with --all: init --all ${folder}.`);
    if (everything) throw new UsageError("--everything goes with --all or --import.");
    if (given.yaml) throw new UsageError("--yaml goes with --import.");
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

/** What `--import` is not given with. */
const whyNotImported = {
  all: "--import writes the whole environment, or the organizations that --organization names: leave out --all.",
  out: "--import writes a folder: leave out --out.",
  program: "--import writes a folder: leave out --program.",
  profiles: "An import takes over who has access, and leaves what people are called to them: leave out --profiles.",
};

function idsIn(list: string): string[] {
  const ids = list.split(",").map((id) => id.trim());
  const wrong = ids.find((id) => !id.startsWith("org_"));
  if (wrong === undefined) return [...new Set(ids)];
  throw new UsageError(`--organization takes ids with commas between, such as org_01ABC,org_01DEF, not "${wrong}".`);
}

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
