/**
 * A stack, a local AuthKit and a gate between them, whose common past can be saved and brought back: every scenario
 * starts from the end of a clean run without running it again.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type LoggedRequest, startEmulator } from "../../../emulator";
import { type CommandResult, Project, type StartedCommand, type State, type StateResource } from "../../support/engine";
import { dynamicEntry, type Entry } from "./entries";
import { type Facts, factsOf, idsOf, mailsOf } from "./facts";
import { Gate } from "./gate";
import { type Adopt, type Step, stepNamed, steps } from "./programs";

/** What a stack and its AuthKit hold at some time. */
interface Moment {
  readonly checkpoint: string;
  readonly data: string;
  /** What runs have noted on this machine about the creates they sent, by file name. */
  readonly notes: Readonly<Record<string, string>>;
}

/** A clean run of a step: what it started from, the calls it made, and what it came to. */
export interface CleanRun {
  readonly step: Step;
  readonly before: Moment;
  readonly calls: readonly LoggedRequest[];
  readonly facts: Facts;
  readonly mails: Readonly<Record<string, number>>;
  readonly after: Moment;
}

/** One call at a time, so that a call's number says which one it is. */
const inTurn = ["--stack", "test", "--parallel", "1", "--skip-preview", "--yes"];

export class Bench {
  /** The stack before its first run. */
  private readonly empty: Moment;

  private constructor(
    readonly project: Project,
    readonly gate: Gate,
    private started: Emulator,
    readonly entry: Entry,
  ) {
    this.empty = this.save();
  }

  static async open(entry: Entry = dynamicEntry): Promise<Bench> {
    const gate = await Gate.open();
    const project = await Project.create({
      program: entry.written(""),
      language: entry.language,
      env: {
        WORKOS_API_KEY: "sk_test_local",
        WORKOS_BASE_URL: gate.url,
        // The same for all benches, so that what one of them saved can be read by the others.
        PULUMI_CONFIG_PASSPHRASE: "matrix",
      },
    });
    entry.prepare(project);
    const emulator = await startEmulator({ dataFile: dataFileOf(project) });
    // What only the dashboard makes.
    emulator.control.addFeatureFlag({ slug: "beta", enabled: false });
    emulator.control.addRole({ slug: "project-lead", resourceType: "project" });
    const bench = new Bench(project, gate, emulator, entry);
    gate.reset(bench.emulator.url);
    return bench;
  }

  get emulator(): Emulator {
    return this.started;
  }

  async close(): Promise<void> {
    await this.project.remove();
    await this.gate.close();
    await this.emulator.close();
  }

  save(): Moment {
    return {
      checkpoint: this.project.stateText(),
      data: readFileSync(dataFileOf(this.project), "utf8"),
      notes: Object.fromEntries(
        filesIn(this.notesDirectory).map((name) => [name, readFileSync(join(this.notesDirectory, name), "utf8")]),
      ),
    };
  }

  async restore({ checkpoint, data, notes }: Moment): Promise<void> {
    // What a scenario that failed has left running would write into the next one.
    await this.project.endProcesses();
    await this.emulator.close();
    rmSync(join(this.project.directory, ".local/state/.pulumi/locks"), { recursive: true, force: true });
    rmSync(this.notesDirectory, { recursive: true, force: true });
    for (const [name, text] of Object.entries(notes)) {
      mkdirSync(this.notesDirectory, { recursive: true });
      writeFileSync(join(this.notesDirectory, name), text);
    }
    writeFileSync(
      join(this.project.directory, ".local/state/.pulumi/stacks", this.project.name, "test.json"),
      checkpoint,
    );
    writeFileSync(dataFileOf(this.project), data);
    this.started = await startEmulator({ dataFile: dataFileOf(this.project) });
    this.gate.reset(this.emulator.url);
  }

  private get notesDirectory(): string {
    return join(this.project.directory, ".local/pulumi-home/pulumi-workos/intents");
  }

  /** Replaces the program, which is given in TypeScript. */
  write(program: string): void {
    this.project.writeProgram(this.entry.written(program));
  }

  start(args: string[] = [], env: Record<string, string> = {}): StartedCommand {
    return this.project.spawn(["up", ...inTurn, ...this.entry.args(args)], { env });
  }

  up(args: string[] = [], env: Record<string, string> = {}): Promise<CommandResult> {
    return this.start(args, env).finished;
  }

  /** What a person does whose engine has died. */
  async unlock(): Promise<void> {
    const { code, combined } = await this.project.run(["cancel", "--stack", "test", "--yes"]);
    if (code !== 0) throw new Error(`the stack could not be unlocked:\n${combined}`);
  }

  /** Every step in order, each after the step it needs. */
  async cleanRuns(adopt: Adopt, wanted: readonly Step[] = steps): Promise<Map<string, CleanRun>> {
    const runs = new Map<string, CleanRun>();
    const { empty } = this;
    for (const step of wanted) {
      if (step.after !== undefined && !runs.has(step.after)) {
        throw new Error(`${step.name} needs ${stepNamed(step.after).name} to be taken before`);
      }
      const before = runs.get(step.after ?? "")?.after ?? empty;
      await this.restore(before);
      this.write(step.program(adopt));
      const result = await this.up(step.args);
      if (result.code !== 0) throw new Error(`the clean run "${step.name}" failed:\n${result.combined}`);
      const after = this.save();
      const left = Object.keys(after.notes).length;
      // They would make the next create of the same thing, under whatever name, look like this one.
      if (left > 0) throw new Error(`the clean run "${step.name}" left ${left} notes of what it has created`);
      runs.set(step.name, {
        step,
        before,
        calls: this.emulator.control.requests.list(),
        facts: factsOf(this.emulator),
        mails: mailsOf(this.emulator),
        after,
      });
    }
    return runs;
  }

  /** What is not as it was after the clean run; empty when all is. */
  async differences(
    clean: CleanRun,
    {
      fewerMails = false,
      keyValue = true,
      adopted = false,
    }: { fewerMails?: boolean; keyValue?: boolean; adopted?: boolean } = {},
  ): Promise<string[]> {
    const found: string[] = [];
    const actual = factsOf(this.emulator);
    for (const [kind, wanted] of Object.entries(clean.facts)) {
      const there = actual[kind] ?? [];
      if (JSON.stringify(there) !== JSON.stringify(wanted)) {
        found.push(`${kind}: ${there.join(" ")} instead of ${wanted.join(" ")}`);
      }
    }
    const mails = mailsOf(this.emulator);
    for (const address of new Set([...Object.keys(mails), ...Object.keys(clean.mails)])) {
      const [got, due] = [mails[address] ?? 0, clean.mails[address] ?? 0];
      if (got > due || (got < due && !fewerMails)) found.push(`${address} got ${got} mails instead of ${due}`);
    }
    return [...found, ...this.stackDifferences(clean, adopted), ...(keyValue ? await this.keyDifferences() : [])];
  }

  /** What the stack holds must exist, as one object a resource, and be its own unless it was to be taken over. */
  private stackDifferences(clean: CleanRun, adopted: boolean): string[] {
    const found: string[] = [];
    const resources = this.resourcesIn(this.project.stateText());
    const wanted = this.resourcesIn(clean.after.checkpoint).length;
    if (resources.length !== wanted) found.push(`the stack has ${resources.length} resources instead of ${wanted}`);
    const ids = idsOf(this.emulator.control.state());
    for (const { urn, id = "", outputs, delete: replaced } of resources) {
      if (outputs?.adopted === true && !adopted) found.push(`the stack treats its own ${urn} as somebody else's`);
      // What has no id of its own at the vendor is among the facts.
      const isVendors = /^[a-z_]+_0[0-9A-Z]{25}$/.test(id);
      if (isVendors && !ids.has(id)) found.push(`the stack's ${urn} is ${id}, which does not exist`);
      if (replaced === true) found.push(`the stack still wants to delete ${id} of ${urn}`);
    }
    return found;
  }

  /** Our resources in a checkpoint file. */
  private resourcesIn(checkpoint: string): StateResource[] {
    const { latest } = (JSON.parse(checkpoint) as { checkpoint: { latest?: State["deployment"] } }).checkpoint;
    return (latest?.resources ?? []).filter(({ type }) => this.entry.isOurs(type));
  }

  private async keyDifferences(): Promise<string[]> {
    const { deployment } = await this.project.state({ showSecrets: true });
    const key = keyOf(deployment);
    return key && !(await this.isValid(key.value)) ? [`the value of ${key.id} in the stack does not work`] : [];
  }

  /** As a person does in the dashboard. */
  async deleteKey(id: string): Promise<void> {
    await this.ask("DELETE", `/api_keys/${id}`);
  }

  private async isValid(value: unknown): Promise<boolean> {
    const answer = await this.ask("POST", "/api_keys/validations", { value });
    const { api_key } = (await answer.json()) as { api_key: unknown };
    return api_key !== null && api_key !== undefined;
  }

  private ask(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, this.emulator.url), {
      method,
      headers: { authorization: `Bearer ${this.emulator.apiKey}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // There is no such directory yet.
    return [];
  }
}

function dataFileOf(project: Project): string {
  return join(project.directory, ".local/authkit.jsonl");
}

/** The key's value as the stack's output has it. */
function keyOf({ resources = [] }: State["deployment"]): { id: string; value: unknown } | undefined {
  const key = resources.find(({ type }) => type.endsWith(":OrganizationApiKey"));
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return key && { id: key.id ?? "", value: plain(stack?.outputs?.keyValue) };
}

/** `stack export --show-secrets` gives a secret as JSON text in an envelope. */
function plain(output: unknown): unknown {
  const { plaintext } = (output ?? {}) as { plaintext?: string };
  return plaintext === undefined ? output : JSON.parse(plaintext);
}
