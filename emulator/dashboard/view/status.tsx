/** What the whole page knows of the server: counts, settings, and what is switched on. */
import { type Sign } from "../settings";
import { useAnswer } from "./data";

export interface StatusAnswer {
  readonly now: string;
  readonly signs: readonly Sign[];
  readonly counts: Readonly<Record<string, number>>;
  readonly lastMail: string;
  readonly settings: {
    readonly faults: readonly {
      readonly id: string;
      readonly rule: object;
      readonly matched: number;
      readonly hit: number;
    }[];
    readonly latencyMs: number;
    readonly asyncDeletes: false | { readonly delayMs: number };
    readonly rateLimits: false | { readonly reads: { readonly limit: number } };
    readonly switches: Readonly<Record<string, unknown>>;
  };
}

export const useStatus = (): StatusAnswer | undefined =>
  useAnswer<StatusAnswer>("/_emulator/dashboard/status", ["objects", "requests", "events", "settings"]).data;
