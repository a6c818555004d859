/**
 * Something that roles and API keys allow, by a name of the program's own. Operations: `AuthorizationPermissionsController`
 * in the vendor's specification, which know a permission by its slug. The resource's id is the vendor's all the same: a
 * slug may be another object's by now, or in another environment.
 */
import type { Api, PermissionObject, RoleObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import { limits } from "../../api/schemas/limits";
import type { HookContext } from "../context";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type Recorded, resourceOf } from "../declare/resource";
import { permissionSlug, text } from "../declare/shapes";
import { organizationsShown, reachText } from "../reach";
import { named } from "../wording";
import { ofOneType } from "./roles";

const { required, optional, output } = fieldsOf<PermissionObject>();

const inputs = {
  /**
   * What roles and API keys call the permission: lowercase letters, digits and `- _ : . *`, at most 48 characters. Another
   * one replaces the permission.
   */
  slug: required(permissionSlug(), { immutable: true }),
  /** Name, as people see it: at most 48 characters. */
  name: required(text({ max: limits.permission.name })),
  /** What it allows: at most 150 characters. */
  description: optional(text({ max: limits.permission.description }), { clear: null }),
  /**
   * Slug of the resource type that the permission is for. Default: `organization`. Another one replaces the permission,
   * and takes it from every role meanwhile.
   */
  resourceTypeSlug: optional(text({ max: limits.permission.resourceTypeSlug }), { immutable: true }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` it, which takes it from every role, or `retain` it. Default:
   * `delete`, and `retain` for what was adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Whether it is one of WorkOS's own, which can be neither changed nor deleted. */
  system: output<boolean>({ otherwise: () => false }),
  /** Slug of the resource type that the permission is for. */
  resourceTypeSlug: output<string>(),
  /** When the permission was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the permission last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Outputs = Recorded<typeof inputs, typeof outputs>;

export const permission = resourceOf<PermissionObject>()({
  kind: "Permission",
  noun: "permission",
  importedBy: ["slug"],
  keys: [["slug"]],
  inputs,
  outputs,
  label: ({ slug }) => slug,

  create: ({ api, body }) => api.permissions.create(body),
  existing: {
    find: findPermission,
    taken: ["permission_slug_conflict"],
    describe: ({ name, system }) => `"${name}"${system ? ", one of WorkOS's own" : ""}`,
    ...ofOneType<PermissionObject>("permission"),
  },
  lostAnswer: (values) => ({
    find: async (api) => [await findPermission(api, values)].filter((found) => found !== undefined),
    repeat: "always",
  }),
  list: { group: () => "", page: (api, _state, page) => api.permissions.list(page) },
  get,
  updates: [{ send: ({ api, body, state }) => api.permissions.update({ ...body, slug: state.slug }) }],
  // Two of one slug cannot be at a time.
  deleteFirst: (replaced) => !replaced.includes("slug"),
  delete: end,
  async explain(error, { api, inputs: { slug } }) {
    if (slug === undefined || !isWorkosError(error) || error.status !== 403) return undefined;
    const found = await findPermission(api, { slug }).catch(() => undefined);
    return found?.system ? `${slug} is one of WorkOS's own: declare its name and description as they are.` : undefined;
  },
});

export function findPermission(api: Api, { slug }: { readonly slug: string }): Promise<PermissionObject | undefined> {
  return api.permissions.get({ slug }).catch(undefinedIfMissing);
}

/** Another one of that slug, another environment's even, must not pass for the one that is recorded. */
async function get(api: Api, id: string, state: Outputs): Promise<PermissionObject | undefined> {
  const found = await findPermission(api, state);
  return found?.id === id ? found : undefined;
}

/** Looks first whether it is the one that was recorded, and who is about to lose it. */
async function end(context: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const { api, guards, messages, reach, replacing } = context;
  const { slug } = state;
  if (isRetained(state)) {
    messages.say(`The permission ${slug} is retained, with the roles that have it.`);
    return "gone";
  }
  if (state.system) {
    throw new Error(
      `The permission ${slug} is one of WorkOS's own and cannot be deleted: set onDestroy: "retain" and run \`pulumi up\` before it is removed.`,
    );
  }
  const [found, roles, reached] = await Promise.all([
    get(api, id, state),
    api.roles.list().catch(() => undefined),
    reach.havingPermission(slug, organizationsShown).catch(() => undefined),
  ]);
  const people = async () =>
    new Map([...(await reach.havingPermission(slug)).people].map(([at, who]) => [at, who.keys()]));
  const loss = { what: `Deleting the permission ${slug}`, people };
  if (!found || !(await guards.lose(context, loss, () => ended(api.permissions.delete({ slug }))))) {
    messages.say(`The permission ${slug} was deleted already.`);
    return "gone";
  }
  const next = replacing.has(id)
    ? " No role has the one in its place yet: `pulumi up --refresh` gives it to those that this program declares with it."
    : "";
  messages.say(
    `The permission ${slug} is deleted: ${whoHad(slug, roles?.data)} may no longer ${slug}${reached && reached.people.size > 0 ? `: ${reachText(reached)}` : ""}.${next}`,
  );
  return "gone";
}

/** Of organizations' own roles there is no list. */
function whoHad(slug: string, roles: readonly RoleObject[] = []): string {
  const known = roles.filter(({ permissions = [] }) => permissions.includes(slug)).map((role) => role.slug);
  const elsewhere = "had it by a role of an organization's own";
  return known.length > 0 ? `whoever has the role ${named(known)}, or ${elsewhere},` : `whoever ${elsewhere}`;
}
