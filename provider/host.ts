/**
 * What all calls to one provider share: its settings, one client with its connections and its rate budget. The engine
 * runs one process of the dynamic provider for an operation.
 */
import { createRequire } from "node:module";
import type { Api } from "../api";
import { engineAddress, watchEngine } from "./engine-watch";
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

/** What all calls to one provider share: of one process, or of one environment of a program that has several. */
export interface Host {
  /**
   * Takes the settings; they are read, and may be found wrong, only when the first call needs them. The host of dynamic
   * resources calls this once for each kind of resource, in the middle of a run: what they share must outlive that.
   */
  readonly configure: (settings: StackConfig) => void;
  /** Ends the process with its engine. Called by the first `configure`, and by whoever may never be configured. */
  readonly watch: () => void;
  /** Throws a `ConfigError` when the settings are wrong. */
  readonly sharedConfig: () => Config;
  /** Throws a `ConfigError` when the settings are wrong. */
  readonly sharedContext: () => Context;
}

export interface HostOptions {
  /** `HOST:PORT` of the engine that works with it; nobody is watched without one. */
  readonly engine?: string;
  readonly print: (line: string) => Promise<void>;
  /** Shows a line until the next one. Without it nothing does: what is printed stays. */
  readonly status?: (line: string) => void;
}

export function hostOf({ engine, print: show, status }: HostOptions): Host {
  let stackConfig: StackConfig | undefined;
  /** The settings as they were last given. */
  let given = "";
  let config: Config | undefined;
  let context: Context | undefined;
  /** The client of the shared context, once something was asked of it. */
  let api: Api | undefined;
  let engineGone: AbortSignal | undefined;

  const sharedConfig = () => (config ??= readConfig(stackConfig ?? (() => undefined)));
  const sharedContext = () => {
    if (!context) {
      const settled = sharedConfig();
      context = contextFor(settled, {
        api: atFirstUse(() => (api ??= apiFor(settled, engineGone))),
        clock: systemClock,
        program: runningProgram(settled, engine),
        print: show,
        status,
      });
    }
    return context;
  };
  const watch = () => {
    engineGone ??= watchEngine(async () => {
      context?.journal.engineLost();
      await api?.close();
    }, engine);
  };
  return {
    watch,
    configure(settings) {
      watch();
      const text = JSON.stringify(settingNames.map((name) => settings(name) ?? null));
      if (stackConfig && text === given) {
        return;
      }
      stackConfig = settings;
      given = text;
      config = undefined;
      context = undefined;
      api = undefined;
    },
    sharedConfig,
    sharedContext,
  };
}

/** What a process has of its surroundings. */
export interface Surroundings {
  readonly api: Api;
  readonly clock: Clock;
  readonly program: Program;
  /** Whatever a process prints becomes part of the run's diagnostics. */
  readonly print: (line: string) => Promise<void>;
  readonly status?: (line: string) => void;
}

/** What all calls of one process share, by its settings. */
export function contextFor(
  { allowedDomains, apiKey, baseUrl, deleteTimeoutMs, guards, journalDirectory }: Config,
  { api: shared, clock, program, print: show, status }: Surroundings,
): Context {
  const messages = fewLines(show, status);
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

/** Of this process, as the host of dynamic resources starts one. */
export const processHost: Host = hostOf({ engine: engineAddress(), print });
