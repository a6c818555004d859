import { printable } from "../provider/wording";

/** Markdown of what came from outside: it must not become markup of ours, nor notify anybody. */

/** Invisible, and enough to keep a name or an address from being linked. */
const gap = "\u200b";

export const escaped = (text: string): string =>
  printable(text)
    .replace(/[\\*_{}[\]<>|#~]/g, "\\$&")
    .replaceAll("`", "'")
    .replace(/(^|[^\w.])@/g, `$1@${gap}`)
    .replaceAll("://", `:${gap}//`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}${gap}.`)
    .replace(/\s+/g, " ");

export const code = (text: string): string => `\`${printable(text).replaceAll("`", "'").replace(/\s+/g, " ")}\``;
