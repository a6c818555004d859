/** How many people a run may remove from an organization: the guard `maxRemovals`, of single resources and rosters alike. */

/** In people, and as a share of the active members; where both are given, both hold. */
export interface RemovalLimit {
  readonly people?: number;
  /** From 0 to 1. */
  readonly fraction?: number;
}

/**
 * People whom the limit allows to be removed, of so many active members before the run. A share is rounded up, so that a
 * small organization can part from somebody at all.
 */
export function allowedRemovals({ people = Infinity, fraction = 1 }: RemovalLimit, active: number): number {
  return Math.min(people, roundedUp(fraction, active));
}

/** Of the decimal number that was written: 0.07 of 100 is 7, although the product of the two floating-point numbers is more. */
function roundedUp(fraction: number, of: number): number {
  const digits = 12;
  const scale = 10n ** BigInt(digits);
  const share = BigInt(fraction.toFixed(digits).replace(".", ""));
  return Number((share * BigInt(of) + scale - 1n) / scale);
}
