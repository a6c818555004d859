/** A vendor in memory, as far as plans know of it: what every step would lead to, without a request. */
import { type Outcome } from "../../../provider/roster/apply";
import { Live, type Person } from "../../../provider/roster/current-people";
import { type Change, type Plan, type Situation, type Step } from "../../../provider/roster/change";
import { plan } from "../../../provider/roster/plan";
import { type Progress } from "../../../provider/roster/steps";
import { recordOfRun } from "../../../provider/roster/record";
import { entriesOf, type RosterState } from "../../../provider/roster/state";

export const isAdmin = (roles: readonly string[]) => roles.includes("admin");

export const situation = (given: Partial<Situation>): Situation => ({
  desired: {},
  live: new Live([], "Acme"),
  entries: new Map(),
  mode: "additive",
  onRemove: "deactivate",
  manageProfiles: false,
  guards: { maxRemovals: { people: 1_000, fraction: 1 } },
  isAdmin,
  ...given,
});

/** Carries a plan out on these people; whatever `fails` says no to is left undone. */
export function simulate(
  given: Situation,
  planned: Plan = plan(given),
  fails: (change: Change) => boolean = () => false,
): { people: Person[]; state: RosterState } {
  const people = new Set(given.live.people);
  const progress = new Map<Change, Progress>();
  const failed = new Map<Change, Error>();
  for (const change of planned.changes) {
    if (fails(change)) {
      failed.set(change, new Error("broken"));
      continue;
    }
    let person = change.person;
    if (person) people.delete(person);
    for (const step of change.steps) person = after(step, change.email, person);
    if (person) people.add(person);
    progress.set(change, { person });
  }
  const outcome: Outcome = { progress, failed };
  const { mode, onRemove } = given;
  return {
    people: [...people],
    state: recordOfRun(given, planned, outcome, { organizationId: "org_1", mode, onRemove }),
  };
}

/** The situation of the next run, with what the last one left behind. */
export function next(given: Situation, people: readonly Person[], state: RosterState): Situation {
  return { ...given, live: new Live(people, "Acme", given.live.groups), entries: entriesOf(state) };
}

function after(step: Step, email: string, person: Person | undefined): Person | undefined {
  const userId = person?.userId ?? `user_${email.toLowerCase()}`;
  const membershipId = person?.membershipId ?? `om_${email.toLowerCase()}`;
  switch (step.do) {
    case "enrol": {
      const { roles = ["member"], status = "active" } = step.member;
      return { email, userId, membershipId, status, roles };
    }
    case "invite": {
      const { roles = ["member"] } = step.member;
      return { email, userId, membershipId, status: "pending", roles, invitationId: `invitation_${email}` };
    }
    case "roles":
      return person && { ...person, roles: step.roles };
    case "reactivate":
      return person && { ...person, status: "active" };
    case "deactivate":
      return person && { ...person, status: "inactive" };
    case "profile":
      return person;
    case "join":
      return person && { ...person, groups: [...(person.groups ?? []), step.groupId ?? ""] };
    case "leave":
      return person && { ...person, groups: person.groups?.filter((id) => id !== step.groupId) };
    case "end":
      return undefined;
  }
}
