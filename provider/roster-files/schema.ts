/** The shape of a roster file. `schema/roster.schema.json`, which editors read, is made of this. */
import { z } from "zod";
import { kindOf } from "../../api/issues";
import * as shapes from "../declare/shapes";
import { limits as vendorLimits } from "../../api/schemas/limits";
import { memberShapes } from "../roster/roster";
import { endOf } from "../roster/expiry";

const limits = vendorLimits.metadata;
const says = (text: string) => ({ error: () => text });

const email = shapes
  .emailAddress()
  .schema(z)
  .meta({ format: "email" })
  .describe("Email address, the person's identity");

const slug = shapes.slug().schema(z);
const roles = memberShapes.roles.schema(z);
const groups = memberShapes.groups.schema(z);

const date = z
  .string(says('must be a day in quotes, like "2027-01-31"'))
  .superRefine((text, context) => {
    try {
      endOf(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  })
  .describe("When access ends: a day (to its end, UTC) or a moment in RFC 3339; in quotes");

const details = {
  roles: roles.optional().describe("Roles besides those of the person's teams"),
  groups: groups.optional().describe("Groups of the organization besides those of the person's teams, by name or id"),
  firstName: memberShapes.firstName
    .schema(z)
    .optional()
    .describe("Given name: set on users that the roster makes, unless it manages profiles"),
  lastName: memberShapes.lastName.schema(z).optional().describe("Family name, likewise"),
  externalId: memberShapes.externalId.schema(z).optional().describe("The person's id in your own system"),
  metadata: memberShapes.metadata
    .schema(z)
    .optional()
    .describe("Your own data about the person; this map is the whole map")
    .meta({
      // What the shape checks in words of its own, for editors.
      maxProperties: limits.keys,
      propertyNames: { type: "string", maxLength: limits.keyLength },
      additionalProperties: { type: "string", maxLength: limits.valueLength },
    }),
  status: memberShapes.status
    .schema(z)
    .optional()
    .describe("inactive suspends the person and keeps their roles. Default: active"),
  via: memberShapes.via
    .schema(z)
    .optional()
    .describe("How the person gets in: at once (the default), or by a mailed invitation"),
  expiresAt: date.optional(),
};

/** What a person, or a team, is in a file, where something else stands. */
const mapLike = (example: string) => ({
  error: ({ code, input }: { code?: string; input?: unknown }) =>
    code === "invalid_type" ? `must be a map, such as ${example}, and is ${kindOf(input)}` : undefined,
});

const person = z.strictObject({ email, ...details });

const team = z.strictObject(
  {
    roles: roles.optional().describe("Roles that everybody in the team has"),
    groups: groups.optional().describe("Groups of the organization that everybody in the team is in, by name or id"),
    owners: z.array(email).optional().describe("Who answers for the team; they are in it"),
    members: z
      .array(z.union([email, person]))
      .optional()
      .describe("Email addresses, or people with more to say of them"),
    teams: z.array(z.string()).optional().describe("Teams whose people are in this one too"),
    expiresAt: date.optional().describe("When everybody's access by this team ends"),
  },
  mapLike("{ roles: [member], members: [ann@example.com] }"),
);

export const rosterFile = z.strictObject({
  $schema: z.string().optional().describe("For editors: where the JSON Schema of this file is"),
  organization: z
    .string()
    .regex(/^org_.+/, says("must be the organization's id, org_…"))
    .optional()
    .describe("Id of the organization (org_…), for the commands; the program says it for itself"),
  roles: z.array(slug).optional().describe("Every role there is; others are mistakes then"),
  groups: z.array(z.string()).optional().describe("Every group there is; others are mistakes then"),
  defaults: z
    .strictObject({ roles: roles.optional().describe("Roles of whoever has none otherwise"), via: details.via })
    .optional()
    .describe("For people of whom nothing else is said"),
  horizonDays: z.int().min(1).optional().describe("How far in the future an expiresAt may lie at most. Default: 366"),
  requiredAdmins: z.array(email).optional().describe("Who must have an admin role"),
  adminRoles: z.array(slug).optional().describe("Roles that make an admin. Default: admin"),
  teams: z.record(z.string(), team).optional().describe("Teams, by name"),
  members: z
    .record(z.string(), z.strictObject(details, mapLike("{ roles: [admin] }")).nullable())
    .optional()
    .describe("People by email address, in a team or in none"),
  alumni: z.array(email).optional().describe("Who has left on purpose; they may be nowhere else"),
});

export type RosterFile = z.output<typeof rosterFile>;
export type FileTeam = z.output<typeof team>;
export type Details = Omit<z.output<typeof person>, "email">;
export const detailNames = Object.keys(details) as (keyof typeof details)[];

/** The schema for editors. */
export function jsonSchema(): object {
  const schema = z.toJSONSchema(rosterFile, { target: "draft-7", unrepresentable: "any" });
  return { ...schema, title: "A roster of pulumi-workos: who has which access to one organization" };
}
