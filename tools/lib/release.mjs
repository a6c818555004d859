/** What a release must be before anything of it is published, and what is published besides the package. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ version: string, prerelease: boolean, notes: string }} Release */

/** The file with the checksums of all others beside it, as `sha256sum --check` reads it. */
export const checksumFile = "SHA256SUMS";

/**
 * A tag, the package and the changelog must say one version.
 * @param {string} directory of the repository
 * @param {string} tag `v1.2.3`
 * @param {{ home?: string, today?: string }} [given] `owner/name` of the repository that publishes, and today's date
 * @returns {Release}
 * @throws {Error} with everything that is wrong
 */
export function releaseOf(directory, tag, { home, today = new Date().toISOString().slice(0, 10) } = {}) {
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const locked = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8"));
  const changelog = readFileSync(join(directory, "CHANGELOG.md"), "utf8");
  const version = String(manifest.version);
  /** @type {string[]} */
  const mistakes = [];

  if (!/^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(tag)) {
    mistakes.push(`The tag ${tag} is no version: it must be like v1.2.3 or v1.2.3-beta.1.`);
  } else if (tag !== `v${version}`) {
    mistakes.push(`The tag is ${tag}, and package.json says ${version}: the tag must be v${version}.`);
  }
  for (const said of [locked.version, locked.packages?.[""]?.version]) {
    if (said !== version)
      mistakes.push(`package-lock.json says ${said}, and package.json ${version}: run npm install and commit both.`);
  }
  if (manifest.private === true) mistakes.push("package.json says private: npm publishes no private package.");
  const named = /github\.com[/:]([^/]+\/[^/]+?)(\.git)?$/.exec(String(manifest.repository?.url ?? ""))?.[1];
  if (home !== undefined && named !== home) {
    mistakes.push(
      `package.json names the repository ${named ?? "nowhere"}, and this is ${home}: npm takes provenance from the former only.`,
    );
  }
  const { heading, notes } = latest(changelog);
  if (heading === undefined) {
    mistakes.push("CHANGELOG.md has no heading of a version, like `## [1.2.3] - 2026-12-24`.");
  } else {
    if (heading.version !== version) {
      mistakes.push(`The first heading of CHANGELOG.md is of ${heading.version}, and package.json says ${version}.`);
    }
    if (heading.date > today || Number.isNaN(Date.parse(heading.date))) {
      mistakes.push(
        `CHANGELOG.md has ${heading.version} - ${heading.date}: write the day of the release, ${today}, as its date.`,
      );
    }
    if (notes === "") mistakes.push(`CHANGELOG.md says nothing about ${heading.version}.`);
  }
  if (mistakes.length > 0) throw new Error([...new Set(mistakes)].join("\n"));
  return { version, prerelease: version.includes("-"), notes };
}

/**
 * The first version of a changelog.
 * @param {string} changelog
 * @returns {{ heading?: { version: string, date: string }, notes: string }}
 */
function latest(changelog) {
  const first = changelog.split(/^(?=## \[)/m).find((part) => part.startsWith("## [")) ?? "";
  const [, version, date] = /^## \[(.+?)\] - (\S+)\s*$/m.exec(first) ?? [];
  if (version === undefined || date === undefined) return { notes: "" };
  return { heading: { version, date }, notes: first.slice(first.indexOf("\n") + 1).trim() };
}

/**
 * Writes the checksums of all files of a folder beside them.
 * @param {string} folder
 * @returns {string[]} their names
 * @throws {Error} where there is none
 */
export function writeChecksums(folder) {
  const names = (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    .filter((entry) => entry.isFile() && entry.name !== checksumFile)
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) throw new Error(`There is no file in ${folder}.`);
  const lines = names.map((name) => {
    const sum = createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
    return `${sum}  ${name}\n`;
  });
  writeFileSync(join(folder, checksumFile), lines.join(""));
  return names;
}
