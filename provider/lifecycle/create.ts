import { isWorkosError } from "../api/errors";
import { isAnswered } from "../resources/recovery";
import type { AnyResource, Inputs, RemoteObject, State } from "../resources/resource";
import type { Context } from "./context";
import { changesOf } from "./diff";
import { PartialFailure } from "./errors";
import { followed, whatCanBeOurs } from "./lost-answers";
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

export async function create(resource: AnyResource, inputs: Inputs, context: Context): Promise<Created> {
  const object = await make(resource, inputs, context);
  const afterCreate = (property: string) => resource.inputs[property]?.traits.afterCreate ?? false;
  const state = record(resource, {
    object,
    declared: inputs,
    previous: {},
    applied: (property) => !afterCreate(property),
  });
  const rest = changesOf(resource, state, inputs).filter(({ property }) => afterCreate(property));
  if (rest.length === 0) {
    return { id: object.id, outs: record(resource, { object, declared: inputs, previous: {}, applied: () => true }) };
  }
  try {
    return { id: object.id, outs: await applyChanges(resource, object.id, rest, state, inputs, context) };
  } catch (error) {
    throw error instanceof PartialFailure ? error : new PartialFailure(object.id, state, error);
  }
}

/** Sends the create, and finds out what came of it when the answer is lost: never two of anything. */
async function make(resource: AnyResource, inputs: Inputs, { api, clock }: Context): Promise<RemoteObject> {
  const { remote } = resource;
  const before = (await remote.before?.(api, inputs)) ?? [];
  const refusal = remote.refuse?.(before, inputs);
  if (refusal !== undefined) {
    throw new Error(refusal);
  }
  const body = createBody(resource, inputs) as never;
  const ours = whatCanBeOurs(resource, inputs, before, clock.now());
  for (let attempt = 1; ; attempt++) {
    try {
      return await followed(remote.create(api, body, inputs));
    } catch (error) {
      if (!isWorkosError(error) || !error.ambiguous) {
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
