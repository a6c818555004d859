import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
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
    for (const changes of readLines(file)) store.replay(changes.map(upgraded));
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
      this.size += write(this.descriptor, JSON.stringify(changes) + "\n");
    } catch (error) {
      // A full disk may have taken half a line; what follows must not be glued to it.
      ftruncateSync(this.descriptor, this.size);
      throw error;
    }
    if (this.size > compactAboveBytes && this.size > 4 * this.sizeWhenCompact) this.shrink();
  }

  /** The step that is being committed is in the store already, so nothing of it is lost here. */
  private shrink(): void {
    const former = this.descriptor;
    this.descriptor = this.compact();
    closeSync(former);
  }

  /** Writes what the store holds now and puts it in the file's place at once; answers the open descriptor. */
  private compact(): number {
    const fresh = `${this.file}.new`;
    const descriptor = openSync(fresh, "w", 0o600);
    write(descriptor, JSON.stringify(format) + "\n");
    let lines = "";
    for (const change of this.store.snapshot()) {
      lines += JSON.stringify([change]) + "\n";
      if (lines.length > compactAboveBytes) {
        write(descriptor, lines);
        lines = "";
      }
    }
    write(descriptor, lines);
    fsyncSync(descriptor);
    renameSync(fresh, this.file);
    this.size = fstatSync(descriptor).size;
    this.sizeWhenCompact = this.size;
    return descriptor;
  }
}

function write(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  return written;
}

/** A last line without its end was never acknowledged: the process was killed while it wrote it. */
function* readLines(file: string): Generator<readonly Change[]> {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, "utf8").split("\n");
  lines.pop();
  const header = lines.shift();
  if (header === undefined) return;
  if (header !== JSON.stringify(format)) throw new Error(`${file} is not a data file of this emulator`);
  for (const [index, line] of lines.entries()) {
    try {
      yield JSON.parse(line) as Change[];
    } catch (error) {
      throw new Error(`${file}: line ${index + 2} is damaged`, { cause: error });
    }
  }
}

/** What data files of older versions lack, so that nobody has to throw away what they tried things out with. */
type Fields = Readonly<Record<string, unknown>>;

const added: Readonly<Record<string, Fields>> = {
  users: { last_sign_in_at: null },
  apiKeys: { user_id: null },
  mails: { code: null },
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
