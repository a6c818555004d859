/**
 * Two declarations of one thing fight over it at every run, so the second one is refused while the program still runs,
 * in previews too.
 */
import { foldAddress } from "../provider/declare/address";
import { unknownValue } from "../provider/declare/unknown";
import { perRun } from "./per-run";
import { stopped } from "./preconditions";
import * as pulumi from "./pulumi";

/** What identifies an object: the inputs of one natural key, some of which may be outputs of other resources. */
export type NaturalKey = readonly string[];

/** Who declared a natural key: compared by identity, since two components may each have a child of one name. */
interface Claimant {
  readonly name: string;
}

const claims = perRun(() => new Map<string, Claimant>());

const outputIds = new WeakMap<object, number>();
let outputCount = 0;

/**
 * Notes that a resource declares an object.
 * @returns the arguments, whose keys that are outputs only resolve once they were found to be unique.
 * @throws (a `RunError`) when another resource of the program declares the same object.
 */
export function claim(
  kind: string,
  name: string,
  keys: readonly NaturalKey[],
  args: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const claimant = { name };
  const declared = claims();
  let claimed = args;
  for (const key of keys) {
    const parts = key.map((property) => args[property]);
    // A key of no inputs is that of what there is one of.
    if (key.length > 0 && parts[0] === undefined) {
      continue;
    }
    // The same output of the same resource is the same value, even while nobody knows it.
    take(declared, claimant, kind, key, parts.map(identity));
    const waiting = parts.findIndex(isEventual);
    const property = key[waiting];
    if (property !== undefined) {
      const checked = pulumi.all(parts).apply((values) => {
        take(declared, claimant, kind, key, values.map(folded));
        return values[waiting];
      });
      claimed = { ...claimed, [property]: checked };
    }
  }
  return claimed;
}

/** Who declares somebody's access to an organization: a roster for everybody in it, the others for one person. */
type Declarer = Claimant & { readonly kind: string };

/** By organization and address, those who declare that access first: of rosters, and of the others. */
const accesses = perRun(() => new Map<string, Map<string, { roster?: Declarer; other?: Declarer }>>());
const addresses = perRun(() => new Map<string, unknown>());

/** Notes that this user has this address, so that a membership by the user's id is known to be that person's. */
export function noteAddress(userId: unknown, email: unknown): void {
  addresses().set(JSON.stringify(identity(userId)), email);
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
  kind: string,
  name: string,
  organizationId: pulumi.Input<string>,
  members: pulumi.Output<Readonly<Record<string, M>>>,
  names: readonly string[] | undefined,
): ClaimedPeople<M> {
  const claimant = { kind, name };
  if (names) {
    declareAccess(claimant, identity(organizationId), names);
    const checked = pulumi.output(organizationId).apply((id) => {
      declareAccess(claimant, folded(id), names);
      return id;
    });
    // The people stay known while the organization is not, so that the preview of a new one shows them.
    return { organizationId: checked, members };
  }
  // Every part of `known` is there once the map is: nothing in it is an output any more.
  const claimed: pulumi.Output<unknown> = pulumi.all([members, organizationId]).apply(([known, id]) => {
    declareAccess(claimant, folded(id), Object.keys(known));
    return known;
  });
  return { organizationId, members: claimed as pulumi.Output<Readonly<Record<string, M>>> };
}

/** Notes that a resource declares the access of one person, by address or by user. */
export function claimPerson(
  kind: string,
  name: string,
  { organizationId, userId, address }: { organizationId: unknown; userId?: unknown; address?: unknown },
): void {
  const email = address ?? addresses().get(JSON.stringify(identity(userId)));
  if (organizationId === undefined || email === undefined) return;
  const claimant = { kind, name };
  if (typeof email === "string") {
    declareAccess(claimant, identity(organizationId), [email]);
  }
  if (isEventual(organizationId) || isEventual(email)) {
    pulumi.all([organizationId, email]).apply(([organization, known]) => {
      declareAccess(claimant, folded(organization), [known as string]);
    });
  }
}

/** Who declares a domain, by its name, and who declares all domains of an organization, by its id. */
const domains = perRun(() => new Map<string, Declarer>());
const allDomains = perRun(() => new Map<string, Declarer>());

/** Notes that a resource declares these domains: one by its name, or a list of objects with one. */
export function claimDomains(kind: string, name: string, declared: unknown, organizationId: unknown): void {
  const claimant = { kind, name };
  const whole = organizationId === undefined ? undefined : allDomains().get(JSON.stringify(identity(organizationId)));
  if (whole) {
    throw stopped(
      `${kind} "${name}" adds a domain to an organization whose domains ${whole.kind} "${whole.name}" declares already, all of them. Keep one of the two: they would undo each other's changes at every run.`,
    );
  }
  declareDomains(claimant, declared);
  if (typeof declared === "object" && declared !== null)
    pulumi.output(declared).apply((known) => declareDomains(claimant, known));
}

/** Notes that a resource declares all domains of the organization with this id. */
export function claimAllDomains(kind: string, name: string, organizationId: unknown): void {
  allDomains().set(JSON.stringify(identity(organizationId)), { kind, name });
}

function declareDomains(claimant: Declarer, declared: unknown): void {
  const entries: readonly unknown[] = Array.isArray(declared) ? declared : [declared];
  const names = entries.map((entry) =>
    typeof entry === "object" && entry !== null && "domain" in entry ? entry.domain : entry,
  );
  for (const domain of names) {
    if (typeof domain !== "string" || domain === unknownValue) continue;
    const other = domains().get(foldAddress(domain)) ?? claimant;
    if (other.kind !== claimant.kind || other.name !== claimant.name) {
      throw stopped(
        `${claimant.kind} "${claimant.name}" declares the domain ${domain}, which ${other.kind} "${other.name}" declares already. Keep one of the two: they would undo each other's changes at every run.`,
      );
    }
    domains().set(foldAddress(domain), claimant);
  }
}

function declareAccess(claimant: Declarer, organization: unknown, emails: readonly string[]): void {
  const key = JSON.stringify(organization);
  const declared = accesses().get(key) ?? new Map<string, { roster?: Declarer; other?: Declarer }>();
  accesses().set(key, declared);
  const mine = claimant.kind === "OrganizationRoster" ? "roster" : "other";
  const people = emails.map((email) => folded(email) as string);
  for (const email of people) {
    const { roster, other: single } = declared.get(email) ?? {};
    // One resource comes here twice where its organization or its person is an output.
    const other = [roster, ...(mine === "roster" ? [single] : [])].find(
      (one) => one && (one.name !== claimant.name || one.kind !== claimant.kind),
    );
    if (other) {
      throw stopped(
        `${claimant.kind} "${claimant.name}" declares the access of ${email}, which ${other.kind} "${other.name}" declares already, to the same organization. Keep one of the two: they would undo each other's changes at every run.`,
      );
    }
  }
  // Only now: what was refused declares nothing.
  for (const email of people) declared.set(email, { [mine]: claimant, ...declared.get(email) });
}

function take(
  declared: Map<string, Claimant>,
  claimant: Claimant,
  kind: string,
  key: NaturalKey,
  values: readonly unknown[],
): void {
  const claimed = JSON.stringify([kind, key, values]);
  const other = declared.get(claimed) ?? claimant;
  if (other !== claimant) {
    const same = key.length > 0 ? `the same ${key.join(" and ")}` : "there is one in an environment";
    throw stopped(
      `${kind} "${claimant.name}" declares what ${kind} "${other.name}" declares already: ${same}. Remove one of the two; they would undo each other's changes at every run.`,
    );
  }
  declared.set(claimed, claimant);
}

const isEventual = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value);

const folded = (value: unknown) => (typeof value === "string" ? foldAddress(value) : value);

function identity(value: unknown): unknown {
  if (!isEventual(value)) {
    return folded(value);
  }
  const object = value as object;
  const id = outputIds.get(object) ?? ++outputCount;
  outputIds.set(object, id);
  return { output: id };
}
