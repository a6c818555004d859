import type { AnyResource, State } from "../declare/resource";
import type { Context } from "./context";

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
  if ((await end(resource, id, state, context)) === "gone") {
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

async function end(resource: AnyResource, id: string, state: State, context: Context): Promise<"gone" | "pending"> {
  try {
    return await resource.delete(context, id, state);
  } catch (error) {
    const explanation = resource.explain?.(error);
    throw explanation === undefined ? error : new Error(`${(error as Error).message}\n${explanation}`);
  }
}
