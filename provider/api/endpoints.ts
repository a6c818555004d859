/** Every declared operation, by the family and name under which the client offers it. */
import * as apiKeys from "./api-keys";
import * as invitations from "./invitations";
import * as memberships from "./organization-memberships";
import * as organizations from "./organizations";
import * as roles from "./roles";
import * as users from "./users";

export const endpoints = {
  users: {
    list: users.listUsers,
    create: users.createUser,
    get: users.getUser,
    getByExternalId: users.getUserByExternalId,
    update: users.updateUser,
    delete: users.deleteUser,
  },
  organizationMemberships: {
    list: memberships.listOrganizationMemberships,
    create: memberships.createOrganizationMembership,
    get: memberships.getOrganizationMembership,
    update: memberships.updateOrganizationMembership,
    delete: memberships.deleteOrganizationMembership,
    deactivate: memberships.deactivateOrganizationMembership,
    reactivate: memberships.reactivateOrganizationMembership,
  },
  invitations: {
    list: invitations.listInvitations,
    send: invitations.sendInvitation,
    get: invitations.getInvitation,
    getByToken: invitations.getInvitationByToken,
    accept: invitations.acceptInvitation,
    revoke: invitations.revokeInvitation,
    resend: invitations.resendInvitation,
  },
  apiKeys: {
    listForOrganization: apiKeys.listOrganizationApiKeys,
    createForOrganization: apiKeys.createOrganizationApiKey,
    validate: apiKeys.validateApiKey,
    expire: apiKeys.expireApiKey,
    delete: apiKeys.deleteApiKey,
  },
  organizations: {
    list: organizations.listOrganizations,
    create: organizations.createOrganization,
    get: organizations.getOrganization,
    getByExternalId: organizations.getOrganizationByExternalId,
    update: organizations.updateOrganization,
    delete: organizations.deleteOrganization,
  },
  roles: {
    list: roles.listEnvironmentRoles,
    listForOrganization: roles.listOrganizationRoles,
  },
} as const;

export type Endpoints = typeof endpoints;
