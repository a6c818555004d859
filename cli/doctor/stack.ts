/** The `workos:` settings of a Pulumi stack, which win over the environment. The engine reads and decrypts them. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { assertKnownSettings, type Setting } from "../../provider/config";
import { askProgram } from "../../provider/programs";
import { type Io } from "../io";
import { type Check, failed, ok, skipped } from "./check";
import { type Engine } from "./engine";

export interface StackSettings {
  /** Nothing where there is no Pulumi project here. */
  readonly check?: Check;
  readonly get: (setting: Setting) => string | undefined;
}

const name = "stack";
const answer = z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean().optional() }));
const nothing = (check?: Check): StackSettings => ({ check, get: () => undefined });

/** @param stack The stack's name; without it the one that is selected in the project. */
export async function readStack(engine: Engine | undefined, io: Io, stack: string | undefined): Promise<StackSettings> {
  const asked = stack === undefined ? "the selected stack" : `the stack ${stack}`;
  if (projectOf(io.directory) === undefined) {
    if (stack === undefined) return nothing();
    return nothing(failed(name, `there is no Pulumi project here for ${asked}`, "Run the doctor in its folder."));
  }
  const settings = engine === undefined ? "there is no pulumi command" : await ask(engine, io, stack);
  if (typeof settings === "string") {
    if (stack === undefined) return nothing(skipped(name, `no stack's settings, the environment counts: ${settings}`));
    return nothing(
      failed(name, `the settings of ${asked} cannot be read: ${settings}`, "`pulumi stack ls` shows the stacks here."),
    );
  }
  const own = Object.entries(settings).flatMap(([key, { value, secret }]) =>
    key.startsWith("workos:") ? [{ key, name: key.slice("workos:".length), value: value ?? "", secret }] : [],
  );
  const get = (setting: Setting) => own.find((entry) => entry.name === setting)?.value;
  return { get, check: checkOf(asked, own) };
}

function checkOf(asked: string, own: readonly { key: string; name: string; secret?: boolean }[]): Check {
  try {
    assertKnownSettings(own.map((entry) => entry.name));
  } catch (error) {
    return failed(name, (error as Error).message, "A spelling mistake, perhaps.");
  }
  if (own.some((entry) => entry.name === "apiKey" && entry.secret !== true)) {
    const remedy =
      "`pulumi config set --secret workos:apiKey`, with a new key: this one was in the file for all to read.";
    return failed(name, `${asked} has workos:apiKey in plain, which programs refuse`, remedy);
  }
  const keys = own.map(({ key, secret }) => (secret === true ? `${key} (encrypted)` : key));
  return ok(name, `${asked} has ${keys.length === 0 ? "no workos: settings" : keys.join(", ")}`);
}

/** The project's file, in this folder or one above, as Pulumi itself looks for it. */
export function projectOf(directory: string): string | undefined {
  const found = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].find((file) => existsSync(join(directory, file)));
  if (found !== undefined) return join(directory, found);
  const above = dirname(directory);
  return above === directory ? undefined : projectOf(above);
}

/** All settings, or why they cannot be had. */
async function ask(engine: Engine, io: Io, stack: string | undefined): Promise<z.output<typeof answer> | string> {
  const args = [
    "config",
    "--json",
    "--show-secrets",
    "--non-interactive",
    ...(stack === undefined ? [] : ["-s", stack]),
  ];
  const env = { ...io.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const asked = { directory: io.directory, env, signal: io.interrupted, timeoutMs: 60_000 };
  const answered = await askProgram(engine.binary, args, asked).catch(() => undefined);
  if (answered?.code !== 0) return reasonOf(answered?.stderr ?? "") ?? "`pulumi config` failed";
  return answer.parse(JSON.parse(answered.stdout));
}

const reasonOf = (stderr: string) => /^error: (.+?)\r?$/m.exec(stderr)?.[1];
