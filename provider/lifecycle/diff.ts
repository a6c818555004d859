/** What has to change, from the recorded state and the declared inputs alone: no network, no clock. */
import type { AnyResource, Change, Inputs, State } from "../declare/resource";
import { isImported, isManaged, isSame } from "./state";
import { containsUnknown } from "../declare/unknown";

/**
 * Carries Pulumi's option of that name. The engine applies it to the properties that a provider says have changed, and
 * the dynamic provider host passes no such list on.
 */
export const replaceOnChanges = "__replaceOnChanges";

export interface Diff {
  readonly changes: boolean;
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export function diff(resource: AnyResource, state: State, inputs: Inputs): Diff {
  const changes = changesOf(resource, state, inputs);
  const asked = ((inputs[replaceOnChanges] ?? []) as string[]).map((path) => path.split(/[.[]/, 1)[0]);
  const fixed = fixedInputs(resource, state);
  const replaces = changes
    .map(({ property }) => property)
    .filter((property) => fixed.has(property) || asked.includes(property) || asked.includes("*"));
  return {
    changes: changes.length > 0,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && (resource.deleteFirst?.(replaces) ?? false),
  };
}

/** Every input whose declared value is not what the object has, or which the program no longer sets. */
export function changesOf(resource: AnyResource, state: State, inputs: Inputs): Change[] {
  const only = resource.onlyCounting?.(state);
  const withheld = credentialsWithheld(state, inputs);
  return (
    Object.entries(resource.inputs)
      .filter(([name]) => only === undefined || only.includes(name))
      .filter(([, { traits }]) => !(withheld && traits.credential))
      // Of what was imported nothing tells whether it already is what only a write could say; the program's options count.
      .filter(([, { readable }]) => readable || !isImported(state))
      .filter(([name]) => {
        const value = inputs[name];
        if (value === undefined) {
          return isManaged(state, name);
        }
        return containsUnknown(value) || !isSame(resource, name, value, state);
      })
      .map(([property]) => ({ property, value: inputs[property] }))
  );
}

/** A pull request must not be a way to take over the account of somebody who was there before. */
export function credentialsWithheld(state: State, inputs: Inputs): boolean {
  return state.adopted === true && inputs.adoptCredentials !== true;
}

/** Inputs whose change replaces the object. */
function fixedInputs(resource: AnyResource, state: State): ReadonlySet<string> {
  const immutable = Object.keys(resource.inputs).filter((name) => resource.inputs[name]?.traits.immutable === true);
  return new Set([...immutable, ...(resource.replacedBy?.(state) ?? [])]);
}
