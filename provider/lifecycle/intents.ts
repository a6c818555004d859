/**
 * What a process was about to create. A process can die between the vendor's answer and the engine's record of it; then
 * the next run finds here that the object which is in its way is its own, and takes it up instead of refusing it, or
 * making a second one. Written to this machine's disk, since the state is the engine's to write.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyResource, Inputs } from "../declare/resource";

export interface Intent {
  /** When the create was sent, in milliseconds since the epoch, by our clock. */
  readonly at: number;
  /** The ids of what was there before, where the resource looks at that. */
  readonly before: readonly string[];
}

export interface Intents {
  /** What an earlier process was about to create and nobody has recorded since. */
  find(resource: AnyResource, inputs: Inputs): Intent | undefined;
  begin(resource: AnyResource, inputs: Inputs, intent: Intent): void;
  /** The engine is told of the object, and records it, unless it is gone. */
  told(resource: AnyResource, inputs: Inputs): void;
  /** The engine is gone: what it was told just now it may not have recorded, and what it will be told it does not hear. */
  unheard(): void;
  /**
   * Nothing is open any more: the object is recorded, or was not made.
   * @param id the recorded object; one that was there before the create, such as the one that it was to replace, is not
   * the one that it made.
   */
  end(resource: AnyResource, values: Inputs, id?: string): void;
}

export const noIntents: Intents = {
  find: () => undefined,
  begin: () => undefined,
  told: () => undefined,
  unheard: () => undefined,
  end: () => undefined,
};

/** How long the engine may take to record what it was told. */
const recordingMs = 10_000;

/** The vendor's clock and ours may differ by a little, and its times may be whole seconds. */
const clockToleranceMs = 1_000;

/** An older intent says nothing about what is there today. */
const lifetimeMs = 7 * 24 * 3_600_000;

/**
 * Keeps intents as one small file each; the names are hashes, and nothing in them is a secret.
 * @param scope what tells one environment from another.
 */
export function intentsIn(directory: string, scope: string): Intents {
  const fileOf = (resource: AnyResource, values: Inputs) => {
    const key = JSON.stringify([scope, resource.kind, identity(resource, values)]);
    return join(directory, `${createHash("sha256").update(key).digest("hex")}.json`);
  };
  const write = (file: string, intent: Intent) => {
    // A disk that cannot be written to costs the comfort of this file, and is no reason not to create anything.
    attempt(() => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify(intent), { mode: 0o600 });
    });
  };
  let isHeard = true;
  const lately: { readonly file: string; readonly intent: Intent; readonly toldAt: number }[] = [];
  return {
    find(resource, inputs) {
      const intent = read(fileOf(resource, inputs));
      return intent && intent.at > Date.now() - lifetimeMs ? intent : undefined;
    },
    begin(resource, inputs, intent) {
      write(fileOf(resource, inputs), intent);
    },
    told(resource, inputs) {
      const file = fileOf(resource, inputs);
      const intent = read(file);
      if (!intent || !isHeard) {
        return;
      }
      const toldAt = Date.now();
      while (lately[0] && lately[0].toldAt < toldAt - recordingMs) {
        lately.shift();
      }
      lately.push({ file, intent, toldAt });
      attempt(() => {
        rmSync(file, { force: true });
      });
    },
    unheard() {
      isHeard = false;
      for (const { file, intent, toldAt } of lately) {
        if (toldAt >= Date.now() - recordingMs) {
          write(file, intent);
        }
      }
    },
    end(resource, values, id) {
      const intent = read(fileOf(resource, values));
      if (intent && (id === undefined || (!intent.before.includes(id) && !isOlder(values, intent)))) {
        attempt(() => {
          rmSync(fileOf(resource, values), { force: true });
        });
      }
    },
  };
}

/** Whether the object was there already when the create was sent. */
const isOlder = ({ createdAt }: Inputs, { at }: Intent): boolean =>
  Date.parse(String(createdAt)) < at - clockToleranceMs;

/** What is the same in the declared inputs and in the recorded state of one object. */
function identity(resource: AnyResource, values: Inputs): unknown[] {
  const required = Object.keys(resource.inputs).filter((name) => resource.inputs[name]?.required);
  return [...new Set([...(resource.keys?.[0] ?? []), ...required])].map((name) =>
    typeof values[name] === "string" ? values[name].trim().toLowerCase() : null,
  );
}

function read(file: string): Intent | undefined {
  // Mostly there is none: asking first costs a tenth of a failure to read.
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Intent;
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
