/** Runs a workflow's own steps here. What GitHub itself does, and nothing else, is stood in for. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { type Contexts, holds, interpolate, type Status } from "./expressions";

type Strings = Readonly<Record<string, string>>;

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Strings;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly permissions: Strings;
  readonly env?: Strings;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Strings;
  readonly env?: Strings;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Anything but strings that YAML makes of `if: true` and the like has no place in our workflows. */
export const readWorkflow = (file: string) => parse(readFileSync(file, "utf8")) as Workflow;

/** What happened, as GitHub tells a run. */
export interface Trigger {
  readonly event_name: string;
  readonly sha: string;
  readonly ref: string;
  readonly actor?: string;
  readonly event?: unknown;
}

export interface Surroundings {
  /** What a runner has in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** The repository that is checked out from. */
  readonly origin: string;
  /** Where checkouts and scripts go. */
  readonly scratch: string;
  readonly repository: string;
  readonly apiUrl: string;
  readonly vars: Strings;
  /** By environment; a run for a fork or Dependabot has none. */
  readonly secrets: Readonly<Record<string, Strings>>;
  /** Makes the job's token. */
  token(permissions: Strings): string;
}

export interface RanStep {
  readonly name: string;
  readonly outcome: Status | "skipped";
  readonly output: string;
}

export interface RanJob {
  readonly result: Status | "skipped";
  readonly steps: readonly RanStep[];
  readonly output: string;
  /** What the run's page shows. */
  readonly summary: string;
}

export type Run = Readonly<Record<string, RanJob>>;

const skipped: RanJob = { result: "skipped", steps: [], output: "", summary: "" };

export async function runWorkflow(workflow: Workflow, trigger: Trigger, around: Surroundings): Promise<Run> {
  if (!Object.hasOwn(workflow.on, trigger.event_name)) throw new Error(`It does not run on ${trigger.event_name}.`);
  const run: Record<string, RanJob> = {};
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const before = job.needs === undefined ? undefined : run[job.needs];
    const status: Status = before === undefined || before.result === "success" ? "success" : "failure";
    const github = { ...trigger, repository: around.repository };
    const runs = await holds(job.if, { github }, status);
    run[name] = runs ? await new JobRun(workflow, job, github, around).run() : skipped;
  }
  return run;
}

class JobRun {
  private readonly directory: string;
  private readonly steps: Record<string, { outputs: Strings; outcome: string }> = {};
  private readonly token: string;
  private readonly secrets: Strings;
  private readonly files: Readonly<Record<"GITHUB_OUTPUT" | "GITHUB_STEP_SUMMARY", string>>;
  private status: Status = "success";

  constructor(
    private readonly workflow: Workflow,
    private readonly job: Job,
    private readonly github: Trigger & { readonly repository: string },
    private readonly around: Surroundings,
  ) {
    this.directory = mkdtempSync(join(around.scratch, "job-"));
    this.token = around.token({ ...workflow.permissions, ...job.permissions });
    this.secrets = this.isTrusted() ? (around.secrets[job.environment ?? ""] ?? {}) : {};
    this.files = {
      GITHUB_OUTPUT: join(this.directory, "output"),
      GITHUB_STEP_SUMMARY: join(this.directory, "summary"),
    };
    writeFileSync(this.files.GITHUB_STEP_SUMMARY, "");
  }

  async run(): Promise<RanJob> {
    const steps: RanStep[] = [];
    for (const step of this.job.steps) {
      const name = step.name ?? step.uses ?? "";
      if (!(await holds(step.if, this.contexts(), this.status))) {
        steps.push({ name, outcome: "skipped", output: "" });
        continue;
      }
      writeFileSync(this.files.GITHUB_OUTPUT, "");
      const { code, output } = await (step.run === undefined ? this.use(step) : this.script(step, step.run));
      const outcome = code === 0 ? "success" : "failure";
      if (code !== 0) this.status = "failure";
      if (step.id !== undefined) {
        const lines = readFileSync(this.files.GITHUB_OUTPUT, "utf8").trim().split("\n").filter(Boolean);
        this.steps[step.id] = { outcome, outputs: Object.fromEntries(lines.map((line) => split(line))) };
      }
      steps.push({ name, outcome, output });
    }
    return {
      result: this.status,
      steps,
      output: steps.map(({ output }) => output).join(""),
      summary: readFileSync(this.files.GITHUB_STEP_SUMMARY, "utf8"),
    };
  }

  /** GitHub gives no secrets to what it does not trust. */
  private isTrusted(): boolean {
    const event = this.github.event as { pull_request?: { head: { repo: { full_name: string } } } } | undefined;
    const from = event?.pull_request?.head.repo.full_name ?? this.github.repository;
    return from === this.github.repository && this.github.actor !== "dependabot[bot]";
  }

  private contexts(): Contexts {
    const { around, github, secrets, steps, token } = this;
    return { github: { ...github, token }, vars: around.vars, secrets, steps };
  }

  /** The actions: what they set up is on the machine already, but for the checkout. */
  private use({ uses = "", with: inputs }: Step): Promise<Finished> {
    const [action] = uses.split("@");
    if (action === "actions/setup-node" || action === "pulumi/actions") return Promise.resolve({ code: 0, output: "" });
    if (action !== "actions/checkout") throw new Error(`No stand-in for ${uses}.`);
    if (this.job.permissions.contents !== "read") throw new Error("This job may not read the repository.");
    if (inputs?.["persist-credentials"] !== false) throw new Error("The checkout would leave a token behind.");
    return checkOut(this.around, this.github.sha, this.directory);
  }

  private async script({ env: own }: Step, script: string): Promise<Finished> {
    const { around, directory, files, github, job, workflow } = this;
    const file = join(directory, "step.sh");
    writeFileSync(file, await interpolate(script, this.contexts(), this.status));
    const declared: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...workflow.env, ...job.env, ...own })) {
      declared[name] = await interpolate(String(value), this.contexts(), this.status);
    }
    // Without a shell named, GitHub's own has no pipefail.
    const options = workflow.defaults?.run?.shell === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"];
    return execute("bash", [...options, file], join(directory, "work"), {
      ...around.env,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: around.apiUrl,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: around.repository,
      GITHUB_RUN_ID: "1",
      GITHUB_SHA: github.sha,
      ...files,
      ...declared,
    });
  }
}

/** Into `work`, without anything that is not in git. */
function checkOut({ origin, env }: Surroundings, sha: string, directory: string): Promise<Finished> {
  const commands = `git clone --quiet "$ORIGIN" work && git -C work checkout --quiet "$COMMIT"`;
  return execute("bash", ["-ec", commands], directory, { ...env, ORIGIN: origin, COMMIT: sha });
}

interface GitlabJob {
  readonly environment?: string | { readonly name: string };
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
}

/** Runs one job of a GitLab pipeline: the same for its file. */
export async function runGitlabJob(
  file: string,
  name: string,
  { sha, variables }: { readonly sha: string; readonly variables: Strings },
  around: Surroundings,
): Promise<Finished> {
  const pipeline = parse(readFileSync(file, "utf8")) as Record<string, GitlabJob> & {
    readonly variables: Strings;
    readonly default: { readonly before_script: readonly string[] };
  };
  const job = pipeline[name];
  if (!job) throw new Error(`There is no job ${name}.`);
  const environment = typeof job.environment === "object" ? job.environment.name : job.environment;
  const directory = mkdtempSync(join(around.scratch, "job-"));
  await checkOut(around, sha, directory);
  const env = {
    ...around.env,
    ...around.vars,
    ...around.secrets[environment ?? ""],
    ...pipeline.variables,
    ...variables,
    CI: "true",
    GITLAB_CI: "true",
    CI_API_V4_URL: `${around.apiUrl}/api/v4`,
    CI_PROJECT_ID: "1",
    CI_PIPELINE_URL: "https://gitlab.example/pipelines/1",
    CI_COMMIT_SHA: sha,
    GITLAB_TOKEN: around.token({ "pull-requests": "write", issues: "write" }),
  };
  const shell = (lines: readonly string[]) =>
    execute("bash", ["-eo", "pipefail", "-c", lines.join("\n")], join(directory, "work"), env);
  const main = await shell([...pipeline.default.before_script, ...job.script]);
  const after = await shell(job.after_script ?? []);
  return { code: main.code, output: main.output + after.output };
}

const split = (line: string): [string, string] => {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
};

export interface Finished {
  readonly code: number | null;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export function execute(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Finished> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (text: string) => void (output += text);
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", fail);
    child.on("close", (code) => settle({ code, output }));
  });
}
