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
  "pending_authentication_token",
]);

/** Texts that look like a credential whoever they belong to. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\bsk_[A-Za-z0-9_-]+/g, REDACTED],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, REDACTED],
  [/\$(?:2[abxy]?|argon2(?:id?|d)|scrypt|pbkdf2[a-z0-9-]*)\$[^\s"',]+/g, REDACTED],
  [/\b((?:invitation_)?token|password|client_secret|code)=[^\s&"']+/gi, `$1=${REDACTED}`],
];

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/** A redactor that knows these secrets by value, and others by their looks. */
export function redactor(secrets: Iterable<string>): Redactor {
  const known = Array.from(new Set(secrets), valuePatterns).flat();
  return (text) => {
    let result = text;
    for (const pattern of known) result = result.replace(pattern, REDACTED);
    for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
    return result;
  };
}

/** The values of a request that no message may show: top-level strings under a secret field's name. */
export function secretValues(input: Readonly<Record<string, unknown>>): string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (secretFields.has(name) && typeof value === "string" && value !== "") values.push(value);
  }
  return values;
}

/** A secret appears in the vendor's text as it was sent, or as it stood in the path. */
function valuePatterns(secret: string): RegExp[] {
  return Array.from(new Set([secret, encodeURIComponent(secret)]))
    .sort((a, b) => b.length - a.length)
    .map(valuePattern);
}

/** Short secrets are masked only where they stand alone: masking each "a" would make the message unreadable. */
function valuePattern(secret: string): RegExp {
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return secret.length >= 4 ? new RegExp(escaped, "g") : new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, "g");
}
