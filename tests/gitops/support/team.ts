/** A team that has copied the example: its repository, its state, its people in a local AuthKit. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { type Emulator, startEmulator } from "../../../emulator";
import { type Api, createApi } from "../../../api";
import { prepare } from "../../support/engine";
import { repository, trackedFiles } from "../../support/repository";
import { Forge } from "./forge";
import {
  execute,
  type Finished,
  readWorkflow,
  type Run,
  runGitlabJob,
  runWorkflow,
  type Surroundings,
} from "./workflow";

export const example = "examples/gitops";
/** As the example's own roster has it. */
export const organization = "org_01EXAMPLEACME";
const slug = "acme/access";

export class Team {
  private constructor(
    private readonly root: string,
    readonly emulator: Emulator,
    readonly api: Api,
    readonly forge: Forge,
    private readonly surroundings: Surroundings,
  ) {}

  static async create(): Promise<Team> {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-workos-gitops-")));
    const emulator = await startEmulator({
      seed: {
        organizations: [{ id: organization, name: "Acme" }],
        roles: [{ slug: "viewer" }],
      },
    });
    const forge = await Forge.start();
    const { environment } = await prepare(join(root, ".local"), withoutSettings(process.env));
    // These come to a run as its own variables and secrets.
    const {
      PULUMI_RUN_PROGRAM: _flag,
      PULUMI_CONFIG_PASSPHRASE_FILE: _file,
      PULUMI_BACKEND_URL: _url,
      ...env
    } = environment;
    const state = join(root, "state");
    mkdirSync(state);
    const keys = { WORKOS_API_KEY: emulator.apiKey };
    const all = { ...keys, PULUMI_CONFIG_PASSPHRASE: "correct-horse" };
    const team = new Team(root, emulator, createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url }), forge, {
      env: {
        ...env,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
        // Types are checked with those of this repository, once.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        // The name under which WorkOS is reached, here.
        WORKOS_BASE_URL: emulator.url,
        npm_config_offline: "true",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Ann",
        GIT_AUTHOR_EMAIL: "ann@acme.example",
        GIT_COMMITTER_NAME: "Ann",
        GIT_COMMITTER_EMAIL: "ann@acme.example",
      },
      // As deep as a run's checkout: the lock file refers to what is installed here by relative paths.
      origin: join(root, "team", "access"),
      scratch: root,
      repository: slug,
      apiUrl: forge.url,
      vars: { PULUMI_BACKEND_URL: pathToFileURL(state).href },
      secrets: { preview: all, production: all, drift: keys },
      token: (permissions) => forge.token(permissions),
    });
    await team.setUp();
    return team;
  }

  async end(): Promise<void> {
    await this.api.close();
    await this.forge.close();
    await this.emulator.close();
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  path(file: string): string {
    return join(this.surroundings.origin, file);
  }

  /** Replaces a text in a file, which has to be there. */
  edit(file: string, ...changes: readonly [from: string, to: string][]): void {
    let text = readFileSync(this.path(file), "utf8");
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(this.path(file), text);
  }

  /** What somebody of the team types in their clone. */
  async shell(command: string): Promise<string> {
    const { env, origin, secrets, vars } = this.surroundings;
    const finished = await execute("bash", ["-eo", "pipefail", "-c", command], origin, {
      ...env,
      ...vars,
      ...secrets.production,
    });
    if (finished.code !== 0) throw new Error(`${command} ended with ${finished.code}:\n${finished.output}`);
    return finished.output.trim();
  }

  /** Commits everything on the current branch; answers the commit. */
  commit(message: string): Promise<string> {
    return this.shell(`git add -A && git commit --quiet -m '${message}' && git rev-parse HEAD`);
  }

  /** A pull request is opened or pushed to. As with GitHub, its merge with main is what the run gets to see. */
  async pullRequest(head: string, from = slug, actor = "cleo"): Promise<Run> {
    const event = { pull_request: { number: 12, head: { sha: head, repo: { full_name: from } } } };
    const merge =
      "git worktree add --quiet --detach ../merge main && cd ../merge && git merge --quiet --no-ff --message Merge";
    await this.shell(`${merge} ${head} && git tag --force pull-request`);
    await this.shell("git worktree remove --force ../merge");
    const sha = await this.shell("git rev-parse pull-request");
    return this.workflow("preview", { event_name: "pull_request", ref: "refs/pull/12/merge", sha, actor, event });
  }

  async apply(event_name: "push" | "workflow_dispatch" = "push", branch = "main"): Promise<Run> {
    const sha = await this.shell(`git rev-parse ${branch}`);
    return this.workflow("apply", { event_name, ref: `refs/heads/${branch}`, sha });
  }

  async night(): Promise<Run> {
    const sha = await this.shell("git rev-parse main");
    return this.workflow("drift", { event_name: "schedule", ref: "refs/heads/main", sha });
  }

  /** A job of the GitLab pipeline, on this branch. */
  async gitlab(job: string, branch: string): Promise<Finished> {
    const sha = await this.shell(`git rev-parse ${branch}`);
    return runGitlabJob(
      this.path(".gitlab-ci.yml"),
      job,
      { sha, variables: { CI_MERGE_REQUEST_IID: "12" } },
      this.surroundings,
    );
  }

  /** Who has access, as the vendor says. */
  people(): Record<string, string> {
    const { organizationMemberships, users } = this.emulator.control.state();
    return Object.fromEntries(
      organizationMemberships.map(({ user_id, status, role }) => [
        users.find(({ id }) => id === user_id)?.email ?? user_id,
        `${status} ${role.slug}`,
      ]),
    );
  }

  /** The id of somebody's membership. */
  membership(email: string): string {
    const { organizationMemberships, users } = this.emulator.control.state();
    const user = users.find((each) => each.email === email);
    return organizationMemberships.find(({ user_id }) => user_id === user?.id)?.id ?? email;
  }

  private workflow(name: string, trigger: Parameters<typeof runWorkflow>[1]): Promise<Run> {
    const file = this.path(`.github/workflows/${name}.yml`);
    return runWorkflow(readWorkflow(file), trigger, this.surroundings);
  }

  /** What the example's readme tells to do once, with what is installed here in place of a registry. */
  private async setUp(): Promise<void> {
    for (const file of trackedFiles().filter((path) => path.startsWith(`${example}/`))) {
      const target = this.path(file.slice(example.length + 1));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(repository, file), target);
    }
    const manifest = JSON.parse(readFileSync(this.path("package.json"), "utf8")) as Record<
      string,
      Record<string, string>
    >;
    for (const kind of ["dependencies", "devDependencies"]) {
      const local = (name: string) => (name === "pulumi-workos" ? repository : join(repository, "node_modules", name));
      manifest[kind] = Object.fromEntries(
        Object.keys(manifest[kind] ?? {}).map((name) => [name, `file:${local(name)}`]),
      );
    }
    writeFileSync(this.path("package.json"), JSON.stringify(manifest, undefined, 2));
    await this.shell("git init --quiet --initial-branch main && npm install --ignore-scripts --no-audit --no-fund");
    await this.shell("pulumi stack init acme");
  }
}

/** Without what the tests' own environment would have a run's `npm` and provider do. */
const withoutSettings = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(WORKOS_|GIT_|npm_|INIT_CWD$)/i.test(name)));
