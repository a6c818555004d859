/**
 * The entry of the dynamic provider: what the constant `__provider` line of every resource requires. That line and the
 * path of this module are in users' states, so both are part of the public interface.
 */
import type { dynamic } from "@pulumi/pulumi";
import { callsOf, RecordedError, type Shared } from "./calls";
import { asShortAs } from "./declare/recorded";
import type { State } from "./declare/resource";
import * as host from "./host";
import type { Lifecycle } from "./lifecycle";
import { lifecycles } from "./lifecycles";

const providers = new Map<string, dynamic.ResourceProvider>();

/**
 * The provider of one kind of resource.
 * @throws when this version of the package has no such kind.
 */
export function dynamicProvider(kind: string): dynamic.ResourceProvider {
  const life = lifecycles.get(kind);
  if (!life) {
    throw new ProviderError(
      `The installed version of pulumi-workos has no resource ${kind}; the stack was written by a newer one. Update the package.`,
    );
  }
  const provider = providers.get(kind) ?? providerOf(life, host.processHost);
  providers.set(kind, provider);
  return provider;
}

/** What all providers of one process share. */
export interface Host extends Shared {
  readonly configure: (settings: host.StackConfig) => void;
}

/** The providers of all kinds of resources in one process. */
export const providersOf = (shared: Host): ReadonlyMap<string, dynamic.ResourceProvider> =>
  new Map([...lifecycles].map(([kind, life]) => [kind, providerOf(life, shared)]));

function providerOf(life: Lifecycle, shared: Host): dynamic.ResourceProvider {
  const calls = callsOf(life, shared);
  const compact = (state: State): State => life.compact?.(state) ?? state;
  return {
    // The host keeps a provider whose configure failed, and every later call fails with it: nothing here may throw.
    configure({ config }) {
      shared.configure((setting) => config.get(`workos:${setting}`));
      return Promise.resolve();
    },
    check: shown(async (olds: State, news: State) => {
      const { inputs, failures } = await calls.check(olds, news);
      // Without `property`: the engine prints the value of a property that it is told of, and secrets in plain.
      return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
    }),
    diff: shown(async (id: string, olds: State, news: State) => {
      const { replaces, ...rest } = await calls.diff(id, olds, news);
      return { ...rest, replaces: [...replaces] };
    }),
    create: shown(
      async (inputs: State) => {
        const { id, outs } = await calls.create(inputs);
        return { id, outs: compact(outs) };
      },
      (properties, { __provider }) => ({ ...compact(properties), __provider }),
    ),
    read: shown(async (id: string, known?: State) => {
      const { props = {}, ...rest } = await calls.read(id, known);
      return { ...rest, props: asShortAs(known ?? {}, props, life) };
    }),
    update: shown(
      async (id: string, olds: State, news: State) => ({ outs: compact(await calls.update(id, olds, news)) }),
      (properties, _id, _olds, { __provider }) => ({ ...compact(properties), __provider }),
    ),
    delete: shown((id: string, state: State) => calls.remove(id, state)),
  };
}

/**
 * An error as the dynamic provider host takes it. Of what fails in check, diff, read and delete it prints the stack, as
 * a message of the whole stack, while the engine shows the message with the resource: saying it all twice helps nobody.
 */
class ProviderError extends Error {
  override readonly name = "WorkOS";
  override readonly stack = "the reason is given with the resource that failed";

  override toString(): string {
    return "pulumi-workos";
  }
}

/** The object exists although its create or update failed: by these properties the engine records it all the same. */
class HalfDoneError extends ProviderError {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly reasons: readonly string[];

  constructor(
    message: string,
    readonly id: string,
    properties: State,
  ) {
    super(message);
    this.properties = properties;
    this.reasons = [message];
  }
}

/** @param recorded what is recorded where the call failed half-way. The host adds the provider's line to every result but this. */
function shown<Arguments extends unknown[], Result>(
  call: (...given: Arguments) => Promise<Result>,
  recorded?: (properties: State, ...given: Arguments) => State,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    try {
      return await call(...given);
    } catch (error) {
      const { message } = error as Error;
      if (!(error instanceof RecordedError)) throw new ProviderError(message);
      throw new HalfDoneError(message, error.id, recorded?.(error.properties, ...given) ?? error.properties);
    }
  };
}
