/** The whole state under a name, to go back to; or as a file, to take elsewhere. */
import { z } from "zod";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { type Change } from "../store/store";

const format = "local-authkit-snapshot";

export const snapshotSchema = z.strictObject({
  format: z.literal(format, { error: "not a snapshot of the local AuthKit" }),
  version: z.literal(1),
  name: z.string().min(1).max(200),
  savedAt: z.string(),
  /** Kind, id and object, as the store has them. */
  content: z.array(z.tuple([z.string(), z.string(), z.looseObject({ id: z.string() })])),
});
export type Snapshot = z.output<typeof snapshotSchema>;

export interface SavedSnapshot {
  readonly id: string;
  readonly name: string;
  readonly savedAt: string;
  readonly objects: number;
}

/** Kept in memory: a snapshot for later days is downloaded. */
const mostSnapshots = 20;

export class Snapshots {
  private readonly saved = new Map<string, { readonly snapshot: Snapshot; readonly text: string }>();
  private count = 0;
  version = 0;

  constructor(private readonly context: Context) {}

  take(name: string): Snapshot {
    const { store, clock } = this.context;
    const content = [...store.snapshot()].map(([kind, id, value]) => [kind, id, value]);
    // Through a text, so that what is kept has nothing in common with what is in use.
    const text = JSON.stringify({ format, version: 1, name, savedAt: clock.iso(), content });
    return snapshotSchema.parse(JSON.parse(text));
  }

  save(name: string): SavedSnapshot {
    if (this.saved.size >= mostSnapshots) {
      throw new ApiError(400, { message: `There are ${mostSnapshots} snapshots already: delete one first.` });
    }
    const snapshot = this.take(name);
    const id = `snapshot_${(this.count += 1)}`;
    this.saved.set(id, { snapshot, text: JSON.stringify(snapshot) });
    this.version += 1;
    return shown(id, snapshot);
  }

  /** The latest first. */
  list(): SavedSnapshot[] {
    return [...this.saved].map(([id, { snapshot }]) => shown(id, snapshot)).reverse();
  }

  get(id: string): Snapshot {
    return this.find(id).snapshot;
  }

  remove(id: string): void {
    this.find(id);
    this.saved.delete(id);
    this.version += 1;
  }

  restore({ content }: Snapshot): void {
    const { store, ids, events } = this.context;
    const changes = content.map(([kind, id, value]): Change => {
      if (!store.knows(kind)) throw new ApiError(422, { message: `content: there is no kind ${kind.slice(0, 100)}.` });
      if (value.id !== id) throw new ApiError(422, { message: `content: ${id.slice(0, 100)} has another id inside.` });
      return [kind, id, value];
    });
    store.replaceBy(changes);
    for (const [, id] of changes) ids.startAfter(id);
    // What a snapshot holds has not happened now.
    events.clear();
  }

  private find(id: string) {
    const found = this.saved.get(id);
    if (found === undefined) throw new ApiError(404, { message: `There is no snapshot ${id.slice(0, 100)}.` });
    return found;
  }
}

const shown = (id: string, { name, savedAt, content }: Snapshot): SavedSnapshot => ({
  ...{ id, name, savedAt, objects: content.length },
});
