import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
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
    for (const { number, changes } of readLines(file)) {
      if (!changes.every((change) => isKnown(change, store))) throw damaged(file, number);
      try {
        store.replay(changes.map(upgraded));
      } catch (error) {
        throw damaged(file, number, error);
      }
    }
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
    this.checkSize();
    try {
      // By its place: what a full disk took of a line and gave up again must not leave a gap before the next one.
      const written = write(this.descriptor, JSON.stringify(changes) + "\n", this.size);
      // Afterwards, so that what is answered was in the file that everybody sees.
      this.checkPlace();
      this.size += written;
    } catch (error) {
      // A full disk may have taken half a line; what follows must not be glued to it.
      ftruncateSync(this.descriptor, this.size);
      throw error;
    }
    if (this.size > compactAboveBytes && this.size > 4 * this.sizeWhenCompact) this.shrink();
  }

  /** A file that was emptied or written to by somebody else would get a hole, or lose what they wrote. */
  private checkSize(): void {
    if (fstatSync(this.descriptor).size !== this.size) throw this.taken("was changed by somebody else");
  }

  /** What is written to a file that has lost its name is nowhere. */
  private checkPlace(): void {
    const own = fstatSync(this.descriptor);
    const there = statSync(this.file, { throwIfNoEntry: false });
    if (there === undefined) throw this.taken("was removed");
    if (there.ino !== own.ino || there.dev !== own.dev) throw this.taken("was replaced by another file");
  }

  private taken(what: string): Error {
    return new Error(`${this.file} ${what} while it was in use: nothing more is kept. Start again`);
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
      // Set, whatever the process's mask makes of it.
      fchmodSync(descriptor, 0o600);
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
function* readLines(file: string): Generator<{ readonly number: number; readonly changes: readonly Change[] }> {
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  const own = JSON.stringify(format);
  let number = 0;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    const text = decoded(bytes.subarray(start, end));
    start = end + 1;
    number += 1;
    if (number === 1) {
      if (text !== own) throw foreign(file);
      continue;
    }
    const changes = text === undefined ? undefined : changesIn(text);
    if (changes === undefined) throw damaged(file, number);
    yield { number, changes };
  }
  // Of a file without any whole line, what there is must be the beginning of ours.
  if (number === 0 && !Buffer.from(own).subarray(0, bytes.length).equals(bytes)) throw foreign(file);
}

const foreign = (file: string) => new Error(`${file} is not a data file of this emulator`);
const damaged = (file: string, number: number, cause?: unknown) =>
  new Error(`${file}: line ${number} is damaged, or of a newer version`, { cause });

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
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

const isKnown = ([kind, id, object]: Change, store: Store) =>
  store.knows(kind) && (object === null || (object as Fields).id === id);

/** What data files of older versions lack, so that nobody has to throw away what they tried things out with. */
type Fields = Readonly<Record<string, unknown>>;

const added: Readonly<Record<string, Fields>> = {
  users: { last_sign_in_at: null },
  apiKeys: { user_id: null },
  mails: { code: null },
  sessions: { family_hash: null, rotation: null },
  codes: { session_id: null },
  organizations: { audit_log_retention_days: null },
  roles: { resource_type_slug: "organization" },
  directoryGroups: { idp_id: null, role_slug: null },
  directoryUsers: { group_role_slugs: [], custom_attributes: {}, user_id: null },
};

/** A change of a data file as this version writes it. */
function upgraded([kind, id, object]: Change): Change {
  if (object === null) return [kind, id, null];
  const fields: Fields = { ...added[kind], ...(object as Fields) };
  // A mail was about an invitation before there were other mails.
  const { invitation_id: about, ...rest } = fields;
  return [kind, id, kind === "mails" && about !== undefined ? { ...rest, object_id: about } : fields];
}
