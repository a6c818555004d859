/** The typed client: every declared operation, signing in, and sessions. */
import { systemClock } from "../api/clock";
import { type Methods, createApiOf } from "../api/client";
import { DEFAULT_BASE_URL } from "../api/http/base-url";
import { clientEndpoints } from "../api/endpoints/index";
import { type ApiCounts, type KeylessApiOptions } from "../api/http/options";
import { AccessTokens } from "./access-token";
import { Authentication } from "./authentication";
import { Sessions } from "./sessions";
import { Urls } from "./urls";

/**
 * - `apiKey`: left out by public applications (PKCE), which then may only sign in.
 * - `clientId`: needed for signing in.
 * - `baseUrl`: default `https://api.workos.com`; the local AuthKit prints its own.
 */
export type WorkosOptions = KeylessApiOptions;

type Table = typeof clientEndpoints;

export interface Workos extends Omit<Methods<Table>, "authentication" | "sessions"> {
  /** Signing in: grants, the device flow, authorization URLs. */
  readonly authentication: Authentication;
  /** Sessions, access tokens and sealed cookies. */
  readonly sessions: Sessions;
  /** What this client has done so far. */
  readonly counts: ApiCounts;
  /** Refuses new requests, waits for those under way and ends the connections. */
  close(): Promise<void>;
}

/** The client of one environment: one pool of connections, one rate budget. Make one and keep it. */
export function createWorkos(options: WorkosOptions): Workos {
  const { apiKey, clientId, baseUrl = DEFAULT_BASE_URL, clock = systemClock } = options;
  const api = createApiOf(clientEndpoints, options);
  const urls = new Urls(baseUrl, clientId);
  const authentication = new Authentication({ methods: api.authentication, urls, apiKey, clock });
  const tokens = new AccessTokens({
    jwksUrl: () => urls.jwks(),
    clientId: () => urls.client(undefined),
    fetchJwks: () => api.sessions.jwks({ client_id: urls.client(undefined) }),
    clock,
  });
  const sessions = new Sessions({ methods: api.sessions, urls, tokens, authentication });
  return { ...api, authentication, sessions };
}
