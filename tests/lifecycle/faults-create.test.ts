/** Whatever goes wrong with a create: afterwards there is the declared object, once. */
import { create as makeOne, PartialFailure } from "../../provider/lifecycle";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { each } from "../support/each";
import { type FaultCase, faultCases, impatienceMs } from "../support/fault-cases";
import { changed, declarationOf, failure, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";

const current = useWorld({}, impatienceMs);

interface Case {
  readonly name: string;
  readonly only: readonly string[];
  /** Whether the vendor refuses a second one, or takes it for the same, so that repeating is safe. */
  readonly unique: boolean;
  /** Default: `POST`. */
  readonly method?: "PUT";
  /** Nothing tells whether it is there: a create that fails may have made it, and the next one changes nothing then. */
  readonly untold?: true;
}
interface Create extends Case {
  readonly kind: Kind;
}

/** There is nothing to make: what it is about is set right after, and those faults are below. */
const nothingMade: readonly Case[] = [];

/** Every kind has its creates here. */
const casesOf: Readonly<Record<Kind, readonly Case[]>> = {
  Organization: [
    { name: "an organization with an external id", only: ["name", "externalId"], unique: true },
    { name: "an organization without one", only: ["name", "metadata"], unique: false },
  ],
  OrganizationDomain: [{ name: "a domain", only: ["organizationId", "domain"], unique: true }],
  User: [{ name: "a user", only: ["email", "externalId"], unique: true }],
  OrganizationMembership: [{ name: "a membership", only: ["userId", "organizationId", "roleSlug"], unique: true }],
  Invitation: [{ name: "an invitation", only: ["email", "organizationId", "roleSlug"], unique: false }],
  Group: [{ name: "a group", only: ["organizationId", "name"], unique: false }],
  GroupMembership: [
    { name: "a group membership", only: ["organizationId", "groupId", "organizationMembershipId"], unique: true },
  ],
  GroupMembers: nothingMade,
  GroupRoleAssignments: nothingMade,
  Permission: [{ name: "a permission", only: ["slug", "name"], unique: true }],
  EnvironmentRole: [{ name: "an environment role", only: ["slug", "name", "onDestroy"], unique: true }],
  OrganizationRole: [{ name: "an organization role", only: ["organizationId", "slug", "name"], unique: true }],
  AuthorizationResource: [
    { name: "a resource", only: ["organizationId", "resourceTypeSlug", "externalId", "name"], unique: true },
  ],
  RoleAssignment: [
    { name: "a role assignment", only: ["organizationMembershipId", "roleSlug", "resourceId"], unique: true },
  ],
  OrganizationApiKey: [{ name: "an API key", only: ["organizationId", "name", "permissions"], unique: false }],
  UserApiKey: [{ name: "a user's API key", only: ["userId", "organizationId", "name"], unique: false }],
  ConnectApplication: [{ name: "an application", only: ["name", "applicationType"], unique: false }],
  ConnectApplicationSecret: [{ name: "a client secret", only: ["applicationId"], unique: false }],
  RedirectUri: [{ name: "a redirect URI", only: ["uri"], unique: true }],
  CorsOrigin: [{ name: "a CORS origin", only: ["origin", "onDestroy"], unique: true }],
  WebhookEndpoint: [{ name: "a webhook endpoint", only: ["endpointUrl", "events"], unique: true }],
  JwtTemplate: [{ name: "a JWT template", only: ["content"], unique: true, method: "PUT" }],
  FeatureFlagState: nothingMade,
  FeatureFlagTarget: [{ name: "a flag's target", only: ["slug", "resourceId"], unique: true, untold: true }],
  AuditLogSchema: [{ name: "an audit log schema", only: ["action", "targets", "onDestroy"], unique: false }],
  AuditLogRetention: [
    {
      name: "an audit log's retention",
      only: ["organizationId", "retentionPeriodInDays", "onDestroy"],
      unique: true,
      method: "PUT",
    },
  ],
  VaultObject: [{ name: "a vault object", only: ["name", "value", "keyContext"], unique: true }],
  RadarListEntry: [{ name: "a Radar list entry", only: ["type", "action", "entry"], unique: true, untold: true }],
  DataIntegration: [
    {
      name: "a data integration",
      only: ["provider", "credentialsType", "clientId", "clientSecret", "customProvider"],
      unique: true,
    },
  ],
  OrganizationDataIntegration: [
    {
      name: "an organization's data integration",
      only: ["organizationId", "slug", "enabled", "onDestroy"],
      unique: true,
      method: "PUT",
    },
  ],
};
const creates = kinds.flatMap((kind): Create[] => casesOf[kind].map((one) => ({ kind, ...one })));

async function inputsOf({ kind, only }: Create): Promise<Inputs> {
  const all = await rows[kind].inputs(current());
  return Object.fromEntries(Object.entries(all).filter(([name]) => only.includes(name)));
}

const makes = /^\/(user_management|organizations|connect|audit_logs)\b/;
const posts = () =>
  current()
    .wire.writes()
    .filter(({ method, path }) => method === "POST" && makes.test(path)).length;

async function expectOne(kind: Kind, id: string, state: Readonly<Record<string, unknown>>, inputs: Inputs) {
  const life = lifeOf(kind, current());
  expect(life.diff(state, inputs)).toEqual(noChange);
  expect(await refreshed(life, id, state)).toEqual({ props: state, inputs });
  expect(rows[kind].count(current())).toBe(1);
  if (kind === "Invitation") expect(current().control.mailbox.list()).toHaveLength(1);
  if (kind === "OrganizationApiKey" || kind === "UserApiKey") {
    const { api_key: key } = await current().api.apiKeys.validate({ value: String(state.value) });
    expect(key?.id).toBe(id);
  }
}

/** Where repeating may make a second one, nothing that may be under way is repeated. */
const isSure = ({ unique }: Create, { effect, told }: FaultCase) => unique || told !== "nothing" || effect === "done";

describe.each(creates)("making $name", (create) => {
  const { kind, method = "POST" } = create;

  each(faultCases.filter((fault) => isSure(create, fault)))("survives $name", async ({ rule }) => {
    const inputs = await inputsOf(create);
    current().wire.clear();
    current().control.faults.add({ method, ...rule });
    const { id, outs } = await lifeOf(kind, current()).create(inputs);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    if (rule.headers) expect(current().clock.sleeps).toContain(7_000);
    await expectOne(kind, id, outs, inputs);
  });

  each(faultCases.filter((fault) => !isSure(create, fault)))(
    "is not repeated after $name, and the message says what to do",
    async ({ rule, effect }) => {
      const life = lifeOf(kind, current());
      const inputs = await inputsOf(create);
      current().wire.clear();
      current().control.faults.add({ method, ...rule });
      const error = await failure(life.create(inputs));
      expect(error).not.toBeInstanceOf(PartialFailure);
      expect(error.message).toMatch(
        /^POST \S+ → .*\n.*\nNo (new|organization named|group named|version).*(Run|run) again/s,
      );
      expect(posts()).toBe(1);
      await current().settle();
      expect(current().faultsHit()).toBe(1);
      expect(rows[kind].count(current())).toBe(effect === "late" ? 1 : 0);

      if (effect === "late" && kind === "Invitation") {
        const refused = await failure(life.create(inputs));
        expect(refused.message).toContain("email_already_invited_to_organization");
        expect(current().control.mailbox.list()).toHaveLength(1);
        return;
      }
      const anew = kind === "AuditLogSchema" && effect === "late" ? { ...inputs, adopt: "if-exists" } : inputs;
      if (effect === "late" && anew === inputs) {
        // As the message asks for.
        const { organizations, apiKeys, groups, userApiKeys, applications, clientSecrets } = current().control.state();
        if (kind === "Organization") await current().api.organizations.delete({ id: String(organizations[0]?.id) });
        else if (kind === "Group") {
          const [made] = groups;
          const which = { organization_id: String(made?.organization_id), group_id: String(made?.id) };
          await current().api.groups.delete(which);
        } else if (kind === "ConnectApplication")
          await current().api.connectApplications.delete({ id: String(applications[0]?.id) });
        else if (kind === "ConnectApplicationSecret")
          await current().api.connectApplications.deleteSecret({ id: String(clientSecrets[0]?.id) });
        else await current().api.apiKeys.delete({ id: String([...apiKeys, ...userApiKeys][0]?.id) });
      }
      const { id, outs } = await life.create(anew);
      await expectOne(kind, id, outs, anew);
    },
  );

  it.each([
    ["500 before the effect", { status: 500 }],
    ["500 after the effect", { status: 500, when: "after" }],
    ["429", { status: 429 }],
    ["connections cut before the effect", { cut: "connection" }],
    ["connections cut after the effect", { cut: "connection", when: "after" }],
    ["malformed answers", { corrupt: "malformed", when: "after" }],
  ] as const)("ends with one object after lasting %s and another run", async (_name, rule) => {
    const life = lifeOf(kind, current());
    const inputs = await inputsOf(create);
    const fault = current().control.faults.add({ method, times: null, ...rule });
    const first = await life.create(inputs).catch((error: unknown) => error as Error);
    current().control.faults.remove(fault);
    if (first instanceof Error) {
      expect(first).not.toBeInstanceOf(PartialFailure);
      if (!create.untold) expect(rows[kind].count(current())).toBe(0);
    }
    const { id, outs } = first instanceof Error ? await life.create(inputs) : first;
    await expectOne(kind, id, outs, inputs);
  });
});

/** Whoever is in a group may be put into it again. */
const refusesTwo = ({ kind, unique, method }: Create) =>
  unique && method === undefined && declarationOf(kind).existing !== undefined && kind !== "GroupMembership";

describe.each(creates.filter(refusesTwo))("making $name, which arrives after it was looked for", (create) => {
  it.each(["never", "if-exists"])("is this program's own, and not adopted, where adopt is %s", async (adopt) => {
    const inputs = { ...(await inputsOf(create)), adopt };
    const declared = declarationOf(create.kind);
    let sent = 0;
    const again: typeof declared = {
      ...declared,
      create: async (given) => {
        if (sent++ > 0) await current().settle();
        return declared.create(given);
      },
    };
    const said: string[] = [];
    const messages = {
      say: (line: string) => void said.push(line),
      status: () => undefined,
      settled: () => Promise.resolve(),
    };
    current().control.faults.add({ method: "POST", delayMs: 3_600_000 });
    const { id, outs } = await makeOne(again, inputs, { ...current().context, messages });
    expect(sent).toBe(2);
    expect(rows[create.kind].count(current())).toBe(1);
    expect(outs.adopted ?? false).toBe(false);
    expect(said.join("\n")).not.toContain("Adopted");
    await expectOne(create.kind, id, outs, inputs);
  });
});

describe.each([
  { name: "the members of a group", kind: "GroupMembers", extra: {}, method: "POST" },
  { name: "the state of a feature flag", kind: "FeatureFlagState", extra: {} },
  { name: "the roles of a group", kind: "GroupRoleAssignments", extra: {} },
  { name: "a user's locale", kind: "User", extra: { locale: "de" } },
  { name: "a membership's suspension", kind: "OrganizationMembership", extra: { status: "inactive" } },
  { name: "an environment role's permissions", kind: "EnvironmentRole", extra: {} },
  { name: "an organization role's permissions", kind: "OrganizationRole", extra: {} },
  { name: "an organization's Stripe customer", kind: "Organization", extra: { stripeCustomerId: "cus_1" } },
] as const)("setting $name right after the create", ({ kind, extra, ...given }) => {
  const { method = "PUT" } = given as { method?: "POST" };
  const wanted = async () => changed(await rows[kind].inputs(current()), { password: undefined, ...extra });

  it.each(faultCases)("survives $name", async ({ rule }) => {
    const inputs = await wanted();
    current().control.faults.add({ method, ...rule });
    const { id, outs } = await lifeOf(kind, current()).create(inputs);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    await expectOne(kind, id, outs, inputs);
  });

  it("loses nothing when it fails for good, and is done by the next run", async () => {
    const life = lifeOf(kind, current());
    const inputs = await wanted();
    const fault = current().control.faults.add({ method, status: 500, times: null });
    const error = await failure(life.create(inputs));
    if (!(error instanceof PartialFailure)) throw error;
    current().control.faults.remove(fault);
    expect(life.diff(error.properties, inputs)).toEqual({ ...noChange, changes: true });
    const updated = await life.update(error.id, error.properties, inputs);
    await expectOne(kind, error.id, updated, inputs);
  });
});
