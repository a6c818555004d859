/**
 * The shapes an input can have. A shape builds its zod schema only when it is asked to, with the zod module handed in:
 * a program imports the declarations too, for their names, and should not pay for a schema library it never uses.
 */
import type { z as zod } from "zod";
import { externalIdPattern, lengthOf, limits as vendorLimits, slugPattern } from "../../api/schemas/limits";
import { isOrigin } from "../../api/origins";
import { redirectUriProblem, registeredUriProblem } from "../../api/redirect-uris";
import { isAddress, notAnAddress } from "./address";

type Zod = typeof zod;

export interface Shape<T> {
  readonly schema: (z: Zod) => zod.ZodType<T>;
  /** An email address, which the setting `allowedDomains` restricts. */
  readonly address?: boolean;
  /** What values look like, for messages: `org_…`. Default: nothing that would tell. */
  readonly form?: string;
}

const shape = <T>(schema: (z: Zod) => zod.ZodType<T>): Shape<T> => ({ schema });

const shown = (input: unknown) => {
  if (typeof input === "string") return `"${input}"`;
  return typeof input === "object" && input !== null ? (Array.isArray(input) ? "a list" : "an object") : String(input);
};
const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** No longer than the vendor takes; an emoji is one character there, and two in JavaScript. */
const upTo = (max: number) => ({
  check: (text: string) => lengthOf(text) <= max,
  error: {
    error: (issue: { input?: unknown }) =>
      `must be at most ${max} characters long (it has ${lengthOf(String(issue.input))})`,
  },
});

/** Free text, at least one character long. */
export const text = ({ max }: { max?: number } = {}): Shape<string> =>
  shape((z) => {
    const schema = z
      .string({ error: "must be text" })
      .min(1, { error: "must not be empty; leave it out to leave it unmanaged" });
    if (max === undefined) return schema;
    const limit = upTo(max);
    return schema.refine(limit.check, limit.error).meta({ maxLength: max });
  });

/** What something is called in the user's own system. */
export const externalId = (): Shape<string> =>
  shape((z) =>
    text({ max: vendorLimits.externalId })
      .schema(z)
      .refine((id) => id === "" || externalIdPattern.test(id), { error: "must consist of ASCII characters only" })
      .meta({ pattern: externalIdPattern.source }),
  );

/** Text that must never be repeated in a message. */
export const secretText = (): Shape<string> =>
  shape((z) => z.string({ error: "must be text" }).min(1, { error: "must not be empty" }));

export const emailAddress = (): Shape<string> => ({
  address: true,
  schema: (z) =>
    z
      .string({ error: (issue) => notAnAddress(shown(issue.input)) })
      .refine(isAddress, { error: (issue) => notAnAddress(shown(issue.input)) }),
});

/** Where sign-ins may lead back to. */
export const redirectUriText = (): Shape<string> =>
  shape((z) =>
    z.string({ error: "must be a URI, like https://app.example.com/callback" }).superRefine((uri, context) => {
      const problem = registeredUriProblem(uri);
      if (problem === undefined) return;
      const message = `${shown(uri)} is not a redirect URI: ${problem}; write it like https://app.example.com/callback`;
      context.addIssue({ code: "custom", message });
    }),
  );

/** A web address that nobody on the way can read along. */
export const httpsUrl = (): Shape<string> =>
  shape((z) => {
    const error = (issue: { input?: unknown }) =>
      `${shown(issue.input)} is not an https address; write it like https://app.example.com/webhooks`;
    return z.string({ error }).refine((url) => /^https:\/\/[^/\s]/i.test(url) && URL.canParse(url), { error });
  });

/** A domain that people's addresses are of. */
export const domainName = (): Shape<string> =>
  shape((z) => {
    const error = (issue: { input?: unknown }) =>
      `${shown(issue.input)} is not a domain; write it like acme.example, without https:// or @`;
    return z
      .string({ error })
      .refine((domain) => domain.length <= 253 && /^[^\s@/:]+\.[^\s@/:]+$/.test(domain), { error });
  });

/** The origin of pages. */
export const originText = (): Shape<string> =>
  shape((z) => {
    const error = (issue: { input?: unknown }) =>
      `${shown(issue.input)} is not an origin; write it like https://app.example.com, without a path and a / at its end`;
    return z.string({ error }).refine(isOrigin, { error });
  });

/** One of the values that the type names, or one that the vendor has added since: it decides. */
export const openOneOf = <V extends string>(): Shape<V | (string & Record<never, never>)> => text();

/** An id of the vendor's, with a prefix that tells what it belongs to. */
export const idOf = (...prefixes: readonly [string, ...string[]]): Shape<string> => {
  const beginning = prefixes.map((prefix) => `"${prefix}"`).join(" or ");
  return {
    form: `${prefixes[0]}…`,
    schema: (z) =>
      z
        .string({ error: `must be an id that starts with ${beginning}` })
        .regex(new RegExp(`^(${prefixes.join("|")}).+`), {
          error: (issue) =>
            `${shown(issue.input)} is not an id that starts with ${beginning}; pass the id of the resource meant, not its name or another id`,
        }),
  };
};

/** Where an application may have a browser sent. */
export const redirectUri = (): Shape<string> =>
  shape((z) =>
    z.string({ error: "must be a redirect URI" }).refine((uri) => redirectUriProblem(uri) === undefined, {
      error: (issue) =>
        `${shown(issue.input)} is not a redirect URI: ${redirectUriProblem(String(issue.input)) ?? "it is none"}`,
    }),
  );

const notASlug = (issue: { input?: unknown }) =>
  `${shown(issue.input)} is not a slug; slugs are lowercase letters, digits and - _ : . * (the slug, not the display name)`;

/** A role's slug. */
export const slug = ({ max }: { max?: number } = {}): Shape<string> =>
  shape((z) => {
    const schema = z
      .string({ error: "must be a slug, like admin" })
      .regex(/^[a-z0-9][a-z0-9\-_:.*]*$/, { error: notASlug });
    return max === undefined ? schema : schema.max(max, upTo(max).error);
  });

/** A permission's slug, which may be a pattern. */
export const permissionSlug = (max = vendorLimits.permission.slug): Shape<string> =>
  shape((z) =>
    z
      .string({ error: "must be a slug, like posts:read" })
      .max(max, upTo(max).error)
      .regex(slugPattern, { error: notASlug }),
  );

/** The slug of something that belongs to one organization. */
export const ownSlug = (max: number): Shape<string> =>
  shape((z) =>
    z
      .string({ error: "must be a slug, like org-billing" })
      .max(max, upTo(max).error)
      .regex(/^org-[a-z0-9_-]+$/, {
        error: (issue) =>
          `${shown(issue.input)} is not a slug of an organization's own: it must start with org- and go on with lowercase letters, digits, - and _`,
      }),
  );

export const flag = (): Shape<boolean> => shape((z) => z.boolean({ error: "must be true or false" }));

export const integer = (min: number, max: number): Shape<number> =>
  shape((z) => {
    const error = (issue: { input?: unknown }) =>
      `must be a whole number from ${min} to ${max} (it is ${shown(issue.input)})`;
    return z.int({ error }).min(min, { error }).max(max, { error });
  });

export const oneOf = <const V extends readonly [string, ...string[]]>(values: V): Shape<V[number]> =>
  shape((z) =>
    z.enum(values, {
      error: (issue) =>
        `must be one of ${values.length > 12 ? `the documented values, such as ${values.slice(0, 6).join(", ")}` : values.join(", ")} (it is ${shown(issue.input)})`,
    }),
  );

export const oneNumberOf = <const V extends readonly number[]>(values: V): Shape<V[number]> =>
  shape((z) =>
    z.literal([...values] as V[number][], {
      error: (issue) => `must be one of ${values.join(", ")} (it is ${shown(issue.input)})`,
    }),
  );

/** The only value there is, with the reason. */
export const only = <const V extends string>(value: V, reason: string): Shape<V> =>
  shape((z) => z.literal(value, { error: `can only be "${value}": ${reason}` }));

/** A moment in time, RFC 3339. */
export const timestamp = (): Shape<string> =>
  shape((z) =>
    z.iso.datetime({
      offset: true,
      error: (issue) =>
        `${shown(issue.input)} is not a moment in time; write it in RFC 3339 form, like 2027-01-31T00:00:00Z`,
    }),
  );

const durationPattern = /^([1-9]\d*)([mhd])$/;
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The milliseconds of a length of time such as `24h`, which `check` has found well formed. */
export function durationMs(text: string): number {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  return Number(count) * unitMs[unit as keyof typeof unitMs];
}

/** A length of time, as in `30m`, `24h` or `7d`. */
export const duration = (): Shape<string> =>
  shape((z) =>
    z.string({ error: "must be a length of time, like 24h" }).regex(durationPattern, {
      error: (issue) =>
        `${shown(issue.input)} is not a length of time; write a number with m, h or d, like 30m, 24h or 7d`,
    }),
  );

export const listOf = <T>(item: Shape<T>, noun = "value", { max = Infinity }: { max?: number } = {}): Shape<T[]> =>
  shape((z) =>
    z.array(item.schema(z), { error: `must be a list of ${noun}s` }).refine((list) => list.length <= max, {
      error: (issue) =>
        `must have at most ${plural(max, noun)} (it has ${Array.isArray(issue.input) ? issue.input.length : "more"})`,
    }),
  );

/** A list that says something only when it has an element. */
export const someOf = <T>(item: Shape<T>, noun: string): Shape<T[]> =>
  shape((z) =>
    z.array(item.schema(z), { error: `must be a list of ${noun}s` }).min(1, {
      error: `must name at least one ${noun}; leave it out to leave it unmanaged`,
    }),
  );

/** A list of at least one, where none is no way to leave it unmanaged. */
export const atLeastOne = <T>(item: Shape<T>, noun: string): Shape<T[]> =>
  shape((z) =>
    z
      .array(item.schema(z), { error: `must be a list of ${noun}s` })
      .min(1, { error: `must name at least one ${noun}` }),
  );

/** An object whose parts nobody here looks into, such as a JSON Schema. */
export const jsonObject = (): Shape<Record<string, unknown>> =>
  shape((z) => z.record(z.string(), z.unknown(), { error: "must be an object" }));

/** Text by name, the vendor's limits included. */
export const metadata = (
  limits: { readonly keys: number; readonly keyLength?: number; readonly valueLength: number } = vendorLimits.metadata,
): Shape<Record<string, string>> =>
  shape((z) =>
    z
      .record(z.string(), z.string({ error: "must be text" }), { error: "must be a map from text to text" })
      .superRefine((map, context) => {
        const entries = Object.entries(map);
        if (entries.length > limits.keys) {
          context.addIssue({
            code: "custom",
            message: `must have at most ${plural(limits.keys, "key")} (it has ${entries.length})`,
          });
        }
        const [forKeys, forValues] = [upTo(limits.keyLength ?? Infinity), upTo(limits.valueLength)];
        const say = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
        for (const [key, value] of entries) {
          if (!forKeys.check(key)) say(key, `the key ${forKeys.error.error({ input: key })}`);
          if (!forValues.check(value)) say(key, forValues.error.error({ input: value }));
        }
      }),
  );

/** Any text by name, as triggers are given. */
export const textMap = (): Shape<Record<string, string>> =>
  shape((z) => z.record(z.string(), z.string({ error: "must be text" }), { error: "must be a map from text to text" }));

/** An object of named parts, none of them unknown. */
export const object = <P extends Record<string, Part<unknown, boolean>>>(parts: P): Shape<ObjectOf<P>> =>
  shape((z) => {
    const fields = Object.fromEntries(
      Object.entries(parts).map(([name, part]) => {
        const schema = part.shape.schema(z);
        return [name, part.optional ? schema.optional() : schema];
      }),
    );
    // The record of parts is only known by name here; its type is what `ObjectOf` says.
    return z.strictObject(fields, {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `does not know ${issue.keys.map(shown).join(", ")}; it takes ${Object.keys(parts).join(", ")}`
          : `must be an object with ${Object.keys(parts).join(", ")}`,
    }) as zod.ZodType<unknown> as zod.ZodType<ObjectOf<P>>;
  });

export interface Part<T, Optional extends boolean> {
  readonly shape: Shape<T>;
  readonly optional: Optional;
}
export const part = <T>(of: Shape<T>): Part<T, false> => ({ shape: of, optional: false });
export const optionalPart = <T>(of: Shape<T>): Part<T, true> => ({ shape: of, optional: true });

type ObjectOf<P> = { [K in keyof P as P[K] extends Part<unknown, false> ? K : never]: PartValue<P[K]> } & {
  [K in keyof P as P[K] extends Part<unknown, false> ? never : K]?: PartValue<P[K]>;
};
type PartValue<P> = P extends Part<infer T, boolean> ? T : never;
