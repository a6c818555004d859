/** What roster files say, before anybody asks what it amounts to. */
import { foldAddress, isAddress, notAnAddress } from "../declare/address";
import { type FileShape, misshapen } from "./misshapen";
import { type Details, detailNames, rosterFile } from "./schema";
import { at, listOf, mapOf, type Mistake, type Path, type Place, type Source } from "./source";

/** An address where it stands. */
export interface Mention {
  readonly email: string;
  readonly place: Place;
}

export interface Team {
  readonly name: string;
  readonly place: Place;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  readonly people: readonly Mention[];
  readonly teams: readonly { readonly name: string; readonly place: Place }[];
  readonly expiresAt?: string;
}

export interface Described {
  readonly details: Details;
  readonly place: Place;
}

/** All files together. */
export interface Collected {
  readonly teams: Map<string, Team>;
  /** By folded address. */
  readonly described: Map<string, Described & { readonly email: string }>;
  /** People who are in the roster without a team. */
  readonly direct: Mention[];
  readonly alumni: Mention[];
  readonly requiredAdmins: Mention[];
  readonly roles: { readonly slug: string; readonly place: Place }[];
  readonly groups: { readonly name: string; readonly place: Place }[];
  readonly dates: { readonly text: string; readonly place: Place }[];
  readonly settings: Map<string, { readonly value: unknown; readonly place: Place }>;
  readonly mistakes: Mistake[];
}

/** Settings that one file makes for all. */
const settingNames = ["organization", "roles", "groups", "defaults", "horizonDays", "adminRoles"] as const;

export function collect(sources: readonly Source[]): Collected {
  const all: Collected = {
    teams: new Map(),
    described: new Map(),
    direct: [],
    alumni: [],
    requiredAdmins: [],
    roles: [],
    groups: [],
    dates: [],
    settings: new Map(),
    mistakes: [],
  };
  for (const source of sources) {
    all.mistakes.push(...source.mistakes, ...misshapen(source, shape));
    new Collector(source, all).collect();
  }
  return all;
}

/** What a roster file is, for messages about its shape. */
const shape: FileShape = {
  schema: rosterFile,
  known: (path) => (path.length === 0 ? Object.keys(rosterFile.shape) : knownAt(path)),
  whole: "a roster file",
  keys: "organization, teams and members",
};

function knownAt(path: Path): string[] {
  if (path[0] === "defaults") return ["roles", "via"];
  if (path[0] === "teams" && path.length === 2) return ["roles", "groups", "owners", "members", "teams", "expiresAt"];
  return path[0] === "teams" ? ["email", ...detailNames] : [...detailNames];
}

/** Takes what can be taken even from a file with mistakes, so that they are all found in one go. */
class Collector {
  constructor(
    private readonly source: Source,
    private readonly all: Collected,
  ) {}

  collect(): void {
    const { source, all } = this;
    const file = mapOf(source.value);
    for (const name of settingNames) {
      if (file[name] === undefined) continue;
      const other = all.settings.get(name);
      if (other)
        this.wrong(source.at([name], true), `${name} is set already at ${at(other.place)}; set it in one file`);
      else all.settings.set(name, { value: file[name], place: source.at([name], true) });
    }
    this.roles(mapOf(file.defaults).roles, ["defaults", "roles"]);
    all.alumni.push(...this.mentions(file.alumni, ["alumni"]));
    all.requiredAdmins.push(...this.mentions(file.requiredAdmins, ["requiredAdmins"]));
    for (const [name, team] of Object.entries(mapOf(file.teams))) this.team(name, mapOf(team));
    for (const [email, details] of Object.entries(mapOf(file.members))) {
      const path = ["members", email];
      const place = source.at(path, true);
      if (!isAddress(email)) this.wrong(place, notAnAddress(JSON.stringify(email)));
      all.direct.push({ email, place });
      this.describe(email, mapOf(details), place, path);
    }
  }

  private team(name: string, team: Record<string, unknown>): void {
    const { source, all } = this;
    const path = ["teams", name];
    const place = source.at(path, true);
    const other = all.teams.get(name);
    if (other) {
      this.wrong(place, `the team ${name} is there already, at ${at(other.place)}; give one of the two another name`);
      return;
    }
    const members = this.mentions(team.members, [...path, "members"]);
    const seen = new Map<string, Place>();
    for (const { email, place: here } of members) {
      const before = seen.get(foldAddress(email));
      if (before) this.wrong(here, `${email} is in the team ${name} already, at ${at(before)}; remove one of the two`);
      seen.set(foldAddress(email), here);
    }
    this.roles(team.roles, [...path, "roles"]);
    this.groups(team.groups, [...path, "groups"]);
    this.date(team.expiresAt, [...path, "expiresAt"]);
    all.teams.set(name, {
      name,
      place,
      roles: listOf(team.roles).map(String),
      groups: listOf(team.groups).map(String),
      people: [...members, ...this.mentions(team.owners, [...path, "owners"])],
      teams: listOf(team.teams).map((inner, index) => ({
        name: String(inner),
        place: source.at([...path, "teams", index]),
      })),
      expiresAt: typeof team.expiresAt === "string" ? team.expiresAt : undefined,
    });
  }

  private mentions(list: unknown, path: Path): Mention[] {
    return listOf(list).flatMap((entry, index) => {
      const where = [...path, index];
      const place = this.source.at(where);
      if (typeof entry === "string") return [{ email: entry.trim(), place }];
      const { email, ...details } = mapOf(entry);
      if (typeof email !== "string") return [];
      this.describe(email, details, place, where);
      return [{ email: email.trim(), place }];
    });
  }

  /** A person may be listed anywhere, and described in one place. */
  private describe(email: string, details: Record<string, unknown>, place: Place, path: Path): void {
    const other = this.all.described.get(foldAddress(email));
    if (other) {
      this.wrong(
        place,
        `${email} is described already at ${at(other.place)}; describe a person once, and list only the address elsewhere`,
      );
      return;
    }
    this.roles(details.roles, [...path, "roles"]);
    this.groups(details.groups, [...path, "groups"]);
    this.date(details.expiresAt, [...path, "expiresAt"]);
    this.all.described.set(foldAddress(email), { email: email.trim(), details, place });
  }

  private roles(list: unknown, path: Path): void {
    listOf(list).forEach((slug, index) => {
      if (typeof slug === "string") this.all.roles.push({ slug, place: this.source.at([...path, index]) });
    });
  }

  private groups(list: unknown, path: Path): void {
    listOf(list).forEach((name, index) => {
      if (typeof name === "string") this.all.groups.push({ name, place: this.source.at([...path, index]) });
    });
  }

  private date(text: unknown, path: Path): void {
    if (typeof text === "string") this.all.dates.push({ text, place: this.source.at(path) });
  }

  private wrong(place: Place, message: string): void {
    this.all.mistakes.push({ ...place, message });
  }
}
