/** A link that signs somebody in at an application, without a password: as the person, or as somebody who looks on. */
import { z } from "zod";
import { redirectUriProblem } from "../../api/redirect-uris";
import { forgetExpired, hashOf, lifetimes, newToken } from "../auth/secrets";
import { isMember } from "../auth/sign-in";
import { type Context } from "../context";
import { ApiError, notFound } from "../errors";
import { isOfEnvironment } from "../hosted/authorize-request";

export const signInLink = z.strictObject({
  /** Default the environment's first. */
  redirectUri: z.string().optional(),
  organizationId: z.string().optional(),
  /** With it the session is an impersonated one, by whom and why. */
  impersonator: z.strictObject({ email: z.string().min(1), reason: z.string().nullish() }).optional(),
});

export function makeSignInLink(userId: string, asked: z.output<typeof signInLink>, context: Context): string {
  const { store, ids, clock } = context;
  if (store.users.get(userId) === undefined) throw notFound("User", userId);
  const redirectUri = asked.redirectUri ?? store.redirectUris.all().find((one) => one.default)?.uri;
  if (redirectUri === undefined) throw new ApiError(422, { message: "redirectUri: say where the application is." });
  const problem = redirectUriProblem(redirectUri);
  if (problem !== undefined) throw new ApiError(422, { message: `redirectUri: ${problem}.` });
  if (!isOfEnvironment(redirectUri, context)) {
    throw new ApiError(422, { message: "redirectUri: not one of the environment's." });
  }
  const active = store.memberships.by("user", userId).filter(({ status }) => status === "active");
  const organizationId = asked.organizationId ?? (active.length === 1 ? active[0]?.organization_id : undefined) ?? null;
  if (organizationId !== null && !isMember(userId, organizationId, context)) {
    throw new ApiError(422, { message: "organizationId: the user is no active member of it." });
  }
  const code = newToken();
  const { impersonator } = asked;
  store.write(() => {
    forgetExpired(store.codes, context);
    store.codes.put({
      id: ids.make("code"),
      code_hash: hashOf(code),
      client_id: context.clientId,
      redirect_uri: redirectUri,
      code_challenge: null,
      user_id: userId,
      organization_id: organizationId,
      method: impersonator === undefined ? "Password" : "Impersonation",
      ...(impersonator === undefined
        ? {}
        : { impersonator: { email: impersonator.email, reason: impersonator.reason ?? null } }),
      expires_at: new Date(clock.now() + lifetimes.authorizationCode).toISOString(),
      used: false,
      session_id: null,
    });
  });
  const url = new URL(redirectUri);
  url.searchParams.set("code", code);
  return url.href;
}
