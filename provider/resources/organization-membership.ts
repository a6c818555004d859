/**
 * That a user belongs to an organization, with roles. Operations: `UserlandUserOrganizationMembershipsController` in
 * the vendor's specification.
 */
import type { Api, OrganizationMembershipObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { Admitted, HookContext } from "../context";
import { unordered } from "../declare/comparisons";
import { adopt, adopted, fieldsOf } from "../declare/fields";
import { type CreateBody, type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { flag, idOf, oneOf, slug, someOf } from "../declare/shapes";
import {
  accessWords,
  endedOutside,
  everyStatus,
  findMembership,
  givesMore,
  isAdmin,
  noteKeeping,
  rolesChanged,
  rolesOf,
  rolesText,
  sameRoles,
  whereOf,
  whoOf,
} from "../people";
import { oneLine } from "../wording";

const { required, optional, option, output } = fieldsOf<OrganizationMembershipObject>();

const inputs = {
  /** Id of the user (`user_…`). Another one replaces the membership. */
  userId: required(idOf("user_"), { immutable: true }),
  /** Id of the organization (`org_…`). Another one replaces the membership. */
  organizationId: required(idOf("org_"), { immutable: true }),
  /**
   * Slug of the only role. Default: the environment's default role, usually `member`. Excludes `roleSlugs`; left out
   * with it, roles are not managed.
   */
  roleSlug: optional(slug(), { same: (declared, _first, state) => unordered([declared], state.roleSlugs) }),
  /** Slugs of all roles, in any order, where the environment allows several. Excludes `roleSlug`. */
  roleSlugs: optional(someOf(slug(), "role"), { same: unordered, from: rolesOf }),
  /**
   * `active` lets the person in, `inactive` suspends them and keeps their roles. Left out, it is not managed. A
   * pending membership, which waits for an invitation to be accepted, counts as `active` here.
   */
  status: optional(oneOf(["active", "inactive"]), { afterCreate: true, same: sameStatus }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` ends the membership, `deactivate` suspends it and keeps its
   * roles, `retain` leaves it. Default: `delete`, for adopted ones too.
   */
  onDestroy: option(oneOf(["delete", "deactivate", "retain"])),
  /** Allows changing the roles of a membership that a directory sync owns, which may change them back. Default: `false`. */
  allowDirectoryManaged: option(flag()),
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Slug of the first role. */
  roleSlug: output<string>({ from: ({ role }) => role.slug }),
  /** Slugs of all roles. */
  roleSlugs: output<string[]>({ from: rolesOf, otherwise: ({ roleSlug }) => [roleSlug] }),
  /** `active`, `inactive`, or `pending` until the person accepts an invitation. */
  status: output<"active" | "inactive" | "pending">(),
  /** Whether a directory sync owns the membership, in which case the directory decides on roles. */
  directoryManaged: output<boolean>({ otherwise: () => false }),
  /** Name of the organization, as of the last change made or found. */
  organizationName: output<string | undefined>(),
  /** Attributes from the identity provider. */
  customAttributes: output<Record<string, unknown> | undefined>(),
  /** When the membership was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the membership last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const organizationMembership = resourceOf<OrganizationMembershipObject>()({
  kind: "OrganizationMembership",
  noun: "organization membership",
  keys: [["userId", "organizationId"]],
  inputs,
  outputs,
  changesAccess: "everything",
  access: { organization: "organizationId", user: "userId", roles: ["roleSlug", "roleSlugs"] },
  label: ({ userId, organizationId }) => `of ${userId} in ${organizationId}`,
  together: oneKindOfRoles,

  create: ({ api, body }) => api.organizationMemberships.create(body),
  existing: {
    find,
    // Creating over an inactive membership would silently activate it.
    lookFirst: true,
    taken: ["cannot_reactivate_pending_organization_membership", "organization_membership_already_exists"],
    describe: (found) =>
      `${found.status === "pending" ? "pending: it waits for an invitation to be accepted" : found.status}, ${rolesText(rolesOf(found))}`,
    title: (found) => `of ${whoOf(found)} in ${whereOf(found)}`,
    revive,
    became: (found, { roleSlugs }) =>
      sameRoles(rolesOf(found), roleSlugs)
        ? undefined
        : `The roles are changed from ${rolesText(rolesOf(found))} to ${rolesText(roleSlugs)}.`,
  },
  // There was none before the create: what says the same was made by the call whose answer was lost.
  lostAnswer: (values) => ({
    find: async (api) => [await find(api, values)].filter((found) => found !== undefined),
    repeat: "always",
    others: (found) =>
      `Meanwhile somebody else made the membership ${found.id} (${found.status}, ${rolesText(rolesOf(found))}). To take it over, set adopt: "if-exists".`,
  }),
  admits({ userId, organizationId, status }, context, found) {
    // Whoever is found and to be suspended gets nothing; and the user of a run's own has the declared address.
    if (found ? status === "inactive" : context.creates.made(userId)) return undefined;
    const where = found ? whereOf(found) : organizationId;
    return { where, ...addressOf(context, userId, () => Promise.resolve(found)) };
  },
  // Whoever is declared as suspended has had access for a moment only, unless the suspension has failed.
  gain: (found, { status }) =>
    status === "active"
      ? `${whoOf(found)} gains access to ${whereOf(found)} (${rolesText(rolesOf(found))}).`
      : undefined,

  list: {
    group: ({ organizationId }) => organizationId,
    byId: true,
    page: (api, { organizationId }, page) =>
      api.organizationMemberships.list({ ...page, organization_id: organizationId, statuses: [...everyStatus] }),
    embedded: ({ user }) => (user ? { kind: "User", group: "", object: user } : undefined),
  },
  get,
  missing: ({ userId, organizationId, organizationName = organizationId, status }) =>
    status === "pending"
      ? undefined
      : `The membership of ${userId} in ${oneLine(organizationName)} is gone. ${endedOutside}`,
  project: declaredRoles,
  updates: [
    {
      fields: ["roleSlug", "roleSlugs"],
      async send({ api, context, id, body, inputs: declared, state }) {
        const roles = body.role_slugs ?? (body.role_slug === undefined ? [] : [body.role_slug]);
        assertRolesAllowed(state.directoryManaged, declared);
        const ends = declared.status === "inactive" || (declared.status === undefined && state.status === "inactive");
        if (!ends && givesMore(roles, state.roleSlugs, (some) => isAdmin(some, context.guards.settings)))
          await admitMember({ api, context, id, state });
        const now = await context.guards.change(api, membershipOf(id, state), { roles }, () =>
          api.organizationMemberships.update({ id, ...body }),
        );
        // Of what is taken over, the line about that says it.
        const line = context.creates.takenOver.has(id) ? undefined : rolesChanged(state.roleSlugs, now);
        if (line !== undefined) context.messages.say(line);
        return now;
      },
    },
    { fields: ["status"], send: ({ body, ...call }) => (body.status === "inactive" ? suspend(call) : readmit(call)) },
  ],
  delete: end,
});

/** A pending membership becomes active by itself when the invitee accepts; no call could hasten that. */
function sameStatus(declared: "active" | "inactive", actual: unknown): boolean {
  return declared === actual || (declared === "active" && actual === "pending");
}

function oneKindOfRoles({ roleSlug, roleSlugs }: Partial<Values>): Failure<keyof Values>[] {
  return roleSlug !== undefined && roleSlugs !== undefined
    ? [{ property: "roleSlugs", reason: "excludes roleSlug; put the one role into roleSlugs, or leave roleSlugs out" }]
    : [];
}

function find(api: Api, { userId, organizationId }: Pick<Values, "userId" | "organizationId">) {
  return findMembership(api, userId, organizationId);
}

/** By id, and where that is gone by user and organization: somebody may have ended and re-created the membership. */
async function get(api: Api, id: string, state: Outputs): Promise<OrganizationMembershipObject | undefined> {
  const there = await api.organizationMemberships.get({ id }).catch(undefinedIfMissing);
  // An import has no record of whose it was.
  const { userId }: Partial<Outputs> = state;
  return there ?? (userId === undefined ? undefined : find(api, state));
}

/** Creating over an inactive membership activates it with the given roles in one call; a suspension is lifted visibly. */
async function revive(
  existing: OrganizationMembershipObject,
  declared: Values,
  body: CreateBody<typeof inputs>,
  { api, messages }: HookContext,
): Promise<OrganizationMembershipObject> {
  if (existing.status !== "inactive" || declared.status === "inactive") {
    return existing;
  }
  assertRolesAllowed(existing.directory_managed, declared);
  const now = await (body.role_slug === undefined && body.role_slugs === undefined
    ? api.organizationMemberships.reactivate({ id: existing.id })
    : api.organizationMemberships.create(body));
  messages.say(`The suspension of ${whoOf(now)} in ${whereOf(now)} is lifted.`);
  return now;
}

function assertRolesAllowed(directoryManaged: boolean, { allowDirectoryManaged }: Partial<Values>): void {
  if (directoryManaged && allowDirectoryManaged !== true) {
    throw new Error(
      "This membership is managed by a directory sync, which decides on its roles and would change them back. Change the role in the directory, leave roleSlug and roleSlugs out of the program, or set allowDirectoryManaged: true.",
    );
  }
}

interface Call {
  readonly api: Api;
  readonly context: HookContext;
  readonly id: string;
  readonly state: Outputs;
}

const membershipOf = (id: string, { organizationId, status }: Pick<Outputs, "organizationId" | "status">) => ({
  id,
  organizationId,
  active: status === "active",
});

/** Whose address it is now, and by which address the program knows them, where the user is a resource of its own. */
function addressOf(
  { api, replacing }: HookContext,
  userId: string,
  membership: () => Promise<OrganizationMembershipObject | undefined>,
): Pick<Admitted, "declared" | "address"> {
  const declared = replacing.get(userId)?.email;
  return {
    declared: typeof declared === "string" ? declared : undefined,
    address: async () =>
      (await membership())?.user?.email ?? (await api.users.get({ id: userId }).catch(undefinedIfMissing))?.email,
  };
}

/** Looks at who it is by now, unless this run has just done so. */
async function admitMember({ api, context, id, state }: Call): Promise<void> {
  if (context.creates.made(id) || context.creates.takenOver.has(id)) return;
  const { userId, organizationId, organizationName: where = organizationId } = state;
  const look = () => api.organizationMemberships.get({ id }).catch(undefinedIfMissing);
  await context.guards.admit({ where, ...addressOf(context, userId, look) });
}

async function readmit({ api, context, id, state }: Call): Promise<OrganizationMembershipObject | undefined> {
  if (state.status === "pending") return undefined;
  await admitMember({ api, context, id, state });
  const found = await api.organizationMemberships.reactivate({ id });
  context.messages.say(`${whoOf(found)} has access to ${whereOf(found)} again (${rolesText(rolesOf(found))}).`);
  return found;
}

function suspend({ api, context, id, state }: Call): Promise<OrganizationMembershipObject> {
  if (state.status === "pending") {
    throw new Error(
      "This membership is pending: it waits for an invitation to be accepted, and can be neither suspended nor activated before that. Revoke the invitation, or delete the membership, to take it back.",
    );
  }
  const deactivate = async () => {
    const found = await api.organizationMemberships.deactivate({ id });
    context.messages.say(`${whoOf(found)} is suspended in ${whereOf(found)}.`);
    return found;
  };
  // Made active a moment ago, since the vendor's create knows no other way: a refusal would leave them so.
  return context.creates.made(id)
    ? deactivate()
    : context.guards.change(api, membershipOf(id, state), "removed", deactivate);
}

/** Looks first: what is said of somebody's access has to be so. */
async function end(context: HookContext, id: string, state: Outputs): Promise<"gone"> {
  const { api, guards, messages } = context;
  const found = await get(api, id, state);
  if (!found) {
    return "gone";
  }
  const policy = state.onDestroy ?? "delete";
  const [who, where] = [whoOf(found), whereOf(found)];
  const membership = membershipOf(found.id, { ...state, status: found.status });
  if (policy === "retain") {
    if (found.status === "active") noteKeeping(context, [found.organization_id, found.user_id], who);
    messages.say(`${who} ${accessWords[found.status].stays} ${where}: the membership is retained.`);
  } else if (policy === "delete" || found.status === "pending") {
    const deleted = await guards.change(api, membership, "removed", () =>
      ended(api.organizationMemberships.delete({ id: found.id })),
    );
    if (!deleted) return "gone";
    const again = found.directory_managed ? "; the directory sync that manages it may bring it back" : "";
    messages.say(`${who} ${accessWords[found.status].goes} ${where}${again}.`);
  } else if (found.status === "active") {
    const suspended = await guards.change(api, membership, "removed", () =>
      api.organizationMemberships.deactivate({ id: found.id }).catch(undefinedIfMissing),
    );
    if (suspended) messages.say(`${who} is suspended in ${where}: the membership is deactivated.`);
  }
  return "gone";
}

/** Several roles where one was declared can only be reported as a list. */
function declaredRoles(declared: Partial<Values>, { roleSlugs }: Outputs): Partial<Values> {
  if (declared.roleSlug === undefined || roleSlugs.length === 1) {
    return declared;
  }
  const { roleSlug: _single, ...others } = declared;
  return { ...others, roleSlugs };
}
