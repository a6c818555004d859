import {
  type CorsOriginObject,
  type InvitationObject,
  type JwtTemplateObject,
  type OrganizationApiKeyObject,
  type OrganizationMembershipObject,
  type OrganizationObject,
  type RedirectUriObject,
  type RoleObject,
  type UserObject,
  type WebhookEndpointObject,
} from "../api/schemas";
import { type Context } from "./context";
import { presentJwtTemplate, storedTemplate } from "./handlers/jwt-template";
import { membershipOf } from "./handlers/memberships";
import {
  presentApiKey,
  presentCorsOrigin,
  presentInvitation,
  presentMembership,
  presentOrganization,
  presentRedirectUri,
  presentRole,
  presentUser,
  presentWebhookEndpoint,
} from "./handlers/present";

/** Everything there is, as the API would show it, oldest first. */
export interface StateDump {
  users: UserObject[];
  organizationMemberships: OrganizationMembershipObject[];
  invitations: InvitationObject[];
  apiKeys: OrganizationApiKeyObject[];
  organizations: OrganizationObject[];
  roles: RoleObject[];
  redirectUris: RedirectUriObject[];
  webhookEndpoints: WebhookEndpointObject[];
  corsOrigins: CorsOriginObject[];
  /** None where there never was one. */
  jwtTemplate: JwtTemplateObject | null;
  /** Deletes that were accepted and have yet to happen. */
  pendingDeletions: { id: string; dueAt: string }[];
}

export function dumpState(context: Context): StateDump {
  const { store } = context;
  const template = storedTemplate(context);
  return {
    users: store.users.all().map(presentUser),
    organizationMemberships: store.memberships.all().map((membership) => presentMembership(membership, context)),
    invitations: store.invitations.all().map((invitation) => {
      const pending = invitation.state === "pending";
      const membership = pending ? membershipOf(invitation.email, invitation.organization_id, context) : undefined;
      return presentInvitation(invitation, membership, context);
    }),
    apiKeys: store.apiKeys.all().map(presentApiKey),
    organizations: store.organizations.all().map((organization) => presentOrganization(organization, context)),
    roles: store.roles.all().map(presentRole),
    redirectUris: store.redirectUris.all().map(presentRedirectUri),
    webhookEndpoints: store.webhookEndpoints.all().map(presentWebhookEndpoint),
    corsOrigins: store.corsOrigins.all().map(presentCorsOrigin),
    jwtTemplate: template ? presentJwtTemplate(template) : null,
    pendingDeletions: store.deletions.all().map(({ id, due_at }) => ({ id, dueAt: new Date(due_at).toISOString() })),
  };
}
