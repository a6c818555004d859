/** What the vendor tells of the vault: who wrote which object, by its name, and who has had a key. */
import { type Context } from "../context";
import { type Happened } from "../event-log";
import { type Meaning, verbOf } from "../event-meanings";
import { type StoredVaultKey, type StoredVaultObject } from "../store/entities";

const actor = { actor_id: "api_key_local", actor_source: "api", actor_name: "The environment's key" };

interface VaultKinds {
  vaultObjects: StoredVaultObject;
  vaultKeys: StoredVaultKey;
}

export const vaultMeanings: { readonly [Kind in keyof VaultKinds]: Meaning<VaultKinds[Kind]> } = {
  vaultObjects: (before, after) => {
    const object = after ?? before;
    if (object === undefined) return [];
    const { name: kv_name, key_id, context: key_context } = object;
    const written = after === undefined ? {} : { key_id, key_context: { ...key_context } };
    return [{ event: `vault.data.${verbOf(before, after)}`, data: { ...actor, kv_name, ...written } }];
  },

  /** The key that data keys are encrypted with is made once, and never deleted. */
  vaultKeys: (before, after) =>
    before !== undefined || after === undefined
      ? []
      : [{ event: "vault.kek.created", data: { ...actor, key_name: "environment", key_id: after.id } }],
};

/** Reading changes nothing, and is told all the same. */
export function tellVaultRead(what: "data" | "metadata", { name, key_id }: StoredVaultObject, context: Context): void {
  const key = what === "data" ? { key_id } : {};
  context.events.add({ event: `vault.${what}.read`, data: { ...actor, kv_name: name, ...key } });
}

export function tellVaultListed({ events }: Context): void {
  const listed: Happened = { event: "vault.names.listed", data: actor };
  events.add(listed);
}

/** A data key was handed out, to encrypt what has this context. */
export function tellDataKeyRead(id: string, about: Readonly<Record<string, string>>, { events }: Context): void {
  events.add({ event: "vault.dek.read", data: { ...actor, key_ids: [id], key_context: { ...about } } });
}

export function tellDataKeyDecrypted(id: string, { events }: Context): void {
  events.add({ event: "vault.dek.decrypted", data: { ...actor, key_id: id } });
}
