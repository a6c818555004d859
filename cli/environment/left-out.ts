/** What is there and stands in no file that was written: said, kind by kind, with the reason. */
import { isWorkosError, type WorkosError } from "../../api/http/errors";
import { named, oneLine } from "../../provider/wording";

export interface Omission {
  /** What was left out: `groups`. */
  readonly what: string;
  /** Why, as the end of a sentence. */
  readonly reason: string;
  /** Where, if not everywhere: names of organizations. */
  readonly where?: readonly string[];
}

export class LeftOut {
  readonly #omissions = new Map<string, { what: string; reason: string; where: string[] }>();
  /** Why each kind was refused first: that stands for all organizations. */
  readonly #reasons = new Map<string, string>();
  /** What the key may not read in one organization it may not in the others. */
  readonly #refused = new Set<string>();
  /** WorkOS has told something: what it has nothing for is then missing, and the address is right. */
  #answered = false;

  say(what: string, reason: string, where?: string): void {
    const key = `${what}\n${reason}`;
    const known = this.#omissions.get(key) ?? { what, reason, where: [] };
    if (where !== undefined) known.where.push(where);
    this.#omissions.set(key, known);
  }

  /**
   * What `read` gives; `otherwise` where the vendor refuses to tell, which is then noted.
   * @throws whatever else goes wrong: a key that is not valid, a server that does not answer.
   */
  async unless<T>(what: string, otherwise: T, read: () => Promise<T>, where?: string): Promise<T> {
    const before = this.#reasons.get(what);
    if (before !== undefined && this.#refused.has(what)) {
      this.say(what, before, where);
      return otherwise;
    }
    try {
      const found = await read();
      this.#answered = true;
      return found;
    } catch (error) {
      const found = isWorkosError(error) ? reasonOf(error, this.#answered) : undefined;
      if (found === undefined) throw error;
      if (isWorkosError(error) && error.status !== 404) this.#refused.add(what);
      const reason = this.#reasons.get(what) ?? found;
      this.#reasons.set(what, reason);
      this.say(what, reason, where);
      return otherwise;
    }
  }

  get all(): Omission[] {
    return [...this.#omissions.values()].map(({ what, reason, where }) => ({
      what,
      reason,
      ...(where.length > 0 ? { where } : {}),
    }));
  }
}

/** The first line of the vendor's refusal, which names the request. */
function reasonOf({ kind, status, message }: WorkosError, answered: boolean): string | undefined {
  const [line = ""] = message.split("\n");
  if (kind === "forbidden") return `the key may not read them (${line})`;
  if (status === 404 && answered) return `nothing was found where they are read (${line})`;
  return status === 501 ? `this AuthKit does not serve them (${line})` : undefined;
}

export const omissionText = ({ what, reason, where = [] }: Omission): string =>
  `Left out: ${oneLine(what)}${where.length > 0 ? ` of ${named(where)}` : ""}: ${oneLine(reason)}.`;
