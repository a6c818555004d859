import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { z } from "zod";
import { type Change, type Store } from "./store";

const format = { journal: "pulumi-workos emulator", version: 1 };
const compactAboveBytes = 1024 * 1024;

/**
 * The store in a file: one line a step, handed to the kernel before the request is answered, so that killing this
 * process loses nothing that was acknowledged (a crash of the whole machine may lose the last seconds).
 */
export class Journal {
  private descriptor: number;
  private size = 0;
  private sizeWhenCompact = 0;

  private constructor(
    private readonly file: string,
    private readonly store: Store,
  ) {
    for (const changes of readLines(file, store)) store.replay(changes.map(upgraded));
    this.descriptor = this.compact();
  }

  /** Reads the file into the store and writes the store's changes to it from then on. */
  static open(file: string, store: Store): Journal {
    const journal = new Journal(file, store);
    store.commit = (changes) => journal.append(changes);
    return journal;
  }

  close(): void {
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }

  private append(changes: readonly Change[]): void {
    try {
      // By its place: what a full disk took of a line and gave up again must not leave a gap before the next one.
      this.size += write(this.descriptor, JSON.stringify(changes) + "\n", this.size);
    } catch (error) {
      // A full disk may have taken half a line; what follows must not be glued to it.
      ftruncateSync(this.descriptor, this.size);
      throw error;
    }
    if (this.size > compactAboveBytes && this.size > 4 * this.sizeWhenCompact) this.shrink();
  }

  /**
   * The step that is being committed is in the store already, so nothing of it is lost here; and it is in the file, so
   * that it must not fail because there is no room to make that smaller.
   */
  private shrink(): void {
    const former = this.descriptor;
    try {
      this.descriptor = this.compact();
    } catch {
      // Tried again once the file has grown as much again.
      this.sizeWhenCompact = this.size / 2;
      return;
    }
    closeSync(former);
  }

  /** Writes what the store holds now and puts it in the file's place at once; answers the open descriptor. */
  private compact(): number {
    const fresh = `${this.file}.new`;
    // What a process that was killed has left keeps its mode when it is opened again.
    rmSync(fresh, { force: true });
    const descriptor = openSync(fresh, "wx", 0o600);
    try {
      let size = write(descriptor, JSON.stringify(format) + "\n", 0);
      let lines = "";
      for (const change of this.store.snapshot()) {
        lines += JSON.stringify([change]) + "\n";
        if (lines.length > compactAboveBytes) {
          size += write(descriptor, lines, size);
          lines = "";
        }
      }
      size += write(descriptor, lines, size);
      fsyncSync(descriptor);
      renameSync(fresh, this.file);
      this.size = size;
      this.sizeWhenCompact = size;
      return descriptor;
    } catch (error) {
      closeSync(descriptor);
      rmSync(fresh, { force: true });
      throw error;
    }
  }
}

function write(descriptor: number, text: string, position: number): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
  return written;
}

/** A last line without its end was never acknowledged: the process was killed while it wrote it. */
function* readLines(file: string, store: Store): Generator<readonly Change[]> {
  if (!existsSync(file)) return;
  const text = decoded(file);
  const lines = text.split("\n");
  const unfinished = lines.pop() ?? "";
  const own = JSON.stringify(format);
  const header = lines.shift();
  if (header !== own && !(header === undefined && own.startsWith(unfinished))) {
    throw new Error(`${file} is not a data file of this emulator`);
  }
  for (const [index, line] of lines.entries()) {
    const changes = changesIn(line);
    if (!changes?.every(([kind]) => store.knows(kind))) {
      throw new Error(`${file}: line ${index + 2} is damaged, or of a newer version`);
    }
    yield changes;
  }
}

function decoded(file: string): string {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${file} is not a data file of this emulator: it is no text in UTF-8`, { cause: error });
  }
}

const line = z.array(z.tuple([z.string(), z.string(), z.record(z.string(), z.unknown()).nullable()]));

function changesIn(text: string): readonly Change[] | undefined {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What data files of older versions lack, so that nobody has to throw away what they tried things out with. */
type Fields = Readonly<Record<string, unknown>>;

const added: Readonly<Record<string, Fields>> = {
  users: { last_sign_in_at: null },
  apiKeys: { user_id: null },
  mails: { code: null },
  sessions: { family_hash: null, rotation: null },
  codes: { session_id: null },
  roles: { resource_type_slug: "organization" },
};

/** A change of a data file as this version writes it. */
function upgraded([kind, id, object]: Change): Change {
  if (object === null) return [kind, id, null];
  const fields: Fields = { ...added[kind], ...(object as Fields) };
  // A mail was about an invitation before there were other mails.
  const { invitation_id: about, ...rest } = fields;
  return [kind, id, kind === "mails" && about !== undefined ? { ...rest, object_id: about } : fields];
}
