/** What differs between a roster's files and an organization, without an engine. */
import type { Groups } from "../provider/roster/current-groups";
import type { Live, Person } from "../provider/roster/current-people";
import { type Change } from "../provider/roster/change";
import { plan } from "../provider/roster/plan";
import { foldAddress } from "../provider/declare/address";
import type { Member } from "../provider/roster/roster";
import type { LoadedRoster } from "../provider/roster-files";

export interface Difference {
  readonly email: string;
  /** What they have, and where the roster names them what it says, in one phrase. */
  readonly detail: string;
  /** What they have. */
  readonly has: string;
  /** What the roster says; nothing where it does not name them. */
  readonly says?: string;
}

/** By kind; each list in the order of the files, or of addresses. */
export interface Drift {
  readonly organization: string;
  readonly people: number;
  /** Has access and is not in the roster. */
  readonly extra: readonly Difference[];
  /** Is in the roster and has no access. */
  readonly missing: readonly Difference[];
  /** Has other roles or another status than the roster says, or is not in a group that it names. */
  readonly changed: readonly Difference[];
  /** Still has access although their time is over. */
  readonly expired: readonly Difference[];
  /** Differs, and belongs to a directory sync, so that nothing can be done about it here. */
  readonly directoryManaged: readonly Difference[];
}

export const driftKinds = ["extra", "missing", "changed", "expired"] as const;
export const drifted = (drift: Drift): boolean => driftKinds.some((kind) => drift[kind].length > 0);

export function driftOf({ members, expired, adminRoles }: LoadedRoster, live: Live): Drift {
  const over = new Set(expired.map(foldAddress));
  const ends = new Map(Object.entries(members).map(([email, { expiresAt }]) => [foldAddress(email), expiresAt]));
  const isOver = ({ email }: { email: string }) => over.has(foldAddress(email));
  const current = Object.entries(members).filter(([email]) => !isOver({ email }));
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
  const noted = (wanted: string) => notes.filter(({ reason }) => reason === wanted).map(({ email }) => email);
  const difference = (person: Person, said?: Member) => differenceOf(person, said, live.groups);
  const differing = (email: string) => difference(live.byEmail(email) ?? nobody(email), desired[email]);
  const comes = ({ steps }: Change) => steps.some((step) => step.do === "enrol" || step.do === "invite");
  const sentAnew = ({ person }: Change) => person?.status === "pending";
  const foreign = outside.filter(({ directoryManaged }) => !directoryManaged);
  const managed = outside.filter(({ directoryManaged }) => directoryManaged);
  const people = current.map(([email]) => email);
  const missing = new Set([
    ...changes.filter((change) => comes(change) && !sentAnew(change)).map(({ email }) => email),
    ...noted("stale"),
  ]);
  return {
    organization: live.where,
    people: people.length,
    extra: foreign.filter((person) => !isOver(person)).map((person) => difference(person)),
    expired: foreign
      .filter(isOver)
      .map((person) => ({ ...difference(person), says: `nothing since ${ends.get(foldAddress(person.email))}` })),
    missing: people.filter((email) => missing.has(email)).map(differing),
    changed: changes.filter(({ email }) => !missing.has(email)).map(({ email }) => differing(email)),
    directoryManaged: [...noted("directory").map(differing), ...managed.map((person) => difference(person))],
  };
}

const nobody = (email: string): Person => ({ email, status: "inactive", roles: [], userId: undefined });

const statuses: Record<Person["status"], string> = {
  active: "active",
  inactive: "inactive",
  pending: "pending",
  expired: "no access, the invitation has expired",
  stale: "no access, three invitations were not answered",
};

function differenceOf(person: Person, said: Member | undefined, known: Groups): Difference {
  const { email, status, roles, membershipId, invitationId } = person;
  const there = membershipId !== undefined || invitationId !== undefined || status !== "inactive";
  const access = status === "active" || status === "inactive" || status === "pending";
  const has = !there
    ? "no access"
    : access
      ? `${statuses[status]}, ${named(roles, "no role")}${inGroups(person.groups?.map((id) => known.nameOf(id)))}`
      : statuses[status];
  if (said === undefined) return { email, detail: has, has };
  const says = `${said.status ?? "active"}, ${named(said.roles ?? [], "any role")}${inGroups(said.groups)}`;
  const detail = there && access ? `${has}; the roster says ${says}` : has;
  return { email, detail, has, says };
}

const inGroups = (groups: readonly string[] = []) => (groups.length > 0 ? `, in ${groups.join(" and ")}` : "");

const named = (roles: readonly string[], none: string) => roles.join(" and ") || none;
