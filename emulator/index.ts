/** A complete local AuthKit: users, organization memberships, invitations, API keys, organizations and roles. */
import { assemble } from "./assemble";
import { type Control } from "./control";
import { listen } from "./http/server";
import { type Ids } from "./ids";
import { type EmulatorOptions } from "./options";
import { Journal } from "./store/journal";
import { trueName } from "./store/file-name";
import { lockFile } from "./store/lock";
import { type Store } from "./store/store";

export { type AsyncDeletes, type Control } from "./control";
export { type ConnectionControls, type DirectoryControls } from "./directories/control";
export { type NewRole } from "./handlers/roles";
export { type FaultRule, type FaultStatus } from "./http/faults";
export { type RateLimits, vendorRateLimits } from "./http/rate-limits";
export { type Counters, type LoggedRequest } from "./http/request-log";
export { type Mail } from "./mailbox";
export { type EmulatorOptions } from "./options";
export { seedMistakes, type SeedMistake } from "./seed/check";
export { type SeedInput } from "./seed/schema";
export { type StateDump } from "./state";
export { type Delivery } from "./webhooks/deliveries";
export { defaultSwitches, type Switches } from "./switches";

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** The first accepted key. */
  readonly apiKey: string;
  readonly clientId: string;
  readonly control: Control;
  close(): Promise<void>;
}

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = "127.0.0.1" } = options;
  const { context, control, app, closing, deliveries, initial } = await assemble(options);
  const { store, ids, clientId } = context;
  const [apiKey = ""] = context.apiKeys;
  const closeStore = openStore(options.dataFile, store, ids);
  try {
    initial.seed(context);
    const listener = await listen(app.fetch, port, host);
    context.url = `http://${urlHost(host)}:${listener.port}`;
    deliveries.start(context);
    let closed: Promise<void> | undefined;
    const close = async () => {
      closing.abort(new Error("the emulator is closing"));
      await listener.close();
      await deliveries.end();
      closeStore();
    };
    return {
      url: context.url,
      port: listener.port,
      apiKey,
      clientId,
      control,
      close: () => (closed ??= close()),
    };
  } catch (error) {
    closeStore();
    throw error;
  }
}

/** Reads the data file, if there is one, and answers how to give it up. */
function openStore(dataFile: string | undefined, store: Store, ids: Ids): () => void {
  if (dataFile === undefined) return () => undefined;
  const file = trueName(dataFile);
  const unlock = lockFile(file);
  try {
    const journal = Journal.open(file, store);
    for (const [, id] of store.snapshot()) ids.startAfter(id);
    return () => {
      journal.close();
      unlock();
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A wildcard address is no address to call; IPv6 addresses need brackets. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
