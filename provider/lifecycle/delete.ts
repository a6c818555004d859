import type { AnyResource, State } from "../declare/resource";
import type { Context } from "./context";
import { identityOf } from "./create-journal";
import { explained } from "./explained";

const firstPollMs = 250;
const longestPollMs = 5_000;
const pollGrowth = 1.6;

/** Ends the object; one that is gone already is fine. Waits until the vendor no longer has it. */
export async function remove(resource: AnyResource, id: string, state: State, context: Context): Promise<void> {
  if (context.creates.takenOver.has(id)) {
    context.messages.say(
      `Kept the ${resource.noun} ${resource.label(state)} (${id}): another resource of this program has taken it over.`,
    );
    return;
  }
  return context.snapshots.writing(() => endAndWait(resource, id, state, context));
}

async function endAndWait(resource: AnyResource, id: string, state: State, context: Context): Promise<void> {
  const { api, clock, deleteTimeoutMs } = context;
  const ended = await end(resource, id, state, context);
  if (typeof ended === "object") {
    context.kept.set(identityOf(resource, state), ended.kept);
  }
  if (ended !== "pending") {
    return;
  }
  const deadline = clock.now() + deleteTimeoutMs;
  for (let wait = firstPollMs; await resource.get(api, id, state); wait *= pollGrowth) {
    const left = deadline - clock.now();
    if (left <= 0) {
      throw new Error(
        `The vendor accepted the deletion of the ${resource.noun} ${resource.label(state)} (${id}) but it still exists after ${deleteTimeoutMs / 1_000} seconds: the deletion is pending. Run again later to find it done, or allow more time with \`pulumi config set workos:deleteTimeout SECONDS\`.`,
      );
    }
    await clock.sleep(Math.min(wait, longestPollMs, left));
  }
}

async function end(resource: AnyResource, id: string, state: State, context: Context) {
  try {
    return await resource.delete(context, id, state);
  } catch (error) {
    throw await explained(resource, error, { api: context.api, inputs: state });
  }
}
