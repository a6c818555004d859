/**
 * The resources, as programs import them. Everything else about each of them is in its declaration under
 * `provider/resources`.
 */
import { connectApplication } from "../provider/resources/connect-application";
import { connectApplicationSecret } from "../provider/resources/connect-application-secret";
import { featureFlagState } from "../provider/resources/feature-flag-state";
import { featureFlagTarget } from "../provider/resources/feature-flag-target";
import { invitation } from "../provider/resources/invitation";
import { organization } from "../provider/resources/organization";
import { organizationApiKey } from "../provider/resources/organization-api-key";
import { organizationMembership } from "../provider/resources/organization-membership";
import { organizationRole } from "../provider/resources/organization-role";
import { user } from "../provider/resources/user";
import { userApiKey } from "../provider/resources/user-api-key";
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

const UserApiKeyClass: ResourceClass<typeof userApiKey> = classOf(userApiKey);
export type UserApiKeyArgs = Args<typeof userApiKey>;
/**
 * A key by which a person's own programs are known in one organization, of which the person is an active member. Its
 * `value` is a secret output. A change of anything but `expiresAt` makes the new key before it deletes the old one.
 *
 * @example
 * const member = new workos.OrganizationMembership("ann-acme", { userId: ann.id, organizationId: acme.id });
 * const laptop = new workos.UserApiKey("ann-laptop", {
 *     userId: ann.id,
 *     organizationId: member.organizationId, // by the membership: it is there before the key
 *     name: "Laptop",
 * });
 * export const laptopKey = laptop.value;
 */
export class UserApiKey extends UserApiKeyClass {}

const ConnectApplicationClass: ResourceClass<typeof connectApplication> = classOf(connectApplication);
export type ConnectApplicationArgs = Args<typeof connectApplication>;
/**
 * Another program that people sign in to with AuthKit (`oauth`), or that acts in one organization by itself (`m2m`). It
 * names itself by its `clientId`, which a replacement changes.
 *
 * @example
 * const wiki = new workos.ConnectApplication("wiki", {
 *     name: "Wiki",
 *     applicationType: "oauth",
 *     redirectUris: [{ uri: "http://localhost:3000/callback" }],
 * });
 * export const wikiClientId = wiki.clientId;
 */
export class ConnectApplication extends ConnectApplicationClass {}

const ConnectApplicationSecretClass: ResourceClass<typeof connectApplicationSecret> = classOf(connectApplicationSecret);
export type ConnectApplicationSecretArgs = Args<typeof connectApplicationSecret>;
/**
 * By which a Connect application proves that it is the one. Its `secret` is a secret output. A change makes the new
 * secret before it deletes the old one.
 *
 * @example
 * const sync = new workos.ConnectApplication("sync", { name: "Sync", applicationType: "m2m", organizationId: acme.id });
 * const proof = new workos.ConnectApplicationSecret("sync-secret", { applicationId: sync.id });
 * export const syncSecret = proof.secret;
 */
export class ConnectApplicationSecret extends ConnectApplicationSecretClass {}

const FeatureFlagTargetClass: ResourceClass<typeof featureFlagTarget> = classOf(featureFlagTarget);
export type FeatureFlagTargetArgs = Args<typeof featureFlagTarget>;
/**
 * That a feature flag is on for a user or an organization. WorkOS does not tell targets from other reasons for which a
 * flag is on, such as its default: one that was there before is taken over in silence.
 *
 * @example
 * new workos.FeatureFlagTarget("acme-analytics", { slug: "advanced-analytics", resourceId: acme.id });
 */
export class FeatureFlagTarget extends FeatureFlagTargetClass {}

const FeatureFlagStateClass: ResourceClass<typeof featureFlagState> = classOf(featureFlagState);
export type FeatureFlagStateArgs = Args<typeof featureFlagState>;
/**
 * Whether a feature flag, which the WorkOS dashboard makes, is enabled in the environment. It takes the flag over as it
 * is, and puts back what was there when it is removed.
 *
 * @example
 * new workos.FeatureFlagState("analytics", { slug: "advanced-analytics", enabled: true });
 */
export class FeatureFlagState extends FeatureFlagStateClass {}
