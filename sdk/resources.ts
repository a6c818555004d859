/**
 * The resources, as programs import them. Everything else about each of them is in its declaration under
 * `provider/resources`.
 */
import { corsOrigin } from "../provider/resources/cors-origin";
import { invitation } from "../provider/resources/invitation";
import { jwtTemplate } from "../provider/resources/jwt-template";
import { organization } from "../provider/resources/organization";
import { organizationApiKey } from "../provider/resources/organization-api-key";
import { organizationDomain } from "../provider/resources/organization-domain";
import { organizationMembership } from "../provider/resources/organization-membership";
import { organizationRole } from "../provider/resources/organization-role";
import { redirectUri } from "../provider/resources/redirect-uri";
import { user } from "../provider/resources/user";
import { webhookEndpoint } from "../provider/resources/webhook-endpoint";
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

const RedirectUriClass: ResourceClass<typeof redirectUri> = classOf(redirectUri);
export type RedirectUriArgs = Args<typeof redirectUri>;
/**
 * Where the environment's sign-ins may lead back to. Which one is the default is chosen in the WorkOS dashboard, and the
 * default one cannot be deleted.
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
 * @example
 * new workos.CorsOrigin("app", { origin: "https://app.example.com", onDestroy: "retain" });
 */
export class CorsOrigin extends CorsOriginClass {}

const JwtTemplateClass: ResourceClass<typeof jwtTemplate> = classOf(jwtTemplate);
export type JwtTemplateArgs = Args<typeof jwtTemplate>;
/**
 * What the environment's access tokens say besides WorkOS's own claims. An environment has one template, so the resource
 * takes over the one that is there, and puts it back when it is removed.
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
 * @example
 * const acmeExample = new workos.OrganizationDomain("acme-example", { organizationId: acme.id, domain: "acme.example" });
 * export const record = { name: acmeExample.verificationPrefix, txt: acmeExample.verificationToken };
 */
export class OrganizationDomain extends OrganizationDomainClass {}
