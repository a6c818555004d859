import { existsSync, readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { counted, named, plural } from "../../provider/wording";
import { enrolled } from "../../provider/roster/enrolled";
import { command, pathIn, UsageError, type Outcome } from "../command";
import { installCommand, type PackageManager } from "../doctor/package-manager";
import { initEnvironment } from "../environment";
import type { Io } from "../io";
import { type NewProject, rosterFiles, sampleProgram, surroundings, type Template, type Workflows } from "../new/files";
import { setConfig } from "../new/settings";
import { dashed } from "../program/names";
import { writeFiles } from "../program/write-files";
import { liveOrganization, reading } from "../read-organization";
import { programText, rosterText, skippedLines } from "../roster-text";

const templates = ["program", "rosters"] as const satisfies readonly Template[];
const workflowKinds = ["none", "github", "gitlab"] as const satisfies readonly Workflows[];
const managers = ["npm", "pnpm", "yarn", "bun"] as const satisfies readonly PackageManager[];

export const newProject = command({
  usage: "[FOLDER] [OPTIONS]",
  about: `Makes a project in a new folder: a program, or rosters (who may do what, one line a person), from nothing or from a live
organization, with or without workflows that turn a pull request into a change of access. Asks for what is not given where
there is a terminal. With a key (WORKOS_API_KEY, or asked for) it lists the organizations, makes the stack and keeps the
key in it, encrypted; without one, npm start in the project runs it against a local AuthKit.`,
  options: {
    template: { type: "string", value: "WHAT", says: "program or rosters. Default: program" },
    organization: {
      type: "string",
      value: "ID",
      says: "a live organization (org_…) to begin with. Default: from nothing",
    },
    all: { type: "boolean", says: "begin with the whole environment, as init --all does; a program" },
    workflows: { type: "string", value: "WHERE", says: "github, gitlab or none, for rosters. Default: none" },
    "package-manager": {
      type: "string",
      value: "NAME",
      says: "npm, pnpm, yarn or bun. Default: the one that runs this",
    },
    stack: { type: "string", value: "NAME", says: "the stack. Default: dev; of rosters the organization's name" },
    "no-config": { type: "boolean", says: "make no stack, and keep no key" },
    yes: { type: "boolean", says: "ask nothing" },
  },
  operand: true,
  examples: [
    "new",
    "new access --template rosters --workflows github --yes",
    "new access --template rosters --organization org_01ABC",
    "new workos --all --package-manager pnpm",
  ],
  exits: { done: "done", failed: "failed" },
  async run(given, io, folder): Promise<Outcome> {
    const wanted = {
      template: oneOf("template", templates, given.template),
      workflows: oneOf("workflows", workflowKinds, given.workflows),
      manager: oneOf("package-manager", managers, given["package-manager"]),
    };
    if (given.all && given.organization !== undefined)
      throw new UsageError("new begins with --all or with one organization: leave out --organization.");
    if (given.all && wanted.template === "rosters")
      throw new UsageError("--all writes a program: leave out --template rosters.");
    const asked = given.yes ? undefined : io.questions;
    if (folder === undefined && !asked) throw new UsageError("new needs a folder: new access.");
    const place = folder ?? (await asked?.text("Folder of the new project", "access", (name) => taken(name, io))) ?? "";
    const problem = taken(place, io);
    if (problem !== undefined) throw new Error(`${place} ${problem}; give another folder.`);

    const template: Template =
      wanted.template ??
      (given.all
        ? "program"
        : await asked?.choose("What is to be in it?", [
            { value: "program", label: "A program", hint: "resources in TypeScript" },
            { value: "rosters", label: "Rosters", hint: "who may do what, one line a person, changed by pull request" },
          ])) ??
      "program";
    const apiKey =
      io.env.WORKOS_API_KEY ??
      (await asked?.secret("API key of the environment (none: a local AuthKit on this machine)")) ??
      "";
    const live: Io = { ...io, env: { ...io.env, WORKOS_API_KEY: apiKey } };
    const from = await beginning(given, template, apiKey === "" ? undefined : live, asked);
    const workflows: Workflows =
      template === "program"
        ? "none"
        : (wanted.workflows ??
          (await asked?.choose("Workflows for pull requests?", [
            { value: "none", label: "None" },
            { value: "github", label: "GitHub" },
            { value: "gitlab", label: "GitLab" },
          ])) ??
          "none");
    if (template === "program" && (wanted.workflows ?? "none") !== "none")
      throw new UsageError("--workflows are for rosters: add --template rosters.");
    const manager = wanted.manager ?? runningManager(io);
    // The workflows install by npm, and so does whoever works on them.
    if (workflows !== "none" && manager !== "npm")
      throw new UsageError(`The workflows install by npm: leave out --package-manager ${manager}.`);
    const organization = from.organization;
    const people = organization === undefined ? undefined : await liveOrganization(organization, live);
    const stack =
      given.stack ?? (template === "rosters" ? (people ? dashed(people.where, "organization") : "acme") : "dev");
    if (!/^[\w.-]+$/.test(stack))
      throw new UsageError(`--stack ${stack}: letters, digits, dots, dashes and underscores.`);

    const target = resolve(pathIn(io, place));
    const project: NewProject = { folder: basename(target), template, workflows, manager, stack };
    const enrolment = people && enrolled(people);
    const roster = people && enrolment && rosterText(organization ?? "", people.where, enrolment);
    const own =
      template === "rosters"
        ? rosterFiles(project, roster)
        : new Map(
            from.all
              ? []
              : [
                  [
                    "index.ts",
                    enrolment
                      ? programText({ organization: organization ?? "", profiles: false }, enrolment)
                      : sampleProgram,
                  ],
                ],
          );
    const files = new Map([...surroundings(project), ...own]);
    writeFiles(target, files);
    io.err(`Wrote ${plural(files.size, "file")} to ${place}.`);
    if (enrolment) for (const line of skippedLines(enrolment)) io.err(line);
    if (from.all) {
      await initEnvironment(place, { profiles: false, everything: false, force: false, json: false }, live);
    }
    const isSet = apiKey !== "" && given["no-config"] !== true;
    const settings = { apiKey, baseUrl: io.env.WORKOS_BASE_URL };
    const why = isSet ? await setConfig(target, stack, settings, io) : undefined;
    if (isSet && why === undefined) io.err(`The stack ${stack} is there, and has the key, encrypted.`);
    if (why !== undefined) {
      io.err(
        `The stack ${stack} could not be made: ${why}. Do it by hand: pulumi stack init ${stack}, pulumi config set --secret workos:apiKey.`,
      );
    }
    io.err(`Next: cd ${place} && ${installCommand(manager)} && ${manager} start`);
    return "done";
  },
});

function oneOf<T extends string>(option: string, known: readonly T[], value: string | undefined): T | undefined {
  const found = known.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw new UsageError(`--${option} is one of ${named(known)}, not ${value}.`);
}

/** Why the folder may not be written. */
function taken(folder: string, io: Io): string | undefined {
  const path = resolve(pathIn(io, folder));
  if (!existsSync(path)) return undefined;
  try {
    const there = readdirSync(path).filter((name) => name !== ".git");
    return there.length === 0 ? undefined : `has files in it already (${named(there.slice(0, 3))})`;
  } catch {
    return "is no folder";
  }
}

interface Beginning {
  readonly organization?: string;
  readonly all?: boolean;
}

/** What there is to begin with; nothing without a key. */
async function beginning(
  { organization, all }: Beginning,
  template: Template,
  io: Io | undefined,
  asked: Io["questions"],
): Promise<Beginning> {
  if (organization !== undefined || all) {
    if (!io) throw new Error("To begin with what is there takes a key: set WORKOS_API_KEY.");
    return { organization, all };
  }
  if (!io || !asked) return {};
  const there = await reading(io, "organizations", (api) => api.organizations.list().all());
  const shown = there.slice(0, 50);
  const more = there.length > shown.length ? ` (${counted(there.length - shown.length)} more by --organization)` : "";
  const answer = await asked.choose(`Begin with what is there?${more}`, [
    { value: "", label: "No, from nothing" },
    ...(template === "program" ? [{ value: "all", label: "The whole environment" }] : []),
    ...shown.map(({ id, name }) => ({ value: id, label: name, hint: id })),
  ]);
  if (answer === "all") return { all: true };
  return answer === "" ? {} : { organization: answer };
}

/** Package managers say who they are to what they run. */
function runningManager({ env }: Io): PackageManager {
  const [, name] = /^(\w+)\//.exec(env.npm_config_user_agent ?? "") ?? [];
  return managers.find((one) => one === name) ?? "npm";
}
