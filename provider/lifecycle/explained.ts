import { hasCode } from "../../api/http/errors";
import type { AnyResource } from "../declare/resource";

type Refused = Parameters<NonNullable<AnyResource["explain"]>>[1];

/** What to do about the vendor's codes that mean the same whatever was asked for. */
const remedies = {
  group_membership_limit_exceeded:
    "A limit of WorkOS on memberships in groups is reached: take somebody out of the group first, or use several groups and give each the same roles (GroupRoleAssignments).",
  lock_timeout:
    "WorkOS was busy with this resource, or with one above or below it, and has changed nothing: run again.",
  resource_type_update_in_progress:
    "The type of the resource is being changed in the WorkOS dashboard, which ends by itself: run again after that.",
  duplicate_endpoint:
    "Another webhook endpoint of the environment has this address already: declare another address, or delete that one first.",
  invalid_url: "WorkOS sends events to https addresses only, of hosts that the internet can reach.",
  invalid_resource_id_format:
    "A feature flag is on for a user (`user_…`) or an organization (`org_…`): give the id of one.",
  duplicate_group_role_assignment: "The group gives this role already: run again, and it is found as it is.",
  invalid_role:
    "Declare the role as an EnvironmentRole, or an OrganizationRole of this organization, and name it by its slug output, so that it is made first.",
  multiple_roles_not_enabled:
    "In this environment a membership has one role: give roleSlug, or roleSlugs with one, or allow several in the WorkOS dashboard.",
  sub_resource_scoped_role_not_allowed:
    "The role is for resources of another type than the organization: give it on one of them, by a RoleAssignment, and a role of the organization here.",
} as const;

/** The codes that are explained here. */
export const explainedCodes = Object.keys(remedies);

/** The error, with what to do about it where the resource knows, or the code tells. */
export async function explained(resource: AnyResource, error: unknown, call: Refused): Promise<unknown> {
  const explanation = (await resource.explain?.(error, call)) ?? remedyFor(error);
  return explanation === undefined || !(error instanceof Error)
    ? error
    : new Error(`${error.message}\n${explanation}`, { cause: error });
}

/** Of many calls of which some failed, the first failure is the cause. */
function remedyFor(error: unknown): string | undefined {
  const known = Object.entries(remedies).find(([code]) => hasCode(error, code))?.[1];
  if (known !== undefined || !(error instanceof Error) || error.cause === undefined) return known;
  return remedyFor(error.cause);
}
