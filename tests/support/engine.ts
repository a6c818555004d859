// End-to-end tests on the real engine: each project is a directory of its own outside of the repository, with its own
// backend, PULUMI_HOME and passphrase, as a user's would be.
import { execFile, spawn as spawnProcess, type ChildProcess } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

type Language = "typescript" | "yaml" | "python" | "go" | "dotnet";

/** What an engine needs for a language besides what it has. */
const flagsFor: Record<Language, readonly string[]> = {
  typescript: [],
  yaml: ["--yaml"],
  python: ["--languages"],
  go: ["--languages"],
  dotnet: ["--languages"],
};

export type ProjectOptions = {
  /** The Pulumi program, in TypeScript, or in the project's language. */
  program: string;
  /**
   * Default: TypeScript. In YAML the program is what Pulumi.yaml says besides the project's name; in the others that is
   * written too, and the program's files are the test's own affair.
   */
  language?: Language;
  /** What a TypeScript program imports where it says `pulumi-workos`. Default: `dynamic`, which is that. */
  entry?: Entry;
  /** What Pulumi.yaml says besides, in YAML. */
  settings?: string;
  /** The project's name; part of every URN. */
  name?: string;
  stackConfig?: Record<string, { value: string; secret?: boolean }>;
  /** Variables for every command. None named WORKOS_* or PULUMI_* is taken over from the tests' own environment. */
  env?: Record<string, string>;
  /**
   * Leaves TypeScript to the engine's language host, which checks types: what users get, and seconds slower. Otherwise
   * the program is only transpiled, here.
   */
  typeChecked?: boolean;
};

export type CommandOptions = {
  env?: Record<string, string>;
  /** Further arguments. */
  args?: string[];
  /** Collects the engine's events (`--event-log`) into the result. */
  events?: boolean;
  timeoutMs?: number;
};

export type UpOptions = CommandOptions & {
  /** Runs the preview that `pulumi up` begins with; left out by default, since it doubles the time. */
  withPreview?: boolean;
};

export type CommandResult = {
  /** Null when a signal ended the command. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Both, in the order in which they arrived. */
  combined: string;
  events: EngineEvent[];
};

export type EngineEvent = { sequence: number } & Record<string, unknown>;

export type StateResource = {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
} & Record<string, unknown>;

export type State = {
  deployment: { resources?: StateResource[]; pending_operations?: { resource: StateResource; type: string }[] };
};

export type StartedCommand = { child: ChildProcess; finished: Promise<CommandResult> };

/** By which way a program's resources reach the provider. */
export type Entry = "dynamic" | "native";

type Prepared = { engine: { binary: string }; environment: NodeJS.ProcessEnv };

const repository = resolve(__dirname, "../..");
const stack = "test";
const commandTimeoutMs = 180_000;

/** What `up` and the like are given: no terminal, no colours. */
const plain = ["--non-interactive", "--color", "never"];

/**
 * Runs `use` with a fresh project and removes the project, and every process it has left, afterwards. Without an engine
 * it throws the set-up's message, so that tests fail with it and are never skipped.
 */
export async function withProject<T>(options: ProjectOptions, use: (project: Project) => Promise<T>): Promise<T> {
  const project = await Project.create(options);
  try {
    return await use(project);
  } finally {
    await project.remove();
  }
}

export class Project {
  private readonly running = new Set<ChildProcess>();
  private eventLogs = 0;

  private constructor(
    /** The directory with Pulumi.yaml and the program. */
    readonly directory: string,
    readonly name: string,
    private readonly binary: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly language: Language,
    private readonly typeChecked: boolean,
    private entry: Entry,
    private source = "",
  ) {}

  static async create(options: ProjectOptions): Promise<Project> {
    // The real path, since the engine reports that one.
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-workos-")));
    const { language = "typescript" } = options;
    const { engine, environment } = await prepare(
      join(directory, ".local"),
      withoutWorkosSettings(process.env),
      ...flagsFor[language],
    );
    const name = options.name ?? "e2e";
    const project = new Project(
      directory,
      name,
      engine.binary,
      {
        ...environment,
        PULUMI_DEBUG_COMMANDS: "1",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
        ...options.env,
      },
      language,
      options.typeChecked ?? false,
      options.entry ?? "dynamic",
    );
    try {
      project.writeFiles(options.program, options.settings);
      await project.expect(["stack", "init", stack]);
      await project.setConfig(options.stackConfig ?? {});
    } catch (error) {
      await project.remove();
      throw error;
    }
    return project;
  }

  /** Makes the program one of the other entry: by its import, and nothing else. */
  moveTo(entry: Entry): void {
    this.entry = entry;
    this.writeProgram(this.source);
  }

  /** Replaces the program. */
  writeProgram(given: string): void {
    this.source = given;
    const source = this.entry === "native" ? given.replaceAll('"pulumi-workos"', '"pulumi-workos/native"') : given;
    if (this.language !== "typescript") {
      writeFileSync(join(this.directory, "Pulumi.yaml"), `name: ${this.name}\nruntime: ${this.language}\n${source}`);
      return;
    }
    if (this.typeChecked) {
      writeFileSync(join(this.directory, "index.ts"), source);
      return;
    }
    const { outputText } = transpileModule(source, {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(join(this.directory, "index.js"), outputText);
  }

  async setConfig(config: Record<string, { value: string; secret?: boolean }>): Promise<void> {
    const entries = Object.entries(config);
    if (entries.length === 0) return;
    const settings = entries.flatMap(([key, { value, secret }]) => [
      secret ? "--secret" : "--plaintext",
      `${key}=${value}`,
    ]);
    await this.expect(["config", "set-all", ...settings]);
  }

  up(options: UpOptions = {}): Promise<CommandResult> {
    return this.operate("up", [...(options.withPreview ? [] : ["--skip-preview"]), "--yes"], options);
  }

  preview(options: CommandOptions = {}): Promise<CommandResult> {
    return this.operate("preview", [], options);
  }

  /** The plan of `preview --json`. */
  async previewJson(
    options: CommandOptions = {},
  ): Promise<{ steps: Record<string, unknown>[] } & Record<string, unknown>> {
    const result = await this.operate("preview", ["--json"], options);
    return parseJson(result);
  }

  refresh(options: CommandOptions = {}): Promise<CommandResult> {
    return this.operate("refresh", ["--yes", "--skip-preview"], options);
  }

  destroy(options: CommandOptions = {}): Promise<CommandResult> {
    return this.operate("destroy", ["--yes", "--skip-preview"], options);
  }

  /** Any Pulumi command, to its end. */
  run(args: string[], options: Omit<CommandOptions, "args" | "events"> = {}): Promise<CommandResult> {
    return this.spawn(args, options).finished;
  }

  /** Starts any Pulumi command, for tests that signal or kill it. */
  spawn(args: string[], options: Omit<CommandOptions, "args" | "events"> = {}): StartedCommand {
    const child = spawnProcess(this.binary, [...args, ...plain], {
      cwd: this.directory,
      env: { ...this.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running.add(child);
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? commandTimeoutMs);
    const finished = new Promise<CommandResult>((settle, fail) => {
      const result: CommandResult = { code: null, stdout: "", stderr: "", combined: "", events: [] };
      const collect = (name: "stdout" | "stderr") => (text: string) => {
        result[name] += text;
        result.combined += text;
      };
      child.stdout.setEncoding("utf8").on("data", collect("stdout"));
      child.stderr.setEncoding("utf8").on("data", collect("stderr"));
      child.on("error", fail);
      child.on("exit", () => {
        clearTimeout(timer);
        this.running.delete(child);
      });
      child.on("close", (code) => settle({ ...result, code }));
    });
    return { child, finished };
  }

  /** The state, as `stack export` gives it. */
  async state(options: { showSecrets?: boolean } = {}): Promise<State> {
    return parseJson(await this.expect(["stack", "export", ...(options.showSecrets ? ["--show-secrets"] : [])]));
  }

  /** The checkpoint file, byte for byte: what lies on disk. */
  stateText(): string {
    return readFileSync(join(this.directory, ".local/state/.pulumi/stacks", this.name, `${stack}.json`), "utf8");
  }

  async outputs(options: { showSecrets?: boolean } = {}): Promise<Record<string, unknown>> {
    return parseJson(
      await this.expect(["stack", "output", "--json", ...(options.showSecrets ? ["--show-secrets"] : [])]),
    );
  }

  /**
   * The living processes that were started for this project, however indirectly: they carry its PULUMI_HOME. Known on
   * Linux only; elsewhere the list is empty.
   */
  processes(): number[] {
    if (process.platform !== "linux") return [];
    const mark = `PULUMI_HOME=${this.env.PULUMI_HOME}\0`;
    return readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
      .filter((entry) => {
        try {
          return readFileSync(`/proc/${entry}/environ`, "latin1").includes(mark);
        } catch {
          // Ended meanwhile, or another user's.
          return false;
        }
      })
      .map(Number);
  }

  /** Kills whatever still runs for this project, commands and what they have left. */
  async endProcesses(): Promise<void> {
    const gone = [...this.running].map((child) => new Promise((settle) => child.once("exit", settle)));
    for (const child of this.running) child.kill("SIGKILL");
    await Promise.all(gone);
    for (const pid of this.processes()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Ended by itself.
      }
    }
  }

  async remove(): Promise<void> {
    await this.endProcesses();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  private writeFiles(program: string, settings = ""): void {
    const { directory } = this;
    mkdirSync(directory, { recursive: true });
    if (this.language !== "typescript") {
      this.writeProgram(program);
      return;
    }
    const runtime = this.typeChecked ? "nodejs" : "{ name: nodejs, options: { typescript: false } }";
    writeFileSync(join(directory, "Pulumi.yaml"), `name: ${this.name}\nruntime: ${runtime}\n${settings}`);
    writeFileSync(
      join(directory, "package.json"),
      JSON.stringify({ name: this.name, private: true, main: this.typeChecked ? "index.ts" : "index.js" }),
    );
    // One link for everything: the repository's node_modules holds pulumi-workos (a link to the repository itself),
    // @pulumi/pulumi and typescript, so that both resolve as they would after `npm install`.
    symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"), "dir");
    this.writeProgram(program);
  }

  private async operate(command: string, args: string[], options: CommandOptions): Promise<CommandResult> {
    const log = options.events ? join(this.directory, ".local", `events-${++this.eventLogs}.jsonl`) : undefined;
    const result = await this.run(
      [command, "--stack", stack, ...args, ...(log ? ["--event-log", log] : []), ...(options.args ?? [])],
      options,
    );
    return log ? { ...result, events: readEvents(log) } : result;
  }

  /** Runs a command that the test stands on, and fails with what it printed. */
  private async expect(args: string[]): Promise<CommandResult> {
    const result = await this.run(args);
    if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${result.code}:\n${result.combined}`);
    return result;
  }
}

function readEvents(path: string): EngineEvent[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
}

/** The caller states what the command is known to print. */
function parseJson<T>(result: CommandResult): T {
  try {
    return JSON.parse(result.stdout) as T;
  } catch (error) {
    throw new Error(`Pulumi printed no JSON:\n${result.combined}`, { cause: error });
  }
}

function withoutWorkosSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("WORKOS_")));
}

/**
 * The set-up's own engine and environment, so that tests use what `npm start` uses. In a process of its own: the
 * set-up is written as ES modules, which jest's module system cannot require on every Node.
 */
export async function prepare(directory: string, env: NodeJS.ProcessEnv, ...flags: string[]): Promise<Prepared> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(repository, "tools/engine.mjs"), directory, ...flags],
      {
        env,
        maxBuffer: 16 * 1024 * 1024,
      },
    );
    return JSON.parse(stdout) as Prepared;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(stderr?.trim() ?? String(error), { cause: error });
  }
}
