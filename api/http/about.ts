/**
 * Whether an answer is about what was asked for. A cache that mixes answers up, or a server that ignores a filter, must
 * not make somebody else's object pass for the one that was meant: it would be recorded, changed or deleted instead.
 */
import { pathParameters, type AnyEndpoint } from "../endpoint";
import type { Input } from "./request";

type Values = Readonly<Record<string, unknown>>;

/** Path parameters of which an object says the same under the same name. */
const keys: ReadonlySet<string> = new Set(["id", "external_id", "slug", "token"]);
/** What follows such a parameter where the operation still answers the object itself. */
const actions = /^\/(deactivate|reactivate|revoke|expire)?$/;

/** How an answer differs from what was asked, in words without values; nothing where it does not. */
export function mismatch(endpoint: AnyEndpoint, input: Input, answer: unknown): string | undefined {
  const { method, path, credentialsInBody } = endpoint;
  // Signing in answers about whoever signs in.
  if (credentialsInBody || !isObject(answer)) return undefined;
  const own = subject(answer);
  const name = pathParameters(path).at(-1) ?? "";
  const rest = path.slice(path.lastIndexOf("}") + 1);
  if (keys.has(name) && actions.test(rest === "" ? "/" : rest) && differs(own[name], input[name])) {
    // Some objects have two ids, and are found by either.
    if (own.client_id !== input[name]) return `${name} is another than the one that was asked for`;
  }
  for (const owner of ["user_id", "organization_id"]) {
    if (differs(own[owner], input[owner])) return `${owner} is another than the one that was given`;
  }
  if (method === "POST" && differs(folded(own.email), folded(input.email))) {
    return "email is another than the one that was given";
  }
  return undefined;
}

/** Whether an item of a list is what the filters ask for, as far as it says. */
export function fits(input: Input, item: unknown): boolean {
  if (!isObject(item)) return true;
  const own = subject(item);
  const { statuses } = input;
  return !(
    differs(own.user_id, input.user_id) ||
    differs(own.organization_id, input.organization_id) ||
    differs(folded(own.email), folded(input.email)) ||
    (Array.isArray(statuses) && typeof own.status === "string" && !statuses.includes(own.status))
  );
}

/** Whose an API key is, it says in a part of its own. */
function subject(object: Values): Values {
  const { owner } = object;
  if (!isObject(owner)) return object;
  return owner.type === "organization"
    ? { ...object, organization_id: owner.id }
    : { ...object, user_id: owner.id, organization_id: owner.organization_id };
}

const differs = (one: unknown, other: unknown) => typeof one === "string" && typeof other === "string" && one !== other;

const folded = (email: unknown) => (typeof email === "string" ? email.trim().toLowerCase() : undefined);

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
