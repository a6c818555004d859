/** Profiles: facts about a user that hold in the whole environment. */
import { isDeepStrictEqual } from "node:util";
import { withRemovals } from "../declare/comparisons";
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
  if (update.metadata) update.metadata = withRemovals(declared.metadata ?? {}, actual?.metadata);
  return Object.keys(update).length > 0 ? update : undefined;
}
