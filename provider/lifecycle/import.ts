/** Taking over an object by its id, as `pulumi import` and the option `import` do. */
import { z } from "zod";
import type { AnyResource, Inputs, State } from "../declare/resource";
import { systemClock } from "../../api/clock";
import { check } from "./check";
import type { Context } from "./context";
import type { Read } from "./read";
import { asImported, declaredOf, record } from "./state";

/** The vendor's id alone finds most objects. */
const byId = ["id"];

/**
 * The object with this id. Nothing in what is recorded says that a program has declared any of it, so that inputs which
 * the program leaves out stay as they are. Like everything that is taken over, it counts as adopted where its kind tells
 * that apart, and what it was is remembered where its end puts that back.
 * @throws where the id has another form than the kind is imported by.
 */
export async function imported(resource: AnyResource, id: string, context: Context): Promise<Read> {
  if (resource.notImported !== undefined) {
    throw new Error(`${aOrAn(resource.noun)} is not imported: ${resource.notImported}`);
  }
  const { id: own, ...which } = partsOf(resource, id);
  const { existing } = resource;
  const object = await (resource.findImported?.(context.api, which) ??
    (own === undefined && existing ? existing.find(context.api, which) : resource.get(context.api, own ?? id, which)));
  if (!object || (own !== undefined && object.id !== own)) return { id: "" };
  const local = { ...("adopted" in resource.outputs ? { adopted: true } : {}), ...existing?.remember?.(object) };
  const state = record(resource, { object, declared: {}, previous: which, applied: () => true, local });
  if (await resource.gone?.(object, state, context)) return { id: "" };
  return { id: object.id, props: asImported(resource, state), inputs: declarable(resource, state) };
}

/** What a program would declare of an object for all of it to be as it is. */
function declarable(resource: AnyResource, state: State): Inputs {
  const readable = Object.keys(resource.inputs).filter((name) => resource.inputs[name]?.readable);
  const all = declaredOf(resource, { ...state, __inputs: readable.join(",") });
  let inputs: Inputs = resource.project?.(all, state) ?? all;
  inputs = without(inputs, (name, value) => !isRequired(resource, name) && (isEmpty(value) || isPart(resource, name)));
  // What excludes something else, or has passed meanwhile, a program would leave out; what it has to say besides it can
  // only say in one way, or it is a secret that nobody tells.
  for (;;) {
    const wrong = check(resource, {}, inputs, { clock: systemClock }).failures.map(({ property }) => property);
    const left = without(inputs, (name) => wrong.includes(name) && !isRequired(resource, name));
    const said = wrong.filter((name) => inputs[name] === undefined).flatMap((name) => onlyWay(resource, name));
    if (said.length === 0 && Object.keys(left).length === Object.keys(inputs).length) return inputs;
    inputs = { ...left, ...Object.fromEntries(said) };
  }
}

/** The input with its value, where it takes no other. */
export function onlyWay({ inputs }: AnyResource, name: string): (readonly [string, unknown])[] {
  const schema = inputs[name]?.shape.schema(z);
  return schema instanceof z.ZodLiteral && schema.values.size === 1 ? [[name, [...schema.values][0]]] : [];
}

const isRequired = ({ inputs }: AnyResource, name: string): boolean => inputs[name]?.required ?? false;

/** Domains are resources of their own, which are imported as such: declared with their organization they would be it twice. */
const isPart = ({ domains }: AnyResource, name: string): boolean => domains?.named === name && domains.of === undefined;

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const without = (inputs: Inputs, leaves: (name: string, value: unknown) => boolean): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name, value]) => !leaves(name, value)));

/** What an import is given, as a message says it: `org_…/slug`. */
export function importForm({ inputs, importedBy = byId }: AnyResource): string {
  return importedBy.map((name) => inputs[name]?.shape.form ?? name).join("/");
}

/** What an import of the object with this id is given: the reverse of how that is read. */
export const importIdOf = ({ importedBy = byId }: AnyResource, inputs: Inputs, id: string): string =>
  importedBy.map((name) => (name === "id" ? id : String(inputs[name]))).join("/");

function partsOf(resource: AnyResource, id: string): Inputs & { readonly id?: string } {
  const { inputs, importedBy = byId } = resource;
  const values = id.split("/");
  // What comes last may have a slash of its own.
  const parts = importedBy.map((name, place): [string, string] => [
    name,
    place === importedBy.length - 1 ? values.slice(place).join("/") : (values[place] ?? ""),
  ]);
  const wrong = parts.some(([name, value]) => {
    const schema = inputs[name]?.shape.schema(z);
    return value === "" || (schema !== undefined && !schema.safeParse(value).success);
  });
  if (wrong) {
    const what = importedBy.length > 1 ? `its ${importedBy.join(" and its ")}, with a slash between` : undefined;
    throw notImportedBy(id, resource.noun, importForm(resource), what);
  }
  return Object.fromEntries(parts);
}

/** What somebody is told who has given an id of another form. */
export const notImportedBy = (id: string, noun: string, form: string, what?: string): Error =>
  new Error(
    `"${id}" is not what ${aOrAn(noun)} is imported by, which is ${form}${what === undefined ? "" : `: ${what}`}.`,
  );

const aOrAn = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
