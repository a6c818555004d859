/** One process of the dynamic provider, as the engine starts one for an operation. */
import { createApi } from "../../../api";
import { type Transport } from "../../../api/http/transport";
import { budgetShare } from "../../../api/pace/limits";
import { readConfig, type Setting } from "../../../provider/config";
import { providersOf } from "../../../provider/dynamic";
import { contextFor } from "../../../provider/host";
import { remedies } from "../../../provider/remedies";
import { type Provider } from "./engine";
import { type Random } from "./random";
import { type Timeline } from "./timeline";

export interface ProcessOptions {
  readonly settings: Readonly<Partial<Record<Setting, string>>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly stack: string;
  readonly clock: Timeline;
  readonly random: Random;
  readonly transport: Transport;
  readonly print: (line: string) => void;
}

export interface SimulatedProcess {
  readonly provider: (kind: string) => Provider;
  /** The engine that started it is gone. */
  engineLost(): void;
}

export function startProcess({ settings, environment, stack, clock, random, transport, print }: ProcessOptions) {
  const config = readConfig((name) => settings[name], environment);
  const { apiKey, baseUrl, readLimit, writeLimit } = config;
  const api = createApi(
    { apiKey, baseUrl, clock, random: random.next, budget: budgetShare(readLimit, writeLimit), remedies },
    transport,
  );
  const context = contextFor(config, {
    api,
    clock,
    program: { project: "simulation", stack: () => Promise.resolve(stack) },
    print: (line) => {
      print(line);
      return Promise.resolve();
    },
  });
  const providers = providersOf({
    configure: () => undefined,
    sharedConfig: () => config,
    sharedContext: () => context,
  });
  const started: SimulatedProcess = {
    provider: (kind) => {
      const found = providers.get(kind);
      if (!found) throw new Error(`there is no kind ${kind}`);
      // Pulumi types what goes in and out as `any`, and everything but the create as optional.
      return found as unknown as Provider;
    },
    engineLost: () => context.journal.engineLost(),
  };
  return started;
}
