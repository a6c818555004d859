import { limits } from "../../api/schemas/limits";
import { hashOf, newToken } from "../auth/secrets";
import { isMember } from "../auth/sign-in";
import { type Context } from "../context";
import { ApiError, type FieldError, invalidParameters, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredApiKey } from "../store/entities";
import { pairKey } from "../store/store";
import { isSlug } from "./fields";
import { type Family } from "./handler";
import { isExpired, presentAnyApiKey, presentApiKey, presentUserApiKey } from "./present";
import { requireUser } from "./users";

export const apiKeys: Family<"apiKeys"> = {
  listForOrganization: (query, { store }) => {
    const id = query.organization_id;
    if (store.organizations.get(id) === undefined) throw notFound("Organization", id);
    const found = page(store.apiKeys.idsBy("organization", id), "api_key", query, (key) => store.apiKeys.get(key));
    return { ...found, data: found.data.map(presentApiKey) };
  },

  createForOrganization: (input, context) => {
    const { organization_id } = input;
    if (context.store.organizations.get(organization_id) === undefined) throw notFound("Organization", organization_id);
    const errors = keyProblems(input, context.clock.now());
    if (errors.length > 0) throw invalidParameters(errors, true);
    const { key, value } = newApiKey({ ...input, user_id: null }, context);
    return { ...presentApiKey(key), value };
  },

  /** A validation is a use of the key. */
  validate: ({ value }, { store, clock }) => {
    const key = store.apiKeys.by("value_hash", hashOf(value))[0];
    if (key === undefined || isExpired(key.expires_at, clock.now())) return { api_key: null };
    const used = { ...key, last_used_at: clock.iso() };
    store.write(() => store.apiKeys.put(used));
    return { api_key: presentAnyApiKey(used) };
  },

  expire: ({ id, expires_at: given }, context) => {
    const { clock, store } = context;
    const key = existing(id, context);
    if (isExpired(key.expires_at, clock.now())) {
      throw refuse(409, "api_key_already_expired", "API key is already expired");
    }
    const future = typeof given === "string" && !isExpired(given, clock.now());
    const expires_at = given === null ? null : future ? normal(given) : clock.iso();
    const changed = { ...key, expires_at, updated_at: clock.iso() };
    store.write(() => store.apiKeys.put(changed));
    return presentAnyApiKey(changed);
  },

  delete: ({ id }, context) => {
    existing(id, context);
    context.store.write(() => context.store.apiKeys.delete(id));
    return null;
  },
};

/** What only a seed file gives. */
interface SeededKey {
  readonly id?: string;
  readonly value?: string;
}

interface KeyFields {
  readonly name: string;
  readonly permissions?: readonly string[];
  readonly expires_at?: string;
}

/** Stores a key; only now is its value known. */
export function newApiKey(
  fields: KeyFields & SeededKey & Pick<StoredApiKey, "organization_id" | "user_id">,
  { store, ids, clock }: Context,
): { key: StoredApiKey; value: string } {
  const value = fields.value ?? `sk_${newToken()}`;
  const now = clock.iso();
  const key: StoredApiKey = {
    id: fields.id ?? ids.make("api_key"),
    organization_id: fields.organization_id,
    user_id: fields.user_id,
    name: fields.name,
    obfuscated_value: `sk_...${value.slice(-4)}`,
    value_hash: hashOf(value),
    last_used_at: null,
    expires_at: fields.expires_at === undefined ? null : normal(fields.expires_at),
    permissions: [...new Set(fields.permissions)],
    created_at: now,
    updated_at: now,
  };
  store.write(() => store.apiKeys.put(key));
  return { key, value };
}

export function keyProblems(input: KeyFields, now: number): FieldError[] {
  const errors: FieldError[] = [];
  if (input.name.trim() === "") errors.push({ code: "required", field: "name", message: "name must not be empty." });
  // They need not exist: no source says that a key of an unknown one is refused.
  if (input.permissions?.some((slug) => !isSlug(slug, limits.permission.slug))) {
    errors.push({ code: "invalid_permission", field: "permissions", message: "permissions must be permission slugs." });
  }
  if (input.expires_at !== undefined && isExpired(input.expires_at, now)) {
    errors.push({ code: "must_be_in_the_future", field: "expires_at", message: "expires_at must be in the future." });
  }
  return errors;
}

function existing(id: string, { store }: Context): StoredApiKey {
  const key = store.apiKeys.get(id);
  if (key === undefined) throw notFound("API Key", id);
  return key;
}

const normal = (time: string) => new Date(time).toISOString();

export const userApiKeys: Family<"userApiKeys"> = {
  list: (query, context) => {
    const { store } = context;
    const { user_id, organization_id } = query;
    requireUser(user_id, context);
    const ids =
      organization_id === undefined
        ? store.apiKeys.idsBy("user", user_id)
        : store.apiKeys.idsBy("user_organization", pairKey(user_id, organization_id));
    const found = page(ids, "api_key", query, (key) => store.apiKeys.get(key));
    return { ...found, data: found.data.map(presentUserApiKey) };
  },

  create: (input, context) => {
    const { user_id, organization_id } = input;
    requireUser(user_id, context);
    if (context.store.organizations.get(organization_id) === undefined) {
      throw notFound("Organization", organization_id);
    }
    if (!isMember(user_id, organization_id, context)) {
      throw invalidParameters([
        {
          field: "organization_id",
          code: "organization_membership_required",
          message: "The user is not an active member of this organization.",
        },
      ]);
    }
    const problems = keyProblems(input, context.clock.now());
    const permissions = problems.filter(({ field }) => field === "permissions");
    // The specification answers bad permissions of a user's key 400, and other bad fields 422.
    if (permissions.length > 0) throw new ApiError(400, { message: "Validation failed.", errors: permissions });
    if (problems.length > 0) throw invalidParameters(problems);
    const { key, value } = newApiKey({ ...input, user_id }, context);
    return { ...presentUserApiKey(key), value };
  },
};
