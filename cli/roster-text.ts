/** A live organization as a roster file, and as a program. */
import { stringify } from "yaml";
import type { Live, Person } from "../provider/roster/current-people";
import { foldAddress, isAddress } from "../provider/declare/address";
import type { Member } from "../provider/roster/roster";
import { counted, named } from "../provider/wording";
import { isEmpty } from "./program/source-text";

/** Who has something that a roster could keep, in the order of addresses. */
export interface Enrolled {
  readonly members: readonly (readonly [email: string, member: Member])[];
  /** Who is not in the roster, as where their invitation has run out: putting them in would mail them again. */
  readonly skipped: readonly { readonly email: string; readonly reason: string }[];
  /** Whom a directory sync manages: they are in the roster, which leaves them alone. */
  readonly directoryManaged: readonly string[];
}

export function enrolled({ people }: Live): Enrolled {
  const all = [...people].sort((one, other) => (foldAddress(one.email) < foldAddress(other.email) ? -1 : 1));
  return {
    members: all.flatMap((person) => (whyNot(person) ? [] : [[person.email, memberOf(person)] as const])),
    skipped: all.flatMap((person) => {
      const reason = whyNot(person);
      return reason === undefined ? [] : [{ email: person.email, reason }];
    }),
    directoryManaged: all.filter(({ directoryManaged }) => directoryManaged).map(({ email }) => email),
  };
}

function whyNot({ email, status }: Person): string | undefined {
  if (status === "stale") return "three invitations were not answered";
  if (status === "expired") return "the invitation has expired";
  // One of them would make the whole roster unusable.
  return isAddress(email) ? undefined : "what they have for an address is none that a roster can hold";
}

function memberOf({ status, roles, profile = {} }: Person): Member {
  return {
    ...(roles.length > 0 ? { roles } : {}),
    ...(status === "inactive" ? { status } : {}),
    ...(status === "pending" ? { via: "invitation" } : {}),
    ...Object.fromEntries(Object.entries(profile).filter(([, value]) => !isEmpty(value))),
  };
}

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
