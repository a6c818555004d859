/**
 * A small model of the Pulumi engine: what it asks a provider, in which order, and what it records. A test holds it
 * against the real one.
 */
/** A value of another resource of the program, known once that is made. */
export interface Ref {
  readonly ref: string;
}

export type Inputs = Readonly<Record<string, unknown>>;

export interface Declared {
  readonly name: string;
  readonly kind: string;
  readonly inputs: Inputs;
  /** Names that it had before. */
  readonly aliases?: readonly string[];
}

export interface Recorded {
  readonly name: string;
  readonly kind: string;
  readonly id: string;
  readonly inputs: Inputs;
  readonly outputs: Inputs;
  readonly dependsOn: readonly string[];
  /** It was replaced, and is still to be deleted. */
  readonly deleting?: boolean;
  /** Why its last step was not done to the end. */
  readonly initErrors?: readonly string[];
}

export interface StackState {
  readonly resources: readonly Recorded[];
  /** What was under way when the engine ended. */
  readonly pending: readonly string[];
}

export const emptyState: StackState = { resources: [], pending: [] };

export type Op = "create" | "update" | "delete" | "replace" | "same" | "read" | "gone";

export interface Step {
  readonly op: Op;
  readonly name: string;
  readonly kind: string;
  readonly id: string;
  /** What it had recorded before. */
  readonly before?: Recorded;
  readonly after?: Recorded;
}

export interface Outcome {
  readonly state: StackState;
  readonly errors: readonly string[];
  readonly steps: readonly Step[];
  /** The engine or its provider's process was killed. */
  readonly killed: boolean;
}

/** Ours has all of it, and its values are no `any`. */
export interface Provider {
  check(olds: Inputs, news: Inputs): Promise<{ inputs: Inputs; failures?: readonly { reason: string }[] }>;
  diff(
    id: string,
    olds: Inputs,
    news: Inputs,
  ): Promise<{ changes?: boolean; replaces?: readonly string[]; deleteBeforeReplace?: boolean }>;
  create(inputs: Inputs): Promise<{ id: string; outs: Inputs }>;
  read(id: string, props: Inputs): Promise<{ id: string; props?: Inputs; inputs?: Inputs }>;
  update(id: string, olds: Inputs, news: Inputs): Promise<{ outs: Inputs }>;
  delete(id: string, props: Inputs): Promise<void>;
}

export interface Surroundings {
  readonly provider: (kind: string) => Provider;
  readonly isDead: () => boolean;
  /** Is told of each step right after the provider has answered, before it is recorded. */
  readonly onStep?: (step: Step) => void;
  /** The state as it is recorded from now on. */
  readonly onState?: (state: StackState) => void;
}

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const line = 'exports.handler = () => require("pulumi-workos/provider")';
const keyOf = ({ kind, name }: { kind: string; name: string }) => `${kind}::${name}`;

export const isRef = (value: unknown): value is Ref => typeof value === "object" && value !== null && "ref" in value;

/** Names of the resources that an input stands on. */
export function refsIn(value: unknown): string[] {
  if (isRef(value)) return [value.ref];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(refsIn);
  return [];
}

export interface UpOptions {
  readonly refresh?: boolean;
  /** How many resources are worked on at once. */
  readonly parallel?: number;
}

class Run {
  resources: Recorded[];
  readonly errors: string[] = [];
  readonly steps: Step[] = [];
  readonly #underWay = new Set<string>();

  constructor(
    before: StackState,
    readonly around: Surroundings,
    readonly parallel = 1,
  ) {
    this.resources = [...before.resources];
  }

  get failed(): boolean {
    return this.errors.length > 0;
  }

  get state(): StackState {
    return { resources: [...this.resources], pending: [...this.#underWay] };
  }

  outcome(killed = false): Outcome {
    return { state: this.state, errors: this.errors, steps: this.steps, killed };
  }

  saved(): void {
    this.around.onState?.(this.state);
  }

  put(after: Recorded, before?: Recorded): void {
    const place = before ? this.resources.indexOf(before) : -1;
    if (place >= 0) this.resources[place] = after;
    else this.resources.push(after);
  }

  step(step: Step): void {
    this.steps.push(step);
    this.around.onStep?.(step);
  }

  async under<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#underWay.add(name);
    this.saved();
    const result = await work().finally(() => this.#underWay.delete(name));
    return result;
  }

  fail(what: string, error: unknown): void {
    this.errors.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }

  async refresh(): Promise<void> {
    const all = [...this.resources].filter(({ deleting }) => !deleting);
    await inPool(all, this.parallel, async (recorded) => {
      if (this.failed) return;
      const provider = this.around.provider(recorded.kind);
      try {
        const { id, props, inputs } = await provider.read(recorded.id, recorded.outputs);
        if (id === "") {
          this.step({ ...recorded, op: "gone", before: recorded });
          this.resources = this.resources.filter((one) => one !== recorded);
          this.saved();
          return;
        }
        const after: Recorded = {
          ...recorded,
          id,
          outputs: { ...props, __provider: line },
          inputs: inputs ? { ...inputs, __provider: line } : recorded.inputs,
          initErrors: undefined,
        };
        // For what it shows; the result changes nothing.
        await provider.diff(id, after.outputs, recorded.inputs);
        this.step({ ...after, op: "read", before: recorded, after });
        this.put(after, recorded);
        this.saved();
      } catch (error) {
        this.fail(`refreshing ${recorded.name}`, error);
      }
    });
  }

  async create(declared: Declared, inputs: Inputs, dependsOn: readonly string[], replaced?: Recorded): Promise<void> {
    const { name, kind } = declared;
    const put = (id: string, outs: Inputs, initErrors?: readonly string[]) => {
      const after = { name, kind, id, inputs, outputs: { ...outs, __provider: line }, dependsOn, initErrors };
      if (!initErrors) this.step({ op: replaced ? "replace" : "create", name, kind, id, before: replaced, after });
      if (replaced && this.resources.includes(replaced)) this.put({ ...replaced, deleting: true }, replaced);
      this.put(after);
    };
    try {
      const { id, outs } = await this.under(`creating ${name}`, () => this.around.provider(kind).create(inputs));
      put(id, outs);
    } catch (error) {
      const partial = partialOf(error);
      if (partial?.id !== undefined) put(partial.id, partial.properties, partial.reasons);
      this.fail(`creating ${name}`, error);
    }
    this.saved();
  }

  async update(before: Recorded, inputs: Inputs, dependsOn: readonly string[]): Promise<void> {
    const { name, kind, id } = before;
    const put = (outs: Inputs, initErrors?: readonly string[]) => {
      const after = { ...before, inputs, outputs: { ...outs, __provider: line }, dependsOn, initErrors };
      if (!initErrors) this.step({ op: "update", name, kind, id, before, after });
      this.put(after, before);
    };
    try {
      const { outs } = await this.under(`updating ${name}`, () =>
        this.around.provider(kind).update(id, before.outputs, inputs),
      );
      put(outs);
    } catch (error) {
      const partial = partialOf(error);
      if (partial) put(partial.properties, partial.reasons);
      this.fail(`updating ${name}`, error);
    }
    this.saved();
  }

  async delete(recorded: Recorded): Promise<void> {
    try {
      await this.under(`deleting ${recorded.name}`, () =>
        this.around.provider(recorded.kind).delete(recorded.id, recorded.outputs),
      );
      this.step({ ...recorded, op: "delete", before: recorded });
      this.resources = this.resources.filter((one) => one !== recorded);
    } catch (error) {
      this.fail(`deleting ${recorded.name}`, error);
    }
    this.saved();
  }

  /** Whatever nothing else stands on, first. */
  async deleteAll(all: readonly Recorded[]): Promise<void> {
    const left = new Set(all);
    while (left.size > 0 && !this.failed) {
      const free = [...left].filter(
        (one) =>
          one.deleting === true || ![...left].some((other) => other !== one && other.dependsOn.includes(one.name)),
      );
      const now = free.length > 0 ? free : [...left];
      for (const one of now) left.delete(one);
      await inPool(now, this.parallel, (one) => (this.failed ? Promise.resolve() : this.delete(one)));
    }
  }

  /** The values of a program, with those of other resources; nothing where one of them was not made. */
  resolved(value: unknown, isPreview: boolean): unknown {
    if (isRef(value)) {
      const found = this.resources.find(({ name, deleting }) => name === value.ref && !deleting);
      return found?.id ?? (isPreview ? unknown : undefined);
    }
    if (Array.isArray(value)) return value.map((one) => this.resolved(one, isPreview));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.resolved(one, isPreview)]));
    }
    return value;
  }

  async register(declared: Declared, isPreview: boolean): Promise<void> {
    const { name, kind } = declared;
    const inputs = { ...(this.resolved(declared.inputs, isPreview) as Inputs), __provider: line };
    const dependsOn = [...new Set(refsIn(declared.inputs))];
    const provider = this.around.provider(kind);
    const names = [name, ...(declared.aliases ?? [])];
    const found = names
      .map((one) => this.resources.find((other) => keyOf(other) === keyOf({ kind, name: one }) && !other.deleting))
      .find((one) => one !== undefined);
    const recorded = found && found.name !== name ? { ...found, name } : found;
    if (found && recorded && recorded !== found) this.put(recorded, found);
    const check = async (olds: Inputs): Promise<Inputs | undefined> => {
      const { inputs: checked, failures = [] } = await provider.check(olds, inputs);
      if (failures.length === 0) return { ...checked, __provider: line };
      this.fail(`checking ${name}`, failures.map(({ reason }) => reason).join("; "));
      return undefined;
    };
    try {
      const news = await check(recorded?.inputs ?? {});
      if (!news) return;
      if (!recorded) {
        if (!isPreview) await this.create(declared, news, dependsOn);
        return;
      }
      const { changes, replaces = [], deleteBeforeReplace } = await provider.diff(recorded.id, recorded.outputs, news);
      if (replaces.length > 0) {
        const anew = await check({});
        if (!anew || isPreview) return;
        if (deleteBeforeReplace) {
          await this.delete(recorded);
          if (!this.failed) await this.create(declared, anew, dependsOn, recorded);
        } else {
          await this.create(declared, anew, dependsOn, recorded);
        }
        return;
      }
      if (isPreview) return;
      if (changes === false && !recorded.initErrors) {
        const after = { ...recorded, inputs: news, dependsOn };
        this.step({ op: "same", name, kind, id: recorded.id, before: recorded, after });
        this.put(after, recorded);
        this.saved();
      } else {
        await this.update(recorded, news, dependsOn);
      }
    } catch (error) {
      this.fail(`planning ${name}`, error);
    }
  }

  /** Each as soon as what it stands on is done. */
  async registerAll(program: readonly Declared[], isPreview: boolean): Promise<void> {
    const done = new Set<string>();
    const left = [...program];
    const names = new Set(program.map(({ name }) => name));
    while (left.length > 0 && (!this.failed || isPreview)) {
      const ready = left.filter(({ inputs }) => refsIn(inputs).every((ref) => done.has(ref) || !names.has(ref)));
      const now = (ready.length > 0 ? ready : left).slice(0, this.parallel);
      for (const one of now) left.splice(left.indexOf(one), 1);
      await Promise.all(now.map((one) => this.register(one, isPreview)));
      for (const { name } of now) done.add(name);
    }
  }
}

function partialOf(error: unknown): { id?: string; properties: Inputs; reasons: readonly string[] } | undefined {
  const { id, properties, reasons } = error as { id?: string; properties?: Inputs; reasons?: readonly string[] };
  return properties ? { id, properties, reasons: reasons ?? [] } : undefined;
}

async function inPool<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}

/** What the engine does before it plans anything: what was left half done by a replacement is ended with the rest. */
export async function up(
  program: readonly Declared[],
  before: StackState,
  around: Surroundings,
  { refresh = false, parallel = 1 }: UpOptions = {},
): Promise<Outcome> {
  const run = new Run(before, around, parallel);
  if (refresh) await run.refresh();
  if (run.failed) return run.outcome();
  await run.registerAll(program, false);
  if (run.failed) return run.outcome();
  const declared = new Set(program.map(keyOf));
  await run.deleteAll(run.resources.filter((one) => one.deleting ?? !declared.has(keyOf(one))));
  return run.outcome();
}

export async function preview(
  program: readonly Declared[],
  before: StackState,
  around: Surroundings,
): Promise<Outcome> {
  const run = new Run(before, around);
  await run.registerAll(program, true);
  return { ...run.outcome(), state: before };
}

export async function refresh(before: StackState, around: Surroundings, parallel = 1): Promise<Outcome> {
  const run = new Run(before, around, parallel);
  await run.refresh();
  return run.outcome();
}

export async function destroy(before: StackState, around: Surroundings, parallel = 1): Promise<Outcome> {
  const run = new Run(before, around, parallel);
  await run.deleteAll(run.resources);
  return run.outcome();
}
