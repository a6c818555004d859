/** Roles and permissions as files that a team reviews, beside its rosters. */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { plural, suggestion } from "../wording";
import { type FileShape, misshapen } from "../roster-files/misshapen";
import {
  at,
  inOrder,
  isRolesFile,
  isMap,
  listOf,
  mapOf,
  type Mistake,
  type Path,
  type Place,
  readSources,
  shown,
  type Source,
} from "../roster-files/source";
import { type FileOrganizationRole, type FilePermission, type FileRole, knownAt, rolesFile, slugs } from "./schema";

/** What roles files say. */
export interface RolesFiles {
  /** By slug. */
  readonly permissions: ReadonlyMap<string, FilePermission>;
  /** Roles of the environment, by slug. */
  readonly roles: ReadonlyMap<string, FileRole>;
  /** Roles of organizations' own, by what the file calls the organization, and by slug. */
  readonly organizations: ReadonlyMap<string, ReadonlyMap<string, FileOrganizationRole>>;
  /** Slugs of all roles. */
  readonly slugs: readonly string[];
  /** Where each organization is named first. */
  readonly places: ReadonlyMap<string, Place>;
  readonly files: readonly string[];
}

/** Everything that is wrong with the files, each with its place. */
export class RolesError extends Error {
  override readonly name = "RolesError";

  constructor(readonly mistakes: readonly Mistake[]) {
    super([`The roles files have ${plural(mistakes.length, "mistake")}:`, ...mistakes.map(shown)].join("\n"));
  }
}

const shape: FileShape = {
  schema: rolesFile,
  known: knownAt,
  whole: "a roles file",
  keys: "permissions, roles and organizations",
};

/** @throws RolesError for whatever is wrong with them. */
export function loadRolesFiles(path: string): RolesFiles {
  const sources = readSources(path);
  // A folder may have rosters too; a file that is named is taken for what it is to be.
  if (sources.length > 0 && !statSync(path).isDirectory()) return rolesOf(sources);
  const those = sources.filter((source) => isRolesFile(source) || source.mistakes.length > 0);
  if (those.length === 0) throw new Error(`There is no roles file in ${path}: one has permissions, or roles as a map.`);
  return rolesOf(those);
}

/** The roles files of rosters: those among them, and `roles.yaml` in the same folder or beside it. */
export function rolesBeside(path: string, sources: readonly Source[]): Source[] {
  const folder = existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
  const among = sources.filter(isRolesFile);
  const beside = [...new Set([folder, dirname(folder)])]
    .flatMap((one) => ["roles.yaml", "roles.yml"].map((name) => join(one, name)))
    .filter((file) => existsSync(file))
    .flatMap((file) => readSources(file))
    .filter((source) => isRolesFile(source) || source.mistakes.length > 0);
  return [...new Map([...among, ...beside].map((source) => [source.file, source])).values()];
}

export function rolesOf(sources: readonly Source[]): RolesFiles {
  const collector = new Collector();
  for (const source of sources) collector.take(source);
  const mistakes = [...collector.mistakes, ...collector.unknownPermissions()];
  if (mistakes.length > 0) throw new RolesError(inOrder(mistakes, sources));
  const { permissions, roles, organizations, places } = collector;
  const own = [...organizations.values()].flatMap((some) => [...some.keys()]);
  return {
    permissions,
    roles,
    organizations,
    slugs: [...new Set([...roles.keys(), ...own])],
    places,
    files: sources.map(({ file }) => file),
  };
}

class Collector {
  readonly permissions = new Map<string, FilePermission>();
  readonly roles = new Map<string, FileRole>();
  readonly organizations = new Map<string, Map<string, FileOrganizationRole>>();
  readonly places = new Map<string, Place>();
  readonly mistakes: Mistake[] = [];
  readonly #first = new Map<string, Place>();
  readonly #given: { readonly slug: string; readonly place: Place }[] = [];
  #section: Place | undefined;

  take(source: Source): void {
    this.mistakes.push(...source.mistakes, ...misshapen(source, shape));
    const file = mapOf(source.value);
    const adopt = typeof file.adopt === "string" ? { adopt: file.adopt } : {};
    if (isMap(file.permissions)) this.#section ??= source.at(["permissions"], true);
    for (const [slug, said] of Object.entries(mapOf(file.permissions))) {
      if (!this.#isNew(slug, source, ["permissions", slug], "permissions")) continue;
      const fields = typeof said === "string" ? { name: said } : mapOf(said);
      this.permissions.set(slug, { ...adopt, ...fields } as FilePermission);
    }
    for (const [slug, said] of Object.entries(mapOf(file.roles))) {
      if (!this.#isNew(slug, source, ["roles", slug], "roles")) continue;
      this.roles.set(slug, this.#role(said, source, ["roles", slug], adopt) as FileRole);
    }
    for (const [organization, own] of Object.entries(mapOf(file.organizations))) {
      const path = ["organizations", organization];
      if (!this.places.has(organization)) this.places.set(organization, source.at(path, true));
      const known = this.organizations.get(organization) ?? new Map<string, FileOrganizationRole>();
      this.organizations.set(organization, known);
      for (const [slug, said] of Object.entries(mapOf(own))) {
        if (!this.#isNew(slug, source, [...path, slug], "organizations", organization)) continue;
        known.set(slug, this.#role(said, source, [...path, slug], adopt) as FileOrganizationRole);
      }
    }
  }

  /** Permissions of roles that no file describes, where files describe any. */
  unknownPermissions(): Mistake[] {
    const section = this.#section;
    if (section === undefined) return [];
    const known = [...this.permissions.keys()];
    return this.#given
      .filter(({ slug }) => !this.permissions.has(slug))
      .map(({ slug, place }) => {
        const nearest = suggestion(slug, known);
        const meant = nearest === undefined ? "; add it" : `; did you mean ${nearest}? Or add it`;
        return { ...place, message: `${slug} is not among the permissions${meant} at ${at(section)}` };
      });
  }

  #role(said: unknown, source: Source, path: Path, adopt: object): object {
    const fields = mapOf(said);
    const before = new Map<string, Place>();
    listOf(fields.permissions).forEach((slug, index) => {
      if (typeof slug !== "string") return;
      const place = source.at([...path, "permissions", index]);
      const other = before.get(slug);
      if (other) this.#wrong(place, `${slug} is listed already at ${at(other)}; remove one of the two`);
      before.set(slug, place);
      this.#given.push({ slug, place });
    });
    return { ...adopt, ...fields };
  }

  #isNew(slug: string, source: Source, path: Path, kind: keyof typeof slugs, of = ""): boolean {
    const place = source.at(path, true);
    const spelled = slugs[kind].safeParse(slug);
    if (!spelled.success) this.#wrong(place, `${slug}: ${spelled.error.issues[0]?.message ?? "is no slug"}`);
    const key = JSON.stringify([kind, of, slug]);
    const other = this.#first.get(key);
    if (other) this.#wrong(place, `${slug} is described already at ${at(other)}; describe it once`);
    else this.#first.set(key, place);
    return other === undefined;
  }

  #wrong(place: Place, message: string): void {
    this.mistakes.push({ ...place, message });
  }
}

/**
 * What a program makes resources of.
 * @param organizations the names for which it has an id.
 * @throws RolesError, also where an organization of the files is none of these and no id.
 */
export function rolesForProgram(path: string, organizations: readonly string[]): RolesFiles {
  const said = loadRolesFiles(path);
  const unknown = [...said.places].filter(([name]) => !organizations.includes(name) && !/^org_./.test(name));
  if (unknown.length === 0) return said;
  throw new RolesError(
    unknown.map(([name, place]) => {
      const nearest = suggestion(name, organizations);
      const meant = nearest === undefined ? "" : `did you mean ${nearest}? Or `;
      const message = `the program has no organization ${name}; ${meant}give its id, as loadRoles(path, { organizations: { ${JSON.stringify(name)}: … } })`;
      return { ...place, message };
    }),
  );
}
