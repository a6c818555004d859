import { createHash, randomUUID } from "node:crypto";
import { limits } from "../../api/schemas/limits";
import { type Context } from "../context";
import { ApiError, invalidParameters } from "../errors";
import { page } from "../pages";
import { type StoredVaultObject, type StoredVaultVersion } from "../store/entities";
import { type Family } from "./handler";
import { presentVaultMetadata, presentVaultObject } from "./present";
import { tellVaultListed, tellVaultRead } from "./vault-events";

/** Vault's failures have `error` and nothing else. */
const refuse = (status: number, error: string) => new ApiError(status, { error });
const key = { id: "api_key_local", name: "The environment's key" };

export const vault: Family<"vault"> = {
  list: (query, context) => {
    const { store } = context;
    tellVaultListed(context);
    const found = page(store.vaultObjects.ids(), "", query, (id) => store.vaultObjects.get(id));
    return { ...found, data: found.data.map(({ id, name, updated_at }) => ({ id, name, updated_at })) };
  },

  create: ({ name, value, key_context: context }, { store, clock }) => {
    if (Object.keys(context).length > limits.vault.contextKeys) {
      const message = `key_context: can have up to ${limits.vault.contextKeys} keys.`;
      throw invalidParameters([{ field: "key_context", code: "too_big", message }]);
    }
    if (store.vaultObjects.idsBy("name", name).size > 0) throw refuse(409, "Item already exists");
    const made: StoredVaultObject = {
      id: randomUUID(),
      name,
      value,
      context,
      key_id: randomUUID(),
      version_id: randomUUID(),
      updated_by: key,
      updated_at: clock.iso(),
    };
    store.write(() => store.vaultObjects.put(made));
    return presentVaultMetadata(made);
  },

  get: ({ id }, context) => read(byId(id, context), context),

  getByName: ({ name }, context) => {
    const [found] = context.store.vaultObjects.by("name", name);
    if (found === undefined) throw refuse(404, "Item not found");
    return read(found, context);
  },

  describe: ({ id }, context) => {
    const found = byId(id, context);
    tellVaultRead("metadata", found, context);
    return presentVaultObject(found);
  },

  update: ({ id, value, version_check: expected }, context) => {
    const found = byId(id, context);
    checkVersion(found, expected);
    const versions = versionsOf(found).slice(0, mostVersions - 1);
    const changed = { ...found, value, version_id: randomUUID(), updated_at: context.clock.iso(), versions };
    context.store.write(() => context.store.vaultObjects.put(changed));
    return presentVaultObject(changed);
  },

  delete: ({ id, version_check: expected }, context) => {
    const { name, ...found } = byId(id, context);
    checkVersion(found, expected);
    context.store.write(() => context.store.vaultObjects.delete(id));
    return { success: true, name };
  },
};

/** The newest first; older ones than these are forgotten. */
const mostVersions = 100;

export function versionsOf(object: StoredVaultObject): readonly StoredVaultVersion[] {
  const { value, version_id: id, updated_at: created_at, versions = [] } = object;
  const etag = createHash("sha256").update(value).digest("hex");
  return [{ id, created_at, etag, size: Buffer.byteLength(value) }, ...versions];
}

function byId(id: string, { store }: Context): StoredVaultObject {
  const found = store.vaultObjects.get(id);
  if (found === undefined) throw refuse(404, "Item not found");
  return found;
}

function read(found: StoredVaultObject, context: Context) {
  tellVaultRead("data", found, context);
  return { ...presentVaultObject(found), value: found.value };
}

function checkVersion(
  { version_id }: Pick<StoredVaultObject, "version_id">,
  expected: string | null | undefined,
): void {
  if (expected !== undefined && expected !== null && expected !== version_id) throw refuse(409, "Version mismatch");
}
