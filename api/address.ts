/** Email addresses: what counts as one, and when two are the same; for resources, rosters and the local AuthKit alike. */

/*
 * The grammar of RFC 5321 with the letters of RFC 6531: atoms between dots, or a quoted text. What a mail system accepts
 * is accepted: whether somebody can be reached there is for the vendor to say. Controls, spaces of other alphabets and
 * marks that turn the direction of writing (`\p{C}`, `\p{Z}`) are never part of one.
 */
const foreign = "[^\\x00-\\x7f\\p{C}\\p{Z}]";
const atom = `(?:[A-Za-z0-9!#$%&'*+/=?^_\`{|}~-]|${foreign})+`;
const quoted = `"(?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|${foreign}|\\\\[\\x20-\\x7e])+"`;
const label = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
const topLabel = `(?=[^.]{2,63}$)(?!\\d+$)${label}`;
const pattern = new RegExp(`^(?:${atom}(?:\\.${atom})*|${quoted})@(?:${label}\\.)+${topLabel}$`, "u");

/** What RFC 5321 allows, in octets. */
const most = { whole: 254, local: 64 };
const octets = (text: string) => Buffer.byteLength(text);

export function isAddress(text: string): boolean {
  if (text.length > most.whole || octets(text) > most.whole) return false;
  return octets(text.slice(0, text.lastIndexOf("@"))) <= most.local && pattern.test(text);
}

/** The form in which addresses are compared: no source says that the vendor keeps letter case apart. */
export const foldAddress = (address: string): string => address.trim().toLowerCase();
