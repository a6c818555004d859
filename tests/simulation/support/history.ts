/** A history: what programs say, what is run, what others do and what goes wrong, as data that can be made shorter. */
import { Random } from "./random";
import { scenes } from "./scenes";
import { thing } from "./things";
import { refsIn } from "./engine";
import { type Fault, wireFaults } from "./wire";

export type Key = string;

/** A declaration under a key that outlives every name. References name keys: `{ ref: "org-acme" }`. */
export interface Declaration {
  readonly key: Key;
  readonly kind: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export const outsideEvents = [
  "accepts",
  "leaves",
  "is promoted",
  "is demoted",
  "is suspended",
  "is readmitted",
  "is renamed",
  "is deleted",
  "invitation is revoked",
  "key is deleted",
  "key expires",
  "joins",
  "is invited",
  "profile changes",
  "organization is renamed",
  "organization is deleted",
  "role is deleted",
  "takes an external id",
  "template changes",
  "flag is switched",
  "thing is deleted",
] as const;
export type OutsideEvent = (typeof outsideEvents)[number];

export interface Outside {
  readonly event: OutsideEvent;
  /** Which of those whom it can happen to. */
  readonly pick: number;
}

export interface RunStep {
  readonly do: "run";
  readonly stack: number;
  readonly what: "up" | "preview" | "refresh" | "destroy";
  readonly refresh?: boolean;
  readonly parallel: number;
  readonly faults: readonly Fault[];
  /** What somebody else does in the middle, by the place of the fault. */
  readonly meanwhile?: Readonly<Record<number, Outside>>;
  /** The engine is killed after so many answers of its provider, before it has recorded the last of them. */
  readonly engineKilledAfter?: number;
  /** Another environment's key and address, or an address where something else answers. */
  readonly at?: "another environment" | "elsewhere";
  /** Another stack's `up` at the same time. */
  readonly beside?: number;
  /** Guards that this run may pass. */
  readonly overridden?: boolean;
  /** Everything recorded may be missing. */
  readonly everythingGone?: boolean;
}

export type HistoryStep =
  | RunStep
  | { readonly do: "declare"; readonly stack: number; readonly declaration: Declaration }
  | { readonly do: "remove"; readonly stack: number; readonly key: Key }
  | { readonly do: "rename"; readonly stack: number; readonly key: Key; readonly to: string; readonly alias: boolean }
  | { readonly do: "move"; readonly stack: number; readonly to: number; readonly key: Key }
  | { readonly do: "restore"; readonly stack: number; readonly back: number }
  | { readonly do: "outside"; readonly what: Outside }
  | { readonly do: "wait"; readonly ms: number };

export interface Settings {
  readonly minAdmins?: number;
  readonly maxRemovals?: string;
  readonly requireForceDestroy?: boolean;
}

export interface Switches {
  readonly resend?: "new-token" | "same";
  readonly metadata?: "merge" | "replace";
  readonly inviteCreatesUser?: boolean;
  readonly activeDuplicateMembership?: "conflict" | "return";
  readonly asyncDeletesMs?: number;
}

export interface History {
  readonly seed: number;
  readonly stacks: number;
  readonly settings: Settings;
  readonly switches: Switches;
  readonly steps: readonly HistoryStep[];
}

const hour = 3_600_000;
const organizations = ["acme", "beta"];
const people = ["ann", "ben", "cleo", "dan"];
const guests = ["gil", "hana"];
const crew = ["ria", "sam", "tom", "una"];
const names = ["CI", "deploy"];
const roles = ["admin", "member", "viewer"];
const permissions = ["posts:read", "posts:write"];

export const addressOf = (person: string) => `${person}@example.com`;
export const externalIdOf = (organization: string) => `x-${organization}`;
const titleOf = (organization: string) => `${organization.charAt(0).toUpperCase()}${organization.slice(1)}`;

const present = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

type Maker = (random: Random) => Declaration;

const adoption = (random: Random) => random.maybe(0.25, () => random.pick(["never", "if-exists", "if-exists"]));

const organization: Maker = (random) => {
  const which = random.pick(organizations);
  return {
    key: `org-${which}`,
    kind: "Organization",
    inputs: present({
      name: random.chance(0.8) ? titleOf(which) : `${titleOf(which)} ${random.int(2, 3)}`,
      externalId: externalIdOf(which),
      metadata: random.maybe(0.3, () => ({ tier: random.pick(["gold", "silver"]) })),
      adopt: adoption(random),
      onDestroy: random.maybe(0.15, () => random.pick(["retain", "delete"])),
      forceDestroy: random.maybe(0.2, () => true),
    }),
  };
};

const user: Maker = (random) => {
  const which = random.pick(people);
  return {
    key: `user-${which}`,
    kind: "User",
    inputs: present({
      email: random.chance(0.9) ? addressOf(which) : `${which}.new@example.com`,
      firstName: random.maybe(0.4, () => random.pick(["Ann", "Bo"])),
      lastName: random.maybe(0.2, () => random.pick(["Lee", "Ray"])),
      externalId: random.maybe(0.3, () => `p-${random.chance(0.8) ? which : random.pick(people)}`),
      metadata: random.maybe(0.3, () => ({ team: random.pick(["red", "blue"]), [random.pick(["a", "b"])]: "1" })),
      locale: random.maybe(0.15, () => random.pick(["en", "de"])),
      password: random.maybe(0.03, () => "correct-horse-battery-staple"),
      adopt: adoption(random),
      onDestroy: random.maybe(0.15, () => random.pick(["retain", "delete"])),
      forceDestroy: random.maybe(0.2, () => true),
    }),
  };
};

const membership: Maker = (random) => {
  const [who, where] = [random.pick(people), random.chance(0.75) ? "acme" : "beta"];
  const several = random.chance(0.2);
  return {
    key: `member-${who}-${where}`,
    kind: "OrganizationMembership",
    inputs: present({
      userId: { ref: `user-${who}` },
      organizationId: { ref: `org-${where}` },
      roleSlug: several ? undefined : random.maybe(0.85, () => random.pick(["admin", ...roles])),
      roleSlugs: several ? ["member", random.pick(["admin", "viewer"])] : undefined,
      status: random.maybe(0.4, () => random.pick(["active", "inactive"])),
      adopt: adoption(random),
      onDestroy: random.maybe(0.3, () => random.pick(["delete", "deactivate", "retain"])),
    }),
  };
};

const invitation: Maker = (random) => {
  const [who, where] = [random.pick(guests), random.pick(organizations)];
  return {
    key: `invitation-${who}-${where}`,
    kind: "Invitation",
    inputs: present({
      email: addressOf(who),
      organizationId: { ref: `org-${where}` },
      roleSlug: random.maybe(0.8, () => random.pick(roles)),
      expiresInDays: random.maybe(0.3, () => random.int(1, 30)),
      resend: random.maybe(0.3, () => random.pick(["1", "2", "3"])),
      onExpired: random.maybe(0.2, () => random.pick(["keep", "recreate"])),
      adopt: adoption(random),
      onDestroy: random.maybe(0.3, () => random.pick(["revoke", "removeMembership"])),
    }),
  };
};

const apiKey: Maker = (random) => {
  const [name, where] = [random.pick(names), random.pick(organizations)];
  return {
    key: `key-${name}-${where}`,
    kind: "OrganizationApiKey",
    inputs: present({
      organizationId: { ref: `org-${where}` },
      name,
      permissions: random.maybe(0.6, () => [random.pick(permissions)]),
      expiresAt: random.maybe(0.2, () => random.pick(["2027-01-31T00:00:00Z", "2028-01-31T00:00:00Z"])),
      keepers: random.maybe(0.4, () => ({ rotation: random.pick(["1", "2", "3"]) })),
      overlap: random.maybe(0.3, () => "24h"),
    }),
  };
};

const role: Maker = (random) => {
  const where = random.pick(organizations);
  return {
    key: `role-${where}`,
    kind: "OrganizationRole",
    inputs: present({
      organizationId: { ref: `org-${where}` },
      slug: "org-billing",
      name: random.pick(["Billing", "Accounting"]),
      description: random.maybe(0.4, () => random.pick(["Pays", "Bills"])),
      permissions: random.maybe(0.6, () => permissions.slice(0, random.int(0, 2))),
      adopt: adoption(random),
      onDestroy: random.maybe(0.15, () => "retain"),
    }),
  };
};

const roster: Maker = (random) => {
  const where = random.chance(0.7) ? "beta" : "acme";
  const members = crew
    .filter(() => random.chance(0.7))
    .map((who) => [
      addressOf(who),
      present({
        roles: random.maybe(0.8, () => [random.pick(roles)]),
        status: random.maybe(0.2, () => random.pick(["active", "inactive"])),
        via: random.maybe(0.3, () => "invitation"),
        firstName: random.maybe(0.2, () => "Kim"),
      }),
    ]);
  return {
    key: `roster-${where}`,
    kind: "OrganizationRoster",
    inputs: present({
      organizationId: { ref: `org-${where}` },
      members: Object.fromEntries(members),
      mode: random.maybe(0.15, () => "authoritative"),
      onRemove: random.maybe(0.4, () => random.pick(["deactivate", "delete"])),
      onDestroy: random.maybe(0.4, () => random.pick(["retain", "remove"])),
      manageProfiles: random.maybe(0.3, () => true),
      guards: random.maybe(0.5, () => ({ maxRemovals: { people: random.pick([1, 10, 100]), fraction: 1 } })),
    }),
  };
};

const makers: readonly (readonly [number, Maker])[] = [
  [2, organization],
  [4, user],
  [5, membership],
  [3, invitation],
  [3, apiKey],
  [1, role],
  [2, roster],
];

/** @param share how many of a hundred are none of people's. */
function madeBy(random: Random, share = 0): Declaration {
  if (share > 0 && random.chance(share)) return thing(random);
  let left = random.int(
    1,
    makers.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, make] of makers) {
    left -= weight;
    if (left <= 0) return make(random);
  }
  return organization(random);
}

/** Another declaration of the same thing. */
function remade(random: Random, key: Key): Declaration | undefined {
  for (let turn = 0; turn < 120; turn++) {
    const made = turn % 2 === 0 ? madeBy(random) : thing(random);
    if (made.key === key) return made;
  }
  return undefined;
}

const referred = ({ inputs }: Declaration): Key[] => refsIn(inputs);

/** Which stack has a thing: mostly one alone. */
const homeOf = (key: Key, stacks: number) => [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % stacks;

/** @param seed of which everything follows. */
export function historyOf(seed: number): History {
  const random = new Random(seed);
  const scene = random.maybe(0.3, () => random.pick(scenes));
  const stacks = scene?.stacks ?? (random.chance(0.4) ? 2 : 1);
  const contended = stacks > 1 && random.chance(0.4);
  const calm = random.chance(0.15);
  /** Some histories are of people alone, some of everything, and some of nearly nothing but things. */
  const share = random.pick([0, 0.4, 0.8]);
  const steps: HistoryStep[] = [];
  const programs: Map<Key, Declaration>[] = Array.from({ length: stacks }, () => new Map<Key, Declaration>());
  const declare = (made: Declaration, stack: number) => {
    const program = programs[stack];
    if (!program) return;
    for (const key of referred(made)) {
      if (programs.some((other) => other.has(key))) continue;
      const needed = remade(random, key);
      if (needed) declare(needed, homeOf(key, stacks));
    }
    program.set(made.key, made);
    steps.push({ do: "declare", stack, declaration: made });
  };
  const declareAny = () => {
    const made = madeBy(random, share);
    const home = homeOf(made.key, stacks);
    declare(made, home);
    const beside = contended && ["User", "OrganizationApiKey", "OrganizationMembership"].includes(made.kind);
    if (beside && random.chance(0.5)) declare(made, 1 - home);
  };
  scene?.play({
    random,
    declare,
    remove(key, stack) {
      programs[stack]?.delete(key);
      steps.push({ do: "remove", stack, key });
    },
    play: (...more) => steps.push(...more),
  });
  for (let count = scene ? random.int(0, 2) : random.int(2, share > 0 ? 10 : 7); count > 0; count--) declareAny();
  const lives = scene ? random.int(0, 2) : random.int(2, 6);
  for (let life = 0; life < lives; life++) {
    if (life > 0) {
      for (let count = random.int(0, 3); count > 0; count--) steps.push(...change(random, programs, declareAny));
      if (random.chance(0.4)) steps.push({ do: "outside", what: outside(random) });
      if (random.chance(0.15)) steps.push({ do: "wait", ms: random.pick([1, 25, 24 * 8, 24 * 40]) * hour });
    }
    steps.push(run(random, stacks, calm));
  }
  return {
    seed,
    stacks,
    settings: {
      minAdmins: random.maybe(0.4, () => 1),
      maxRemovals: random.maybe(0.25, () => random.pick(["1", "2", "50%"])),
      requireForceDestroy: random.maybe(0.15, () => true),
      ...scene?.settings,
    },
    switches: {
      resend: random.maybe(0.3, () => "same" as const),
      metadata: random.maybe(0.3, () => "replace" as const),
      inviteCreatesUser: random.maybe(0.3, () => false),
      activeDuplicateMembership: random.maybe(0.2, () => "return" as const),
      asyncDeletesMs: random.maybe(0.2, () => random.pick([500, 20_000])),
    },
    steps,
  };
}

const outside = (random: Random): Outside => ({ event: random.pick(outsideEvents), pick: random.int(0, 99) });

function change(random: Random, programs: readonly Map<Key, Declaration>[], declareAny: () => void): HistoryStep[] {
  const stack = random.int(0, programs.length - 1);
  const program = programs[stack];
  const keys = [...(program?.keys() ?? [])];
  if (!program || keys.length === 0 || random.chance(0.25)) {
    declareAny();
    return [];
  }
  const key = random.pick(keys);
  const lot = random.next();
  if (lot < 0.45) {
    const declaration = remade(random, key);
    if (!declaration) return [];
    for (const other of programs) if (other.has(key)) other.set(key, declaration);
    return programs.flatMap((other, index) =>
      other.has(key) ? [{ do: "declare", stack: index, declaration } as const] : [],
    );
  }
  if (lot < 0.75) {
    program.delete(key);
    return [{ do: "remove", stack, key }];
  }
  if (lot < 0.85) {
    return [{ do: "rename", stack, key, to: `${key}-${random.int(2, 9)}`, alias: random.chance(0.6) }];
  }
  if (lot < 0.93 || programs.length === 1) return [{ do: "restore", stack, back: random.int(1, 3) }];
  const declaration = program.get(key);
  const to = 1 - stack;
  if (declaration) programs[to]?.set(key, declaration);
  program.delete(key);
  return [{ do: "move", stack, to, key }];
}

function run(random: Random, stacks: number, calm: boolean): RunStep {
  const faults: Fault[] = [];
  const meanwhile: Record<number, Outside> = {};
  const length = random.pick([4, 12, 30, 60]);
  if (!calm && random.chance(0.6)) {
    for (let count = random.pick([1, 1, 1, 2, 3]); count > 0; count--) {
      const what = random.pick(wireFaults);
      faults.push(
        random.chance(0.6) ? { at: random.int(0, 6), what, ofWrites: true } : { at: random.int(0, length), what },
      );
    }
  }
  if (!calm && random.chance(0.12)) {
    faults.push({ at: random.int(0, 6), what: random.pick(["kill before", "kill after"]), ofWrites: true });
  }
  if (random.chance(0.2)) {
    const at = random.int(1, length);
    faults.push({ at, what: "meanwhile" });
    meanwhile[at] = outside(random);
  }
  const what = random.pick(["up", "up", "up", "up", "up", "up", "preview", "refresh", "destroy"] as const);
  const stack = random.int(0, stacks - 1);
  return {
    do: "run",
    stack,
    what,
    refresh: random.chance(0.35),
    parallel: random.pick([1, 1, 4, 16]),
    faults,
    ...(Object.keys(meanwhile).length > 0 ? { meanwhile } : {}),
    engineKilledAfter: calm ? undefined : random.maybe(0.08, () => random.int(1, 10)),
    at: calm ? undefined : random.maybe(0.08, () => random.pick(["another environment", "elsewhere"] as const)),
    beside: stacks > 1 && what === "up" ? random.maybe(0.5, () => 1 - stack) : undefined,
    overridden: random.maybe(0.08, () => true),
  };
}
