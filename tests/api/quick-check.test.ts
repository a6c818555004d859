/** The quick look at an answer says yes only where zod would say yes and change nothing. */
import fc from "fast-check";
import { z } from "zod";
import { type AnyEndpoint } from "../../api/endpoint";
import { clientEndpoints } from "../../api/endpoints/index";
import { conforms } from "../../api/http/quick-check";

const endpoints = Object.values(clientEndpoints).flatMap((family) => Object.values<AnyEndpoint>(family));
const schemas = endpoints.flatMap(({ operation, success }) =>
  Object.entries(success).flatMap(([status, schema]) => (schema === null ? [] : [[`${operation} ${status}`, schema]])),
) as [string, z.ZodType][];

const dates = ["2026-01-31T10:00:00.000Z", "2026-01-01T10:00:00Z", "2024-02-29T10:00:00+02:00"];
const badDates = ["2026-02-30T10:00:00.000Z", "2026-13-01T10:00:00.000Z", "2026-01-01", "2026-01-01T24:00:00.000Z", ""];
/** Those that no object has already. */
const keys = fc.string().filter((key) => !(key in {}));
const json = fc.jsonValue({ maxDepth: 1 });

/** Values of a schema's own kind; with `noise`, now and then something else in any place. */
function valueOf(schema: unknown, noise: boolean): fc.Arbitrary<unknown> {
  const value = right(schema, noise);
  return noise ? fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: json }) : value;
}

function right(schema: unknown, noise: boolean): fc.Arbitrary<unknown> {
  const part = (inner: unknown) => valueOf(inner, noise);
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(([name, field]): [string, fc.Arbitrary<unknown>] => {
      const optional = field instanceof z.ZodOptional || (noise && field instanceof z.ZodDefault);
      return [name, optional ? fc.option(part(field), { nil: undefined }) : part(field)];
    });
    const others = noise
      ? fc.dictionary(fc.constantFrom("new_field", "__proto__", "id"), json, { maxKeys: 1 })
      : fc.constant({});
    // As it comes off the wire: without the fields that are undefined.
    return fc.tuple(fc.record(Object.fromEntries(fields)), others).map(([known, more]) => wire({ ...more, ...known }));
  }
  if (schema instanceof z.ZodISODateTime) return fc.constantFrom(...dates, ...(noise ? badDates : []));
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodString) return fc.string();
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNullable) return fc.option(part(schema.unwrap()));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return part(schema.unwrap());
  if (schema instanceof z.ZodArray) return fc.array(part(schema.element), { maxLength: 3 });
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(noise ? fc.string() : keys, part(schema.valueType), { maxKeys: 3 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(part));
  return json;
}

const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each(schemas)("%s: yes means that parsing changes nothing", (_name, schema) => {
  fc.assert(
    fc.property(valueOf(schema, true), (value) => {
      const given = wire(value ?? null);
      if (!conforms(schema, given)) return;
      expect(schema.safeParse(given)).toStrictEqual({ success: true, data: given });
    }),
    { numRuns: 100 },
  );
});

test("what resources and rosters read most gets a yes, so that the look is worth its while", () => {
  const { users, organizations, organizationMemberships, invitations } = clientEndpoints;
  for (const { success } of [
    users.list,
    users.get,
    organizationMemberships.list,
    invitations.list,
    organizations.get,
  ]) {
    const schema = success[200];
    fc.assert(fc.property(valueOf(schema, false), (value) => conforms(schema, wire(value))));
  }
});

test.each([
  ["a field that nobody declared", { more: 1 }],
  ["a missing field that has a default", { last_name: undefined }],
  ["a date that no calendar has", { created_at: "2026-02-30T10:00:00.000Z" }],
  ["a value of another kind", { email_verified: "true" }],
])("%s is left to zod", (_what, change) => {
  const at = "2026-01-01T10:00:00.000Z";
  const user = {
    ...{ object: "user", id: "user_1", email: "ann@example.com", email_verified: true, external_id: null },
    ...{ first_name: "Ann", last_name: null, profile_picture_url: null, metadata: { team: "a" } },
    ...{ last_sign_in_at: null, created_at: at, updated_at: at },
  };
  const schema = clientEndpoints.users.get.success[200];
  expect(conforms(schema, user)).toBe(true);
  expect(conforms(schema, wire({ ...user, ...change }))).toBe(false);
});
