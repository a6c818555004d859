/**
 * The entry of the dynamic provider: what the constant `__provider` line of every resource requires. That line and the
 * path of this module are in users' states, so both are part of the public interface.
 */
import type { dynamic } from "@pulumi/pulumi";
import * as host from "./host";
import * as lifecycle from "./lifecycle";
import { environmentMark } from "./lifecycle";
import { resources } from "./resources";
import type { AnyResource, State } from "./declare/resource";
import { maskOf, sealed, SecretAddresses, secretMark, secretsOf } from "./declare/secrecy";
import { rosterLifecycle } from "./roster";
import { printable } from "./wording";

/** Of all kinds, by name. */
export const lifecycles: ReadonlyMap<string, lifecycle.Lifecycle> = new Map(
  [...Object.values<AnyResource>(resources).map(lifecycle.lifecycleOf), rosterLifecycle].map((life) => [
    life.kind,
    life,
  ]),
);

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
  const provider = providers.get(kind) ?? providerOf(life, host);
  providers.set(kind, provider);
  return provider;
}

/** What all providers of one process share. */
export type Host = Pick<typeof host, "configure" | "sharedConfig" | "sharedContext">;

/** The providers of all kinds of resources in one process. */
export const providersOf = (shared: Host): ReadonlyMap<string, dynamic.ResourceProvider> =>
  new Map([...lifecycles].map(([kind, life]) => [kind, providerOf(life, shared)]));

function providerOf(
  life: lifecycle.Lifecycle,
  { configure, sharedConfig, sharedContext }: Host,
): dynamic.ResourceProvider {
  const justRead = new Set<string>();
  const maskFor = (...states: readonly State[]) => maskOf(life.repeats ?? {}, ...states);
  const contextFor = (...states: readonly State[]) => veiled(sharedContext(), life, ...states);
  return {
    // The host keeps a provider whose configure failed, and every later call fails with it: nothing here may throw.
    configure({ config }) {
      configure((setting) => config.get(`workos:${setting}`));
      return Promise.resolve();
    },
    check: shown(async (olds: State, news: State) => {
      const { allowedDomains, offlinePreview } = sharedConfig();
      secretAddresses.note(life.repeats ?? {}, olds, news);
      const { inputs, failures: mistakes } = life.check(olds, news, { clock: sharedContext().clock, allowedDomains });
      const failures =
        mistakes.length > 0 || offlinePreview
          ? mistakes
          : await lifecycle.previewFailures(life, olds, inputs, sharedContext());
      // Without `property`: the engine prints the value of a property that it is told of, and secrets in plain.
      const veil = maskFor(olds, news) ?? ((text: string) => text);
      const reasons = failures.map(({ property, reason }) => ({ property: "", reason: veil(`${property} ${reason}`) }));
      if (Object.keys(olds).length === 0 && failures.length === 0) {
        await announceNew(life, inputs, contextFor(inputs), offlinePreview);
      }
      return { inputs, failures: reasons };
    }, maskFor),
    diff: shown(
      async (id: string, olds: State, news: State) => {
        const { changes, replaces, deleteBeforeReplace } = life.diff(olds, news);
        // A delete is told the old outputs only. What is compared is still in the program, so its delete, if one comes,
        // is half of a replacement, whoever asked for that: `replaceOnChanges` and replaced dependencies do so too. A
        // refresh compares as well, right after it has read.
        life.stateSeen?.(id, olds, sharedContext());
        if (!justRead.delete(id)) {
          if (!sharedConfig().offlinePreview)
            await sharedContext().environment.assertSame(recordedOf(life, id, olds, sharedContext()));
          sharedContext().replacing.set(id, news);
          if (changes && replaces.length === 0) {
            await announce(life, olds, news, contextFor(olds, news), sharedConfig().offlinePreview);
          }
        }
        // What has become a secret is still in the clear in the state.
        const veiled = secretsOf(olds).join() !== secretsOf(news).join();
        return { changes: changes || veiled, replaces: [...replaces], deleteBeforeReplace };
      },
      (_id, ...states) => maskFor(...states),
    ),
    create: shown(async (inputs: State) => {
      const context = contextFor(inputs);
      const mark = context.environment.mark();
      const made = changing(life, context, life.create(inputs, context));
      const { id, outs } = await made.catch(async (error: unknown) => {
        if (error instanceof lifecycle.PartialFailure) {
          life.createHandedOver?.(error.id, inputs, context);
        }
        return recorded(life, inputs, await mark)(error);
      });
      life.createHandedOver?.(id, inputs, context);
      return { id, outs: { ...withSecrets(life, outs, inputs), ...(await mark) } };
    }, maskFor),
    read: shown(
      async (id: string, known?: State) => {
        const state = known ?? {};
        const context = contextFor(state);
        const { id: found, props, inputs } = await life.read(id, state, context);
        if (known && proves(id, found)) context.environment.answered(state);
        else if (known && found !== "") await context.environment.assertSame(recordedOf(life, id, state, context));
        else if (known) {
          await context.environment.assertGone(recordedOf(life, id, state, context));
          const line = life.missing?.(state);
          if (line !== undefined) context.messages.say(line);
        }
        await context.messages.settled();
        justRead.add(found);
        return {
          id: found,
          props: { ...(props && withSecrets(life, props, state)), ...markIn(known) },
          inputs: inputs && { ...inputs, ...secretIn(state) },
        };
      },
      (_id, state = {}) => maskFor(state),
    ),
    update: shown(
      async (id: string, olds: State, news: State) => {
        const context = contextFor(olds, news);
        const mark = await context.environment.markOf(olds);
        const changed = changing(life, context, life.update(id, olds, news, context));
        const outs = await changed.catch(recorded(life, news, mark));
        return { outs: { ...withSecrets(life, outs, news), ...mark } };
      },
      (_id, ...states) => maskFor(...states),
    ),
    delete: shown(
      async (id: string, state: State) => {
        const context = contextFor(state);
        const { creates, environment } = context;
        if (!creates.made(id)) await environment.assertHere(recordedOf(life, id, state, context));
        await changing(life, context, life.remove(id, state, context));
        life.stateSeen?.(id, state, context);
        await context.messages.settled();
      },
      (_id, state) => maskFor(state),
    ),
  };
}

/** What was known of who has which rights is asked anew after a write that may have changed it. */
async function changing<T>(
  { changesAccess = "everything" }: lifecycle.Lifecycle,
  { reach }: lifecycle.Context,
  write: Promise<T>,
): Promise<T> {
  const forget = () => {
    if (changesAccess !== "nothing") reach.forget(changesAccess);
  };
  forget();
  return write.finally(forget);
}

const secretAddresses = new SecretAddresses();

/** The context of a call, with messages that do not say what the program keeps secret. */
function veiled(
  context: lifecycle.Context,
  { repeats = {} }: lifecycle.Lifecycle,
  ...states: readonly State[]
): lifecycle.Context {
  secretAddresses.note(repeats, ...states);
  const own = maskOf(repeats, ...states) ?? ((text: string) => text);
  const mask = (text: string) => secretAddresses.mask(own(text));
  const { messages } = context;
  return { ...context, messages: { say: (line) => messages.say(mask(line)), settled: () => messages.settled() } };
}

/** Which inputs are secrets, in a state. */
const secretIn = ({ [secretMark]: mark }: State): State => (mark === undefined ? {} : { [secretMark]: mark });

/** The outputs as the engine is to keep them: what repeats a secret, of this resource or of another, is one. */
function withSecrets({ repeats = {} }: lifecycle.Lifecycle, outs: State, given: State): State {
  const secret = new Set(secretsOf(given).flatMap((name) => repeats[name] ?? []));
  const repeating = new Set(Object.values(repeats).flat());
  const isSecret = (name: string, value: unknown) =>
    secret.has(name) || (repeating.has(name) && secretAddresses.isIn(value));
  const kept: State = Object.fromEntries(
    Object.entries(outs).map(([name, value]): [string, unknown] => [
      name,
      isSecret(name, value) ? sealed(value) : value,
    ]),
  );
  return { ...kept, ...secretIn(given) };
}

/** What names the environment in a state. */
const markIn = (state: State = {}): State =>
  state[environmentMark] === undefined ? {} : { [environmentMark]: state[environmentMark] };

const recordedOf = (life: lifecycle.Lifecycle, id: string, state: State, context: lifecycle.Context) => ({
  what: `${life.kind} ${id}`,
  state,
  look: async () => proves(id, (await life.read(id, state, context)).id),
});

/** What goes by a name answers in another environment as well, there being one of that name: only the vendor's ids tell. */
const proves = (id: string, found: string) => found === id && /[0-9A-Z]{20}/.test(id);

async function announce(
  life: lifecycle.Lifecycle,
  olds: State,
  news: State,
  context: lifecycle.Context,
  offline: boolean,
): Promise<void> {
  // What cannot be found out is left out: nobody's access depends on what a plan says of it.
  const asked = offline ? undefined : await life.lookInto?.(olds, news, context).catch(() => []);
  const lines = [...(life.announce?.(olds, news, context) ?? []), ...(asked ?? [])];
  // Waiting for what others say is for who says something.
  if (lines.length === 0) return;
  for (const line of lines) context.messages.say(line);
  await context.messages.settled();
}

async function announceNew(
  life: lifecycle.Lifecycle,
  inputs: State,
  context: lifecycle.Context,
  offline: boolean,
): Promise<void> {
  // What cannot be found out now is met, and said, by the run.
  const found = offline ? undefined : await life.lookAhead?.(inputs, context).catch(() => undefined);
  if (!found) return announce(life, {}, inputs, context, true);
  for (const line of found) context.messages.say(line);
  await context.messages.settled();
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
class RecordedError extends ProviderError {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly reasons: readonly string[];

  constructor(
    message: string,
    readonly id: string,
    properties: State,
  ) {
    super(printable(message));
    this.properties = properties;
    this.reasons = [this.message];
  }
}

/**
 * Makes a partial failure one that is recorded, to be thrown from a create or an update with these inputs.
 * @param mark what names the environment.
 */
function recorded(life: lifecycle.Lifecycle, inputs: State, mark: State): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof lifecycle.PartialFailure)) {
      throw error;
    }
    const message = `${error.message}\nWhat was done is recorded, as ${error.id}; the next \`pulumi up\` does the rest.`;
    // The host adds the provider's line to every result, and leaves it out of this one.
    const outs = withSecrets(life, error.properties, inputs);
    throw new RecordedError(message, error.id, { ...outs, ...mark, __provider: inputs.__provider });
  };
}

/** @param maskFor what hides the secrets of a call in what it fails with. */
function shown<Arguments extends unknown[], Result>(
  call: (...given: Arguments) => Promise<Result>,
  maskFor: (...given: Arguments) => ((text: string) => string) | undefined,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    try {
      return await call(...given);
    } catch (error) {
      const mask = maskFor(...given) ?? ((text: string) => text);
      const text = secretAddresses.mask(mask(error instanceof Error ? error.message : String(error)));
      throw error instanceof RecordedError
        ? new RecordedError(text, error.id, error.properties)
        : new ProviderError(printable(text));
    }
  };
}
