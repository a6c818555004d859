/** `OrganizationRoster`: everybody who has access to one organization, as one resource with a life of its own. */
import type { Lifecycle } from "../lifecycle";
import type { Failure } from "../declare/resource";
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
  claims: { keys: [["organizationId"]], people: "members" },
  at: (inputs, now) => {
    const { members } = inputs;
    // An unknown value may stand for the map, or in it.
    if (members === undefined || members === unknownValue) return { inputs, failures: [] };
    const failures: Failure[] = [];
    const still = membersAt(members as Roster["members"], now, (property, reason) =>
      failures.push({ property, reason }),
    );
    return { inputs: { ...inputs, members: still }, failures };
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
