/** Documented answers of signing in that the local AuthKit never gives. One that is seen after all fails the test. */
import { authEndpoints } from "../../../api/endpoints/index";
import { named, type NamedAnswer } from "./undocumented";

const { authentication, emailChange, emailVerification, externalAuth, magicAuth, mfa, passwordReset } = authEndpoints;
const { authenticate, authorizeDevice } = authentication;

export const neverAnsweredToSignIn: readonly NamedAnswer[] = [
  ...named([mfa.delete], 204, [null], "200, documented too, is what it answers"),
  ...named(
    [authenticate, magicAuth.create, passwordReset.create, emailChange.send, emailVerification.send],
    429,
    ["daily_quota_exceeded"],
    "mail goes to the mailbox, which has no quota; a fault rule can answer so",
  ),
  ...named(
    [authenticate, magicAuth.create],
    400,
    ["authentication_method_not_allowed"],
    "organizations have no list of allowed methods here, but for SSO",
  ),
  ...named([authenticate], 403, ["authentication_method_not_allowed"], "the same rule of organizations"),
  ...named([authenticate], 400, ["organization_authentication_methods_required"], "the same rule of organizations"),
  ...named([authenticate], 400, ["mfa_enrollment"], "403 mfa_enrollment, documented too, is what it answers"),
  ...named([authenticate], 400, ["sign_up_not_allowed"], "accounts are made before: on the page, or by the first code"),
  ...named(
    [authenticate],
    400,
    ["invalid_connection", "invalid_profile", "extra_attributes_required"],
    "there are no connections to identity providers: a page stands in for them",
  ),
  ...named([authenticate], 400, ["invalid_link_authorization_code"], "no grant here takes such a code"),
  ...named([authenticate], 400, ["pkce_not_supported"], "every client may use PKCE"),
  ...named([authenticate], 400, ["token_too_big"], "access tokens carry no template of the environment's"),
  ...named(
    [authenticate],
    403,
    ["radar_challenge", "radar_sign_up_challenge"],
    "Radar doubts nobody unless the switch radarChallenge says so, which tests/contract/extra sees",
  ),
  ...named([authenticate], 403, ["passkey_progressive_enrollment"], "there are no passkeys"),
  ...named([authenticate], 403, ["application_consent_required"], "consent is asked for on the hosted page"),
  ...named([authorizeDevice], 403, [null], "every client may use the device flow"),
  ...named(
    [emailChange.send, emailChange.confirm],
    409,
    ["email_change_not_allowed"],
    "the emulator has no rule against changing an email",
  ),
  ...named(
    [externalAuth.completeLogin],
    400,
    ["email_change_not_allowed"],
    "the emulator has no rule against changing an email",
  ),
  ...named([emailChange.confirm], 422, ["invalid_email"], "the address was checked when the change was asked for"),
  ...named([passwordReset.create], 403, ["password_reset_not_allowed"], "whoever has an account may set a password"),
];
