/** A local AuthKit, a client of it and a clock that they share: everything that a lifecycle needs to be run. */
import { type Control, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { type Api, createApi } from "../../api";
import { type Context, contextOf } from "../../provider/lifecycle";
import { VirtualClock } from "./virtual-clock";
import { WireLog } from "./wire-log";

/** Requests that a fault's `delayMs` holds: they wait for the test, not for time. */
class HeldRequests {
  readonly #waiting = new Set<() => void>();
  /** Is given each request that is held, to let it go by itself. */
  onHold: ((go: () => void) => void) | undefined;

  hold(signal?: AbortSignal): Promise<void> {
    const { onHold } = this;
    if (onHold) return new Promise((go) => onHold(go));
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal?.reason as Error);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
    });
  }

  release(): void {
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }
}

export class World {
  /** Of one process: each test has its own. */
  context: Context;
  readonly wire: WireLog;

  private constructor(
    readonly emulator: Emulator,
    readonly clock: VirtualClock,
    readonly api: Api,
    readonly held: HeldRequests,
    /** The client of the lifecycles, which may have less patience than the test's own. */
    private readonly lifecycleApi: Api,
  ) {
    this.context = this.anew();
    this.wire = new WireLog(emulator.url);
  }

  /** @param attemptMs how long the lifecycles' client waits for an answer, in real time. */
  static async start(options: EmulatorOptions = {}, attemptMs = 30_000): Promise<World> {
    const clock = new VirtualClock();
    const held = new HeldRequests();
    const emulator = await startEmulator({
      clock: { now: () => clock.now(), sleep: (_ms, signal) => held.hold(signal) },
      ...options,
      // The endpoints of these tests are nobody's.
      switches: { webhookTargets: "nowhere", ...options.switches },
    });
    const client = (patienceMs: number) =>
      createApi({
        apiKey: emulator.apiKey,
        baseUrl: emulator.url,
        clock,
        random: () => 0.5,
        budget: false,
        timeouts: { attemptMs: patienceMs, totalMs: 10 * 60_000 },
      });
    return new World(emulator, clock, client(30_000), held, client(attemptMs));
  }

  get control(): Control {
    return this.emulator.control;
  }

  /** Lets held requests go on and waits until the emulator has ended every request it began. */
  async settle(): Promise<void> {
    this.held.release();
    for (let turn = 0; turn < 10_000; turn++) {
      const ended = Object.values(this.control.requests.counters())
        .flatMap((outcomes) => Object.values(outcomes))
        .reduce((sum, count) => sum + count, 0);
      if (ended === this.control.requests.list().length) return;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    throw new Error("a request to the emulator does not end");
  }

  /** How many requests the rules have made to fail: a fault that hits nothing proves nothing. */
  faultsHit(): number {
    return this.control.faults.list().reduce((sum, { hit }) => sum + hit, 0);
  }

  async reset(): Promise<void> {
    await this.settle();
    this.clock.reset();
    this.control.reset();
    this.context = this.anew();
    this.wire.clear();
  }

  private anew(): Context {
    return contextOf({ api: this.lifecycleApi, clock: this.clock });
  }

  async close(): Promise<void> {
    this.wire.close();
    await this.emulator.close();
    await Promise.all([this.api.close(), this.lifecycleApi.close()]);
  }
}

/** Starts a world for a file of tests; each test finds it empty. */
export function useWorld(options: EmulatorOptions = {}, attemptMs?: number): () => World {
  let world: World | undefined;
  const current = () => {
    if (!world) throw new Error("the world has not been started");
    return world;
  };
  beforeAll(async () => {
    world = await World.start(options, attemptMs);
  });
  beforeEach(() => current().reset());
  afterAll(() => world?.close());
  return current;
}
