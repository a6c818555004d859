/** Email addresses: what counts as one, and when two are the same; for resources, rosters and the local AuthKit alike. */

/**
 * The characters of RFC 5321's atoms, and letters of any alphabet (RFC 6531). What a mail system accepts is accepted:
 * whether somebody can be reached there is for the vendor to say.
 */
const atom = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
const label = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?";
const pattern = new RegExp(
  `^(?=[^@]{1,64}@.{1,255}$)${atom}(?:\\.${atom})*@(?:${label}\\.)+(?=[^.]{2,63}$)${label}$`,
  "u",
);

export const isAddress = (text: string): boolean => text.length <= 320 && pattern.test(text);

/** The form in which addresses are compared: no source says that the vendor keeps letter case apart. */
export const foldAddress = (address: string): string => address.trim().toLowerCase();
