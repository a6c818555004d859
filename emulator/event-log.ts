import { type EventObject } from "../api/schemas";
import { type EmulatorClock } from "./clock";
import { type Ids } from "./ids";
import { SortedIds } from "./store/sorted-ids";

/** What has happened, by the vendor's name for it. */
export interface Happened {
  readonly event: string;
  readonly data: object;
  /** That it belongs to. */
  readonly organizationId?: string | null;
  /** What the vendor tells besides, of a few events. */
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface KeptEvent {
  readonly event: EventObject;
  /** Of the organization that it belongs to. */
  readonly organizationId: string | undefined;
}

/** The oldest go: a server that runs for weeks must not grow. */
const mostEvents = 10_000;

/** Events that have happened, in memory only. */
export class EventLog {
  private readonly kept = new Map<string, KeptEvent>();
  private readonly order = new SortedIds();

  private readonly listeners = new Set<(events: readonly EventObject[]) => void>();

  constructor(
    private readonly made: Ids,
    private readonly clock: EmulatorClock,
  ) {}

  /** Keeps what has happened at once, and tells of it. */
  add(...happened: readonly Happened[]): void {
    if (happened.length === 0) return;
    const created_at = this.clock.iso();
    const events = happened.map(({ event, data, organizationId, context }) => {
      const id = this.made.make("event");
      const made = { object: "event" as const, id, event, data: { ...data }, created_at, context: context ?? {} };
      this.keep({ event: made, organizationId: organizationId ?? undefined });
      return made;
    });
    for (const listener of this.listeners) listener(events);
  }

  /** Tells of each step's events; answers how to stop. */
  onAdd(listener: (events: readonly EventObject[]) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Oldest first. */
  list(): EventObject[] {
    return this.order.toArray().flatMap((id) => this.kept.get(id)?.event ?? []);
  }

  private keep(happened: KeptEvent): void {
    const { id } = happened.event;
    this.kept.set(id, happened);
    this.order.add(id);
    const oldest = this.kept.size > mostEvents ? this.order.at(0) : undefined;
    if (oldest === undefined) return;
    this.kept.delete(oldest);
    this.order.remove(oldest);
  }

  ids(): SortedIds {
    return this.order;
  }

  get(id: string): KeptEvent | undefined {
    return this.kept.get(id);
  }

  clear(): void {
    for (const id of this.kept.keys()) this.order.remove(id);
    this.kept.clear();
  }
}
