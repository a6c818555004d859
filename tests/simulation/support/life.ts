/** Runs a history, and looks after every step whether everything is as it must be. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateDump } from "../../../emulator";
import { AuthKit } from "./authkit";
import {
  type Declared,
  destroy,
  emptyState,
  isRef,
  type Outcome,
  preview,
  type Recorded,
  refresh,
  refsIn,
  type StackState,
  type Step,
  up,
} from "./engine";
import {
  addressOf,
  type Declaration,
  externalIdOf,
  type History,
  type Key,
  type Outside,
  type RunStep,
} from "./history";
import { resources } from "../../../provider/resources";
import { declaredSecrets, thingOf, thingsIn } from "./things";
import { happen, type Touched, within } from "./outside";
import { startProcess } from "./process";
import { Random } from "./random";
import { EndlessWait, Timeline } from "./timeline";
import { difference, lie, Reader, rolesOf } from "./truths";
import { wire } from "./wire";

/** Something that must never be so. */
export class Violation extends Error {
  constructor(
    readonly rule: string,
    message: string,
  ) {
    super(`${rule}: ${message}`);
  }
}

interface Stack {
  readonly name: string;
  readonly program: Map<Key, { name: string; declaration: Declaration; aliases: string[] }>;
  state: StackState;
  /** Older ones, oldest first. */
  readonly history: StackState[];
}

/** What one run says and does. */
interface Report {
  readonly stack: Stack;
  readonly lines: string[];
  outcome?: Outcome;
}

/** By how much the vendor's clock and ours may differ, in the provider's eyes, and a little more. */
const sameSecondsMs = 6_000;

const secretOutputs = ["value", "token", "acceptInvitationUrl", "secret", "clientSecret"];
/** What is told once, and where. */
const toldOnce: Readonly<Record<string, string>> = {
  OrganizationApiKey: "value",
  UserApiKey: "value",
  ConnectApplicationSecret: "secret",
  WebhookEndpoint: "secret",
};
/** The template before any program. */
const firstTemplate = '{ "first": true }';
const githubIntegration = { provider: "github", credentials: { type: "organization" } };
const password = "correct-horse-battery-staple";

export class Life {
  readonly log: string[] = [];
  private readonly clock = new Timeline();
  private readonly random: Random;
  private readonly stacks: Stack[];
  private readonly directory = mkdtempSync(join(tmpdir(), "simulation-"));
  /** Objects that our processes have made, by id, with the value of keys. */
  private readonly made = new Map<string, string | undefined>();
  /** The stack whose process has made it. */
  private readonly makers = new Map<string, string>();
  /** Entries of Radar that a killed process has taken off their list, and nobody has put on it since. */
  private readonly takenOff = new Set<string>();
  /** Keys that a stack has deleted although another one has made them. */
  private trespasses: { readonly id: string; readonly by: string }[] = [];
  /** Ids that nobody has to account for: dropped by an older state, or by a process that was killed. */
  private readonly excused = new Set<string>();
  /** Everything that a run has ever said. */
  private said = "";
  /** A stack has a state that is older than what its runs have done. */
  private isOlder = false;
  /** A stack was given an older state. */
  private isRestored = false;
  /** A run of its own has refreshed that, so that nothing tells of a mail that has gone out. */
  private isHidden = false;
  /** When things were made. */
  private readonly madeAt = new Map<string, number>();
  /** Objects of which nothing may tell the stack that has made them. */
  private readonly unclear = new Set<string>();
  private readonly mailed = new Map<string, string>();
  /** What belongs to no program, by environment. */
  private readonly outsiders = new Map<AuthKit, readonly string[]>();
  /** Nothing can tell what singletons were before: somebody else has changed them, or a state was lost. */
  private isUntold = false;

  private constructor(
    private readonly history: History,
    private readonly home: AuthKit,
    private readonly away: AuthKit,
    clock: Timeline,
  ) {
    this.clock = clock;
    this.random = new Random(history.seed ^ 0x5bd1e995);
    this.stacks = Array.from({ length: history.stacks }, (_, index) => ({
      name: `stack${index}`,
      program: new Map<Key, { name: string; declaration: Declaration; aliases: string[] }>(),
      state: emptyState,
      history: [],
    }));
  }

  /** @throws {Violation} */
  static async of(history: History): Promise<Life> {
    const clock = new Timeline();
    const [home, away] = [await AuthKit.start("home", clock), await AuthKit.start("away", clock)];
    const life = new Life(history, home, away, clock);
    try {
      await life.begin();
      for (const [index, step] of history.steps.entries()) {
        life.note(`step ${index}: ${JSON.stringify(step)}`);
        await life.act(step);
      }
      await life.quiet();
      return life;
    } catch (error) {
      if (error instanceof Error) (error as Error & { log?: readonly string[] }).log = life.log;
      throw error;
    } finally {
      rmSync(life.directory, { recursive: true, force: true });
    }
  }

  private note(line: string): void {
    this.log.push(line);
  }

  /** Who is there before any program, and is to be left alone. */
  private async begin(): Promise<void> {
    const { switches } = this.history;
    const { asyncDeletesMs, ...others } = switches;
    this.home.control.switches.set(JSON.parse(JSON.stringify(others)) as typeof others);
    if (asyncDeletesMs !== undefined) this.home.control.asyncDeletes.set({ delayMs: asyncDeletesMs });
    for (const authKit of [this.home, this.away]) {
      const organization = await authKit.call("POST", "/organizations", {
        name: "Outsiders",
        external_id: "outsiders",
      });
      for (const who of ["olga", "otto"]) {
        const user = await authKit.call("POST", "/user_management/users", { email: `${who}@example.org` });
        await authKit.call("POST", "/user_management/organization_memberships", {
          user_id: user?.id,
          organization_id: organization?.id,
          role_slug: who === "olga" ? "admin" : "member",
        });
      }
      await authKit.call("POST", `/organizations/${String(organization?.id)}/api_keys`, { name: "CI" });
      await this.furnish(authKit, String(organization?.id));
    }
  }

  /** What the environment has besides people, of which nothing is any program's. */
  private async furnish(authKit: AuthKit, organization_id: string): Promise<void> {
    const call = async (method: string, path: string, body: object) => (await authKit.call(method, path, body))?.id;
    const [first] = authKit.state().organizationMemberships;
    const group = await call("POST", `/organizations/${organization_id}/groups`, { name: "group-eng" });
    const inIt = `/organizations/${organization_id}/groups/${String(group)}/organization-memberships`;
    await call("POST", inIt, { organization_membership_id: first?.id });
    await call("POST", `/authorization/groups/${String(group)}/role_assignments`, { role_slug: "viewer" });
    const project = { organization_id, resource_type_slug: "project", external_id: "apollo", name: "Apollo" };
    const resource_id = await call("POST", "/authorization/resources", project);
    const assigned = `/authorization/organization_memberships/${first?.id}/role_assignments`;
    await call("POST", assigned, { role_slug: "project-lead", resource_id });
    const key = { name: "Laptop", organization_id };
    await call("POST", `/user_management/users/${first?.user_id}/api_keys`, key);
    const worker = { name: "app-worker", application_type: "m2m", organization_id };
    const app = await call("POST", "/connect/applications", worker);
    await call("POST", `/connect/applications/${String(app)}/client_secrets`, {});
    await call("POST", "/user_management/redirect_uris", { uri: "https://outsiders.example.com/back" });
    await call("POST", "/user_management/cors_origins", { origin: "https://outsiders.example.com" });
    const hooks = { endpoint_url: "https://outsiders.example.com/hooks", events: ["user.created"] };
    await call("POST", "/webhook_endpoints", hooks);
    await call("POST", "/vault/v1/kv", { name: "outsiders", value: "outsiders-value", key_context: { tenant: "out" } });
    await call("PUT", `/organizations/${organization_id}/audit_logs_retention`, { retention_period_in_days: 365 });
    await call("POST", "/radar/lists/ip_address/block", { entry: "203.0.113.99" });
    await call("POST", `/feature-flags/on/targets/${organization_id}`, {});
    await call("POST", "/data-integrations", githubIntegration);
    await call("PUT", "/user_management/jwt_template", { content: firstTemplate });
    this.outsiders.set(authKit, thingsIn(authKit.state()).map(facts));
  }

  /** What no program has touched is as it was. */
  private checkThings(): void {
    for (const [authKit, before] of this.outsiders) {
      const state = authKit.state();
      const now = new Set(thingsIn(state).map(facts));
      // What goes with somebody or something that others have deleted is told of those.
      const there = new Set(
        [state.users, state.organizations, state.organizationMemberships].flat().map(({ id }) => id),
      );
      const house = state.organizations.find(({ external_id }) => external_id === "outsiders");
      if (!house || state.pendingDeletions.some(({ id }) => id === house.id)) this.outsiders.set(authKit, []);
      const isLost = (one: string) =>
        !now.has(one) && (one.match(/\b(?:org|user|om)_[0-9A-Z]{26}\b/g) ?? []).every((id) => there.has(id));
      const lost = house ? before.filter(isLost) : [];
      if (lost.length > 0) throw new Violation("nobody outside the program is changed", lost.join("; "));
    }
  }

  private async act(step: History["steps"][number]): Promise<void> {
    switch (step.do) {
      case "declare": {
        const { program } = this.stack(step.stack);
        const { declaration } = step;
        const there = program.get(declaration.key);
        program.set(declaration.key, { name: declaration.key, aliases: [], ...there, declaration });
        return;
      }
      case "remove":
        this.stack(step.stack).program.delete(step.key);
        return;
      case "rename": {
        const { program } = this.stack(step.stack);
        const there = program.get(step.key);
        if (!there) return;
        this.isUntold ||= !step.alias;
        const aliases = step.alias ? [...there.aliases, there.name] : [];
        program.set(step.key, { ...there, name: step.to, aliases });
        return;
      }
      case "move": {
        const [from, to] = [this.stack(step.stack), this.stack(step.to)];
        const there = from.program.get(step.key);
        if (!there || to.program.has(step.key)) return;
        from.program.delete(step.key);
        to.program.set(step.key, there);
        const names = [there.name, ...there.aliases];
        const moved = from.state.resources.filter(
          ({ name, kind }) => names.includes(name) && kind === there.declaration.kind,
        );
        from.state = { ...from.state, resources: from.state.resources.filter((one) => !moved.includes(one)) };
        to.state = { ...to.state, resources: [...to.state.resources, ...moved] };
        return;
      }
      case "restore": {
        const stack = this.stack(step.stack);
        const older = stack.history.at(-1 - step.back);
        if (!older) return;
        this.isOlder = true;
        this.isUntold = true;
        this.isRestored = true;
        for (const { id } of stack.state.resources) this.excused.add(id);
        for (const { id } of older.resources) this.excused.add(id);
        stack.state = older;
        return;
      }
      case "outside":
        await this.happen(step.what);
        return;
      case "wait":
        this.clock.advance(step.ms);
        return;
      case "run":
        await this.run(step);
    }
  }

  private stack(index: number): Stack {
    const stack = this.stacks[index];
    if (!stack) throw new Error(`there is no stack ${index}`);
    return stack;
  }

  /** The program as the engine sees it: what stands on something that is nowhere cannot be declared. */
  private programOf(stack: Stack, change: (declaration: Declaration) => Declaration = (one) => one): Declared[] {
    let declared: Declared[] = [];
    const left = [...stack.program.values()];
    for (const { name, aliases, declaration } of left) {
      const { kind, inputs } = change(declaration);
      let missing = false;
      const resolved = Object.fromEntries(
        Object.entries(inputs).map(([property, value]) => {
          const named = (one: unknown): unknown => {
            if (Array.isArray(one)) return one.map(named);
            if (!isRef(one)) return one;
            const own = stack.program.get(one.ref);
            if (own) return { ref: own.name };
            const id = this.idOf(one.ref);
            missing ||= id === undefined;
            return id;
          };
          return [property, named(value)];
        }),
      );
      if (!missing) declared.push({ name, kind, aliases, inputs: resolved });
    }
    // What stands on something of the program itself that is not declared either.
    for (let size = -1; size !== declared.length;) {
      size = declared.length;
      const known = new Set(declared.map(({ name }) => name));
      declared = declared.filter(({ inputs }) => refsIn(inputs).every((one) => known.has(one)));
    }
    const order = ["Organization", "OrganizationRole", "User"];
    const place = ({ kind }: Declared) => (order.includes(kind) ? order.indexOf(kind) : order.length);
    return declared.sort((one, other) => place(one) - place(other));
  }

  /** What another stack tells of a thing, or whoever looks it up. */
  private idOf(key: Key): string | undefined {
    for (const { program, state } of this.stacks) {
      const name = program.get(key)?.name;
      const found = state.resources.find((one) => one.name === name && !one.deleting);
      if (found) return found.id;
    }
    if (!/^(org|user)-/.test(key)) return undefined;
    const state = this.home.state();
    const which = key.slice(key.indexOf("-") + 1);
    return key.startsWith("org-")
      ? state.organizations.find(({ external_id }) => external_id === externalIdOf(which))?.id
      : state.users.find(({ email }) => email === addressOf(which))?.id;
  }

  private async run(step: RunStep): Promise<readonly Report[]> {
    const before = this.home.state();
    const awayBefore = core(this.away.state());
    const mailsBefore = this.home.control.mailbox.list().length;
    const touched = { ids: new Set<string>(), addresses: new Set<string>() };
    const touch = ({ ids, addresses }: Touched) => {
      for (const id of ids) touched.ids.add(id);
      for (const address of addresses) touched.addresses.add(address);
    };
    // What was accepted before ends when it is due.
    for (const { id } of before.pendingDeletions) {
      touched.ids.add(id);
      for (const inside of within(before, id)) touched.ids.add(inside);
      for (const one of before.organizationMemberships) if (one.user_id === id) touched.ids.add(one.id);
    }
    const madeNow = new Set<string>();
    const began = this.clock.now();
    const indices = step.beside === undefined ? [step.stack] : [step.stack, step.beside];
    const statesBefore = this.stacks.map(({ state }) => state);
    const reports = await this.clock
      .drive(
        Promise.all(
          indices.map((index, turn) =>
            this.operate(step, this.stack(index), turn === 0, { before, touch, touched, madeNow }),
          ),
        ),
      )
      .catch((error: unknown) => {
        throw error instanceof EndlessWait ? new Violation("no wait without an end", error.message) : error;
      });
    for (const { stack, lines, outcome } of reports) {
      for (const line of lines) this.note(`  ${stack.name} says: ${line}`);
      for (const { op, name, id } of outcome?.steps ?? [])
        if (op !== "same") this.note(`  ${stack.name}: ${op} ${name} ${id}`);
      for (const error of outcome?.errors ?? []) this.note(`  ${stack.name} fails: ${error}`);
      if (outcome?.killed) this.note(`  ${stack.name} was killed`);
      this.said += [...lines, ...(outcome?.errors ?? [])].join("\n");
    }
    const after = this.home.state();
    this.checkSecrets(reports);
    this.checkKeys(reports);
    // What another stack made within the same seconds as a create whose answer is lost cannot be told from its own.
    if (step.faults.length > 0 || step.engineKilledAfter !== undefined) {
      const others = step.beside === undefined ? [] : madeNow;
      const justBefore = [...this.madeAt].filter(([, at]) => at > began - sameSecondsMs).map(([id]) => id);
      for (const id of [...others, ...justBefore]) this.unclear.add(id);
    }
    this.checkOwners();
    this.checkThings();
    this.checkTrespasses(statesBefore);
    if (step.at === undefined) {
      const facts = { step, before, after, reports, statesBefore, touched, madeNow };
      this.checkMails(mailsBefore, facts);
      this.isHidden ||= this.isRestored && (step.what === "refresh" || step.refresh === true);
      this.checkOthers(facts);
      this.checkGuards(facts);
      if (isUndisturbed(facts)) {
        this.checkOwnWay(facts);
        this.checkSuspended(facts);
      }
    } else {
      // What is made there and nothing reads is taken for there ever after, if a person says that this is the right one.
      this.isUntold ||= step.at === "another environment";
      this.checkRecordKept(step, statesBefore, before);
      if (step.at === "another environment") this.checkAway(awayBefore);
    }
    return reports;
  }

  /** One process of one stack, from its start to its end or its death. */
  private async operate(
    step: RunStep,
    stack: Stack,
    isFirst: boolean,
    watched: {
      before: StateDump;
      touch: (touched: Touched) => void;
      touched: { ids: Set<string>; addresses: Set<string> };
      madeNow: Set<string>;
    },
  ): Promise<Report> {
    const { before, touch, touched, madeNow } = watched;
    const report: Report = { stack, lines: [] };
    const authKit = step.at === "another environment" ? this.away : this.home;
    let dead = false;
    let die: () => void = () => undefined;
    const death = new Promise<void>((resolve) => {
      die = resolve;
    });
    const kill = () => {
      dead = true;
      die();
    };
    const reader = new Reader();
    let falsehood: string | undefined;
    const isQuiet = step.beside === undefined;
    const moment = () => ({
      now: this.home.state(),
      before,
      recorded: stack.state.resources,
      madeNow: (id: string) => madeNow.has(id),
      madeEver: (id: string) => this.makers.get(id) === stack.name || this.unclear.has(id),
    });
    const process = startProcess({
      settings: this.settings(authKit, step.at === "elsewhere"),
      environment: {
        PULUMI_HOME: this.directory,
        ...(step.overridden
          ? {
              WORKOS_OVERRIDE_MIN_ADMINS: "1",
              WORKOS_OVERRIDE_MAX_REMOVALS: "1",
              WORKOS_OVERRIDE_FORCE_DESTROY: "1",
              ...(step.everythingGone ? { WORKOS_OVERRIDE_ENVIRONMENT: "1" } : {}),
            }
          : {}),
      },
      stack: stack.name,
      clock: this.clock,
      random: this.random,
      print: (line) => {
        if (dead) return;
        report.lines.push(line);
        if (step.at !== undefined) return;
        const wrong = reader.falsehood(line, moment(), (who) => !isQuiet || touched.addresses.has(who), isQuiet);
        if (wrong !== undefined) falsehood ??= `"${line}", but ${wrong}`;
      },
      transport: wire({
        authKit: () => authKit,
        clock: this.clock,
        random: this.random,
        faults: isFirst ? (step.at === "elsewhere" ? everywhere : step.faults) : [],
        isDead: () => dead,
        kill,
        meanwhile: async (at) => {
          const what = step.meanwhile?.[at];
          // What a killed process has on its way arrives in a later run, of which this is no part.
          if (!what || dead) return;
          touch(await this.happen(what));
        },
        answered: ({ method, path, body: sent }, { status, body }) => {
          const list = /^\/radar\/lists\/(\w+\/\w+)$/.exec(path)?.[1];
          if (list !== undefined && status < 300) {
            const entry = `${list}/${(JSON.parse(sent ?? "{}") as { entry?: string }).entry}`;
            if (method === "POST") this.takenOff.delete(entry);
            else offNow.add(entry);
            // It arrives after the process that has sent it has ended.
            if (dead && method === "DELETE") this.takenOff.add(entry);
          }
          const ended =
            method === "DELETE" && status < 300
              ? /^\/(?:api_keys|connect\/client_secrets)\/(\w+)$/.exec(path)?.[1]
              : undefined;
          const maker = ended === undefined ? undefined : this.makers.get(ended);
          const isOwn = maker === stack.name || stack.state.resources.some(({ id }) => id === ended);
          if (ended !== undefined && maker !== undefined && !isOwn) this.trespasses.push({ id: ended, by: stack.name });
          if (method !== "POST" || status !== 201) return;
          if (body === "") return;
          const { id, value, secret, created_at } = JSON.parse(body) as Record<string, string | undefined>;
          // Creating over a suspended membership answers the one that was there.
          if (id === undefined || Date.parse(created_at ?? "") !== this.clock.now() || /\/(accept|resend)$/.test(path))
            return;
          madeNow.add(id);
          this.made.set(id, value ?? secret);
          this.makers.set(id, stack.name);
          this.madeAt.set(id, this.clock.now());
          if (dead) this.excused.add(id);
        },
      }),
    });
    let answers = 0;
    let recorded = stack.state;
    const around = {
      provider: process.provider,
      isDead: () => dead,
      onStep: (done: Step) => {
        if (dead) return;
        if (++answers === step.engineKilledAfter && isFirst) {
          process.engineLost();
          kill();
          return;
        }
        const disturbed =
          touched.ids.has(done.id) ||
          Object.keys(done.after?.inputs.members ?? {}).some((who) => touched.addresses.has(who)) ||
          [...touched.ids].some((id) => Object.values(done.before?.outputs ?? {}).includes(id)) ||
          (done.op === "create" && standsOnWhatIsGone(done, touched.ids, this.home.state()));
        if (step.at !== undefined || disturbed || !isQuiet) return;
        const others = (id: string) =>
          stack.state.resources.filter((one) => one.id === id).length > 1 ||
          report.outcome?.steps.some((one) => one.id === id && one !== done) === true ||
          taken.has(id);
        if (done.op === "create" || done.op === "replace") taken.add(done.id);
        const wrong = lie(done, this.home.state(), others);
        if (wrong !== undefined) falsehood ??= `${done.op} of ${done.name} (${done.id}) is done, but ${wrong}`;
      },
      onState: (state: StackState) => {
        if (!dead) recorded = state;
      },
    };
    const offNow = new Set<string>();
    const taken = new Set<string>();
    const { parallel } = step;
    const program = this.programOf(stack);
    const work = (): Promise<Outcome> => {
      switch (step.what) {
        case "up":
          return up(program, stack.state, around, { refresh: step.refresh ?? false, parallel });
        case "preview":
          return preview(program, stack.state, around);
        case "refresh":
          return refresh(stack.state, around, parallel);
        case "destroy":
          return destroy(stack.state, around, parallel);
      }
    };
    const outcome = await Promise.race([
      work(),
      death.then((): Outcome => ({ state: recorded, errors: [], steps: [], killed: true })),
    ]);
    dead = true;
    report.outcome = outcome;
    // Nothing reads Radar's lists: what a killed run has taken off, and is recorded still, nothing tells the next one.
    if (outcome.killed) for (const entry of offNow) this.takenOff.add(entry);
    if (outcome.state !== stack.state && step.what !== "preview") {
      stack.history.push(stack.state);
      stack.state = { ...outcome.state, pending: [] };
    }
    if (falsehood !== undefined) {
      for (const line of report.lines) this.note(`  ${stack.name} says: ${line}`);
      for (const error of outcome.errors) this.note(`  ${stack.name} fails: ${error}`);
      throw new Violation("every line of a report is true", falsehood);
    }
    return report;
  }

  private settings(authKit: AuthKit, elsewhere: boolean) {
    const { minAdmins, maxRemovals, requireForceDestroy } = this.history.settings;
    return {
      apiKey: authKit.apiKey,
      baseUrl: elsewhere
        ? "http://localhost:2/elsewhere"
        : authKit === this.home
          ? "http://localhost:1"
          : "http://localhost:3",
      ...(minAdmins === undefined ? {} : { minAdmins: String(minAdmins) }),
      ...(maxRemovals === undefined ? {} : { maxRemovals }),
      ...(requireForceDestroy ? { requireForceDestroy: "true" } : {}),
    };
  }

  private checkSecrets(reports: readonly Report[]): void {
    const secrets = [
      this.home.apiKey,
      this.away.apiKey,
      password,
      ...declaredSecrets,
      ...[...this.made.values()].filter((value) => value !== undefined),
      ...this.home.state().invitations.map(({ token }) => token),
    ];
    const notes = join(this.directory, "pulumi-workos/intents");
    const files = filesIn(notes).map((file) => readFileSync(join(notes, file), "utf8"));
    const printed = [...reports.flatMap(({ lines, outcome }) => [...lines, ...(outcome?.errors ?? [])]), ...files].join(
      "\n",
    );
    const shown = secrets.find((secret) => secret !== "" && printed.includes(secret));
    if (shown !== undefined) throw new Violation("no secret in any output", printed);
    for (const { state } of this.stacks) {
      for (const { name, outputs } of state.resources) {
        for (const [property, value] of Object.entries(outputs)) {
          const isSecret = secretOutputs.includes(property) || property === "password";
          if (!isSecret && secrets.some((secret) => secret !== "" && JSON.stringify(value ?? "").includes(secret))) {
            throw new Violation("no secret in any output", `${property} of ${name}`);
          }
        }
      }
    }
  }

  /** Of every key that is alive and recorded, the value is recorded too; and every key that was made is accounted for. */
  private checkKeys(reports: readonly Report[]): void {
    const { apiKeys, userApiKeys, clientSecrets, webhookEndpoints } = this.home.state();
    const recorded = this.stacks.flatMap(({ state }) => state.resources).filter(({ kind }) => kind in toldOnce);
    const alive = [...apiKeys, ...userApiKeys, ...clientSecrets, ...webhookEndpoints];
    for (const { id, name, kind, outputs } of recorded) {
      const value = this.made.get(id);
      const kept = outputs[toldOnce[kind] ?? ""];
      const lives = alive.some((one) => one.id === id);
      if (lives && value !== undefined && kept !== value) {
        throw new Violation("no key value is lost", `${name} (${id}) is recorded with ${String(kept)}`);
      }
    }
    this.isOlder ||= reports.some(({ outcome }) => outcome?.killed);
    const isTroubled = reports.some(({ outcome }) => outcome?.killed);
    const secrets = clientSecrets.map(({ id }) => ({ id, name: undefined, expires_at: null }));
    for (const { id, name: keyName, expires_at } of [...apiKeys, ...userApiKeys, ...secrets]) {
      if (!this.made.has(id) || recorded.some((one) => one.id === id) || this.excused.has(id)) continue;
      // It arrived after the run that had sent it was over, which has said that it may.
      const what = keyName === undefined ? "No new client secret" : `No new API key named "${keyName}" was found`;
      const isForetold = this.said.includes(what);
      if (isTroubled || isForetold || expires_at !== null || this.said.includes(id)) this.excused.add(id);
      else if (reports.every(({ outcome }) => outcome?.errors.length === 0)) {
        throw new Violation("nothing is made twice", `the key ${id} lives and is recorded nowhere`);
      }
    }
  }

  /** What one stack has made is no other's, unless that was told to take it over. */
  private checkOwners(): void {
    const owners = new Map<string, string>();
    const shared = this.history.switches.activeDuplicateMembership === "return";
    for (const { name: stack, state } of this.stacks) {
      for (const { id, name, kind, inputs, outputs } of state.resources) {
        // A create that is answered with the other one's membership lets nobody tell them apart.
        if (kind === "OrganizationMembership" && (shared || inputs.status === "inactive")) continue;
        if (
          kind === "OrganizationRoster" ||
          thingOf(kind)?.stays ||
          thingOf(kind)?.unread ||
          this.excused.has(id) ||
          this.unclear.has(id) ||
          outputs.adopted === true
        )
          continue;
        const other = owners.get(id);
        if (other !== undefined && other !== stack) {
          throw new Violation("nobody outside the program is changed", `${name} (${id}) is ${other}'s and ${stack}'s`);
        }
        owners.set(id, stack);
      }
    }
  }

  /** All that programs say of somebody's invitations. */
  private declaredFor(address: string): string {
    const all = this.stacks.flatMap(({ program }) => [...program.values()].map(({ declaration }) => declaration));
    return JSON.stringify([
      all
        .filter(({ kind, inputs }) => kind === "Invitation" && inputs.email === address)
        .map(({ inputs }) => [inputs.roleSlug, inputs.resend, inputs.expiresInDays]),
      all
        .filter(({ kind }) => kind === "OrganizationRoster")
        .map(({ inputs }) => (inputs.members as Record<string, unknown>)[address]),
    ]);
  }

  private checkMails(mailsBefore: number, { before, touched, reports }: Facts): void {
    const mails = this.home.control.mailbox.list().slice(mailsBefore);
    const byAddress = new Map<string, number>();
    for (const [where, declared] of this.mailed) {
      // What is declared anew after something else was is another declaration.
      if (this.declaredFor(where.split(" ")[0] ?? "") !== declared) this.mailed.delete(where);
    }
    for (const { to, objectId } of mails) {
      const invitation = this.home.state().invitations.find(({ id }) => id === objectId);
      const where = `${to} to ${invitation?.organization_id ?? "nowhere"}`;
      if (touched.addresses.has(to)) continue;
      // What a killed run had on its way may arrive now, and be for another role than what is declared since.
      const which = `${where} as ${invitation?.role_slug}`;
      const count = (byAddress.get(which) ?? 0) + 1;
      byAddress.set(which, count);
      if (count > 1) throw new Violation("no mail twice", `${where} in one run`);
      // A further mail needs a reason: another declaration, or an end of the former invitation.
      const said = this.declaredFor(to);
      const wasPending = before.invitations.some(
        (one) =>
          one.email === to &&
          one.organization_id === invitation?.organization_id &&
          one.role_slug === invitation?.role_slug &&
          one.state === "pending",
      );
      const declaredBefore = this.mailed.get(where);
      const replaced = reports.some(({ outcome }) =>
        outcome?.steps.some(({ op }) => op === "delete" || op === "replace"),
      );
      // Where a mail changes nothing of the invitation, nothing tells a later run that it was sent.
      const isUntold = this.isHidden || (this.history.switches.resend === "same" && this.isOlder);
      if (wasPending && !isUntold && declaredBefore === said && !replaced && !this.excused.has(where)) {
        throw new Violation(
          "no mail twice",
          `${where} again, although the invitation was open and nothing had changed`,
        );
      }
      this.mailed.set(where, said);
    }
  }

  /** Whoever belongs to no program is as before. */
  private checkOthers({ before, after, statesBefore, touched, reports, step }: Facts): void {
    const own = new Set<string>();
    const running = new Set(reports.map(({ stack }) => stack));
    const declared = this.stacks
      .filter((stack) => running.has(stack))
      .flatMap(({ program }) => [...program.values()].map(({ declaration }) => declaration));
    for (const [index, stack] of this.stacks.entries()) {
      if (!running.has(stack)) continue;
      const resources = [...(statesBefore[index]?.resources ?? []), ...stack.state.resources];
      for (const { kind, id, outputs } of resources) {
        own.add(id);
        if (kind === "Organization")
          for (const inside of [...within(before, id), ...within(after, id)]) ifGone(own, inside, after);
        if (kind === "User") {
          for (const one of before.organizationMemberships) if (one.user_id === id) ifGone(own, one.id, after);
        }
        if (kind === "OrganizationRoster") {
          for (const one of before.organizationMemberships)
            if (one.organization_id === id) this.ownedByRoster(own, one, outputs, before);
          for (const one of before.invitations) if (one.organization_id === id) own.add(one.id);
        }
        if (kind === "Invitation" || kind === "OrganizationMembership") {
          for (const one of [...before.organizationMemberships, ...before.invitations]) {
            if (isAbout(one, outputs, before)) own.add(one.id);
          }
        }
      }
    }
    const wantsMore = declared.filter(
      ({ inputs, kind }) => (inputs.adopt ?? "never") !== "never" || kind === "OrganizationRoster",
    );
    const mayAdopt = wantsMore.length > 0;
    for (const kind of [
      "users",
      "organizations",
      "organizationMemberships",
      "invitations",
      "apiKeys",
      "roles",
    ] as const) {
      for (const one of before[kind]) {
        if (own.has(one.id) || touched.ids.has(one.id) || this.made.has(one.id) || mayAdopt) continue;
        const now = (after[kind] as readonly { id: string }[]).find(({ id }) => id === one.id);
        if (!now) throw new Violation("nobody outside the program is changed", `${one.id} is gone after ${step.what}`);
        if (facts(one) !== facts(now)) {
          throw new Violation("nobody outside the program is changed", `${one.id}: ${facts(one)} became ${facts(now)}`);
        }
      }
    }
    for (const kind of ["users", "organizations", "organizationMemberships", "apiKeys"] as const) {
      for (const one of before[kind]) {
        if (!isOutsider(one, before)) continue;
        const now = (after[kind] as readonly { id: string }[]).find(({ id }) => id === one.id);
        if ((!now || facts(one) !== facts(now)) && !touched.ids.has(one.id)) {
          throw new Violation(
            "nobody outside the program is changed",
            `${one.id} of the outsiders: ${facts(one)} became ${now ? facts(now) : "nothing"}`,
          );
        }
      }
    }
  }

  private ownedByRoster(
    own: Set<string>,
    { id, user_id }: StateDump["organizationMemberships"][number],
    outputs: Readonly<Record<string, unknown>>,
    before: StateDump,
  ): void {
    const email = before.users.find((one) => one.id === user_id)?.email ?? "";
    const named = Object.hasOwn(outputs.__people ?? {}, email);
    if (named || outputs.mode === "authoritative" || JSON.stringify(outputs.__people).includes(user_id)) {
      own.add(id);
      own.add(user_id);
    }
  }

  private checkGuards({ step, before, after, touched, reports }: Facts): void {
    const { minAdmins } = this.history.settings;
    if (minAdmins === undefined || step.overridden || touched.ids.size > 0) return;
    if (reports.some(({ outcome }) => outcome?.killed)) return;
    const admins = (state: StateDump, id: string) =>
      state.organizationMemberships.filter(
        (one) => one.organization_id === id && one.status === "active" && rolesOf(one).includes("admin"),
      ).length;
    const text = reports.flatMap(({ lines, outcome }) => [...lines, ...(outcome?.errors ?? [])]).join("\n");
    for (const { id, name } of before.organizations) {
      if (!after.organizations.some((one) => one.id === id) || after.pendingDeletions.some((one) => one.id === id))
        continue;
      const [was, is] = [admins(before, id), admins(after, id)];
      if (was >= minAdmins && is < minAdmins && !/could not be undone|has lost the rights of an admin/.test(text)) {
        throw new Violation("no guard is passed", `${name} had ${was} admins and has ${is}`);
      }
    }
  }

  /** A key that nobody has recorded has lost its value, and is no loss. */
  private checkTrespasses(statesBefore: readonly StackState[]): void {
    const recorded = [...statesBefore, ...this.stacks.map(({ state }) => state)].flatMap(({ resources }) => resources);
    for (const { id, by } of this.trespasses) {
      if (!this.excused.has(id) && recorded.some((one) => one.id === id)) {
        throw new Violation("nobody outside the program is changed", `${by} has deleted another stack's ${id}`);
      }
    }
    this.trespasses = [];
  }

  /** What a stack has recorded itself is not in its way. */
  private checkOwnWay({ reports, statesBefore, step }: Facts): void {
    const errors = reports.flatMap(({ outcome }) => outcome?.errors ?? []);
    for (const { kind, name, id, outputs } of statesBefore[step.stack]?.resources ?? []) {
      const declared = [...this.stack(step.stack).program.values()].find((one) => one.name === name)?.declaration;
      if (kind !== "Invitation" || this.excused.has(id) || declared?.inputs.email !== outputs.email) continue;
      const refused = errors.find(
        (one) => one.startsWith(`creating ${name}:`) && one.includes("user_already_organization_member"),
      );
      if (refused !== undefined) throw new Violation("a run is not in its own way", refused);
    }
  }

  /** Whoever is declared as suspended is not left active by the run that has made the membership. */
  private checkSuspended({ reports, after, madeNow }: Facts): void {
    for (const { kind, name, id, inputs } of reports.flatMap(({ stack }) => stack.state.resources)) {
      if (kind !== "OrganizationMembership" || inputs.status !== "inactive" || !madeNow.has(id)) continue;
      const found = after.organizationMemberships.find((one) => one.id === id);
      if (found?.status === "active") {
        throw new Violation("nobody is given what is not declared", `${name} (${id}) is inactive, and left active`);
      }
    }
  }

  /** With the key of another environment, or where something else answers, nothing recorded is let go of. */
  private checkRecordKept({ stack, at, what }: RunStep, statesBefore: readonly StackState[], before: StateDump): void {
    const left = new Set(this.stack(stack).state.resources.map(({ id }) => id));
    const living = (one: Recorded) => difference(one.kind, { ...one, inputs: {} }, before) !== "it does not exist";
    for (const one of statesBefore[stack]?.resources ?? []) {
      if (one.kind !== "OrganizationRoster" && !left.has(one.id) && living(one)) {
        throw new Violation(
          "a stack knows its environment",
          `${what} at ${at ?? "home"} let go of ${one.name} (${one.id})`,
        );
      }
    }
  }

  private checkAway(awayBefore: string): void {
    // A stack whose first run was there is at home there, with all that it has made.
    // An invitation makes a membership besides, which goes with the organization.
    const isMade = (line: string) =>
      [/"((?:user|org|om|invitation|api_key)_\w+)"/, /"organization_id","(org_\w+)"/].some((pattern) =>
        this.made.has(pattern.exec(line)?.[1] ?? ""),
      );
    const lost = awayBefore.split("\n").filter((line) => !core(this.away.state()).includes(line) && !isMade(line));
    if (lost.length > 0)
      throw new Violation("a stack knows its environment", `changed in another one: ${lost.join("; ")}`);
  }

  /** Once nobody disturbs any more, runs come to what is declared, and then change nothing. */
  private async quiet(): Promise<void> {
    this.note("quiet");
    await this.clock.drive(this.clock.sleep(120_000));
    await this.clock.settle();
    this.home.control.asyncDeletes.set(false);
    this.clock.advance(60_000);
    // Each thing is declared once by now, and what is there already is taken over.
    const seen = new Set<string>();
    for (const { program } of this.stacks) {
      for (const [key, one] of program) {
        if (seen.has(key)) program.delete(key);
        else program.set(key, { ...one, declaration: willing(one.declaration) });
        seen.add(key);
      }
      exchanged(program);
    }
    let errors: readonly string[] = [];
    for (let round = 0; round < 6; round++) {
      let changes = 0;
      errors = [];
      for (const index of this.stacks.keys()) {
        const step: RunStep = {
          do: "run",
          stack: index,
          what: "up",
          refresh: true,
          parallel: 4,
          faults: [],
          overridden: true,
          everythingGone: true,
        };
        this.note(`quiet round ${round}, stack ${index}`);
        const [report] = await this.run(step);
        errors = [...errors, ...(report?.outcome?.errors ?? [])];
        changes += report?.outcome?.steps.filter(({ op }) => op !== "same" && op !== "read").length ?? 0;
      }
      if (errors.length === 0 && changes === 0) {
        this.checkEnd();
        await this.leave();
        return;
      }
      if (errors.some((error) => error.includes("has expired and no date can bring it back"))) this.renewKeys();
      if (errors.some((error) => error.includes("is no active member of"))) this.giveUpKeys();
      if (errors.some((error) => error.includes("Data integration not found: 'github'"))) await this.addIntegration();
      if (errors.some((error) => error.includes("email_not_available"))) await this.freeAddresses();
    }
    throw new Violation(
      "it converges once the world is quiet",
      errors.join("; ") || "it changes something in each run",
    );
  }

  /** Somebody else acts, and what they change is nobody's fault. */
  private async happen(what: Outside): Promise<Touched> {
    const before = thingsIn(this.home.state()).map(facts);
    const touched = await happen(what, this.home);
    const after = new Set(thingsIn(this.home.state()).map(facts));
    const ended = new Set(before.filter((one) => !after.has(one)));
    this.outsiders.set(
      this.home,
      (this.outsiders.get(this.home) ?? []).filter((one) => !ended.has(one)),
    );
    // Then nothing tells what a singleton was before.
    this.isUntold ||= touched.ids.some((id) => id === "jwt_template" || id.startsWith("flag_"));
    return touched;
  }

  /** Once everything is removed, what was only taken over is as it was before any program. */
  private async leave(): Promise<void> {
    if (this.isUntold) return;
    for (const { program } of this.stacks) {
      for (const [key, { declaration }] of program)
        if (declaration.kind === "FeatureFlagState" || declaration.kind === "JwtTemplate") program.delete(key);
    }
    for (const index of this.stacks.keys()) {
      this.note(`leaving, stack ${index}`);
      await this.run({ do: "run", stack: index, what: "up", parallel: 1, faults: [], overridden: true });
    }
    const { jwtTemplate, featureFlags } = this.home.state();
    const flags = featureFlags.map(({ slug, enabled }) => `${slug} ${enabled}`);
    if (jwtTemplate?.content !== firstTemplate || flags.join() !== "on true,off false") {
      throw new Violation("what was there is put back", `${jwtTemplate?.content} and ${flags.join()}`);
    }
  }

  /** As the message of an expired key advises. */
  private renewKeys(): void {
    for (const { program } of this.stacks) {
      for (const [key, one] of program) {
        if (!one.declaration.kind.endsWith("ApiKey")) continue;
        const inputs = { ...one.declaration.inputs, keepers: { renewed: "1" } };
        program.set(key, { ...one, declaration: { ...one.declaration, inputs } });
      }
    }
  }

  /**
   * A run whose state was put back to an older one has made a second person of an address, and nothing knows of them any
   * more: somebody frees the address, as the error says.
   */
  private async freeAddresses(): Promise<void> {
    for (const { program, state } of this.stacks) {
      for (const [key, { declaration }] of program) {
        const recorded = state.resources.find(({ kind, name }) => kind === "User" && name === key);
        const holder = this.home.state().users.find(({ email }) => email === declaration.inputs.email);
        if (declaration.kind !== "User" || !recorded || !holder || holder.id === recorded.id) continue;
        await this.home.call("PUT", `/user_management/users/${holder.id}`, { email: `freed-${holder.email}` });
        this.excused.add(holder.id);
      }
    }
  }

  /** Somebody has deleted what no program of these declares, and what an organization has of it needs. */
  private async addIntegration(): Promise<void> {
    await this.home.call("POST", "/data-integrations", githubIntegration);
  }

  /** Whoever is suspended, and is to stay so, has no keys. */
  private giveUpKeys(): void {
    for (const { program } of this.stacks) {
      for (const [key, { declaration }] of program) if (declaration.kind === "UserApiKey") program.delete(key);
    }
  }

  private checkEnd(): void {
    const state = this.home.state();
    for (const stack of this.stacks) {
      for (const declared of this.programOf(stack)) {
        const recorded = stack.state.resources.find(
          ({ name, kind }) => name === declared.name && kind === declared.kind,
        );
        if (!recorded) throw new Violation("it converges once the world is quiet", `${declared.name} is not recorded`);
        if (thingOf(declared.kind)?.unread && (this.isUntold || this.takenOff.has(recorded.id))) continue;
        const wrong = difference(declared.kind, recorded, state);
        if (wrong !== undefined) {
          throw new Violation("it converges once the world is quiet", `of ${declared.name} (${recorded.id}), ${wrong}`);
        }
      }
    }
  }
}

interface Facts {
  readonly step: RunStep;
  readonly before: StateDump;
  readonly after: StateDump;
  readonly reports: readonly Report[];
  readonly statesBefore: readonly StackState[];
  readonly touched: { readonly ids: ReadonlySet<string>; readonly addresses: ReadonlySet<string> };
  readonly madeNow: ReadonlySet<string>;
}

/** Nothing went wrong, and nobody else was at work. */
const isUndisturbed = ({ step, touched, reports }: Facts): boolean =>
  step.faults.length === 0 &&
  step.beside === undefined &&
  touched.ids.size === 0 &&
  !reports.some(({ outcome }) => outcome?.killed);

const everywhere = Array.from({ length: 4_000 }, (_, at) => ({ at, what: "404 page" as const }));

const volatile = new Set(["updated_at", "user", "organization_name", "last_used_at", "token", "accept_invitation_url"]);
const facts = (object: object) => JSON.stringify(Object.entries(object).filter(([name]) => !volatile.has(name)));

const core = (state: StateDump): string =>
  [state.users, state.organizations, state.organizationMemberships, state.invitations, state.apiKeys]
    .flat()
    .map((one: object) => facts(one))
    .join("\n");

/** Somebody has deleted, in the middle of the run, what a new thing is of, and with that the thing. */
function standsOnWhatIsGone({ after }: Step, touched: ReadonlySet<string>, state: StateDump): boolean {
  const there = JSON.stringify(state);
  return Object.values(after?.inputs ?? {}).some(
    (id) => typeof id === "string" && touched.has(id) && !there.includes(`"id":"${id}"`),
  );
}

function ifGone(own: Set<string>, id: string, after: StateDump): void {
  const left = [...after.organizationMemberships, ...after.invitations, ...after.apiKeys];
  if (!left.some((one) => one.id === id)) own.add(id);
}

function isAbout(
  one: object,
  { email, userId, organizationId }: Readonly<Record<string, unknown>>,
  { users }: StateDump,
): boolean {
  const { organization_id, user_id, email: address } = one as Record<string, unknown>;
  if (organization_id !== organizationId) return false;
  const person = users.find(({ id }) => id === user_id)?.email;
  return user_id !== undefined ? user_id === userId || person === email : address === email;
}

const isOutsider = (one: object, { organizations }: StateDump): boolean => {
  const house = organizations.find(({ external_id }) => external_id === "outsiders")?.id;
  const { id, organization_id, owner, email } = one as {
    id: string;
    organization_id?: string;
    owner?: { id: string };
    email?: string;
  };
  return (house !== undefined && [id, organization_id, owner?.id].includes(house)) || /^(olga|otto)@/.test(email ?? "");
};

/** A declaration that takes over whatever is there. */
function willing(declaration: Declaration): Declaration {
  const { kind, inputs } = declaration;
  const row = Object.entries(resources).find(([other]) => other === kind)?.[1];
  // Applications are taken over by their id, which these programs do not know.
  if ((row && !("adopt" in row.inputs)) || kind === "ConnectApplication") return declaration;
  if (kind === "OrganizationRoster") {
    // Two programs that want different people in one organization are nothing that a run could settle.
    const { mode: _mode, ...more } = inputs;
    return { ...declaration, inputs: more };
  }
  const more = kind === "User" ? { adoptCredentials: true } : {};
  return { ...declaration, inputs: { ...inputs, adopt: "if-exists", ...more } };
}

/** External ids that two declare, or that somebody else has, are nothing that a run could settle. */
function exchanged(program: Stack["program"]): void {
  for (const [key, one] of program) {
    if (one.declaration.kind !== "User") continue;
    const { externalId: _externalId, ...inputs } = one.declaration.inputs;
    program.set(key, { ...one, declaration: { ...one.declaration, inputs } });
  }
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
