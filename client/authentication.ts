/** Signing in: one method a grant, each with a result to switch on. */
import { type Clock } from "../api/clock";
import { type ApiMethod, type CallOptions, isWorkosError } from "../api";
import { type authentication, grantTypes } from "../api/endpoints/authentication";
import { type AuthenticationObject, type DeviceAuthorizationObject, type SignInStep } from "../api/schemas";
import { pause } from "../api/pace/wait";
import { type AuthorizationUrlOptions, type PkceUrl, type PkceUrlOptions, type Urls } from "./urls";

/** Signed in: the person, and tokens that must be kept secret. */
export type Authenticated = { readonly type: "authenticated" } & AuthenticationObject;

/**
 * What came of a sign-in. Switch on `type`: `authenticated`, or what is needed next (`email_verification_required`,
 * `mfa_enrollment`, `mfa_challenge`, `organization_selection_required`, `sso_required`, …), with the
 * `pending_authentication_token` that the next call takes. Wrong credentials are no step: they throw a `WorkosError`.
 */
export type SignIn = Authenticated | SignInStep;

/** What a poll of the device flow may answer besides: the person has not decided yet, refused, or came too late. */
export type DeviceSignIn = SignIn | { readonly type: (typeof deviceAnswers)[number] };

type GrantType = (typeof grantTypes)[keyof typeof grantTypes];
type AnyGrant = Parameters<ApiMethod<(typeof authentication)["authenticate"]>>[0];
/** What a caller gives for a grant: the client adds its type, the client id and the API key. */
type Grant<Type extends GrantType> = Omit<
  Extract<AnyGrant, { grant_type: Type }>,
  "grant_type" | "client_secret" | "client_id"
> & {
  /** Instead of the client's own `clientId`. */
  client_id?: string;
};
type Types = typeof grantTypes;

export type CodeGrant = Grant<Types["code"]>;
export type PasswordGrant = Grant<Types["password"]>;
export type RefreshTokenGrant = Grant<Types["refreshToken"]>;
export type MagicAuthGrant = Grant<Types["magicAuth"]>;
export type EmailVerificationGrant = Grant<Types["emailVerification"]>;
export type TotpGrant = Grant<Types["totp"]>;
export type OrganizationSelectionGrant = Grant<Types["organizationSelection"]>;
export type DeviceGrant = Grant<Types["device"]>;
export type RadarEmailGrant = Grant<Types["radarEmail"]>;
export type RadarSmsGrant = Grant<Types["radarSms"]>;

interface Needs {
  readonly methods: {
    readonly authenticate: ApiMethod<(typeof authentication)["authenticate"]>;
    readonly authorizeDevice: ApiMethod<(typeof authentication)["authorizeDevice"]>;
  };
  readonly urls: Urls;
  readonly apiKey?: string;
  readonly clock: Clock;
}

const deviceAnswers = ["authorization_pending", "slow_down", "access_denied", "expired_token"] as const;
/** RFC 8628: the interval where the answer names none, and by how much `slow_down` lengthens it. */
const DEFAULT_INTERVAL_S = 5;
const SLOW_DOWN_S = 5;

export class Authentication {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** `POST /user_management/authenticate`, grant `password`: signs in by email and password. */
  async withPassword(grant: PasswordGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#confidential(grant), grant_type: grantTypes.password }, options);
  }

  /**
   * `POST /user_management/authenticate`, grant `authorization_code`: exchanges the code that came to the redirect
   * URI. Public applications give the `code_verifier` of `getAuthorizationUrlWithPKCE`; with an API key it may be
   * given as well.
   */
  async withCode(grant: CodeGrant, options?: CallOptions): Promise<SignIn> {
    if (this.#needs.apiKey === undefined && !grant.code_verifier) {
      throw new TypeError("Without an API key, a code can be exchanged only with its code_verifier (PKCE).");
    }
    return this.#signIn({ ...grant, ...this.#either(grant), grant_type: grantTypes.code }, options);
  }

  /**
   * `POST /user_management/authenticate`, grant `refresh_token`: new tokens for old ones; with `organization_id`, for
   * another organization. Refresh tokens work once: keep the new one.
   */
  async withRefreshToken(grant: RefreshTokenGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#either(grant), grant_type: grantTypes.refreshToken }, options);
  }

  /** `POST /user_management/authenticate`, Magic Auth grant: signs in by the code of `magicAuth.create`. */
  async withMagicAuth(grant: MagicAuthGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#confidential(grant), grant_type: grantTypes.magicAuth }, options);
  }

  /** `POST /user_management/authenticate`, email verification grant: after `email_verification_required`. */
  async withEmailVerification(grant: EmailVerificationGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#confidential(grant), grant_type: grantTypes.emailVerification }, options);
  }

  /** `POST /user_management/authenticate`, TOTP grant: after `mfa_challenge` or `mfa_enrollment`. */
  async withTotp(grant: TotpGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#confidential(grant), grant_type: grantTypes.totp }, options);
  }

  /** `POST /user_management/authenticate`, organization selection grant: after `organization_selection_required`. */
  async withOrganizationSelection(grant: OrganizationSelectionGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn(
      { ...grant, ...this.#confidential(grant), grant_type: grantTypes.organizationSelection },
      options,
    );
  }

  /** `POST /user_management/authenticate`, Radar email grant: after `radar_challenge`. */
  async withRadarEmail(grant: RadarEmailGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#confidential(grant), grant_type: grantTypes.radarEmail }, options);
  }

  /** `POST /user_management/authenticate`, Radar SMS grant: after the two Radar SMS steps. */
  async withRadarSms(grant: RadarSmsGrant, options?: CallOptions): Promise<SignIn> {
    return this.#signIn({ ...grant, ...this.#confidential(grant), grant_type: grantTypes.radarSms }, options);
  }

  /** `POST /user_management/authorize/device`: starts the device flow. Show the person `user_code` and the URI. */
  async authorizeDevice(input: { client_id?: string } = {}, options?: CallOptions): Promise<DeviceAuthorizationObject> {
    return this.#needs.methods.authorizeDevice({ client_id: this.#needs.urls.client(input.client_id) }, options);
  }

  /** `POST /user_management/authenticate`, device grant: one poll. */
  async withDeviceCode(grant: DeviceGrant, options?: CallOptions): Promise<DeviceSignIn> {
    try {
      const client_id = this.#needs.urls.client(grant.client_id);
      return await this.#signIn({ ...grant, client_id, grant_type: grantTypes.device }, options);
    } catch (error) {
      const type = isWorkosError(error) ? deviceAnswers.find((answer) => answer === error.code) : undefined;
      if (type === undefined) throw error;
      return { type };
    }
  }

  /** Polls as often as the vendor allows until the person has decided or the device code has expired. */
  async waitForDevice(
    device: Pick<DeviceAuthorizationObject, "device_code" | "expires_in" | "interval">,
    options: CallOptions & { client_id?: string } = {},
  ): Promise<Exclude<DeviceSignIn, { type: "authorization_pending" | "slow_down" }>> {
    const { clock } = this.#needs;
    const { client_id, ...callOptions } = options;
    const end = clock.now() + device.expires_in * 1000;
    let interval = device.interval ?? DEFAULT_INTERVAL_S;
    while (clock.now() < end) {
      await pause(clock, interval * 1000, [callOptions.signal]);
      const answer = await this.withDeviceCode({ device_code: device.device_code, client_id }, callOptions);
      if (answer.type === "slow_down") interval += SLOW_DOWN_S;
      else if (answer.type !== "authorization_pending") return answer;
    }
    return { type: "expired_token" };
  }

  /** URL of `GET /user_management/authorize`, where a browser signs in. */
  getAuthorizationUrl(options: AuthorizationUrlOptions): string {
    return this.#needs.urls.authorization(options);
  }

  /** The same with a new PKCE pair and `state`, both to be kept until the code comes back. */
  getAuthorizationUrlWithPKCE(options: PkceUrlOptions): PkceUrl {
    return this.#needs.urls.authorizationWithPkce(options);
  }

  async #signIn(grant: NonNullable<AnyGrant>, options?: CallOptions): Promise<SignIn> {
    const answer = await this.#needs.methods.authenticate(grant, options);
    return "type" in answer ? answer : { type: "authenticated", ...answer };
  }

  #either({ client_id }: { client_id?: string }) {
    const { apiKey, urls } = this.#needs;
    return { client_id: urls.client(client_id), ...(apiKey !== undefined && { client_secret: apiKey }) };
  }

  #confidential({ client_id }: { client_id?: string }) {
    const { apiKey, urls } = this.#needs;
    if (apiKey === undefined) {
      throw new TypeError(
        "This grant needs an API key: createWorkos({ apiKey: … }). Public applications use a code and PKCE.",
      );
    }
    return { client_id: urls.client(client_id), client_secret: apiKey };
  }
}
