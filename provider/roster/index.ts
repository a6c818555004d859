/** `OrganizationRoster`: everybody who has access to one organization, as one resource with a life of its own. */
import type { Lifecycle } from "../lifecycle";
import { unknownValue } from "../declare/unknown";
import { check } from "./check";
import { membersAt } from "./expiry";
import { imported } from "./import";
import type { Roster } from "./roster";
import { announce, create, details, diff, lookAhead, needs, read, remove, update, withOptions } from "./lifecycle";

export const rosterLifecycle: Lifecycle = {
  kind: "OrganizationRoster",
  repeats: { members: ["__people", "__outside", "extras", "notApplied"], guards: ["notApplied"] },
  secrets: [],
  outputs: ["organizationId", "organizationName", "counts", "extras", "notApplied"],
  answered: ["organizationName", "counts", "extras", "notApplied"],
  check,
  at: (inputs, now) => {
    const { members } = inputs;
    // An unknown value may stand for the map, or in it.
    return members === undefined || members === unknownValue
      ? inputs
      : { ...inputs, members: membersAt(members as Roster["members"], now) };
  },
  diff,
  details,
  needs,
  announce,
  lookAhead,
  create,
  read,
  imported,
  known: withOptions,
  update,
  remove,
};
