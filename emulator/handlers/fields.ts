/** Rules that several kinds of object share. */
import { invalidParameters, refuse } from "../errors";
import { type Switches } from "../switches";

const ascii = /^[\x20-\x7e]+$/;

/** The specification allows a non-empty ASCII text of up to 128 characters (the length is in the declaration). */
export function checkExternalId(externalId: string | null | undefined): void {
  if (typeof externalId !== "string" || ascii.test(externalId)) return;
  throw invalidParameters([
    { field: "external_id", code: "invalid_external_id", message: "external_id must be ASCII text and not be empty." },
  ]);
}

/** Lengths are in the declaration; how many keys a map may have is not expressible there. */
function limited(metadata: Record<string, string>): Record<string, string> {
  if (Object.keys(metadata).length > 50) throw tooManyKeys();
  return metadata;
}

const tooManyKeys = () => refuse(400, "invalid_metadata", "Metadata can have up to 50 keys.");

export function createdMetadata(given: Record<string, string> | null | undefined): Record<string, string> {
  return limited(given ?? {});
}

export function updatedMetadata(
  current: Readonly<Record<string, string>>,
  given: Record<string, string | null> | null | undefined,
  mode: Switches["metadata"],
): Record<string, string> {
  if (given === undefined) return current;
  if (given === null) return {};
  if (Object.keys(given).length > 50) throw tooManyKeys();
  const merged = new Map<string, string | null>(Object.entries(mode === "merge" ? current : {}));
  for (const [key, value] of Object.entries(given)) merged.set(key, value);
  return limited(
    Object.fromEntries([...merged].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))),
  );
}

/** Whether any field differs: an update that changes nothing does not move `updated_at`. */
export function differs<T extends object>(before: T, after: T): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
