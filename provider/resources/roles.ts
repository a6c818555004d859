/** What the environment's roles, those of organizations, and permissions have in common. */
import type { Api, RoleObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import type { HookContext } from "../context";
import { unknownValue } from "../declare/unknown";
import { organizationsShown, rightsLine } from "../reach";
import { named } from "../wording";

interface PermissionsCall {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly body: { readonly permissions?: readonly string[] };
  readonly state: { readonly permissions: readonly string[] };
  /** Whose role it is. */
  readonly of: OfRole;
}

/** A role of the environment, or of an organization's own. */
export interface OfRole {
  readonly slug: string;
  readonly resourceTypeSlug?: string;
  readonly organizationId?: string;
}

const titleOf = ({ slug, organizationId }: OfRole) =>
  organizationId === undefined ? slug : `${slug} of ${organizationId}`;

/**
 * Sets all permissions of a role at once, and says what that means for whoever has it: nobody has one that this run has
 * made.
 */
export async function setPermissions<V extends RoleObject>(
  { context, id, body: { permissions = [] }, state, of }: PermissionsCall,
  send: (permissions: string[]) => Promise<V>,
): Promise<V> {
  if (context.creates.made(id)) return send([...permissions]);
  const lost = state.permissions.filter((one) => !permissions.includes(one));
  const what = `Taking ${named(lost)} from the role ${titleOf(of)}`;
  const people = async () => (await context.reach.reached([of], { where: of.organizationId })).people;
  const loss = { what, people: async () => new Map([...(await people())].map(([id, who]) => [id, who.keys()])) };
  const write = () => send([...permissions]);
  const now = await (lost.length > 0 ? context.guards.lose(context, loss, write) : write());
  const line = permissionsChanged(titleOf(of), state.permissions, now.permissions);
  if (line !== undefined) context.messages.say(line);
  return now;
}

/**
 * What a plan says of a change of a role's permissions: what everybody who has the role gains and loses by it.
 * @param before the permissions that are recorded, or found; nothing where the role is new.
 */
export async function foreseePermissions(
  { reach }: Pick<HookContext, "reach">,
  of: OfRole,
  before: readonly string[] | undefined,
  declared: unknown,
): Promise<string[]> {
  if (before === undefined || declared === unknownValue || (declared !== undefined && !Array.isArray(declared)))
    return [];
  const wanted = (Array.isArray(declared) ? declared : []).filter((one): one is string => typeof one === "string");
  const after = wanted.filter((one) => one !== unknownValue);
  const more = after.length < wanted.length;
  const rights = {
    gained: after.filter((one) => !before.includes(one)),
    // What is not known yet may be one of those that are there.
    lost: more ? [] : before.filter((one) => !after.includes(one)),
    more,
  };
  if (rights.gained.length + rights.lost.length === 0 && !more) return [];
  const reached = await reach.reached([of], { where: of.organizationId, most: organizationsShown });
  const line = rightsLine(rights, { role: of.slug, organizationId: of.organizationId }, reached);
  return line === undefined ? [] : [line];
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
