/** Look-ups of who may do what: roles, members, groups and feature flags, as lists. */
import type { FeatureFlagObject, GroupObject, OrganizationMembershipObject, RoleObject } from "../../api";
import { listOf, oneOf } from "../declare/shapes";
import { everyStatus, rolesOf } from "../people";
import { lookupOf, word } from "./lookup";

export type ListRolesArgs = {
  /** Its own roles too (`org_…`). Default: those of the environment alone. */
  readonly organizationId?: string;
};
/** A role that memberships and invitations can name. */
export interface Role {
  readonly id: string;
  /** What memberships and invitations name the role by. */
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly type: "EnvironmentRole" | "OrganizationRole";
  /** Slugs of what it allows. */
  readonly permissions: readonly string[];
}

export type ListOrganizationMembershipsArgs = {
  /** Whose members are meant (`org_…`). */
  readonly organizationId: string;
  /** Which ones. Default: all, suspended and invited people too. */
  readonly statuses?: readonly OrganizationMembershipObject["status"][];
};
/** Somebody in an organization. */
export interface ListedMembership {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  /** The person's address, where the vendor answers it. */
  readonly email?: string;
  readonly status: OrganizationMembershipObject["status"];
  readonly roleSlugs: readonly string[];
}

export type ListGroupsArgs = {
  /** Whose groups are meant (`org_…`). */
  readonly organizationId: string;
};
/** A group of an organization. */
export interface ListedGroup {
  readonly id: string;
  readonly organizationId: string;
  /** As people see it; several groups may have one name. */
  readonly name: string;
  readonly description?: string;
}

export type ListFeatureFlagsArgs =
  | {
      /** Those that are on for this user (`user_…`). */
      readonly userId: string;
    }
  | {
      /** Those that are on for this organization (`org_…`). */
      readonly organizationId: string;
    }
  | Readonly<Record<string, never>>;
/** The same, as whoever gives one of them, or none, sees it. */
export interface FlagsOf {
  /** Those that are on for this user (`user_…`). */
  readonly userId?: string;
  /** Those that are on for this organization (`org_…`), where no user is given. */
  readonly organizationId?: string;
}
/** A feature flag of the environment. */
export interface FeatureFlag {
  readonly id: string;
  /** What programs name the flag by. */
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Whether it is on for anybody. */
  readonly enabled: boolean;
  /** Whether an enabled flag is on for those who are no targets. */
  readonly defaultValue: boolean;
}

const roleOf = ({ id, slug, name, description, type, permissions }: RoleObject): Role => ({
  ...{ id, slug, name, description: description ?? undefined, type, permissions: permissions ?? [] },
});

export const listRoles = lookupOf<ListRolesArgs>()({
  name: "listRoles",
  finds: "all",
  answers: "roles",
  takes: { organizationId: word },
  async ask(api, { organizationId }) {
    const { data } = await (organizationId === undefined
      ? api.roles.list()
      : api.roles.listForOrganization({ organization_id: organizationId }));
    return data.map(roleOf);
  },
});

const memberOf = (member: OrganizationMembershipObject): ListedMembership => ({
  ...{ id: member.id, organizationId: member.organization_id, userId: member.user_id },
  ...{ email: member.user?.email, status: member.status, roleSlugs: rolesOf(member) },
});

export const listOrganizationMemberships = lookupOf<ListOrganizationMembershipsArgs>()({
  name: "listOrganizationMemberships",
  finds: "all",
  answers: "memberships",
  takes: { organizationId: word, statuses: listOf(oneOf(["active", "inactive", "pending"]), "status") },
  by: [["organizationId"]],
  because: "which says whose members are meant",
  async ask(api, { organizationId: organization_id, statuses = everyStatus }) {
    const query = { organization_id, statuses: [...statuses], order: "asc" as const };
    return (await api.organizationMemberships.list(query).all()).map(memberOf);
  },
});

const groupOf = ({ id, organization_id: organizationId, name, description }: GroupObject): ListedGroup => ({
  ...{ id, organizationId, name, description: description ?? undefined },
});

export const listGroups = lookupOf<ListGroupsArgs>()({
  name: "listGroups",
  finds: "all",
  answers: "groups",
  takes: { organizationId: word },
  by: [["organizationId"]],
  because: "since groups belong to an organization",
  ask: async (api, { organizationId }) =>
    (await api.groups.list({ organization_id: organizationId, order: "asc" }).all()).map(groupOf),
});

const flagOf = ({ description, default_value, ...flag }: FeatureFlagObject): FeatureFlag => {
  const { id, slug, name, tags, enabled } = flag;
  return { id, slug, name, description: description ?? undefined, tags, enabled, defaultValue: default_value };
};

export const listFeatureFlags = lookupOf<FlagsOf>()({
  name: "listFeatureFlags",
  finds: "all",
  answers: "featureFlags",
  takes: { userId: word, organizationId: word },
  async ask(api, { userId, organizationId }) {
    const flags =
      userId !== undefined
        ? api.featureFlags.listForUser({ user_id: userId })
        : organizationId !== undefined
          ? api.featureFlags.listForOrganization({ organization_id: organizationId })
          : api.featureFlags.list();
    return (await flags.all()).map(flagOf);
  },
});
