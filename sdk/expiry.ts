/** When access that is given for a time ends. */

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
