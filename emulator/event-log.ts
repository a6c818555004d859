import { type EventObject } from "../api/schemas";
import { SortedIds } from "./store/sorted-ids";

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

  add(happened: KeptEvent): void {
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
