/**
 * What the engine asks of a kind of resource, whichever way it asks: the lifecycle, and around it what every entry
 * owes its users. Guards against another environment, what a plan says, what is recorded of a failure, and secrets that
 * no message tells. An entry turns these calls into its protocol, and knows nothing else.
 */
import type { Config } from "./config";
import type { Failure, Inputs, State } from "./declare/resource";
import { maskOf, sealed, SecretAddresses, secretMark, secretsOf } from "./declare/secrecy";
import * as lifecycle from "./lifecycle";
import { environmentMark } from "./lifecycle";
import { printable } from "./wording";

/** What all calls to one provider share; both throw a `ConfigError` where its settings are wrong. */
export interface Shared {
  readonly sharedConfig: () => Config;
  readonly sharedContext: () => lifecycle.Context;
}

export interface Checked {
  readonly inputs: Inputs;
  /** What is wrong, each with the property that it is about. No value of a secret stands in them. */
  readonly failures: readonly string[];
}

/** The calls of one kind. All that they throw is a `CallError`. */
export interface Calls {
  check(olds: Inputs, news: Inputs): Promise<Checked>;
  /**
   * The same, for programs whose own classes have not looked at what has ended by now, nor at what else they declare.
   * @param conflicts answers what does not go with what else is declared.
   */
  checkNow(olds: Inputs, news: Inputs, conflicts?: (inputs: Inputs) => readonly string[]): Promise<Checked>;
  diff(id: string, olds: State, news: Inputs): Promise<lifecycle.Diff>;
  /** What a diff finds, property by property. Nothing is asked, and nothing said. */
  details(olds: State, news: Inputs): readonly lifecycle.PropertyChange[];
  /** @throws {RecordedError} where something was made all the same. */
  create(inputs: Inputs): Promise<lifecycle.Created>;
  /**
   * @param known what is recorded.
   * @param declared what the engine has of the program, where it says so.
   */
  read(id: string, known?: State, declared?: Inputs): Promise<lifecycle.Read>;
  /** Takes over what is there; the answer has no id where nothing is. */
  imported(id: string): Promise<lifecycle.Read>;
  /** @throws {RecordedError} where something was changed all the same. */
  update(id: string, olds: State, news: Inputs): Promise<State>;
  remove(id: string, state: State): Promise<void>;
}

/** What a call fails with: its message may be shown as it is. */
export class CallError extends Error {
  override readonly name: string = "CallError";
}

/** The object exists although its create or update failed: the engine is to record it, with these properties. */
export class RecordedError extends CallError {
  override readonly name = "RecordedError";

  constructor(
    message: string,
    readonly id: string,
    readonly properties: State,
  ) {
    super(message);
  }
}

export function callsOf(life: lifecycle.Lifecycle, { sharedConfig, sharedContext }: Shared): Calls {
  const justRead = new Set<string>();
  const whole = (state: State): State => life.whole?.(state) ?? state;
  const maskFor = (...states: readonly State[]) => maskOf(life.repeats ?? {}, ...states);
  const contextFor = (...states: readonly State[]) => veiled(sharedContext(), life, ...states);
  /** The call with these inputs and outputs, whose secrets its error does not tell. */
  const shown = <Result>(states: readonly State[], call: () => Promise<Result>) =>
    masked(() => maskFor(...states), call);
  const told = (failures: readonly Failure[], ...states: readonly State[]): string[] => {
    const veil = maskFor(...states) ?? ((text: string) => text);
    return failures.map(({ property, reason }) => veil(`${property} ${reason}`));
  };
  const checked = async (
    olds: Inputs,
    news: Inputs,
    conflicts?: (inputs: Inputs) => readonly string[],
  ): Promise<Checked> => {
    const { allowedDomains, offlinePreview } = sharedConfig();
    secretAddresses.note(life.repeats ?? {}, olds, news);
    const { inputs, failures: mistakes } = life.check(olds, news, { clock: sharedContext().clock, allowedDomains });
    // Nothing is asked of what is wrong by itself.
    const fighting = mistakes.length > 0 ? [] : (conflicts?.(inputs) ?? []);
    const isWrong = mistakes.length > 0 || fighting.length > 0;
    const failures =
      isWrong || offlinePreview ? mistakes : await lifecycle.previewFailures(life, olds, inputs, sharedContext());
    const isNew = Object.keys(olds).length === 0;
    if (isNew && fighting.length === 0 && failures.length === 0) {
      await announceNew(life, inputs, contextFor(inputs), offlinePreview);
    }
    // Whoever else declares it may keep it secret.
    const veil = (text: string) => secretAddresses.mask(maskFor(olds, news)?.(text) ?? text);
    return { inputs, failures: [...told(failures, olds, news), ...fighting.map(veil)] };
  };
  return {
    checkNow: (olds, news, conflicts) =>
      shown([olds, news], async () => {
        const { inputs, failures } = life.at?.(news, sharedContext().clock.now()) ?? { inputs: news, failures: [] };
        return failures.length > 0
          ? { inputs, failures: told(failures, olds, news) }
          : checked(olds, inputs, conflicts);
      }),
    check: (olds, news) => shown([olds, news], () => checked(olds, news)),
    diff: (id, recorded, news) =>
      shown([recorded, news], async () => {
        const olds = whole(recorded);
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
        const becomesSecret = secretsOf(olds).join() !== secretsOf(news).join();
        return { changes: changes || becomesSecret, replaces, deleteBeforeReplace };
      }),
    details: (recorded, news) => {
      const olds = whole(recorded);
      const [before, now] = [secretsOf(olds), secretsOf(news)];
      const becoming = [...before, ...now].filter((name) => before.includes(name) !== now.includes(name));
      const found = life.details(olds, news);
      const rest = becoming.filter((name) => !found.some(({ path }) => path[0] === name));
      return [...found, ...rest.map((name) => ({ path: [name], kind: "update" as const }))];
    },
    create: (inputs) =>
      shown([inputs], async () => {
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
      }),
    read: (id, known, declared) =>
      shown([known ?? {}], async () => {
        const state = whole(known ?? {});
        const context = contextFor(state);
        const { id: found, props, inputs } = await life.read(id, state, context, declared);
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
          // What is as it was is so to the byte: otherwise a refresh would have something to report.
          props: {
            ...(props && withSecrets(life, known && props === state ? known : props, state)),
            ...(props === state ? {} : markIn(state)),
          },
          inputs: inputs && { ...inputs, ...secretIn(state) },
        };
      }),
    imported: (id) =>
      shown([], async () => {
        const context = contextFor();
        const { id: found, props, inputs } = await life.imported(id, context);
        if (found === "") return { id: found };
        return {
          id: found,
          props: { ...withSecrets(life, props ?? {}, {}), ...(await context.environment.mark()) },
          inputs,
        };
      }),
    update: (id, known, news) =>
      shown([known, news], async () => {
        const olds = whole(known);
        const context = contextFor(olds, news);
        const mark = await context.environment.markOf(olds);
        const changed = changing(life, context, life.update(id, olds, news, context));
        const outs = await changed.catch(recorded(life, news, mark));
        return { ...withSecrets(life, outs, news), ...mark };
      }),
    remove: (id, known) =>
      shown([known], async () => {
        const state = whole(known);
        const context = contextFor(state);
        const { creates, environment } = context;
        if (!creates.made(id)) await environment.assertHere(recordedOf(life, id, state, context));
        await changing(life, context, life.remove(id, state, context));
        life.stateSeen?.(id, state, context);
        await context.messages.settled();
      }),
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
  return {
    ...context,
    messages: {
      say: (line) => messages.say(mask(line)),
      status: (line) => messages.status(mask(line)),
      settled: () => messages.settled(),
    },
  };
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

/** Makes a partial failure one that is recorded, to be thrown from a create or an update with these inputs. */
function recorded(life: lifecycle.Lifecycle, inputs: State, mark: State): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof lifecycle.PartialFailure)) {
      throw error;
    }
    const message = `${error.message}\nWhat was done is recorded, as ${error.id}; the next \`pulumi up\` does the rest.`;
    const { properties } = error;
    // What the program no longer says, and was not taken back: nothing else tells the engine that it is a secret.
    const left = life.secrets.filter(
      (name) => !life.secretOutputs?.includes(name) && inputs[name] === undefined && properties[name] !== undefined,
    );
    const kept = Object.fromEntries(left.map((name) => [name, sealed(properties[name])]));
    throw new RecordedError(message, error.id, { ...withSecrets(life, properties, inputs), ...kept, ...mark });
  };
}

/** @param maskOfCall what hides the secrets of a call in what it fails with. */
async function masked<Result>(
  maskOfCall: () => ((text: string) => string) | undefined,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const text = printable(secretAddresses.mask(maskOfCall()?.(message) ?? message));
    throw error instanceof RecordedError
      ? new RecordedError(text, error.id, error.properties)
      : new CallError(text, { cause: error });
  }
}
