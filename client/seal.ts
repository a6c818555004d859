/**
 * Sealed sessions: tokens and user, encrypted for a cookie, in the format of the vendor's own client, so that either
 * can open what the other has sealed: iron (Fe26.2), one password under the id "1", the suffix `~2`, and the content
 * in that client's spelling.
 */
import { z } from "zod";
import { type AuthenticationObject, impersonator, user, type UserObject } from "../api/schemas";
import { iron } from "./libraries";

const PASSWORD_ID = "1";
const VERSION = "~2";
/** iron refuses shorter ones. */
const MIN_PASSWORD_LENGTH = 32;

/** What a sealed session holds. */
export type SessionContent = Pick<
  AuthenticationObject,
  "user" | "organization_id" | "access_token" | "refresh_token" | "authentication_method" | "impersonator"
>;

const record = z.record(z.string(), z.unknown());
const content = z.object({
  user: record.transform(fromCamelCase).pipe(user),
  organizationId: z.string().nullish(),
  accessToken: z.string(),
  refreshToken: z.string(),
  authenticationMethod: z.string().optional(),
  impersonator: impersonator.nullish(),
});

export async function seal(session: SessionContent, password: string): Promise<string> {
  checkPassword(password);
  const { seal: ironSeal, defaults } = await iron();
  const sealed = await ironSeal(
    {
      organizationId: session.organization_id ?? undefined,
      user: toCamelCase(session.user),
      accessToken: session.access_token,
      refreshToken: session.refresh_token,
      authenticationMethod: session.authentication_method,
      impersonator: session.impersonator ?? undefined,
    },
    { id: PASSWORD_ID, secret: password },
    // Without a time to live: the tokens inside have theirs.
    { ...defaults, ttl: 0, encode: JSON.stringify },
  );
  return sealed + VERSION;
}

/** `undefined` for what is no session sealed with this password. */
export async function unseal(sealed: string, password: string): Promise<SessionContent | undefined> {
  checkPassword(password);
  const { unseal: ironUnseal, defaults } = await iron();
  const [text = ""] = sealed.split("~");
  const opened = await ironUnseal(text, { [PASSWORD_ID]: password }, { ...defaults, ttl: 0 }).catch(() => undefined);
  const session = content.safeParse(opened);
  if (!session.success) return undefined;
  const { data } = session;
  return {
    user: data.user,
    organization_id: data.organizationId ?? undefined,
    access_token: data.accessToken,
    refresh_token: data.refreshToken,
    authentication_method: data.authenticationMethod,
    impersonator: data.impersonator ?? undefined,
  };
}

function checkPassword(password: string): void {
  if (typeof password !== "string" || password.length < MIN_PASSWORD_LENGTH) {
    throw new TypeError(`The cookie password must have at least ${MIN_PASSWORD_LENGTH} characters.`);
  }
}

/** Only the fields' names: what stands in `metadata` is the program's own. */
function toCamelCase(given: UserObject): Record<string, unknown> {
  return renameKeys(given, (name) => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()));
}

function fromCamelCase(given: Record<string, unknown>): Record<string, unknown> {
  return renameKeys(given, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function renameKeys(given: object, rename: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [rename(name), value as unknown]));
}
