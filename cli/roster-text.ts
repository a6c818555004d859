/** A live organization as a roster file, and as a program. */
import { stringify } from "yaml";
import type { Enrolled } from "../provider/roster/enrolled";
import { counted, named } from "../provider/wording";

export function rosterText(organization: string, where: string, { members }: Enrolled): string {
  const schema = "# yaml-language-server: $schema=node_modules/pulumi-workos/schema/roster.schema.json";
  // One line a person: a diff of the file then is one line a person.
  const lines = members.map(([email, said]) => `  ${stringify(email).trim()}: ${inline(said)}`);
  const head = [schema, `# ${where.replace(/\s+/g, " ")}`, `organization: ${organization}`];
  return [...head, lines.length > 0 ? "members:" : "members: {}", ...lines, ""].join("\n");
}

const inline = (value: object) => stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();

/** Whom a roster leaves out, or leaves alone, in sentences. */
export function* skippedLines({
  skipped,
  directoryManaged,
}: Pick<Enrolled, "skipped" | "directoryManaged">): Generator<string> {
  for (const reason of new Set(skipped.map((one) => one.reason))) {
    const names = skipped.filter((one) => one.reason === reason).map(({ email }) => email);
    yield `Left out ${counted(names.length)}, since ${reason}: ${named(names)}.`;
  }
  if (directoryManaged.length > 0) {
    yield `A directory sync decides on ${counted(directoryManaged.length)} of them, whom the roster leaves alone: ${named(directoryManaged)}.`;
  }
}

export interface ProgramOptions {
  readonly organization: string;
  /** Path of the roster file that the program reads; without one the people stand in the program itself. */
  readonly roster?: string;
  readonly profiles: boolean;
}

export function programText({ organization, roster, profiles }: ProgramOptions, { members }: Enrolled): string {
  const said = members.map(([email, member]) => `    ${JSON.stringify(email)}: ${JSON.stringify(member)},`);
  return [
    `import * as workos from "pulumi-workos";`,
    "",
    ...(roster === undefined ? [] : [`const roster = workos.loadRoster(${JSON.stringify(roster)});`, ""]),
    `new workos.OrganizationRoster("people", {`,
    `  organizationId: ${JSON.stringify(organization)},`,
    ...(roster === undefined ? ["  members: {", ...said, "  },"] : ["  members: roster.members,"]),
    ...(profiles ? ["  manageProfiles: true,"] : []),
    ...(roster === undefined ? [] : ["  guards: { requiredAdmins: [...roster.requiredAdmins] },"]),
    "});",
    "",
  ].join("\n");
}
