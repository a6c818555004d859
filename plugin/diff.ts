/** A diff as the engine takes it: property by property, people of a roster by their addresses. */
import type { State } from "../provider/declare/resource";
import type { Diff, PropertyChange } from "../provider/lifecycle";
import { messages, type ProviderMessages } from "./protocol";
import { pathOf } from "./values";

const { Kind } = messages.PropertyDiff;

const kinds = {
  add: { update: Kind.ADD, replace: Kind.ADD_REPLACE },
  delete: { update: Kind.DELETE, replace: Kind.DELETE_REPLACE },
  update: { update: Kind.UPDATE, replace: Kind.UPDATE_REPLACE },
} as const;

/** @param state the recorded outputs: what they lack, the engine shows from the recorded inputs. */
export function diffResponse(
  { changes, replaces, deleteBeforeReplace }: Diff,
  details: readonly PropertyChange[],
  state: State,
): ProviderMessages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse();
  response.setChanges(changes ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  response.setDiffsList([...new Set(details.map(({ path: [property = ""] }) => property))]);
  for (const { path, kind } of details) {
    const [property = ""] = path;
    const shown = new messages.PropertyDiff();
    shown.setKind(kinds[kind][replaces.includes(property) ? "replace" : "update"]);
    shown.setInputdiff(!Object.hasOwn(state, property));
    response.getDetaileddiffMap().set(pathOf(path), shown);
  }
  return response;
}
