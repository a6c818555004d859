/** The shape of a roles file. `schema/roles.schema.json`, which editors read, is made of this. */
import { z } from "zod";
import { environmentRole } from "../resources/environment-role";
import { organizationRole } from "../resources/organization-role";
import { permission } from "../resources/permission";

const says = (text: string) => ({ error: () => text });
const mapLike = (example: string) => ({
  error: ({ code }: { code?: string }) => (code === "invalid_type" ? `must be a map, such as ${example}` : undefined),
});

const { name, description, permissions, resourceTypeSlug, adopt } = environmentRole.inputs;
const shared = {
  description: description.shape.schema(z).optional().describe("What it is for"),
  resourceTypeSlug: resourceTypeSlug.shape
    .schema(z)
    .optional()
    .describe("Slug of the resource type that it is for. Default: organization"),
  adopt: adopt.shape
    .schema(z)
    .optional()
    .describe("What to do where it exists already: never (the default) fails, if-exists and require take it over"),
};
const onDestroy = permission.inputs.onDestroy.shape
  .schema(z)
  .optional()
  .describe("What removing it from the file does: delete (the default), or retain");

const permissionName = permission.inputs.name.shape.schema(z);
const role = {
  name: name.shape.schema(z).describe("Name, as people see it"),
  ...shared,
  permissions: permissions.shape
    .schema(z)
    .optional()
    .describe("Slugs of all its permissions. Left out, they are not managed"),
};
const fields = {
  permission: { name: permissionName.describe("Name, as people see it"), ...shared, onDestroy },
  role,
  organizationRole: { ...role, onDestroy },
};

const example = "{ name: Editor, permissions: [posts:write] }";
const onePermission = z.union([
  z.strictObject(fields.permission, says("must be a name, or a map such as { name: Read invoices }")),
  permissionName,
]);
const adoptAll = adopt.shape.schema(z).optional().describe("The same for all in this file that say nothing else");

export const rolesFile = z.strictObject({
  $schema: z.string().optional().describe("For editors: where the JSON Schema of this file is"),
  adopt: adoptAll,
  permissions: z
    .record(z.string(), onePermission, mapLike("{ posts:write: Write posts }"))
    .optional()
    .describe("What roles can allow, by slug: a name, or more than that"),
  roles: z
    .record(z.string(), z.strictObject(fields.role, mapLike(example)), mapLike(`{ editor: ${example} }`))
    .optional()
    .describe("Roles of the environment, by slug"),
  organizations: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.strictObject(fields.organizationRole, mapLike(example)),
        mapLike(`{ org-editor: ${example} }`),
      ),
      mapLike(`{ acme: { org-editor: ${example} } }`),
    )
    .optional()
    .describe("Roles of one organization's own, by its id or the name that the program has for it, and by slug"),
});

/** What slugs may be; said where they stand. */
export const slugs = {
  permissions: permission.inputs.slug.shape.schema(z),
  roles: environmentRole.inputs.slug.shape.schema(z),
  organizations: organizationRole.inputs.slug.shape.schema(z),
};

const topKeys = Object.keys(rolesFile.shape);
/** The keys that there are at a place of a file. */
export function knownAt([top, ...path]: readonly (string | number)[]): readonly string[] {
  if (top === undefined) return topKeys;
  const own = top === "permissions" ? fields.permission : top === "roles" ? fields.role : fields.organizationRole;
  return path.length > 0 ? Object.keys(own) : [];
}

type Of<Fields extends z.ZodRawShape> = z.output<z.ZodObject<Fields>>;
export type FilePermission = Of<typeof fields.permission>;
export type FileRole = Of<typeof fields.role>;
export type FileOrganizationRole = Of<typeof fields.organizationRole>;

/** The schema for editors. */
export function jsonSchema(): object {
  const schema = z.toJSONSchema(rolesFile, { target: "draft-7", unrepresentable: "any" });
  return { ...schema, title: "Roles and permissions of a WorkOS environment, for pulumi-workos" };
}
