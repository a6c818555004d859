/** Which groups somebody joins, and which they leave. */
import type { Step } from "./change";
import type { Groups } from "./current-groups";
import type { Person } from "./current-people";
import type { Member } from "./roster";
import type { Entry } from "./state";

type Join = Extract<Step, { do: "join" }>;
type Leave = Extract<Step, { do: "leave" }>;

/** Whether somebody can be in a group: whoever is only invited has to accept first. */
export const canJoin = ({ membershipId, status }: Person): boolean =>
  membershipId !== undefined && (status === "active" || status === "inactive");

/** @param person nobody who is a member yet joins all of theirs. */
export function joins({ groups = [] }: Member, person: Person | undefined, known: Groups): Join[] {
  const held = new Set(person?.groups);
  return groups.flatMap((group): Join[] => {
    const groupId = known.find(group)?.id;
    return groupId !== undefined && held.has(groupId) ? [] : [{ do: "join", group, groupId }];
  });
}

/** Groups of the last declaration that are none of this one; others are not the roster's to take anybody out of. */
export function leaves({ groups = [] }: Member, person: Person, entry: Entry | undefined, known: Groups): Leave[] {
  const wanted = new Set(groups.map((name) => known.find(name)?.id));
  const held = new Set(person.groups);
  return (entry?.groups ?? []).flatMap((group): Leave[] => {
    const groupId = known.find(group)?.id;
    return groupId === undefined || !held.has(groupId) || wanted.has(groupId) ? [] : [{ do: "leave", group, groupId }];
  });
}
