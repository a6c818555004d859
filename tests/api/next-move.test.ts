/** What follows a failed attempt, as one table. */
import { type Failure } from "../../api/http/errors";
import { defaultRetryPolicy, type FailedAttempt, type NextMove, nextMove } from "../../api/http/retry";

const failure = (given: Partial<Failure>): Failure => ({
  ...{ kind: "server", outcome: "unknown", status: 503, message: "no", fields: [] },
  ...given,
});
const limited = failure({ kind: "rate_limited", outcome: "refused", status: 429 });
const standard: FailedAttempt = {
  ...{ failure: failure({}), repeat: "safe", attempts: 1, refusals: 0, aboutOnePerson: false },
  ...{ waitMs: 500, leftMs: 10_000, sinceAcceptedMs: 0, totalMs: 120_000 },
};

const rows: readonly (readonly [when: string, given: Partial<FailedAttempt>, then: NextMove])[] = [
  ["a gateway fails a request that converges", {}, "repeat"],
  ["a gateway fails one that may make two", { repeat: "unsafe" }, "not repeatable"],
  [
    "one that may make two never left",
    { repeat: "unsafe", failure: failure({ kind: "network", outcome: "not_sent", status: undefined }) },
    "repeat",
  ],
  [
    "the vendor refuses it",
    { failure: failure({ kind: "invalid", outcome: "refused", status: 422 }) },
    "not repeatable",
  ],
  ["the key is refused", { failure: failure({ kind: "auth", outcome: "refused", status: 401 }) }, "not repeatable"],
  [
    "a certificate is refused",
    { failure: failure({ kind: "network", outcome: "not_sent", status: undefined, code: "CERT_HAS_EXPIRED" }) },
    "not repeatable",
  ],
  ["a quota of the day is used up", { failure: { ...limited, code: "daily_quota_exceeded" } }, "not repeatable"],
  ["it was the last attempt", { attempts: 6 }, "attempts spent"],
  ["the attempts before were refused for want of budget", { attempts: 9, refusals: 4 }, "repeat"],
  ["the budget refused it", { failure: limited, attempts: 40, refusals: 40 }, "repeat"],
  ["one person's limit refused it", { failure: limited, aboutOnePerson: true }, "one person's limit"],
  ["the wait would end too late", { leftMs: 500 }, "no time left"],
  ["the wait would end too late, and others still pass", { leftMs: 500, failure: limited }, "repeat"],
  [
    "the wait would end too late, and nobody has passed for as long as a request may take",
    { leftMs: 500, failure: limited, sinceAcceptedMs: 119_500 },
    "no time left",
  ],
];

test.each(rows)("%s", (_when, given, then) => {
  expect(nextMove(defaultRetryPolicy, { ...standard, ...given })).toBe(then);
});
