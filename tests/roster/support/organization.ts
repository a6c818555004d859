/** An organization whose roster a test changes, and what both sides say of it. */
import { type Context, type Created } from "../../../provider/lifecycle";
import { PartialFailure } from "../../../provider/lifecycle";
import { type Inputs, type State } from "../../../provider/declare/resource";
import { rosterLifecycle } from "../../../provider/roster";
import { type Member, type Options } from "../../../provider/roster/roster";
import { organizationNamed } from "../../lifecycle/support/people";
import { type RunOptions, startRun } from "../../lifecycle/support/run";
import { type World } from "../../support/world";

export type Members = Readonly<Record<string, Member>>;

export interface Rostered {
  readonly id: string;
  /** The state after a run, whether or not it failed in part. */
  readonly state: State;
  readonly said: readonly string[];
  /** What was shown until the next of them. */
  readonly shown: readonly string[];
  /** Why the run failed, where it did. */
  readonly error?: Error;
}

/** The lifecycle as the engine calls it, each call being a run of its own. */
export class RosterLife {
  private constructor(
    readonly world: World,
    readonly organizationId: string,
  ) {}

  static async start(world: World, name = "Acme"): Promise<RosterLife> {
    const life = new RosterLife(world, await organizationNamed(world, name));
    world.wire.clear();
    return life;
  }

  inputs(members: Members, options: Options = {}): Inputs {
    return { organizationId: this.organizationId, members, ...options };
  }

  create(members: Members, options: Options = {}, run: RunOptions = {}): Promise<Rostered> {
    return this.#run(run, (context) => rosterLifecycle.create(this.inputs(members, options), context));
  }

  update(state: State, members: Members, options: Options = {}, run: RunOptions = {}): Promise<Rostered> {
    const id = this.organizationId;
    return this.#run(run, async (context) => ({
      id,
      outs: await rosterLifecycle.update(id, state, this.inputs(members, options), context),
    }));
  }

  /** @param told is given what the reader is told. */
  async refresh(state: State, told: string[] = []): Promise<{ state: State; inputs: Inputs }> {
    const { said, context } = startRun(this.world);
    const { props, inputs } = await rosterLifecycle.read(this.organizationId, state, context);
    if (!props || !inputs) throw new Error("the roster was read as gone");
    told.push(...said);
    return { state: props, inputs };
  }

  async remove(state: State, run: RunOptions = {}): Promise<readonly string[]> {
    const { said, context } = startRun(this.world, run);
    await rosterLifecycle.remove(this.organizationId, state, context);
    return said;
  }

  changes(state: State, members: Members, options: Options = {}): boolean {
    return rosterLifecycle.diff(state, this.inputs(members, options)).changes;
  }

  plan(state: State, members: Members, options: Options = {}): readonly string[] {
    return rosterLifecycle.announce?.(state, this.inputs(members, options), startRun(this.world).context) ?? [];
  }

  /** `email: status roles` of everybody whom the vendor has in the organization, in order. */
  people(): string[] {
    const { organizationMemberships, users } = this.world.control.state();
    return organizationMemberships
      .filter(({ organization_id }) => organization_id === this.organizationId)
      .map(({ user_id, status, roles = [] }) => {
        const email = users.find(({ id }) => id === user_id)?.email ?? user_id;
        return `${email}: ${status} ${roles.map(({ slug }) => slug).join(",")}`;
      })
      .sort();
  }

  membershipId(email: string): string {
    const { organizationMemberships, users } = this.world.control.state();
    const user = users.find((one) => one.email === email);
    const found = organizationMemberships.find(({ user_id }) => user_id === user?.id);
    if (!found) throw new Error(`${email} has no membership`);
    return found.id;
  }

  /** Somebody who has access without the program's doing. */
  async join(email: string, roleSlug = "member"): Promise<string> {
    const { api } = this.world;
    const user = await api.users.create({ email });
    const made = await api.organizationMemberships.create({
      user_id: user.id,
      organization_id: this.organizationId,
      role_slug: roleSlug,
    });
    this.world.wire.clear();
    return made.id;
  }

  async #run(options: RunOptions, call: (context: Context) => Promise<Created>): Promise<Rostered> {
    const { said, shown, context } = startRun(this.world, options);
    try {
      const { id, outs } = await call(context);
      return { id, state: outs, said, shown };
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      return { id: error.id, state: error.properties, said, shown, error };
    }
  }
}

export const member = (...roles: string[]): Member => (roles.length > 0 ? { roles } : {});
