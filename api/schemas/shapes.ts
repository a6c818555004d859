/** What the shapes of all families are made of. */
import { z } from "zod";
import { isAddress } from "../address";

/** An address as mail systems take it; the vendor decides. */
export const emailAddress = z.stringFormat("email", isAddress).meta({ format: "email" });

export const timestamp = z.iso.datetime({ offset: true });
export const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null as never);

export const metadata = z.record(z.string(), z.string());

/** Values in a metadata update: `null` removes the key (workos-node types them so; the specification is silent). */
export const metadataUpdate = z.record(z.string().max(40), z.string().max(600).nullable());
export const metadataCreate = z.record(z.string().max(40), z.string().max(600));

export const externalId = z.string().max(128);

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

/** Array parameters travel comma-joined (`style=form, explode=false`). */
export const commaJoined = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.array(z.enum(values)).or(
    z
      .string()
      .transform((text) => text.split(","))
      .pipe(z.array(z.enum(values))),
  );

export const commaJoinedText = z.array(z.string()).or(z.string().transform((text) => text.split(",")));
