/** What signing in stores. Tokens that a client holds are kept as hashes only; codes that the API shows are readable. */
import { type AuthenticationObject, type SessionObject } from "../../api/schemas";
import { type Entity, type Stamped } from "./entities";

/** How a person signed in, in the words of an authentication's answer. */
export type SignInMethod = NonNullable<AuthenticationObject["authentication_method"]>;

/** What a Connect application asked for at `/oauth2`; nothing where it, or another, came to `/user_management`. */
export interface ConnectRequest {
  /** Joined by spaces. */
  readonly scope: string;
  /** Repeated in the ID token (OpenID Connect Core 3.1.2.1). */
  readonly nonce?: string;
  /** What the person chose on the page, by the access token's claims. */
  readonly claims?: Readonly<Record<string, string>>;
}

export interface StoredSession extends Stamped {
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly client_id: string;
  readonly method: SignInMethod;
  readonly auth_method: SessionObject["auth_method"];
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly impersonator: { readonly email: string; readonly reason: string | null } | null;
  readonly expires_at: string;
  /** When it was revoked; a session that merely expired has none. */
  readonly revoked_at: string | null;
  /** Of the one refresh token that is good now. */
  readonly refresh_hash: string;
  /** Of the part that all refresh tokens of the session begin with; none in sessions of older data files. */
  readonly family_hash: string | null;
  readonly connect?: ConnectRequest;
  /** When the person proved who they are, where that was before the session began: at a page that knew them still. */
  readonly authenticated_at?: string;
  /** How the good token came from the one before it. */
  readonly rotation: {
    readonly former_hash: string;
    /** In ms of emulated time. */
    readonly at: number;
    readonly salt: string;
  } | null;
}

/** Made by the hosted page; the application exchanges it for tokens. */
export interface StoredAuthorizationCode extends Entity {
  readonly code_hash: string;
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly code_challenge: string | null;
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly method: SignInMethod;
  readonly expires_at: string;
  readonly used: boolean;
  /** What it was exchanged for. */
  readonly session_id: string | null;
  readonly connect?: ConnectRequest;
  /** Who signs in as the user; nothing where it is the user. */
  readonly impersonator?: { readonly email: string; readonly reason: string | null };
  readonly authenticated_at?: string;
}

/** Somebody who is signed in at the hosted pages in one browser, which applications have nothing to do with. */
export interface StoredPageSession extends Entity {
  /** Of the browser: everybody who is signed in in it has the same. */
  readonly token_hash: string;
  readonly user_id: string;
  readonly method: SignInMethod;
  readonly authenticated_at: string;
  readonly expires_at: string;
}

/** A sign-in that waits for another step. */
export interface StoredPendingSignIn extends Entity {
  readonly token_hash: string;
  readonly user_id: string;
  readonly client_id: string;
  readonly method: SignInMethod;
  readonly organization_id: string | null;
  /** The second factor was given, or is not asked for. */
  readonly mfa_passed: boolean;
  /** Radar's challenge was passed. */
  readonly radar_passed?: boolean;
  /** The code that verifies the email of this sign-in. */
  readonly email_verification_id: string | null;
  readonly expires_at: string;
  readonly authenticated_at?: string;
}

export const emailCodeKinds = ["magic_auth", "email_verification", "email_change"] as const;

/** A six-digit code sent by mail: it works once, for a while, and not after too many wrong guesses. */
export interface StoredEmailCode extends Stamped {
  readonly kind: (typeof emailCodeKinds)[number];
  readonly user_id: string;
  /** Where the code went; for a change of email, the new address. */
  readonly email: string;
  readonly code: string;
  readonly expires_at: string;
  readonly used: boolean;
  readonly wrong_guesses: number;
}

/** A code that confirms a sign-in which Radar doubts. */
export interface StoredRadarChallenge extends Stamped {
  readonly user_id: string;
  readonly email: string;
  /** None where the code goes by mail. */
  readonly phone_number: string | null;
  readonly code: string;
  readonly expires_at: string;
  readonly used: boolean;
  readonly wrong_guesses: number;
}

export interface StoredPasswordReset extends Entity {
  readonly user_id: string;
  readonly email: string;
  readonly token: string;
  readonly expires_at: string;
  readonly created_at: string;
  readonly used: boolean;
  /** Path and query of the page where the person asked for it. */
  readonly asked_at?: string;
}

export interface StoredFactor extends Stamped {
  readonly type: "generic_otp" | "sms" | "totp";
  readonly user_id: string | null;
  readonly phone_number: string | null;
  readonly totp: { readonly issuer: string; readonly user: string; readonly secret: string } | null;
}

export interface StoredChallenge extends Stamped {
  readonly factor_id: string;
  /** None for TOTP, whose code the authenticator app makes. */
  readonly code: string | null;
  readonly expires_at: string;
  readonly used: boolean;
  readonly wrong_guesses: number;
}

export interface StoredDevice extends Entity {
  readonly device_hash: string;
  readonly user_code: string;
  readonly client_id: string;
  readonly state: "pending" | "approved" | "denied" | "used";
  readonly user_id: string | null;
  readonly organization_id: string | null;
  readonly method: SignInMethod;
  readonly expires_at: string;
  /** In ms of emulated time; polling sooner than `interval` seconds after it is too fast. */
  readonly polled_at: number | null;
  readonly interval: number;
  readonly connect?: ConnectRequest;
}

/** A person who is away to sign in at the environment's own system (Standalone Connect). */
export interface StoredExternalLogin extends Entity {
  /** Of the request at `/oauth2/authorize`, as it came. */
  readonly query: Readonly<Record<string, string>>;
  readonly expires_at: string;
  /** Who came back; none as long as nobody did. */
  readonly user_id: string | null;
  /** Of the address that leads back to AuthKit. */
  readonly state_hash: string | null;
  readonly options: readonly ConsentOption[];
}

export interface ConsentOption {
  readonly claim: string;
  readonly label: string;
  readonly choices: readonly { readonly group: string | null; readonly value: string; readonly label: string }[];
}

export interface StoredIdentity extends Entity {
  readonly user_id: string;
  readonly provider: string;
  readonly idp_id: string;
}

/** A program that acts for an organization, or for a person who has claimed it. */
export interface StoredAgent extends Stamped {
  readonly organization_id: string;
  readonly identity_id: string;
  readonly user_id: string | null;
  readonly status: "unverified" | "verified" | "expired" | "revoked";
  readonly kind: "anonymous" | "service_auth" | "identity_assertion";
  readonly api_key_hash: string;
  /** Of its credentials. */
  readonly expires_at: string;
  /** That a person takes it over, by a token which the agent has. */
  readonly claim: {
    readonly id: string;
    readonly token_hash: string;
    /** What the agent needs to complete the claim, once a person is linked. */
    readonly user_code: string | null;
    readonly created_at: string;
    readonly updated_at: string;
    readonly expires_at: string;
    /** Begins as the application links a person. */
    readonly attempt: StoredClaimAttempt | null;
    /** By the attempt with this id. */
    readonly completed: { readonly id: string; readonly at: string } | null;
  } | null;
  /** Those that it was given, without their values. */
  readonly credentials?: readonly StoredAgentCredential[];
}

export interface StoredClaimAttempt extends Entity {
  /** The person's email. */
  readonly login_hint: string;
  readonly created_at: string;
}

export interface StoredAgentCredential extends Entity {
  readonly detail:
    | { readonly kind: "api_key"; readonly api_key_id: string }
    | { readonly kind: "access_token"; readonly jti: string; readonly expires_at: string };
  readonly created_at: string;
}

/** A person as an identity provider knows them. */
export interface StoredProfile extends Stamped {
  readonly connection_id: string;
  readonly connection_type: string;
  readonly organization_id: string | null;
  readonly idp_id: string;
  readonly email: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly role_slug: string | null;
  /** Names of groups of the directory. */
  readonly groups: readonly string[];
}

/** Of single sign-on without AuthKit. A code or logout token is good once. */
export interface StoredSsoToken extends Entity {
  readonly kind: "code" | "access" | "logout";
  readonly token_hash: string;
  readonly profile_id: string;
  readonly client_id: string;
  readonly code_challenge: string | null;
  readonly scopes: readonly string[];
  readonly expires_at: string;
}

export interface StoredApplication extends Stamped {
  readonly client_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  readonly application_type: "oauth" | "m2m";
  readonly redirect_uris: readonly { readonly uri: string; readonly default: boolean }[];
  readonly uses_pkce: boolean;
  readonly is_first_party: boolean;
  readonly organization_id: string | null;
}

export interface StoredClientSecret extends Stamped {
  readonly application_id: string;
  readonly secret_hash: string;
  readonly secret_hint: string;
  readonly last_used_at: string | null;
}

/** A person let a Connect application in. */
export interface StoredAuthorization extends Entity {
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly application_id: string;
  readonly granted_scopes: readonly string[];
}

/** The one key that access tokens are signed with. */
export interface StoredSigningKey extends Entity {
  /** PKCS #8, PEM. */
  readonly private_key: string;
  /** Self-signed, DER in base64. */
  readonly certificate: string;
}
