/** The simulation's model of the engine does what the real engine does, on the same histories without faults. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult } from "../support/engine";
import { AuthKit } from "../simulation/support/authkit";
import {
  type Declared,
  destroy,
  emptyState,
  isRef,
  type Outcome,
  refsIn,
  refresh,
  type StackState,
  up,
} from "../simulation/support/engine";
import { type History, historyOf, type RunStep } from "../simulation/support/history";
import { startProcess } from "../simulation/support/process";
import { Random } from "../simulation/support/random";
import { Timeline } from "../simulation/support/timeline";
import { wire } from "../simulation/support/wire";
import { ok, startStack } from "./support/stack";

interface Planned {
  readonly what: RunStep["what"];
  readonly refresh: boolean;
  readonly program: readonly Declared[];
}

/** What a history has run, as one stack sees it: its faults and everybody else left out. */
function runsOf({ steps }: History): Planned[] {
  const declared = new Map<string, Declared>();
  const runs: Planned[] = [];
  for (const step of steps) {
    if (step.do === "declare") {
      const { key, kind, inputs } = step.declaration;
      const there = declared.get(key);
      declared.set(key, { name: there?.name ?? key, aliases: there?.aliases ?? [], kind, inputs });
    } else if (step.do === "remove") declared.delete(step.key);
    else if (step.do === "rename") {
      const there = declared.get(step.key);
      const aliases = step.alias && there ? [...(there.aliases ?? []), there.name] : [];
      if (there) declared.set(step.key, { ...there, name: step.to, aliases });
    } else if (step.do === "run") {
      runs.push({ what: step.what, refresh: step.refresh ?? false, program: ordered(declared) });
    }
  }
  return runs;
}

/** What stands on nothing first; what stands on something that is not declared is left out. */
function ordered(declared: ReadonlyMap<string, Declared>): Declared[] {
  const known = [...declared.values()].filter(({ inputs }) => refsIn(inputs).every((ref) => declared.has(ref)));
  const place = ({ inputs }: Declared) => refsIn(inputs).length;
  return known
    .sort((one, other) => place(one) - place(other))
    .map((one) => ({
      ...one,
      inputs: Object.fromEntries(
        Object.entries(one.inputs).map(([name, value]) => [
          name,
          isRef(value) ? { ref: declared.get(value.ref)?.name ?? value.ref } : value,
        ]),
      ),
    }));
}

function sourceOf(program: readonly Declared[]): string {
  const variable = (name: string) => `r${program.findIndex((one) => one.name === name)}`;
  const lines = program.map(({ name, kind, inputs, aliases = [] }) => {
    const values = Object.entries(inputs).map(
      ([property, value]) => `${property}: ${isRef(value) ? `${variable(value.ref)}.id` : JSON.stringify(value)}`,
    );
    const options = `{ aliases: ${JSON.stringify(aliases.map((alias) => ({ name: alias })))} }`;
    return `const ${variable(name)} = new workos.${kind}("${name}", { ${values.join(", ")} }, ${options});`;
  });
  return ['import * as workos from "pulumi-workos";', ...lines].join("\n");
}

const operations: Readonly<Record<string, string>> = {
  create: "create",
  update: "update",
  delete: "delete",
  "create-replacement": "replace",
  "delete-replaced": "delete",
};

/** What was done to each resource, in its order. */
function grouped(steps: readonly { readonly op: string; readonly name: string }[]): Record<string, string[]> {
  const done: Record<string, string[]> = {};
  for (const { op, name } of steps) (done[name] ??= []).push(op);
  return done;
}

const realSteps = ({ events }: CommandResult) =>
  grouped(
    events.flatMap(({ resOutputsEvent }) => {
      const { metadata } = (resOutputsEvent ?? {}) as { metadata?: { op: string; urn: string } };
      const op = operations[metadata?.op ?? ""];
      return op && metadata?.urn.includes("dynamic/workos:")
        ? [{ op, name: metadata.urn.slice(metadata.urn.lastIndexOf("::") + 2) }]
        : [];
    }),
  );

const modelSteps = ({ steps }: Outcome) =>
  grouped(steps.filter(({ op }) => ["create", "update", "delete", "replace"].includes(op)));

/** What is there in the end, without what is made up anew each time. */
const worldOf = ({ control }: { control: AuthKit["control"] }) => {
  const { users, organizations, organizationMemberships, invitations, apiKeys } = control.state();
  return {
    users: users.map(({ email, first_name, external_id }) => [email, first_name, external_id]).sort(),
    organizations: organizations.map(({ name, external_id }) => [name, external_id]).sort(),
    memberships: organizationMemberships.map(({ user, status, role }) => [user?.email, status, role.slug]).sort(),
    invitations: invitations.map(({ email, state, role_slug }) => [email, state, role_slug]).sort(),
    apiKeys: apiKeys.map(({ name, permissions }) => [name, permissions]).sort(),
  };
};

/** Those of a handful of runs in which much happens. */
/** Of people alone: what an environment has besides is furnished for histories only. */
const seeds = [18, 29, 48];

test.each(seeds)(
  "the history of seed %i is the same on both",
  async (seed) => {
    const runs = runsOf(historyOf(seed)).filter(({ what }) => what !== "preview");
    const directory = mkdtempSync(join(tmpdir(), "model-engine-"));
    const clock = new Timeline();
    const authKit = await AuthKit.start("model", clock);
    const stack = await startStack({ name: "model" });
    stack.emulator.control.addRole({ slug: "viewer", name: "Viewer" });
    let state: StackState = emptyState;
    const model = async ({ what, refresh: first, program }: Planned): Promise<Outcome> => {
      const random = new Random(seed);
      const { provider } = startProcess({
        settings: { apiKey: authKit.apiKey, baseUrl: "http://localhost:1" },
        environment: { PULUMI_HOME: directory },
        ...{ stack: "model", clock, random, print: () => undefined },
        transport: wire({
          ...{ authKit: () => authKit, clock, random, faults: [], isDead: () => false, kill: () => undefined },
          meanwhile: () => Promise.resolve(),
          answered: () => undefined,
        }),
      });
      const around = { provider, isDead: () => false };
      const outcome = await clock.drive(
        what === "refresh"
          ? refresh(state, around)
          : what === "destroy"
            ? destroy(state, around)
            : up(program, state, around, { refresh: first }),
      );
      state = outcome.state;
      return outcome;
    };
    const real = ({ what, refresh: first, program }: Planned): Promise<CommandResult> => {
      stack.project.writeProgram(sourceOf(program));
      // One at a time, so that which of two failures comes first is the same.
      const args = ["--parallel", "1", ...(what === "up" && first ? ["--refresh"] : [])];
      return stack.project[what]({ args, events: true });
    };
    try {
      for (const run of runs) {
        const [modelled, done] = [await model(run), await real(run)];
        expect([done.code === 0, realSteps(done)]).toEqual([modelled.errors.length === 0, modelSteps(modelled)]);
        const { deployment } = await stack.project.state();
        const recorded = (deployment.resources ?? []).filter(({ type }) => type.includes("dynamic/workos:"));
        expect(recorded.map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2)).sort()).toEqual(
          state.resources.map(({ name }) => name).sort(),
        );
        expect(worldOf(stack.emulator)).toEqual(worldOf(authKit));
      }
      await ok(stack.project.destroy({ events: true }));
    } finally {
      await stack.end();
      rmSync(directory, { recursive: true, force: true });
    }
  },
  600_000,
);
