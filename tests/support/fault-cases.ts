/** Everything that may go wrong with one request, as rules for the local AuthKit. */
import { type FaultRule } from "../../emulator";

export interface FaultCase {
  readonly name: string;
  readonly rule: Omit<FaultRule, "method" | "path" | "operation">;
  /** Whether the request is carried out all the same: at once, or after the client has given up. */
  readonly effect: "none" | "done" | "late";
  /** What the client learns: nothing happened, the vendor failed, or nothing at all. */
  readonly told: "refused" | "failed" | "nothing";
}

const bothTimes = (name: string, rule: FaultCase["rule"], told: FaultCase["told"]): FaultCase[] => [
  { name: `${name} before the effect`, rule: { ...rule, when: "before" }, effect: "none", told },
  { name: `${name} after the effect`, rule: { ...rule, when: "after" }, effect: "done", told },
];

/** A request that waits is released by `World.settle`; the client has given up by then. */
const forever = 3_600_000;

export const faultCases: readonly FaultCase[] = [
  {
    name: "429 with Retry-After",
    rule: { status: 429, headers: { "retry-after": "7" } },
    effect: "none",
    told: "refused",
  },
  { name: "429 without Retry-After", rule: { status: 429 }, effect: "none", told: "refused" },
  ...bothTimes("500", { status: 500 }, "failed"),
  ...bothTimes("503", { status: 503 }, "failed"),
  ...bothTimes("502 of a gateway", { status: 502, body: "<html>Bad gateway</html>" }, "nothing"),
  ...bothTimes("a cut connection", { cut: "connection" }, "nothing"),
  { name: "an answer cut off", rule: { when: "after", cut: "body" }, effect: "done", told: "nothing" },
  { name: "malformed JSON", rule: { when: "after", corrupt: "malformed" }, effect: "done", told: "nothing" },
  { name: "truncated JSON", rule: { when: "after", corrupt: "truncated" }, effect: "done", told: "nothing" },
  { name: "a time-out", rule: { delayMs: forever, status: 504 }, effect: "none", told: "nothing" },
  { name: "a time-out before a late effect", rule: { delayMs: forever }, effect: "late", told: "nothing" },
];

/** How long a client of these tests waits for an answer: short, since some of them never come. */
export const impatienceMs = 1_000;
