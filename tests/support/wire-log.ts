import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** One request as it went on the wire. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed JSON body; absent where none was sent. */
  readonly body?: unknown;
}

/** What undici publishes for every request that it is about to send. */
interface Published {
  readonly request: {
    readonly origin?: unknown;
    readonly method: string;
    readonly path: string;
    readonly body?: Uint8Array | string | null;
  };
}

const channel = "undici:request:create";

/** Every request to one address, with its body, which the emulator's own log does not keep. */
export class WireLog {
  readonly #origin: string;
  #requests: SentRequest[] = [];

  constructor(origin: string) {
    this.#origin = origin;
    subscribe(channel, this.#note);
  }

  /** All of them, oldest first. */
  all(): readonly SentRequest[] {
    return this.#requests;
  }

  /** What was sent to change something: everything but `GET`. */
  writes(): readonly SentRequest[] {
    return this.#requests.filter(({ method }) => method !== "GET");
  }

  clear(): void {
    this.#requests = [];
  }

  close(): void {
    unsubscribe(channel, this.#note);
  }

  readonly #note = (message: unknown): void => {
    const { request } = message as Published;
    if (String(request.origin) !== this.#origin) return;
    const text = request.body ? Buffer.from(request.body).toString("utf8") : undefined;
    this.#requests.push({
      method: request.method,
      path: request.path,
      ...(text === undefined ? {} : { body: JSON.parse(text) as unknown }),
    });
  };
}
