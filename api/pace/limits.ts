import { type WindowLimit } from "./window";

/** The vendor's rate limits, per API key or environment. */
export interface BudgetLimits {
  readonly read: WindowLimit;
  readonly write: WindowLimit;
  readonly organization_delete: WindowLimit;
  /** Requests of all lanes together. */
  readonly all: WindowLimit;
}

/** From the vendor's page on rate limits; deleting organizations is limited per API key. */
export const defaultBudget: BudgetLimits = {
  read: { requests: 1_000, perMs: 10_000 },
  write: { requests: 500, perMs: 10_000 },
  organization_delete: { requests: 50, perMs: 60_000 },
  all: { requests: 6_000, perMs: 60_000 },
};

/**
 * The limits for one of several processes that share the vendor's, by its reads and writes per 10 seconds. What cannot
 * be set by itself, requests of all kinds and deletes of organizations, is shared in the same proportion; it never
 * grows beyond the vendor's.
 */
export function budgetShare(reads: number, writes: number): BudgetLimits {
  const { read, write, organization_delete, all } = defaultBudget;
  const part = ({ requests, perMs }: WindowLimit, share: number): WindowLimit => ({
    requests: Math.max(1, Math.floor(requests * Math.min(1, share))),
    perMs,
  });
  return {
    read: { ...read, requests: reads },
    write: { ...write, requests: writes },
    organization_delete: part(organization_delete, writes / write.requests),
    all: part(all, Math.max(reads / read.requests, writes / write.requests)),
  };
}

export const budgetNames = ["read", "write", "organization_delete", "all"] as const;
