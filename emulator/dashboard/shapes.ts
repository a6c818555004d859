/** What objects must be like that come from a file: as the API shows them. */
import { type z } from "zod";
import * as shapes from "../../api/schemas";
import { ApiError } from "../errors";
import { textOf } from "./kinds";
import { type listings } from "./objects";

/** By the slugs of the table; of the other kinds, an object that breaks its list is refused. */
const shapeOf: Readonly<Record<string, z.ZodType>> = {
  users: shapes.user,
  organizations: shapes.organization,
  memberships: shapes.organizationMembership,
  invitations: shapes.invitation,
  sessions: shapes.session,
  factors: shapes.factor,
  domains: shapes.organizationDomain,
  permissions: shapes.permission,
  groups: shapes.group,
  webhooks: shapes.webhookEndpoint,
  flags: shapes.featureFlag,
  connections: shapes.connection,
  directories: shapes.directory,
  "directory-users": shapes.directoryUser,
  "directory-groups": shapes.directoryGroup,
  "redirect-uris": shapes.redirectUri,
  "cors-origins": shapes.corsOrigin,
  applications: shapes.connectApplication,
};

/** @throws ApiError that names the first object that is none of its kind. */
export function checkShapes(kinds: ReturnType<typeof listings>): void {
  for (const [slug, listing] of kinds) {
    if (slug === "requests" || slug === "events") continue;
    const shape = shapeOf[slug];
    for (const object of listing.all()) {
      const issue = shape?.safeParse(object).error?.issues[0];
      if (issue === undefined) continue;
      const field = issue.path.map(String).join(".");
      throw new ApiError(422, { message: `content: ${textOf(object.id).slice(0, 100)}: ${field}: ${issue.message}` });
    }
  }
}
