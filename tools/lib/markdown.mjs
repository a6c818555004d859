// What pages of Markdown consist of, as far as links and generated parts need it.

/** @typedef {{ target: string, line: number }} Link as it is written; the line counts from 1 */

/**
 * The anchor that GitHub gives a heading, and the documentation site by the same rule.
 * @param {string} heading its text, without Markdown
 */
export function anchorOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

/**
 * The anchors of a page's headings: a text that comes twice gets a number.
 * @param {string} markdown
 */
export function anchorsOf(markdown) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return new Set(
    [...withoutCode(markdown).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)].map(([, heading = ""]) => {
      const anchor = anchorOf(plain(heading));
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

/**
 * Links and pictures, also those of references and of HTML.
 * @param {string} markdown
 * @returns {Link[]}
 */
export function linksOf(markdown) {
  const text = withoutCode(markdown).replaceAll(/`[^`\n]*`/g, (code) => " ".repeat(code.length));
  const forms = [
    // Text of a link may have brackets of its own, as that of a badge does.
    /\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g,
    /^\[[^\]]+\]:\s+(\S+)/gm,
    /<(https?:\/\/[^>\s]+)>/g,
    /\b(?:href|src|srcset)="([^"]+)"/g,
  ];
  return forms
    .flatMap((form) => [...text.matchAll(form)])
    .map(({ 1: target = "", index }) => ({ target, line: text.slice(0, index).split("\n").length }));
}

/**
 * The text of a heading or a cell, without emphasis, code marks and links.
 * @param {string} markdown
 */
export function plain(markdown) {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[*`]/g, "")
    .trim();
}

/**
 * Sections of a page by their headings of one level; what comes before the first is left out.
 * @param {string} markdown
 * @param {number} level
 */
export function sectionsOf(markdown, level) {
  const mark = `${"#".repeat(level)} `;
  return splitOutsideOfCode(markdown, new RegExp(`^(?=#{1,${level}} )`))
    .filter((section) => section.startsWith(mark))
    .map((section) => {
      const end = section.indexOf("\n");
      return { heading: section.slice(mark.length, end).trim(), text: section.slice(end + 1) };
    });
}

/**
 * @param {string} markdown
 * @param {RegExp} at matches the beginning of a line
 */
function splitOutsideOfCode(markdown, at) {
  /** @type {string[]} */
  const parts = [""];
  let inCode = false;
  for (const line of markdown.split("\n")) {
    if (/^ *```/.test(line)) inCode = !inCode;
    if (!inCode && at.test(line)) parts.push("");
    parts.push(`${parts.pop() ?? ""}${line}\n`);
  }
  return parts;
}

/**
 * Blanks what is between fences, and comments, line by line, so that places stay the same.
 * @param {string} markdown
 */
function withoutCode(markdown) {
  return markdown
    .replaceAll(/^( *)(`{3,})[^\n]*\n.*?^\1\2`*[ ]*$/gms, (block) => block.replaceAll(/[^\n]/g, " "))
    .replaceAll(/<!--.*?-->/gs, (comment) => comment.replaceAll(/[^\n]/g, " "));
}
