/** Hides what nobody should read over a shoulder: keys, passwords, tokens, codes and cookies. */

export const masked = "••••••••";

const secretHeaders = new Set([
  ...["authorization", "cookie", "set-cookie", "proxy-authorization", "workos-signature"],
  ...["x-api-key", "api-key", "x-auth-token"],
]);

/** Names of fields of bodies, forms and queries. */
const secretName =
  /(^|_)(password|password_hash|secret|client_secret|token|access_token|refresh_token|id_token|pending_authentication_token|invitation_token|password_reset_token|code|user_code|device_code|code_verifier|totp_secret|csrf|private_key|qr_code|value|sealed_session|client_assertion|assertion|api_?key|data_key|credential|id_token_hint)$/i;
/** That end alike and are no secrets. */
const plainName = /^(error_code|obfuscated_value|default_value|verification_token)$/;

/** Recognized wherever they stand: keys, JSON web tokens, and what is behind a secret's name in an address. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\bsk_[A-Za-z0-9_]{4,}/g, masked],
  [/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, masked],
  [
    /((?:^|[?&])(?:[\w-]*(?:token|code|code_verifier|secret|password)|api_?key|id_token_hint)=)[^&\s"\\]+/g,
    `$1${masked}`,
  ],
  [/\botpauth:[^\s"\\]+/g, masked],
  [/(\/by_token\/)[^/?\s"\\]+/g, `$1${masked}`],
];

export function maskText(text: string): string {
  return patterns.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

export function maskQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      return rest.length > 0 && isSecret(decoded(name)) ? `${name}=${masked}` : maskText(pair);
    })
    .join("&");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isSecret = (name: string) => secretName.test(name) && !plainName.test(name);

/** Names and values in turn, as a server gets them. */
export function maskHeaders(raw: readonly string[]): [name: string, value: string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = "", value = ""] = raw.slice(at, at + 2);
    headers.push([name, secretHeaders.has(name.toLowerCase()) ? maskCredentials(value) : maskText(value)]);
  }
  return headers;
}

/** The scheme may be seen. */
const maskCredentials = (value: string) => value.replace(/^((?:bearer|basic)\s+)?.*$/is, `$1${masked}`);

/** JSON comes out indented; a form as it was; what is neither, or was cut, by what is recognized in it. */
export function maskBody(text: string, contentType: string): string {
  if (text === "") return "";
  if (/form-urlencoded/i.test(contentType)) return maskQuery(text);
  try {
    return maskText(JSON.stringify(maskValue(JSON.parse(text)), undefined, 2));
  } catch {
    return maskText(text).replace(
      /("[\w-]*(?:password|secret|token|code|code_verifier|api_?key|data_key|value)"\s*:\s*")[^"]*/g,
      `$1${masked}`,
    );
  }
}

/** A secret is a text; `null`, and an object of that name, are none. */
function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || value === null) return value;
  // What somebody may choose, or an address of a directory's person, is no secret; values of keys and the vault are.
  const isPlainValue = ["label", "type", "key", "primary"].some((name) => name in value);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const secret = isSecret(name) && (name !== "value" || !isPlainValue) && !isPlainCode(name, one);
      return [name, secret && typeof one === "string" && one !== "" ? masked : maskValue(one)];
    }),
  );
}

/** The codes of errors are words, those of mails and applications are not. */
const isPlainCode = (name: string, value: unknown) =>
  name === "code" && typeof value === "string" && /^[a-z]+(_[a-z0-9]+)+$|^required$/.test(value);
