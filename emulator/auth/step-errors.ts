import { type Context } from "../context";
import { ApiError, oauthError } from "../errors";
import { presentUser } from "../handlers/present";
import { presentChallenge } from "../handlers/present-auth";
import { type Step } from "./sign-in";

/** The answer that tells a client which step is next, with what it needs for it. */
export function stepError(step: Exclude<Step, { kind: "ready" }>, userId: string, context: Context): ApiError {
  const pending = { pending_authentication_token: step.token };
  const stored = context.store.users.get(userId);
  const user = stored && presentUser(stored);
  switch (step.kind) {
    case "email_verification":
      return refused("email_verification_required", "Email ownership must be verified before authentication.", {
        ...pending,
        email: step.email,
        email_verification_id: step.verificationId,
      });
    case "mfa_enrollment":
      return refused("mfa_enrollment", "The user must enroll in MFA to finish authenticating.", { ...pending, user });
    case "mfa_challenge":
      return refused("mfa_challenge", "The user must complete an MFA challenge to finish authenticating.", {
        ...pending,
        user,
        authentication_factors: [{ id: step.factor.id, type: step.factor.type }],
        authentication_challenge: presentChallenge(step.challenge),
        // Older descriptions of this API have the two ids.
        authentication_challenge_id: step.challenge.id,
        authentication_factor_id: step.factor.id,
      });
    case "organization_selection":
      return refused(
        "organization_selection_required",
        "The user must choose an organization to finish their authentication.",
        { ...pending, user, organizations: step.organizations },
      );
    case "sso":
      return oauthError("sso_required", "User must authenticate using one of the matching connections.", {
        ...pending,
        email: step.email,
        connection_ids: context.store.connections
          .by("organization", step.organizationId)
          .flatMap(({ id, state }) => (state === "active" ? [id] : [])),
      });
  }
}

const refused = (code: string, message: string, more: Readonly<Record<string, unknown>>) =>
  new ApiError(403, { code, message, ...more });
