import { type SigningKey } from "./auth/signing-key";
import { type EmulatorClock } from "./clock";
import { type EventLog } from "./event-log";
import { type Ids } from "./ids";
import { type Store } from "./store/store";
import { type Switches } from "./switches";

/** What controls change while the emulator runs. */
export interface Settings {
  switches: Switches;
  asyncDeletes: false | { readonly delayMs: number };
  /** Real time that every API request takes at least. */
  latencyMs: number;
}

/** What the hosted pages show. */
export interface PageOptions {
  /** The environment's own client by the name that people know it by. */
  readonly applicationName: string | undefined;
  /** Whether there are people to pick from with one click. */
  readonly testPeople: boolean;
}

/** What handlers work with. */
export interface Context {
  readonly store: Store;
  readonly clock: EmulatorClock;
  readonly ids: Ids;
  readonly settings: Settings;
  /** Bearer keys, which are also the secrets of the environment's own client. */
  readonly apiKeys: ReadonlySet<string>;
  readonly clientId: string;
  readonly signingKey: SigningKey;
  readonly events: EventLog;
  readonly pages: PageOptions;
  /** Where this emulator listens; known once it does. */
  url: string;
}

/** Who asks, where an operation looks at that. */
export interface Caller {
  /** The bearer key, which was checked. */
  readonly apiKey: string | undefined;
  /** The bearer key as it came; only a route that checks it itself lets an unknown one through. */
  readonly bearer: string | undefined;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  /** `redirect_uri` of a token request (RFC 6749 4.1.3). The specification does not name it, so no declaration has it. */
  readonly redirectUri: unknown;
}
