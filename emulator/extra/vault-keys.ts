/** Keys for encrypting at home, and the versions of stored values: `JumpWireWeb.KeyController` in the specification. */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { textUpTo, timestamp } from "../../api/schemas";
import { limits } from "../../api/schemas/limits";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { versionsOf } from "../handlers/vault";
import { tellDataKeyDecrypted, tellDataKeyRead } from "../handlers/vault-events";
import { serve, text } from "./operation";

const contextOfKey = z.record(z.string(), textUpTo(limits.vault.contextValue)).meta({
  maxProperties: limits.vault.contextKeys,
});
const pair = z.object({
  id: text,
  context: z.record(z.string(), z.string()),
  data_key: text,
  encrypted_keys: text,
});
const write = { method: "POST", repeat: "unsafe", lane: "write" } as const;

export const vaultKeys = {
  create: serve(
    endpoint({
      ...write,
      operation: "JumpWireWeb.KeyController.create_data_key",
      path: "/vault/v1/keys/data-key",
      body: z.object({ context: contextOfKey }),
      success: { 200: pair },
    }),
    ({ context: about }, context) => {
      const made = wrapped(randomUUID(), randomBytes(32), about, context);
      tellDataKeyRead(made.id, about, context);
      return made;
    },
  ),

  decrypt: serve(
    endpoint({
      ...write,
      repeat: "safe",
      operation: "JumpWireWeb.KeyController.decrypt",
      path: "/vault/v1/keys/decrypt",
      body: z.object({ keys: text }),
      success: { 200: z.object({ id: text, data_key: text }) },
    }),
    ({ keys }, context) => {
      const { id, key } = unwrapped(keys, context);
      tellDataKeyDecrypted(id, context);
      return { id, data_key: key.toString("base64") };
    },
  ),

  rekey: serve(
    endpoint({
      ...write,
      operation: "JumpWireWeb.KeyController.rekey",
      path: "/vault/v1/keys/rekey",
      body: z.object({ context: contextOfKey, encrypted_keys: text }),
      success: { 200: pair },
    }),
    ({ context: about, encrypted_keys }, context) => {
      const { id, key } = unwrapped(encrypted_keys, context);
      const made = wrapped(id, key, about, context);
      tellDataKeyDecrypted(id, context);
      tellDataKeyRead(id, about, context);
      return made;
    },
  ),

  versions: serve(
    endpoint({
      operation: "JumpWireWeb.DataVaultController.versions",
      method: "GET",
      path: "/vault/v1/kv/{id}/versions",
      success: {
        200: z.object({
          data: z.array(
            z.object({
              id: text,
              created_at: timestamp,
              current_version: z.boolean(),
              etag: text,
              size: z.int(),
            }),
          ),
          list_metadata: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
        }),
      },
      repeat: "safe",
      lane: "read",
    }),
    ({ id }, { store }) => {
      const found = store.vaultObjects.get(id);
      if (found === undefined) throw new ApiError(404, { error: "Item not found" });
      const data = versionsOf(found).map((version) => ({
        ...version,
        current_version: version.id === found.version_id,
      }));
      return { data, list_metadata: { before: null, after: null } };
    },
  ),
} as const;

const algorithm = "aes-256-gcm";
const [ivBytes, tagBytes] = [12, 16];
const kept = z.object({ id: text, key: text });

/** The key that all data keys are encrypted with; made when it is first needed, and kept in the data file. */
function ownKey({ store, ids }: Context): Buffer {
  const [there] = store.vaultKeys.all();
  if (there !== undefined) return Buffer.from(there.key, "base64");
  const key = randomBytes(32);
  store.write(() => store.vaultKeys.put({ id: ids.make("vault_key"), key: key.toString("base64") }));
  return key;
}

function wrapped(id: string, key: Buffer, about: Readonly<Record<string, string>>, context: Context) {
  if (Object.keys(about).length > limits.vault.contextKeys) {
    throw new ApiError(422, { error: `context can have up to ${limits.vault.contextKeys} keys` });
  }
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, ownKey(context), iv, { authTagLength: tagBytes });
  const content = JSON.stringify({ id, key: key.toString("base64"), context: about });
  const sealed = Buffer.concat([cipher.update(content, "utf8"), cipher.final()]);
  return {
    id,
    context: { ...about },
    data_key: key.toString("base64"),
    encrypted_keys: Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64"),
  };
}

function unwrapped(encrypted: string, context: Context): { readonly id: string; readonly key: Buffer } {
  const bytes = Buffer.from(encrypted, "base64");
  try {
    const iv = bytes.subarray(0, ivBytes);
    const decipher = createDecipheriv(algorithm, ownKey(context), iv, { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    const { id, key } = kept.parse(JSON.parse(opened.toString("utf8")));
    return { id, key: Buffer.from(key, "base64") };
  } catch {
    throw new ApiError(400, { error: "The key cannot be decrypted: it was changed, or encrypted elsewhere" });
  }
}
