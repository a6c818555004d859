import { type Clock } from "../../api/clock";
import { hashOf } from "../auth/secrets";
import { refuse } from "../errors";
import { type Answer, payload } from "./answer";

const keptMs = 24 * 60 * 60 * 1000;

interface Kept {
  readonly request: string;
  readonly answer: Promise<Answer>;
  readonly until: number;
  /** Of the answer; nothing while it is being made. */
  characters: number;
}

/** What is kept: so many answers, and so many characters of them, whichever is less. */
const mostAnswers = 10_000;
const mostCharacters = 8 * 1024 * 1024;

/**
 * Answers a repeated create with the first one's answer, for 24 hours of emulated time. In memory only: an answer may
 * hold a key's value, which is stored nowhere.
 */
export class Idempotency {
  /** By the hash of the key, the oldest first. */
  private readonly kept = new Map<string, Kept>();
  private characters = 0;

  constructor(private readonly clock: Clock) {}

  /** `request` is what must be equal for the repetition to be one. Failures are not kept: they may be tried again. */
  async run(givenKey: string, givenRequest: string, work: () => Promise<Answer>): Promise<Answer> {
    const [key, request] = [hashOf(givenKey), hashOf(givenRequest)];
    const now = this.clock.now();
    const earlier = this.kept.get(key);
    if (earlier !== undefined && earlier.until > now) {
      if (earlier.request === request) return earlier.answer;
      throw refuse(422, "idempotency_key_reused", "This Idempotency-Key was used with another request.");
    }
    this.forget(key);
    const answer = work();
    const entry: Kept = { request, answer, until: now + keptMs, characters: 0 };
    this.kept.set(key, entry);
    answer.then(
      (made) => this.weigh(key, entry, payload(made).length),
      () => this.forget(key, entry),
    );
    return answer;
  }

  /** The oldest answers make room. */
  private weigh(key: string, entry: Kept, characters: number): void {
    if (this.kept.get(key) !== entry) return;
    entry.characters = characters;
    this.characters += characters;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostAnswers && this.characters <= mostCharacters) return;
      this.forget(oldest);
    }
  }

  private forget(key: string, only?: Kept): void {
    const entry = this.kept.get(key);
    if (entry === undefined || (only !== undefined && entry !== only)) return;
    this.characters -= entry.characters;
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
    this.characters = 0;
  }
}
