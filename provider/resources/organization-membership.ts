/**
 * That a user belongs to an organization, with roles. Operations: `UserlandUserOrganizationMembershipsController` in
 * the vendor's specification.
 */
import type { Api } from "../api";
import type { EndpointInput } from "../api/endpoint";
import { undefinedIfMissing } from "../api/missing";
import type { createOrganizationMembership, updateOrganizationMembership } from "../api/organization-memberships";
import type { OrganizationMembershipObject } from "../api/schemas";
import { unordered } from "./comparisons";
import {
  type Failure,
  type Inputs,
  optional,
  output,
  type RemoteObject,
  type RemoteUpdate,
  required,
  resource,
  type State,
} from "./resource";
import { idOf, oneOf, slug, someOf } from "./shapes";

export const organizationMembership = resource({
  kind: "OrganizationMembership",
  noun: "organization membership",
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
    roleSlugs: optional(someOf(slug(), "role"), { same: unordered, from: roleSlugsOf }),
    /**
     * `active` lets the person in, `inactive` suspends them and keeps their roles. Left out, it is not managed. A
     * pending membership, which waits for an invitation to be accepted, counts as `active` here.
     */
    status: optional(oneOf(["active", "inactive"]), { option: true, afterCreate: true, same: sameStatus }),
  },
  outputs: {
    /** Slug of the first role. */
    roleSlug: output<string>({ from: (found) => (found.role as { slug: string }).slug }),
    /** Slugs of all roles. */
    roleSlugs: output<string[]>({ from: roleSlugsOf }),
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
  label: (values) => `membership of ${String(values.userId)} in ${String(values.organizationId)}`,
  together: oneKindOfRoles,
  remote: {
    before: findAll,
    refuse: conflict,
    create: (api, body: EndpointInput<typeof createOrganizationMembership>): Promise<OrganizationMembershipObject> =>
      api.organizationMemberships.create(body),
    async recover({ api, inputs, ours }) {
      const found = await findAll(api, inputs);
      const refusal = conflict(found);
      return (await ours(found))[0] ?? (refusal === undefined ? "repeat" : { unsure: refusal });
    },
    get: (api, id) => api.organizationMemberships.get({ id }).catch(undefinedIfMissing),
    update,
    async delete(api, id) {
      await api.organizationMemberships.delete({ id }).catch(undefinedIfMissing);
      return "gone";
    },
  },
  project: declaredRoles,
});

type Roles = Omit<EndpointInput<typeof updateOrganizationMembership>, "id">;

function allRoles(state: State): unknown {
  return state.roleSlugs;
}

function roleSlugsOf(found: RemoteObject): string[] {
  const { role, roles } = found as unknown as OrganizationMembershipObject;
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
async function findAll(api: Api, inputs: Inputs): Promise<OrganizationMembershipObject[]> {
  const page = await api.organizationMemberships.list({
    user_id: String(inputs.userId),
    organization_id: String(inputs.organizationId),
    statuses: ["active", "inactive", "pending"],
    limit: 100,
  });
  return page.data;
}

/** The vendor would silently activate an inactive membership and answer as if it had made it. */
function conflict([existing]: readonly OrganizationMembershipObject[]): string | undefined {
  if (!existing) {
    return undefined;
  }
  const remedy = {
    active: "Remove it first, or leave it out of the program.",
    inactive: "Creating it again would undo that suspension: reactivate or delete it first.",
    pending: "It waits for an invitation to be accepted: revoke the invitation, or let it be accepted.",
  }[existing.status];
  return `${existing.user_id} already has the ${existing.status} membership ${existing.id} in ${existing.organization_id}. ${remedy}`;
}

async function update({
  api,
  id,
  body,
  changes,
  state,
  done,
}: RemoteUpdate<OrganizationMembershipObject, Roles>): Promise<void> {
  if (body.role_slug !== undefined || body.role_slugs !== undefined) {
    done(await api.organizationMemberships.update({ id, ...body }), "roleSlug", "roleSlugs");
  }
  const status = changes.find((change) => change.property === "status")?.value;
  if (status === "active" && state.status !== "pending") {
    done(await api.organizationMemberships.reactivate({ id }), "status");
  } else if (status === "inactive") {
    done(await api.organizationMemberships.deactivate({ id }), "status");
  }
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
