import { hasCode, isWorkosError } from "../../api/http/errors";
import type { AnyResource, Change, Inputs, RemoteObject, State } from "../declare/resource";
import { createBody } from "./bodies";
import type { Context } from "./context";
import { identityOf, type OpenCreate, takeOverOf } from "./create-journal";
import { explained } from "./explained";
import { changesOf } from "./diff";
import { madeAt, type Recovered, sendOnce, verdictOn } from "./lost-answers";
import { PartialFailure } from "./partial-failure";
import { record } from "./state";
import { applyChanges } from "./update";

export interface Created {
  readonly id: string;
  readonly outs: State;
}

/** Makes the object, or takes over the one that is there, as far as `adopt` allows. */
export function create(resource: AnyResource, inputs: Inputs, context: Context): Promise<Created> {
  return context.snapshots.writing(() => makeOrTakeOver(resource, inputs, context));
}

/** What to do, by what the program allows and whether the object is there. */
const decisions = {
  never: { there: "conflict", missing: "make" },
  "if-exists": { there: "take over", missing: "make" },
  require: { there: "take over", missing: "nothing there" },
} as const;

const adoptionOf = ({ existing }: AnyResource, { adopt = "never" }: Inputs): keyof typeof decisions =>
  existing?.single ? "if-exists" : (adopt as keyof typeof decisions);

async function makeOrTakeOver(resource: AnyResource, inputs: Inputs, context: Context): Promise<Created> {
  const { existing: known } = resource;
  const identity = identityOf(resource, inputs);
  const kept = context.kept.get(identity);
  if (kept) {
    context.kept.delete(identity);
    return finish(resource, kept, inputs, context);
  }
  const recovered = await madeByEarlierRun(resource, inputs, context).then(
    (own) => own && finish(resource, own, inputs, context),
    (error: unknown) => takeOverWhatIsThere(resource, error, inputs, context),
  );
  if (recovered) {
    return recovered;
  }
  const adopt = adoptionOf(resource, inputs);
  const look = adopt !== "never" || known?.lookFirst;
  const existing = look ? await known?.find(context.api, inputs) : undefined;
  const decision = decisions[adopt][existing ? "there" : "missing"];
  if (decision === "nothing there") {
    throw new Error(
      `adopt is "require", but there is no ${resource.noun} ${resource.label(inputs)} in this environment to take over. Correct what identifies it, or use adopt: "if-exists" to make it.`,
    );
  }
  if (existing) {
    return takeOverOrRefuse(resource, existing, inputs, context);
  }
  return make(resource, inputs, context).then(
    (object) => finish(resource, object, inputs, context),
    (error: unknown) =>
      error instanceof Unsettled
        ? takeOverWhatIsThere(resource, error, inputs, context)
        : afterRefusal(resource, error, inputs, context),
  );
}

/** Where nothing tells whose object that is, a program that takes over what exists has it. */
async function takeOverWhatIsThere(
  resource: AnyResource,
  error: unknown,
  inputs: Inputs,
  context: Context,
): Promise<Created> {
  const isAllowed = error instanceof Unsettled && decisions[adoptionOf(resource, inputs)].there === "take over";
  const existing = isAllowed ? await resource.existing?.find(context.api, inputs) : undefined;
  if (!existing) throw error;
  return takeOver(resource, existing, inputs, context);
}

/** The natural key may be taken by what was not looked for, or was not there a moment ago. */
async function afterRefusal(resource: AnyResource, error: unknown, inputs: Inputs, context: Context): Promise<Created> {
  const { existing: known } = resource;
  if (!known || !isTaken(resource, error)) {
    throw await explained(resource, error, { api: context.api, inputs });
  }
  const refused = (error as Error).message;
  const existing = await known.find(context.api, inputs).catch((reason: unknown) => {
    throw new Error(`${refused}\n${(reason as Error).message}`, { cause: reason });
  });
  if (!existing) throw await explained(resource, error, { api: context.api, inputs });
  return takeOverOrRefuse(resource, existing, inputs, context, `${refused}\n`);
}

const isTaken = ({ existing: known }: AnyResource, error: unknown): boolean =>
  (known?.taken.some((code) => hasCode(error, code)) ?? false) || (known?.mayBeTaken?.(error) ?? false);

function takeOverOrRefuse(
  resource: AnyResource,
  existing: RemoteObject,
  inputs: Inputs,
  context: Context,
  before = "",
): Promise<Created> {
  if (decisions[adoptionOf(resource, inputs)].there === "conflict") {
    throw new Error(before + conflict(resource, existing, inputs));
  }
  return takeOver(resource, existing, inputs, context);
}

/** What the vendor's create could not take is set right after; the object is not lost when that fails. */
async function finish(resource: AnyResource, object: RemoteObject, inputs: Inputs, context: Context): Promise<Created> {
  const isLater = (property: string) =>
    (resource.inputs[property]?.traits.afterCreate ?? false) ||
    (property === resource.delivers?.input && inputs[property] !== undefined);
  const state = record(resource, {
    object,
    declared: inputs,
    previous: {},
    applied: (property) => !isLater(property),
    local: { adopted: false },
  });
  const tell = (left: State) => {
    const gain = resource.gain?.(object, left);
    if (gain !== undefined) context.messages.say(gain);
  };
  const rest = changesOf(resource, state, inputs).filter(({ property }) => isLater(property));
  const outs = await bring(resource, object.id, rest, state, inputs, context).catch(async (error: unknown) => {
    // It has been made all the same.
    const left = await whatIsLeft(resource, error, inputs, context);
    if (left) tell(left);
    throw error;
  });
  tell(outs);
  return { id: object.id, outs };
}

/** What there is of an object of which a later call failed; nothing where that cannot be told. */
async function whatIsLeft(
  resource: AnyResource,
  error: unknown,
  inputs: Inputs,
  { api }: Context,
): Promise<State | undefined> {
  if (!(error instanceof PartialFailure)) return undefined;
  const { id, properties, cause } = error;
  if (!isWorkosError(cause) || !cause.ambiguous) return properties;
  const object = await resource.get(api, id, properties).catch(() => undefined);
  return object && record(resource, { object, declared: inputs, previous: properties, applied: () => true });
}

async function admit(resource: AnyResource, inputs: Inputs, context: Context, found?: RemoteObject): Promise<void> {
  const person = resource.admits?.(inputs, context, found);
  if (person) await context.guards.admit(person);
}

/** Brings an existing object to the declared inputs with the fewest calls, and says so. */
async function takeOver(
  resource: AnyResource,
  existing: RemoteObject,
  inputs: Inputs,
  context: Context,
): Promise<Created> {
  await admit(resource, inputs, context, existing);
  const body = createBody(resource, inputs);
  const object = (await resource.existing?.revive?.(existing, inputs, body, context)) ?? existing;
  const local = await whatWasThere(resource, existing, inputs, context);
  const state = record(resource, {
    object,
    declared: inputs,
    previous: {},
    applied: (property) => !resource.inputs[property]?.traits.credential,
    local,
  });
  const changes = changesOf(resource, state, inputs);
  context.creates.takenOver.add(object.id);
  const outs = await bring(resource, object.id, changes, state, inputs, context);
  if (resource.existing?.given) return { id: object.id, outs };
  if (local.adopted === false) {
    context.messages.say(madeEarlier(resource, inputs, object.id));
    return { id: object.id, outs };
  }
  const became = resource.existing?.became?.(existing, outs);
  context.messages.say(
    `Adopted the ${resource.noun} ${resource.existing?.title?.(object) ?? resource.label(inputs)} (${object.id})${changes.length > 0 ? `: ${changes.map(({ property }) => property).join(", ")} changed` : ""}.${became === undefined ? "" : ` ${became}`}`,
  );
  return { id: object.id, outs };
}

/**
 * What is recorded of what was there before: noted on the disk before the first write, since a run may die after that
 * and before the engine knows, and the next one would take this program's own work for somebody else's.
 */
async function whatWasThere(
  resource: AnyResource,
  existing: RemoteObject,
  inputs: Inputs,
  context: Context,
): Promise<State> {
  const { existing: known } = resource;
  if (!known?.remember) return { adopted: true };
  const [noted] = await context.journal.find(takeOverOf(resource), inputs, context.clock);
  const isOwn = noted?.taken !== undefined && saysAll(resource, existing, noted.taken.wanted);
  const local = isOwn && noted.taken ? noted.taken.local : { adopted: true, ...known.remember(existing) };
  noteTakeOver(resource, inputs, local, context);
  return local;
}

/** Whether an object is as inputs declare it. */
function saysAll(resource: AnyResource, object: RemoteObject, declared: Inputs): boolean {
  const state = record(resource, { object, declared, previous: {}, applied: () => true });
  return changesOf(resource, state, declared).length === 0;
}

function noteTakeOver(resource: AnyResource, inputs: Inputs, local: State, { clock, journal }: Context): OpenCreate {
  const declared = Object.entries(inputs).filter(
    ([name]) => resource.inputs[name] && !resource.inputs[name].traits.secret,
  );
  const wanted = Object.fromEntries(declared);
  return journal.begin(takeOverOf(resource), inputs, { at: clock.now(), before: [], taken: { local, wanted } });
}

async function bring(
  resource: AnyResource,
  id: string,
  changes: readonly Change[],
  state: State,
  inputs: Inputs,
  context: Context,
): Promise<State> {
  if (changes.length === 0) {
    return state;
  }
  try {
    return await applyChanges(resource, id, changes, state, inputs, context);
  } catch (error) {
    throw error instanceof PartialFailure ? error : new PartialFailure(id, state, error);
  }
}

function conflict(resource: AnyResource, existing: RemoteObject, inputs: Inputs): string {
  const another = resource.existing?.another?.(existing, inputs);
  if (another !== undefined) return another;
  const described = resource.existing?.describe(existing);
  return `The ${resource.noun} ${resource.label(inputs)} exists already: ${existing.id}${described ? ` (${described})` : ""}. Where only the resource has another name in the program than before, name the former one with the option aliases: [{ name: "…" }]. To manage from here what this program has not managed before, set adopt: "if-exists": it is then brought to what is declared, and what its removal does is what onDestroy says of adopted ones. Otherwise remove it from the program, or the existing one from WorkOS.`;
}

/**
 * How long after an earlier run had begun its create the vendor may have carried it out: all its attempts, each of which
 * may wait for its turn. What is made later somebody else has made, who may be using it.
 */
const longestCreateMs = 15 * 60_000;

/**
 * An earlier run that died after the vendor had made the object, and before the engine knew: it is this program's own,
 * not one to be adopted. A key of which the value was lost in the same way is deleted, as after any lost answer.
 */
async function madeByEarlierRun(
  resource: AnyResource,
  inputs: Inputs,
  context: Context,
): Promise<RemoteObject | undefined> {
  const { api, clock, creates, journal, messages } = context;
  const earlier = await journal.find(resource, inputs, clock);
  if (earlier.length === 0) {
    return undefined;
  }
  const sinceThen = async (found: readonly RemoteObject[]) => {
    const each = earlier.map(async ({ at, before, made }) => {
      const latest = at + longestCreateMs;
      const ours = await creates.whatCanBeOurs(resource, inputs, before, at, api)(found);
      // Read last: another stack on this machine may have been answered a moment ago.
      const others = new Set((await journal.find(resource, inputs, clock)).find((one) => one.at === at)?.before);
      return ours.filter(
        (object) =>
          !others.has(object.id) &&
          (made ?? object.id) === object.id &&
          madeAt(object, api.vendorClock, -Infinity) <= latest,
      );
    });
    return [...new Set((await Promise.all(each)).flat())];
  };
  const recovered = await settleLost(
    resource,
    inputs,
    sinceThen,
    true,
    api,
    "An earlier run ended in the middle of this create. ",
    earlier.length,
  );
  if (recovered === "repeat") {
    return undefined;
  }
  creates.takenOver.add(recovered.id);
  messages.say(madeEarlier(resource, inputs, recovered.id));
  return recovered;
}

const madeEarlier = (resource: AnyResource, inputs: Inputs, id: string) =>
  `The ${resource.noun} ${resource.label(inputs)} (${id}) was made by an earlier run that ended before it was recorded; it is taken up again.`;

/** Sends the create, and finds out what came of it when the answer is lost. */
async function make(resource: AnyResource, inputs: Inputs, context: Context): Promise<RemoteObject> {
  const { api, clock, creates, journal } = context;
  await admit(resource, inputs, context);
  const there = resource.lookBefore ? await resource.lostAnswer(inputs).find(api) : [];
  const before = there.map(({ id }) => id);
  const body = createBody(resource, inputs);
  const startedAt = clock.now();
  const ours = creates.whatCanBeOurs(resource, inputs, before, startedAt, api);
  const begun = journal.begin(resource, inputs, { at: startedAt, before });
  // Nothing was there before, which a take-over of it by a later run has to know.
  const nothing = resource.existing?.remember && noteTakeOver(resource, inputs, { adopted: false }, context);
  const oursAlone = async (found: readonly RemoteObject[]) => {
    const candidates = await ours(found);
    // Read last: another stack on this machine may have been answered a moment ago.
    const others = new Set(begun.notOurs());
    return candidates.filter(({ id }) => !others.has(id));
  };
  let isLost = false;
  const send = () =>
    creates.follow(resource.create({ api, body })).catch(async (error: unknown) => {
      if (isWorkosError(error) && error.ambiguous) throw error;
      // An attempt before it, whose answer was lost, may have been carried out after it was looked for.
      const found = isLost ? await foundNow(resource, inputs, api).catch(() => []) : [];
      const [own, another] = await oursAlone(found);
      if (own && !another) return own;
      // Whatever was refused left nothing behind; what is lost may be carried out yet.
      if (!isLost) for (const note of [begun, nothing]) note?.close();
      throw error;
    });
  const made = await sendOnce(clock, send, async (lost, answered) => {
    isLost = true;
    return settleLost(resource, inputs, oursAlone, answered, api, `${lost.message}\n`).catch((reason: unknown) => {
      throw reason instanceof Unsettled
        ? reason
        : new Error(`${lost.message}\nWhat came of it could not be found out: ${messageOf(reason)}`, { cause: reason });
    });
  });
  begun.made(made.id);
  if (resource.wasThere?.(made)) creates.takenOver.add(made.id);
  const notice = resource.lookBefore?.(there, inputs, context);
  if (notice !== undefined) context.messages.say(notice);
  return made;
}

const messageOf = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));

/** What a create may have made, of all that looks like it; nothing where its value is lost with the answer. */
async function foundNow(resource: AnyResource, inputs: Inputs, api: Context["api"]): Promise<RemoteObject[]> {
  const policy = resource.lostAnswer(inputs);
  if (policy.discard) return [];
  return (await policy.find(api)).filter((object) => policy.canBeOurs?.(object) ?? true);
}

/** What came of a create cannot be told. */
class Unsettled extends Error {}

async function settleLost(
  resource: AnyResource,
  inputs: Inputs,
  whatIsOurs: (found: readonly RemoteObject[]) => Promise<RemoteObject[]>,
  answered: boolean,
  api: Context["api"],
  before: string,
  calls = 1,
): Promise<Recovered<RemoteObject>> {
  const policy = resource.lostAnswer(inputs);
  const found = await policy.find(api);
  const candidates = found.filter((object) => policy.canBeOurs?.(object) ?? true);
  const verdict = verdictOn(policy, found, await whatIsOurs(candidates), answered, calls);
  switch (verdict.do) {
    case "take":
      return verdict.object;
    case "discard":
      for (const object of verdict.objects) await policy.discard?.(api, object);
      return "repeat";
    case "repeat":
      return "repeat";
    case "stop":
      throw new Unsettled(before + verdict.reason);
  }
}
