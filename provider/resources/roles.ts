/** What the environment's roles, those of organizations, and permissions have in common. */
import type { Api, RoleObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import type { HookContext } from "../context";
import { named } from "../wording";

interface PermissionsCall {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly body: { readonly permissions?: readonly string[] };
  readonly state: { readonly permissions: readonly string[] };
}

/**
 * Sets all permissions of a role at once, and says what that means for whoever has it: nobody has one that this run has
 * made.
 * @param role as a message calls it: `editor`.
 */
export async function setPermissions<V extends RoleObject>(
  { context, id, body, state }: PermissionsCall,
  role: string,
  send: (permissions: string[]) => Promise<V>,
): Promise<V> {
  const now = await send([...(body.permissions ?? [])]);
  const line = context.creates.made(id) ? undefined : permissionsChanged(role, state.permissions, now.permissions);
  if (line !== undefined) context.messages.say(line);
  return now;
}

function permissionsChanged(
  role: string,
  before: readonly string[],
  after: readonly string[] = [],
): string | undefined {
  const gained = after.filter((permission) => !before.includes(permission));
  const lost = before.filter((permission) => !after.includes(permission));
  const parts = [
    ...(gained.length > 0 ? [`may ${named(gained)} now`] : []),
    ...(lost.length > 0 ? [`may no longer ${named(lost)}`] : []),
  ];
  return parts.length > 0 ? `Whoever has the role ${role} ${parts.join(" and ")}.` : undefined;
}

interface Typed {
  readonly slug: string;
  readonly resource_type_slug?: string;
}

interface Declared {
  readonly resourceTypeSlug?: string;
}

/** What is there under a slug stays what it is for: the vendor changes that of none. */
export function ofOneType<V extends Typed>(noun: string) {
  const another = ({ slug, resource_type_slug: is }: V, { resourceTypeSlug: wanted }: Declared) =>
    wanted === undefined || is === undefined || wanted === is
      ? undefined
      : `The ${noun} ${slug} exists already, for the resource type ${is}, and WorkOS cannot make it one for ${wanted}. Declare another slug, or resourceTypeSlug: "${is}".`;
  return {
    another,
    revive(found: V, declared: Declared): Promise<V> {
      const problem = another(found, declared);
      return problem === undefined ? Promise.resolve(found) : Promise.reject(new Error(problem));
    },
  };
}

/** What the vendor answers where a permission has to exist, and does not, is not that there is no such role. */
export const unknownPermission = (error: unknown): string | undefined =>
  isWorkosError(error) && ["not_found", "invalid"].includes(error.kind) && / → .*permission/i.test(error.message)
    ? "Where a permission is missing: declare it as a Permission, and name it by its slug output, so that it is made first."
    : undefined;
