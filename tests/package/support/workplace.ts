// A folder outside of the repository, as somebody has it who installs the package: nothing in it comes from here but
// the tarball and the engine.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { prepare } from "../../support/engine";
import { repository } from "../../support/repository";
import { expectSuccess, type Finished, run } from "./commands";
import { packInto, type Tarball } from "./tarball";

export const managers = ["npm", "pnpm", "yarn"] as const;
export type Manager = (typeof managers)[number];

type Package = Record<string, unknown> & { name: string };

export class Workplace {
  private constructor(
    readonly directory: string,
    readonly tarball: Tarball,
  ) {}

  static async create(): Promise<Workplace> {
    // The real path, since Node resolves to that one.
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-workos-user-")));
    try {
      return new Workplace(directory, await packInto(directory));
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** What `dependencies` name for the package under test. */
  get specifier(): string {
    return `file:${this.tarball.path}`;
  }

  /** Writes files by their paths; objects become JSON. */
  write(files: Readonly<Record<string, string | Package>>): void {
    for (const [path, content] of Object.entries(files)) {
      const target = join(this.directory, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
    }
  }

  delete(path: string): void {
    rmSync(join(this.directory, path), { recursive: true, force: true });
  }

  async install(manager: Manager, folder = "."): Promise<void> {
    const cwd = join(this.directory, folder);
    if (manager === "npm") {
      await expectSuccess("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd,
        env: withoutSettings(),
      });
    } else if (manager === "pnpm") {
      await expectSuccess(process.execPath, [pnpm(), "install", "--prefer-offline"], { cwd, env: pnpmEnvironment() });
    } else {
      await expectSuccess(process.execPath, [yarn(), "install", "--prefer-offline", "--non-interactive"], {
        cwd,
        env: { ...withoutSettings(), YARN_CACHE_FOLDER: join(repository, ".local", "yarn") },
      });
    }
  }

  /** Runs a script of its own with Node; answers what it printed. */
  async node(script: string, ...options: string[]): Promise<string> {
    const finished = await expectSuccess(process.execPath, [...options, "-e", script], {
      cwd: this.directory,
      env: withoutSettings(),
    });
    return finished.stdout.trim();
  }

  /** A stack for the program in `folder`, with its state beside it. */
  async stack(folder: string, config: Readonly<Record<string, string>>): Promise<Stack> {
    const { engine, environment } = await prepare(join(this.directory, ".local"), withoutSettings());
    const stack = new Stack(engine.binary, join(this.directory, folder), {
      ...environment,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
      // Local runs of this repository have it on; users have not.
      PULUMI_RUN_PROGRAM: "false",
    });
    await stack.expect("stack", "init", "test");
    for (const [setting, value] of Object.entries(config)) {
      await stack.expect("config", "set", ...(setting === "workos:apiKey" ? ["--secret"] : []), setting, value);
    }
    return stack;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The commands that a user types, in the folder of the program. */
export class Stack {
  constructor(
    private readonly binary: string,
    private readonly cwd: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  run(...args: string[]): Promise<Finished> {
    const { binary, cwd, env } = this;
    return run(binary, [...args, "--non-interactive", "--color", "never"], { cwd, env });
  }

  expect(...args: string[]): Promise<Finished> {
    const { binary, cwd, env } = this;
    return expectSuccess(binary, [...args, "--non-interactive", "--color", "never"], { cwd, env });
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.expect("stack", "output", "--json");
    return JSON.parse(stdout) as Record<string, unknown>;
  }
}

/** The pinned development dependency's script; its package's only export is its package.json. */
function pnpm(): string {
  return join(dirname(require.resolve("pnpm")), "bin", "pnpm.cjs");
}

/** The pinned development dependency's script. */
function yarn(): string {
  return join(dirname(require.resolve("yarn/package.json")), "bin", "yarn.js");
}

/** pnpm keeps its store and caches by the XDG folders: here in one that `npm run reset` removes, not in the user's. */
function pnpmEnvironment(): NodeJS.ProcessEnv {
  const directory = join(repository, ".local", "pnpm");
  return {
    ...withoutSettings(),
    XDG_DATA_HOME: join(directory, "data"),
    XDG_CACHE_HOME: join(directory, "cache"),
    XDG_STATE_HOME: join(directory, "state"),
    // Otherwise pnpm looks for newer versions of itself, and asks before it removes anything.
    CI: "true",
  };
}

/** What npm tells the scripts that it runs, such as these tests, is about this repository. */
export function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(?!config_)|npm_config_local_prefix$|WORKOS_|NODE_PATH$)/.test(name),
    ),
  );
}
