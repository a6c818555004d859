/** What stands in a message where a secret was. */
export const REDACTED = "[redacted]";

/** Body fields whose values must never be shown, wherever the vendor may echo them. */
const secretFields: ReadonlySet<string> = new Set([
  "password",
  "password_hash",
  "value",
  "token",
  "code",
  "client_secret",
  "new_password",
  "code_verifier",
  "device_code",
  "invitation_token",
  "refresh_token",
  "totp_secret",
  "pending_authentication_token",
]);

/** Secrets shorter than this are masked only where they stand alone. */
const SHORT = 4;

type Replacement = readonly [pattern: RegExp, replacement: string];

/** Texts that look like a credential whoever they belong to. */
const patterns: readonly Replacement[] = [
  [/\b(?:sk|whsec)_[A-Za-z0-9_-]+/g, REDACTED],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, REDACTED],
  [/\$(?:2[abxy]?|argon2(?:id?|d)|scrypt|pbkdf2[a-z0-9-]*)\$[^\s"',]+/g, REDACTED],
  [/\b((?:invitation_)?token|password|client_secret|code)=[^\s&"']+/gi, `$1=${REDACTED}`],
];

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/**
 * A redactor that knows these secrets by value, and others by their looks. Known ones go first, so that a pattern
 * does not mask the middle of a secret and leave its ends; short ones go last, so that they do not break a pattern.
 */
export function redactor(secrets: Iterable<string>): Redactor {
  const all = Array.from(new Set(secrets));
  const byValue = (some: readonly string[], pattern: (text: string) => RegExp): Replacement[] =>
    some.flatMap(spellings).map((text) => [pattern(text), REDACTED]);
  const replacements = [
    ...byValue(
      all.filter((secret) => secret.length >= SHORT),
      anywhere,
    ),
    ...patterns,
    ...byValue(
      all.filter((secret) => secret.length < SHORT),
      alone,
    ),
  ];
  return (text) => replacements.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** Those that are secret further down too, where a map may have fields that are only called `value` or `code`. */
const deepSecretFields: ReadonlySet<string> = new Set(["client_secret"]);

/** The values of a request that no message may show: strings under a secret field's name. */
export function secretValues(input: object, fields: ReadonlySet<string> = secretFields): string[] {
  return Object.entries(input).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === "object" && value !== null) return secretValues(value, deepSecretFields);
    return fields.has(name) && typeof value === "string" && value !== "" ? [value] : [];
  });
}

/** A secret appears in the vendor's text as it was sent, or as it stood in the path. Longest first. */
const spellings = (secret: string) =>
  Array.from(new Set([secret, encodeURIComponent(secret)])).sort((a, b) => b.length - a.length);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const anywhere = (text: string) => new RegExp(escaped(text), "g");
/** Masking each "a" in a text would make it unreadable. */
const alone = (text: string) => new RegExp(`(?<![A-Za-z0-9])${escaped(text)}(?![A-Za-z0-9])`, "g");
