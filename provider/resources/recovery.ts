/** What the resources share when the answer to a create was lost. */
import type { WorkosError } from "../../api/http/errors";
import type { Recovered, Recovery } from "../declare/resource";

/**
 * For objects of which the vendor allows one per natural key. What the call can have made is taken over; anything else
 * is somebody else's, and then (as when nothing is there) repeating the create cannot make a second one: the vendor
 * answers with the conflict that the user has to see.
 */
export async function recoverByKey<Object>(
  recovery: Recovery<Object>,
  find: (recovery: Recovery<Object>) => Promise<readonly Object[]>,
): Promise<Recovered<Object>> {
  const [ours] = await recovery.ours(await find(recovery));
  return ours ?? "repeat";
}

/** Whether the vendor itself answered that it failed: a gateway that answers for it does not know. */
export const isAnswered = (error: WorkosError): boolean => error.status === 500 || error.status === 503;
