/** What signing in stores, as the vendor shows it. */
import {
  type ChallengeObject,
  type ClientSecretObject,
  type ConnectApplicationObject,
  type EmailVerificationObject,
  type EnrolledFactorObject,
  type FactorObject,
  type MagicAuthObject,
  type PasswordResetObject,
} from "../../api/schemas";
import { totpQrCode, totpUri } from "../auth/totp";
import { type Context } from "../context";
import {
  type StoredApplication,
  type StoredChallenge,
  type StoredClientSecret,
  type StoredEmailCode,
  type StoredFactor,
  type StoredPasswordReset,
} from "../store/auth-entities";

function code(stored: StoredEmailCode) {
  return {
    id: stored.id,
    user_id: stored.user_id,
    email: stored.email,
    expires_at: stored.expires_at,
    code: stored.code,
    created_at: stored.created_at,
    updated_at: stored.updated_at,
  };
}

export const presentMagicAuth = (stored: StoredEmailCode): MagicAuthObject => ({
  object: "magic_auth",
  ...code(stored),
});

export const presentEmailVerification = (stored: StoredEmailCode): EmailVerificationObject => ({
  object: "email_verification",
  ...code(stored),
});

export const resetUrl = (token: string, { url }: Pick<Context, "url">) =>
  `${url}/reset-password?token=${encodeURIComponent(token)}`;

export function presentPasswordReset(reset: StoredPasswordReset, context: Context): PasswordResetObject {
  return {
    object: "password_reset",
    id: reset.id,
    user_id: reset.user_id,
    email: reset.email,
    expires_at: reset.expires_at,
    created_at: reset.created_at,
    password_reset_token: reset.token,
    password_reset_url: resetUrl(reset.token, context),
  };
}

export function presentFactor(factor: StoredFactor): FactorObject {
  return {
    object: "authentication_factor",
    id: factor.id,
    type: factor.type,
    ...(factor.user_id === null ? {} : { user_id: factor.user_id }),
    ...(factor.phone_number === null ? {} : { sms: { phone_number: factor.phone_number } }),
    ...(factor.totp === null ? {} : { totp: { issuer: factor.totp.issuer, user: factor.totp.user } }),
    created_at: factor.created_at,
    updated_at: factor.updated_at,
  };
}

export function presentEnrolledFactor(factor: StoredFactor): EnrolledFactorObject {
  const { totp, ...rest } = presentFactor(factor);
  if (factor.totp === null || totp === undefined) return rest;
  const shown = { secret: factor.totp.secret, qr_code: totpQrCode(factor.totp), uri: totpUri(factor.totp) };
  return { ...rest, totp: { ...totp, ...shown } };
}

export function presentChallenge(challenge: StoredChallenge): ChallengeObject {
  return {
    object: "authentication_challenge",
    id: challenge.id,
    ...(challenge.code === null ? {} : { expires_at: challenge.expires_at, code: challenge.code }),
    authentication_factor_id: challenge.factor_id,
    created_at: challenge.created_at,
    updated_at: challenge.updated_at,
  };
}

export function presentApplication(application: StoredApplication): ConnectApplicationObject {
  const common = {
    object: "connect_application" as const,
    id: application.id,
    client_id: application.client_id,
    description: application.description,
    name: application.name,
    scopes: [...application.scopes],
    created_at: application.created_at,
    updated_at: application.updated_at,
  };
  const organization_id = application.organization_id ?? "";
  if (application.application_type === "m2m") return { ...common, application_type: "m2m", organization_id };
  return {
    ...common,
    application_type: "oauth",
    redirect_uris: application.redirect_uris.map((entry) => ({ ...entry })),
    uses_pkce: application.uses_pkce,
    is_first_party: application.is_first_party,
    ...(application.is_first_party ? {} : { was_dynamically_registered: false, organization_id }),
  };
}

export function presentClientSecret(secret: StoredClientSecret): ClientSecretObject {
  return {
    object: "connect_application_secret",
    id: secret.id,
    secret_hint: secret.secret_hint,
    last_used_at: secret.last_used_at,
    created_at: secret.created_at,
    updated_at: secret.updated_at,
  };
}
