/** Who may ask for tokens: the environment's own client, whose secret is an API key, and Connect applications. */
import { type Caller, type Context } from "../context";
import { oauthError } from "../errors";
import { type StoredApplication } from "../store/auth-entities";
import { hashOf } from "./secrets";

export interface Client {
  readonly id: string;
  readonly application: StoredApplication | undefined;
}

export function findClient(clientId: string, { clientId: own, store }: Context): Client | undefined {
  if (clientId === own) return { id: own, application: undefined };
  const application = store.applications.by("client", clientId)[0];
  return application && { id: clientId, application };
}

export function knownClient(clientId: string, context: Context): Client {
  const client = findClient(clientId, context);
  if (client === undefined) throw oauthError("invalid_client", "Invalid client ID.");
  return client;
}

interface Credentials {
  readonly client_id: string;
  readonly client_secret?: string;
}

/** Whether the request proves to come from the client; a secret that is given and wrong is refused. */
export function authenticateClient(given: Credentials, caller: Caller, context: Context): boolean {
  const { application } = knownClient(given.client_id, context);
  const secret = given.client_secret;
  if (application === undefined) {
    if (secret !== undefined && !context.apiKeys.has(secret)) throw wrongSecret();
    return secret !== undefined || caller.apiKey !== undefined;
  }
  if (secret === undefined) return false;
  const stored = context.store.clientSecrets.by("secret", hashOf(secret))[0];
  if (stored?.application_id !== application.id) throw wrongSecret();
  context.store.write(() => context.store.clientSecrets.put({ ...stored, last_used_at: context.clock.iso() }));
  return true;
}

export function requireClient(given: Credentials, caller: Caller, context: Context): void {
  if (!authenticateClient(given, caller, context))
    throw oauthError("unauthorized_client", "A client secret is needed.");
}

const wrongSecret = () => oauthError("invalid_client", "Invalid client secret.");
