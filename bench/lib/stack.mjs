import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { findEngine } from "../../tools/lib/engine.mjs";
import { localEnvironment } from "../../tools/lib/local-environment.mjs";
import { localDirectory, root } from "../../tools/lib/paths.mjs";
import { capture } from "../../tools/lib/processes.mjs";
import { consoleProgress } from "../../tools/lib/progress.mjs";
import { watchProcesses } from "./processor-time.mjs";

/**
 * @typedef {object} Declared
 * @property {"resources" | "roster"} as every member as a user and a membership, or all as one roster
 * @property {number} members
 * @property {number} [changed] how many of them have another role
 * @property {"dynamic" | "native"} [entry] by which the resources reach the provider. Default: as dynamic resources
 */
/**
 * @typedef {Record<"all" | "inputs" | "outputs" | "stackTrace" | "dependencies", number> & { kind: string }} StateParts
 */
/**
 * @typedef {object} Run
 * @property {number} seconds
 * @property {import("./authkit.mjs").Counts} counts
 * @property {import("./processor-time.mjs").ProcessorTime} [processor]
 */
/** @typedef {"up" | "preview" | "plan with refresh" | "refresh" | "destroy"} Operation */

const program = fileURLToPath(new URL("../program", import.meta.url));
const name = "bench";
const plain = ["--non-interactive", "--color", "never"];

/** @type {Record<Operation, string[]>} */
const commands = {
  up: ["up", "--yes", "--skip-preview"],
  preview: ["preview", "--expect-no-changes"],
  "plan with refresh": ["preview", "--refresh", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};

/** `bench/program` as a stack of its own on the real engine, against one local AuthKit. */
export class Stack {
  #directory;
  #binary;
  #env;
  #authKit;

  /**
   * @param {string} directory
   * @param {string} binary
   * @param {NodeJS.ProcessEnv} env
   * @param {import("./authkit.mjs").AuthKit} authKit
   */
  constructor(directory, binary, env, authKit) {
    this.#directory = directory;
    this.#binary = binary;
    this.#env = env;
    this.#authKit = authKit;
  }

  /**
   * Runs an operation to its end and counts its calls at the server.
   * @param {Operation} operation
   * @param {Declared} declared
   * @param {NodeJS.ProcessEnv} [env]
   * @returns {Promise<Run>}
   */
  async run(operation, declared, env = {}) {
    await this.#authKit.takeCounts();
    const started = performance.now();
    const processor = await this.#pulumi([...commands[operation], "--stack", name], { ...variables(declared), ...env });
    const seconds = (performance.now() - started) / 1_000;
    return { seconds, counts: await this.#authKit.takeCounts(), processor };
  }

  /** Size of the state on disk, in bytes. */
  stateBytes() {
    return Buffer.byteLength(this.#state());
  }

  /**
   * What one resource of each kind takes, and of what.
   * @returns {StateParts[]} in bytes of the state's file, indentation included
   */
  stateParts() {
    const { resources } = JSON.parse(this.#state()).checkpoint.latest;
    const one = new Map(resources.map((resource) => [resource.type.split(":").at(-1), resource]));
    const kinds = [...one].filter(([, { type }]) => type.includes("dynamic/workos:"));
    return kinds.map(([kind, resource]) => ({
      kind,
      all: stored(resource),
      inputs: stored(resource.inputs),
      outputs: stored(resource.outputs),
      stackTrace: stored(resource.stackTrace),
      dependencies: stored(resource.dependencies) + stored(resource.propertyDependencies),
    }));
  }

  #state() {
    const file = join(this.#directory, "state/.pulumi/stacks/pulumi-workos-bench", `${name}.json`);
    return readFileSync(file, "utf8");
  }

  /** @param {string[]} args */
  async #pulumi(args, env = {}) {
    let ended = () => /** @type {import("./processor-time.mjs").ProcessorTime | undefined} */ (undefined);
    const { code, stdout, stderr } = await capture(this.#binary, [...args, ...plain], {
      cwd: program,
      env: { ...this.#env, ...env },
      started: (pid) => (ended = watchProcesses(pid)),
    });
    const processor = ended();
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${stdout.slice(-4_000)}${stderr}`);
    return processor;
  }

  async create() {
    await this.#pulumi(["stack", "init", name]);
  }
}

/** The engine indents by four, and resources stand four levels deep. */
function stored(value) {
  if (value === undefined) return 0;
  const text = JSON.stringify(value, undefined, 4);
  return Buffer.byteLength(text) + 16 * (text.split("\n").length - 1);
}

/** @param {Declared} declared */
const variables = ({ as, members, changed = 0, entry = "dynamic" }) => ({
  BENCH_ENTRY: entry,
  BENCH_AS: as,
  BENCH_MEMBERS: String(members),
  BENCH_CHANGED: String(changed),
});

/**
 * Puts the native plugin, as this package has it, where the engine looks for installed ones.
 * @param {string} pulumiHome
 */
function installPlugin(pulumiHome) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const target = join(pulumiHome, "plugins", `resource-workos-v${version}`);
  mkdirSync(target, { recursive: true });
  const plugin = join(root, "dist", "plugin", "index.js");
  const script = `#!/usr/bin/env node\nrequire(${JSON.stringify(plugin)});\n`;
  writeFileSync(join(target, "pulumi-resource-workos"), script, { mode: 0o755 });
}

/**
 * Runs `use` with a fresh stack and removes it afterwards.
 * @template T
 * @param {import("./authkit.mjs").AuthKit} authKit
 * @param {(stack: Stack) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withStack(authKit, use) {
  const engine = await findEngine({ env: process.env, progress: consoleProgress });
  mkdirSync(localDirectory, { recursive: true });
  const directory = mkdtempSync(join(localDirectory, "bench-"));
  const env = {
    ...localEnvironment({ engine, directory, env: process.env }),
    ...authKit.env,
  };
  try {
    installPlugin(env.PULUMI_HOME ?? directory);
    const stack = new Stack(directory, engine.binary, env, authKit);
    await stack.create();
    return await use(stack);
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    rmSync(join(program, `Pulumi.${name}.yaml`), { force: true });
  }
}
