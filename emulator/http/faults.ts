import { z } from "zod";
import { type Ids } from "../ids";
import { pathMatcher } from "./paths";

/**
 * Makes chosen requests go wrong. A rule says which requests (`method`, `path`, `operation`: all that are given must
 * match), which of those (`nth`, `times`), and what happens to them.
 */
export const faultRule = z
  .strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "*"]).optional(),
    /**
     * A path template (`/user_management/users/{id}`), a literal path, or a glob (`*` within a segment, `**` across).
     */
    path: z.string().max(1000).optional(),
    /** The operation's name in the specification: `UserlandUsersController_create`. */
    operation: z.string().optional(),
    /** The first match that is hit, counted from 1; default 1. */
    nth: z.int().min(1).default(1),
    /** How many matches in a row are hit, default 1; `null` for all from then on. */
    times: z.int().min(1).nullable().default(1),
    /** Whether the request takes effect before it fails. */
    when: z.enum(["before", "after"]).default("before"),
    /** The answer, in place of the real one. */
    status: z.int().min(200).max(599).optional(),
    body: z.union([z.record(z.string(), z.unknown()), z.string(), z.null()]).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Waits this long in real time, before the effect; alone, the request then goes its normal way. */
    delayMs: z.int().min(0).optional(),
    /** `connection` ends the TCP connection without an answer, `body` in the middle of the answer's body. */
    cut: z.enum(["connection", "body"]).optional(),
    /** Spoils the answer's JSON: its second half is missing, or it is a proxy's HTML page. */
    corrupt: z.enum(["truncated", "malformed"]).optional(),
  })
  .refine((rule) => [rule.status, rule.delayMs, rule.cut, rule.corrupt].some((effect) => effect !== undefined), {
    message: "a rule needs status, delayMs, cut or corrupt",
  });

export type FaultRule = z.input<typeof faultRule>;
export type Fault = z.output<typeof faultRule>;

export interface FaultStatus {
  readonly id: string;
  readonly rule: Fault;
  /** Requests that matched, and how many of them were hit. */
  readonly matched: number;
  readonly hit: number;
}

interface Entry {
  readonly id: string;
  readonly rule: Fault;
  readonly path: ((path: string) => boolean) | undefined;
  matched: number;
  hit: number;
}

export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
}

/** Every request is compared with every rule. */
const mostRules = 1000;

export class Faults {
  private entries: Entry[] = [];

  constructor(private readonly ids: Ids) {}

  /** Answers the rule's id. */
  add(rule: FaultRule): string {
    const parsed = faultRule.parse(rule);
    if (this.entries.length >= mostRules) throw new RangeError(`There are ${mostRules} fault rules already.`);
    const id = this.ids.make("fault");
    const path = parsed.path === undefined ? undefined : pathMatcher(parsed.path);
    this.entries.push({ id, rule: parsed, path, matched: 0, hit: 0 });
    return id;
  }

  list(): FaultStatus[] {
    return this.entries.map(({ id, rule, matched, hit }) => ({ id, rule, matched, hit }));
  }

  remove(id: string): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  clear(): void {
    this.entries = [];
  }

  /** The rule that hits this request, if any. Every rule counts its own matches; the first that hits wins. */
  take(target: FaultTarget): { id: string; rule: Fault } | undefined {
    let taken: Entry | undefined;
    for (const entry of this.entries) {
      if (!matches(entry, target)) continue;
      entry.matched += 1;
      if (taken === undefined && isDue(entry)) taken = entry;
    }
    if (taken === undefined) return undefined;
    taken.hit += 1;
    return { id: taken.id, rule: taken.rule };
  }
}

function matches({ rule, path }: Entry, target: FaultTarget): boolean {
  if (rule.method !== undefined && rule.method !== "*" && rule.method !== target.method) return false;
  if (rule.operation !== undefined && rule.operation !== target.operation) return false;
  return path?.(target.path) ?? true;
}

function isDue({ rule, matched, hit }: Entry): boolean {
  return matched >= rule.nth && (rule.times === null || hit < rule.times);
}
