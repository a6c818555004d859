/**
 * The resources, as programs import them. Everything else about each of them is in its declaration under
 * `provider/resources`.
 */
import { group } from "../provider/resources/group";
import { corsOrigin } from "../provider/resources/cors-origin";
import { groupMembers } from "../provider/resources/group-members";
import { groupMembership } from "../provider/resources/group-membership";
import { auditLogRetention } from "../provider/resources/audit-log-retention";
import { auditLogSchema } from "../provider/resources/audit-log-schema";
import { authorizationResource } from "../provider/resources/authorization-resource";
import { environmentRole } from "../provider/resources/environment-role";
import { connectApplication } from "../provider/resources/connect-application";
import { connectApplicationSecret } from "../provider/resources/connect-application-secret";
import { groupRoleAssignments } from "../provider/resources/group-role-assignments";
import { featureFlagState } from "../provider/resources/feature-flag-state";
import { featureFlagTarget } from "../provider/resources/feature-flag-target";
import { dataIntegration } from "../provider/resources/data-integration";
import { invitation } from "../provider/resources/invitation";
import { jwtTemplate } from "../provider/resources/jwt-template";
import { organization } from "../provider/resources/organization";
import { organizationApiKey } from "../provider/resources/organization-api-key";
import { organizationDomain } from "../provider/resources/organization-domain";
import { organizationDataIntegration } from "../provider/resources/organization-data-integration";
import { organizationMembership } from "../provider/resources/organization-membership";
import { organizationRole } from "../provider/resources/organization-role";
import { redirectUri } from "../provider/resources/redirect-uri";
import { radarListEntry } from "../provider/resources/radar-list-entry";
import { roleAssignment } from "../provider/resources/role-assignment";
import { permission } from "../provider/resources/permission";
import { user } from "../provider/resources/user";
import { webhookEndpoint } from "../provider/resources/webhook-endpoint";
import { userApiKey } from "../provider/resources/user-api-key";
import { vaultObject } from "../provider/resources/vault-object";
import { type Args, classOf, type ResourceClass } from "./resource-class";

const OrganizationClass: ResourceClass<typeof organization> = classOf(organization);
export type OrganizationArgs = Args<typeof organization>;
/**
 * A customer or tenant of the environment. Deleting one ends everything in it: protect those that matter with the
 * option `protect: true`.
 *
 * @adoption By `externalId`, or by the id given as `adoptId`. With neither, a name could not tell which one is meant.
 * @removal Deletes the organization and everything in it, unless it was adopted. WorkOS may take a while for that; the
 * run waits.
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
 * @adoption By `email`, letter case aside, and by `externalId`. It is an error when they lead to different users.
 * Password, verification and address of the user stay as they are, unless `adoptCredentials: true` is given.
 * @removal Deletes the user with all that is theirs, unless it was adopted. WorkOS may take a while for that; the run
 * waits.
 *
 * @example
 * const ann = new workos.User("ann", { email: "ann@example.com", firstName: "Ann" });
 */
export class User extends UserClass {}

const OrganizationMembershipClass: ResourceClass<typeof organizationMembership> = classOf(organizationMembership);
export type OrganizationMembershipArgs = Args<typeof organizationMembership>;
/**
 * A user's access to an organization, with roles.
 *
 * @adoption By `userId` and `organizationId`, whether the membership is active, suspended or pending. A suspension is
 * lifted, and the run says so, unless `status: "inactive"` is declared.
 * @removal Ends the membership, also where it was adopted. `onDestroy: "deactivate"` suspends it with its roles, and
 * `"retain"` leaves it as it is.
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
 * @adoption By `email` and `organizationId`: an invitation that is pending, or a membership that is there. A pending
 * one with another role is revoked and sent anew. Who is a member already gets no mail.
 * @removal Revokes an invitation that is pending. Of an accepted one it leaves the membership, unless `onDestroy:
 * "removeMembership"` is given.
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
 * @adoption Never: WorkOS tells the value once, when the key is made.
 * @removal Revokes the key at once. A key that is replaced works on for its `overlap`.
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
 * @adoption By `organizationId` and `slug`. It is an error where the role is for another type of resource.
 * @removal Deletes the role, unless it was adopted. While somebody has it, that is refused and they are named.
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
 * @adoption By `organizationId` and `name`. It is an error when several groups have the name.
 * @removal Deletes the group and ends the roles that it gives, unless it was adopted. Whoever is in it stays in the
 * organization.
 *
 * @example
 * const engineering = new workos.Group("engineering", { organizationId: acme.id, name: "Engineering" });
 */
export class Group extends GroupClass {}

const RedirectUriClass: ResourceClass<typeof redirectUri> = classOf(redirectUri);
export type RedirectUriArgs = Args<typeof redirectUri>;
/**
 * Where the environment's sign-ins may lead back to. Which one is the default is chosen in the WorkOS dashboard, and the
 * default one cannot be deleted.
 *
 * @adoption By `uri`.
 * @removal Deletes the redirect URI, unless it was adopted. WorkOS refuses that for the default one.
 *
 * @example
 * new workos.RedirectUri("app", { uri: "https://app.example.com/callback" });
 */
export class RedirectUri extends RedirectUriClass {}

const WebhookEndpointClass: ResourceClass<typeof webhookEndpoint> = classOf(webhookEndpoint);
export type WebhookEndpointArgs = Args<typeof webhookEndpoint>;
/**
 * An address that is told of events. Its `secret`, with which they are signed, is a secret output.
 *
 * @adoption By `endpointUrl`. Its secret is known from then on.
 * @removal Deletes the endpoint, unless it was adopted. Where it is retained, events are sent as before.
 *
 * @example
 * const hook = new workos.WebhookEndpoint("app", {
 *     endpointUrl: "https://app.example.com/webhooks",
 *     events: ["user.created", "user.deleted"],
 * });
 * export const signingSecret = hook.secret;
 */
export class WebhookEndpoint extends WebhookEndpointClass {}

const CorsOriginClass: ResourceClass<typeof corsOrigin> = classOf(corsOrigin);
export type CorsOriginArgs = Args<typeof corsOrigin>;
/**
 * An origin whose pages may call WorkOS from the browser. WorkOS has no operation that deletes one, so removing it from
 * the program leaves it there, and `onDestroy: "retain"` says that you know.
 *
 * @adoption By `origin`. `onDestroy` may be left out then.
 * @removal Leaves the origin there: WorkOS has no operation that deletes one.
 *
 * @example
 * new workos.CorsOrigin("app", { origin: "https://app.example.com", onDestroy: "retain" });
 */
export class CorsOrigin extends CorsOriginClass {}

const GroupMembershipClass: ResourceClass<typeof groupMembership> = classOf(groupMembership);
export type GroupMembershipArgs = Args<typeof groupMembership>;
/**
 * One member of an organization in one of its groups, with what the group gives. Many at once: `GroupMembers`.
 *
 * @adoption By `groupId` and `organizationMembershipId`. Without `adopt`, it is an error when they are in the group
 * already.
 * @removal Takes the member out of the group, unless it was adopted. They stay in the organization.
 *
 * @example
 * new workos.GroupMembership("ann-engineering", {
 *     organizationId: acme.id,
 *     groupId: engineering.id,
 *     organizationMembershipId: annInAcme.id,
 * });
 */
export class GroupMembership extends GroupMembershipClass {}

const UserApiKeyClass: ResourceClass<typeof userApiKey> = classOf(userApiKey);
export type UserApiKeyArgs = Args<typeof userApiKey>;
/**
 * A key by which a person's own programs are known in one organization, of which the person is an active member. Its
 * `value` is a secret output. A change of anything but `expiresAt` makes the new key before it deletes the old one.
 *
 * @adoption Never: WorkOS tells the value once, when the key is made.
 * @removal Revokes the key at once. A key that is replaced works on for its `overlap`.
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

const AuthorizationResourceClass: ResourceClass<typeof authorizationResource> = classOf(authorizationResource);
export type AuthorizationResourceArgs = Args<typeof authorizationResource>;
/**
 * Something of a customer's that people have roles on, such as a project; one may be below another. Its type is made in
 * the WorkOS dashboard.
 *
 * @adoption By `organizationId`, `resourceTypeSlug` and `externalId`. The parent is set where one is declared, and
 * never taken away.
 * @removal Deletes the resource, unless it was adopted. While something is below it, or somebody has a role on it, that
 * is refused, unless `cascadeDelete: true` takes all of that along.
 *
 * @example
 * const apollo = new workos.AuthorizationResource("apollo", {
 *     organizationId: acme.id,
 *     resourceTypeSlug: "project",
 *     externalId: "apollo",
 *     name: "Apollo",
 * });
 */
export class AuthorizationResource extends AuthorizationResourceClass {}

const RoleAssignmentClass: ResourceClass<typeof roleAssignment> = classOf(roleAssignment);
export type RoleAssignmentArgs = Args<typeof roleAssignment>;
/**
 * A role that a member has on one resource, and so on what is below it. The role must be for resources of that type.
 *
 * @adoption By the membership, the role and the resource. What somebody has by a group is the group's, and is never
 * taken over.
 * @removal Takes the role on the resource from the member, unless it was adopted. It also ends with the membership and
 * with the resource.
 *
 * @example
 * new workos.RoleAssignment("ann-apollo", {
 *     organizationMembershipId: "om_01HXYZ",
 *     roleSlug: "org-editor",
 *     resourceId: apollo.id,
 * });
 */
export class RoleAssignment extends RoleAssignmentClass {}

const AuditLogSchemaClass: ResourceClass<typeof auditLogSchema> = classOf(auditLogSchema);
export type AuditLogSchemaArgs = Args<typeof auditLogSchema>;
/**
 * Which events of one action the audit log takes. A change makes the next version; none is ever deleted, so the
 * program has to say that it stays.
 *
 * @adoption By `action`. The declared schema becomes the next version, where it differs.
 * @removal Leaves the schema there: WorkOS has no operation that deletes one.
 *
 * @example
 * new workos.AuditLogSchema("invoice-paid", {
 *     action: "invoice.paid",
 *     targets: [{ type: "invoice", metadata: { type: "object", properties: { cost: { type: "number" } } } }],
 *     onDestroy: "retain",
 * });
 */
export class AuditLogSchema extends AuditLogSchemaClass {}

const AuditLogRetentionClass: ResourceClass<typeof auditLogRetention> = classOf(auditLogRetention);
export type AuditLogRetentionArgs = Args<typeof auditLogRetention>;
/**
 * How long an organization's audit log keeps its events. With fewer days than before, older events are deleted for good.
 *
 * @adoption Without being asked to: an organization has one retention or none. What it was is said.
 * @removal Leaves the retention as it is: WorkOS has no operation that takes it away.
 *
 * @example
 * new workos.AuditLogRetention("acme", {
 *     organizationId: acme.id,
 *     retentionPeriodInDays: 365,
 *     onDestroy: "retain",
 * });
 */
export class AuditLogRetention extends AuditLogRetentionClass {}

const EnvironmentRoleClass: ResourceClass<typeof environmentRole> = classOf(environmentRole);
export type EnvironmentRoleArgs = Args<typeof environmentRole>;
/**
 * A role that people in any organization of the environment can have, with its permissions. `admin` and `member` exist
 * in every environment: take them over. No role of the environment can be deleted but in the WorkOS dashboard.
 *
 * @adoption By `slug`. `admin` and `member` exist everywhere: adopting them is the usual way. It is an error where the
 * role is for another type of resource.
 * @removal Leaves the role as it is: WorkOS has no operation that deletes one.
 *
 * @example
 * const everybody = new workos.EnvironmentRole("member", {
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
 * @adoption By `slug`. WorkOS's own permissions (`system`) can be neither changed nor deleted then.
 * @removal Deletes the permission, so that every role loses it, unless it was adopted.
 *
 * @example
 * const pay = new workos.Permission("pay", { slug: "invoices:pay", name: "Pay invoices" });
 */
export class Permission extends PermissionClass {}

const GroupMembersClass: ResourceClass<typeof groupMembers> = classOf(groupMembers);
export type GroupMembersArgs = Args<typeof groupMembers>;
/**
 * Who is in a group, thousands in one resource: those whom the program names beside others (`additive`), or everybody
 * (`authoritative`).
 *
 * @adoption Without being asked to: whoever is in the group already is left as they are.
 * @removal Takes out of the group whom this resource has put in. `onDestroy: "retain"` leaves everybody in it.
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

const JwtTemplateClass: ResourceClass<typeof jwtTemplate> = classOf(jwtTemplate);
export type JwtTemplateArgs = Args<typeof jwtTemplate>;
/**
 * What the environment's access tokens say besides WorkOS's own claims. An environment has one template, so the resource
 * takes over the one that is there, and puts it back when it is removed.
 *
 * @adoption Without being asked to: an environment has one template. What it was is kept in `previousContent`.
 * @removal Puts back what was there before, or an empty template. `onDestroy: "retain"` leaves it.
 *
 * @example
 * new workos.JwtTemplate("claims", {
 *     content: JSON.stringify({ "urn:app:tier": "{{ organization.metadata.tier || 'free' }}" }),
 * });
 */
export class JwtTemplate extends JwtTemplateClass {}

const OrganizationDomainClass: ResourceClass<typeof organizationDomain> = classOf(organizationDomain);
export type OrganizationDomainArgs = Args<typeof organizationDomain>;
/**
 * A domain of one organization, with the DNS record that verifies it. An organization's domains are declared here, or
 * all of them by `domains` of the `Organization`, and never by both.
 *
 * @adoption By `domain`, letter case aside. It is an error where the domain is another organization's.
 * @removal Deletes the domain, unless it was adopted.
 *
 * @example
 * const acmeExample = new workos.OrganizationDomain("acme-example", { organizationId: acme.id, domain: "acme.example" });
 * export const record = { name: acmeExample.verificationPrefix, txt: acmeExample.verificationToken };
 */
export class OrganizationDomain extends OrganizationDomainClass {}

const ConnectApplicationClass: ResourceClass<typeof connectApplication> = classOf(connectApplication);
export type ConnectApplicationArgs = Args<typeof connectApplication>;
/**
 * Another program that people sign in to with AuthKit (`oauth`), or that acts in one organization by itself (`m2m`). It
 * names itself by its `clientId`, which a replacement changes.
 *
 * @adoption By the id given as `adoptId`. It is an error where `applicationType` or the organization is another than
 * declared.
 * @removal Deletes the application with its secrets, unless it was adopted. Nobody gets tokens for it any more.
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
 * The secret by which a Connect application proves who it is. Its `secret` is a secret output. A change makes the new
 * secret before it deletes the old one.
 *
 * @adoption Never: WorkOS tells the secret once, when it is made.
 * @removal Revokes the secret at once. A secret that is replaced works on for its `overlap`.
 *
 * @example
 * const sync = new workos.ConnectApplication("sync", { name: "Sync", applicationType: "m2m", organizationId: acme.id });
 * const proof = new workos.ConnectApplicationSecret("sync-secret", { applicationId: sync.id });
 * export const syncSecret = proof.secret;
 */
export class ConnectApplicationSecret extends ConnectApplicationSecretClass {}

const VaultObjectClass: ResourceClass<typeof vaultObject> = classOf(vaultObject);
export type VaultObjectArgs = Args<typeof vaultObject>;
/**
 * A value that is stored encrypted. It is never read back: a refresh sees by the version that somebody else has stored
 * another one.
 *
 * @adoption By `name`. Another value is replaced by the declared one. Another key context is an error.
 * @removal Deletes the object with its value, unless it was adopted.
 *
 * @example
 * new workos.VaultObject("db-password", {
 *     name: "db-password",
 *     value: process.env.DB_PASSWORD ?? "",
 *     keyContext: { organization_id: acme.id },
 * });
 */
export class VaultObject extends VaultObjectClass {}

const RadarListEntryClass: ResourceClass<typeof radarListEntry> = classOf(radarListEntry);
export type RadarListEntryArgs = Args<typeof radarListEntry>;
/**
 * An entry of one of Radar's lists: whom it keeps out, or lets in. No operation reads a list, so that a refresh cannot
 * see what somebody else has changed in it: an entry that was taken off in the dashboard comes back only when it is
 * replaced.
 *
 * @adoption Without being asked to: an entry that is on the list already stays, and the run says so.
 * @removal Takes the entry off the list, also where it was there before. `onDestroy: "retain"` leaves it.
 *
 * @example
 * new workos.RadarListEntry("scanner", { type: "ip_address", action: "block", entry: "203.0.113.7" });
 */
export class RadarListEntry extends RadarListEntryClass {}

const GroupRoleAssignmentsClass: ResourceClass<typeof groupRoleAssignments> = classOf(groupRoleAssignments);
export type GroupRoleAssignmentsArgs = Args<typeof groupRoleAssignments>;
/**
 * What a group lets its members do: the roles that the program names beside others (`additive`), or all of them
 * (`authoritative`).
 *
 * @adoption Without being asked to: a role that the group gives already is left as it is.
 * @removal Takes from the group the roles that this resource has given it; with `mode: "authoritative"`, all that it
 * gives. `onDestroy: "retain"` leaves them.
 *
 * @example
 * new workos.GroupRoleAssignments("engineering", {
 *     organizationId: acme.id,
 *     groupId: engineering.id,
 *     roleAssignments: [{ roleSlug: "editor" }],
 * });
 */
export class GroupRoleAssignments extends GroupRoleAssignmentsClass {}

const FeatureFlagTargetClass: ResourceClass<typeof featureFlagTarget> = classOf(featureFlagTarget);
export type FeatureFlagTargetArgs = Args<typeof featureFlagTarget>;
/**
 * A user or an organization for whom a feature flag is on. WorkOS does not tell targets from other reasons for which a
 * flag is on, such as its default: one that was there before is taken over in silence.
 *
 * @adoption Without being asked to, and without a word: WorkOS does not tell targets from other reasons for which a
 * flag is on.
 * @removal Takes the target off the flag, also where it was there before. `onDestroy: "retain"` leaves it.
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
 * @adoption Without being asked to: a flag is made in the WorkOS dashboard, and taken over as it is.
 * @removal Puts the flag back as it was. `onDestroy: "retain"` leaves it.
 *
 * @example
 * new workos.FeatureFlagState("analytics", { slug: "advanced-analytics", enabled: true });
 */
export class FeatureFlagState extends FeatureFlagStateClass {}

const DataIntegrationClass: ResourceClass<typeof dataIntegration> = classOf(dataIntegration);
export type DataIntegrationArgs = Args<typeof dataIntegration>;
/**
 * Another service at which people connect their accounts, such as GitHub, with the client by which they do. Accounts
 * and keys of single people are no part of it.
 *
 * @adoption By `provider`. A secret with other last characters is replaced by the declared one.
 * @removal Deletes the integration with every account that is connected by it, unless it was adopted.
 *
 * @example
 * const github = new workos.DataIntegration("github", {
 *     provider: "github",
 *     enabled: true,
 *     scopes: ["repo"],
 *     credentialsType: "custom",
 *     clientId: "Iv1.0123",
 *     clientSecret: process.env.GITHUB_SECRET ?? "",
 * });
 */
export class DataIntegration extends DataIntegrationClass {}

const OrganizationDataIntegrationClass: ResourceClass<typeof organizationDataIntegration> =
  classOf(organizationDataIntegration);
export type OrganizationDataIntegrationArgs = Args<typeof organizationDataIntegration>;
/**
 * The settings of a data integration for one organization: whether it is on, and by whose client. Nothing takes them away
 * again, so the program has to say that they stay.
 *
 * @adoption Without being asked to: what the organization has is brought to what is declared.
 * @removal Leaves everything as it is: WorkOS has no operation that takes it away.
 *
 * @example
 * new workos.OrganizationDataIntegration("acme-github", {
 *     organizationId: acme.id,
 *     slug: "github",
 *     enabled: true,
 *     onDestroy: "retain",
 * });
 */
export class OrganizationDataIntegration extends OrganizationDataIntegrationClass {}
