import type { AnyResource, Change, Inputs, RemoteObject, State } from "../resources/resource";
import type { Context } from "./context";
import { changesOf } from "./diff";
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
  return applyChanges(resource, id, changesOf(resource, state, inputs), state, inputs, context);
}

export async function applyChanges(
  resource: AnyResource,
  id: string,
  changes: readonly Change[],
  state: State,
  inputs: Inputs,
  { api }: Context,
): Promise<State> {
  let object: RemoteObject | undefined;
  const applied = new Set<string>();
  const body = updateBody(resource, changes, inputs, state) as never;
  const done = (answer: RemoteObject, ...properties: readonly string[]) => {
    object = answer;
    for (const property of properties.length > 0 ? properties : changes.map((change) => change.property)) {
      applied.add(property);
    }
  };
  try {
    await resource.remote.update({ api, id, body, changes, inputs, state, done });
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
  return record(resource, { object, declared: inputs, previous: state, applied: () => true });
}
