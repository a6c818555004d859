import { createWorkos, type Workos, type WorkosOptions } from "../../../client";
import { jose } from "../../../client/libraries";
import { API_KEY, useServer, userObject } from "../../api/support/api";
import { type SeenRequest } from "../../api/support/server";

export const CLIENT_ID = "client_1";
export const COOKIE_PASSWORD = "a cookie password of at least 32 characters";

export const user = { ...userObject(), first_name: "Ann", metadata: { cost_center: "12" } };

/** Keys that sign like the vendor's, one generation after another. */
export async function signer(kid = "key_1") {
  const { exportJWK, generateKeyPair, SignJWT } = await jose();
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg: "RS256", use: "sig", kid };
  return {
    jwk,
    /** @param at Milliseconds since the epoch; the token is good for five minutes from then. */
    token: (at: number, claims: Record<string, unknown> = {}) =>
      new SignJWT({ sid: "session_1", org_id: "org_1", role: "admin", permissions: ["a:b"], ...claims })
        .setProtectedHeader({ alg: "RS256", kid })
        .setSubject(user.id)
        .setIssuer(typeof claims.iss === "string" ? claims.iss : "https://api.workos.com")
        .setIssuedAt(Math.floor(at / 1000))
        .setExpirationTime(Math.floor(at / 1000) + 300)
        .sign(privateKey),
  };
}
export type Signer = Awaited<ReturnType<typeof signer>>;

/** What the vendor answers to a grant. */
export const signedIn = (access_token: string, more: Record<string, unknown> = {}) => ({
  user,
  organization_id: "org_1",
  access_token,
  refresh_token: "refresh_1",
  authentication_method: "Password",
  ...more,
});

/** A server, and public clients of it. */
export function useWorkos() {
  const { server, clock } = useServer();
  let made: Workos[] = [];
  afterEach(async () => {
    await Promise.all(made.map((workos) => workos.close()));
    made = [];
  });
  return {
    server,
    clock,
    workos: (options: Partial<WorkosOptions> = {}) => {
      const defaults = { apiKey: API_KEY, clientId: CLIENT_ID, baseUrl: server().url, clock: clock() };
      const workos = createWorkos({ ...defaults, random: () => 0.5, ...options });
      made.push(workos);
      return workos;
    },
  };
}

export const bodyOf = (request: SeenRequest | undefined) =>
  JSON.parse(request?.body ?? "null") as Record<string, unknown>;
