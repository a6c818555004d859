// Where links of pages lead.
import { posix } from "node:path";

import { anchorsOf, linksOf } from "./markdown.mjs";

/**
 * @typedef {object} Tree
 * @property {readonly string[]} paths of all files, from the root
 * @property {(path: string) => string} read
 * @property {{ repository?: string | { url: string }, files?: readonly string[] }} manifest
 */

/** Pages of a repository at GitHub that are no files. */
const ownPages = /^(issues|pulls|releases|discussions|security|actions|compare|commits|tags)(\/|$)/;
/** What npm packs whatever `files` says. */
const alwaysPacked = /^(readme|licen[cs]e|package\.json)/i;

/**
 * @param {Tree} tree
 * @returns {string[]} one line a link that leads nowhere
 */
export function brokenLinks(tree) {
  const files = new Set(tree.paths);
  const folders = new Set(tree.paths.flatMap(foldersOf));
  /** @type {Map<string, Set<string>>} */
  const anchors = new Map();
  const hasAnchor = (path, anchor) => {
    if (!path.endsWith(".md")) return /^L\d+(-L\d+)?$/.test(anchor);
    const known = anchors.get(path) ?? anchorsOf(tree.read(path));
    anchors.set(path, known);
    return known.has(anchor);
  };

  /**
   * @param {string} path
   * @param {string | undefined} anchor
   */
  const missing = (path, anchor) => {
    if (!files.has(path) && !folders.has(path)) return "there is no such file";
    return anchor !== undefined && !hasAnchor(path, anchor) ? "there is no such heading" : undefined;
  };

  return tree.paths
    .filter((path) => path.endsWith(".md"))
    .flatMap((page) =>
      linksOf(tree.read(page)).flatMap(({ target, line }) => {
        const why = whyBroken(page, target, tree, missing);
        return why === undefined ? [] : [`${page}:${line}: ${target}: ${why}`];
      }),
    );
}

/**
 * @param {string} page
 * @param {string} target
 * @param {Tree} tree
 * @param {(path: string, anchor: string | undefined) => string | undefined} missing
 */
function whyBroken(page, target, { manifest }, missing) {
  if (/^(mailto:|data:)/.test(target)) return undefined;
  if (/^https?:\/\//.test(target)) return whyAddressBroken(target, manifest, missing);
  const [path = "", anchor] = target.split("#");
  if (path === "") return missing(page, anchor);
  if (path.startsWith("/")) return "it starts at the root of a web site: write it from the page's own folder";
  const to = posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path))).replace(/\/$/, "");
  if (to.startsWith("..")) return "it leads out of the repository";
  const why = missing(to, anchor);
  if (why !== undefined || page !== "README.md") return why;
  const isPacked =
    alwaysPacked.test(to) ||
    (manifest.files ?? []).some((entry) => `${to}/`.startsWith(`${entry.replace(/\/$/, "")}/`));
  return isPacked
    ? undefined
    : "it is not packed, and the registry's page shows README.md too: write the whole address";
}

/**
 * @param {string} address
 * @param {Tree["manifest"]} manifest
 * @param {(path: string, anchor: string | undefined) => string | undefined} missing
 */
function whyAddressBroken(address, { repository }, missing) {
  const url = new URL(address);
  const own = /github\.com[/:]([^/]+\/[^/]+?)(\.git)?$/.exec(
    typeof repository === "string" ? repository : (repository?.url ?? ""),
  )?.[1];
  const inside =
    own !== undefined && `${url.pathname}/`.startsWith(`/${own}/`) ? url.pathname.slice(own.length + 2) : undefined;
  // Others' pages cannot be looked at from here; which hosts a page may name is tests/house/pages.test.ts's.
  if (!/^(www\.)?github\.com$|^raw\.githubusercontent\.com$/.test(url.hostname)) return undefined;
  if (inside === undefined) return own === undefined ? "package.json names no repository" : undefined;
  const anchor = url.hash === "" ? undefined : decodeURIComponent(url.hash.slice(1));
  if (url.hostname.startsWith("raw.")) {
    return missing(decodeURIComponent(inside.replace(/^(refs\/heads\/)?[^/]+\//, "")), anchor);
  }
  const [, path] = /^(?:blob|tree|raw|edit)\/[^/]+\/(.+?)\/?$/.exec(inside) ?? [];
  if (path !== undefined) return missing(decodeURIComponent(path), anchor);
  const [, workflow] = /^actions\/workflows\/([^/]+)/.exec(inside) ?? [];
  if (workflow !== undefined) return missing(`.github/workflows/${workflow}`, undefined);
  if (inside === "") return anchor === undefined ? undefined : missing("README.md", anchor);
  return ownPages.test(inside) ? undefined : "it is no page of the repository";
}

/** @param {string} path */
function foldersOf(path) {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
