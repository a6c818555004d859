/** What one person may do by the rosters, and where each part of it comes from. */
import { sameAddress } from "../provider/declare/address";
import type { Member } from "../provider/roster/roster";
import { counted, named, oneLine, plural, suggestion } from "../provider/wording";
import type { RolesFiles } from "../provider/roles-files";
import type { OneRoster, Origin } from "../provider/roster-files";

/** A role or a group, and by what they have it. */
export interface Held {
  readonly name: string;
  readonly from: readonly Source[];
}

interface Source {
  readonly by: string;
  readonly file: string;
  readonly line: number;
}

export interface Sheet {
  /** The file or folder that the roster is. */
  readonly roster: string;
  readonly organization?: string;
  /** `ended`: by `expiresAt`; `left`: among the alumni. */
  readonly access: "active" | "inactive" | "invited" | "ended" | "left";
  readonly expiresAt?: string;
  readonly roles: readonly Held[];
  readonly groups: readonly Held[];
  /** Where there are roles files: what their roles allow, and by which of these. */
  readonly permissions?: readonly { readonly name: string; readonly by: readonly string[] }[];
  /** Roles and groups that they had by something that has ended, and have by nothing else. */
  readonly over: readonly Held[];
}

export interface Who {
  /** The address as the files spell it. */
  readonly email: string;
  readonly sheets: readonly Sheet[];
  /** Rosters that do not name them. */
  readonly absent: readonly string[];
}

/** @throws an error that says whom the rosters name instead. */
export function whoIs(rosters: readonly OneRoster[], email: string, defined?: RolesFiles): Who {
  const sheets = rosters.flatMap((roster) => sheetOf(roster, email, defined) ?? []);
  if (sheets.length === 0) throw new Error(nobody(rosters, email));
  const spelled = rosters.flatMap(({ loaded }) => Object.keys(loaded.members)).find((one) => sameAddress(one, email));
  const there = new Set(sheets.map(({ roster }) => roster));
  return {
    email: spelled ?? email,
    sheets,
    absent: rosters.map(({ path }) => path).filter((path) => !there.has(path)),
  };
}

function nobody(rosters: readonly OneRoster[], email: string): string {
  const known = [
    ...new Set(
      rosters.flatMap(({ loaded, alumni }) => [...Object.keys(loaded.members), ...alumni.map((one) => one.email)]),
    ),
  ];
  const nearest = suggestion(email.toLowerCase(), known);
  const where = named(rosters.map(({ path }) => path));
  const most = 8;
  const instead =
    nearest !== undefined
      ? `did you mean ${nearest}?`
      : known.length === 0
        ? "it names nobody at all."
        : known.length <= most
          ? `there are ${named(known, most)}.`
          : `none of the ${counted(known.length)} people there has an address like it.`;
  return `${oneLine(email)} is not in ${where}; ${instead}`;
}

function sheetOf(roster: OneRoster, email: string, defined: RolesFiles | undefined): Sheet | undefined {
  const { loaded, alumni, path } = roster;
  const found = Object.entries(loaded.members).find(([address]) => sameAddress(address, email));
  const about = { roster: path, ...(loaded.organization === undefined ? {} : { organization: loaded.organization }) };
  const former = alumni.find((one) => sameAddress(one.email, email));
  if (!found) {
    return former && { ...about, access: "left", roles: [], groups: [], over: [heldBy("access", former)] };
  }
  const [address, member] = found;
  const origins = roster.originsOf(email);
  const ended = loaded.expired.includes(address);
  const current = origins.filter(({ over }) => !over);
  const of = (kind: "roles" | "groups", names: readonly string[] = [], by: readonly Origin[] = current) =>
    names.map((name) => ({ name, from: by.filter((origin) => origin[kind].includes(name)).map(sourceOf) }));
  const past = ended ? origins : origins.filter(({ over }) => over);
  const lost = (kind: "roles" | "groups") => {
    const names = new Set(past.flatMap((origin) => origin[kind]));
    return of(kind, ended ? [...names] : [...names].filter((name) => !member[kind]?.includes(name)), past);
  };
  return {
    ...about,
    access: ended ? "ended" : accessOf(member),
    ...(member.expiresAt === undefined ? {} : { expiresAt: member.expiresAt }),
    roles: ended ? [] : of("roles", member.roles),
    groups: ended ? [] : of("groups", member.groups),
    ...(defined && !ended ? { permissions: permissionsOf(member.roles ?? [], defined) } : {}),
    over: [...lost("roles"), ...lost("groups")],
  };
}

function permissionsOf(held: readonly string[], { roles, organizations }: RolesFiles): Sheet["permissions"] {
  const by = new Map<string, string[]>();
  for (const slug of held) {
    const role = roles.get(slug) ?? [...organizations.values()].flatMap((own) => own.get(slug) ?? [])[0];
    for (const name of role?.permissions ?? []) by.set(name, [...(by.get(name) ?? []), slug]);
  }
  return [...by].map(([name, those]) => ({ name, by: those })).sort((one, other) => (one.name < other.name ? -1 : 1));
}

const accessOf = ({ status, via }: Member) =>
  status === "inactive" ? "inactive" : via === "invitation" ? "invited" : "active";

const heldBy = (name: string, { place: { file, line } }: OneRoster["alumni"][number]): Held => ({
  name,
  from: [{ by: "alumni", file, line }],
});

function sourceOf({ by, place: { file, line }, until, over }: Origin): Source {
  const end = until === undefined ? "" : over ? `, ended ${until}` : `, until ${until}`;
  return { by: `${by}${end}`, file, line };
}

const accessWords: Readonly<Record<Sheet["access"], string>> = {
  active: "is to have access",
  inactive: "is to be suspended",
  invited: "gets in by an invitation",
  ended: "no access: it has ended",
  left: "no access: they are among the alumni",
};

/** One page. */
export function whoText({ email, sheets, absent }: Who): string {
  const parts = sheets.map((sheet) => {
    const { roster, organization, access, expiresAt, roles, groups, permissions = [], over } = sheet;
    const until = expiresAt === undefined ? "" : access === "ended" ? ` (${expiresAt})` : `, until ${expiresAt}`;
    const where = organization === undefined ? roster : `${roster} (${organization})`;
    const none =
      access === "ended" || access === "left" ? [] : ["  No roles here: the environment's default for who is new."];
    return [
      `${oneLine(where)}: ${accessWords[access]}${until}`,
      ...(roles.length === 0 ? none : section("Roles", roles)),
      ...section("Groups", groups),
      ...lines(
        "May, by the roles files",
        permissions.map(({ name, by }) => [name, by.join(", ")] as const),
      ),
      ...section(access === "left" ? "Says so" : "Had, and has no longer", over),
    ].join("\n");
  });
  const rest = absent.length === 0 ? [] : [`Not in ${plural(absent.length, "other roster")}: ${named(absent, 10)}`];
  return [oneLine(email), ...parts, ...rest].join("\n\n");
}

const section = (title: string, held: readonly Held[]): string[] =>
  lines(
    title,
    held.map(
      ({ name, from }) => [name, from.map(({ by, file, line }) => `${by} (${file}:${line})`).join("; ")] as const,
    ),
  );

function lines(title: string, rows: readonly (readonly [name: string, from: string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [`  ${title}:`, ...rows.map(([name, from]) => `    ${oneLine(name).padEnd(width)}   ${oneLine(from)}`)];
}
