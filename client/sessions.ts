/** Sessions: the vendor's list of them, access tokens, and sealed sessions in a browser's cookie. */
import { type ApiMethod, type CallOptions, isWorkosError } from "../api";
import { type sessions } from "../api/endpoints/sessions";
import { type SignInStep } from "../api/schemas";
import {
  type AccessTokenCheck,
  type AccessTokenClaims,
  type AccessTokenOptions,
  type AccessTokens,
} from "./access-token";
import { readClaims } from "./access-token";
import { type Authenticated, type Authentication } from "./authentication";
import { seal, type SessionContent, unseal } from "./seal";
import { type LogoutUrlOptions, type Urls } from "./urls";

export interface CookieOptions {
  /** The cookie's value; may be missing, as cookies are. */
  sessionData: string | undefined;
  /** At least 32 characters. */
  cookiePassword: string;
}

/** A session whose access token is valid. */
export type ActiveSession = {
  readonly authenticated: true;
  readonly session_id: string;
  readonly claims: AccessTokenClaims;
} & Omit<SessionContent, "refresh_token">;

export type CookieCheck =
  | ActiveSession
  | {
      readonly authenticated: false;
      /** `expired_access_token`: call `refresh()`; the others: sign in. */
      readonly reason: NoSession | "expired_access_token" | "invalid_access_token";
    };

type NoSession = "no_session_cookie" | "invalid_session_cookie";

export type Refresh =
  | (ActiveSession & {
      /** The cookie's new value: the old one's refresh token is used up. */
      readonly sealedSession: string;
    })
  | {
      readonly authenticated: false;
      /** `invalid_grant`: the session is over or its refresh token is used up. */
      readonly reason: NoSession | "invalid_grant";
    }
  /** The organization asks for more: its rules have changed, or the session moves to it. */
  | { readonly authenticated: false; readonly reason: "step_required"; readonly step: SignInStep };

export interface RefreshOptions extends CallOptions {
  /** Switches to this organization. */
  organization_id?: string;
  /** Seals with another password from now on. */
  cookiePassword?: string;
}

interface Needs {
  readonly methods: {
    readonly list: ApiMethod<(typeof sessions)["list"]>;
    readonly revoke: ApiMethod<(typeof sessions)["revoke"]>;
    readonly jwks: ApiMethod<(typeof sessions)["jwks"]>;
  };
  readonly urls: Urls;
  readonly tokens: AccessTokens;
  readonly authentication: Authentication;
}

export class Sessions {
  readonly #needs: Needs;
  /** `GET /user_management/users/{user_id}/sessions`. */
  readonly list: ApiMethod<(typeof sessions)["list"]>;
  /** `POST /user_management/sessions/revoke`: no new tokens from then on; the last access token runs out by itself. */
  readonly revoke: ApiMethod<(typeof sessions)["revoke"]>;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.list = needs.methods.list;
    this.revoke = needs.methods.revoke;
  }

  /** `GET /sso/jwks/{client_id}`: the public keys. `verifyAccessToken` fetches and keeps them by itself. */
  getJwks(input: { client_id?: string } = {}, options?: CallOptions) {
    return this.#needs.methods.jwks({ client_id: this.#needs.urls.client(input.client_id) }, options);
  }

  /** URL of `GET /sso/jwks/{client_id}`, for other libraries that verify tokens. */
  getJwksUrl(clientId?: string): string {
    return this.#needs.urls.jwks(clientId);
  }

  /** URL of `GET /user_management/sessions/logout`, to which a browser goes to sign out. */
  getLogoutUrl(options: LogoutUrlOptions): string {
    return this.#needs.urls.logout(options);
  }

  /** Checks an access token's signature and times against the vendor's public keys (RS256 only), and whose it is. */
  verifyAccessToken(token: string, options?: AccessTokenOptions): Promise<AccessTokenCheck> {
    return this.#needs.tokens.verify(token, options);
  }

  /** Encrypts what a sign-in gave, as the value of a cookie. */
  seal(session: Authenticated | SessionContent, { cookiePassword }: Pick<CookieOptions, "cookiePassword">) {
    return seal(session, cookiePassword);
  }

  /** A session from a cookie, to authenticate and refresh. */
  load({ sessionData, cookiePassword }: CookieOptions): SealedSession {
    return new SealedSession(this.#needs, sessionData, cookiePassword);
  }

  /** Who a request comes from, by its cookie: `load(…).authenticate()`. */
  authenticateFromCookie(options: CookieOptions): Promise<CookieCheck> {
    return this.load(options).authenticate();
  }
}

/** A sealed session; one object for one cookie. */
export class SealedSession {
  readonly #needs: Needs;
  #sessionData: string | undefined;
  #cookiePassword: string;
  #refreshing?: Promise<Refresh>;

  constructor(needs: Needs, sessionData: string | undefined, cookiePassword: string) {
    this.#needs = needs;
    this.#sessionData = sessionData;
    this.#cookiePassword = cookiePassword;
  }

  /** Opens the cookie and verifies its access token. */
  async authenticate(options?: AccessTokenOptions): Promise<CookieCheck> {
    const session = await this.#open();
    if (typeof session === "string") return { authenticated: false, reason: session };
    const check = await this.#needs.tokens.verify(session.access_token, options);
    if (!check.valid) return { authenticated: false, reason: `${check.reason}_access_token` };
    return active(session, check.claims);
  }

  /** New tokens in a newly sealed session. Calls at the same time share one request, since refresh tokens work once. */
  refresh(options: RefreshOptions = {}): Promise<Refresh> {
    this.#refreshing ??= this.#refresh(options).finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** URL that ends this session; throws where the cookie holds none. An expired access token still names its session. */
  async getLogoutUrl({ return_to }: Pick<LogoutUrlOptions, "return_to"> = {}): Promise<string> {
    const session = await this.#open();
    const claims = typeof session === "string" ? undefined : await readClaims(session.access_token);
    if (claims === undefined) throw new Error("The cookie holds no session to sign out of.");
    return this.#needs.urls.logout({ session_id: claims.sid, return_to });
  }

  async #refresh({ organization_id, cookiePassword, ...callOptions }: RefreshOptions): Promise<Refresh> {
    const session = await this.#open();
    if (typeof session === "string") return { authenticated: false, reason: session };
    const organization = organization_id ?? session.organization_id ?? undefined;
    const { refresh_token } = session;
    const result = await this.#needs.authentication
      .withRefreshToken({ refresh_token, ...(organization && { organization_id: organization }) }, callOptions)
      .catch((error: unknown) => {
        if (isWorkosError(error) && error.code === "invalid_grant") return undefined;
        throw error;
      });
    if (result === undefined) return { authenticated: false, reason: "invalid_grant" };
    if (result.type !== "authenticated") return { authenticated: false, reason: "step_required", step: result };
    const claims = await readClaims(result.access_token);
    if (claims === undefined) throw new Error("The vendor's access token is not the JWT that is documented.");
    this.#cookiePassword = cookiePassword ?? this.#cookiePassword;
    // An impersonator and the way of the first sign-in are not repeated by every answer.
    const next: SessionContent = {
      user: result.user,
      organization_id: claims.org_id,
      access_token: result.access_token,
      refresh_token: result.refresh_token,
      authentication_method: result.authentication_method ?? session.authentication_method,
      impersonator: result.impersonator ?? session.impersonator,
    };
    this.#sessionData = await seal(next, this.#cookiePassword);
    return { ...active(next, claims), sealedSession: this.#sessionData };
  }

  async #open(): Promise<SessionContent | NoSession> {
    if (!this.#sessionData) return "no_session_cookie";
    return (await unseal(this.#sessionData, this.#cookiePassword)) ?? "invalid_session_cookie";
  }
}

function active(session: SessionContent, claims: AccessTokenClaims): ActiveSession {
  const { refresh_token: _kept, ...shown } = session;
  return { authenticated: true, session_id: claims.sid, claims, ...shown, organization_id: claims.org_id };
}
