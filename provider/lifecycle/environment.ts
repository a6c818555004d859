/**
 * Whether what a stack has recorded is looked for in the environment that it is in. With the key or the address of
 * another environment everything is genuinely missing there, and would pass for deleted.
 *
 * The API names no environment, but each has roles of its own from the start (`AuthorizationRolesController_list`), so a
 * part of the id of one of them is recorded with each object. States without that, and environments whose first role
 * was replaced, need a witness: the organization of something recorded, or anything else recorded that answers.
 */
import type { Api, GroupObject, RoleObject } from "../../api";
import type { Clock } from "../../api/clock";
import { isWorkosError } from "../../api/http/errors";
import { undefinedIfMissing } from "../../api/http/missing";
import { containsUnknown } from "../declare/unknown";
import type { State } from "../declare/resource";
import { overrides, Refusal } from "./guards";

/** The hidden output that names the environment. */
export const environmentMark = "__environment";

/** Something that the stack has recorded. */
export interface RecordedObject {
  /** What it is, as in `User user_…`. */
  readonly what: string;
  readonly state: State;
  /** Whether the object itself answers. */
  look(): Promise<boolean>;
}

export interface Environment {
  /** What is recorded with an object that is in this environment; nothing where that cannot be found out. */
  mark(): Promise<State>;
  /** What is recorded with an object that was recorded before: the same, and nothing before anything has answered. */
  markOf(state: State): Promise<State>;
  /** Something recorded has answered: this is the right environment, at least for that. */
  answered(state: State): void;
  /**
   * Refuses where a plan is made for objects of another environment.
   * @throws {Refusal}
   */
  assertSame(recorded: RecordedObject): Promise<void>;
  /**
   * Refuses before something is ended that may be in another environment.
   * @throws {Refusal}
   */
  assertHere(recorded: RecordedObject): Promise<void>;
  /**
   * Refuses to take something for deleted of which nothing tells that it was ever here.
   * @throws {Refusal}
   */
  assertGone(recorded: RecordedObject): Promise<void>;
  /**
   * The roles of the environment; nothing where the key may not list them.
   * @throws a `WorkosError` where the environment cannot be asked at all.
   */
  roles(): Promise<readonly RoleObject[] | undefined>;
  /**
   * The roles that an organization has, the environment's included; `"missing"` where there is no such organization.
   * @param again asks anew for what may have changed since.
   */
  rolesOf(organizationId: string, again?: boolean): Promise<readonly RoleObject[] | "missing" | undefined>;
  /**
   * The groups that an organization has; nothing where there is no such organization, or the key may not list them.
   * @param again asks anew for what may have changed since.
   */
  groupsOf(organizationId: string, again?: boolean): Promise<readonly GroupObject[] | undefined>;
}

/** For whoever has no stack: nothing is recorded, and every 404 is one. */
export const anyEnvironment: Environment = {
  mark: () => Promise.resolve({}),
  markOf: () => Promise.resolve({}),
  answered: () => undefined,
  assertSame: () => Promise.resolve(),
  assertHere: () => Promise.resolve(),
  assertGone: () => Promise.resolve(),
  roles: () => Promise.resolve(undefined),
  rolesOf: () => Promise.resolve(undefined),
  groupsOf: () => Promise.resolve(undefined),
};

/** What asks before a run or a preview does not wait for long. */
const quickly = { totalMs: 10_000 };

/** How long something missing waits for another recorded object to answer: the engine reads many at once. */
const graceMs = 3_000;
const pollMs = 100;

const markLength = 8;

export class StackEnvironment implements Environment {
  #proven = false;
  /** Marks of what has answered, or fits. */
  readonly #marks = new Set<string>();
  #patienceEnds: number | undefined;
  #roles: Promise<readonly RoleObject[] | undefined> | undefined;
  readonly #rolesOf = new Map<string, Promise<readonly RoleObject[] | "missing" | undefined>>();
  readonly #groupsOf = new Map<string, Promise<readonly GroupObject[] | undefined>>();
  readonly #organizations = new Map<string, Promise<boolean>>();

  constructor(
    private readonly api: Api,
    private readonly clock: Clock,
    /** The address and whether this run may take everything for deleted. */
    private readonly options: { readonly baseUrl: string; readonly overridden: boolean },
  ) {}

  roles(): Promise<readonly RoleObject[] | undefined> {
    this.#roles ??= this.#listRoles();
    return this.#roles;
  }

  async #listRoles(): Promise<readonly RoleObject[] | undefined> {
    const listed = await this.api.roles.list({}, quickly).catch(nothingIfNotAllowed);
    // A key that may do less than others still shows by this that it is one.
    if (!listed) await this.api.organizations.list({ limit: 1 }, quickly).catch(nothingIfNotAllowed);
    return listed?.data;
  }

  rolesOf(organizationId: string, again = false): Promise<readonly RoleObject[] | "missing" | undefined> {
    const known = (again ? undefined : this.#rolesOf.get(organizationId)) ?? this.#listRolesOf(organizationId);
    this.#rolesOf.set(organizationId, known);
    return known;
  }

  async #listRolesOf(organization_id: string) {
    const listed = await this.api.roles.listForOrganization({ organization_id }, quickly).catch(nothingIfNotAllowed);
    if (listed) return listed.data;
    return (await this.#has(organization_id)) ? undefined : ("missing" as const);
  }

  groupsOf(organizationId: string, again = false): Promise<readonly GroupObject[] | undefined> {
    const known = (again ? undefined : this.#groupsOf.get(organizationId)) ?? this.#listGroupsOf(organizationId);
    this.#groupsOf.set(organizationId, known);
    return known;
  }

  #listGroupsOf(organization_id: string) {
    return this.api.groups.list({ organization_id }, quickly).all().catch(nothingIfNotAllowed);
  }

  async mark(): Promise<State> {
    // What this is for is a comfort of later runs: no reason for this one to fail.
    const roles = await this.roles().catch(() => undefined);
    const [oldest] = (roles ?? []).map(({ id }) => id).sort();
    return oldest === undefined ? {} : { [environmentMark]: oldest.slice(-markLength) };
  }

  markOf({ [environmentMark]: mark }: State): Promise<State> {
    if (mark !== undefined) return Promise.resolve({ [environmentMark]: mark });
    return this.#proven ? this.mark() : Promise.resolve({});
  }

  answered({ [environmentMark]: mark }: State): void {
    this.#proven = true;
    if (typeof mark === "string") this.#marks.add(mark);
  }

  async assertSame(recorded: RecordedObject): Promise<void> {
    const { state } = recorded;
    const tells = state[environmentMark] !== undefined || organizationOf(state) !== undefined;
    if (this.options.overridden || !tells || (await this.#isProven(state))) return;
    // Where nobody may list roles, the mark tells nothing either.
    const silent = organizationOf(state) === undefined && (await this.roles()) === undefined;
    if (!silent && !(await this.#looksUp(recorded))) throw this.#refusal(recorded);
  }

  async assertHere(recorded: RecordedObject): Promise<void> {
    if (this.options.overridden || (await this.#isProven(recorded.state))) return;
    if (!(await this.#looksUp(recorded))) await this.assertGone(recorded);
  }

  async assertGone(recorded: RecordedObject): Promise<void> {
    if (this.options.overridden || (await this.#isProven(recorded.state))) return;
    // Where a mark tells of another environment there is nothing to wait for; else all wait together, once.
    const tells = recorded.state[environmentMark] !== undefined && (await this.roles()) !== undefined;
    this.#patienceEnds ??= this.clock.now() + graceMs;
    while (!this.#proven || (await this.#isStray(recorded.state))) {
      if (tells || this.clock.now() >= this.#patienceEnds) throw this.#refusal(recorded);
      await this.clock.sleep(pollMs);
    }
  }

  async #looksUp(recorded: RecordedObject): Promise<boolean> {
    const isThere = await recorded.look();
    this.#proven ||= isThere;
    return isThere || (this.#proven && !(await this.#isStray(recorded.state)));
  }

  async #isProven(state: State): Promise<boolean> {
    const mark = state[environmentMark];
    if (typeof mark === "string" && (await this.#isMarkHere(mark))) {
      this.answered(state);
      return true;
    }
    if (this.#proven && !(await this.#isStray(state))) return true;
    const organization = organizationOf(state);
    const isHere = organization !== undefined && (await this.#has(organization));
    this.#proven ||= isHere;
    return isHere || (this.#proven && !(await this.#isStray(state)));
  }

  async #isMarkHere(mark: string): Promise<boolean> {
    return (await this.roles())?.some(({ id }) => id.endsWith(mark)) ?? false;
  }

  /**
   * Whether something is marked as of another environment while another mark of the stack is of this one: a run that
   * ended in the middle may leave things of two. Then what has answered proves nothing of the rest.
   */
  async #isStray({ [environmentMark]: mark }: State): Promise<boolean> {
    if (typeof mark !== "string" || this.#marks.size === 0 || (await this.#isMarkHere(mark))) return false;
    for (const other of this.#marks) if (await this.#isMarkHere(other)) return true;
    return false;
  }

  #has(id: string): Promise<boolean> {
    const known =
      this.#organizations.get(id) ??
      this.api.organizations.get({ id }).then(
        () => true,
        (error: unknown) => undefinedIfMissing(error) ?? false,
      );
    this.#organizations.set(id, known);
    return known;
  }

  #refusal({ what }: RecordedObject): Refusal {
    const start = `Refused: the ${what}, which this stack has recorded, is not in the environment that the key leads to (at ${this.options.baseUrl}), `;
    const once = `say so once with ${overrides.environment}=1 in the environment, and run \`pulumi up --refresh\`.`;
    return new Refusal(
      this.#proven
        ? `${start}while other things of the stack are: a run with another environment's key made it there. Where it is to go, remove it there; to take it for deleted here, ${once}`
        : `${start}and neither is anything else that was looked for. Most likely the key or the address is another environment's: give the stack its own, with \`pulumi config set --secret workos:apiKey\` and workos:baseUrl. If everything was really deleted, ${once}`,
    );
  }
}

function organizationOf({ organizationId }: State): string | undefined {
  return typeof organizationId === "string" && !containsUnknown(organizationId) ? organizationId : undefined;
}

/** For `.catch()`: a key that may not read this, or a place that has no such list, is no failure here. */
function nothingIfNotAllowed(error: unknown): undefined {
  if (isWorkosError(error) && (error.kind === "forbidden" || error.kind === "not_found")) return undefined;
  throw error;
}
