/** Where everything comes from that one person has by the files of a roster. */
import { foldAddress, sameAddress } from "../declare/address";
import { endOf } from "../roster/expiry";
import type { Collected, Mention, Team } from "./collect";
import type { Details } from "./schema";
import type { Place } from "./source";

/** By what somebody has roles and groups. */
export interface Origin {
  /** `team on-call, in team platform`, or what else it is in the files. */
  readonly by: string;
  /** Where they stand in it. */
  readonly place: Place;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  /** When it ends, as the file says. */
  readonly until?: string;
  /** It has ended. */
  readonly over: boolean;
}

/** @returns nothing of somebody whom the files do not name. */
export function originsOf(all: Collected, email: string, now: number): Origin[] {
  const key = foldAddress(email);
  const described = all.described.get(key);
  const details: Partial<Details> = described?.details ?? {};
  const own = [
    ...(described ? [described.place] : []),
    ...all.direct.filter((mention) => sameAddress(mention.email, email)).map(({ place }) => place),
  ].slice(0, 1);
  const found: Origin[] = own.map((place) => {
    const { roles = [], groups = [] } = details;
    return { by: "their own entry", place, roles, groups, ...endOfAccess(details.expiresAt, now) };
  });
  for (const team of all.teams.values()) {
    const path = pathTo(key, team, all.teams);
    if (!path) continue;
    const { roles, groups, expiresAt } = team;
    found.push({ by: path.by, place: path.mention.place, roles, groups, ...endOfAccess(expiresAt, now) });
  }
  const defaults = all.settings.get("defaults");
  const { roles = [] } = (defaults?.value ?? {}) as { readonly roles?: readonly string[] };
  const given = found.some((origin) => origin.roles.length > 0);
  if (defaults && found.length > 0 && !given && roles.length > 0) {
    found.push({ by: "defaults", place: defaults.place, roles, groups: [], over: false });
  }
  return found;
}

const endOfAccess = (until: string | undefined, now: number): Pick<Origin, "until" | "over"> =>
  until === undefined ? { over: false } : { until, over: endOf(until) <= now };

/** By which way somebody is in a team: the nearest, where there are several. */
function pathTo(
  key: string,
  team: Team,
  teams: ReadonlyMap<string, Team>,
): { readonly by: string; readonly mention: Mention } | undefined {
  const seen = new Set([team]);
  const queue: { readonly one: Team; readonly by: string }[] = [{ one: team, by: `team ${team.name}` }];
  for (const { one, by } of queue) {
    const mention = one.people.find((person) => foldAddress(person.email) === key);
    if (mention) return { by, mention };
    for (const { name } of one.teams) {
      const inner = teams.get(name);
      if (inner && !seen.has(inner)) {
        seen.add(inner);
        queue.push({ one: inner, by: `team ${team.name}, by team ${inner.name}` });
      }
    }
  }
  return undefined;
}
