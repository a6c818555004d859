/**
 * Who is signed in at the hosted pages, browser by browser: what makes single sign-on between applications. Sessions of
 * applications are others, and live on when this one ends.
 */
import { type Context } from "../context";
import { isExpired } from "../handlers/present";
import { type StoredPageSession } from "../store/auth-entities";
import { type Store } from "../store/store";
import { forgetExpired, hashOf, lifetimes, newToken } from "./secrets";

export type PagePerson = StoredPageSession["people"][number];

/** More people than that in one browser, or more browsers at one emulator, nobody tries out: the oldest go. */
const mostPeople = 10;
const mostSessions = 1000;

/** Who came last is first. */
export function peopleAtPage(token: string | undefined, context: Context): readonly PagePerson[] {
  const { users } = context.store;
  return (find(token, context)?.people ?? []).filter(({ user_id }) => users.get(user_id) !== undefined);
}

/** Answers the browser's new token: one that somebody had before the person signed in is worth nothing. */
export function enterPage(token: string | undefined, person: PagePerson, context: Context): string {
  const { store, ids, clock } = context;
  const fresh = newToken();
  store.write(() => {
    const former = find(token, context);
    const others = peopleAtPage(token, context).filter(({ user_id }) => user_id !== person.user_id);
    if (former !== undefined) store.pageSessions.delete(former.id);
    forgetExpired(store.pageSessions, context);
    store.pageSessions.put({
      id: ids.make("page_session"),
      token_hash: hashOf(fresh),
      people: [person, ...others].slice(0, mostPeople),
      expires_at: new Date(clock.now() + lifetimes.session).toISOString(),
    });
    while (store.pageSessions.size > mostSessions) store.pageSessions.delete(store.pageSessions.ids().at(0) ?? "");
  });
  return fresh;
}

/** One person leaves one browser. */
export function leavePage(token: string | undefined, userId: string, context: Context): void {
  const { store } = context;
  const session = find(token, context);
  if (session !== undefined) store.write(() => without(userId, session, store));
}

/** A person leaves every browser; within a step of the store. */
export function leavePages(userId: string, store: Store): void {
  for (const session of store.pageSessions.all()) without(userId, session, store);
}

function without(userId: string, session: StoredPageSession, store: Store): void {
  const people = session.people.filter(({ user_id }) => user_id !== userId);
  if (people.length === session.people.length) return;
  if (people.length === 0) store.pageSessions.delete(session.id);
  else store.pageSessions.put({ ...session, people });
}

function find(token: string | undefined, { store, clock }: Context): StoredPageSession | undefined {
  const session = token === undefined ? undefined : store.pageSessions.by("token", hashOf(token))[0];
  return session === undefined || isExpired(session.expires_at, clock.now()) ? undefined : session;
}
