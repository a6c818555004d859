import { isDeepStrictEqual } from "node:util";
import type { AnyResource, Inputs, State } from "../declare/resource";
import type { Context } from "./context";
import { environmentMark } from "./environment";
import { asImported, declaredOf, inputsOf, isImported, record } from "./state";

export interface Read {
  /** Empty when the object is gone. */
  readonly id: string;
  readonly props?: State;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/**
 * What the vendor has now. Missing is gone; anything else that goes wrong is an error.
 * @param given what the engine has of the program, for what was imported.
 */
export async function read(
  resource: AnyResource,
  id: string,
  state: State,
  context: Context,
  given: Inputs = {},
): Promise<Read> {
  const object = await context.snapshots.read(resource, id, state, () => resource.get(context.api, id, state));
  if (!object || (await resource.gone?.(object, state, context))) {
    return { id: "" };
  }
  const fresh = isImported(state);
  const declared = fresh ? given : declaredOf(resource, state);
  const known = record(resource, { object, declared, previous: state, applied: () => true });
  const now = fresh ? asImported(resource, known) : known;
  const props = isDeepStrictEqual(lasting(resource, now), lasting(resource, state)) ? state : now;
  return { id: object.id, props, inputs: inputsOf(resource, fresh ? known : props) };
}

/** A last use or a last sign-in alone is nothing that a refresh has to report. */
function lasting(resource: AnyResource, state: State): State {
  return Object.fromEntries(
    Object.entries(state).filter(
      ([name]) =>
        !name.startsWith("__provider") && name !== environmentMark && !resource.outputs[name]?.traits.volatile,
    ),
  );
}
