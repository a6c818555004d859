/** Email addresses, by which people are known: what counts as one, and when two are the same. */

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

/** What is wrong with what should be an address; it comes as it is to be shown. */
export const notAnAddress = (shown: string): string =>
  `${shown} is not an email address; write it like ann@example.com`;

/** The form in which addresses are compared: no source says that the vendor keeps letter case apart. */
export const foldAddress = (address: string): string => address.trim().toLowerCase();

export const sameAddress = (one: string, other: string): boolean => foldAddress(one) === foldAddress(other);

/** The domain, folded. */
export const domainOf = (address: string): string =>
  foldAddress(address).slice(foldAddress(address).lastIndexOf("@") + 1);
