export const durationPattern = /^([1-9]\d*)([mhd])$/;

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The milliseconds of a length of time such as `24h`, which `check` has found well formed. */
export function durationMs(text: string): number {
  const [, count, unit] = durationPattern.exec(text) ?? [];
  return Number(count) * unitMs[unit as keyof typeof unitMs];
}
