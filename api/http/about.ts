/**
 * Whether an answer is about what was asked for. A cache that mixes answers up, or a server that ignores a filter, must
 * not make somebody else's object pass for the one that was meant: it would be recorded, changed or deleted instead.
 */
import { foldAddress } from "../address";
import { pathParameters, type AnyEndpoint } from "../endpoint";

type Input = Readonly<Record<string, unknown>>;

type Values = Readonly<Record<string, unknown>>;

/** Path parameters of which an object says the same under the same name. */
const keys: ReadonlySet<string> = new Set(["id", "external_id", "slug", "token"]);
/** What follows such a parameter where the operation still answers the object itself. */
const actions = /^(\/(deactivate|reactivate|revoke|expire))?$/;

/**
 * What tells of an endpoint's answers how they differ from what was asked, in words without values; nothing where they do
 * not. Prepared once for each endpoint.
 */
export function mismatchOf({ method, path, credentialsInBody }: AnyEndpoint) {
  // Signing in answers about whoever signs in.
  if (credentialsInBody) return () => undefined;
  const last = pathParameters(path).at(-1) ?? "";
  const key = keys.has(last) && actions.test(path.slice(path.lastIndexOf("}") + 1)) ? last : undefined;
  return (input: Input, answer: unknown): string | undefined => {
    if (!isObject(answer)) return undefined;
    const own = subject(answer);
    // Some objects have two ids, and are found by either.
    if (key !== undefined && differs(own[key], input[key]) && own.client_id !== input[key]) {
      return `${key} is another than the one that was asked for`;
    }
    const owner = ["user_id", "organization_id"].find((name) => differs(own[name], input[name]));
    if (owner !== undefined) return `${owner} is another than the one that was given`;
    if (method !== "POST") return undefined;
    const made = tells.find(([name, fold]) => differs(fold(own[name]), fold(input[name])));
    return made && `${made[0]} is another than the one that was given`;
  };
}

/** Whether an item of a list is what the filters ask for, as far as it says. */
export function fits(input: Input, item: unknown): boolean {
  if (!isObject(item)) return true;
  const { user_id, organization_id, email, statuses } = input;
  // Most lists have none of them, and many items.
  if ((user_id ?? organization_id ?? email ?? statuses) === undefined) return true;
  const own = subject(item);
  return !(
    differs(own.user_id, user_id) ||
    differs(own.organization_id, organization_id) ||
    (email !== undefined && differs(folded(own.email), folded(email))) ||
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

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const differs = (one: unknown, other: unknown) => typeof one === "string" && typeof other === "string" && one !== other;

const folded = (email: unknown) => (typeof email === "string" ? foldAddress(email) : undefined);

/** However the vendor writes letters and spaces of a name. */
const plain = (name: unknown) => (typeof name === "string" ? name.replace(/\s+/g, "").toLowerCase() : undefined);

/** What tells a thing that was just made from all others of its kind. */
const tells = [
  ["email", folded],
  ["external_id", plain],
  ["slug", plain],
  ["name", plain],
] as const;
