import { isWorkosError } from "../../api/http/errors";
import {
  type AnyResource,
  type Change,
  DoneInDoubt,
  type Inputs,
  type RemoteObject,
  type State,
} from "../declare/resource";
import type { Context } from "./context";
import { changesOf, credentialsWithheld } from "./diff";
import { explained } from "./explained";
import { deliverValue, type Delivery } from "./deliver";
import { PartialFailure } from "./partial-failure";
import { record } from "./state";
import { updateBody } from "./bodies";
import { withinLimits } from "../declare/comparisons";
import { limits } from "../../api/schemas/limits";

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
    const object = await resource.get(context.api, id, state);
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

/** Carries changes out call by call. What was answered is recorded, also where a later call fails. */
export async function applyChanges(
  resource: AnyResource,
  id: string,
  changes: readonly Change[],
  state: State,
  inputs: Inputs,
  context: Context,
): Promise<State> {
  let object: RemoteObject | undefined;
  const applied = new Set<string>();
  const withheld = credentialsWithheld(state, inputs);
  const sendable = withheld ? withoutCredentials(resource, inputs) : inputs;
  const local: Record<string, unknown> = {};
  try {
    for (const { fields, whole, send } of callsOf(resource)) {
      const own = together(changes, fields, whole, sendable);
      const body = updateBody(resource, own, state);
      if (Object.keys(body).length === 0) continue;
      for (const part of withinLimits(body, limits.metadata.keys)) {
        const answer = await send({ api: context.api, context, id, body: part, inputs: sendable, state }).catch(
          async (error: unknown) => {
            if (error instanceof DoneInDoubt) {
              object = error.object;
              for (const field of fields) applied.add(field);
            }
            throw await explained(resource, error, { api: context.api, inputs });
          },
        );
        object = answer ?? object;
      }
      for (const field of fields) applied.add(field);
    }
    const delivered = await deliver(resource, changes, state);
    if (delivered !== undefined) local[delivered] = undefined;
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

/** The changes that a call carries, and with each of them what means something only together with it. */
function together(
  changes: readonly Change[],
  fields: readonly string[],
  whole: readonly string[],
  inputs: Inputs,
): readonly Change[] {
  const own = changes.filter(({ property }) => fields.includes(property));
  if (!own.some(({ property }) => whole.includes(property))) return own;
  const rest = own.filter(({ property }) => !whole.includes(property));
  return [...rest, ...whole.map((property) => ({ property, value: inputs[property] }))];
}

/** The calls of an update with the inputs that each carries; what no call names goes with the one that names none. */
export function callsOf({ updates, inputs }: AnyResource) {
  const named = new Set(updates.flatMap(({ fields = [] }) => fields));
  const rest = Object.keys(inputs).filter((name) => !named.has(name) && !inputs[name]?.option);
  return updates.map((call) => ({
    fields: call.fields ?? rest,
    whole: call.whole ?? [],
    send: async (given: Parameters<typeof call.send>[0]) => call.send(given),
  }));
}

/**
 * A value that is still in the state goes to where the program wants it, and then out of the state.
 * @returns the output that it was.
 */
async function deliver(
  { delivers }: AnyResource,
  changes: readonly Change[],
  state: State,
): Promise<string | undefined> {
  const value = delivers && state[delivers.output];
  const target = changes.find(({ property }) => property === delivers?.input)?.value;
  if (target === undefined || typeof value !== "string") {
    return undefined;
  }
  await deliverValue(target as Delivery, value, { noun: delivers?.noun });
  return delivers?.output;
}

function withoutCredentials(resource: AnyResource, inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !resource.inputs[name]?.traits.credential));
}
