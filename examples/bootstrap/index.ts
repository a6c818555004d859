import {
  LocalWorkspace,
  type OutputMap,
  type Stack,
  StackNotFoundError,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import { createWorkos } from "pulumi-workos/client";

import { removeVariables, setVariables } from "./env-file";
import { whenUnlocked } from "./locks";
import { parseOptions, type Task, usage, UsageError } from "./options";
import { program } from "./program";
import { explain, Reported, say } from "./report";

const projectName = "pulumi-workos-bootstrap";
const variables = { organizationId: "WORKOS_ORGANIZATION_ID", apiKey: "WORKOS_ORGANIZATION_API_KEY" };

/** Aborted when somebody wants the run to end: nothing further is started. */
const stopping = new AbortController();
/** Aborted by signals that reach only this process, to pass them on; a Ctrl-C reaches the engine by itself. */
const passedOn = new AbortController();

process.on("SIGINT", () => stop("the calls under way are finished first; a second Ctrl-C ends them at once"));
for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stop("the calls under way are finished first");
    passedOn.abort();
  });
}

function stop(manner: string): void {
  if (!stopping.signal.aborted) say(`Interrupted: ${manner}.`);
  stopping.abort();
}

async function main(task: Task): Promise<void> {
  if (task.kind === "help") console.log(usage);
  else if (task.kind === "up") await up(task);
  else await destroy(task);
}

async function up({ wanted, envFile, waitSeconds }: Task & { kind: "up" }): Promise<void> {
  await assertRoles(wanted.expectedRoles);
  const args = { stackName: wanted.id, projectName, program: () => Promise.resolve() };
  const create = () => LocalWorkspace.createOrSelectStack(args, { workDir: process.cwd() });
  const stack = await whenUnlocked(create, undefined, waiting(wanted.id, waitSeconds));
  const { adopted } = await operate(stack, waitSeconds, ({ signal }) => takeStock(stack, signal));
  const declared = program({ ...wanted, adopt: wanted.adopt || adopted });
  const { outputs } = await operate(stack, waitSeconds, (options) => stack.up({ ...options, program: declared }));
  const result = { organizationId: textOf(outputs, "organizationId"), apiKey: textOf(outputs, "apiKey") };
  if (envFile === undefined) {
    console.log(JSON.stringify({ ...result, admin: wanted.admin }, undefined, 2));
    return;
  }
  setVariables(envFile, { [variables.organizationId]: result.organizationId, [variables.apiKey]: result.apiKey });
  console.log(`${wanted.organization} is ${result.organizationId}; its API key is in ${envFile}.`);
}

async function destroy({ id, envFile, waitSeconds }: Task & { kind: "destroy" }): Promise<void> {
  const args = { stackName: id, projectName, program: () => Promise.resolve() };
  const stack = await LocalWorkspace.selectStack(args, { workDir: process.cwd() }).catch((error: unknown) => {
    if (error instanceof StackNotFoundError) return undefined;
    throw error;
  });
  if (stack) {
    await operate(stack, waitSeconds, (options) => stack.destroy(options));
    await stack.workspace.removeStack(id);
  }
  removeVariables(envFile, Object.values(variables));
  console.log(stack ? `What was made for ${id} is removed.` : `There is nothing to remove for ${id}.`);
}

/** A role that is missing would be found only after the organization was made. */
async function assertRoles(expected: readonly string[]): Promise<void> {
  const { WORKOS_API_KEY: apiKey, WORKOS_BASE_URL: baseUrl } = process.env;
  const client = createWorkos({ apiKey, baseUrl });
  try {
    const present = (await client.roles.list()).data.map(({ slug }) => slug);
    const missing = expected.filter((slug) => !present.includes(slug));
    if (missing.length > 0) {
      throw new Error(
        `The environment has no role ${missing.join(", ")}; it has ${present.join(", ")}. Add it in the WorkOS dashboard under Roles, then run again.`,
      );
    }
  } finally {
    await client.close();
  }
}

interface State {
  readonly resources?: readonly { readonly outputs?: { readonly adopted?: boolean } }[];
  readonly pending_operations?: readonly unknown[];
}

/** Whether earlier runs have taken anything over. */
async function takeStock(stack: Stack, signal: AbortSignal): Promise<{ adopted: boolean }> {
  const { resources = [], pending_operations: pending = [] } = (await stack.exportStack()).deployment as State;
  // What a killed run was creating the provider finds by itself; the engine's note of it would only warn for ever.
  if (pending.length > 0) await stack.refresh({ clearPendingCreates: true, signal });
  return { adopted: resources.some(({ outputs }) => outputs?.adopted) };
}

interface EngineOptions extends Pick<UpOptions, "color" | "onOutput" | "suppressOutputs" | "suppressProgress"> {
  readonly signal: AbortSignal;
}

/**
 * Runs an operation of the engine, and shows what that prints. Not by its events: they carry what the SDK logs for
 * debugging, secrets in the clear, by way of a file that a killed run leaves behind.
 */
async function operate<T>(
  stack: Stack,
  seconds: number,
  operation: (options: EngineOptions) => Promise<T>,
): Promise<T> {
  stopping.signal.throwIfAborted();
  let printed = "";
  const onOutput = (text: string) => {
    printed += text;
    process.stderr.write(text);
  };
  const shown = { color: "never", onOutput, suppressOutputs: true, suppressProgress: true } as const;
  const options = { ...shown, signal: passedOn.signal };
  try {
    return await whenUnlocked(
      () => operation(options),
      () => stack.cancel(),
      waiting(stack.name, seconds),
    );
  } catch (error) {
    throw printed.includes("error: ") ? new Reported("", { cause: error }) : error;
  }
}

const waiting = (name: string, seconds: number) => ({ name, seconds, signal: stopping.signal, say });

const textOf = (outputs: OutputMap, name: string) => String(outputs[name]?.value);

Promise.resolve()
  .then(() => main(parseOptions(process.argv.slice(2), process.env)))
  .catch((error: unknown) => {
    const reason = explain(error);
    if (reason) say(reason);
    if (stopping.signal.aborted) say("Run the same command again; it goes on from here.");
    process.exitCode = stopping.signal.aborted ? 130 : error instanceof UsageError ? 2 : 1;
  });
