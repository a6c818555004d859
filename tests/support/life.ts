/** The lifecycle of one kind of resource, as the engine would call it, against a world. */
import { create, type Created, type Diff, diff, read, type Read, remove, update } from "../../provider/lifecycle";
import { type Kind, resources } from "../../provider/resources";
import { type AnyResource, type Inputs, type State } from "../../provider/declare/resource";
import { type World } from "./world";

/** A declaration as folds see it, all of them alike. */
export const declarationOf = (kind: Kind): AnyResource => resources[kind];

export interface Life {
  create(inputs: Inputs): Promise<Created>;
  read(id: string, state: State): Promise<Read>;
  update(id: string, state: State, inputs: Inputs): Promise<State>;
  diff(state: State, inputs: Inputs): Diff;
  remove(id: string, state: State): Promise<void>;
}

export function lifeOf(kind: Kind, { context }: Pick<World, "context">): Life {
  const declaration = declarationOf(kind);
  return {
    create: (inputs) => create(declaration, inputs, context),
    read: (id, state) => read(declaration, id, state, context),
    update: (id, state, inputs) => update(declaration, id, state, inputs, context),
    diff: (state, inputs) => diff(declaration, state, inputs),
    remove: (id, state) => remove(declaration, id, state, context),
  };
}

/** What an engine is told when nothing has to be done. */
export const noChange: Diff = { changes: false, replaces: [], deleteBeforeReplace: false };

/** Refreshes an object that must still be there. */
export async function refreshed(life: Life, id: string, state: State): Promise<{ props: State; inputs: Inputs }> {
  const { id: found, props, inputs } = await life.read(id, state);
  if (found !== id || !props || !inputs) throw new Error(`${id} was read as gone`);
  return { props, inputs };
}

/** The error that a promise must be rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error("it was expected to fail, and did not");
    },
    (error: unknown) => error as Error,
  );
}

/** `inputs` with some of them given another value; `undefined` takes one out. */
export function changed(inputs: Inputs, changes: Inputs): Inputs {
  return Object.fromEntries(Object.entries({ ...inputs, ...changes }).filter(([, value]) => value !== undefined));
}
