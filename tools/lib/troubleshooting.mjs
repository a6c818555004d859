// What docs/troubleshooting.md says: below each heading of the third level the errors in a block of text, and then what
// they mean and what to do.
import { anchorOf, plain, sectionsOf } from "./markdown.mjs";

/** @typedef {{ section: string, anchor: string }} Explained */

/**
 * Each error of the page, with the section that explains it.
 * @param {string} page
 * @returns {Map<string, Explained>}
 */
export function explainedErrors(page) {
  /** @type {Map<string, Explained>} */
  const found = new Map();
  for (const { heading, text } of sectionsOf(page, 3)) {
    const section = plain(heading);
    for (const [, block = ""] of text.matchAll(/^```text\n(.*?)^```$/gms)) {
      for (const line of block.trimEnd().split("\n")) found.set(line, { section, anchor: anchorOf(section) });
    }
  }
  return found;
}
