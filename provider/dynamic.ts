/**
 * The entry of the dynamic provider: what the constant `__provider` line of every resource requires. That line and the
 * path of this module are in users' states, so both are part of the public interface.
 */
import type { dynamic } from "@pulumi/pulumi";
import { configure, sharedContext } from "./host";
import { systemClock } from "./clock";
import * as lifecycle from "./lifecycle";
import { type Kind, kinds, resources } from "./resources";
import type { AnyResource, State } from "./resources/resource";

const providers = new Map<Kind, dynamic.ResourceProvider>();

/**
 * The provider of one kind of resource.
 * @throws when this version of the package has no such kind.
 */
export function dynamicProvider(kind: string): dynamic.ResourceProvider {
  if (!isKind(kind)) {
    throw new ProviderError(
      `The installed version of pulumi-workos has no resource ${kind}; the stack was written by a newer one. Update the package.`,
    );
  }
  const provider = providers.get(kind) ?? providerOf(resources[kind] as unknown as AnyResource);
  providers.set(kind, provider);
  return provider;
}

function isKind(kind: string): kind is Kind {
  return (kinds as string[]).includes(kind);
}

function providerOf(resource: AnyResource): dynamic.ResourceProvider {
  return {
    // The host keeps a provider whose configure failed, and every later call fails with it: nothing here may throw.
    configure({ config }) {
      configure((setting) => config.get(`workos:${setting}`));
      return Promise.resolve();
    },
    check: shown((olds: State, news: State) => {
      const { inputs, failures } = lifecycle.check(resource, olds, news, { clock: systemClock });
      return Promise.resolve({ inputs, failures: [...failures] });
    }),
    diff: shown((_id: string, olds: State, news: State) => {
      const { changes, replaces, deleteBeforeReplace } = lifecycle.diff(resource, olds, news);
      return Promise.resolve({ changes, replaces: [...replaces], deleteBeforeReplace });
    }),
    create: shown(async (inputs: State) => {
      const { id, outs } = await lifecycle.create(resource, inputs, sharedContext());
      return { id, outs: { ...outs } };
    }),
    read: shown(async (id: string, state?: State) => {
      const { id: found, props, inputs } = await lifecycle.read(resource, id, state ?? {}, sharedContext());
      return { id: found, props: { ...props }, inputs: inputs && { ...inputs } };
    }),
    update: shown(async (id: string, olds: State, news: State) => ({
      outs: { ...(await lifecycle.update(resource, id, olds, news, sharedContext())) },
    })),
    delete: shown((id: string, state: State) => lifecycle.remove(resource, id, state, sharedContext())),
  };
}

/**
 * An error as the dynamic provider host shows it. It prints the stack of whatever fails in check, diff, read and
 * delete, and takes `id`, `properties` and `reasons` for an object that exists although its create or update failed.
 */
class ProviderError extends Error {
  readonly id?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly reasons?: readonly string[];

  constructor(message: string, partial?: lifecycle.PartialFailure) {
    super(message);
    this.name = "WorkOS";
    this.stack = message;
    if (partial) {
      this.id = partial.id;
      this.properties = partial.properties;
      this.reasons = [message];
    }
  }

  override toString(): string {
    return "pulumi-workos";
  }
}

function shown<Arguments extends unknown[], Result>(
  call: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    try {
      return await call(...given);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ProviderError(message, error instanceof lifecycle.PartialFailure ? error : undefined);
    }
  };
}
