/** From what is declared, what is there and what was recorded to what has to be done. Pure: no network, no clock. */
import { type Change, hasAccess, type Note, type Plan, type Situation, type Step, totalsOf } from "./change";
import { type Decided, decide } from "./decide";
import { effectOf } from "./effects";
import type { Person } from "./current-people";
import { canJoin, leaves } from "./group-steps";
import { refusalsOf } from "./refusals";
import { foldAddress } from "../declare/address";
import { type Entry, folded } from "./state";

export function plan(situation: Situation): Plan {
  const { desired, live, entries, isAdmin } = situation;
  const changes: Change[] = [];
  const notes: Note[] = [];
  const take = ({ change, notes: said }: Decided) => {
    if (change) changes.push(change);
    notes.push(...said);
  };
  const who = identify(situation);
  const claimed = new Set(who.values());
  const recorded = folded(entries);
  let unchanged = 0;
  for (const [email, member] of Object.entries(desired)) {
    const decided = decide({
      email,
      member,
      person: who.get(email),
      entry: recorded.get(foldAddress(email)),
      situation,
    });
    take(decided);
    if (!decided.change) unchanged++;
  }
  const known = new Set(Object.keys(desired).map(foldAddress));
  for (const [email, entry] of entries) {
    const person = live.byUser(entry.userId) ?? live.byEmail(email);
    if (known.has(foldAddress(email)) || !person || claimed.has(person)) continue;
    // What an additive roster does not name, or no longer names as an extra, is none of its business.
    if (entry.extra && situation.mode !== "authoritative") continue;
    take(leave(email, person, entry, situation));
    claimed.add(person);
  }
  const outside = [...live.people].filter((person) => !claimed.has(person) && hasAccess(person));
  const all = situation.totals ?? totalsOf(live.people, isAdmin);
  return { changes, notes, who, outside, unchanged, refusals: refusalsOf(changes, all, situation) };
}

/** People are followed by user id, unless the program itself names them by the address that they have now. */
function identify({ desired, live, entries }: Situation): Map<string, Person> {
  const recorded = folded(entries);
  const named = new Set(Object.keys(desired).map(foldAddress));
  const who = new Map<string, Person>();
  for (const email of Object.keys(desired)) {
    const followed = live.byUser(recorded.get(foldAddress(email))?.userId);
    const elsewhere =
      followed && foldAddress(followed.email) !== foldAddress(email) && named.has(foldAddress(followed.email));
    const person = (elsewhere ? undefined : followed) ?? live.byEmail(email);
    if (person) who.set(email, person);
  }
  return who;
}

/**
 * Ends somebody's access; the user stays. What they are in by the roster they leave: with a membership groups end by
 * themselves, and whoever is suspended is taken out of them.
 */
function leave(email: string, person: Person, entry: Entry, { onRemove, isAdmin, live }: Situation): Decided {
  if (person.directoryManaged) {
    return { notes: [{ reason: "directory", email }] };
  }
  const { membershipId, invitationId, status } = person;
  const active = status === "active";
  const suspend = onRemove === "deactivate" && membershipId !== undefined && (active || status === "inactive");
  const groups = suspend && canJoin(person) ? leaves({}, person, entry, live.groups) : [];
  if (suspend && !active) {
    if (groups.length === 0) return { notes: [] };
    const effect = effectOf({ steps: groups });
    return {
      change: { email, effect, steps: groups, person, givesAdmin: false, takesAdmin: false, removes: false },
      notes: [],
    };
  }
  const steps: Step[] =
    suspend && membershipId !== undefined
      ? [{ do: "deactivate", membershipId }, ...groups]
      : [{ do: "end", onRemove, membershipId, invitationId }];
  const takesAdmin = active && isAdmin(person.roles);
  const effect = effectOf({
    steps,
    leaves: true,
    member: active || status === "inactive",
    takesAdmin,
    removes: active,
  });
  return { change: { email, effect, steps, person, givesAdmin: false, takesAdmin, removes: active }, notes: [] };
}
