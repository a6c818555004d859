/**
 * The resources, as programs import them. Everything else about each of them is in its declaration under
 * `provider/resources`.
 */
import { group } from "../provider/resources/group";
import { groupMembers } from "../provider/resources/group-members";
import { groupMembership } from "../provider/resources/group-membership";
import { groupRoleAssignments } from "../provider/resources/group-role-assignments";
import { invitation } from "../provider/resources/invitation";
import { organization } from "../provider/resources/organization";
import { organizationApiKey } from "../provider/resources/organization-api-key";
import { organizationMembership } from "../provider/resources/organization-membership";
import { organizationRole } from "../provider/resources/organization-role";
import { user } from "../provider/resources/user";
import { type Args, classOf, type ResourceClass } from "./resource-class";

const OrganizationClass: ResourceClass<typeof organization> = classOf(organization);
export type OrganizationArgs = Args<typeof organization>;
/**
 * A customer or tenant of the environment. Deleting one ends everything in it: protect those that matter with the
 * option `protect: true`.
 *
 * @example
 * const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" }, { protect: true });
 */
export class Organization extends OrganizationClass {}

const UserClass: ResourceClass<typeof user> = classOf(user);
export type UserArgs = Args<typeof user>;
/**
 * A person in the environment.
 *
 * @example
 * const ann = new workos.User("ann", { email: "ann@example.com", firstName: "Ann" });
 */
export class User extends UserClass {}

const OrganizationMembershipClass: ResourceClass<typeof organizationMembership> = classOf(organizationMembership);
export type OrganizationMembershipArgs = Args<typeof organizationMembership>;
/**
 * That a user belongs to an organization, with roles.
 *
 * @example
 * const annInAcme = new workos.OrganizationMembership("ann-acme", {
 *     userId: ann.id,
 *     organizationId: acme.id,
 *     roleSlug: "admin",
 * });
 */
export class OrganizationMembership extends OrganizationMembershipClass {}

const InvitationClass: ResourceClass<typeof invitation> = classOf(invitation);
export type InvitationArgs = Args<typeof invitation>;
/**
 * An email that asks somebody to join. Creating it sends the mail; once accepted, it stays accepted whatever the
 * program says of role or expiry, and removing it does not end the membership it led to.
 *
 * @example
 * new workos.Invitation("bob", { email: "bob@example.com", organizationId: acme.id, roleSlug: "member" });
 */
export class Invitation extends InvitationClass {}

const OrganizationApiKeyClass: ResourceClass<typeof organizationApiKey> = classOf(organizationApiKey);
export type OrganizationApiKeyArgs = Args<typeof organizationApiKey>;
/**
 * A key by which an organization's own programs are known. Its `value` is a secret output. A change of anything but
 * `expiresAt` makes the new key before it deletes the old one.
 *
 * @example
 * const key = new workos.OrganizationApiKey("ci", { organizationId: acme.id, name: "CI" });
 * export const ciKey = key.value;
 */
export class OrganizationApiKey extends OrganizationApiKeyClass {}

const OrganizationRoleClass: ResourceClass<typeof organizationRole> = classOf(organizationRole);
export type OrganizationRoleArgs = Args<typeof organizationRole>;
/**
 * A role of one organization's own, with its permissions; memberships and rosters name it by its `slug`.
 *
 * @example
 * const billing = new workos.OrganizationRole("billing", {
 *     organizationId: acme.id,
 *     slug: "org-billing",
 *     name: "Billing",
 *     permissions: ["invoices:read", "invoices:pay"],
 * });
 */
export class OrganizationRole extends OrganizationRoleClass {}

const GroupClass: ResourceClass<typeof group> = classOf(group);
export type GroupArgs = Args<typeof group>;
/**
 * A group of people of one organization, which may give them roles. Who is in it: `GroupMembers`, or one by one
 * `GroupMembership`; what it lets them do: `GroupRoleAssignments`.
 *
 * @example
 * const engineering = new workos.Group("engineering", { organizationId: acme.id, name: "Engineering" });
 */
export class Group extends GroupClass {}

const GroupMembershipClass: ResourceClass<typeof groupMembership> = classOf(groupMembership);
export type GroupMembershipArgs = Args<typeof groupMembership>;
/**
 * That one member of an organization is in a group of it, and has what the group gives. Many: `GroupMembers`.
 *
 * @example
 * new workos.GroupMembership("ann-engineering", {
 *     organizationId: acme.id,
 *     groupId: engineering.id,
 *     organizationMembershipId: annInAcme.id,
 * });
 */
export class GroupMembership extends GroupMembershipClass {}

const GroupMembersClass: ResourceClass<typeof groupMembers> = classOf(groupMembers);
export type GroupMembersArgs = Args<typeof groupMembers>;
/**
 * Who is in a group, thousands in one resource: those whom the program names beside others (`additive`), or everybody
 * (`authoritative`).
 *
 * @example
 * new workos.GroupMembers("engineering", {
 *     organizationId: acme.id,
 *     groupId: engineering.id,
 *     organizationMembershipIds: [annInAcme.id],
 *     mode: "authoritative",
 * });
 */
export class GroupMembers extends GroupMembersClass {}

const GroupRoleAssignmentsClass: ResourceClass<typeof groupRoleAssignments> = classOf(groupRoleAssignments);
export type GroupRoleAssignmentsArgs = Args<typeof groupRoleAssignments>;
/**
 * What a group lets its members do: the roles that the program names beside others (`additive`), or all of them
 * (`authoritative`).
 *
 * @example
 * new workos.GroupRoleAssignments("engineering", {
 *     organizationId: acme.id,
 *     groupId: engineering.id,
 *     roleAssignments: [{ roleSlug: "editor" }],
 * });
 */
export class GroupRoleAssignments extends GroupRoleAssignmentsClass {}
