/** What the shapes of all families are made of. */
import { z } from "zod";
import { isAddress } from "../address";
import { externalIdPattern, lengthOf, limits } from "./limits";

/** An address as mail systems take it; the vendor decides. */
export const emailAddress = z.stringFormat("email", isAddress).meta({ format: "email" });

export const timestamp = z.iso.datetime({ offset: true });
export const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null as never);

export const metadata = z.record(z.string(), z.string());

/** Text of at most so many characters; zod's own `max` counts an emoji as two. */
export const textUpTo = (maximum: number) =>
  z
    .string()
    .superRefine((text, context) => {
      if (lengthOf(text) <= maximum) return;
      const message = `must be at most ${maximum} characters long`;
      context.addIssue({ code: "too_big", origin: "string", maximum, inclusive: true, input: text, message });
    })
    .meta({ maxLength: maximum });

const metadataOf = <Value extends z.ZodType>(value: Value) =>
  // How many keys is declared here and refused by the local AuthKit with the vendor's own code for it.
  z.record(textUpTo(limits.metadata.keyLength), value).meta({ maxProperties: limits.metadata.keys });
const metadataValue = textUpTo(limits.metadata.valueLength);

/** Values in a metadata update: `null` removes the key (workos-node types them so; the specification is silent). */
export const metadataUpdate = metadataOf(metadataValue.nullable());
export const metadataCreate = metadataOf(metadataValue);

export const externalId = textUpTo(limits.externalId).regex(externalIdPattern, "must be ASCII text and not be empty");

/**
 * One of these, or one that the vendor adds later: a new way to sign in must not make answers unreadable. `meta` keeps
 * the values for whoever reads the schema.
 */
export const openEnum = <const V extends string>(values: readonly V[]) =>
  z.string().meta({ enum: values }) as z.ZodType<V | (string & Record<never, never>), string>;

/** Query parameters of every paged list. */
export const page = z.object({
  limit: z.coerce.number<number>().int().min(1).max(100).optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  order: z.enum(["normal", "desc", "asc"]).optional(),
});

export const listMetadata = z.object({ before: orNull(z.string()), after: orNull(z.string()) });

export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({ object: z.literal("list").default("list"), data: z.array(item), list_metadata: listMetadata });

/** The role lists have neither pages nor `list_metadata`. */
export const unpagedListOf = <S extends z.ZodType>(item: S) =>
  z.object({ object: z.literal("list").default("list"), data: z.array(item) });

const flagWords: readonly unknown[] = [true, false, "true", "false"];
/** A boolean of a query: text on the wire. */
export const queryFlag = z
  .custom<boolean>((value) => flagWords.includes(value), "must be true or false")
  .meta({ type: "boolean" })
  .transform((value: unknown) => value === true || value === "true");

/** Array parameters travel comma-joined (`style=form, explode=false`). */
export const commaJoined = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.array(z.enum(values)).or(
    z
      .string()
      .transform((text) => text.split(","))
      .pipe(z.array(z.enum(values))),
  );

export const commaJoinedText = z.array(z.string()).or(z.string().transform((text) => text.split(",")));
