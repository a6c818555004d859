import { z } from "zod";
import { type EventObject } from "../api/schemas";
import { type Context } from "./context";
import { settleDeletions } from "./deletions";
import {
  type ConnectionControls,
  connectionControls,
  type DirectoryControls,
  directoryControls,
} from "./directories/control";
import { completeClaim, type NewAgent, registerAgent, type RegisteredAgent } from "./extra/agents";
import { notFound } from "./errors";
import { jwtTemplateId } from "./handlers/jwt-template";
import { addFeatureFlag, type NewFeatureFlag, removeFeatureFlag } from "./handlers/feature-flags";
import { change } from "./handlers/memberships";
import { setDomainState } from "./handlers/organization-domains";
import { passwordMatches } from "./passwords/password";
import { addPermission, type NewPermission } from "./handlers/permissions";
import { addRole, deleteRole, type NewRole } from "./handlers/roles";
import { type FaultRule, type FaultStatus } from "./http/faults";
import { type PipelineParts } from "./http/pipeline";
import { rateLimits, type RateLimits, vendorRateLimits } from "./http/rate-limits";
import { type Counters, type LoggedRequest } from "./http/request-log";
import { clearMails, type Mail, mails } from "./mailbox";
import { dumpState, type StateDump } from "./state";
import { type Delivery } from "./webhooks/deliveries";
import { switches, type Switches } from "./switches";

export type AsyncDeletes = false | { delayMs: number };

/** What a test or an operator does to a running emulator. The same is served over HTTP under `/_emulator`. */
export interface Control {
  readonly faults: {
    /** Answers the rule's id. */
    add(rule: FaultRule): string;
    list(): FaultStatus[];
    remove(id: string): void;
    clear(): void;
  };
  /** Deletes of users and organizations: immediate, or 202 now and carried out later on the emulator's clock. */
  readonly asyncDeletes: { get(): AsyncDeletes; set(value: AsyncDeletes): void };
  /** Real time that every API request takes at least, in milliseconds. */
  readonly latency: { get(): number; set(ms: number): void };
  /** A partial value is completed with the vendor's limits; `false` is none. */
  readonly rateLimits: { get(): RateLimits | false; set(value: Partial<RateLimits> | false): void };
  readonly clock: {
    now(): number;
    advance(ms: number): void;
    set(time: number | string | Date): void;
    reset(): void;
  };
  /** Oldest first. */
  readonly mailbox: { list(): Mail[]; clear(): void };
  readonly events: {
    /** Oldest first: those that are kept. */
    list(): EventObject[];
    /** Tells of what happens from now on, step by step; answers how to stop. */
    onAdd(listener: (events: readonly EventObject[]) => void): () => void;
  };
  /** What webhook endpoints were sent, and are to be sent. */
  readonly deliveries: {
    /** Oldest first: those that are kept. */
    list(): Delivery[];
    /** @throws where there is none of this id. */
    get(id: string): Delivery;
    /** Sends it again at once. @throws where it, or its endpoint, is not there any more, or that is disabled. */
    resend(id: string): Delivery;
    clear(): void;
    /** Tells of each delivery that is made or has changed; answers how to stop. */
    onChange(listener: (delivery: Delivery) => void): () => void;
  };
  readonly connections: ConnectionControls;
  readonly directories: DirectoryControls;
  readonly requests: { list(): LoggedRequest[]; counters(): Counters; clear(): void };
  readonly switches: { get(): Switches; set(value: Partial<Switches>): Switches };
  /** Deleting this user answers 409 `user_deletion_not_allowed` until `allowed` is true again. */
  setUserDeletionAllowed(userId: string, allowed: boolean): void;
  /** Whether this is the user's password; a password is never readable. */
  passwordMatches(userId: string, password: string): Promise<boolean>;
  setDirectoryManaged(membershipId: string, directoryManaged: boolean): void;
  addRole(role: NewRole): void;
  /** Deletes a role that nobody has; one of the environment too, which only the vendor's dashboard can. */
  deleteRole(id: string): void;
  /** A permission; with `system` one of the vendor's own, which can be neither changed nor deleted. */
  addPermission(permission: NewPermission): void;
  /** What DNS says of a domain. */
  setDomainState(domainId: string, state: "pending" | "verified" | "failed"): void;
  /** As somebody does in the dashboard: the API has no operation for it. */
  removeCorsOrigin(id: string): void;
  removeJwtTemplate(): void;
  /** What the vendor's dashboard does: makes a feature flag, unless one of that slug is there. */
  addFeatureFlag(flag: NewFeatureFlag): void;
  /** Deletes a feature flag with its targets. */
  removeFeatureFlag(slug: string): void;
  /** As an agent registers itself: what it has then. */
  registerAgent(agent: NewAgent): Promise<RegisteredAgent>;
  /** The agent gives the code that the person who claims it was shown. */
  completeAgentClaim(id: string, userCode: string): void;
  /** Everything as it was at the first start: data, clock, faults, limits, switches, mailbox and log. */
  reset(): void;
  state(): StateDump;
}

export const asyncDeletesSchema = z.union([z.literal(false), z.strictObject({ delayMs: z.int().min(0) })]);
/** Longer than this no client waits. */
export const latencySchema = z.number().min(0).max(600_000);
export const switchesPatch = switches.partial().strict();
export const rateLimitsPatch = z.union([z.literal(false), rateLimits.partial().strict()]);

/** What `reset` goes back to. */
export interface Initial {
  readonly switches: Switches;
  readonly asyncDeletes: AsyncDeletes;
  readonly rateLimits: RateLimits | false;
  readonly latencyMs: number;
  seed(context: Context): void;
}

/** @internal Not among the types of the package, which need no server library. */
export function buildControl(parts: PipelineParts, initial: Initial): Control {
  const { context, faults, rateLimiter, requests, idempotency, deliveries } = parts;
  const { store, clock, settings } = context;
  const settled = () => {
    settleDeletions(context);
    return context;
  };

  return {
    faults: {
      add: (rule) => faults.add(rule),
      list: () => faults.list(),
      remove: (id) => faults.remove(id),
      clear: () => faults.clear(),
    },
    asyncDeletes: {
      get: () => settings.asyncDeletes,
      set: (value) => {
        settings.asyncDeletes = asyncDeletesSchema.parse(value);
      },
    },
    latency: {
      get: () => settings.latencyMs,
      set: (ms) => {
        settings.latencyMs = latencySchema.parse(ms);
      },
    },
    rateLimits: {
      get: () => rateLimiter.limits,
      set: (value) => {
        const given = rateLimitsPatch.parse(value);
        rateLimiter.limits = given === false ? false : { ...vendorRateLimits, ...given };
        rateLimiter.reset();
      },
    },
    clock: {
      now: () => clock.now(),
      advance: (ms) => clock.advance(ms),
      set: (time) => clock.set(time),
      reset: () => clock.reset(),
    },
    mailbox: { list: () => mails(context), clear: () => clearMails(context) },
    events: { list: () => context.events.list(), onAdd: (listener) => context.events.onAdd(listener) },
    deliveries: {
      list: () => deliveries.list(),
      get: (id) => deliveries.get(id),
      resend: (id) => deliveries.resend(id),
      clear: () => deliveries.clear(),
      onChange: (listener) => deliveries.onChange(listener),
    },
    connections: connectionControls(settled),
    directories: directoryControls(settled),
    requests: {
      list: () => requests.list(),
      counters: () => requests.counters(),
      clear: () => requests.clear(),
    },
    switches: {
      get: () => ({ ...settings.switches }),
      set: (value) => {
        settings.switches = { ...settings.switches, ...switchesPatch.parse(value) };
        return { ...settings.switches };
      },
    },
    setUserDeletionAllowed: (userId, allowed) => {
      const user = settled().store.users.get(userId);
      if (user === undefined) throw notFound("User", userId);
      store.write(() => store.users.put({ ...user, protected: !allowed }));
    },
    passwordMatches: async (userId, password) => {
      const user = settled().store.users.get(userId);
      return passwordMatches(user?.password ?? null, password);
    },
    setDirectoryManaged: (membershipId, directoryManaged) => {
      const membership = settled().store.memberships.get(membershipId);
      if (membership === undefined) throw notFound("Organization membership", membershipId);
      change(membership, { directory_managed: directoryManaged }, context);
    },
    removeCorsOrigin: (id) => {
      if (store.corsOrigins.get(id) === undefined) throw notFound("CORS origin", id);
      store.write(() => store.corsOrigins.delete(id));
    },
    removeJwtTemplate: () => {
      store.write(() => store.jwtTemplates.delete(jwtTemplateId));
    },
    setDomainState: (domainId, state) => {
      const domain = settled().store.domains.get(domainId);
      if (domain === undefined) throw notFound("Organization domain", domainId);
      setDomainState(domain, state, "dns", context);
    },
    addRole: (role) => {
      if (role.organizationId !== undefined && settled().store.organizations.get(role.organizationId) === undefined) {
        throw notFound("Organization", role.organizationId);
      }
      addRole(role, context);
    },
    deleteRole: (id) => {
      deleteRole(id, settled());
    },
    addPermission: (permission) => {
      addPermission(permission, context);
    },
    addFeatureFlag: (flag) => {
      addFeatureFlag(flag, context);
    },
    removeFeatureFlag: (slug) => removeFeatureFlag(slug, context),
    registerAgent: (agent) => registerAgent(agent, settled()),
    completeAgentClaim: (id, userCode) => completeClaim(id, userCode, settled()),
    reset: () => {
      store.quietly(() => store.clear());
      deliveries.forget();
      clock.reset();
      faults.clear();
      requests.clear();
      idempotency.clear();
      settings.switches = initial.switches;
      settings.asyncDeletes = initial.asyncDeletes;
      settings.latencyMs = initial.latencyMs;
      rateLimiter.limits = initial.rateLimits;
      rateLimiter.reset();
      initial.seed(context);
    },
    state: () => dumpState(settled()),
  };
}
