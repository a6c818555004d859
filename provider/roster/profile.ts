/** Profiles: facts about a user that hold in the whole environment. */
import { isDeepStrictEqual } from "node:util";
import { type Profile, profileFields } from "./roster";

export type ProfileUpdate = Omit<Profile, "metadata"> & {
  readonly metadata?: Readonly<Record<string, string | null>>;
};

/** What has to be sent so that the user's profile says what is declared. */
export function profileUpdate(declared: Profile, actual: Profile | undefined): ProfileUpdate | undefined {
  const update: Record<string, unknown> = {};
  for (const field of profileFields) {
    if (declared[field] !== undefined && !isDeepStrictEqual(declared[field], actual?.[field])) {
      update[field] = declared[field];
    }
  }
  if (update.metadata) {
    // Right under either reading of an update, merge or replace: `null` for what has to go.
    const gone = Object.keys(actual?.metadata ?? {}).filter((key) => !Object.hasOwn(declared.metadata ?? {}, key));
    update.metadata = { ...declared.metadata, ...Object.fromEntries(gone.map((key) => [key, null])) };
  }
  return Object.keys(update).length > 0 ? update : undefined;
}
