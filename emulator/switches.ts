import { z } from "zod";
import { identityProviders } from "../api/endpoints/pages";

/** All that `authorize` can be asked for by name, but AuthKit itself. */
const [, ...providers] = identityProviders;

/**
 * What no source decides about the vendor's behaviour, each as a switch. A client that is right under every position
 * is right whatever the vendor does; the defaults are the likeliest reading of the specification.
 */
export const switches = z.object({
  /** `merge`: keys of an update are added, a key given as `null` goes; `replace`: the given map is the whole map. */
  metadata: z.enum(["merge", "replace"]),
  /** Status of deleting a user while deletes are immediate. The specification says 200; other sources 202 or 204. */
  userDelete: z.union([z.literal(200), z.literal(202), z.literal(204)]),
  /** Creating a membership where an active one exists: 409, or 201 with the existing one, unchanged. */
  activeDuplicateMembership: z.enum(["conflict", "return"]),
  /** Whether a membership may have several roles; if not, several are 422 `multiple_roles_not_enabled`. */
  multipleRoles: z.boolean(),
  /**
   * Whether inviting an unknown address to an organization creates the user, unverified. A pending membership names
   * its user and the specification ties an invitation's role to that membership, so the default is yes; without it
   * an unknown address has no membership until it accepts.
   */
  inviteCreatesUser: z.boolean(),
  /** Whether accepting creates a user for an unknown address; if not, accepting is 400 `invalid_invite`. */
  acceptCreatesUser: z.boolean(),
  /** Whether roles may name permissions that do not exist; if not, 404. */
  unknownPermissions: z.enum(["accept", "refuse"]),
  /** Resending: a new token and a full new term (the former link is dead), or the same ones again. */
  resend: z.enum(["new-token", "same"]),
  /** Whether a repeated POST create with the same `Idempotency-Key` answers the first one's answer again. */
  idempotency: z.enum(["ignore", "honour"]),
  /** Whether a password is enough while the email is not verified; if not, 403 `email_verification_required`. */
  emailVerification: z.enum(["required", "optional"]),
  /** `optional`: whoever has a TOTP factor is asked for it; `required`: whoever has none must enroll one. */
  mfa: z.enum(["off", "optional", "required"]),
  /** Whether passwords may be used at all; if not, 403 `email_password_auth_disabled`. */
  passwordSignIn: z.boolean(),
  /** Whether unknown people may sign up by the hosted page or Magic Auth; if not, `sign_up_not_allowed`. */
  signUp: z.boolean(),
  /** Other services that the hosted page has a button for. */
  providers: z.array(z.enum(providers)),
  /**
   * Whether who comes to the hosted page with an address of an organization's verified domain must sign in by the
   * organization's connection, or may.
   */
  domainSso: z.enum(["required", "offered"]),
  /**
   * `redirect` answers `authorize` with a code at once, for tests without a browser: for the person of `login_hint`, or
   * for the first.
   */
  authorize: z.enum(["page", "redirect"]),
  /** Ids of organizations whose members must sign in by SSO: 400 `sso_required`. */
  ssoRequired: z.array(z.string()),
  /** The specification speaks of active sessions, and its objects have other states too. */
  listSessions: z.enum(["active", "all"]),
  /**
   * What becomes of a refresh token that was exchanged less than 30 seconds ago: `refuse` it and let the session live,
   * `same-tokens` again as WorkOS documents its grace period, or `end-session`. One that is older ends the session in
   * every position.
   */
  refreshReplay: z.enum(["refuse", "same-tokens", "end-session"]),
  /**
   * When the DNS record of a domain is found, since there is no DNS here: as soon as somebody asks for it, or when the
   * control `setDomainState` says so.
   */
  domainVerification: z.enum(["when-asked", "by-control"]),
  /** Whether the active users of directories are users and members here, as WorkOS's directory provisioning has it. */
  directoryProvisioning: z.boolean(),
  /** What becomes of a directory's user that is not active: gone from the directory, as by default, or kept there. */
  inactiveDirectoryUsers: z.enum(["delete", "keep"]),
  /**
   * To which webhook endpoints anything is sent: those on this machine, all, or none. A program may name its real ones,
   * which are to hear of nothing that happens here.
   */
  webhookTargets: z.enum(["anywhere", "this-machine", "nowhere"]),
  /** How often a webhook is sent again that was not answered 2xx: six times in minutes, or six times in days. */
  webhookRetries: z.enum(["staging", "production"]),
  /** Whether Radar doubts every sign-in by password, and asks for a code by mail or by a text message: 403. */
  radarChallenge: z.enum(["off", "email", "sms"]),
  /**
   * The Login URI of Standalone Connect, `null` for none: where `/oauth2/authorize` sends people to sign in, who come
   * back by `/authkit/oauth2/complete`.
   */
  loginUri: z.url({ protocol: /^https?$/ }).nullable(),
});

export type Switches = z.output<typeof switches>;

export const defaultSwitches: Switches = {
  metadata: "merge",
  userDelete: 200,
  activeDuplicateMembership: "conflict",
  multipleRoles: true,
  inviteCreatesUser: true,
  acceptCreatesUser: true,
  unknownPermissions: "accept",
  resend: "new-token",
  idempotency: "ignore",
  emailVerification: "required",
  mfa: "optional",
  passwordSignIn: true,
  signUp: true,
  providers: ["GoogleOAuth", "MicrosoftOAuth", "GitHubOAuth", "AppleOAuth"],
  domainSso: "required",
  authorize: "page",
  ssoRequired: [],
  listSessions: "active",
  refreshReplay: "refuse",
  domainVerification: "when-asked",
  directoryProvisioning: true,
  inactiveDirectoryUsers: "delete",
  webhookTargets: "this-machine",
  webhookRetries: "staging",
  radarChallenge: "off",
  loginUri: null,
};
