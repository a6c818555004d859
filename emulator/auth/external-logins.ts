/** Standalone Connect: people sign in at the environment's own system, and come back. */
import { type Context } from "../context";
import { notFound, refuse } from "../errors";
import { isExpired } from "../handlers/present";
import { type ConsentOption, type StoredExternalLogin } from "../store/auth-entities";
import { forgetExpired, hashOf, lifetimes, newToken } from "./secrets";

/** Where the person is sent to. */
export function startExternalLogin(loginUri: string, query: StoredExternalLogin["query"], context: Context): string {
  const { store, ids, clock } = context;
  const id = ids.make("ext_auth");
  const expires_at = new Date(clock.now() + lifetimes.externalLogin).toISOString();
  store.write(() => {
    forgetExpired(store.externalLogins, context);
    store.externalLogins.put({ id, query, expires_at, user_id: null, state_hash: null, options: [] });
  });
  const url = new URL(loginUri);
  url.searchParams.set("external_auth_id", id);
  return url.href;
}

/** One that still waits for its person. */
export function waitingLogin(id: string, { store, clock }: Context): StoredExternalLogin {
  const login = store.externalLogins.get(id);
  if (login === undefined || isExpired(login.expires_at, clock.now())) {
    throw notFound("External authentication session", id);
  }
  if (login.user_id !== null) {
    throw refuse(400, "external_auth_session_already_completed", "This sign-in has been completed already.");
  }
  return login;
}

/** Inside `store.write`: the token of the way back. */
export function completeLogin(
  login: StoredExternalLogin,
  user_id: string,
  options: readonly ConsentOption[],
  { store }: Context,
): string {
  const state = newToken();
  store.externalLogins.put({ ...login, user_id, options, state_hash: hashOf(state) });
  return state;
}

export function returnedLogin(state: string, { store, clock }: Context): StoredExternalLogin | undefined {
  const login = store.externalLogins.by("state", hashOf(state))[0];
  return login === undefined || isExpired(login.expires_at, clock.now()) ? undefined : login;
}
