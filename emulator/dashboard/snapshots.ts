/** The whole state under a name, to go back to; or as a file, to take elsewhere. */
import { z } from "zod";
import { ApiError } from "../errors";
import { type PipelineParts } from "../http/pipeline";
import { type Change } from "../store/store";
import { type listings } from "./objects";
import { checkShapes } from "./shapes";

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

export interface SnapshotParts extends Pick<PipelineParts, "context" | "deliveries" | "idempotency"> {
  readonly kinds: ReturnType<typeof listings>;
}

export class Snapshots {
  private readonly saved = new Map<string, Snapshot>();
  private count = 0;
  version = 0;

  constructor(private readonly parts: SnapshotParts) {}

  take(name: string): Snapshot {
    const { store, clock } = this.parts.context;
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
    this.saved.set(id, snapshot);
    this.version += 1;
    return shown(id, snapshot);
  }

  /** The latest first. */
  list(): SavedSnapshot[] {
    return [...this.saved].map(([id, snapshot]) => shown(id, snapshot)).reverse();
  }

  get(id: string): Snapshot {
    return this.find(id);
  }

  remove(id: string): void {
    this.find(id);
    this.saved.delete(id);
    this.version += 1;
  }

  /** All of it or, where something in it is not what it says, nothing. */
  restore({ content }: Snapshot): void {
    const { context, deliveries, idempotency, kinds } = this.parts;
    const { store, ids, events } = context;
    const changes = content.map(([kind, id, value]): Change => {
      if (!store.knows(kind)) throw new ApiError(422, { message: `content: there is no kind ${kind.slice(0, 100)}.` });
      if (value.id !== id) throw new ApiError(422, { message: `content: ${id.slice(0, 100)} has another id inside.` });
      return [kind, id, value];
    });
    store.quietly(() =>
      store.write(() => {
        store.clear();
        whole(() => {
          store.putAll(changes);
          checkShapes(kinds);
        });
      }),
    );
    for (const [, id] of changes) ids.startAfter(id);
    // What a snapshot holds has not happened now, and answers of before are about other objects.
    events.clear();
    idempotency.clear();
    deliveries.takeUp();
  }

  private find(id: string): Snapshot {
    const found = this.saved.get(id);
    if (found === undefined) throw new ApiError(404, { message: `There is no snapshot ${id.slice(0, 100)}.` });
    return found;
  }
}

const shown = (id: string, { name, savedAt, content }: Snapshot): SavedSnapshot => ({
  ...{ id, name, savedAt, objects: content.length },
});

/** Whatever such an object breaks is the file's mistake. */
function whole(put: () => void): void {
  try {
    put();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ApiError(422, { message: `content: an object is not what its kind is: ${message.slice(0, 200)}.` });
  }
}
