/**
 * Two declarations of one thing fight over it at every run. What is such a pair, and what is said of it, stands here for
 * whoever sees the declarations of a program: its own classes while it runs, and the native plugin while it checks.
 */
import { foldAddress } from "./declare/address";
import type { Inputs } from "./declare/resource";
import { isKnownText, unknownValue } from "./declare/unknown";

/** What identifies an object: the inputs of one natural key. */
export type NaturalKey = readonly string[];

/** Who declares something: compared by identity, since two components may each have a child of one name. */
export interface Declarer {
  readonly kind: string;
  readonly name: string;
}

/** What of a kind's inputs says which object, whose access and which domains are declared. */
export interface Claims {
  /** What tells one object from another: for each natural key the inputs that make it up. */
  readonly keys?: readonly NaturalKey[];
  /** The input that is a person's address, where each object is a person. */
  readonly address?: string;
  /** The inputs that say whose access to which organization the object is. */
  readonly access?: { readonly organization: string; readonly user?: string; readonly address?: string };
  /** The input whose keys are the addresses of all whose access to `organizationId` is declared. */
  readonly people?: string;
  /** The input that names domains, and the one with the organization's id where these are not all that it has. */
  readonly domains?: { readonly named: string; readonly of?: string };
}

interface Access {
  readonly roster?: Declarer;
  readonly other?: Declarer;
}

const fight = "they would undo each other's changes at every run.";
const keepOne = `Keep one of the two: ${fight}`;
const folded = (value: unknown): unknown => (typeof value === "string" ? foldAddress(value) : value);
const keyOf = (value: unknown): string => JSON.stringify(folded(value));

/**
 * What a program has declared so far. Each method notes a declaration, and answers what is wrong where another declares
 * the same; what was refused declares nothing. A value may be anything that is equal where it stands for the same.
 */
export class Declarations {
  readonly #objects = new Map<string, Declarer>();
  /** By organization and address: of rosters, and of the others. */
  readonly #accesses = new Map<string, Map<string, Access>>();
  readonly #addresses = new Map<string, unknown>();
  readonly #domains = new Map<string, Declarer>();
  /** Who declares all domains of an organization, and who adds one to it, by its id. */
  readonly #allDomains = new Map<string, Declarer>();
  readonly #addedDomains = new Map<string, Declarer>();

  /** Notes the object of one natural key; a key of no inputs is that of what there is one of. */
  object(declarer: Declarer, key: NaturalKey, values: readonly unknown[]): string | undefined {
    const { kind, name } = declarer;
    const claimed = JSON.stringify([kind, key, values.map(folded)]);
    const other = this.#objects.get(claimed) ?? declarer;
    if (other !== declarer) {
      const same = key.length > 0 ? `the same ${key.join(" and ")}` : "there is one in an environment";
      return `${kind} "${name}" declares what ${kind} "${other.name}" declares already: ${same}. Remove one of the two; ${fight}`;
    }
    this.#objects.set(claimed, declarer);
    return undefined;
  }

  /** Notes that this user has this address, so that a membership by the user's id is known to be that person's. */
  noteAddress(user: unknown, email: unknown): void {
    this.#addresses.set(keyOf(user), email);
  }

  addressOf(user: unknown): unknown {
    return this.#addresses.get(keyOf(user));
  }

  /** Notes whose access to an organization is declared: by a roster for everybody in it, by others for one person. */
  access(declarer: Declarer, organization: unknown, emails: readonly string[]): string | undefined {
    const key = keyOf(organization);
    const declared = this.#accesses.get(key) ?? new Map<string, Access>();
    this.#accesses.set(key, declared);
    const mine = declarer.kind === "OrganizationRoster" ? "roster" : "other";
    const people = emails.map(foldAddress);
    for (const email of people) {
      const { roster, other: single } = declared.get(email) ?? {};
      // One resource comes here twice where its organization or its person is known later.
      const other = [roster, ...(mine === "roster" ? [single] : [])].find((one) => one && one !== declarer);
      if (other) {
        return `${declarer.kind} "${declarer.name}" declares the access of ${email}, which ${other.kind} "${other.name}" declares already, to the same organization. ${keepOne}`;
      }
    }
    for (const email of people) declared.set(email, { [mine]: declarer, ...declared.get(email) });
    return undefined;
  }

  /** Notes domains: one by its name, or a list of names or of objects with one. */
  domains(declarer: Declarer, declared: unknown): string | undefined {
    const names = (Array.isArray(declared) ? (declared as unknown[]) : [declared]).map((entry) =>
      typeof entry === "object" && entry !== null && "domain" in entry ? entry.domain : entry,
    );
    for (const domain of names.filter(isKnownText)) {
      const other = this.#domains.get(foldAddress(domain)) ?? declarer;
      if (other !== declarer) {
        return `${declarer.kind} "${declarer.name}" declares the domain ${domain}, which ${other.kind} "${other.name}" declares already. ${keepOne}`;
      }
      this.#domains.set(foldAddress(domain), declarer);
    }
    return undefined;
  }

  /** Notes that a domain is added to an organization. */
  addedDomain(declarer: Declarer, organization: unknown): string | undefined {
    const whole = this.#allDomains.get(keyOf(organization));
    if (whole) return besideAll(declarer, whole);
    this.#addedDomains.set(keyOf(organization), declarer);
    return undefined;
  }

  /** Notes that all domains of an organization are declared with it. */
  allDomains(declarer: Declarer, organization: unknown): string | undefined {
    const added = this.#addedDomains.get(keyOf(organization));
    if (added) return besideAll(added, declarer);
    this.#allDomains.set(keyOf(organization), declarer);
    return undefined;
  }
}

const besideAll = (one: Declarer, whole: Declarer): string =>
  `${one.kind} "${one.name}" adds a domain to an organization whose domains ${whole.kind} "${whole.name}" declares already, all of them. ${keepOne}`;

/** Notes what inputs declare, as far as they are known, and answers what is wrong. */
export function declaring(
  declarations: Declarations,
  declarer: Declarer,
  { keys = [], access, people, domains }: Claims,
  inputs: Inputs,
): string[] {
  const isKnown = (name: string) => inputs[name] !== undefined && inputs[name] !== unknownValue;
  const conflicts = keys
    // A key of no inputs is that of what there is one of; of several the first says whether there is one.
    .filter((key) => key.every((name, place) => (place === 0 ? isKnown(name) : inputs[name] !== unknownValue)))
    .map((key) =>
      declarations.object(
        declarer,
        key,
        key.map((name) => inputs[name]),
      ),
    );
  if (access && isKnown(access.organization)) {
    const own = access.address === undefined ? undefined : inputs[access.address];
    const email = own ?? (access.user === undefined ? undefined : declarations.addressOf(inputs[access.user]));
    if (isKnownText(email)) conflicts.push(declarations.access(declarer, inputs[access.organization], [email]));
  }
  const all = people === undefined ? undefined : inputs[people];
  if (typeof all === "object" && all !== null && isKnown("organizationId")) {
    conflicts.push(declarations.access(declarer, inputs.organizationId, Object.keys(all)));
  }
  if (domains) {
    conflicts.push(declarations.domains(declarer, inputs[domains.named]));
    const { of } = domains;
    if (of !== undefined && isKnown(of)) conflicts.push(declarations.addedDomain(declarer, inputs[of]));
  }
  return conflicts.filter((conflict) => conflict !== undefined);
}

/** Notes what only the id of an object tells: whose it is, and that all its domains are declared with it. */
export function identified(
  declarations: Declarations,
  declarer: Declarer,
  { address, domains }: Claims,
  id: string,
  inputs: Inputs,
): string | undefined {
  if (address !== undefined) declarations.noteAddress(id, inputs[address]);
  const whole = domains && domains.of === undefined && inputs[domains.named] !== undefined;
  return whole ? declarations.allDomains(declarer, id) : undefined;
}
