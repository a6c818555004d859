/**
 * Signing in: `UserlandSessionsController` and `UserlandSsoController` in the vendor's specification. One operation
 * takes every grant; `grant_type` says which.
 */
import { z } from "zod";
import { endpoint } from "../endpoint";
import { authentication as signedIn, deviceAuthorization, signInStep } from "../schemas";

/** What every grant may say of the person's browser. */
const client = {
  client_id: z.string(),
  ip_address: z.string().optional(),
  device_id: z.string().optional(),
  user_agent: z.string().optional(),
};
/** The API key stands in for the application's secret; public clients (PKCE) have none. */
const secret = z.string();
const publicClient = { ...client, client_secret: secret.optional() };
const confidentialClient = { ...client, client_secret: secret };
const pending = { pending_authentication_token: z.string() };

export const grantTypes = {
  code: "authorization_code",
  password: "password",
  refreshToken: "refresh_token",
  magicAuth: "urn:workos:oauth:grant-type:magic-auth:code",
  emailVerification: "urn:workos:oauth:grant-type:email-verification:code",
  totp: "urn:workos:oauth:grant-type:mfa-totp",
  organizationSelection: "urn:workos:oauth:grant-type:organization-selection",
  device: "urn:ietf:params:oauth:grant-type:device_code",
  radarEmail: "urn:workos:oauth:grant-type:radar-email-challenge:code",
  radarSms: "urn:workos:oauth:grant-type:radar-sms-challenge:code",
} as const;

export const grants = z.discriminatedUnion("grant_type", [
  z.object({
    ...publicClient,
    grant_type: z.literal(grantTypes.code),
    code: z.string(),
    code_verifier: z.string().optional(),
    invitation_token: z.string().optional(),
    signals_id: z.string().optional(),
  }),
  z.object({
    ...confidentialClient,
    grant_type: z.literal(grantTypes.password),
    email: z.string(),
    password: z.string(),
    invitation_token: z.string().optional(),
    signals_id: z.string().optional(),
    radar_auth_attempt_id: z.string().optional(),
  }),
  z.object({
    ...publicClient,
    grant_type: z.literal(grantTypes.refreshToken),
    refresh_token: z.string(),
    /** Switches to this organization. */
    organization_id: z.string().optional(),
  }),
  z.object({
    ...confidentialClient,
    grant_type: z.literal(grantTypes.magicAuth),
    code: z.string(),
    email: z.string(),
    invitation_token: z.string().optional(),
    radar_auth_attempt_id: z.string().optional(),
  }),
  z.object({
    ...confidentialClient,
    ...pending,
    grant_type: z.literal(grantTypes.emailVerification),
    code: z.string(),
  }),
  z.object({
    ...confidentialClient,
    ...pending,
    grant_type: z.literal(grantTypes.totp),
    code: z.string(),
    authentication_challenge_id: z.string(),
  }),
  z.object({
    ...confidentialClient,
    ...pending,
    grant_type: z.literal(grantTypes.organizationSelection),
    organization_id: z.string(),
  }),
  z.object({ ...client, grant_type: z.literal(grantTypes.device), device_code: z.string() }),
  z.object({
    ...confidentialClient,
    ...pending,
    grant_type: z.literal(grantTypes.radarEmail),
    code: z.string(),
    radar_challenge_id: z.string(),
  }),
  z.object({
    ...confidentialClient,
    ...pending,
    grant_type: z.literal(grantTypes.radarSms),
    code: z.string(),
    /** This and `phone_number` only when signing up. */
    verification_id: z.string().optional(),
    phone_number: z.string().optional(),
  }),
]);

export const authentication = {
  /** Signs in by any grant. Codes and refresh tokens work once: never repeated blindly. */
  authenticate: endpoint({
    operation: "UserlandSessionsController_authenticate",
    method: "POST",
    path: "/user_management/authenticate",
    body: grants,
    success: { 200: signedIn },
    steps: signInStep,
    repeat: "unsafe",
    lane: "write",
    credentialsInBody: true,
    limitedPerPerson: true,
  }),
  /** Starts the device flow (RFC 8628). */
  authorizeDevice: endpoint({
    operation: "UserlandSsoController_deviceAuthorization",
    method: "POST",
    path: "/user_management/authorize/device",
    body: z.object({ client_id: z.string() }),
    success: { 200: deviceAuthorization },
    repeat: "unsafe",
    lane: "write",
    public: true,
  }),
} as const;
