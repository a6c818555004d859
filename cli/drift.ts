/** What differs between a roster's files and an organization, without an engine. */
import type { Live, Person } from "../provider/roster/live";
import { type Change, plan } from "../provider/roster/plan";
import { fold, type Member } from "../provider/roster/roster";
import type { LoadedRoster } from "../sdk/roster-files";

export interface Difference {
  readonly email: string;
  readonly detail: string;
}

/** By kind; each list in the order of the files, or of addresses. */
export interface Drift {
  readonly organization: string;
  readonly people: number;
  /** Has access and is not in the roster. */
  readonly extra: readonly Difference[];
  /** Is in the roster and has no access. */
  readonly missing: readonly Difference[];
  /** Has other roles or another status than the roster says. */
  readonly changed: readonly Difference[];
  /** Still has access although their time is over. */
  readonly expired: readonly Difference[];
  /** Differs, and belongs to a directory sync, so that nothing can be done about it here. */
  readonly directoryManaged: readonly Difference[];
}

export const driftKinds = ["extra", "missing", "changed", "expired"] as const;
export const drifted = (drift: Drift): boolean => driftKinds.some((kind) => drift[kind].length > 0);

const described = ({ status, roles }: Person) => `${status}, ${roles.join(" and ") || "no role"}`;

export function driftOf({ members, expired, adminRoles }: LoadedRoster, live: Live): Drift {
  const over = new Set(expired.map(fold));
  const current = Object.entries(members).filter(([email]) => !over.has(fold(email)));
  const desired = Object.fromEntries(
    current.map(([email, { expiresAt: _over, ...member }]): [string, Member] => [email, member]),
  );
  const { changes, notes, outside } = plan({
    desired,
    live,
    entries: new Map(),
    mode: "authoritative",
    onRemove: "deactivate",
    manageProfiles: false,
    guards: { maxRemovals: { people: Infinity, fraction: 1 } },
    isAdmin: (roles) => roles.some((role) => adminRoles.includes(role)),
  });
  const comes = ({ steps }: Change) => steps.some((step) => step.do === "enrol" || step.do === "invite");
  const extra = outside.filter((person) => !person.directoryManaged);
  return {
    organization: live.where,
    people: current.length,
    extra: extra.filter(({ email }) => !over.has(fold(email))).map(asDifference),
    expired: extra.filter(({ email }) => over.has(fold(email))).map(asDifference),
    missing: changes.filter(comes).map(({ email, person }) => ({ email, detail: person?.status ?? "no access" })),
    changed: changes
      .filter((change) => !comes(change))
      .map(({ email, person, member }) => ({
        email,
        detail: `${person ? described(person) : "nothing"}; the roster says ${member?.status ?? "active"}, ${member?.roles?.join(" and ") ?? "any role"}`,
      })),
    directoryManaged: notes
      .filter(({ reason }) => reason === "directory")
      .map(({ email }) => ({
        email,
        detail: described(live.byEmail(email) ?? { email, status: "inactive", roles: [] }),
      })),
  };
}

const asDifference = (person: Person): Difference => ({ email: person.email, detail: described(person) });
