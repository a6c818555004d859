/**
 * The resources, as programs import them. Everything else about each of them is in its declaration under
 * `provider/resources`.
 */
import { environmentRole } from "../provider/resources/environment-role";
import { invitation } from "../provider/resources/invitation";
import { organization } from "../provider/resources/organization";
import { organizationApiKey } from "../provider/resources/organization-api-key";
import { organizationMembership } from "../provider/resources/organization-membership";
import { organizationRole } from "../provider/resources/organization-role";
import { permission } from "../provider/resources/permission";
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
 * new workos.OrganizationMembership("ann-acme", { userId: ann.id, organizationId: acme.id, roleSlug: "admin" });
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

const EnvironmentRoleClass: ResourceClass<typeof environmentRole> = classOf(environmentRole);
export type EnvironmentRoleArgs = Args<typeof environmentRole>;
/**
 * A role that people in any organization of the environment can have, with its permissions. `admin` and `member` exist
 * in every environment: take them over. No role of the environment can be deleted but in the WorkOS dashboard.
 *
 * @example
 * const member = new workos.EnvironmentRole("member", {
 *     slug: "member",
 *     name: "Member",
 *     permissions: ["posts:read"],
 *     adopt: "if-exists",
 * });
 */
export class EnvironmentRole extends EnvironmentRoleClass {}

const PermissionClass: ResourceClass<typeof permission> = classOf(permission);
export type PermissionArgs = Args<typeof permission>;
/**
 * What a role or an API key allows, by a name of your own. Roles name it by its `slug`; deleting it takes it from all of
 * them.
 *
 * @example
 * const pay = new workos.Permission("pay", { slug: "invoices:pay", name: "Pay invoices" });
 */
export class Permission extends PermissionClass {}
