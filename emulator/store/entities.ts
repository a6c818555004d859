/** What is stored: the vendor's fields plus what only the emulator needs. `handlers/present.ts` makes answers of it. */

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
}

export interface StoredDomain extends Stamped {
  readonly organization_id: string;
  readonly domain: string;
  readonly state: "pending" | "verified";
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

export const mailKinds = ["invitation", "email_verification", "email_change", "magic_auth", "password_reset"] as const;

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
