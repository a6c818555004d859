/** Our declarations as JSON Schema, without what zod adds of its own. */
import { z } from "zod";
import { type AnyEndpoint } from "../../../api/endpoint";
import { authEndpoints, clientEndpoints, endpoints, pageEndpoints } from "../../../api/endpoints/index";
import { schemaNode, type SchemaNode } from "./specification";

type Families = readonly Readonly<Record<string, AnyEndpoint>>[];
const membersOf = (families: Families) => families.flatMap((family): AnyEndpoint[] => Object.values(family));

/** Everything that is declared. */
export const allEndpoints: readonly AnyEndpoint[] = membersOf([...Object.values(clientEndpoints), pageEndpoints]);

const { organizationDomains, ...managed } = endpoints;

/** Managing access, of which the test of answers sees every documented one. */
export const declaredEndpoints: readonly AnyEndpoint[] = membersOf(Object.values(managed));

/** Signing in and domains, of which it sees every success. */
export const signInEndpoints: readonly AnyEndpoint[] = membersOf([
  organizationDomains,
  ...Object.values(authEndpoints),
]);

/**
 * `input` is what a caller may send. `output` is an answer as it is read: there, a field that may be missing and has
 * a default counts as present, so that the deliberate tolerance in `schemas.ts` is no difference.
 */
export function declaredSchema(schema: z.ZodType, io: "input" | "output"): SchemaNode {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // A format says what the pattern beside it spells out, and every integer of zod's is a safe one.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return schemaNode.parse(json);
}
