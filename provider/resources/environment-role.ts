/**
 * A role of the environment, which people in any of its organizations can have. Operations: `AuthorizationRolesController`
 * and `AuthorizationRolePermissionsController` in the vendor's specification, which has none that deletes one.
 */
import type { Api, RoleObject } from "../../api";
import { undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import { unordered } from "../declare/comparisons";
import { adopt, adopted, fieldsOf } from "../declare/fields";
import { mustRetain, onDestroyRetain } from "../declare/no-delete";
import { resourceOf } from "../declare/resource";
import { listOf, permissionSlug, slug, text } from "../declare/shapes";
import { named, plural } from "../wording";
import { foreseePermissions, ofOneType, setPermissions, unknownPermission } from "./roles";

const { required, optional, output } = fieldsOf<RoleObject>();

const inputs = {
  /**
   * What memberships call the role, such as `admin` or `member`, which every environment has from the start: at most 48
   * characters. Another one replaces the role, and leaves the former as it is.
   */
  slug: required(slug({ max: limits.role.slug }), { immutable: true }),
  /** Name, as people see it: at most 48 characters. */
  name: required(text({ max: limits.role.name })),
  /** What the role is for: at most 150 characters. */
  description: optional(text({ max: limits.role.description }), { clear: null }),
  /**
   * Slugs of the permissions, all of them: others are drift and are taken away. Left out, they are not managed. They
   * take effect at once for everybody who has the role, in every organization.
   */
  permissions: optional(listOf(permissionSlug(), "permission slug"), {
    clear: [],
    same: unordered,
    afterCreate: true,
  }),
  /**
   * Slug of the resource type that the role is for. Default: `organization`. Another one needs another `slug` as well,
   * since WorkOS can neither change nor delete the role that is there.
   */
  resourceTypeSlug: optional(text({ max: limits.role.resourceTypeSlug }), { immutable: true }),
  /**
   * What to do when the object exists already, as `admin` and `member` do. `never`, the default: fail and name it.
   * `if-exists`: take it over and bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: always `retain` it, since WorkOS has no operation that deletes one. Has to be
   * given where `adopt` is not.
   */
  onDestroy: onDestroyRetain,
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

export const environmentRole = resourceOf<RoleObject>()({
  kind: "EnvironmentRole",
  noun: "environment role",
  importedBy: ["slug"],
  keys: [["slug"]],
  inputs,
  outputs,
  role: "slug",
  label: ({ slug: role }) => role,
  together: mustRetain,

  create: ({ api, body }) => api.roles.create(body),
  existing: {
    find,
    taken: ["role_slug_conflict"],
    describe: ({ name, permissions = [] }) => `"${name}", ${plural(permissions.length, "permission")}`,
    ...ofOneType<RoleObject>("environment role"),
  },
  lostAnswer: (values) => ({
    find: async (api) => [await find(api, values)].filter((found) => found !== undefined),
    repeat: "always",
  }),
  list: {
    group: () => "",
    page: async (api) => ({ ...(await api.roles.list()), list_metadata: { after: null } }),
  },
  async get(api, id, state) {
    const found = await find(api, state);
    // Every environment has roles of some names: another's must not pass for the one that is recorded.
    return found?.id === id ? found : undefined;
  },
  async foreseeReach({ there, inputs: { permissions }, changed }, context) {
    return there && changed("permissions") ? foreseePermissions(context, there, there.permissions, permissions) : [];
  },
  updates: [
    { send: ({ api, body, state }) => api.roles.update({ ...body, slug: state.slug }) },
    {
      fields: ["permissions"],
      send: (call) =>
        setPermissions({ ...call, of: call.state }, (permissions) =>
          call.api.roles.setPermissions({ slug: call.state.slug, permissions }),
        ),
    },
  ],
  delete({ messages }, _id, { slug: role, permissions }) {
    const may = permissions.length > 0 ? ` and may ${named(permissions)}` : "";
    messages.say(
      `The environment role ${role} stays: whoever has it keeps it${may}. Only the WorkOS dashboard deletes one.`,
    );
    return Promise.resolve("gone");
  },
  explain: unknownPermission,
});

function find(api: Api, { slug: role }: { readonly slug: string }): Promise<RoleObject | undefined> {
  return api.roles.get({ slug: role }).catch(undefinedIfMissing);
}
