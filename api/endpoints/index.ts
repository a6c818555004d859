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

/** Managing access: what resources use. */
export const endpoints = {
  users: {
    /** `GET /user_management/users`: users, newest first, by `email` or `organization_id` where given. */
    list: users.listUsers,
    /** `POST /user_management/users`: a user, with a password, a hash of one, or neither. */
    create: users.createUser,
    /** `GET /user_management/users/{id}`: one user. */
    get: users.getUser,
    /** `GET /user_management/users/external_id/{external_id}`: one user, by your own id for them. */
    getByExternalId: users.getUserByExternalId,
    /** `PUT /user_management/users/{id}`: changes what is given, and only that. */
    update: users.updateUser,
    /** `DELETE /user_management/users/{id}`: deletes the user and what is theirs. */
    delete: users.deleteUser,
  },
  organizationMemberships: {
    /** `GET /user_management/organization_memberships`: of one user or one organization (one is needed); active ones, unless `statuses` says otherwise. */
    list: memberships.listOrganizationMemberships,
    /** `POST /user_management/organization_memberships`: makes a user a member; an inactive membership is activated. */
    create: memberships.createOrganizationMembership,
    /** `GET /user_management/organization_memberships/{id}`: one membership, whatever its status. */
    get: memberships.getOrganizationMembership,
    /** `PUT /user_management/organization_memberships/{id}`: changes its roles. */
    update: memberships.updateOrganizationMembership,
    /** `DELETE /user_management/organization_memberships/{id}`: ends a membership for good. */
    delete: memberships.deleteOrganizationMembership,
    /** `PUT /user_management/organization_memberships/{id}/deactivate`: suspends a membership; roles are kept. */
    deactivate: memberships.deactivateOrganizationMembership,
    /** `PUT /user_management/organization_memberships/{id}/reactivate`: ends a suspension. */
    reactivate: memberships.reactivateOrganizationMembership,
  },
  invitations: {
    /** `GET /user_management/invitations`: by `email` or `organization_id` where given, in every state. */
    list: invitations.listInvitations,
    /** `POST /user_management/invitations`: invites by email. */
    send: invitations.sendInvitation,
    /** `GET /user_management/invitations/{id}`: one invitation. */
    get: invitations.getInvitation,
    /** `GET /user_management/invitations/by_token/{token}`: one invitation, by the token in its email. */
    getByToken: invitations.getInvitationByToken,
    /** `POST /user_management/invitations/{id}/accept`: accepts in the name of the invited user. */
    accept: invitations.acceptInvitation,
    /** `POST /user_management/invitations/{id}/revoke`: takes a pending invitation back. */
    revoke: invitations.revokeInvitation,
    /** `POST /user_management/invitations/{id}/resend`: sends its email again. */
    resend: invitations.resendInvitation,
  },
  apiKeys: {
    /** `GET /organizations/{organization_id}/api_keys`: keys of an organization, without their values. */
    listForOrganization: apiKeys.listOrganizationApiKeys,
    /** `POST /organizations/{organization_id}/api_keys`: a key; `value` is in this answer only. */
    createForOrganization: apiKeys.createOrganizationApiKey,
    /** `POST /api_keys/validations`: whose key a value is; `api_key` is null for one that is unknown or over. */
    validate: apiKeys.validateApiKey,
    /** `POST /api_keys/{id}/expire`: ends a key now, at a date, or (null) never. */
    expire: apiKeys.expireApiKey,
    /** `DELETE /api_keys/{id}`: revokes a key of either owner at once. */
    delete: apiKeys.deleteApiKey,
  },
  organizations: {
    /** `GET /organizations`: by `domains` or a part of the name where given. */
    list: organizations.listOrganizations,
    /** `POST /organizations`: an organization. */
    create: organizations.createOrganization,
    /** `GET /organizations/{id}`: one organization. */
    get: organizations.getOrganization,
    /** `GET /organizations/external_id/{external_id}`: one organization, by your own id for it. */
    getByExternalId: organizations.getOrganizationByExternalId,
    /** `PUT /organizations/{id}`: changes what is given, and only that. */
    update: organizations.updateOrganization,
    /** `DELETE /organizations/{id}`: deletes it; may take effect later. */
    delete: organizations.deleteOrganization,
  },
  organizationDomains: {
    /** `POST /organization_domains`: adds a domain to an organization. */
    create: domains.createOrganizationDomain,
    /** `GET /organization_domains/{id}`: one domain, with the DNS record that verifies it. */
    get: domains.getOrganizationDomain,
    /** `POST /organization_domains/{id}/verify`: starts the verification by DNS anew. */
    verify: domains.verifyOrganizationDomain,
    /** `DELETE /organization_domains/{id}`: removes a domain. */
    delete: domains.deleteOrganizationDomain,
  },
  roles: {
    /** `GET /authorization/roles`: the roles of the environment, all at once. */
    list: roles.listEnvironmentRoles,
    /** `GET /authorization/organizations/{organization_id}/roles`: the environment's roles and the organization's own, by priority. */
    listForOrganization: roles.listOrganizationRoles,
  },
} as const;

/** Signing in and what belongs to it. Apart, because resources have no use for it. */
export const authEndpoints = {
  userIdentities: {
    /** `GET /user_management/users/{user_id}/identities`: other services that the user signs in with, all at once. */
    list: identities.listIdentities,
  },
  membershipGroups: {
    /** `GET /user_management/organization_memberships/{id}/groups`: groups that a membership is in. */
    list: memberships.listMembershipGroups,
  },
  userApiKeys: {
    /** `GET /user_management/users/{user_id}/api_keys`: keys of a user, without their values. */
    list: userApiKeys.listUserApiKeys,
    /** `POST /user_management/users/{user_id}/api_keys`: a key in one organization; `value` is in this answer only. */
    create: userApiKeys.createUserApiKey,
  },
  emailVerification: {
    /** `GET /user_management/email_verification/{id}`: one verification, with its code. */
    get: emailVerification.getEmailVerification,
    /** `POST /user_management/users/{user_id}/email_verification/send`: sends a code to the address. */
    send: emailVerification.sendEmailVerification,
    /** `POST /user_management/users/{user_id}/email_verification/confirm`: verifies the address by the code. */
    confirm: emailVerification.confirmEmailVerification,
  },
  emailChange: {
    /** `POST /user_management/users/{user_id}/email_change/send`: sends a code to the new address. */
    send: emailChange.sendEmailChange,
    /** `POST /user_management/users/{user_id}/email_change/confirm`: moves the user to the new address. */
    confirm: emailChange.confirmEmailChange,
  },
  authentication: {
    /** `POST /user_management/authenticate`: signs in by any grant. */
    authenticate: authentication.authenticate,
    /** `POST /user_management/authorize/device`: starts the device flow. */
    authorizeDevice: authentication.authorizeDevice,
  },
  sessions: {
    /** `GET /user_management/users/{user_id}/sessions`: sessions of a user. */
    list: sessions.listSessions,
    /** `POST /user_management/sessions/revoke`: ends a session. */
    revoke: sessions.revokeSession,
    /** `GET /sso/jwks/{client_id}`: the public keys of access tokens. */
    jwks: sessions.getJwks,
  },
  passwordReset: {
    /** `POST /user_management/password_reset`: sends a link to choose a new password. */
    create: passwordReset.createPasswordReset,
    /** `GET /user_management/password_reset/{id}`: one password reset, with its token. */
    get: passwordReset.getPasswordReset,
    /** `POST /user_management/password_reset/confirm`: sets the new password. */
    confirm: passwordReset.confirmPasswordReset,
  },
  magicAuth: {
    /** `POST /user_management/magic_auth`: sends a six-digit code to sign in with. */
    create: magicAuth.createMagicAuth,
    /** `GET /user_management/magic_auth/{id}`: one such code. */
    get: magicAuth.getMagicAuth,
  },
  mfa: {
    /** `POST /user_management/users/{user_id}/auth_factors`: a TOTP factor; secret and QR code are in this answer only. */
    enrollForUser: mfa.enrollUserFactor,
    /** `GET /user_management/users/{user_id}/auth_factors`: factors of a user. */
    listForUser: mfa.listUserFactors,
    /** `POST /auth/factors/enroll`: a TOTP or SMS factor outside of AuthKit. */
    enroll: mfa.enrollFactor,
    /** `GET /auth/factors/{id}`: one factor. */
    get: mfa.getFactor,
    /** `DELETE /auth/factors/{id}`: removes a factor. */
    delete: mfa.deleteFactor,
    /** `POST /auth/factors/{id}/challenge`: starts a challenge, for SMS by a message. */
    challenge: mfa.challengeFactor,
    /** `POST /auth/challenges/{id}/verify`: whether a code is right (`valid`). */
    verify: mfa.verifyChallenge,
  },
  authorizedApplications: {
    /** `GET /user_management/users/{user_id}/authorized_applications`: applications that a user let in. */
    listForUser: authorizedApplications.listUserAuthorizedApplications,
    /** `DELETE /user_management/users/{user_id}/authorized_applications/{application_id}`: takes a user's permission back; by the application's id or client id. */
    deleteForUser: authorizedApplications.deleteUserAuthorizedApplication,
    /** `GET /organizations/{organization_id}/authorized_applications`: applications that members of an organization let in, and who did. */
    listForOrganization: authorizedApplications.listOrganizationAuthorizedApplications,
  },
  connectApplications: {
    /** `GET /connect/applications`: of the environment, or of one organization. */
    list: connect.listConnectApplications,
    /** `POST /connect/applications`: an OAuth or a machine-to-machine application. */
    create: connect.createConnectApplication,
    /** `GET /connect/applications/{id}`: one application, by its id or client id. */
    get: connect.getConnectApplication,
    /** `PUT /connect/applications/{id}`: changes what is given, and only that. */
    update: connect.updateConnectApplication,
    /** `DELETE /connect/applications/{id}`: deletes an application. */
    delete: connect.deleteConnectApplication,
    /** `GET /connect/applications/{id}/client_secrets`: an application's secrets by their last characters, all at once. */
    listSecrets: connect.listClientSecrets,
    /** `POST /connect/applications/{id}/client_secrets`: a secret; its text is in this answer only. */
    createSecret: connect.createClientSecret,
    /** `DELETE /connect/client_secrets/{id}`: revokes a secret. */
    deleteSecret: connect.deleteClientSecret,
  },
} as const;

/** Pages that a browser visits. The client offers their URLs, the local AuthKit serves them. */
export const pageEndpoints = { authorize: authentication.authorize, logout: sessions.logout } as const;

/** What the public client offers: all of them, each under its family. */
export const clientEndpoints = { ...endpoints, ...authEndpoints } as const;

export type Endpoints = typeof endpoints;
