/** `OrganizationRoster`: everybody who has access to one organization, as one resource with a life of its own. */
import type { Lifecycle } from "../lifecycle";
import { check } from "./check";
import { announce, create, diff, lookAhead, needs, read, remove, update } from "./lifecycle";

export const rosterLifecycle: Lifecycle = {
  kind: "OrganizationRoster",
  repeats: { members: ["__people", "__outside", "extras", "notApplied"], guards: ["notApplied"] },
  check,
  diff,
  needs,
  announce,
  lookAhead,
  create,
  read,
  update,
  remove,
};
