import { existsSync, writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { type Live, type Person } from "../../provider/roster/live";
import { type Command, parsed, processIo, UsageError } from "../command";
import { liveOrganization } from "../live";

export const init: Command = {
  name: "init",
  summary: "Write a roster, and a program, from a live organization",
  help: `Usage: pulumi-workos init --organization org_… [--out roster.yaml] [--program index.ts] [--force]

Writes everybody who has access, is suspended or is invited into a roster file, and a Pulumi program that manages them.
Applying it right away changes nothing at WorkOS. Reads WORKOS_API_KEY and WORKOS_BASE_URL.

Options:
  --organization ID   the organization, org_…
  --out FILE          where the roster goes. Default: standard output
  --program FILE      where a program goes that reads the roster
  --force             overwrite files that exist

Examples:
  pulumi-workos init --organization org_01ABC --out roster.yaml --program index.ts

Exit codes: 0 done, 1 failed, 64 wrong usage.`,
  async run(args, io = processIo) {
    const { values } = parsed(args, {
      organization: { type: "string" },
      out: { type: "string" },
      program: { type: "string" },
      force: { type: "boolean" },
    });
    const { organization, out, program, force } = values;
    if (organization === undefined) throw new UsageError("init needs --organization org_….");
    const write = (file: string, text: string) => {
      if (existsSync(file) && !force) throw new Error(`${file} exists already; give another name, or --force.`);
      writeFileSync(file, text);
      io.err(`Wrote ${file}.`);
    };
    const live = await liveOrganization(organization);
    const roster = rosterText(organization, live);
    if (out === undefined) io.out(roster);
    else write(out, roster);
    if (program !== undefined) write(program, programText(organization, out ?? "roster.yaml"));
    return 0;
  },
};

export function rosterText(organization: string, live: Live): string {
  const people = [...live.people].sort((one, other) => (one.email < other.email ? -1 : 1));
  const members = people.flatMap((person) => {
    const said = entryOf(person);
    return said ? [[person.email, said] as const] : [];
  });
  const schema = "# yaml-language-server: $schema=node_modules/pulumi-workos/schema/roster.schema.json";
  // Roles on one line each: a diff of the file then is one line a person.
  const lines = members.map(([email, said]) => `  ${stringify(email).trim()}: ${inline(said)}`);
  const head = [schema, `# ${live.where.replaceAll("\n", " ")}`, `organization: ${organization}`];
  return [...head, lines.length > 0 ? "members:" : "members: {}", ...lines, ""].join("\n");
}

const inline = (value: object) => stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();

/** Whoever's invitation ran out has nothing that a roster could keep. */
function entryOf({ status, roles, invitationId, membershipId }: Person): object | undefined {
  if (status === "expired" || status === "stale") return undefined;
  const invited = status === "pending" && (invitationId !== undefined || membershipId !== undefined);
  return {
    ...(roles.length > 0 ? { roles } : {}),
    ...(status === "inactive" ? { status } : {}),
    ...(invited ? { via: "invitation" } : {}),
  };
}

function programText(organization: string, roster: string): string {
  return `import * as workos from "pulumi-workos";

const roster = workos.loadRoster(${JSON.stringify(roster)});

new workos.OrganizationRoster("people", {
  organizationId: ${JSON.stringify(organization)},
  members: roster.members,
  guards: { requiredAdmins: [...roster.requiredAdmins] },
});
`;
}
