/**
 * The resources, as programs import them. Everything else about each of them is in its declaration under
 * `provider/resources`.
 */
import { auditLogRetention } from "../provider/resources/audit-log-retention";
import { auditLogSchema } from "../provider/resources/audit-log-schema";
import { authorizationResource } from "../provider/resources/authorization-resource";
import { dataIntegration } from "../provider/resources/data-integration";
import { invitation } from "../provider/resources/invitation";
import { organization } from "../provider/resources/organization";
import { organizationApiKey } from "../provider/resources/organization-api-key";
import { organizationDataIntegration } from "../provider/resources/organization-data-integration";
import { organizationMembership } from "../provider/resources/organization-membership";
import { organizationRole } from "../provider/resources/organization-role";
import { radarListEntry } from "../provider/resources/radar-list-entry";
import { roleAssignment } from "../provider/resources/role-assignment";
import { user } from "../provider/resources/user";
import { vaultObject } from "../provider/resources/vault-object";
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

const AuthorizationResourceClass: ResourceClass<typeof authorizationResource> = classOf(authorizationResource);
export type AuthorizationResourceArgs = Args<typeof authorizationResource>;
/**
 * Something of a customer's that people have roles on, such as a project; one may be below another. Its type is made in
 * the WorkOS dashboard.
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
 * That a member has a role on one resource, and so on what is below it. The role must be for resources of that type.
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
 * Which events of one action the audit log takes. A change makes the next version; none is ever deleted, so that it has
 * to be said that it stays.
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
 * @example
 * new workos.AuditLogRetention("acme", {
 *     organizationId: acme.id,
 *     retentionPeriodInDays: 365,
 *     onDestroy: "retain",
 * });
 */
export class AuditLogRetention extends AuditLogRetentionClass {}

const VaultObjectClass: ResourceClass<typeof vaultObject> = classOf(vaultObject);
export type VaultObjectArgs = Args<typeof vaultObject>;
/**
 * A value that is stored encrypted. It is never read back: a refresh sees by the version that somebody else has stored
 * another one.
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
 * Whom Radar keeps out, or lets in. No operation reads a list, so that a refresh cannot see what somebody else has
 * changed in it: an entry that was taken off in the dashboard comes back only when it is replaced.
 *
 * @example
 * new workos.RadarListEntry("scanner", { type: "ip_address", action: "block", entry: "203.0.113.7" });
 */
export class RadarListEntry extends RadarListEntryClass {}

const DataIntegrationClass: ResourceClass<typeof dataIntegration> = classOf(dataIntegration);
export type DataIntegrationArgs = Args<typeof dataIntegration>;
/**
 * Another service that people connect their accounts of, with the client by which they do. Accounts and keys of single
 * people are no part of it.
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
 * What one organization has of a data integration: whether it is on, and by whose client. Nothing takes it away again, so
 * that it has to be said that it stays.
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
