/** What the resources share when the answer to a create was lost. */
import type { Recovered, Recovery } from "./resource";

interface Dated {
  readonly created_at: string;
}

/**
 * For objects of which the vendor allows one per natural key. What was made since the call started is ours; what is
 * older is somebody else's, and then (as when nothing is there) repeating the create cannot make a second one: the
 * vendor answers with the conflict that the user has to see.
 */
export async function recoverByKey<Object extends Dated>(
  recovery: Recovery<Object>,
  find: (recovery: Recovery<Object>) => Promise<readonly Object[]>,
): Promise<Recovered<Object>> {
  const found = await find(recovery);
  return found.find((object) => recovery.madeSince(object.created_at)) ?? "repeat";
}
