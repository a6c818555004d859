/** From what the files say to who has which access: teams unfolded, roles united, and every contradiction found. */
import { foldAddress } from "../declare/address";
import { didYouMean, suggestion } from "../wording";
import { endOf } from "../roster/expiry";
import type { Member } from "../roster/roster";
import type { Collected, Mention, Team } from "./collect";
import type { Details } from "./schema";
import { at, listOf, type Mistake, type Place } from "./source";

const dayMs = 86_400_000;
const standardHorizonDays = 366;

export interface Resolved {
  readonly members: Record<string, Member>;
  readonly mistakes: readonly Mistake[];
}

/** By what somebody is in the roster: themselves, or a team, either of which may end. */
interface Grant {
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  readonly end: number;
}

/** Roles that every environment has from the start. */
const standardRoles = ["admin", "member"];

/** @param roles what roles files define, where there are any. */
export function resolve(all: Collected, now: number, roles?: readonly string[]): Resolved {
  const mistakes: Mistake[] = [
    ...unknownTeams(all),
    ...cycles(all),
    ...unknownNames(all),
    ...(roles ? undefinedRoles(all, roles) : []),
    ...farDates(all, now),
  ];
  const grants = new Map<string, Grant[]>();
  const spelled = new Map<string, Mention>();
  const give = (mention: Mention, grant: Grant) => {
    const key = foldAddress(mention.email);
    if (!spelled.has(key)) spelled.set(key, mention);
    const held = grants.get(key) ?? [];
    held.push(grant);
    grants.set(key, held);
  };
  for (const mention of all.direct) give(mention, { roles: [], groups: [], end: Infinity });
  for (const team of all.teams.values()) {
    const end = team.expiresAt === undefined ? Infinity : safeEnd(team.expiresAt);
    for (const mention of peopleOf(team, all.teams)) give(mention, { roles: team.roles, groups: team.groups, end });
  }
  for (const { email, place } of all.alumni) {
    const listed = spelled.get(foldAddress(email));
    if (listed) {
      mistakes.push({
        ...listed.place,
        message: `${email} is among the alumni (${at(place)}); take the address out of there if they are back, or out of here`,
      });
    }
  }
  const members: Record<string, Member> = {};
  for (const [key, held] of grants) {
    const described = all.described.get(key);
    members[described?.email ?? spelled.get(key)?.email ?? key] = memberOf(held, all, key, now);
  }
  mistakes.push(...missingAdmins(all, members, now));
  return { members, mistakes };
}

function memberOf(held: readonly Grant[], all: Collected, key: string, now: number): Member {
  const details: Details = all.described.get(key)?.details ?? {};
  const defaults = (all.settings.get("defaults")?.value ?? {}) as Pick<Member, "roles" | "via">;
  const own = details.expiresAt === undefined ? Infinity : safeEnd(details.expiresAt);
  const current = held.filter(({ end }) => end > now);
  const last = Math.max(...held.map(({ end }) => end));
  const counting = current.length > 0 ? current : held;
  const roles = [...new Set([...(details.roles ?? []), ...counting.flatMap((grant) => grant.roles)])];
  const groups = [...new Set([...(details.groups ?? []), ...counting.flatMap((grant) => grant.groups)])];
  const end = Math.min(own, last);
  const { expiresAt, roles: _roles, groups: _groups, ...rest } = details;
  return {
    ...(defaults.via ? { via: defaults.via } : {}),
    ...rest,
    ...(roles.length > 0 ? { roles } : defaults.roles ? { roles: defaults.roles } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(end === Infinity ? {} : { expiresAt: end === own ? expiresAt : new Date(end).toISOString() }),
  };
}

/** Everybody in a team and in the teams within it, each once. */
function peopleOf(team: Team, teams: ReadonlyMap<string, Team>): Mention[] {
  const people = new Map<string, Mention>();
  const seen = new Set<Team>();
  const walk = (one: Team) => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const mention of one.people) {
      if (!people.has(foldAddress(mention.email))) people.set(foldAddress(mention.email), mention);
    }
    for (const { name } of one.teams) {
      const inner = teams.get(name);
      if (inner) walk(inner);
    }
  };
  walk(team);
  return [...people.values()];
}

function unknownTeams({ teams }: Collected): Mistake[] {
  const known = [...teams.keys()];
  return [...teams.values()].flatMap((team) =>
    team.teams
      .filter(({ name }) => !teams.has(name))
      .map(({ name, place }) => ({
        ...place,
        message: `there is no team ${name}; ${didYouMean(name, known, "there are")} Write it under teams, or remove it here`,
      })),
  );
}

function cycles({ teams }: Collected): Mistake[] {
  const mistakes: Mistake[] = [];
  const done = new Set<string>();
  const walk = (team: Team, above: readonly string[]) => {
    if (done.has(team.name)) return;
    for (const { name, place } of team.teams) {
      const inner = teams.get(name);
      const path = [...above, team.name];
      if (path.includes(name)) {
        const circle = [...path.slice(path.indexOf(name)), name].join(" → ");
        mistakes.push({ ...place, message: `the teams go round in a circle (${circle}); take ${name} out of here` });
      } else if (inner) walk(inner, path);
    }
    done.add(team.name);
  };
  for (const team of teams.values()) walk(team, []);
  return mistakes;
}

/** Roles and groups that no file lists, where any lists those that there are. */
function unknownNames({ settings, roles, groups }: Collected): Mistake[] {
  const mentioned = {
    roles: roles.map(({ slug, place }) => ({ name: slug, place })),
    groups,
  };
  return (["roles", "groups"] as const).flatMap((kind) => {
    const declared = settings.get(kind);
    if (!declared || !Array.isArray(declared.value)) return [];
    const known = (declared.value as unknown[]).map(String);
    return mentioned[kind]
      .filter(({ name }) => !known.includes(name))
      .map(({ name, place }) => ({
        ...place,
        message:
          known.length === 0
            ? `${name} is not among the ${kind}, of which there are none; add it at ${at(declared.place)}`
            : `${name} is not among the ${kind} (${known.join(", ")})${meant(name, known)} at ${at(declared.place)}`,
      }));
  });
}

function undefinedRoles({ roles, settings }: Collected, defined: readonly string[]): Mistake[] {
  const listed = listOf(settings.get("roles")?.value);
  const known = [...new Set([...defined, ...standardRoles])];
  return roles
    .filter(({ slug }) => !known.includes(slug) && (listed.length === 0 || listed.includes(slug)))
    .map(({ slug, place }) => {
      const nearest = suggestion(slug, known);
      const meant = nearest === undefined ? "add it there" : `did you mean ${nearest}? Or add it there`;
      return { ...place, message: `${slug} is none of the roles that the roles files define; ${meant}` };
    });
}

function farDates({ settings, dates }: Collected, now: number): Mistake[] {
  const days = Number(settings.get("horizonDays")?.value ?? standardHorizonDays);
  return dates
    .filter(({ text }) => Number.isFinite(safeEnd(text)) && safeEnd(text) > now + days * dayMs)
    .map(({ text, place }) => ({
      ...place,
      message: `${text} is more than ${days} days ahead; give an earlier day, or raise horizonDays`,
    }));
}

function missingAdmins(
  { settings, requiredAdmins }: Collected,
  members: Readonly<Record<string, Member>>,
  now: number,
): Mistake[] {
  const admin = (settings.get("adminRoles")?.value ?? ["admin"]) as readonly string[];
  const known = new Map(Object.entries(members).map(([email, member]) => [foldAddress(email), member]));
  const isOne = (member: Member | undefined) =>
    member?.roles?.some((role) => admin.includes(role)) &&
    member.status !== "inactive" &&
    (member.expiresAt === undefined || safeEnd(member.expiresAt) > now);
  return requiredAdmins
    .filter(({ email }) => !isOne(known.get(foldAddress(email))))
    .map(({ email, place }: Mention & { place: Place }) => ({
      ...place,
      message: `${email} must be an admin and is not; give them the role ${admin.join(" or ")}, or take the address out of requiredAdmins`,
    }));
}

const meant = (slug: string, known: readonly string[]): string => {
  const nearest = suggestion(slug, known);
  return nearest === undefined ? "; add it" : `; did you mean ${nearest}? Or add it`;
};

/** A malformed date has been reported where it stands. */
function safeEnd(text: string): number {
  try {
    return endOf(text);
  } catch {
    return Infinity;
  }
}
