import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** As many as the kernel follows. */
const mostLinks = 40;

/**
 * The one name of a data file, by which it is locked: links are followed, so that they stay links, also those that lead
 * to a file or into a folder which is not there yet. Throws for what cannot be replaced by a new version of itself.
 */
export function trueName(dataFile: string): string {
  const file = followed(resolve(dataFile), mostLinks);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return file;
  if (!found.isFile()) throw new Error(`${dataFile} is no file that data can be kept in`);
  // A compact version takes the place of one name only, and the lock knows one name only.
  if (found.nlink > 1) {
    throw new Error(
      `${dataFile} has another name (a hard link), under which it may be in use: copy it, and use the copy`,
    );
  }
  return file;
}

function followed(path: string, left: number): string {
  if (left === 0) throw new Error(`${path}: too many links`);
  const folder = dirname(path);
  if (folder === path) return path;
  const name = join(isThere(folder) ? realpathSync(folder) : followed(folder, left), basename(path));
  const isLink = lstatSync(name, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? followed(resolve(dirname(name), readlinkSync(name)), left - 1) : name;
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
