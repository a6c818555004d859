/** What the vendor tells of vault objects: who wrote them, by their names. */
import { type Context } from "../context";
import { type Happened } from "../event-log";
import { type Meaning, verbOf } from "../event-meanings";
import { type StoredVaultObject } from "../store/entities";

const actor = { actor_id: "api_key_local", actor_source: "api", actor_name: "The environment's key" };

export const vaultMeanings: { readonly vaultObjects: Meaning<StoredVaultObject> } = {
  vaultObjects: (before, after) => {
    const object = after ?? before;
    if (object === undefined) return [];
    const { name: kv_name, key_id, context: key_context } = object;
    const written = after === undefined ? {} : { key_id, key_context: { ...key_context } };
    return [{ event: `vault.data.${verbOf(before, after)}`, data: { ...actor, kv_name, ...written } }];
  },
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
