/**
 * What a process was about to create. A process can die between the vendor's answer and the engine's record of it; then
 * the next run finds here that the object which is in its way is its own, and takes it up instead of refusing it, or
 * making a second one. Written to this machine's disk, since the state is the engine's to write.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { foldAddress } from "../declare/address";
import type { AnyResource, Inputs } from "../declare/resource";

export interface BegunCreate {
  /** When the create was sent, in milliseconds since the epoch, by our clock. */
  readonly at: number;
  /** The ids of what was there before, where the resource looks at that. */
  readonly before: readonly string[];
}

export interface CreateJournal {
  /** What an earlier process was about to create and nobody has recorded since. */
  find(resource: AnyResource, inputs: Inputs): BegunCreate | undefined;
  begin(resource: AnyResource, inputs: Inputs, begun: BegunCreate): void;
  /** The engine is told of the object, and records it, unless it is gone. */
  handedOver(resource: AnyResource, inputs: Inputs): void;
  /** The engine is gone: what it was told just now it may not have recorded, and what it will be told it does not hear. */
  engineLost(): void;
  /**
   * Nothing is open any more: the object is recorded, or was not made.
   * @param id the recorded object; one that was there before the create, such as the one that it was to replace, is not
   * the one that it made.
   */
  close(resource: AnyResource, values: Inputs, id?: string): void;
}

export const noJournal: CreateJournal = {
  find: () => undefined,
  begin: () => undefined,
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

/**
 * Keeps each in a small file of its own; the names are hashes, and nothing in them is a secret.
 * @param scope what tells one environment from another.
 */
export function journalIn(directory: string, scope: string): CreateJournal {
  const fileOf = (resource: AnyResource, values: Inputs) => {
    const key = JSON.stringify([scope, resource.kind, identity(resource, values)]);
    return join(directory, `${createHash("sha256").update(key).digest("hex")}.json`);
  };
  const write = (file: string, begun: BegunCreate) => {
    // A disk that cannot be written to costs the comfort of this file, and is no reason not to create anything.
    attempt(() => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify(begun), { mode: 0o600 });
    });
  };
  let engineListens = true;
  const recentlyHanded: { readonly file: string; readonly begun: BegunCreate; readonly at: number }[] = [];
  return {
    find(resource, inputs) {
      const begun = read(fileOf(resource, inputs));
      return begun && begun.at > Date.now() - lifetimeMs ? begun : undefined;
    },
    begin(resource, inputs, begun) {
      write(fileOf(resource, inputs), begun);
    },
    handedOver(resource, inputs) {
      const file = fileOf(resource, inputs);
      const begun = read(file);
      if (!begun || !engineListens) {
        return;
      }
      const at = Date.now();
      while (recentlyHanded[0] && recentlyHanded[0].at < at - recordingMs) {
        recentlyHanded.shift();
      }
      recentlyHanded.push({ file, begun, at });
      attempt(() => {
        rmSync(file, { force: true });
      });
    },
    engineLost() {
      engineListens = false;
      for (const { file, begun, at } of recentlyHanded) {
        if (at >= Date.now() - recordingMs) {
          write(file, begun);
        }
      }
    },
    close(resource, values, id) {
      const begun = read(fileOf(resource, values));
      if (begun && (id === undefined || (!begun.before.includes(id) && !isOlder(values, begun)))) {
        attempt(() => {
          rmSync(fileOf(resource, values), { force: true });
        });
      }
    },
  };
}

/** Whether the object was there already when the create was sent. */
const isOlder = ({ createdAt }: Inputs, { at }: BegunCreate): boolean =>
  Date.parse(String(createdAt)) < at - clockToleranceMs;

/** By what the declared inputs and the recorded state of one object are told to be of the same one. */
export const identityOf = (resource: AnyResource, values: Inputs): string =>
  JSON.stringify([resource.kind, identity(resource, values)]);

function identity(resource: AnyResource, values: Inputs): unknown[] {
  const required = Object.keys(resource.inputs).filter((name) => resource.inputs[name]?.required);
  return [...new Set([...(resource.keys?.[0] ?? []), ...required])].map((name) =>
    typeof values[name] === "string" ? foldAddress(values[name]) : null,
  );
}

function read(file: string): BegunCreate | undefined {
  // Mostly there is none: asking first costs a tenth of a failure to read.
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(file, "utf8")) as BegunCreate;
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
