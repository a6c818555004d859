/** Vault: values that are stored encrypted. The vendor's objects here have no `object`, and its failures only `error`. */
import { z } from "zod";
import { timestamp } from "./shapes";

export const vaultMetadata = z.object({
  id: z.string(),
  context: z.record(z.string(), z.string()),
  environment_id: z.string(),
  key_id: z.string(),
  updated_at: timestamp,
  updated_by: z.object({ id: z.string(), name: z.string() }),
  version_id: z.string().nullish(),
});
export type VaultMetadataObject = z.output<typeof vaultMetadata>;

/** Without its value. */
export const vaultObject = z.object({ id: z.string(), name: z.string(), metadata: vaultMetadata });
export type VaultObject = z.output<typeof vaultObject>;

/** What a list tells of one: neither its value nor what decides on its key. */
export const vaultSummary = z.object({ id: z.string(), name: z.string(), updated_at: timestamp.nullish() });
export type VaultSummaryObject = z.output<typeof vaultSummary>;

export const vaultObjectWithValue = vaultObject.extend({ value: z.string() });

export const vaultDeletion = z.object({ success: z.boolean(), name: z.string() });
