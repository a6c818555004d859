/**
 * A quick look at an answer before zod's thorough one: whether a value is already exactly what its schema would make of
 * it. Of a page of a hundred objects zod's parse takes as long as reading the JSON, mostly for maps and dates and for
 * copying what does not change; see `bench/client.mjs`. Whatever is not plainly right goes to zod, which knows what is
 * wrong.
 */
import { z } from "zod";
import { isObject } from "./about";

/** Takes what `JSON.parse` made, and nothing else. */
type Look = (value: unknown) => boolean;

const looks = new WeakMap<z.ZodType, Look | null>();

/** True only where parsing would succeed and change nothing; false says nothing. */
export function conforms(schema: z.ZodType, value: unknown): boolean {
  let look = looks.get(schema);
  if (look === undefined) {
    look = lookOf(schema) ?? null;
    looks.set(schema, look);
  }
  return look?.(value) ?? false;
}

/** Nothing for a schema with a part of another kind than those here, such as a choice or a transformation. */
function lookOf(schema: unknown): Look | undefined {
  if (schema instanceof z.ZodObject) return objectLook(schema);
  if (schema instanceof z.ZodISODateTime) return dateLook(schema);
  if (!(schema instanceof z.ZodType) || (schema.def as { checks?: unknown[] }).checks?.length) return undefined;
  if (schema instanceof z.ZodUnknown) return () => true;
  if (schema instanceof z.ZodString) return (value) => typeof value === "string";
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === "boolean";
  if (schema instanceof z.ZodLiteral) return (value) => schema.values.has(value as z.core.util.Literal);
  if (schema instanceof z.ZodEnum) return (value) => schema.options.includes(value as string);
  if (schema instanceof z.ZodNullable)
    return within(schema.unwrap(), (inner) => (value) => value === null || inner(value));
  // A missing value never comes here: what may be missing is the object's concern.
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return lookOf(schema.unwrap());
  if (schema instanceof z.ZodArray) {
    return within(schema.element, (inner) => (value) => Array.isArray(value) && value.every(inner));
  }
  return schema instanceof z.ZodRecord ? recordLook(schema) : undefined;
}

function within(schema: unknown, make: (inner: Look) => Look): Look | undefined {
  const inner = lookOf(schema);
  return inner && make(inner);
}

/** Zod drops unknown fields and fills in defaults, so an object must have its own fields and no other. */
function objectLook(schema: z.ZodObject): Look | undefined {
  if (schema.def.catchall !== undefined || schema.def.checks?.length) return undefined;
  const fields = new Map<string, { look: Look; optional: boolean }>();
  for (const [name, field] of Object.entries(schema.shape)) {
    const look = lookOf(field);
    if (look === undefined) return undefined;
    fields.set(name, { look, optional: field instanceof z.ZodOptional });
  }
  const required = [...fields.values()].filter(({ optional }) => !optional).length;
  return (value) => {
    if (!isObject(value)) return false;
    let found = 0;
    for (const name in value) {
      const field = fields.get(name);
      if (!field?.look(value[name])) return false;
      if (!field.optional) found += 1;
    }
    return found === required;
  };
}

function recordLook(schema: z.ZodRecord): Look | undefined {
  const { keyType, valueType } = schema;
  if (!(keyType instanceof z.ZodString) || keyType.def.checks?.length) return undefined;
  return within(valueType, (inner) => (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (name === "__proto__" || !inner(value[name])) return false;
    return true;
  });
}

/** As the vendor writes dates, on days that every month has; the rest by zod's own expression. */
const usualDate = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function dateLook(schema: z.ZodISODateTime): Look | undefined {
  const { pattern } = schema._zod;
  return (value) => typeof value === "string" && (usualDate.test(value) || pattern.test(value));
}
