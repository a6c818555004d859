import { plainly } from "../../api/issues";
import { z } from "zod";
import type { AnyResource, Failure, Inputs } from "../declare/resource";
import type { Clock } from "../../api/clock";
import { replaceOnChanges } from "./diff";
import { domainOf } from "../declare/address";
import { isForeign, outsideAllowed } from "./domains";
import { secretMark } from "../declare/secrecy";
import { didYouMean } from "../wording";
import { containsUnknown } from "../declare/unknown";

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly Failure[];
}

export interface Surroundings {
  readonly clock: Clock;
  /** Domains that email addresses must be of; any unless given. */
  readonly allowedDomains?: readonly string[];
}

/** Added by the dynamic provider host to every resource; nothing a user has written. */
const hostProperties: ReadonlySet<string> = new Set(["__provider"]);

/**
 * Says what is wrong with the declared inputs, one failure a property. What is unknown yet passes, at any depth; what
 * was accepted before is accepted again (a date may have passed meanwhile).
 */
export function check(
  resource: AnyResource,
  olds: Inputs,
  news: Inputs,
  { clock, allowedDomains }: Surroundings,
): Checked {
  const given = Object.entries(news).filter(([name, value]) => !hostProperties.has(name) && value !== null);
  const inputs = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const failures = [
    ...unknownProperties(resource, inputs),
    ...missingProperties(resource, inputs),
    ...Object.keys(resource.inputs).flatMap((name) => misshapen(resource, name, inputs[name])),
    ...misfits(resource, inputs),
    ...Object.entries(resource.inputs).flatMap(([name, { shape, traits }]) => [
      ...(shape.address ? foreignDomain(name, inputs[name], allowedDomains) : []),
      ...(traits.future ? past(name, inputs[name], olds[name], clock.now()) : []),
    ]),
  ];
  return { inputs, failures: onePerProperty(failures) };
}

function unknownProperties(resource: AnyResource, inputs: Inputs): Failure[] {
  const known = Object.keys(resource.inputs);
  return Object.keys(inputs)
    .filter((name) => !Object.hasOwn(resource.inputs, name) && name !== replaceOnChanges && name !== secretMark)
    .map((name) => ({
      property: name,
      reason: `is not an input of ${resource.kind}; ${didYouMean(name, known)}`,
    }));
}

function missingProperties(resource: AnyResource, inputs: Inputs): Failure[] {
  return Object.entries(resource.inputs)
    .filter(([name, field]) => field.required && inputs[name] === undefined)
    .map(([name]) => ({ property: name, reason: `is required: no ${resource.noun} can be without it` }));
}

function misshapen(resource: AnyResource, name: string, value: unknown): Failure[] {
  if (value === undefined) {
    return [];
  }
  const result = schemaOf(resource, name).safeParse(value, { error: plainly });
  return (result.error?.issues ?? [])
    .filter(({ path }) => !containsUnknown(at(value, path)))
    .map(({ path, message }) => ({ property: name, reason: path.length > 0 ? `${shown(path)} ${message}` : message }));
}

/** What does not go together, whatever is unknown yet turns out to be: some value, or none. */
function misfits(resource: AnyResource, inputs: Inputs): readonly Failure[] {
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !containsUnknown(value)));
  const withoutUnknown = resource.together?.(known) ?? [];
  return (resource.together?.(inputs) ?? []).filter(({ property }) =>
    withoutUnknown.some((failure) => failure.property === property),
  );
}

const schemas = new WeakMap<AnyResource, Map<string, z.ZodType>>();

function schemaOf(resource: AnyResource, name: string): z.ZodType {
  const known = schemas.get(resource) ?? new Map<string, z.ZodType>();
  schemas.set(resource, known);
  const schema = known.get(name) ?? resource.inputs[name]?.shape.schema(z) ?? z.unknown();
  known.set(name, schema);
  return schema;
}

/** The value that an issue is about; where the path ends early, the value in which it would have been. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === "object" && inside !== null ? (inside as Record<PropertyKey, unknown>)[key] : inside,
    value,
  );
}

function shown(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `["${String(key)}"]`)).join("");
}

function past(name: string, value: unknown, old: unknown, now: number): Failure[] {
  if (typeof value !== "string" || containsUnknown(value) || Date.parse(value) === Date.parse(String(old))) {
    return [];
  }
  return Date.parse(value) <= now
    ? [{ property: name, reason: `"${value}" has passed; give a moment in the future, or leave it out for no end` }]
    : [];
}

function foreignDomain(name: string, value: unknown, allowed: readonly string[] | undefined): Failure[] {
  if (!allowed || typeof value !== "string" || containsUnknown(value)) {
    return [];
  }
  const reason = `"${value}" ${outsideAllowed(allowed)}; use an address of one of them, or add ${domainOf(value)} there`;
  return isForeign(value, allowed) ? [{ property: name, reason }] : [];
}

function onePerProperty(failures: readonly Failure[]): Failure[] {
  const first = new Map<string, Failure>();
  for (const failure of failures) {
    if (!first.has(failure.property)) {
      first.set(failure.property, failure);
    }
  }
  return [...first.values()];
}
