/** Random inputs of every kind of resource. */
import fc from "fast-check";
import { rows } from "../kinds";
import { type Ids, noIds, type Values } from "../kinds/generators";
import { type Kind, resources } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";

/** A random value for every input of a kind. */
export const valuesOf = (kind: Kind, ids: Ids = noIds): Values => rows[kind].random(ids);

/** The inputs without which there is none. */
export const requiredOf = (kind: Kind): string[] => [
  ...Object.entries<{ required: boolean }>(resources[kind].inputs).flatMap(([name, { required }]) =>
    required ? [name] : [],
  ),
  ...(rows[kind].needs ?? []),
];

/** Random inputs of a kind that go together. */
export function inputsOf(kind: Kind, requiredKeys: readonly string[], ids?: Ids): fc.Arbitrary<Inputs> {
  return fc
    .record({ ...valuesOf(kind, ids) }, { requiredKeys: [...requiredKeys], noNullPrototype: true })
    .map((inputs) => fitting(inputs));
}

/** Takes out what excludes or needs another input. */
function fitting(given: Record<string, unknown>): Inputs {
  const inputs = { ...given };
  const without = (...names: string[]) => {
    for (const each of names) Reflect.deleteProperty(inputs, each);
  };
  if (inputs.password !== undefined) without("passwordHash");
  if (inputs.passwordHashType === undefined) without("passwordHash");
  if (inputs.passwordHash === undefined) without("passwordHashType", "passwordSaltPosition");
  if (inputs.roleSlugs !== undefined) without("roleSlug");
  const isAnywhere = ["userId", "organizationId", "organizationMembershipId"].some(
    (name) => inputs[name] !== undefined,
  );
  if (!isAnywhere) without("roleSlug");
  if (inputs.organizationId === undefined || inputs.isFirstParty !== false) {
    if (inputs.applicationType === "oauth") without("organizationId", "isFirstParty");
  }
  return inputs;
}
