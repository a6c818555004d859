/** What brought a person to a page. */
import { html } from "hono/html";
import { type PagePerson } from "../auth/page-sessions";
import { type Context } from "../context";
import { type StoredConnection } from "../store/entities";
import { type Html } from "./page";

/** What the application asked for, and who is asked. */
export interface Request {
  readonly clientId: string;
  /** By which name people know the application; nothing where there is none. */
  readonly application: string | undefined;
  readonly organizationId: string | null;
  readonly invitationToken: string | undefined;
  readonly loginHint: string;
  readonly signUpFirst: boolean;
  /** Another service instead of this page. */
  readonly provider: string | undefined;
  /** A connection instead of this page. */
  readonly connection: StoredConnection | undefined;
  /** How long ago the person may have signed in at this page, in seconds. */
  readonly maxAge: number | undefined;
  /** Path and query of the page. */
  readonly askedAt: string;
  /** Who is signed in at this page in this browser; who came last is first. */
  readonly people: readonly PagePerson[];
}

/** A page without an application behind it asks for nothing in particular. */
export const plainRequest = {
  ...{ application: undefined, organizationId: null, invitationToken: undefined, loginHint: "", signUpFirst: false },
  ...{ provider: undefined, connection: undefined, maxAge: undefined },
} as const;

/** What a page needs to be shown. */
export interface Asking {
  readonly request: Request;
  readonly csrf: string;
  readonly context: Context;
}

/** For whom the person is asked. */
export const toContinue = ({ application }: Request): Html | undefined =>
  application === undefined ? undefined : html`to continue to <strong>${application}</strong>`;
