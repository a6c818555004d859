/**
 * A role of one organization's own, with its permissions. Operations: `AuthorizationOrganizationRolesController` and
 * `AuthorizationOrganizationRolePermissionsController` in the vendor's specification.
 */
import type { Api, RoleObject } from "../../api";
import { hasCode } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { unordered } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { idOf, listOf, ownSlug, permissionSlug, text } from "../declare/shapes";
import { everyStatus, rolesOf, whoOf } from "../people";
import { named, plural } from "../wording";
import { foreseePermissions, ofOneType, setPermissions, unknownPermission } from "./roles";

/** The vendor's answers do not repeat whose role it is. */
type OrganizationRoleObject = RoleObject & { readonly organization_id: string };

const { required, optional, output } = fieldsOf<OrganizationRoleObject>();

const inputs = {
  /** Id of the organization (`org_…`). Another one replaces the role. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /**
   * What memberships call the role: `org-` and then lowercase letters, digits, `-` and `_`, at most 48 characters.
   * Another one replaces the role.
   */
  slug: required(ownSlug(limits.role.slug), { immutable: true }),
  /** Name, as people see it: at most 48 characters. */
  name: required(text({ max: limits.role.name })),
  /** What the role is for: at most 150 characters. */
  description: optional(text({ max: limits.role.description }), { clear: null }),
  /**
   * Slugs of the permissions, all of them: others are drift and are taken away. Left out, they are not managed. They
   * take effect at once for everybody who has the role.
   */
  permissions: optional(listOf(permissionSlug(), "permission slug"), { clear: [], same: unordered, afterCreate: true }),
  /** Slug of the resource type that the role is for. Default: `organization`. Another one replaces the role. */
  resourceTypeSlug: optional(text({ max: limits.role.resourceTypeSlug }), { immutable: true }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` it, which needs that nobody has it, or `retain` it. Default:
   * `delete`, and `retain` for what was adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Slugs of the permissions. */
  permissions: output<string[]>(),
  /** Slug of the resource type that the role is for. */
  resourceTypeSlug: output<string>(),
  /** When the role was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the role last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Outputs = Recorded<typeof inputs, typeof outputs>;
type Which = Pick<InputValues<typeof inputs>, "organizationId" | "slug">;

export const organizationRole = resourceOf<OrganizationRoleObject>()({
  kind: "OrganizationRole",
  noun: "organization role",
  importedBy: ["organizationId", "slug"],
  keys: [["organizationId", "slug"]],
  inputs,
  outputs,
  role: "slug",
  label: ({ slug: role, organizationId }) => `${role} of ${organizationId}`,

  create: async ({ api, body }) => ofOrganization(body.organization_id, await api.organizationRoles.create(body)),
  existing: {
    find: findOrganizationRole,
    taken: ["organization_role_slug_conflict"],
    describe: ({ name, permissions = [] }) => `"${name}", ${plural(permissions.length, "permission")}`,
    ...ofOneType<OrganizationRoleObject>("organization role"),
  },
  lostAnswer: (values) => ({
    find: async (api) => [await findOrganizationRole(api, values)].filter((found) => found !== undefined),
    repeat: "always",
  }),
  list: {
    group: ({ organizationId }) => organizationId,
    async page(api, { organizationId: organization_id }) {
      const { data } = await api.roles.listForOrganization({ organization_id });
      const own = data.filter(isOwn).map((role) => ofOrganization(organization_id, role));
      return { data: own, list_metadata: { after: null } };
    },
  },
  get: (api, _id, state) => findOrganizationRole(api, state),
  async foreseeReach({ there, inputs: { permissions }, changed }, context) {
    return there && changed("permissions") ? foreseePermissions(context, there, there.permissions, permissions) : [];
  },
  updates: [
    { send: ({ api, body, state }) => changed(state, (which) => api.organizationRoles.update({ ...which, ...body })) },
    {
      fields: ["permissions"],
      send: (call) =>
        setPermissions({ ...call, of: call.state }, (permissions) =>
          changed(call.state, (which) => call.api.organizationRoles.setPermissions({ ...which, permissions })),
        ),
    },
  ],
  // Two of one slug cannot be at a time.
  deleteFirst: (replaced) => !replaced.includes("slug") && !replaced.includes("organizationId"),
  async delete(context, _id, state) {
    const { api, messages } = context;
    if (isRetained(state)) {
      messages.say(`The role ${state.slug} of ${state.organizationId} is retained, with whoever has it.`);
      return "gone";
    }
    const deleted = await ended(api.organizationRoles.delete(whichOf(state))).catch(async (error: unknown) => {
      throw hasCode(error, "role_has_assignments") ? await stillHeld(error, context, state) : error;
    });
    if (deleted) messages.say(`The role ${state.slug} of ${state.organizationId} is deleted; nobody had it any more.`);
    return "gone";
  },
  explain: (error) =>
    hasCode(error, "role_has_group_role_mappings")
      ? "A group gives the role, or a group of a directory is mapped to it: take it from the group (GroupRoleAssignments), or end the mapping in the WorkOS dashboard, first."
      : unknownPermission(error),
});

const whichOf = ({ organizationId, slug: role }: Which) => ({ organization_id: organizationId, slug: role });

const ofOrganization = (organization_id: string, role: RoleObject): OrganizationRoleObject => ({
  ...role,
  organization_id,
});

/** The environment's roles are found among an organization's too, and are not ours to change. */
const isOwn = ({ type }: RoleObject) => type === "OrganizationRole";

export async function findOrganizationRole(api: Api, which: Which): Promise<OrganizationRoleObject | undefined> {
  const found = await api.organizationRoles.get(whichOf(which)).catch(undefinedIfMissing);
  return found && isOwn(found) ? ofOrganization(which.organizationId, found) : undefined;
}

const changed = async (state: Outputs, send: (which: ReturnType<typeof whichOf>) => Promise<RoleObject>) =>
  ofOrganization(state.organizationId, await send(whichOf(state)));

/** Who has the role, whom the vendor does not name. */
async function stillHeld(error: Error, { api }: HookContext, state: Outputs): Promise<Error> {
  const { organizationId: organization_id, slug: role } = state;
  const holders: string[] = [];
  for await (const member of api.organizationMemberships.list({ organization_id, statuses: [...everyStatus] })) {
    if (rolesOf(member).includes(role)) holders.push(whoOf(member));
  }
  const who =
    holders.length > 0 ? `${plural(holders.length, "person has", "people have")} it: ${named(holders)}. ` : "";
  return new Error(`${error.message}\n${who}Give them another role first, or keep this one with onDestroy: "retain".`, {
    cause: error,
  });
}
