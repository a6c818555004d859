/** Addresses: how they are compared, and what is said of what is none. */
import { foldAddress } from "../../api/address";

export { foldAddress, isAddress } from "../../api/address";

/** What is wrong with what should be an address; it comes as it is to be shown. */
export const notAnAddress = (shown: string): string =>
  `${shown} is not an email address; write it like ann@example.com`;

export const sameAddress = (one: string, other: string): boolean => foldAddress(one) === foldAddress(other);

/** The domain, folded. */
export const domainOf = (address: string): string =>
  foldAddress(address).slice(foldAddress(address).lastIndexOf("@") + 1);
