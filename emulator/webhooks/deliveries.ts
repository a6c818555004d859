/**
 * Hands events over to the webhook endpoints that asked for them. To one endpoint it sends one after the other, in the
 * order of the events as long as none has to be repeated; endpoints do not wait for each other.
 */
import { type EventObject } from "../../api/schemas";
import { isLoopback } from "../../api/http/base-url";
import { type Context } from "../context";
import { notFound, refuse } from "../errors";
import { type DeliveryAttempt, type StoredDelivery, type StoredWebhookEndpoint } from "../store/entities";
import { retryDelays } from "./retries";
import { handOver, isSuccess, type Outcome } from "./send";

/** One event for one endpoint, with what became of it. */
export interface Delivery {
  readonly id: string;
  readonly webhookEndpointId: string;
  /** Where it goes, or went when the endpoint was last there. */
  readonly url: string;
  /** The body that is sent. */
  readonly event: EventObject;
  /** `pending` while there is another attempt to come. */
  readonly state: "pending" | "delivered" | "failed";
  /** Oldest first: the last ones that there is room for. */
  readonly attempts: readonly DeliveryAttempt[];
  /** ISO 8601, by the emulator's clock. */
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
}

/** What is kept; of more, the oldest that are finished go, and without any the oldest. */
const mostDeliveries = 10_000;
const mostCharacters = 16 * 1024 * 1024;
const mostAttempts = 20;
/** No timer of Node's waits longer than this, in ms. */
const longestSleep = 2 ** 31 - 1;

export interface DeliveryOptions {
  /** How long an endpoint may take for its answer, in real ms. */
  readonly timeoutMs: number;
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

export class Deliveries {
  private context: Context | undefined;
  /** By endpoint, when each unfinished one is due, in ms of emulated time; in the order in which they came. */
  private readonly due = new Map<string, Map<string, number>>();
  /** Oldest first. */
  private readonly finished = new Set<string>();
  /** Endpoints that are being sent something. */
  private readonly busy = new Set<string>();
  private readonly running = new Set<Promise<void>>();
  private readonly listeners = new Set<(delivery: Delivery) => void>();
  private timer: AbortController | undefined;

  constructor(private readonly options: DeliveryOptions) {}

  /** Begins, with what a data file has left to do. */
  start(context: Context): void {
    this.context = context;
    this.takeUp();
  }

  /** What the store has left to do, after something else was put in its place too. */
  takeUp(): void {
    this.forget();
    for (const delivery of this.known.store.webhookDeliveries.all()) this.file(delivery);
    this.wake();
  }

  /**
   * Takes what has happened; costs nothing where nobody asked for it. What has happened stays done: where it cannot be
   * kept, as with a full disk, that is warned of.
   */
  offer(events: readonly EventObject[]): void {
    try {
      this.take(events);
    } catch (error) {
      process.emitWarning(`webhook deliveries: ${String(error)}`);
    }
  }

  private take(events: readonly EventObject[]): void {
    if (this.context === undefined || this.context.store.webhookEndpoints.size === 0) return;
    const { store, clock, ids, settings } = this.context;
    if (settings.switches.webhookTargets === "nowhere") return;
    const wanted = store.webhookEndpoints
      .all()
      .filter(({ status }) => status === "enabled")
      .flatMap(({ id, endpoint_url, events: names }) =>
        events.filter(({ event }) => names.includes(event)).map((event) => ({ id, endpoint_url, event })),
      );
    if (wanted.length === 0) return;
    const made = wanted.map(({ id, endpoint_url, event }): StoredDelivery => ({
      id: ids.make("webhook_delivery"),
      endpoint_id: id,
      url: endpoint_url,
      event,
      attempts: [],
      failures: 0,
      next_at: clock.now(),
      delivered: false,
      created_at: clock.iso(),
    }));
    this.keep(made);
    this.wake();
  }

  /** Oldest first. */
  list(): Delivery[] {
    return this.known.store.webhookDeliveries.all().map(presentDelivery);
  }

  get(id: string): Delivery {
    return presentDelivery(this.existing(id));
  }

  /** Sends it again at once, and again as after any failure. */
  resend(id: string): Delivery {
    const delivery = this.existing(id);
    const obstacle = this.obstacle(this.known.store.webhookEndpoints.get(delivery.endpoint_id));
    if (obstacle !== undefined) throw refuse(409, "webhook_endpoint_unavailable", obstacle);
    const again = { ...delivery, failures: 0, next_at: this.known.clock.now(), delivered: false };
    this.keep([again]);
    this.wake();
    return presentDelivery(again);
  }

  clear(): void {
    const { store } = this.known;
    store.write(() => {
      for (const { id } of store.webhookDeliveries.all()) store.webhookDeliveries.delete(id);
    });
    this.forget();
  }

  /** After the store was emptied. */
  forget(): void {
    this.due.clear();
    this.finished.clear();
  }

  /** Tells of each delivery that is made or has changed; answers how to stop. */
  onChange(listener: (delivery: Delivery) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Sends what is due, and comes back for what is not; also after the clock was moved. */
  wake(): void {
    this.timer?.abort();
    this.timer = undefined;
    if (this.context === undefined || this.options.closing.aborted) return;
    const { store, clock } = this.context;
    const now = clock.now();
    let next = Infinity;
    for (const [endpointId, waiting] of this.due) {
      if (this.busy.has(endpointId)) continue;
      for (const [id, at] of waiting) {
        const delivery = store.webhookDeliveries.get(id);
        if (delivery === undefined) waiting.delete(id);
        else if (at > now) next = Math.min(next, at);
        else if (this.begin(delivery)) break;
      }
      if (waiting.size === 0) this.due.delete(endpointId);
    }
    if (next !== Infinity) this.comeBack(next - now);
  }

  /** Once nothing is on its way any more: what is still to be sent stays as it is. */
  async end(): Promise<void> {
    this.timer?.abort();
    await Promise.all(this.running);
  }

  private get known(): Context {
    if (this.context === undefined) throw new Error("deliveries have not begun");
    return this.context;
  }

  private existing(id: string): StoredDelivery {
    const delivery = this.known.store.webhookDeliveries.get(id);
    if (delivery === undefined) throw notFound("Webhook delivery", id);
    return delivery;
  }

  private comeBack(ms: number): void {
    const timer = new AbortController();
    this.timer = timer;
    this.known.clock.sleep(Math.min(ms, longestSleep), timer.signal).then(
      () => this.wake(),
      // Another one took its place, or the emulator closes.
      () => undefined,
    );
  }

  /** Whether its endpoint is busy with it now. */
  private begin(delivery: StoredDelivery): boolean {
    const endpoint = this.known.store.webhookEndpoints.get(delivery.endpoint_id);
    const obstacle = this.obstacle(endpoint);
    if (endpoint === undefined || obstacle !== undefined) {
      try {
        this.finish(delivery, { status: null, answer: "", error: obstacle ?? "" }, 0);
      } catch (error) {
        // Nobody waits who could be told: it must not end the process.
        this.putOff(delivery, error);
      }
      return false;
    }
    this.busy.add(endpoint.id);
    const run = this.attempt(delivery, endpoint)
      .catch((error: unknown) => this.putOff(delivery, error))
      .finally(() => {
        this.busy.delete(endpoint.id);
        this.running.delete(run);
        this.wake();
      });
    this.running.add(run);
    return true;
  }

  /** The data file took no more: it is sent again when the emulator starts again. */
  private putOff({ id, endpoint_id }: StoredDelivery, error: unknown): void {
    this.due.get(endpoint_id)?.delete(id);
    process.emitWarning(`webhook delivery ${id}: ${String(error)}`);
  }

  /** Why nothing goes to this endpoint now. */
  private obstacle(endpoint: StoredWebhookEndpoint | undefined): string | undefined {
    if (endpoint === undefined) return "The webhook endpoint is deleted.";
    if (endpoint.status === "disabled") return "The webhook endpoint is disabled.";
    const { webhookTargets } = this.known.settings.switches;
    if (webhookTargets === "anywhere") return undefined;
    const { endpoint_url: url } = endpoint;
    const isHere = URL.canParse(url) && isLoopback(new URL(url).hostname);
    const isAllowed = webhookTargets === "this-machine" && isHere;
    return isAllowed ? undefined : `Nothing is sent there: the switch webhookTargets says ${webhookTargets}.`;
  }

  private async attempt(delivery: StoredDelivery, { endpoint_url: url, secret }: StoredWebhookEndpoint): Promise<void> {
    const { closing, timeoutMs } = this.options;
    const { clock } = this.known;
    const began = performance.now();
    const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
    // Receivers live in the world outside, whatever time it is here.
    const body = JSON.stringify(delivery.event);
    const outcome = await handOver({ url, secret, body, at: clock.baseNow(), signal });
    // Cut off by the end of the emulator: it has not failed.
    if (closing.aborted && !isSuccess(outcome)) return;
    this.finish({ ...delivery, url }, outcome, Math.round(performance.now() - began));
  }

  private finish(delivery: StoredDelivery, { status, answer, error }: Outcome, durationMs: number): void {
    const { store, clock, settings } = this.known;
    // It may be gone meanwhile: cleared, or no longer kept.
    if (store.webhookDeliveries.get(delivery.id) === undefined) return;
    const delivered = isSuccess({ status, answer, error });
    const failures = delivered ? 0 : delivery.failures + 1;
    const isOver = this.obstacle(store.webhookEndpoints.get(delivery.endpoint_id)) !== undefined;
    const delay = delivered || isOver ? undefined : retryDelays[settings.switches.webhookRetries][failures - 1];
    const tried: DeliveryAttempt = { at: clock.iso(), status, answer, error, durationMs };
    this.keep([
      {
        ...delivery,
        attempts: [...delivery.attempts, tried].slice(-mostAttempts),
        failures,
        delivered,
        next_at: delay === undefined ? null : clock.now() + delay,
      },
    ]);
  }

  private keep(deliveries: readonly StoredDelivery[]): void {
    const { webhookDeliveries } = this.known.store;
    this.known.store.write(() => {
      for (const delivery of deliveries) {
        webhookDeliveries.put(delivery);
        this.file(delivery);
      }
      while (webhookDeliveries.size > mostDeliveries || webhookDeliveries.weight > mostCharacters) {
        const [oldest = webhookDeliveries.ids().at(0)] = this.finished;
        if (oldest === undefined || webhookDeliveries.size === 1) break;
        webhookDeliveries.delete(oldest);
        this.finished.delete(oldest);
      }
    });
    for (const listener of this.listeners) for (const delivery of deliveries) listener(presentDelivery(delivery));
  }

  /** Among those that are due, or those that are finished. */
  private file({ id, endpoint_id, next_at }: StoredDelivery): void {
    const waiting = this.due.get(endpoint_id) ?? new Map<string, number>();
    waiting.delete(id);
    this.finished.delete(id);
    if (next_at === null) {
      this.finished.add(id);
      return;
    }
    waiting.set(id, next_at);
    this.due.set(endpoint_id, waiting);
  }
}

/** As the controls show it. */
export function presentDelivery(delivery: StoredDelivery): Delivery {
  const { id, endpoint_id, url, event, attempts, next_at, delivered, created_at } = delivery;
  return {
    id,
    webhookEndpointId: endpoint_id,
    url,
    event,
    state: delivered ? "delivered" : next_at === null ? "failed" : "pending",
    attempts,
    nextAttemptAt: next_at === null ? null : new Date(next_at).toISOString(),
    createdAt: created_at,
  };
}
