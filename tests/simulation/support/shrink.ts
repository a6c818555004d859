/** Makes a failing history shorter, as long as it fails. */
import { type AnyResource } from "../../../provider/declare/resource";
import { resources } from "../../../provider/resources";
import { type History, type HistoryStep, type RunStep } from "./history";

/** More would take longer than reading what is left. */
const mostTries = 500;

/** @param fails whether a history still fails, and in the same way. */
export async function shortest(history: History, fails: (shorter: History) => Promise<boolean>): Promise<History> {
  let best = history;
  let tries = 0;
  const isKept = async (shorter: History): Promise<boolean> => {
    if (++tries > mostTries || !(await fails(shorter))) return false;
    best = shorter;
    return true;
  };
  for (let before: History | undefined; before !== best && tries <= mostTries;) {
    before = best;
    // Half of it, a quarter, and at last one step at a time.
    for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let end = best.steps.length; end > 0; end -= size) {
        const steps = best.steps.filter((_, index) => index < end - size || index >= end);
        await isKept({ ...best, steps });
      }
    }
    for (let index = best.steps.length - 1; index >= 0; index--) {
      let simpler: HistoryStep[];
      do {
        const step = best.steps[index];
        simpler = step ? simplerSteps(step) : [];
        simpler = await firstKept(simpler, (other) =>
          isKept({ ...best, steps: best.steps.map((one, at) => (at === index ? other : one)) }),
        );
      } while (simpler.length > 0);
    }
    await isKept({ ...best, settings: {} });
    await isKept({ ...best, switches: {} });
  }
  return best;
}

/** The first that is kept, alone; nothing where none is. */
async function firstKept<T>(from: readonly T[], isKept: (one: T) => Promise<boolean>): Promise<T[]> {
  for (const one of from) if (await isKept(one)) return [one];
  return [];
}

/** The same step with one thing less. */
function simplerSteps(step: HistoryStep): HistoryStep[] {
  if (step.do === "declare") {
    const { declaration } = step;
    return Object.keys(declaration.inputs)
      .filter((name) => !needed.has(name) && !isNeeded(declaration.kind, name))
      .map((name) => Object.fromEntries(Object.entries(declaration.inputs).filter(([other]) => other !== name)))
      .filter((inputs) => isWhole(declaration.kind, inputs))
      .map((inputs) => ({ ...step, declaration: { ...declaration, inputs } }));
  }
  if (step.do !== "run") return [];
  const { faults, parallel, refresh, beside, engineKilledAfter, at, overridden } = step;
  const without = (name: keyof RunStep) =>
    Object.fromEntries(Object.entries(step).filter(([other]) => other !== name)) as unknown as RunStep;
  return [
    ...faults.map((_, index) => ({ ...step, faults: faults.filter((_one, other) => other !== index) })),
    ...(beside === undefined ? [] : [without("beside")]),
    ...(at === undefined ? [] : [without("at")]),
    ...(engineKilledAfter === undefined ? [] : [without("engineKilledAfter")]),
    ...(overridden === undefined ? [] : [without("overridden")]),
    ...(refresh === true ? [{ ...step, refresh: false }] : []),
    ...(parallel > 1 ? [{ ...step, parallel: 1 }] : []),
  ];
}

const declarationOf = (kind: string) => Object.values<AnyResource>(resources).find((one) => one.kind === kind);

const isNeeded = (kind: string, name: string): boolean => declarationOf(kind)?.inputs[name]?.required ?? false;

/** Inputs that need each other are there, so that a shorter history does not fail for another reason. */
const isWhole = (kind: string, inputs: Readonly<Record<string, unknown>>): boolean =>
  (declarationOf(kind)?.together?.(inputs) ?? []).length === 0;

/** Without these a declaration is none. */
const needed = new Set([
  "email",
  "name",
  "externalId",
  "slug",
  "userId",
  "organizationId",
  "members",
  "onDestroy",
  "resourceId",
  "organizationMembershipId",
  "credentialsType",
  "clientId",
  "clientSecret",
]);
