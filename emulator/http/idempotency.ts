import { type Clock } from "../../api/clock";
import { refuse } from "../errors";
import { type Answer } from "./answer";

const keptMs = 24 * 60 * 60 * 1000;

interface Kept {
  readonly request: string;
  readonly answer: Promise<Answer>;
  readonly until: number;
}

/**
 * Answers a repeated create with the first one's answer, for 24 hours of emulated time. In memory only: an answer may
 * hold a key's value, which is stored nowhere.
 */
export class Idempotency {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  /** `request` is what must be equal for the repetition to be one. Failures are not kept: they may be tried again. */
  async run(key: string, request: string, work: () => Promise<Answer>): Promise<Answer> {
    const now = this.clock.now();
    const earlier = this.kept.get(key);
    if (earlier !== undefined && earlier.until > now) {
      if (earlier.request === request) return earlier.answer;
      throw refuse(422, "idempotency_key_reused", "This Idempotency-Key was used with another request.");
    }
    const answer = work();
    this.kept.set(key, { request, answer, until: now + keptMs });
    answer.catch(() => this.kept.delete(key));
    return answer;
  }

  clear(): void {
    this.kept.clear();
  }
}
