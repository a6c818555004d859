/** The part of `known-differences.ts` about signing in and what belongs to it. */
import { authEndpoints, endpoints, pageEndpoints } from "../../../api/endpoints/index";
import {
  differs,
  known,
  type KnownDifference,
  limitsForRequests,
  metadataLimits,
  newerField,
  ours,
  pathParameters,
  undeclared,
  unspecified,
} from "./difference-entries";

const {
  authentication: { authenticate },
  authorizedApplications,
  emailChange,
  emailVerification,
  externalAuth,
  magicAuth,
  mfa,
  passwordReset,
  sessions,
  userIdentities,
} = authEndpoints;
const { connectApplications } = endpoints;

const answersUser = [
  ...[emailVerification.send, emailVerification.confirm, emailChange.send, emailChange.confirm],
  ...[passwordReset.confirm, authenticate],
];
const answersApplication = [
  ...[connectApplications.list, connectApplications.create, connectApplications.get, connectApplications.update],
  authorizedApplications.listForUser,
];
const ofUser = [
  ...[userIdentities.list, sessions.list],
  ...[emailVerification.send, emailVerification.confirm, emailChange.send, emailChange.confirm],
];
const oauth = "connect_application[application_type=oauth]";
const magicAuthGrant = "urn:workos:oauth:grant-type:magic-auth:code";
const elsewhere = "other implementations of this API leave it out or answer null";

const anyUri = "custom schemes and loopback addresses are shown as they were registered";
const applicationUris = [differs(`${oauth}.redirect_uris[].uri`, "format", "uri", "none")];
const lastKind = "kinds told apart by true and false, of which the comparison keeps the last";
const applicationKinds = [
  differs(`${oauth}.is_first_party`, "enum", "false", "none"),
  differs(`${oauth}.was_dynamically_registered`, "enum", "true", "none"),
];

export const signInDifferences: readonly KnownDifference[] = [
  ...known("both", answersUser, limitsForRequests, metadataLimits("user")),
  ...known("both", ofUser, ours, pathParameters("id", "user_id")),
  ...known("both", [mfa.enrollForUser, mfa.listForUser], ours, pathParameters("userland_user_id", "user_id")),
  ...known(
    "both",
    [authorizedApplications.deleteForUser],
    "the document lists them in another order than the path has them",
    pathParameters("application_id,user_id", "user_id,application_id"),
  ),
  ...known("both", [authenticate], elsewhere, [
    differs("answer 200.organization_id", "type", "string", "null or string"),
    differs("answer 200.impersonator", "type", "object", "null or object"),
  ]),
  ...known("both", [sessions.jwks], elsewhere, [
    differs("answer 200.keys[].x5c", "required", "yes", "no"),
    differs("answer 200.keys[].x5t#S256", "required", "yes", "no"),
  ]),
  ...known("both", [sessions.list], "an oversight of the document: a page without them would be none", [
    differs("list.object", "required", "no", "yes"),
    differs("list.data", "required", "no", "yes"),
    differs("list.list_metadata", "required", "no", "yes"),
  ]),
  ...known("both", answersApplication, anyUri, applicationUris),
  ...known("both", answersApplication, lastKind, applicationKinds),
  ...known("newer", [authorizedApplications.listForOrganization], anyUri, applicationUris),
  ...known("newer", [authorizedApplications.listForOrganization], lastKind, applicationKinds),

  ...known("both", [externalAuth.completeLogin], "it becomes the user's external_id, which is limited so", [
    differs("body.user.id", "maxLength", "none", "128"),
    differs("body.user.id", "pattern", "none", "^[\\x00-\\x7F]+$"),
  ]),
  ...known("both", [externalAuth.completeLogin], "groups of choices stand in the vendor's guide only", [
    unspecified("body.user_consent_options[].choices[].choices"),
    unspecified("body.user_consent_options[].choices[].group"),
  ]),
  ...known("installed", [externalAuth.completeLogin], newerField, [unspecified("body.user.name")]),
  ...known("installed", answersUser, newerField, [unspecified("user.name")]),
  ...known("installed", [userIdentities.list], "the vendor's newer edition has two services more", [
    differs("answer 200[].provider", "enum", identityProviders(), identityProviders("GrokOAuth", "XOAuth")),
  ]),
  ...known("installed", [authenticate], "the vendor's newer edition has two services more", [
    differs("answer 200.authentication_method", "enum", methods(), methods("GrokOAuth", "XOAuth")),
  ]),
  ...known("installed", [authenticate], "the vendor's newer edition lets public applications do without", [
    differs("body[grant_type=authorization_code].client_secret", "required", "yes", "no"),
    differs("body[grant_type=refresh_token].client_secret", "required", "yes", "no"),
  ]),
  ...known("installed", [authenticate], newerField, [
    unspecified("body[grant_type=authorization_code].signals_id"),
    unspecified("body[grant_type=password].signals_id"),
    unspecified("body[grant_type=password].radar_auth_attempt_id"),
    unspecified(`body[grant_type=${magicAuthGrant}].radar_auth_attempt_id`),
    unspecified("body[grant_type=urn:workos:oauth:grant-type:radar-email-challenge:code]"),
    unspecified("body[grant_type=urn:workos:oauth:grant-type:radar-sms-challenge:code]"),
  ]),
  ...known("installed", [sessions.revoke], "the vendor's newer edition no longer has it", [
    undeclared("body.return_to"),
  ]),
  ...known("installed", [sessions.jwks], "an oversight that the vendor's newer edition mends", [
    differs("operation", "public", "no", "yes"),
  ]),
  ...known(
    "installed",
    [passwordReset.create, magicAuth.create],
    "the vendor's newer edition says that it is an email",
    [differs("body.email", "format", "none", "email")],
  ),
  ...known("installed", [magicAuth.create], newerField, [
    unspecified("body.ip_address"),
    unspecified("body.user_agent"),
    unspecified("body.radar_auth_attempt_id"),
    unspecified("body.signals_id"),
    unspecified("magic_auth.radar_auth_attempt_id"),
  ]),
  ...known("installed", [connectApplications.list], newerField, [unspecified("query.registration_types")]),
  ...known(
    "installed",
    [connectApplications.listSecrets, connectApplications.createSecret],
    "the vendor's newer edition says that it is a date",
    [differs("connect_application_secret.last_used_at", "format", "none", "date-time")],
  ),
  ...known("installed", [pageEndpoints.authorize], newerField, [unspecified("query.max_age")]),
];

function identityProviders(...newer: string[]) {
  return services("GithubOAuth", ...newer);
}

function methods(...newer: string[]) {
  const own = ["CrossAppAuth", "ExternalAuth", "Impersonation", "MagicAuth", "MigratedSession", "Passkey", "Password"];
  return services("GitHubOAuth", "SSO", ...own, ...newer);
}

function services(...more: string[]) {
  const common = [
    ...["AppleOAuth", "BitbucketOAuth", "DiscordOAuth", "GitLabOAuth", "GoogleOAuth", "IntuitOAuth", "LinkedInOAuth"],
    ...["MicrosoftOAuth", "SalesforceOAuth", "SlackOAuth", "VercelMarketplaceOAuth", "VercelOAuth", "XeroOAuth"],
  ];
  return [...common, ...more].sort().join();
}
