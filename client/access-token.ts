/** Access tokens: JWTs that the vendor signs with keys it publishes. */
import { z } from "zod";
import { type Clock } from "../api/clock";
import { type JwksObject } from "../api/schemas";
import { jose } from "./libraries";

/** What an access token says, in the vendor's spelling. */
const claimsSchema = z.looseObject({
  /** The user's id. */
  sub: z.string(),
  /** The session's id. */
  sid: z.string(),
  iss: z.string().optional(),
  /** The application that the token is for; older tokens of the vendor do without. */
  client_id: z.string().optional(),
  /** Where the environment's JWT template sets one. */
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: z.number(),
  iat: z.number().optional(),
  org_id: z.string().optional(),
  role: z.string().optional(),
  roles: z.array(z.string()).optional(),
  permissions: z.array(z.string()).optional(),
  entitlements: z.array(z.string()).optional(),
  feature_flags: z.array(z.string()).optional(),
});
export type AccessTokenClaims = z.output<typeof claimsSchema>;

export type AccessTokenCheck =
  | { readonly valid: true; readonly claims: AccessTokenClaims }
  /**
   * `expired`: signed by the vendor, and over: refresh the session. `invalid`: not a token of this application's keys,
   * of another application, or not of the expected issuer.
   */
  | { readonly valid: false; readonly reason: "expired" | "invalid" };

export interface AccessTokenOptions {
  /** Required value of `iss`, where you know it (it depends on the environment's authentication domain). */
  issuer?: string;
  /**
   * Applications whose tokens are taken; default the client's own `clientId`. All applications of an environment are
   * signed for with the same keys, so that a signature alone does not say whose a token is.
   */
  clientId?: string | readonly string[];
  /** Required in `aud`; default: one of `clientId`, where the token has an `aud` at all. */
  audience?: string;
  /** By how much the clocks may differ, in seconds; default 5. */
  clockToleranceSeconds?: number;
}

interface Needs {
  readonly jwksUrl: () => string;
  readonly fetchJwks: () => Promise<JwksObject>;
  /** The client's own application. */
  readonly clientId: () => string;
  readonly clock: Clock;
}

/** Verifies tokens; keeps the public keys and fetches them anew when a token names one it has not seen. */
export class AccessTokens {
  readonly #needs: Needs;
  #keys?: Promise<Awaited<ReturnType<typeof remoteKeys>>>;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Failures to fetch the keys throw: they say nothing about the token. */
  async verify(
    token: string,
    { issuer, clientId, audience, clockToleranceSeconds = 5 }: AccessTokenOptions = {},
  ): Promise<AccessTokenCheck> {
    const { jwtVerify, errors } = await jose();
    const keys = await (this.#keys ??= remoteKeys(this.#needs));
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["RS256"],
        issuer,
        audience,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(this.#needs.clock.now()),
      });
      const claims = claimsSchema.safeParse(payload);
      const taken = [clientId ?? this.#needs.clientId()].flat();
      const ours = claims.success && isFor(taken, claims.data, audience !== undefined);
      return ours ? { valid: true, claims: claims.data } : { valid: false, reason: "invalid" };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { valid: false, reason: "expired" };
      if (error instanceof errors.JOSEError) return { valid: false, reason: "invalid" };
      throw error;
    }
  }
}

/**
 * Whether everything in the token that names an application names one of these: `client_id`, an issuer of the form
 * `…/user_management/{client id}`, and `aud`. A token that names none has only its signature, by the keys that the vendor
 * publishes for the application.
 */
function isFor(taken: readonly string[], { client_id, iss = "", aud }: AccessTokenClaims, audienceChecked: boolean) {
  const named = [client_id, /\/user_management\/([^/]+)\/?$/.exec(iss)?.[1]];
  const audience = aud === undefined || audienceChecked ? undefined : [aud].flat();
  return (
    named.every((name) => name === undefined || taken.includes(name)) &&
    (audience === undefined || audience.some((name) => taken.includes(name)))
  );
}

/** jose keeps the keys, bounds how often they are fetched and fetches once for many; the request itself is ours. */
async function remoteKeys({ jwksUrl, fetchJwks }: Needs) {
  const { createRemoteJWKSet, customFetch } = await jose();
  return createRemoteJWKSet(new URL(jwksUrl()), {
    [customFetch]: async () => Response.json(await fetchJwks()),
  });
}

/** The claims of a token that was verified before, or comes from the vendor itself. */
export async function readClaims(token: string): Promise<AccessTokenClaims | undefined> {
  const { decodeJwt } = await jose();
  try {
    return claimsSchema.safeParse(decodeJwt(token)).data;
  } catch {
    return undefined;
  }
}
