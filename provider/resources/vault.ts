/** A stored value as the vendor tells of it: which version it is, and the value only to whoever asks for that. */
import type { Api, VaultMetadataObject, VaultObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import { undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { sameMap } from "../declare/comparisons";
import { oneLine } from "../wording";

/** With the version that the program has written, and what tells whether a lost call has made it. */
export type Stored = VaultObject & { readonly created_at: string; readonly value?: string; readonly written?: string };

/** What was stored last is the declared value, as long as nobody else has stored one since. */
export function isAsWritten(
  declared: string,
  actual: unknown,
  { foreignVersionId }: Readonly<Record<string, unknown>>,
): boolean {
  return declared === actual && foreignVersionId === undefined;
}

/** An object whose version is the program's own. */
export function written<T extends VaultObject>(object: T): T & Stored {
  const { updated_at, version_id }: VaultMetadataObject = object.metadata;
  return { ...object, created_at: updated_at, written: version_id ?? undefined };
}

export async function find(api: Api, name: string): Promise<Stored | undefined> {
  const found = await api.vault.getByName({ name }).catch(undefinedIfMissing);
  return found && written(found);
}

/** Of what is taken over the value is known for once, so that the declared one is stored only where it is another. */
export async function revive(
  existing: Stored,
  declared: { readonly value: string; readonly keyContext: Readonly<Record<string, string>> },
  _body: unknown,
  { api, messages }: HookContext,
): Promise<Stored> {
  if (!sameMap(declared.keyContext, existing.metadata.context)) {
    throw new Error(
      `The vault object "${oneLine(existing.name)}" has another key context, which cannot be changed. Declare that one, or remove the object from WorkOS.`,
    );
  }
  if (existing.value === declared.value) return existing;
  const now = await store(api, existing.id, declared.value, existing.written);
  messages.say(
    `The vault object "${oneLine(existing.name)}" had another value, over which the declared one is stored.`,
  );
  return now;
}

/** How often a call is sent at most whose answers are lost. */
const mostAttempts = 3;

/**
 * Where the answer is lost, the value itself tells whether it was stored. While the version is still the one to be
 * stored over, it can be sent again: whatever arrives late then is refused.
 */
export async function store(api: Api, id: string, value: string, version_check: string | undefined): Promise<Stored> {
  for (let attempt = 1; ; attempt++) {
    try {
      return written(await api.vault.update({ id, value, version_check }));
    } catch (error) {
      const isLost = isWorkosError(error) && error.ambiguous;
      // Where that cannot be asked either, the first error says more.
      const found =
        isLost || attempt > 1 ? await Promise.resolve(api.vault.get({ id })).catch(() => undefined) : undefined;
      if (found?.value === value) return written(found);
      const isThere = version_check !== undefined && found?.metadata.version_id === version_check;
      if (!isLost || !isThere || attempt === mostAttempts) throw error;
    }
  }
}
