import { isWorkosError } from "../../api/http/errors";
import type { AnyResource, Change, Inputs, RemoteObject, State } from "../declare/resource";
import type { Context } from "./context";
import { changesOf, credentialsWithheld } from "./diff";
import { deliverValue, type Delivery } from "./deliver";
import { PartialFailure } from "./errors";
import { record } from "./state";
import { updateBody } from "./wire";

/** Brings the object to the declared inputs with the fewest calls; none where only the provider's options change. */
export function update(
  resource: AnyResource,
  id: string,
  state: State,
  inputs: Inputs,
  context: Context,
): Promise<State> {
  const changes = changesOf(resource, state, inputs);
  return context.snapshots.writing(async () => {
    try {
      return await applyChanges(resource, id, changes, state, inputs, context);
    } catch (error) {
      const isRefused = isWorkosError(error) && !error.ambiguous;
      throw isRefused && (await isGone(resource, id, state, context)) ? gone(resource, id, state) : error;
    }
  });
}

async function isGone(resource: AnyResource, id: string, state: State, context: Context): Promise<boolean> {
  try {
    const object = await resource.remote.get(context.api, id, state);
    return !object || ((await resource.gone?.(object, state, context)) ?? false);
  } catch {
    // Then the first error says more.
    return false;
  }
}

/** An update cannot tell the engine that the object has to be made anew; a refresh does. */
function gone(resource: AnyResource, id: string, state: State): Error {
  return new Error(
    `The ${resource.noun} ${resource.label(state)} (${id}) no longer exists: it was deleted by somebody else, or by a run that ended before that was recorded. \`pulumi up --refresh\` finds that out, and makes it again.`,
  );
}

export async function applyChanges(
  resource: AnyResource,
  id: string,
  changes: readonly Change[],
  state: State,
  inputs: Inputs,
  context: Context,
): Promise<State> {
  const { api } = context;
  let object: RemoteObject | undefined;
  const applied = new Set<string>();
  const withheld = credentialsWithheld(state, inputs);
  const sendable = withheld ? withoutCredentials(resource, inputs) : inputs;
  const body = updateBody(resource, changes, sendable, state) as never;
  const local: Record<string, unknown> = {};
  const done = (answer: RemoteObject, ...properties: readonly string[]) => {
    object = answer;
    for (const property of properties.length > 0 ? properties : changes.map((change) => change.property)) {
      applied.add(property);
    }
  };
  try {
    await resource.remote.update({ api, context, id, body, changes, inputs: sendable, state, done });
    if (await deliver(resource, changes, state)) {
      local.value = undefined;
    }
  } catch (error) {
    if (!object) {
      throw error;
    }
    const changing = new Set(changes.map((change) => change.property));
    const partial = record(resource, {
      object,
      declared: inputs,
      previous: state,
      applied: (property) => applied.has(property) || !changing.has(property),
    });
    throw new PartialFailure(id, partial, error);
  }
  // A credential that was withheld is still to be sent once `adoptCredentials` allows it.
  const sent = (property: string) => !(withheld && resource.inputs[property]?.traits.credential);
  return record(resource, { object, declared: inputs, previous: state, applied: sent, local });
}

/** A value that is still in the state goes to where the program wants it, and then out of the state. */
async function deliver(resource: AnyResource, changes: readonly Change[], state: State): Promise<boolean> {
  const { value } = state;
  const target = changes.find(({ property }) => property === resource.delivers)?.value;
  if (target === undefined || typeof value !== "string") {
    return false;
  }
  await deliverValue(target as Delivery, value);
  return true;
}

function withoutCredentials(resource: AnyResource, inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !resource.inputs[name]?.traits.credential));
}
