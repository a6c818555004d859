/** URLs for a browser, made without a request. */
import { type EndpointInput } from "../api";
import { pageEndpoints } from "../api/endpoints/index";
import { createPkce, randomText } from "./pkce";

/**
 * Where and how a person is to sign in: the vendor's query parameters
 * (https://workos.com/docs/reference/authkit/authentication/get-authorization-url).
 * One of `provider`, `connection_id` and `organization_id` is needed.
 */
export type AuthorizationUrlOptions = Omit<
  EndpointInput<typeof pageEndpoints.authorize>,
  "client_id" | "response_type" | "provider_scopes"
> & { provider_scopes?: string[]; client_id?: string };

export type PkceUrlOptions = Omit<AuthorizationUrlOptions, "code_challenge" | "code_challenge_method" | "state">;

export interface PkceUrl {
  readonly url: string;
  /** 43 random characters; compare with what comes back to the redirect URI. */
  readonly state: string;
  /** Keep it: `authentication.withCode({ code, code_verifier })` needs it. */
  readonly code_verifier: string;
}

export interface LogoutUrlOptions {
  /** The `sid` claim of the access token. */
  session_id: string;
  /** Where the browser goes afterwards. */
  return_to?: string;
}

/** Makes URLs below one base URL for one application. */
export class Urls {
  readonly #base: string;

  constructor(
    baseUrl: string,
    private readonly clientId: string | undefined,
  ) {
    this.#base = baseUrl.replace(/\/+$/, "");
  }

  authorization({ client_id, ...options }: AuthorizationUrlOptions): string {
    const { provider, connection_id, organization_id, screen_hint, max_age } = options;
    if (provider === undefined && connection_id === undefined && organization_id === undefined) {
      throw new TypeError("An authorization URL needs one of provider, connection_id and organization_id.");
    }
    if (provider !== "authkit" && (screen_hint !== undefined || max_age !== undefined)) {
      throw new TypeError('screen_hint and max_age are only for provider "authkit".');
    }
    if (options.code_challenge !== undefined && options.code_challenge_method === undefined) {
      throw new TypeError('code_challenge needs code_challenge_method: "S256".');
    }
    const query = { response_type: "code", client_id: this.client(client_id), ...options };
    return this.#base + pageEndpoints.authorize.path + queryString(query);
  }

  authorizationWithPkce(options: PkceUrlOptions): PkceUrl {
    const { code_verifier, ...challenge } = createPkce();
    const state = randomText();
    return { url: this.authorization({ ...options, ...challenge, state }), state, code_verifier };
  }

  logout({ session_id, return_to }: LogoutUrlOptions): string {
    if (session_id === "") throw new TypeError("A logout URL needs the session's id.");
    return this.#base + pageEndpoints.logout.path + queryString({ session_id, return_to });
  }

  jwks(client_id?: string): string {
    return `${this.#base}/sso/jwks/${encodeURIComponent(this.client(client_id))}`;
  }

  /** The application's id: the one given here, or the client's own. */
  client(given: string | undefined): string {
    const id = given ?? this.clientId;
    if (id === undefined || id === "") {
      throw new TypeError("Signing in needs the application's client id: createWorkos({ clientId: … }).");
    }
    return id;
  }
}

type Value = string | number | readonly string[] | Readonly<Record<string, string>> | undefined;

function queryString(values: Readonly<Record<string, Value>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    // Lists travel comma-joined and maps in brackets, as the vendor's specification and its own client have them.
    if (typeof value !== "object") query.set(name, String(value));
    else if (isList(value)) query.set(name, value.join(","));
    else for (const [key, text] of Object.entries(value)) query.set(`${name}[${key}]`, text);
  }
  return `?${query.toString()}`;
}

/** `Array.isArray` does not tell a readonly list from the rest of a union. */
const isList = (value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] =>
  Array.isArray(value);
