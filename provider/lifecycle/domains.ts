/** The guard `allowedDomains`: of what is declared, and of the address that is found when somebody is about to get access. */
import type { Admitted } from "../context";
import { domainOf, sameAddress } from "../declare/address";
import { oneLine } from "../wording";

/** Whether an address is of none of the allowed domains; any is allowed where none are given. */
export const isForeign = (address: string, allowed: readonly string[] | undefined): boolean =>
  allowed !== undefined && !allowed.includes(domainOf(address));

/** What is the matter with a foreign address, as the end of a sentence. */
export const outsideAllowed = (allowed: readonly string[]): string =>
  `is outside the allowed domains (workos:allowedDomains: ${allowed.join(", ")})`;

/**
 * Why somebody may not have what they are about to get.
 * @param found the address that they have now.
 */
export function foreignerRefused(
  found: string,
  { where, declared }: Pick<Admitted, "where" | "declared">,
  allowed: readonly string[],
  override: string,
): string {
  const other =
    declared === undefined || sameAddress(declared, found) ? "" : `, whom the program knows as ${oneLine(declared)},`;
  return `${oneLine(found)}${other} would be given access${where === undefined ? "" : ` to ${oneLine(where)}`}, and the address ${outsideAllowed(allowed)}. Give the person an address of one of these, take the access out of the program, add ${domainOf(found)} to the setting, or override once with ${override}=1 in the environment.`;
}
