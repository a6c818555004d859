/** What is stored: the vendor's fields plus what only the emulator needs. `handlers/present.ts` makes answers of it. */
import {
  type ConnectionObject,
  type DataIntegrationObject,
  type DirectoryObject,
  type DirectoryUserObject,
  type EventObject,
} from "../../api/schemas";

export interface Entity {
  readonly id: string;
}

export interface Stamped extends Entity {
  readonly created_at: string;
  readonly updated_at: string;
}

/** Never the password itself. */
export type StoredPassword =
  | { readonly kind: "own"; readonly salt: string; readonly hash: string }
  | { readonly kind: "imported"; readonly type: string; readonly hash: string; readonly salt_position?: string };

export interface StoredUser extends Stamped {
  readonly email: string;
  readonly email_verified: boolean;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly name: string | null;
  readonly external_id: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly locale: string | null;
  readonly password: StoredPassword | null;
  readonly last_sign_in_at: string | null;
  /** Deleting answers 409 `user_deletion_not_allowed`. */
  readonly protected: boolean;
}

export type MembershipStatus = "active" | "inactive" | "pending";

export interface StoredMembership extends Stamped {
  readonly user_id: string;
  readonly organization_id: string;
  readonly status: MembershipStatus;
  readonly role_slugs: readonly string[];
  readonly directory_managed: boolean;
}

export interface StoredInvitation extends Stamped {
  readonly email: string;
  /** `expired` is never stored: it is `pending` read after `expires_at`. */
  readonly state: "pending" | "accepted" | "revoked";
  readonly accepted_at: string | null;
  readonly revoked_at: string | null;
  readonly expires_at: string;
  readonly expires_in_days: number;
  readonly organization_id: string | null;
  readonly inviter_user_id: string | null;
  readonly accepted_user_id: string | null;
  readonly role_slug: string | null;
  readonly token: string;
}

export interface StoredApiKey extends Stamped {
  readonly organization_id: string;
  /** Set where the key is a user's, for this organization. */
  readonly user_id: string | null;
  readonly name: string;
  readonly obfuscated_value: string;
  readonly value_hash: string;
  readonly last_used_at: string | null;
  readonly expires_at: string | null;
  readonly permissions: readonly string[];
}

export interface StoredOrganization extends Stamped {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly external_id: string | null;
  readonly stripe_customer_id: string | null;
  readonly allow_profiles_outside_organization: boolean;
  readonly audit_log_retention_days: number | null;
}

export interface StoredDomain extends Stamped {
  readonly organization_id: string;
  readonly domain: string;
  readonly state: "pending" | "verified" | "failed";
  readonly verification_prefix: string;
  readonly verification_token: string;
  readonly verification_strategy: "dns" | "manual";
}

export interface StoredRole extends Stamped {
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly organization_id: string | null;
  readonly resource_type_slug: string;
  readonly permissions: readonly string[];
}

export interface StoredPermission extends Stamped {
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly resource_type_slug: string;
  /** One of the vendor's own, which can be neither changed nor deleted. */
  readonly system: boolean;
}

export interface StoredGroup extends Stamped {
  readonly organization_id: string;
  readonly name: string;
  readonly description: string | null;
}

/** That a membership is in a group; `id` is made of the ids of both. */
export interface StoredGroupMember extends Entity {
  readonly group_id: string;
  readonly membership_id: string;
}

/** A role that a group gives, on a resource of its organization. */
export interface StoredGroupRole extends Stamped {
  readonly group_id: string;
  readonly organization_id: string;
  readonly role_slug: string;
  readonly resource_id: string;
  readonly external_id: string;
  readonly resource_type_slug: string;
}

export interface StoredRedirectUri extends Stamped {
  readonly uri: string;
  /** The one that cannot be deleted. */
  readonly default: boolean;
}

export interface StoredWebhookEndpoint extends Stamped {
  readonly endpoint_url: string;
  /** Readable, since the list shows it. */
  readonly secret: string;
  readonly status: "enabled" | "disabled";
  readonly events: readonly string[];
}

/** One try to hand an event over to a webhook endpoint. */
export interface DeliveryAttempt {
  /** When it ended: ISO 8601, by the emulator's clock. */
  readonly at: string;
  /** Of the answer; nothing where there was none. */
  readonly status: number | null;
  /** The beginning of the answer's body. */
  readonly answer: string;
  /** Why there was no answer. */
  readonly error: string | null;
  /** Real ms. */
  readonly durationMs: number;
}

export interface StoredDelivery extends Entity {
  readonly endpoint_id: string;
  readonly url: string;
  readonly event: EventObject;
  readonly attempts: readonly DeliveryAttempt[];
  /** In a row, since it was made or last sent again by hand. */
  readonly failures: number;
  /** When it is sent next, in ms of emulated time; nothing once it is delivered or given up. */
  readonly next_at: number | null;
  readonly delivered: boolean;
  readonly created_at: string;
}

export interface StoredCorsOrigin extends Stamped {
  readonly origin: string;
}

export interface StoredResource extends Stamped {
  readonly organization_id: string;
  readonly resource_type_slug: string;
  readonly external_id: string;
  readonly name: string;
  readonly description: string | null;
  readonly parent_resource_id: string | null;
}

export interface StoredRoleAssignment extends Stamped {
  readonly organization_membership_id: string;
  readonly organization_id: string;
  readonly role_slug: string;
  readonly resource_id: string;
}

type JsonSchema = Readonly<Record<string, unknown>>;

export interface StoredAuditLogAction extends Stamped {
  readonly name: string;
}

/** One version; the newest is the action's. */
export interface StoredAuditLogSchema extends Entity {
  readonly action_id: string;
  readonly version: number;
  readonly actor: { readonly metadata: JsonSchema } | null;
  readonly targets: readonly { readonly type: string; readonly metadata?: JsonSchema }[];
  readonly metadata: JsonSchema | null;
  readonly created_at: string;
}

/** There is one at most. */
export interface StoredJwtTemplate extends Stamped {
  readonly content: string;
}

/** Its value as it is: whoever tries things out here has no secrets to keep from this machine. */
export interface StoredVaultObject extends Entity {
  readonly name: string;
  readonly value: string;
  readonly context: Readonly<Record<string, string>>;
  readonly key_id: string;
  readonly version_id: string;
  readonly updated_by: { readonly id: string; readonly name: string };
  readonly updated_at: string;
  /** Those before this one, the newest first. */
  readonly versions?: readonly StoredVaultVersion[];
}

/** A former value is not kept, only what is said of it. */
export interface StoredVaultVersion {
  readonly id: string;
  readonly created_at: string;
  readonly etag: string;
  readonly size: number;
}

/** The one key that data keys are encrypted with, in base64. */
export interface StoredVaultKey extends Entity {
  readonly key: string;
}

export interface StoredAuditLogEvent extends Entity {
  readonly organization_id: string;
  readonly action: string;
  readonly version: number;
  readonly occurred_at: string;
  readonly actor: AuditLogParty;
  readonly targets: readonly AuditLogParty[];
  readonly context: { readonly location: string; readonly user_agent?: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly created_at: string;
}

interface AuditLogParty {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface StoredAuditLogExport extends Stamped {
  readonly organization_id: string;
  readonly range_start: string;
  readonly range_end: string;
  readonly actions: readonly string[] | null;
  readonly actor_names: readonly string[] | null;
  readonly actor_ids: readonly string[] | null;
  readonly targets: readonly string[] | null;
  /** Whoever has it may download. */
  readonly token: string;
  readonly token_expires_at: string;
}

/** An account at another service that a person has connected. */
export interface StoredConnectedAccount extends Stamped {
  readonly slug: string;
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly auth_method: "oauth" | "api_key" | "client_credentials";
  readonly state: "connected" | "needs_reauthorization";
  readonly scopes: readonly string[];
  readonly access_token: string | null;
  readonly refresh_token: string | null;
  readonly expires_at: string | null;
  readonly api_key: string | null;
  readonly client_id: string | null;
  readonly client_secret: string | null;
  readonly config: Readonly<Record<string, string>> | null;
}

export interface StoredRadarAttempt extends Stamped {
  readonly email: string;
  readonly ip_address: string;
  readonly verdict: "allow" | "block" | "challenge";
  readonly succeeded: boolean;
}

export interface StoredRadarEntry extends Entity {
  readonly type: string;
  readonly action: string;
  readonly entry: string;
}

/** Made by seeds and controls, as are directories: no operation makes one. */
export interface StoredConnection extends Stamped {
  readonly organization_id: string;
  readonly name: string;
  readonly connection_type: string;
  readonly state: ConnectionObject["state"];
  readonly domains: readonly string[];
}

export interface StoredDirectory extends Stamped {
  readonly organization_id: string;
  readonly name: string;
  readonly type: string;
  readonly state: DirectoryObject["state"];
  readonly domain: string | null;
}

export interface StoredDirectoryGroup extends Stamped {
  readonly directory_id: string;
  readonly organization_id: string;
  /** The directory's own name for it; where there is none, its name. */
  readonly idp_id: string | null;
  readonly name: string;
  /** What its members get. */
  readonly role_slug: string | null;
}

export interface StoredDirectoryUser extends Stamped {
  readonly directory_id: string;
  readonly organization_id: string;
  readonly idp_id: string;
  readonly email: string;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly state: DirectoryUserObject["state"];
  /** Its own; it counts before those of its groups. */
  readonly role_slug: string | null;
  readonly group_ids: readonly string[];
  /** What its groups give. */
  readonly group_role_slugs: readonly string[];
  readonly custom_attributes: Readonly<Record<string, unknown>>;
  /** Whom it provisions. */
  readonly user_id: string | null;
}

/** Made by seeds and controls: no operation makes one. */
export interface StoredFeatureFlag extends Stamped {
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: {
    readonly email: string;
    readonly first_name: string | null;
    readonly last_name: string | null;
  } | null;
  readonly tags: readonly string[];
  readonly enabled: boolean;
  readonly default_value: boolean;
}

/** That a flag is on for a user or an organization. */
export interface StoredFlagTarget extends Entity {
  readonly flag_id: string;
  readonly resource_id: string;
}

export interface StoredIntegration extends Stamped {
  readonly slug: string;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly scopes: readonly string[] | null;
  readonly auth_methods: readonly DataIntegrationObject["auth_methods"][number][];
  readonly config: Readonly<Record<string, string>>;
  readonly credentials: DataIntegrationObject["credentials"];
  readonly custom_provider: DataIntegrationObject["custom_provider"];
}

/** What one organization has of an integration, where that is another than the integration has. */
export interface StoredIntegrationOverride extends Stamped {
  readonly integration_id: string;
  readonly organization_id: string;
  readonly enabled: boolean | null;
  readonly scopes: readonly string[] | null;
  readonly config: Readonly<Record<string, string>> | null;
  readonly client_id: string | null;
  readonly client_secret_last_four: string | null;
}

export const mailKinds = [
  "invitation",
  "email_verification",
  "email_change",
  "magic_auth",
  "password_reset",
  "radar_challenge",
] as const;

export interface StoredMail extends Entity {
  readonly kind: (typeof mailKinds)[number];
  readonly to: string;
  readonly subject: string;
  /** The invitation, verification, change, code or reset that the mail is about. */
  readonly object_id: string;
  /** What a link in the mail carries. */
  readonly token: string | null;
  /** What the recipient types. */
  readonly code: string | null;
  readonly locale: string | null;
  readonly sent_at: string;
}

/** A delete that was accepted and has yet to happen; `id` is the object's. */
export interface StoredDeletion extends Entity {
  readonly kind: "user" | "organization";
  readonly due_at: number;
}
