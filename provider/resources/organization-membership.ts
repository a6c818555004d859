/**
 * That a user belongs to an organization, with roles. Operations: `UserlandUserOrganizationMembershipsController` in
 * the vendor's specification.
 */
import type { Api } from "../../api";
import type { Context } from "../lifecycle/context";
import { whereOf, whoOf } from "../people";
import type { EndpointInput } from "../../api/endpoint";
import { undefinedIfMissing } from "../../api/http/missing";
import type {
  createOrganizationMembership,
  updateOrganizationMembership,
} from "../../api/endpoints/organization-memberships";
import type { OrganizationMembershipObject } from "../../api/schemas";
import { adopt, adopted } from "./adoption";
import { unordered } from "../declare/comparisons";
import {
  type Failure,
  type Inputs,
  option,
  optional,
  output,
  type Recovered,
  type RemoteObject,
  type Recovery,
  type RemoteUpdate,
  required,
  resource,
  type State,
} from "../declare/resource";
import { flag, idOf, oneOf, slug, someOf } from "../declare/shapes";

export const organizationMembership = resource({
  kind: "OrganizationMembership",
  noun: "organization membership",
  keys: [["userId", "organizationId"]],
  inputs: {
    /** Id of the user (`user_…`). Another one replaces the membership. */
    userId: required(idOf("user_"), { immutable: true }),
    /** Id of the organization (`org_…`). Another one replaces the membership. */
    organizationId: required(idOf("org_"), { immutable: true }),
    /**
     * Slug of the only role. Default: the environment's default role, usually `member`. Excludes `roleSlugs`; left out
     * with it, roles are not managed.
     */
    roleSlug: optional(slug(), { actual: allRoles, same: (declared, actual) => unordered([declared], actual) }),
    /** Slugs of all roles, in any order, where the environment allows several. Excludes `roleSlug`. */
    roleSlugs: optional(someOf(slug(), "role"), {
      same: unordered,
      from: (found) => roleSlugsOf(found as unknown as OrganizationMembershipObject),
    }),
    /**
     * `active` lets the person in, `inactive` suspends them and keeps their roles. Left out, it is not managed. A
     * pending membership, which waits for an invitation to be accepted, counts as `active` here.
     */
    status: optional(oneOf(["active", "inactive"]), { option: true, afterCreate: true, same: sameStatus }),
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
  },
  outputs: {
    /** Whether the object existed before and was taken over. */
    adopted,
    /** Slug of the first role. */
    roleSlug: output<string>({ from: (found) => (found.role as { slug: string }).slug }),
    /** Slugs of all roles. */
    roleSlugs: output<string[]>({ from: (found) => roleSlugsOf(found as unknown as OrganizationMembershipObject) }),
    /** `active`, `inactive`, or `pending` until the person accepts an invitation. */
    status: output<"active" | "inactive" | "pending">(),
    /** Whether a directory sync owns the membership, in which case the directory decides on roles. */
    directoryManaged: output<boolean>(),
    /** Name of the organization, as of the last change made or found. */
    organizationName: output<string | undefined>(),
    /** Attributes from the identity provider. */
    customAttributes: output<Record<string, unknown> | undefined>(),
    /** When the membership was created (RFC 3339). */
    createdAt: output<string>(),
    /** When the membership last changed (RFC 3339), as of the last change made or found. */
    updatedAt: output<string>({ volatile: true }),
  },
  label: (values) => `of ${String(values.userId)} in ${String(values.organizationId)}`,
  together: oneKindOfRoles,
  remote: {
    find,
    // Creating over an inactive membership would silently activate it.
    findFirst: true,
    taken: ["cannot_reactivate_pending_organization_membership", "organization_membership_already_exists"],
    describe: (found) =>
      `${found.status === "pending" ? "pending: it waits for an invitation to be accepted" : found.status}, ${rolesText(found)}`,
    title: (found) => `of ${whoOf(found)} in ${whereOf(found)}`,
    revive,
    create: (api, body: EndpointInput<typeof createOrganizationMembership>): Promise<OrganizationMembershipObject> =>
      api.organizationMemberships.create(body),
    recover,
    list: {
      group: (state) => state.organizationId as string,
      page: (api, state, page) =>
        api.organizationMemberships.list({
          ...page,
          organization_id: state.organizationId as string,
          statuses: ["active", "inactive", "pending"],
        }),
      embedded: ({ user }) => (user ? { group: "User ", object: user as RemoteObject } : undefined),
    },
    get,
    update,
    delete: end,
  },
  gain: (found) =>
    found.status === "active" ? `${whoOf(found)} gains access to ${whereOf(found)} (${rolesText(found)}).` : undefined,
  project: declaredRoles,
});

type Roles = Omit<EndpointInput<typeof updateOrganizationMembership>, "id">;

function allRoles(state: State): unknown {
  return state.roleSlugs;
}

function roleSlugsOf({ role, roles }: Pick<OrganizationMembershipObject, "role" | "roles">): string[] {
  return (roles ?? [role]).map(({ slug: roleSlug }) => roleSlug);
}

/** A pending membership becomes active by itself when the invitee accepts; no call could hasten that. */
function sameStatus(declared: "active" | "inactive", actual: unknown): boolean {
  return declared === actual || (declared === "active" && actual === "pending");
}

function oneKindOfRoles(inputs: Inputs): Failure[] {
  return inputs.roleSlug !== undefined && inputs.roleSlugs !== undefined
    ? [{ property: "roleSlugs", reason: "excludes roleSlug; put the one role into roleSlugs, or leave roleSlugs out" }]
    : [];
}

/** The lists answer only active memberships unless all statuses are asked for. */
async function find(api: Api, inputs: Inputs): Promise<OrganizationMembershipObject | undefined> {
  const page = await api.organizationMemberships
    .list({
      user_id: String(inputs.userId),
      organization_id: String(inputs.organizationId),
      statuses: ["active", "inactive", "pending"],
      limit: 100,
    })
    // Where the user or the organization is gone, so is the membership.
    .catch(undefinedIfMissing);
  return page?.data[0];
}

/** There was none before the create: what says the same was made by the call whose answer was lost. */
async function recover({
  api,
  inputs,
  ours,
}: Recovery<OrganizationMembershipObject>): Promise<Recovered<OrganizationMembershipObject>> {
  const found = await find(api, inputs);
  if (!found) {
    return "repeat";
  }
  return (
    (await ours([found]))[0] ?? {
      unsure: `Meanwhile somebody else made the membership ${found.id} (${found.status}, ${rolesText(found)}). To take it over, set adopt: "if-exists".`,
    }
  );
}

/** By id, and where that is gone by user and organization: somebody may have ended and re-created the membership. */
async function get(api: Api, id: string, state: State): Promise<OrganizationMembershipObject | undefined> {
  return (await api.organizationMemberships.get({ id }).catch(undefinedIfMissing)) ?? find(api, state);
}

/** Creating over an inactive membership activates it with the given roles in one call; a suspension is lifted visibly. */
async function revive(
  existing: OrganizationMembershipObject,
  inputs: Inputs,
  body: EndpointInput<typeof createOrganizationMembership>,
  { api, messages }: Context,
): Promise<OrganizationMembershipObject> {
  if (existing.status !== "inactive" || inputs.status === "inactive") {
    return existing;
  }
  assertRolesAllowed(existing, inputs, { directoryManaged: existing.directory_managed });
  messages.say(`The suspension of ${whoOf(existing)} in ${whereOf(existing)} is lifted.`);
  return body.role_slug === undefined && body.role_slugs === undefined
    ? api.organizationMemberships.reactivate({ id: existing.id })
    : api.organizationMemberships.create(body);
}

function assertRolesAllowed(
  wanted: unknown,
  inputs: Inputs,
  { directoryManaged }: { directoryManaged: unknown },
): void {
  if (wanted !== undefined && directoryManaged === true && inputs.allowDirectoryManaged !== true) {
    throw new Error(
      "This membership is managed by a directory sync, which decides on its roles and would change them back. Change the role in the directory, leave roleSlug and roleSlugs out of the program, or set allowDirectoryManaged: true.",
    );
  }
}

async function update({
  api,
  context,
  id,
  body,
  changes,
  inputs,
  state,
  done,
}: RemoteUpdate<OrganizationMembershipObject, Roles>): Promise<void> {
  const membership = { id, organizationId: String(state.organizationId) };
  const roles = body.role_slugs ?? (body.role_slug === undefined ? undefined : [body.role_slug]);
  if (roles) {
    assertRolesAllowed(roles, inputs, { directoryManaged: state.directoryManaged });
    await context.guards.change(api, membership, { roles }, async () => {
      done(await api.organizationMemberships.update({ id, ...body }), "roleSlug", "roleSlugs");
    });
  }
  const status = changes.find((change) => change.property === "status")?.value;
  if (status === "active" && state.status !== "pending") {
    const found = await api.organizationMemberships.reactivate({ id });
    done(found, "status");
    context.messages.say(`${whoOf(found)} has access to ${whereOf(found)} again (${rolesText(found)}).`);
  } else if (status === "inactive") {
    assertNotPending(state);
    await context.guards.change(api, membership, "removed", async () => {
      const found = await api.organizationMemberships.deactivate({ id });
      done(found, "status");
      context.messages.say(`${whoOf(found)} is suspended in ${whereOf(found)}.`);
    });
  }
}

function assertNotPending(state: State): void {
  if (state.status === "pending") {
    throw new Error(
      "This membership is pending: it waits for an invitation to be accepted, and can be neither suspended nor activated before that. Revoke the invitation, or delete the membership, to take it back.",
    );
  }
}

async function end(context: Context, id: string, state: State): Promise<"gone"> {
  const { api, guards, messages } = context;
  const policy = state.onDestroy ?? "delete";
  const looked = messages.room || policy !== "delete";
  const found = looked ? await get(api, id, state) : undefined;
  if (looked && !found) {
    return "gone";
  }
  const [who, where] = found ? [whoOf(found), whereOf(found)] : [String(state.userId), String(state.organizationId)];
  if (policy === "retain") {
    messages.say(`${who} keeps access to ${where}: the membership is retained.`);
    return "gone";
  }
  const organizationId = String(state.organizationId);
  const suspend = policy === "deactivate" && found?.status !== "pending";
  if (suspend && found?.status === "active") {
    await guards.change(api, { id: found.id, organizationId }, "removed", () =>
      api.organizationMemberships.deactivate({ id: found.id }).catch(undefinedIfMissing),
    );
    messages.say(`${who} is suspended in ${where}: the membership is deactivated.`);
  } else if (!suspend) {
    const membership = { id: found?.id ?? id, organizationId };
    const wasThere = await guards.change(api, membership, "removed", () =>
      api.organizationMemberships.delete({ id: membership.id }).then(
        () => true,
        (error: unknown) => undefinedIfMissing(error) ?? false,
      ),
    );
    if (!looked && !wasThere && (await find(api, state))) {
      // Somebody has ended and re-created it.
      return end({ ...context, messages: { ...messages, room: true } }, id, state);
    }
    const again = found?.directory_managed ? "; the directory sync that manages it may bring it back" : "";
    messages.say(
      `${who} ${found?.status === "pending" ? "is no longer expected in" : "loses access to"} ${where}${again}.`,
    );
  }
  return "gone";
}

function rolesText(found: OrganizationMembershipObject): string {
  return roleSlugsOf(found).join(", ");
}

/** Several roles where one was declared can only be reported as a list. */
function declaredRoles(inputs: Record<string, unknown>, state: State): Record<string, unknown> {
  const roles = state.roleSlugs as string[];
  if (inputs.roleSlug === undefined || roles.length === 1) {
    return inputs;
  }
  const { roleSlug: _single, ...others } = inputs;
  return { ...others, roleSlugs: roles };
}
