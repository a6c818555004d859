/**
 * Who is signed in at the hosted pages, browser by browser: what makes single sign-on between applications. Sessions of
 * applications are others, and live on when this one ends.
 */
import { type Context } from "../context";
import { isExpired } from "../handlers/present";
import { type StoredPageSession } from "../store/auth-entities";
import { type Store } from "../store/store";
import { forgetExpired, hashOf, lifetimes, newToken } from "./secrets";

export type PagePerson = Pick<StoredPageSession, "user_id" | "method" | "authenticated_at">;

/** More people than that in one browser, or more sessions at one emulator, nobody tries out: the oldest go. */
const mostPeople = 10;
const mostSessions = 1000;

/** Who came last is first. */
export function peopleAtPage(token: string | undefined, { store, clock }: Context): readonly StoredPageSession[] {
  if (token === undefined) return [];
  const all = store.pageSessions.by("token", hashOf(token));
  return all.filter(({ expires_at }) => !isExpired(expires_at, clock.now())).reverse();
}

/** Answers the browser's new token: one that somebody had before the person signed in is worth nothing. */
export function enterPage(token: string | undefined, person: PagePerson, context: Context): string {
  const { store, ids, clock } = context;
  const fresh = newToken();
  store.write(() => {
    const here = peopleAtPage(token, context);
    const others = here.filter(({ user_id }) => user_id !== person.user_id).slice(0, mostPeople - 1);
    for (const { id } of here) store.pageSessions.delete(id);
    forgetExpired(store.pageSessions, context);
    const expires_at = new Date(clock.now() + lifetimes.session).toISOString();
    // The order of ids is that in which people came.
    for (const { user_id, method, authenticated_at } of [person, ...others].reverse()) {
      const fields = { user_id, method, authenticated_at, expires_at };
      store.pageSessions.put({ id: ids.make("page_session"), token_hash: hashOf(fresh), ...fields });
    }
    while (store.pageSessions.size > mostSessions) store.pageSessions.delete(store.pageSessions.ids().at(0) ?? "");
  });
  return fresh;
}

/** One person leaves one browser. */
export function leavePage(token: string | undefined, userId: string, context: Context): void {
  const { store } = context;
  const own = peopleAtPage(token, context).filter(({ user_id }) => user_id === userId);
  if (own.length > 0) store.write(() => own.forEach(({ id }) => store.pageSessions.delete(id)));
}

/** A person leaves every browser; within a step of the store. */
export function leavePages(userId: string, store: Store): void {
  for (const { id } of store.pageSessions.by("user", userId)) store.pageSessions.delete(id);
}
