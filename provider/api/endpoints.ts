/** Every declared operation, by the family and name under which the client offers it. */
import * as apiKeys from "./api-keys";
import * as authentication from "./authentication";
import * as authorizedApplications from "./authorized-applications";
import * as connect from "./connect-applications";
import * as emailChange from "./email-change";
import * as emailVerification from "./email-verification";
import * as identities from "./identities";
import * as invitations from "./invitations";
import * as magicAuth from "./magic-auth";
import * as mfa from "./mfa";
import * as domains from "./organization-domains";
import * as memberships from "./organization-memberships";
import * as organizations from "./organizations";
import * as passwordReset from "./password-reset";
import * as roles from "./roles";
import * as sessions from "./sessions";
import * as userApiKeys from "./user-api-keys";
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
  organizationDomains: {
    create: domains.createOrganizationDomain,
    get: domains.getOrganizationDomain,
    verify: domains.verifyOrganizationDomain,
    delete: domains.deleteOrganizationDomain,
  },
  roles: {
    list: roles.listEnvironmentRoles,
    listForOrganization: roles.listOrganizationRoles,
  },
} as const;

/** Signing in and what belongs to it; not yet served by the local AuthKit. */
export const authEndpoints = {
  userIdentities: { list: identities.listIdentities },
  membershipGroups: { list: memberships.listMembershipGroups },
  userApiKeys: { list: userApiKeys.listUserApiKeys, create: userApiKeys.createUserApiKey },
  emailVerification: {
    get: emailVerification.getEmailVerification,
    send: emailVerification.sendEmailVerification,
    confirm: emailVerification.confirmEmailVerification,
  },
  emailChange: { send: emailChange.sendEmailChange, confirm: emailChange.confirmEmailChange },
  authentication: {
    authenticate: authentication.authenticate,
    authorizeDevice: authentication.authorizeDevice,
  },
  sessions: { list: sessions.listSessions, revoke: sessions.revokeSession, jwks: sessions.getJwks },
  passwordReset: {
    create: passwordReset.createPasswordReset,
    get: passwordReset.getPasswordReset,
    confirm: passwordReset.confirmPasswordReset,
  },
  magicAuth: { create: magicAuth.createMagicAuth, get: magicAuth.getMagicAuth },
  mfa: {
    enrollForUser: mfa.enrollUserFactor,
    listForUser: mfa.listUserFactors,
    enroll: mfa.enrollFactor,
    get: mfa.getFactor,
    delete: mfa.deleteFactor,
    challenge: mfa.challengeFactor,
    verify: mfa.verifyChallenge,
  },
  authorizedApplications: {
    listForUser: authorizedApplications.listUserAuthorizedApplications,
    deleteForUser: authorizedApplications.deleteUserAuthorizedApplication,
    listForOrganization: authorizedApplications.listOrganizationAuthorizedApplications,
  },
  connectApplications: {
    list: connect.listConnectApplications,
    create: connect.createConnectApplication,
    get: connect.getConnectApplication,
    update: connect.updateConnectApplication,
    delete: connect.deleteConnectApplication,
    listSecrets: connect.listClientSecrets,
    createSecret: connect.createClientSecret,
    deleteSecret: connect.deleteClientSecret,
  },
} as const;

/** Pages that a browser visits. The client offers their URLs, the local AuthKit serves them. */
export const pageEndpoints = { authorize: authentication.authorize, logout: sessions.logout } as const;

/** What the public client offers: all of them, each under its family. */
export const clientEndpoints = { ...endpoints, ...authEndpoints } as const;

export type Endpoints = typeof endpoints;
