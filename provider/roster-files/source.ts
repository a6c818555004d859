/** Roster files as text with positions: every mistake can be shown where it is. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isMap as isYamlMap, isNode, isScalar, isSeq } from "yaml";
import { parseYaml } from "./yaml";

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Mistake extends Place {
  /** What is wrong and what to do. */
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** One file, parsed. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** Where the value, or with `key` the name of it, stands. */
  at(path: Path, key?: boolean): Place;
  readonly mistakes: readonly Mistake[];
}

/** The file itself, or every .yaml and .yml file of the folder and those below, in order, hidden ones aside. */
export function readSources(path: string): Source[] {
  if (!existsSync(path)) {
    throw new Error(`There is no ${path}: give the path of a roster file, or of a folder with some.`);
  }
  const files = statSync(path).isDirectory() ? filesOf(path) : [path];
  if (files.length === 0) {
    throw new Error(`There is no .yaml file in ${path}: a roster is one file or a folder of them.`);
  }
  return files.map((file) => parse(relative(process.cwd(), file) || file, readFileSync(file, "utf8")));
}

/**
 * Links are followed, each file and folder is read once, and what is hidden is not: to leave out a file is to take away
 * its people's access.
 */
function filesOf(root: string): string[] {
  const read = new Set<string>();
  const walk = (folder: string): string[] =>
    readdirSync(folder)
      .filter((name) => !name.startsWith(".") && name !== "node_modules")
      .sort()
      .flatMap((name) => {
        const path = join(folder, name);
        const roster = /\.ya?ml$/i.test(name);
        const found = statSync(path, { throwIfNoEntry: false });
        if (!found && roster) throw new Error(`${path} is a link to nothing: mend or remove it.`);
        if (!found || (!found.isDirectory() && !roster)) return [];
        const real = realpathSync(path);
        if (read.has(real)) return [];
        read.add(real);
        return found.isDirectory() ? walk(path) : [path];
      });
  read.add(realpathSync(root));
  return walk(root).sort((one, other) => inPathOrder(one, other));
}

/** One order on every system, whatever stands between folders: of two files that disagree the same one is named. */
export function inPathOrder(one: string, other: string, separator: string = sep): number {
  const [left, right] = [one, other].map((path) => path.replaceAll(separator, "/")) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function parse(file: string, text: string): Source {
  const { document, value, mistakes: found, place: placeOf } = parseYaml(text);
  const place = (offset: number): Place => ({ file, ...placeOf(offset) });
  const at = (path: Path, key = false): Place => {
    const along: Entry[] = [{ value: document.contents }];
    for (const step of path) along.push(entryOf(along.at(-1)?.value, step));
    for (const { key: name, value: node } of along.reverse()) {
      const offset =
        (key && isNode(name) ? name.range?.[0] : undefined) ?? (isNode(node) ? node.range?.[0] : undefined);
      if (offset !== undefined) return place(offset);
    }
    return place(0);
  };
  const mistakes = found.map(({ offset, message }) => ({ ...place(offset), message }));
  return { file, value: value ?? {}, at, mistakes };
}

interface Entry {
  readonly key?: unknown;
  readonly value?: unknown;
}

/** Entries of maps by their keys: a file may have ten thousand people, and a place is asked of each. */
const entries = new WeakMap<object, ReadonlyMap<string, Entry>>();

/** What a key stands for; nothing where there is none. */
function entryOf(parent: unknown, key: string | number): Entry {
  if (isSeq(parent)) return { value: parent.items[Number(key)] };
  if (!isYamlMap(parent)) return {};
  let known = entries.get(parent);
  if (!known) {
    // Of one key that is there twice, the first.
    const named = [...parent.items]
      .reverse()
      .map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair] as const);
    entries.set(parent, (known = new Map(named)));
  }
  return known.get(String(key)) ?? {};
}

export const at = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const mapOf = (value: unknown) => (isMap(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const ofRosters = ["organization", "teams", "members", "alumni", "requiredAdmins", "defaults"];

/**
 * Whether a file is one of roles. What says anything of a roster is one of that, whatever else it says: nobody is left out
 * by a mistake.
 */
export const isRolesFile = ({ value }: Source): boolean =>
  isMap(value) &&
  !ofRosters.some((key) => key in value) &&
  [value.permissions, value.organizations, value.roles].some(isMap);

/** By file and place, each once. */
export function inOrder(mistakes: readonly Mistake[], sources: readonly Source[]): Mistake[] {
  const files = sources.map(({ file }) => file);
  const once = new Map(mistakes.map((mistake) => [shown(mistake), mistake]));
  return [...once.values()].sort(
    (one, other) =>
      files.indexOf(one.file) - files.indexOf(other.file) || one.line - other.line || one.column - other.column,
  );
}

export const shown = ({ file, line, column, message }: Mistake): string => `${file}:${line}:${column} ${message}`;
