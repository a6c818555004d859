/**
 * Two declarations of one thing are refused while the program still runs, in previews too. Here outputs are told apart
 * before anybody knows their values: the same output of the same resource is the same value.
 */
import { type Declarer as AnyDeclarer, Declarations, type NaturalKey } from "../provider/duplicates";
import { type Environment, perEnvironment } from "./environment";
import { stopped } from "./preconditions";
import * as pulumi from "./pulumi";

export type { NaturalKey } from "../provider/duplicates";

/**
 * Who declares something, in which environment: in another one it is another thing. Two providers count as two
 * environments, whatever their settings are.
 */
export interface Declarer extends AnyDeclarer {
  readonly environment: Environment;
}

const declarationsIn = perEnvironment(() => new Declarations());

/** @throws (a `RunError`) where there is a conflict. */
function refuse(conflict: string | undefined): void {
  if (conflict !== undefined) throw stopped(conflict);
}

const outputIds = new WeakMap<object, number>();
let outputCount = 0;

/**
 * Notes that a resource declares an object.
 * @returns the arguments, whose keys that are outputs only resolve once they were found to be unique.
 * @throws (a `RunError`) when another resource of the program declares the same object.
 */
export function claim(
  declarer: Declarer,
  keys: readonly NaturalKey[],
  args: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const declarations = declarationsIn(declarer.environment);
  let claimed = args;
  for (const key of keys) {
    const parts = key.map((property) => args[property]);
    // A key of no inputs is that of what there is one of.
    if (key.length > 0 && parts[0] === undefined) {
      continue;
    }
    refuse(declarations.object(declarer, key, parts.map(identity)));
    const waiting = parts.findIndex(isEventual);
    const property = key[waiting];
    if (property !== undefined) {
      const checked = pulumi.all(parts).apply((values) => {
        refuse(declarations.object(declarer, key, values));
        return values[waiting];
      });
      claimed = { ...claimed, [property]: checked };
    }
  }
  return claimed;
}

/** Notes that this user has this address, so that a membership by the user's id is known to be that person's. */
export function noteAddress({ environment }: Declarer, userId: unknown, email: unknown): void {
  declarationsIn(environment).noteAddress(identity(userId), email);
}

/** What a roster claims, to be given to the engine in place of what the program gave: resolved once nobody is declared twice. */
export interface ClaimedPeople<M> {
  readonly organizationId: pulumi.Input<string>;
  readonly members: pulumi.Output<Readonly<Record<string, M>>>;
}

/**
 * Notes that a roster declares these people's access, and finds who is declared by another resource as well.
 * @param names the addresses as far as the program tells them without waiting.
 */
export function claimPeople<M>(
  declarer: Declarer,
  organizationId: pulumi.Input<string>,
  members: pulumi.Output<Readonly<Record<string, M>>>,
  names: readonly string[] | undefined,
): ClaimedPeople<M> {
  const declarations = declarationsIn(declarer.environment);
  if (names) {
    refuse(declarations.access(declarer, identity(organizationId), names));
    const checked = pulumi.output(organizationId).apply((id) => {
      refuse(declarations.access(declarer, id, names));
      return id;
    });
    // The people stay known while the organization is not, so that the preview of a new one shows them.
    return { organizationId: checked, members };
  }
  // Every part of `known` is there once the map is: nothing in it is an output any more.
  const claimed: pulumi.Output<unknown> = pulumi.all([members, organizationId]).apply(([known, id]) => {
    refuse(declarations.access(declarer, id, Object.keys(known)));
    return known;
  });
  return { organizationId, members: claimed as pulumi.Output<Readonly<Record<string, M>>> };
}

/** Notes that a resource declares the access of one person, by address or by user. */
export function claimPerson(
  declarer: Declarer,
  { organizationId, userId, address }: { organizationId: unknown; userId?: unknown; address?: unknown },
): void {
  const declarations = declarationsIn(declarer.environment);
  const email = address ?? declarations.addressOf(identity(userId));
  if (organizationId === undefined || email === undefined) return;
  if (typeof email === "string") {
    refuse(declarations.access(declarer, identity(organizationId), [email]));
  }
  if (isEventual(organizationId) || isEventual(email)) {
    pulumi.all([organizationId, email]).apply(([organization, known]) => {
      refuse(declarations.access(declarer, organization, [known as string]));
    });
  }
}

/** Notes that a resource declares these domains: one by its name, or a list of objects with one. */
export function claimDomains(declarer: Declarer, names: unknown, organizationId: unknown): void {
  const declarations = declarationsIn(declarer.environment);
  if (organizationId !== undefined) refuse(declarations.addedDomain(declarer, identity(organizationId)));
  refuse(declarations.domains(declarer, names));
  if (typeof names === "object" && names !== null)
    pulumi.output(names).apply((known) => refuse(declarations.domains(declarer, known)));
}

/** Notes that a resource declares all domains of the organization with this id. */
export function claimAllDomains(declarer: Declarer, organizationId: unknown): void {
  refuse(declarationsIn(declarer.environment).allDomains(declarer, identity(organizationId)));
}

const isEventual = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value);

function identity(value: unknown): unknown {
  if (!isEventual(value)) {
    return value;
  }
  const object = value as object;
  const id = outputIds.get(object) ?? ++outputCount;
  outputIds.set(object, id);
  return { output: id };
}
