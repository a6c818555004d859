/**
 * The shapes an input can have. A shape builds its zod schema only when it is asked to, with the zod module handed in:
 * a program imports the declarations too, for their names, and should not pay for a schema library it never uses.
 */
import type { z as zod } from "zod";
import { redirectUriProblem } from "../../api/redirect-uris";
import { externalIdPattern, lengthOf, limits as vendorLimits } from "../../api/schemas/limits";
import { isAddress, notAnAddress } from "./address";

type Zod = typeof zod;

export interface Shape<T> {
  readonly schema: (z: Zod) => zod.ZodType<T>;
  /** An email address, which the setting `allowedDomains` restricts. */
  readonly address?: boolean;
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

/** An id of the vendor's, with a prefix that tells what it belongs to. */
export const idOf = (...prefixes: readonly [string, ...string[]]): Shape<string> => {
  const beginning = prefixes.map((prefix) => `"${prefix}"`).join(" or ");
  return shape((z) =>
    z.string({ error: `must be an id that starts with ${beginning}` }).regex(new RegExp(`^(${prefixes.join("|")}).+`), {
      error: (issue) =>
        `${shown(issue.input)} is not an id that starts with ${beginning}; pass the id of the resource meant, not its name or another id`,
    }),
  );
};

/** Where an application may have a browser sent. */
export const redirectUri = (): Shape<string> =>
  shape((z) =>
    z.string({ error: "must be a redirect URI" }).refine((uri) => redirectUriProblem(uri) === undefined, {
      error: (issue) =>
        `${shown(issue.input)} is not a redirect URI: ${redirectUriProblem(String(issue.input)) ?? "it is none"}`,
    }),
  );

/** A role's or a permission's slug. */
export const slug = (): Shape<string> =>
  shape((z) =>
    z.string({ error: "must be a slug, like admin" }).regex(/^[a-z0-9][a-z0-9\-_:.*]*$/, {
      error: (issue) =>
        `${shown(issue.input)} is not a slug; slugs are lowercase letters, digits and - _ : . * (the slug, not the display name)`,
    }),
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

export const listOf = <T>(item: Shape<T>, noun = "value"): Shape<T[]> =>
  shape((z) => z.array(item.schema(z), { error: `must be a list of ${noun}s` }));

/** A list that says something only when it has an element. */
export const someOf = <T>(item: Shape<T>, noun: string): Shape<T[]> =>
  shape((z) =>
    z.array(item.schema(z), { error: `must be a list of ${noun}s` }).min(1, {
      error: `must name at least one ${noun}; leave it out to leave it unmanaged`,
    }),
  );

/** Text by name, the vendor's limits included. */
export const metadata = (limits = vendorLimits.metadata): Shape<Record<string, string>> =>
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
        const [forKeys, forValues] = [upTo(limits.keyLength), upTo(limits.valueLength)];
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
