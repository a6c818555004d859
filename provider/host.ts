/**
 * What all resources of one dynamic provider process share: its settings, one client with its connections and its rate
 * budget. The engine runs one such process for an operation.
 */
import { type Api, createApi } from "./api";
import { systemClock } from "./clock";
import { type Config, readConfig, type Setting } from "./config";
import type { Context } from "./lifecycle";

export type StackConfig = (setting: Setting) => string | undefined;

export function apiFor(config: Config): Api {
  const perMs = 10_000;
  return createApi({
    apiKey: config.apiKey,
    baseUrl: config.baseUrl,
    clientId: config.clientId,
    budget: { read: { requests: config.readLimit, perMs }, write: { requests: config.writeLimit, perMs } },
  });
}

let stackConfig: StackConfig | undefined;
let context: Context | undefined;

/** Takes the stack's settings; they are read, and may be found wrong, only when the first call needs them. */
export function configure(config: StackConfig): void {
  stackConfig = config;
  context = undefined;
}

/** The shared client and clock; throws a `ConfigError` when the settings are wrong. */
export function sharedContext(): Context {
  if (!context) {
    const config = readConfig(stackConfig ?? (() => undefined));
    context = { api: apiFor(config), clock: systemClock, deleteTimeoutMs: config.deleteTimeoutMs };
  }
  return context;
}
