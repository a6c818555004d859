/** The example of a bootstrap, compiled and run as its reader would, with an environment of its own. */
import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { type Emulator, startEmulator } from "../../../emulator";
import { Gate } from "../../matrix/support/gate";
import { until } from "../../matrix/support/processes";
import { prepare } from "../../support/engine";

const repository = resolve(__dirname, "../../..");
const example = join(repository, "examples/bootstrap");

export interface Ran {
  /** Null when a signal ended the run. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly finished: Promise<Ran>;
  /** To the script alone, or to all that was started with it, as a terminal does. */
  signal(name: NodeJS.Signals, to: "script" | "group"): void;
  /** Resolves once the script has said this on standard error, and fails when it ends without. */
  said(text: string): Promise<void>;
}

export class Bootstrap {
  private constructor(
    readonly directory: string,
    /** All calls pass here. */
    readonly gate: Gate,
    readonly emulator: Emulator,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(): Promise<Bootstrap> {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-workos-")));
    for (const file of ["Pulumi.yaml", "package.json"]) cpSync(join(example, file), join(directory, file));
    symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"), "dir");
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    const target = ["--project", example, "--outDir", join(directory, "dist")];
    execFileSync(process.execPath, [compiler, ...target], { stdio: "pipe" });
    const outside = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(WORKOS|BOOTSTRAP)_/.test(name)),
    );
    const { environment } = await prepare(join(directory, ".local"), outside);
    const emulator = await startEmulator();
    const gate = await Gate.open();
    gate.reset(emulator.url);
    return new Bootstrap(directory, gate, emulator, {
      ...environment,
      WORKOS_API_KEY: emulator.apiKey,
      WORKOS_BASE_URL: gate.url,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    });
  }

  /** @param env what is undefined in it is not set */
  start(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Started {
    const child = spawn(process.execPath, ["dist/index.js", ...args], {
      cwd: this.directory,
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
    }
    const finished = new Promise<Ran>((settle, fail) => {
      child.on("error", fail);
      // Not "close": what is left of a killed run may hold the pipes open.
      child.on("exit", (code) => setImmediate(() => settle({ code, ...printed })));
    });
    return {
      finished,
      signal: (name, to) => process.kill(to === "group" ? -child.pid! : child.pid!, name),
      said: (text) =>
        new Promise((settle, fail) => {
          const look = () => void (printed.stderr.includes(text) && settle());
          child.stderr.on("data", look);
          look();
          void finished.then(({ stderr }) => fail(new Error(`it ended without saying "${text}":\n${stderr}`)));
        }),
    };
  }

  run(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<Ran> {
    return this.start(args, env).finished;
  }

  /** The variables in a file, or undefined where there is none. */
  variables(file: string): Record<string, string> | undefined {
    const path = join(this.directory, file);
    if (!existsSync(path)) return undefined;
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    return Object.fromEntries(lines.map((line) => [line.split("=")[0] ?? "", line.slice(line.indexOf("=") + 1)]));
  }

  /** Resolves once the engine has not written its state for a second. */
  quiet(): Promise<void> {
    const state = join(this.directory, ".local/state");
    const lastWrite = () =>
      Math.max(
        ...readdirSync(state, { recursive: true }).map(
          (file) => statSync(join(state, String(file)), { throwIfNoEntry: false })?.mtimeMs ?? Date.now(),
        ),
      );
    return until(() => Date.now() - lastWrite() > 1_000, "the engine to write no state");
  }

  async close(): Promise<void> {
    await this.gate.close();
    await this.emulator.close();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
