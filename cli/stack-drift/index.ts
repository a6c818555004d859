/** What differs between what a stack has recorded and what is at WorkOS, without an engine. */
import { isDeepStrictEqual } from "node:util";
import { systemClock } from "../../api/clock";
import { isWorkosError } from "../../api/http/errors";
import { readConfig } from "../../provider/config";
import type { AnyResource } from "../../provider/declare/resource";
import { maskOf, secretMark } from "../../provider/declare/secrecy";
import { lifecycles } from "../../provider/lifecycles";
import { apiFor } from "../../provider/host";
import { type Context, contextOf, Guards, type Lifecycle, type Read, StackEnvironment } from "../../provider/lifecycle";
import { resources } from "../../provider/resources";
import { oneLine } from "../../provider/wording";
import { Directory, nameOf, type PreviewStep, redactorFor, type Values } from "../comment/preview";
import { type Scene } from "../comment/resources";
import { tallyOf } from "../comment/tally";
import type { Io } from "../io";
import { progressOf } from "../progress";
import { type StackResource, unread } from "./export";
import { isKnown, whatChanged, words } from "./words";

export interface PropertyDifference {
  readonly property: string;
  /** At WorkOS, as JSON; `[secret]` for what is one. */
  readonly has: string;
  /** What the program says. */
  readonly says: string;
}

export interface ResourceDifference {
  readonly kind: string;
  /** The resource's name. */
  readonly name: string;
  readonly id: string;
  /** Whether it is about what somebody may do, or how they are let in. */
  readonly access: boolean;
  readonly gone: boolean;
  /** What has happened, a sentence each. */
  readonly happened: readonly string[];
  readonly properties: readonly PropertyDifference[];
}

export interface StackDrift {
  /** `dev of infrastructure`. */
  readonly stack: string;
  /** How many of each kind were compared. */
  readonly compared: Readonly<Record<string, number>>;
  readonly differences: readonly ResourceDifference[];
  /** What could not be compared, and why. */
  readonly untold: readonly { readonly kind: string; readonly name: string; readonly reason: string }[];
}

/** What a read has found. */
type Found =
  | { readonly resource: StackResource; readonly read: Read; readonly differs: boolean }
  | { readonly resource: StackResource; readonly reason: string };

/**
 * With the settings of the environment: WORKOS_API_KEY, WORKOS_BASE_URL and the others.
 * @throws where the key is not valid, or leads to another environment than the stack's.
 */
export async function stackDrift(stack: readonly StackResource[], io: Io): Promise<StackDrift> {
  const config = readConfig(() => undefined, io.env);
  const api = apiFor(config, io.interrupted);
  const environment = new StackEnvironment(api, systemClock, {
    baseUrl: config.baseUrl,
    overridden: config.guards.overridden.has("environment"),
  });
  const guards = new Guards({ ...config.guards, allowedDomains: config.allowedDomains });
  const context = contextOf({ api, environment, guards });
  const progress = progressOf(io, (count) => `${count} resources read`);
  progress.expect(stack.length);
  try {
    const found = await Promise.all(
      stack.map(async (resource) => {
        const one = await look(resource, context);
        progress.step();
        return one;
      }),
    );
    return told(found, guards.settings);
  } finally {
    progress.end();
    await api.close();
  }
}

async function look(resource: StackResource, context: Context): Promise<Found> {
  const { kind, id, outputs } = resource;
  const life = lifecycles.get(kind);
  if (!life || !isKnown(kind)) return { resource, reason: `this version knows no ${kind}` };
  const hidden = hiddenKeys(resource);
  if (hidden !== undefined) return { resource, reason: hidden };
  try {
    const reason = await words[kind].unread?.(outputs, context.api);
    if (reason !== undefined) return { resource, reason };
    const read = await life.read(id, outputs, context);
    if (read.id === "") await context.environment.assertGone({ what: `${kind} ${id}`, state: outputs, look: gone });
    else context.environment.answered(outputs);
    return { resource, read, differs: differs(life, resource, read) };
  } catch (error) {
    if (!isWorkosError(error) || error.kind !== "forbidden") throw error;
    const [line = ""] = error.message.split("\n");
    return { resource, reason: `the key may not read it (${line})` };
  }
}

const gone = () => Promise.resolve(false);

/** By what is encrypted in the export nothing can be looked for, and nothing compared; what WorkOS never answers is not. */
function hiddenKeys({ kind, hidden }: StackResource): string | undefined {
  const needed = hidden.filter((name) => !name.startsWith("__") && !secretFields(kind).includes(name));
  return needed.length === 0
    ? undefined
    : `${needed.join(" and ")} ${needed.length === 1 ? "is" : "are"} encrypted in the export; make it with --show-secrets`;
}

function differs(life: Lifecycle, { inputs, outputs }: StackResource, { id, props = {}, inputs: now = {} }: Read) {
  if (id === "") return true;
  if (changedNames(inputs, now).length > 0) return true;
  // What the last run has left undone is no drift.
  return life.diff(props, inputs).changes && !life.diff(outputs, inputs).changes;
}

const changedNames = (before: Values, now: Values): string[] =>
  Object.keys({ ...before, ...now }).filter(
    (name) => !name.startsWith("__") && !isDeepStrictEqual(before[name], now[name]),
  );

function told(found: readonly Found[], settings: Scene["settings"]): StackDrift {
  const steps = found.map(stepOf);
  const directory = new Directory(steps);
  const scene: Scene = { directory, settings, said: [], tallies: tallyOf(steps, { directory, settings }) };
  const mask = maskFor(found, steps);
  const compared: Record<string, number> = Object.fromEntries(Object.keys(words).map((kind) => [kind, 0]));
  const differences: ResourceDifference[] = [];
  const untold: { kind: string; name: string; reason: string }[] = [];
  for (const [index, one] of found.entries()) {
    const { kind, id, urn, inputs } = one.resource;
    const name = mask(nameOf({ urn }));
    const step = steps[index];
    if (!("read" in one) || !isKnown(kind) || step === undefined) {
      untold.push({ kind, name, reason: mask("reason" in one ? one.reason : "") });
      continue;
    }
    compared[kind] = (compared[kind] ?? 0) + 1;
    if (!one.differs) continue;
    const isGone = one.read.id === "";
    const secret = secretNames(one.resource);
    const shown = (property: string, value: unknown) =>
      secret.has(property) ? unread : value === undefined ? "nothing" : short(mask(JSON.stringify(value)));
    const now = one.read.inputs ?? {};
    const names = isGone || kind === "OrganizationRoster" ? [] : changedNames(inputs, now);
    differences.push({
      kind,
      name,
      id,
      access: words[kind].access,
      gone: isGone,
      happened: (isGone
        ? [words[kind].gone({ ...inputs, ...one.resource.outputs }, step, scene)]
        : whatChanged(kind, step, scene)
      ).map((line) => mask(oneLine(line))),
      properties: names.map((property) => ({
        property,
        has: shown(property, now[property]),
        says: shown(property, inputs[property]),
      })),
    });
  }
  return { stack: stackOf(found), compared, differences, untold };
}

const longest = 200;
const short = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** As the engine would tell of it, if somebody's doing were a step of a plan. */
function stepOf(found: Found): PreviewStep {
  const { urn, id, inputs, outputs, propertyDependencies } = found.resource;
  // What happens at a removal from the program is no matter of what has happened.
  const { onDestroy: _policy, adopted: _adopted, ...recorded } = outputs;
  const { onDestroy: _declared, ...declared } = inputs;
  const state = { id, inputs: declared, outputs: recorded, propertyDependencies };
  if (!("read" in found) || !found.differs) return { op: "same", urn, oldState: state, newState: state };
  const { id: now, inputs: { onDestroy: _kept, ...has } = {}, props = {} } = found.read;
  if (now === "") return { op: "delete", urn, oldState: state };
  // A suspension is one, whether or not the program says anything of it.
  const status = found.resource.kind === "OrganizationMembership" ? { status: props.status } : {};
  return { op: "update", urn, oldState: state, newState: { ...state, inputs: { ...has, ...status }, outputs: props } };
}

function secretNames({ kind, inputs, outputs, hidden }: StackResource): ReadonlySet<string> {
  const marked = [inputs, outputs].flatMap(({ [secretMark]: mark }) =>
    typeof mark === "string" ? mark.split(",") : [],
  );
  return new Set([...hidden, ...marked, ...secretFields(kind)]);
}

/** Inputs and outputs that are secrets whatever a program says. */
function secretFields(kind: string): string[] {
  const { inputs, outputs } = Object.values<AnyResource>(resources).find((one) => one.kind === kind) ?? {};
  return Object.entries({ ...inputs, ...outputs }).flatMap(([name, { traits }]) => (traits.secret ? [name] : []));
}

/** Whatever is secret anywhere in the stack is shown nowhere. */
function maskFor(found: readonly Found[], steps: readonly PreviewStep[]): (text: string) => string {
  const masks = found.flatMap((one) => {
    const { kind, inputs, outputs } = one.resource;
    const now = "read" in one ? [one.read.props ?? {}, one.read.inputs ?? {}] : [];
    return (
      maskOf(
        lifecycles.get(kind)?.repeats ?? {},
        inputs,
        outputs,
        ...now.map((values) => ({ ...values, ...markOf(inputs) })),
      ) ?? []
    );
  });
  const redact = redactorFor({ steps });
  return (text) => masks.reduce((left, mask) => mask(left), redact(text));
}

const markOf = ({ [secretMark]: mark }: Values): Values => (mark === undefined ? {} : { [secretMark]: mark });

/** Of the first resource's URN: they all have the same. */
function stackOf([first]: readonly Found[]): string {
  const [stack = "", project = ""] = first?.resource.urn.slice("urn:pulumi:".length).split("::") ?? [];
  return first === undefined ? "the stack" : `${stack} of ${project}`;
}
