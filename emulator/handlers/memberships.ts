import { type Context } from "../context";
import { removeMembership } from "../deletions";
import { notFound, refuse } from "../errors";
import { page } from "../pages";
import { type MembershipStatus, type StoredMembership } from "../store/entities";
import { foldAddress } from "../../api/address";
import { pairKey } from "../store/store";
import { type Family } from "./handler";
import { presentMembership } from "./present";
import { defaultRole, readRoles } from "./roles";

export const organizationMemberships: Family<"organizationMemberships"> = {
  list: (query, context) => {
    const { store } = context;
    const { user_id: userId, organization_id: organizationId } = query;
    const statuses = [...new Set(query.statuses ?? ["active" as const])];
    if (userId === undefined && organizationId === undefined) {
      throw refuse(400, "missing_user_id_or_organization_id", "Provide either user_id or organization_id.");
    }
    checkOwners(userId, organizationId, context);
    const ids =
      userId === undefined
        ? statuses.map((status) =>
            store.memberships.idsBy("organization_status", pairKey(organizationId ?? "", status)),
          )
        : organizationId === undefined
          ? statuses.map((status) => store.memberships.idsBy("user_status", pairKey(userId, status)))
          : [store.memberships.idsBy("pair", pairKey(userId, organizationId))];
    const found = page(ids, "om", query, (id) => {
      const membership = store.memberships.get(id);
      return membership && statuses.includes(membership.status) ? membership : undefined;
    });
    return { ...found, data: found.data.map((membership) => presentMembership(membership, context)) };
  },

  create: (body, context) => {
    const { user_id, organization_id } = body;
    checkOwners(user_id, organization_id, context);
    const roles = readRoles(body, organization_id, 422, context) ?? [defaultRole];
    const existing = context.store.memberships.by("pair", pairKey(user_id, organization_id))[0];
    if (existing === undefined) {
      return presentMembership(putMembership({ user_id, organization_id, roles, status: "active" }, context), context);
    }
    switch (existing.status) {
      case "pending":
        throw cannotReactivatePending();
      case "inactive":
        return presentMembership(change(existing, { status: "active", role_slugs: roles }, context), context);
      case "active":
        if (context.settings.switches.activeDuplicateMembership === "return") {
          return presentMembership(existing, context);
        }
        throw refuse(
          409,
          "organization_membership_already_exists",
          `The user '${user_id}' is already a member of the organization '${organization_id}'.`,
        );
    }
  },

  get: ({ id }, context) => presentMembership(existing(id, context), context),

  update: (input, context) => {
    const membership = existing(input.id, context);
    const roles = readRoles(input, membership.organization_id, 422, context);
    if (roles === undefined || roles.join() === membership.role_slugs.join()) {
      return presentMembership(membership, context);
    }
    return presentMembership(change(membership, { role_slugs: roles }, context), context);
  },

  delete: ({ id }, context) => {
    const membership = existing(id, context);
    context.store.write(() => removeMembership(membership, context.store));
    return null;
  },

  deactivate: ({ id }, context) => {
    const membership = existing(id, context);
    if (membership.status === "pending") {
      throw refuse(
        400,
        "cannot_deactivate_pending_organization_membership",
        "A pending organization membership cannot be deactivated. Delete it instead.",
      );
    }
    if (membership.status === "inactive") return presentMembership(membership, context);
    return presentMembership(change(membership, { status: "inactive" }, context), context);
  },

  reactivate: ({ id }, context) => {
    const membership = existing(id, context);
    if (membership.status === "pending") throw cannotReactivatePending();
    if (membership.status === "active") return presentMembership(membership, context);
    return presentMembership(change(membership, { status: "active" }, context), context);
  },
};

function existing(id: string, { store }: Context): StoredMembership {
  const membership = store.memberships.get(id);
  if (membership === undefined) throw notFound("Organization membership", id);
  return membership;
}

/** The specification documents 404 for lists of memberships too, so an unknown owner is not an empty list. */
function checkOwners(userId: string | undefined, organizationId: string | undefined, { store }: Context): void {
  if (userId !== undefined && store.users.get(userId) === undefined) throw notFound("User", userId);
  if (organizationId !== undefined && store.organizations.get(organizationId) === undefined) {
    throw notFound("Organization", organizationId);
  }
}

function cannotReactivatePending() {
  return refuse(
    400,
    "cannot_reactivate_pending_organization_membership",
    "A pending organization membership cannot be reactivated. The user needs to accept the invitation instead.",
  );
}

interface NewMembership {
  /** Given by a seed file only. */
  id?: string;
  user_id: string;
  organization_id: string;
  roles: readonly string[];
  status: MembershipStatus;
  /** Default: `false`. */
  directory_managed?: boolean;
}

export function putMembership(fields: NewMembership, { store, ids, clock }: Context): StoredMembership {
  const now = clock.iso();
  const membership: StoredMembership = {
    id: fields.id ?? ids.make("om"),
    user_id: fields.user_id,
    organization_id: fields.organization_id,
    status: fields.status,
    role_slugs: fields.roles,
    directory_managed: fields.directory_managed ?? false,
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.memberships.put(membership));
  return membership;
}

export function change(
  membership: StoredMembership,
  fields: Partial<Pick<StoredMembership, "status" | "role_slugs" | "directory_managed">>,
  { store, clock }: Context,
): StoredMembership {
  const changed = { ...membership, ...fields, updated_at: clock.iso() };
  store.write(() => store.memberships.put(changed));
  return changed;
}

/** The membership, in any status, of the user with this address in this organization. */
export function membershipOf(email: string, organizationId: string | null, { store }: Context) {
  if (organizationId === null) return undefined;
  const user = store.users.by("email", foldAddress(email))[0];
  return user && store.memberships.by("pair", pairKey(user.id, organizationId))[0];
}
