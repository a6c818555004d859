import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, stringify } from "yaml";
import { startProgram } from "../../provider/programs";
import { command, type Outcome } from "../command";
import { type Engine, findEngine } from "../doctor/engine";
import { projectOf, readStack } from "../doctor/stack";
import type { Io } from "../io";

/** Everything of the local runs: the AuthKit's data, the state, and the project that says where both are. */
const localFolder = ".local";
/** What the local AuthKit has at its start, in the project's folder. */
const seedFile = "authkit.yaml";

export const start = command({
  usage: "[--stack NAME]",
  about: `Runs the Pulumi program of this folder: npm start of a project that new has made. Until its stack has a key
(workos:apiKey, or WORKOS_API_KEY), against a local AuthKit that lives as long as the run and keeps what it has in
${localFolder}, with a state of its own there: nothing of it touches WorkOS or your other stacks. With a key it is pulumi up,
which asks before it changes anything.`,
  options: {
    stack: { type: "string", value: "NAME", says: "the stack. Default: dev" },
    local: { type: "boolean", says: "against the local AuthKit, whatever key there is" },
  },
  examples: ["start", "start --stack acme", "start --local"],
  after: `What the local AuthKit has: pulumi-workos emulator --data ${localFolder}/authkit.json shows it in a browser. Remove ${localFolder} to begin anew.`,
  exits: { done: "done", failed: "failed" },
  async run({ stack = "dev", local = false }, io): Promise<Outcome> {
    const project = projectOf(io.directory);
    if (project === undefined) throw new Error("There is no Pulumi project here: pulumi-workos new makes one.");
    const engine = await findEngine(io);
    if (!engine) {
      throw new Error("There is no pulumi command on the PATH. Install it: https://www.pulumi.com/docs/install/");
    }
    const hasKey = !local && (await keyOf(engine, io, stack));
    const code = hasKey
      ? await run(engine, ["up", "--stack", stack], { cwd: dirname(project), env: io.env })
      : await runLocally(engine, project, stack, io);
    return code === 0 ? "done" : "failed";
  },
});

async function keyOf(engine: Engine, io: Io, stack: string): Promise<boolean> {
  if ((io.env.WORKOS_API_KEY ?? "") !== "") return true;
  return (await readStack(engine, io, stack)).get("apiKey") !== undefined;
}

async function runLocally(engine: Engine, project: string, stack: string, io: Io): Promise<number> {
  const folder = join(dirname(project), localFolder);
  const state = join(folder, "state");
  mkdirSync(state, { recursive: true });
  writeFileSync(join(folder, "Pulumi.yaml"), localProject(readFileSync(project, "utf8")));
  const authKit = await startAuthKit(dirname(project), folder);
  try {
    io.err(`A local AuthKit runs at ${authKit.url}, for this run: the stack ${stack} has no key yet.`);
    const env = {
      ...Object.fromEntries(Object.entries(io.env).filter(([name]) => !/^PULUMI_(STACK|CONFIG_PASSPHRASE)/.test(name))),
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphraseIn(folder),
      PULUMI_SKIP_UPDATE_CHECK: "1",
      WORKOS_API_KEY: authKit.apiKey,
      WORKOS_BASE_URL: authKit.url,
      // On this machine, whatever proxy the way out takes.
      NO_PROXY: [io.env.NO_PROXY ?? io.env.no_proxy, "127.0.0.1"].filter(Boolean).join(","),
    };
    const place = { cwd: folder, env };
    const selected = await run(engine, ["stack", "select", stack, "--create", "--non-interactive"], place);
    if (selected !== 0) return selected;
    const code = await run(engine, ["up", "--yes", "--stack", stack], place);
    if (code === 0) {
      io.err(
        `That was the local AuthKit. To go on at WorkOS: pulumi stack init ${stack}, pulumi config set --secret workos:apiKey --stack ${stack}, and the same command again.`,
      );
    }
    return code;
  } finally {
    await authKit.close();
  }
}

/** The same program, seen from the folder of the local runs, where the settings of its stacks then lie. */
function localProject(text: string): string {
  const { name, runtime, config, main } = parse(text) as Readonly<Record<string, unknown>>;
  return stringify({ name, runtime, config, main: typeof main === "string" ? `../${main}` : ".." });
}

function startAuthKit(project: string, folder: string) {
  /* eslint-disable @typescript-eslint/no-require-imports -- not before somebody asks for it */
  const { startEmulator } = require("../../emulator") as typeof import("../../emulator");
  const { readSeedFile } = require("../seed-file") as typeof import("../seed-file");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const dataFile = join(folder, "authkit.json");
  const seed = join(project, seedFile);
  const isNew = !existsSync(dataFile) && existsSync(seed);
  return startEmulator({ port: 0, dataFile, ...(isNew ? { seed: readSeedFile(seed) } : {}) });
}

/** Made once; the state is worthless without it, and holds nothing but what is on this machine. */
function passphraseIn(folder: string): string {
  const path = join(folder, "passphrase");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return path;
}

interface Place {
  readonly cwd: string;
  readonly env: Io["env"];
}

/** With this process's terminal. Ctrl-C reaches both: the engine ends what is under way, and this waits for it. */
function run({ binary }: Engine, args: readonly string[], { cwd, env }: Place): Promise<number> {
  return new Promise((settle, fail) => {
    const child = startProgram(binary, args, { cwd, env: { ...env }, stdio: "inherit" });
    child.on("error", fail);
    child.on("close", (code) => settle(code ?? 1));
  });
}
