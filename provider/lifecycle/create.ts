import { hasCode, isWorkosError } from "../../api/http/errors";
import { isAnswered } from "../resources/recovery";
import type { AnyResource, Change, Inputs, RemoteObject, State } from "../declare/resource";
import type { Context } from "./context";
import { changesOf } from "./diff";
import { PartialFailure } from "./errors";
import { record } from "./state";
import { applyChanges } from "./update";
import { createBody } from "./wire";

export interface Created {
  readonly id: string;
  readonly outs: State;
}

/** How often a create is sent at most when each answer is lost in turn. */
const maxAttempts = 3;
const backoffMs = 1_000;

/** Makes the object, or takes over the one that is there, as far as `adopt` allows. */
export function create(resource: AnyResource, inputs: Inputs, context: Context): Promise<Created> {
  return context.snapshots.writing(() => makeOrTakeOver(resource, inputs, context));
}

async function makeOrTakeOver(resource: AnyResource, inputs: Inputs, context: Context): Promise<Created> {
  const { api } = context;
  const { remote } = resource;
  const own = await madeByEarlierRun(resource, inputs, context);
  if (own) {
    return finish(resource, own, inputs, context);
  }
  const adopt = (inputs.adopt as string | undefined) ?? "never";
  if (adopt !== "never" || remote.findFirst) {
    const existing = await remote.find?.(api, inputs);
    if (existing && adopt === "never") {
      throw new Error(conflict(resource, existing, inputs));
    }
    if (existing) {
      return takeOver(resource, existing, inputs, context);
    }
  }
  if (adopt === "require") {
    throw new Error(
      `adopt is "require", but there is no ${resource.noun} ${resource.label(inputs)} in this environment to take over. Correct what identifies it, or use adopt: "if-exists" to make it.`,
    );
  }
  let object: RemoteObject;
  try {
    object = await make(resource, inputs, context);
  } catch (error) {
    if (!remote.taken?.some((code) => hasCode(error, code))) {
      throw error;
    }
    const existing = await remote.find?.(api, inputs).catch((reason: unknown) => {
      throw new Error(`${(error as Error).message}\n${(reason as Error).message}`, { cause: reason });
    });
    if (existing && adopt === "if-exists") {
      return takeOver(resource, existing, inputs, context);
    }
    throw existing ? new Error(`${(error as Error).message}\n${conflict(resource, existing, inputs)}`) : error;
  }
  return finish(resource, object, inputs, context);
}

/** What the vendor's create could not take is set right after; the object is not lost when that fails. */
async function finish(resource: AnyResource, object: RemoteObject, inputs: Inputs, context: Context): Promise<Created> {
  const isLater = (property: string) =>
    (resource.inputs[property]?.traits.afterCreate ?? false) ||
    (property === resource.delivers && inputs[property] !== undefined);
  const state = record(resource, {
    object,
    declared: inputs,
    previous: {},
    applied: (property) => !isLater(property),
    local: { adopted: false },
  });
  const gain = resource.gain?.(object);
  const rest = changesOf(resource, state, inputs).filter(({ property }) => isLater(property));
  const outs = await bring(resource, object.id, rest, state, inputs, context);
  if (gain !== undefined) {
    context.messages.say(gain);
  }
  return { id: object.id, outs };
}

/** Brings an existing object to the declared inputs with the fewest calls, and says so. */
async function takeOver(
  resource: AnyResource,
  existing: RemoteObject,
  inputs: Inputs,
  context: Context,
): Promise<Created> {
  const body = createBody(resource, inputs) as never;
  const object = (await resource.remote.revive?.(existing, inputs, body, context)) ?? existing;
  const state = record(resource, {
    object,
    declared: inputs,
    previous: {},
    applied: (property) => !resource.inputs[property]?.traits.credential,
    local: { adopted: true },
  });
  const changes = changesOf(resource, state, inputs);
  context.creates.takenOver.add(object.id);
  const outs = await bring(resource, object.id, changes, state, inputs, context);
  context.messages.say(
    `Adopted the ${resource.noun} ${resource.remote.title?.(object) ?? resource.label(inputs)} (${object.id})${changes.length > 0 ? `: ${changes.map(({ property }) => property).join(", ")} changed` : ""}.`,
  );
  return { id: object.id, outs };
}

async function bring(
  resource: AnyResource,
  id: string,
  changes: readonly Change[],
  state: State,
  inputs: Inputs,
  context: Context,
): Promise<State> {
  try {
    return await applyChanges(resource, id, changes, state, inputs, context);
  } catch (error) {
    throw error instanceof PartialFailure ? error : new PartialFailure(id, state, error);
  }
}

function conflict(resource: AnyResource, existing: RemoteObject, inputs: Inputs): string {
  const described = resource.remote.describe?.(existing);
  return `The ${resource.noun} ${resource.label(inputs)} exists already: ${existing.id}${described ? ` (${described})` : ""}. To manage it from here, set adopt: "if-exists": it is then brought to what is declared. Otherwise remove it from the program, or the existing one from WorkOS.`;
}

/**
 * An earlier run that died after the vendor had made the object, and before the engine knew: it is this program's own,
 * not one to be adopted. A key of which the value was lost in the same way is deleted, as after any lost answer.
 */
async function madeByEarlierRun(
  resource: AnyResource,
  inputs: Inputs,
  { api, creates, intents, messages }: Context,
): Promise<RemoteObject | undefined> {
  const earlier = intents.find(resource, inputs);
  if (!earlier) {
    return undefined;
  }
  const before = earlier.before.map((id) => ({ id }));
  const ours = creates.whatCanBeOurs(resource, inputs, before, earlier.at, api);
  const recovered = await resource.remote.recover({ api, inputs, before, ours, answered: true });
  if (recovered === "repeat") {
    return undefined;
  }
  if ("unsure" in recovered) {
    throw new Error(`An earlier run ended in the middle of this create. ${String(recovered.unsure)}`);
  }
  creates.takenOver.add(recovered.id);
  messages.say(
    `The ${resource.noun} ${resource.label(inputs)} (${recovered.id}) was made by an earlier run that ended before it was recorded; it is taken up again.`,
  );
  return recovered;
}

/** Sends the create, and finds out what came of it when the answer is lost: never two of anything. */
async function make(resource: AnyResource, inputs: Inputs, context: Context): Promise<RemoteObject> {
  const { api, clock, creates, intents } = context;
  const { remote } = resource;
  const before = (await remote.before?.(api, inputs)) ?? [];
  const body = createBody(resource, inputs) as never;
  const startedAt = clock.now();
  const ours = creates.whatCanBeOurs(resource, inputs, before, startedAt, api);
  intents.begin(resource, inputs, { at: startedAt, before: before.map(({ id }) => id) });
  for (let attempt = 1; ; attempt++) {
    try {
      return await creates.follow(remote.create(api, body, inputs));
    } catch (error) {
      if (!isWorkosError(error) || !error.ambiguous) {
        intents.end(resource, inputs);
        throw error;
      }
      const lost = error.message;
      const recovered = await remote
        .recover({ api, inputs, before, ours, answered: isAnswered(error) })
        .catch((reason: unknown) => {
          const why = reason instanceof Error ? reason.message : String(reason);
          throw new Error(`${lost}\nWhat came of it could not be found out: ${why}`, { cause: reason });
        });
      if (recovered !== "repeat" && !("unsure" in recovered)) {
        return recovered;
      }
      if (recovered !== "repeat") {
        throw new Error(`${lost}\n${String(recovered.unsure)}`, { cause: error });
      }
      if (attempt === maxAttempts) {
        throw error;
      }
      await clock.sleep(backoffMs * attempt);
    }
  }
}
