/**
 * What a process was about to create. A process can die between the vendor's answer and the engine's record of it; then
 * the next run of the same stack finds here that the object which is in its way is its own, and takes it up instead of
 * refusing it, or making a second one. What another stack is creating, or a process that still runs, is none of its
 * business. Written to this machine's disk, since the state is the engine's to write.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Clock, systemClock } from "../../api/clock";
import type { MailMark, Mails } from "../context";
import { foldAddress } from "../declare/address";
import type { AnyResource, Inputs, State } from "../declare/resource";
import { isRunning, ownProcess, type ProcessMark } from "./processes";

export interface BegunCreate {
  /** When the create was sent, in milliseconds since the epoch, by our clock. */
  readonly at: number;
  /** The ids of what was there before, where the resource looks at that, and of what others have made since. */
  readonly before: readonly string[];
  /** What it was answered. */
  readonly made?: string;
  /** The engine was told of it right before it was gone: it may be recorded, or not. */
  readonly handed?: true;
  /** What is taken over: outputs of the provider's own, to be recorded with it, and what it was to be brought to. */
  readonly taken?: { readonly local: State; readonly wanted: Inputs };
}

/** A create that this process has begun. */
export interface OpenCreate {
  /** It was answered: what it has made is no other unfinished create's. */
  made(id: string): void;
  /** Ids that cannot be what it has made, with those that others were answered since. */
  notOurs(): readonly string[];
  /** It was refused, and has left nothing behind. */
  close(): void;
}

/** What is noted: things of a kind, which their keys or required inputs tell apart. */
type Noted = Pick<AnyResource, "kind" | "keys" | "inputs">;

export interface CreateJournal {
  /**
   * What earlier processes of this stack were about to create and nobody has recorded since, the latest first: several
   * where nothing tells things of a kind apart, such as the secrets of one application. One that is just ending is
   * waited for.
   */
  find(resource: Noted, inputs: Inputs, clock: Clock): Promise<readonly BegunCreate[]>;
  begin(resource: Noted, inputs: Inputs, begun: BegunCreate): OpenCreate;
  /**
   * The engine is told of the object, and records it, unless it is gone.
   * @param id what was created, where others of its kind may be under way that nothing tells from it.
   */
  handedOver(resource: Noted, inputs: Inputs, id?: string): void;
  /** The engine is gone: what it was told just now it may not have recorded, and what it will be told it does not hear. */
  engineLost(): void;
  /**
   * The object is recorded: nothing about it is open any more.
   * @param id without it, nothing of that identity is; one that was there before a create, such as the one that it was
   * to replace, is not the one that it made.
   */
  close(resource: Noted, values: Inputs, id?: string): void;
}

/** What was there before it was taken over, as notes of what is created. */
export const takeOverOf = ({ kind, keys }: Noted): Noted => ({ kind: `take-over of a ${kind}`, keys, inputs: {} });

/** Mails, as notes of what is created: each for a value of `resend`. */
const mail: Noted = { kind: "mail of an Invitation", keys: [["id", "resend"]], inputs: {} };

/** The token is a secret, and may stay the same. */
const markOf = ({ token, expiresAt }: MailMark) => hashed(JSON.stringify([token, Date.parse(expiresAt)]));

export function mailsIn(journal: CreateJournal, clock: Clock): Mails {
  return {
    async sentBefore(id, resend, now) {
      const [begun] = await journal.find(mail, { id, resend }, clock);
      return begun !== undefined && !begun.before.includes(markOf(now));
    },
    begin(id, resend, before) {
      journal.begin(mail, { id, resend }, { at: clock.now(), before: [markOf(before)] });
    },
    settled(id, resend) {
      journal.handedOver(mail, { id, resend });
    },
  };
}

export const noJournal: CreateJournal = {
  find: () => Promise.resolve([]),
  begin: () => ({ made: () => undefined, notOurs: () => [], close: () => undefined }),
  handedOver: () => undefined,
  engineLost: () => undefined,
  close: () => undefined,
};

/** How long the engine may take to record what it was told. */
const recordingMs = 10_000;

/** The vendor's clock and ours may differ by a little, and its times may be whole seconds. */
const clockToleranceMs = 1_000;

/** An older entry says nothing about what is there today. */
const lifetimeMs = 7 * 24 * 3_600_000;

/** How long a process may take to end once its engine has gone, and how often it is looked at. */
const endingMs = 6_000;
const lookMs = 250;

/** The program that a process works for. */
export interface Program {
  readonly project?: string;
  /** What tells its stack from every other; nothing where the engine does not say. */
  stack(): Promise<string | undefined>;
}

/** Who was about to create something. */
interface Creator extends ProcessMark {
  readonly project?: string;
  readonly stack?: string;
}

interface Note {
  readonly file: string;
  /** The first release did not say by whom. */
  readonly begun: BegunCreate & {
    readonly by?: Creator;
    /** What the program says of it, where no key tells things of its kind apart. */
    readonly said?: string;
  };
}

/**
 * Keeps each in a small file of its own; the names are hashes, and nothing in them is a secret.
 * @param scope what tells one environment from another.
 * @param program whose creates these are. Default: of a program that nobody has named.
 */
export function journalIn(
  directory: string,
  scope: string,
  program: Program = { stack: () => Promise.resolve(undefined) },
  time: Pick<Clock, "now"> = systemClock,
): CreateJournal {
  const self = ownProcess();
  /** Not known before the first create: what is seen before that is told by its project. */
  let stack: { readonly name?: string } | undefined;
  const nameOf = (resource: Noted, values: Inputs) =>
    hashed(JSON.stringify([scope, resource.kind, identity(resource, values)]));
  const notes = (resource: Noted, values: Inputs): Note[] => {
    const name = nameOf(resource, values);
    return filesIn(directory)
      .filter((file) => file.startsWith(name))
      .flatMap((file) => {
        const begun = read(join(directory, file));
        return begun ? [{ file: join(directory, file), begun }] : [];
      });
  };
  const isSelf = ({ pid, started }: Creator) => pid === self.pid && started === self.started;
  const isOfStack = (by: Creator) => by.project === program.project && (!stack || by.stack === stack.name);
  const runs = ({ begun: { by, at } }: Note) => by !== undefined && !isSelf(by) && isRunning(by, at);
  const isOurs = (note: Note) => {
    const { by } = note.begun;
    return by === undefined || (isOfStack(by) && !runs(note));
  };
  /** Files of the creates that this process has begun and not handed over. */
  const open = new Set<string>();
  const ours = (resource: Noted, values: Inputs) => notes(resource, values).filter(isOurs);
  /**
   * What earlier processes have left. Of what the engine may have recorded, nothing counts as long as there is something
   * that it has not heard of, and nothing that may be another one's.
   */
  const left = (resource: Noted, values: Inputs) => {
    const all = ours(resource, values).filter(
      ({ file, begun }) => !open.has(file) && begun.at > time.now() - lifetimeMs,
    );
    const untold = all.filter(({ begun }) => begun.handed !== true);
    if (untold.length > 0) return untold;
    return all.filter(({ begun }) => begun.said === undefined || begun.said === saidOf(resource, values));
  };
  const write = (file: string, begun: Note["begun"]) => {
    // A disk that cannot be written to costs the comfort of this file, and is no reason not to create anything.
    attempt(() => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify(begun), { mode: 0o600 });
    });
  };
  const drop = (all: readonly Pick<Note, "file">[]) => {
    for (const { file } of all) {
      open.delete(file);
      attempt(() => {
        rmSync(file, { force: true });
      });
    }
  };
  let engineListens = true;
  const recentlyHanded: (Note & { readonly at: number })[] = [];
  return {
    async find(resource, inputs, clock) {
      const name = await program.stack();
      stack = { name };
      // Of one stack the engine lets one run at a time: whoever runs besides is about to end.
      const isEnding = (note: Note) =>
        name !== undefined && note.begun.by?.stack === name && isOfStack(note.begun.by) && runs(note);
      for (const until = clock.now() + endingMs; clock.now() < until; await clock.sleep(lookMs)) {
        if (!notes(resource, inputs).some(isEnding)) break;
      }
      return left(resource, inputs)
        .map(({ begun }) => begun)
        .sort((one, other) => other.at - one.at);
    },
    begin(resource, inputs, begun) {
      const file = join(directory, `${nameOf(resource, inputs)}.${randomUUID().slice(0, 13)}.json`);
      const { project } = program;
      const before = left(resource, inputs);
      open.add(file);
      write(file, { ...begun, by: { ...self, project, stack: stack?.name }, said: saidOf(resource, inputs) });
      // What came of it is settled before a create begins anew.
      drop(before);
      return {
        made(id) {
          for (const note of notes(resource, inputs)) {
            const { begun: noted } = note;
            if (note.file === file) write(file, { ...noted, made: id });
            else if (noted.made === undefined) write(note.file, { ...noted, before: [...noted.before, id] });
          }
        },
        notOurs: () => read(file)?.before ?? [],
        close() {
          drop([{ file }]);
        },
      };
    },
    handedOver(resource, inputs, id) {
      if (!engineListens) return;
      const own = ours(resource, inputs).filter(
        ({ file, begun }) => open.has(file) && (id === undefined || begun.made === id),
      );
      const handed = own.length > 0 && id !== undefined ? own : [...own, ...left(resource, inputs)];
      const at = time.now();
      while (recentlyHanded[0] && recentlyHanded[0].at < at - recordingMs) {
        recentlyHanded.shift();
      }
      recentlyHanded.push(...handed.map((note) => ({ ...note, at })));
      drop(handed);
    },
    engineLost() {
      engineListens = false;
      for (const { file, begun, at } of recentlyHanded) {
        if (at >= time.now() - recordingMs) {
          write(file, { ...begun, handed: true });
        }
      }
    },
    close(resource, values, id) {
      drop(
        ours(resource, values).filter(({ begun }) => {
          if (id === undefined || begun.made !== undefined) return id === undefined || begun.made === id;
          return !begun.before.includes(id) && !isOlder(values, begun);
        }),
      );
    },
  };
}

const hashed = (text: string) => createHash("sha256").update(text).digest("hex");

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Nothing was noted yet.
    return [];
  }
}

/** Whether the object was there already when the create was sent. */
const isOlder = ({ createdAt }: Inputs, { at }: BegunCreate): boolean =>
  Date.parse(String(createdAt)) < at - clockToleranceMs;

/** By what the declared inputs and the recorded state of one object are told to be of the same one. */
export const identityOf = (resource: Noted, values: Inputs): string =>
  JSON.stringify([resource.kind, identity(resource, values)]);

function identity(resource: Noted, values: Inputs): unknown[] {
  const required = Object.keys(resource.inputs).filter((name) => resource.inputs[name]?.required);
  return [...new Set([...(resource.keys?.[0] ?? []), ...required])].map((name) =>
    typeof values[name] === "string" ? foldAddress(values[name]) : null,
  );
}

/** No secret is in what is declared of these: only their answers have one. */
const saidOf = (resource: Noted, inputs: Inputs): string | undefined =>
  resource.keys === undefined
    ? hashed(JSON.stringify(Object.keys(resource.inputs).map((name) => inputs[name] ?? null)))
    : undefined;

function read(file: string): Note["begun"] | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Note["begun"];
  } catch {
    // One that was cut off by a crash says nothing.
    return undefined;
  }
}

function attempt(task: () => void): void {
  try {
    task();
  } catch {
    // See `write`.
  }
}
