/**
 * What all resources of one dynamic provider process share: its settings, one client with its connections and its rate
 * budget. The engine runs one such process for an operation.
 */
import { createRequire } from "node:module";
import type { Api } from "../api";
import { watchEngine } from "./engine-watch";
import { type Config, readConfig, type Setting, settingNames } from "./config";
import { remedies } from "./remedies";
import { runningProgram } from "./running-program";
import { type Clock, systemClock } from "../api/clock";
import { type Context, contextOf, fewLines, Guards, journalIn, type Program, StackEnvironment } from "./lifecycle";

export type StackConfig = (setting: Setting) => string | undefined;

export function apiFor(config: Config, signal?: AbortSignal): Api {
  // With its schemas and its HTTP library, which take longer to load than everything else here together, and which a
  // preview without a refresh never needs.
  const { budgetShare, createApi } = createRequire(__filename)("../api") as typeof import("../api");
  return createApi({
    apiKey: config.apiKey,
    baseUrl: config.baseUrl,
    clientId: config.clientId,
    signal,
    budget: budgetShare(config.readLimit, config.writeLimit),
    remedies,
  });
}

let stackConfig: StackConfig | undefined;
/** The stack's settings as they were last given. */
let given = "";
let config: Config | undefined;
let context: Context | undefined;
/** The client of the shared context, once something was asked of it. */
let api: Api | undefined;
let engineGone: AbortSignal | undefined;

/**
 * Takes the stack's settings; they are read, and may be found wrong, only when the first call needs them. The host
 * calls this once for each kind of resource, in the middle of a run: what they share must outlive that.
 */
export function configure(settings: StackConfig): void {
  engineGone ??= watchEngine(async () => {
    context?.journal.engineLost();
    await api?.close();
  });
  const text = JSON.stringify(settingNames.map((name) => settings(name) ?? null));
  if (stackConfig && text === given) {
    return;
  }
  stackConfig = settings;
  given = text;
  config = undefined;
  context = undefined;
  api = undefined;
}

/** Throws a `ConfigError` when the settings are wrong. */
export function sharedConfig(): Config {
  config ??= readConfig(stackConfig ?? (() => undefined));
  return config;
}

/** What all calls share; throws a `ConfigError` when the settings are wrong. */
export function sharedContext(): Context {
  if (!context) {
    const given = sharedConfig();
    context = contextFor(given, {
      api: atFirstUse(() => (api ??= apiFor(given, engineGone))),
      clock: systemClock,
      program: runningProgram(given),
      print,
    });
  }
  return context;
}

/** What a process has of its surroundings. */
export interface Surroundings {
  readonly api: Api;
  readonly clock: Clock;
  readonly program: Program;
  /** Whatever a process prints becomes part of the run's diagnostics. */
  readonly print: (line: string) => Promise<void>;
}

/** What all calls of one process share, by its settings. */
export function contextFor(
  { allowedDomains, apiKey, baseUrl, deleteTimeoutMs, guards, journalDirectory }: Config,
  { api: shared, clock, program, print: show }: Surroundings,
): Context {
  const messages = fewLines(show);
  return contextOf({
    api: shared,
    clock,
    apiKey,
    deleteTimeoutMs,
    environment: new StackEnvironment(shared, clock, { baseUrl, overridden: guards.overridden.has("environment") }),
    guards: new Guards({ ...guards, allowedDomains }, clock, (line) => messages.say(line)),
    journal: journalIn(journalDirectory, JSON.stringify([baseUrl, apiKey]), program, clock),
    messages,
  });
}

/** Stands for an object that is made when something of it is first asked for. */
const atFirstUse = <T extends object>(make: () => T): T =>
  new Proxy({} as T, { get: (_target, name) => Reflect.get(make(), name) as unknown });

/** The engine reads the lines by itself, and stops when its last call is answered. */
const readMs = 50;

function print(line: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => setTimeout(resolve, readMs));
  });
}
