/** Values that are stored encrypted, by name: `JumpWireWeb.DataVaultController` in the vendor's specification. */
import { z } from "zod";
import { endpoint } from "../endpoint";
import {
  listOf,
  page,
  textUpTo,
  vaultDeletion,
  vaultMetadata,
  vaultObject,
  vaultObjectWithValue,
  vaultSummary,
} from "../schemas";
import { limits } from "../schemas/limits";

const keyContext = z
  .record(z.string(), textUpTo(limits.vault.contextValue))
  // How many keys is declared here and refused by the local AuthKit.
  .meta({ maxProperties: limits.vault.contextKeys });

export const vault = {
  /** The names of all objects. */
  list: endpoint({
    operation: "JumpWireWeb.DataVaultController.index",
    method: "GET",
    path: "/vault/v1/kv",
    query: page,
    success: { 200: listOf(vaultSummary) },
    repeat: "safe",
    lane: "read",
  }),
  /** Stores a value under a name that is free. The answer has neither. */
  create: endpoint({
    operation: "JumpWireWeb.DataVaultController.create",
    method: "POST",
    path: "/vault/v1/kv",
    body: z.object({ name: textUpTo(limits.vault.name), value: z.string(), key_context: keyContext }),
    success: { 201: vaultMetadata },
    repeat: "unsafe",
    lane: "write",
  }),
  /** One object with its value. */
  get: endpoint({
    operation: "JumpWireWeb.DataVaultController.show_by_id",
    method: "GET",
    path: "/vault/v1/kv/{id}",
    success: { 200: vaultObjectWithValue },
    repeat: "safe",
    lane: "read",
  }),
  /** The same, by its name. */
  getByName: endpoint({
    operation: "JumpWireWeb.DataVaultController.show_by_name",
    method: "GET",
    path: "/vault/v1/kv/name/{name}",
    success: { 200: vaultObjectWithValue },
    repeat: "safe",
    lane: "read",
  }),
  /** One object without its value, which is not decrypted. */
  describe: endpoint({
    operation: "JumpWireWeb.DataVaultController.describe",
    method: "GET",
    path: "/vault/v1/kv/{id}/metadata",
    success: { 200: vaultObject },
    repeat: "safe",
    lane: "read",
  }),
  /** Another value, where the version is still `version_check`, or whatever it is where that is left out. */
  update: endpoint({
    operation: "JumpWireWeb.DataVaultController.update",
    method: "PUT",
    path: "/vault/v1/kv/{id}",
    body: z.object({ value: z.string(), version_check: z.string().nullish() }),
    success: { 201: vaultObject },
    repeat: "unsafe",
    lane: "write",
  }),
  /** Deletes an object with all its versions. */
  delete: endpoint({
    operation: "JumpWireWeb.DataVaultController.delete",
    method: "DELETE",
    path: "/vault/v1/kv/{id}",
    query: z.object({ version_check: z.string().optional() }),
    success: { 200: vaultDeletion },
    repeat: "safe",
    lane: "write",
  }),
} as const;
