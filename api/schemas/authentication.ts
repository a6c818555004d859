/** Signing in: answers of the grants, sessions, one-time codes and tokens. */
import { z } from "zod";
import { user } from "./access";
import { openEnum, orNull, timestamp } from "./shapes";

export const impersonator = z.object({ email: z.string(), reason: orNull(z.string()) });

/** How a person signed in, in the words of an authentication's answer. */
const authenticationMethods = [
  "SSO",
  "Password",
  "Passkey",
  "AppleOAuth",
  "BitbucketOAuth",
  "CrossAppAuth",
  "DiscordOAuth",
  "ExternalAuth",
  "GitHubOAuth",
  "GitLabOAuth",
  "GoogleOAuth",
  "GrokOAuth",
  "XOAuth",
  "IntuitOAuth",
  "LinkedInOAuth",
  "MicrosoftOAuth",
  "SalesforceOAuth",
  "SlackOAuth",
  "VercelMarketplaceOAuth",
  "VercelOAuth",
  "XeroOAuth",
  "MagicAuth",
  "Impersonation",
  "MigratedSession",
] as const;

export const authentication = z.object({
  user,
  /** Absent where the session has no organization; other implementations of this API answer `null`. */
  organization_id: z.string().nullish(),
  authkit_authorization_code: z.string().optional(),
  access_token: z.string(),
  refresh_token: z.string(),
  authentication_method: openEnum(authenticationMethods).optional(),
  /** Absent unless impersonated; other implementations of this API answer `null`. */
  impersonator: impersonator.nullish(),
  oauth_tokens: z
    .object({
      provider: z.string(),
      refresh_token: z.string(),
      access_token: z.string(),
      expires_at: z.int(),
      scopes: z.array(z.string()),
    })
    .optional(),
});
export type AuthenticationObject = z.output<typeof authentication>;

export const session = z.object({
  object: z.literal("session"),
  id: z.string(),
  impersonator: impersonator.optional(),
  ip_address: orNull(z.string()),
  organization_id: z.string().optional(),
  user_agent: orNull(z.string()),
  user_id: z.string(),
  auth_method: openEnum([
    "cross_app_auth",
    "external_auth",
    "impersonation",
    "magic_code",
    "migrated_session",
    "oauth",
    "passkey",
    "password",
    "sso",
    "unknown",
  ]),
  status: z.enum(["active", "expired", "revoked"]),
  expires_at: timestamp,
  ended_at: orNull(timestamp),
  created_at: timestamp,
  updated_at: timestamp,
});
export type SessionObject = z.output<typeof session>;

/** Public keys that access tokens are verified with. */
export const jwks = z.object({
  keys: z.array(
    z.object({
      alg: z.literal("RS256"),
      kty: z.literal("RSA"),
      use: z.literal("sig"),
      /** This and `x5t#S256`: verification does without, and other implementations of this API leave them out. */
      x5c: z.array(z.string()).optional(),
      n: z.string(),
      e: z.string(),
      kid: z.string(),
      "x5t#S256": z.string().optional(),
    }),
  ),
});
export type JwksObject = z.output<typeof jwks>;

export const deviceAuthorization = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.url(),
  verification_uri_complete: z.url().optional(),
  /** Seconds. */
  expires_in: z.number(),
  /** Seconds between two polls. */
  interval: z.number().optional(),
});
export type DeviceAuthorizationObject = z.output<typeof deviceAuthorization>;

export const magicAuth = z.object({
  object: z.literal("magic_auth"),
  id: z.string(),
  user_id: z.string(),
  email: z.string(),
  expires_at: timestamp,
  created_at: timestamp,
  updated_at: timestamp,
  code: z.string(),
});
export type MagicAuthObject = z.output<typeof magicAuth>;

export const emailVerification = magicAuth.extend({ object: z.literal("email_verification") });
export type EmailVerificationObject = z.output<typeof emailVerification>;

export const passwordReset = z.object({
  object: z.literal("password_reset"),
  id: z.string(),
  user_id: z.string(),
  email: z.string(),
  expires_at: timestamp,
  created_at: timestamp,
  password_reset_token: z.string(),
  password_reset_url: z.string(),
});
export type PasswordResetObject = z.output<typeof passwordReset>;

export const emailChange = z.object({
  object: z.literal("email_change"),
  user,
  new_email: z.string(),
  expires_at: timestamp,
  created_at: timestamp,
});
export type EmailChangeObject = z.output<typeof emailChange>;

export const emailChangeConfirmation = z.object({ object: z.literal("email_change_confirmation"), user });

/** Several operations answer a user under a name. */
export const ofUser = z.object({ user });
