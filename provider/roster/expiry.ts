/** When access that is given for a time ends. */
import { foldAddress } from "../declare/address";
import { unknownValue } from "../declare/unknown";
import type { Member } from "./roster";

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 86_400_000;

/**
 * The first millisecond without access: a day counts to its end, in UTC.
 * @throws when the text is neither a day nor a moment.
 */
export function endOf(expiresAt: string): number {
  const start = day.test(expiresAt) || moment.test(expiresAt) ? Date.parse(expiresAt) : NaN;
  // The 31st of February is read as the 3rd of March.
  const date = expiresAt.slice(0, 10);
  if (!Number.isNaN(start) && new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) {
    throw new Error(`"${expiresAt}" is a day that does not exist`);
  }
  if (Number.isNaN(start)) {
    throw new Error(
      `"${expiresAt}" is neither a day nor a moment; write it like 2027-01-31 or 2027-01-31T18:00:00Z, in quotes where it stands in YAML`,
    );
  }
  return day.test(expiresAt) ? start + dayMs : start;
}

export const isExpired = (expiresAt: string, now: number): boolean => endOf(expiresAt) <= now;

/**
 * Who is to have access at a moment: expiry is looked at before anything is planned, so that the plan names who leaves.
 * @param wrong is told of an end that is none. Default: it is thrown.
 */
export function membersAt(
  members: Readonly<Record<string, Member>>,
  now: number,
  wrong: (property: string, reason: string) => void = thrown,
): Readonly<Record<string, Member>> {
  // A program without types may give anything: what is no map of people is named by the check.
  if (!isMap(members)) return members;
  const still: Record<string, Member> = {};
  for (const [email, member] of Object.entries(members)) {
    const expiresAt: unknown = isMap(member) ? member.expiresAt : undefined;
    try {
      if (expiresAt === undefined || expiresAt === unknownValue || !hasEnded(expiresAt, now))
        still[email.trim()] = member;
    } catch (error) {
      wrong(`members["${foldAddress(email)}"].expiresAt`, (error as Error).message);
    }
  }
  return still;
}

const isMap = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

function thrown(property: string, reason: string): never {
  throw new Error(`${property}: ${reason}`);
}

function hasEnded(expiresAt: unknown, now: number): boolean {
  if (typeof expiresAt !== "string") throw new Error('must be text: a day such as "2027-01-31", or a moment');
  return isExpired(expiresAt, now);
}
