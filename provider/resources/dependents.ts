/** What hangs on a resource that people have roles on: those below it, and the roles on it. */
import type { Api } from "../../api";
import { memberNamed } from "../people";
import { named, plural } from "../wording";

/** A refusal with what hangs on the resource, which the vendor does not name. */
export async function stillUsed(error: Error, api: Api, resource_id: string, organization_id: string): Promise<Error> {
  const [below, given] = await Promise.all([
    api.authorizationResources.list({ organization_id, parent_resource_id: resource_id }).all(),
    api.roleAssignments.listForResource({ resource_id }).all(),
  ]);
  const holders = await Promise.all(
    given.slice(0, 5).map(async ({ organization_membership_id: id = "somebody", role }) => ({
      text: `${await memberNamed(api, id)} has ${role.slug}`,
    })),
  );
  const more = given.slice(5).map(({ role }) => role.slug);
  const parts = [
    ...(below.length > 0
      ? [
          `${plural(below.length, "resource is", "resources are")} below it: ${named(below.map(({ resource_type_slug, external_id }) => `${resource_type_slug} ${external_id}`))}. `,
        ]
      : []),
    ...(given.length > 0
      ? [
          `${plural(given.length, "role is", "roles are")} given on it: ${named([...holders.map(({ text }) => text), ...more])}. `,
        ]
      : []),
  ];
  return new Error(
    `${error.message}\n${parts.join("")}Remove them first, or set cascadeDelete: true (and run \`pulumi up\` once with it) to delete everything below it, with every role on that.`,
    { cause: error },
  );
}
