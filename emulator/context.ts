import { type EmulatorClock } from "./clock";
import { type Ids } from "./ids";
import { type Store } from "./store/store";
import { type Switches } from "./switches";

/** What controls change while the emulator runs. */
export interface Settings {
  switches: Switches;
  asyncDeletes: false | { readonly delayMs: number };
}

/** What handlers work with. */
export interface Context {
  readonly store: Store;
  readonly clock: EmulatorClock;
  readonly ids: Ids;
  readonly settings: Settings;
  /** Where this emulator listens; known once it does. */
  url: string;
}
