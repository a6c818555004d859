/** A stack knows its environment, and a preview that cannot work is an error: at the entry that the engine calls. */
import { type Emulator, startEmulator } from "../../emulator";
import { type Api, createApi } from "../../api";
import { dynamicProvider } from "../../provider/dynamic";
import { processHost } from "../../provider/host";
import { environmentMark } from "../../provider/lifecycle";
import { type State } from "../../provider/declare/resource";
import { failure } from "../support/life";

const isCallback = (value: unknown): value is () => void => typeof value === "function";

interface Side {
  readonly emulator: Emulator;
  readonly api: Api;
}

let ours: Side;
let other: Side;

async function side(): Promise<Side> {
  const emulator = await startEmulator();
  return { emulator, api: createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url }) };
}

beforeAll(async () => {
  [ours, other] = await Promise.all([side(), side()]);
  // What the provider says becomes part of a run's diagnostics; here nobody reads it.
  jest.spyOn(process.stdout, "write").mockImplementation((_text, encoding?: unknown, done?: unknown) => {
    for (const last of [encoding, done]) if (isCallback(last)) last();
    return true;
  });
});

afterAll(async () => {
  jest.restoreAllMocks();
  for (const { emulator, api } of [ours, other]) {
    await api.close();
    await emulator.close();
  }
});

afterEach(() => {
  delete process.env.WORKOS_OVERRIDE_ENVIRONMENT;
  for (const { emulator } of [ours, other]) emulator.control.reset();
});

let runs = 0;

/** Another run of the engine, which is a process of its own, with these settings. */
function run(settings: Readonly<Record<string, string>>): void {
  // Any other setting makes the host forget what it knew.
  const all: Record<string, string> = { deleteTimeout: String(60 + ++runs), ...settings };
  processHost.configure((name) => all[name]);
}

const at = ({ emulator }: Side, more: Readonly<Record<string, string>> = {}) => {
  run({ apiKey: emulator.apiKey, baseUrl: emulator.url, ...more });
};

interface Outcome {
  readonly id?: string;
  readonly outs?: State;
  readonly props?: State;
}

/** The calls of the engine, with what they answer as they are typed here. */
function provider(kind: string) {
  const { check, diff, create, read, update, delete: remove } = dynamicProvider(kind);
  if (!check || !diff || !read || !update || !remove) throw new Error(`${kind} has no whole life`);
  return {
    check,
    diff,
    create: (inputs: State): Promise<Outcome> => create(inputs),
    read: (id: string, state: State): Promise<Outcome> => read(id, state),
    update: (id: string, state: State, inputs: State): Promise<Outcome> => update(id, state, inputs),
    remove,
  };
}

const kinds = [
  "Organization",
  "OrganizationRole",
  "EnvironmentRole",
  "Permission",
  "User",
  "OrganizationMembership",
  "Invitation",
  "OrganizationApiKey",
  "OrganizationRoster",
] as const;
type Kind = (typeof kinds)[number];

/** One object of each kind in our environment, as recorded by a run. */
async function recorded(): Promise<Record<Kind, { id: string; inputs: State; state: State }>> {
  at(ours);
  const made: Partial<Record<Kind, { id: string; inputs: State; state: State }>> = {};
  const make = async (kind: Kind, inputs: State) => {
    const { id = "", outs = {} } = await provider(kind).create(inputs);
    made[kind] = { id, inputs, state: outs };
    return id;
  };
  const organizationId = await make("Organization", { name: "Acme" });
  const userId = await make("User", { email: "ann@example.com" });
  await make("OrganizationRole", { organizationId, slug: "org-editor", name: "Editor" });
  // Both are in the other environment as well.
  await make("EnvironmentRole", { slug: "member", name: "Member", adopt: "require" });
  await make("Permission", { slug: "posts:read", name: "Read posts" });
  other.emulator.control.clock.advance(1_000);
  other.emulator.control.addPermission({ slug: "posts:read", name: "Read posts" });
  await make("OrganizationMembership", { organizationId, userId, roleSlug: "member" });
  await make("Invitation", { organizationId, email: "bob@example.com" });
  await make("OrganizationApiKey", { organizationId, name: "ci" });
  await make("OrganizationRoster", { organizationId, members: { "cleo@example.com": {} } });
  return made as Record<Kind, { id: string; inputs: State; state: State }>;
}

/** What names the environment in a state, which tells it in short or as earlier versions did. */
const markOf = ({ __: told, [environmentMark]: mark }: State): string =>
  ((told ?? mark ?? "") as string).split(" ")[0] ?? "";

/** As an earlier version recorded it. */
const unmarked = ({ [environmentMark]: _mark, __: told, ...state }: State): State =>
  told === undefined ? state : { ...state, __: (told as string).replace(/^\S+/, "") };

const writesOf = ({ emulator }: Side) => emulator.control.requests.list().filter(({ method }) => method !== "GET");

describe.each([
  { states: "of this version", as: (state: State) => state },
  { states: "of an earlier version", as: unmarked },
])("a stack with states $states whose key is another environment's", ({ as }) => {
  it("takes nothing for deleted, ends nothing, and says why", async () => {
    const all = await recorded();
    at(other);
    for (const kind of kinds) {
      const { id, state } = all[kind];
      const read = await failure(provider(kind).read(id, as(state)));
      expect(read.message).toContain(
        `Refused: the ${kind} ${id}, which this stack has recorded, is not in the environment`,
      );
      expect(read.message).toContain("WORKOS_OVERRIDE_ENVIRONMENT=1");
      const removal = await failure(provider(kind).remove(id, as(state)));
      expect(removal.message).toContain("Most likely the key or the address is another environment's");
    }
    expect(writesOf(other)).toEqual([]);
  }, 60_000);

  it("is refused in its preview", async () => {
    const all = await recorded();
    const told = kinds.filter(
      (kind) => as(all[kind].state) === all[kind].state || all[kind].state.organizationId !== undefined,
    );
    expect(told.length).toBeGreaterThanOrEqual(5);
    for (const kind of told) {
      const { id, state, inputs } = all[kind];
      at(other);
      const plan = await failure(provider(kind).diff(id, as(state), inputs));
      expect(plan.message).toContain(`Refused: the ${kind} ${id}`);
      at(other, { offlinePreview: "true" });
      expect(await provider(kind).diff(id, as(state), inputs)).toMatchObject({ changes: false });
    }
  });

  it("may be said to have lost everything, once", async () => {
    const all = await recorded();
    process.env.WORKOS_OVERRIDE_ENVIRONMENT = "1";
    at(other);
    for (const kind of kinds) {
      expect((await provider(kind).read(all[kind].id, as(all[kind].state))).id).toBeFalsy();
      await provider(kind).remove(all[kind].id, as(all[kind].state));
    }
    expect(writesOf(other).filter(({ status }) => status !== 404)).toEqual([]);
  });

  it("that is its own again goes on: what is deleted is deleted, and what is there is there", async () => {
    const all = await recorded();
    for (const kind of kinds) {
      at(ours);
      expect((await provider(kind).read(all[kind].id, as(all[kind].state))).id).toBe(all[kind].id);
    }
    await ours.api.users.delete({ id: all.User.id });
    at(ours);
    // Where nothing is recorded, something else that is recorded has to answer.
    const [, user, membership] = await Promise.all([
      provider("OrganizationApiKey").read(all.OrganizationApiKey.id, as(all.OrganizationApiKey.state)),
      provider("User").read(all.User.id, as(all.User.state)),
      provider("OrganizationMembership").read(all.OrganizationMembership.id, as(all.OrganizationMembership.state)),
    ]);
    expect([user.id, membership.id]).toEqual(["", ""]);
    await provider("User").remove(all.User.id, as(all.User.state));
  });
});

describe("what goes by a name that another environment has as well", () => {
  const named = {
    JwtTemplate: { content: '{ "own": 1 }' },
    FeatureFlagState: { slug: "beta", enabled: true },
    DataIntegration: { provider: "github", credentialsType: "organization" },
    AuditLogSchema: { action: "invoice.paid", targets: [{ type: "invoice" }], onDestroy: "retain" },
  };

  it.each(Object.entries(named))("is no proof that this is the right one: %s", async (kind, inputs) => {
    for (const { emulator } of [ours, other]) emulator.control.addFeatureFlag({ slug: "beta", enabled: false });
    at(other);
    await provider(kind).create(inputs);
    other.emulator.control.requests.clear();
    at(ours);
    const user = await provider("User").create({ email: "ann@example.com" });
    const { id = "", outs = {} } = await provider(kind).create(inputs);
    at(other);
    for (const read of [
      () => provider(kind).read(id, outs),
      () => provider("User").read(user.id ?? "", user.outs ?? {}),
    ]) {
      expect((await failure(read())).message).toContain("which this stack has recorded, is not in the environment");
    }
    at(ours);
    expect((await provider(kind).read(id, outs)).id).toBe(id);
  });
});

describe("a stack that has things of two environments, by a run that ended in the middle", () => {
  it("takes none of the other one's for deleted, and ends none, whatever else answers", async () => {
    const { Organization: organization, User: user } = await recorded();
    at(other);
    const there = await provider("Organization").create({ name: "Elsewhere" });
    for (const [side, own, stray] of [
      [other, { kind: "Organization", id: there.id ?? "", state: there.outs ?? {} }, { kind: "User", ...user }],
      [ours, { kind: "User", ...user }, { kind: "Organization", id: there.id ?? "", state: there.outs ?? {} }],
    ] as const) {
      at(side);
      expect((await provider(own.kind).read(own.id, own.state)).id).toBe(own.id);
      const inputsOf = (kind: string) => (kind === "User" ? user.inputs : { name: "Elsewhere" });
      await provider(own.kind).diff(own.id, own.state, inputsOf(own.kind));
      const calls = [
        () => provider(stray.kind).read(stray.id, stray.state),
        () => provider(stray.kind).diff(stray.id, stray.state, inputsOf(stray.kind)),
        () => provider(stray.kind).remove(stray.id, stray.state),
      ];
      for (const call of calls) {
        const { message } = await failure(call());
        expect(message).toContain(`Refused: the ${stray.kind} ${stray.id}, which this stack has recorded, is not in`);
        expect(message).toContain("while other things of the stack are");
      }
    }
    at(ours);
    await provider("User").read(user.id, user.state);
    await ours.api.organizations.delete({ id: organization.id });
    expect((await provider("Organization").read(organization.id, organization.state)).id).toBe("");
    process.env.WORKOS_OVERRIDE_ENVIRONMENT = "1";
    at(ours);
    expect((await provider("Organization").read(there.id ?? "", there.outs ?? {})).id).toBe("");
  });
});

describe("a stack of which everything was deleted", () => {
  it("knows by its mark that this is its environment", async () => {
    const { User: user, Organization: organization, OrganizationApiKey: key } = await recorded();
    await ours.api.organizations.delete({ id: organization.id });
    await ours.api.users.delete({ id: user.id });
    for (const [kind, { id, state }] of [
      ["User", user],
      ["Organization", organization],
      ["OrganizationApiKey", key],
    ] as const) {
      at(ours);
      expect((await provider(kind).read(id, state)).id).toBe("");
    }
  });

  it("is refused where no mark tells, until that is said once", async () => {
    const { User: user } = await recorded();
    await ours.api.users.delete({ id: user.id });
    at(ours);
    expect((await failure(provider("User").read(user.id, unmarked(user.state)))).message).toContain("Refused");
    process.env.WORKOS_OVERRIDE_ENVIRONMENT = "1";
    at(ours);
    expect((await provider("User").read(user.id, unmarked(user.state))).id).toBe("");
  });
});

describe("the mark of the environment", () => {
  it("is kept by every later run, and given to older states once something has answered", async () => {
    const { User: user } = await recorded();
    const mark = markOf(user.state);
    expect(mark).toMatch(/^.{8}$/);
    at(ours);
    const renamed = { ...user.inputs, firstName: "Ann" };
    const { outs = {} } = await provider("User").update(user.id, user.state, renamed);
    expect(outs).toMatchObject({ firstName: "Ann" });
    expect(markOf(outs)).toBe(mark);
    const { props } = await provider("User").read(user.id, outs);
    expect(props).toEqual(outs);
    const older = unmarked(user.state);
    expect(markOf((await provider("User").read(user.id, unmarked(outs))).props ?? {})).toBe("");
    const again = await provider("User").update(user.id, older, renamed);
    expect(markOf(again.outs ?? {})).toBe(mark);
    at(ours);
    expect(markOf((await provider("User").update(user.id, older, renamed)).outs ?? {})).toBe("");
  });

  it("is no reason to fail where roles may not be listed", async () => {
    const all = await recorded();
    ours.emulator.control.faults.add({ path: "/authorization/roles", status: 403, body: { message: "no" } });
    at(ours);
    expect(await provider("User").check({}, { email: "dan@example.com" })).toMatchObject({ failures: [] });
    const made = await provider("User").create({ email: "dan@example.com" });
    expect(markOf(made.outs ?? {})).toBe("");
    expect(await provider("User").diff(all.User.id, all.User.state, all.User.inputs)).toMatchObject({ changes: false });
  });
});

describe("a preview that cannot work", () => {
  const user = { email: "dan@example.com" };
  const preview = (kind: Kind | "Group" | "RoleAssignment", news: State, olds: State = {}) =>
    provider(kind).check(olds, news);
  const reasons = async (kind: Kind | "Group" | "RoleAssignment", news: State, olds?: State) =>
    (await preview(kind, news, olds)).failures?.map(({ reason }) => reason);

  it("fails for a wrong key, in full once and shortly for every other resource", async () => {
    at(ours, { apiKey: "sk_test_wrong" });
    const first = await failure(preview("User", user));
    expect(first.message).toContain("WorkOS cannot be asked, so that nothing of this could be carried out.");
    expect(first.message).toContain("Check the API key");
    expect(first.message).toContain("set workos:offlinePreview to true");
    const second = await failure(preview("Organization", { name: "Acme" }));
    expect(second.message).toBe("WorkOS cannot be asked either; see the other resources' errors.");
  });

  it("fails where nothing, or somebody else, answers", async () => {
    run({ apiKey: "sk_test_local", baseUrl: "http://127.0.0.1:1" });
    expect((await failure(preview("User", user))).message).toContain("ECONNREFUSED");
    at(ours, { baseUrl: `${ours.emulator.url}/wrong` });
    expect((await failure(preview("User", user))).message).toContain("WorkOS cannot be asked");
  }, 30_000);

  it("works without asking where that is wanted", async () => {
    run({ apiKey: "sk_test_local", baseUrl: "http://127.0.0.1:1", offlinePreview: "true" });
    expect(await reasons("User", user)).toEqual([]);
  });

  it("fails for a role that is not there, with what was meant, or what there is", async () => {
    const { Organization: acme } = await recorded();
    const organizationId = acme.id;
    at(ours);
    expect(await reasons("OrganizationMembership", { organizationId, userId: "user_1", roleSlug: "admn" })).toEqual([
      'roleSlug "admn" is no role here; did you mean admin?',
    ]);
    expect(await reasons("Invitation", { organizationId, email: "x@example.com", roleSlug: "superuser" })).toEqual([
      'roleSlug "superuser" is no role here; there are admin, member, org-editor',
    ]);
    const members = { "a@example.com": { roles: ["membr"] }, "b@example.com": { roles: ["membr", "org-editor"] } };
    expect(await reasons("OrganizationRoster", { organizationId, members })).toEqual([
      'members["a@example.com"].roles "membr" is no role here; did you mean member?, and 1 more is given it',
    ]);
  });

  it("accepts a role that the program declares before it, that was there before, or that is not known yet", async () => {
    const { Organization: acme } = await recorded();
    const organizationId = acme.id;
    const membership = { organizationId, userId: "user_1", roleSlug: "org-buyer" };
    at(ours);
    expect(await reasons("OrganizationMembership", membership)).toEqual([expect.stringContaining("is no role here")]);
    expect(await reasons("OrganizationRole", { organizationId, slug: "org-buyer", name: "Buyer" })).toEqual([]);
    expect(await reasons("OrganizationMembership", membership)).toEqual([]);
    expect(await reasons("EnvironmentRole", { slug: "buyer", name: "Buyer", onDestroy: "retain" })).toEqual([]);
    expect(await reasons("OrganizationMembership", { ...membership, roleSlug: "buyer" })).toEqual([]);
    at(ours);
    expect(await reasons("OrganizationMembership", membership, membership)).toEqual([]);
    await ours.api.organizationRoles.create({ organization_id: organizationId, slug: "org-seller", name: "Seller" });
    expect(await reasons("OrganizationMembership", { ...membership, roleSlug: "org-seller" })).toEqual([]);
  });

  it("fails for a group that is not there, with what was meant, or whose name two have", async () => {
    const { Organization: acme } = await recorded();
    const organizationId = acme.id;
    const of = (...groups: string[]) => ({ organizationId, members: { "a@example.com": { groups } } });
    const property = 'members["a@example.com"].groups';
    at(ours);
    ours.emulator.control.requests.clear();
    const [first] = (await reasons("OrganizationRoster", of("support"))) ?? [];
    expect(first).toMatch(`${property} "support" is no group here; `);
    const group = { organization_id: organizationId, name: "support" };
    const { id } = await ours.api.groups.create(group);
    expect(await reasons("OrganizationRoster", of("suport", id))).toEqual([
      `${property} "suport" is no group here; did you mean support?`,
    ]);
    expect(await reasons("OrganizationRoster", of("support"))).toEqual([]);
    expect(await reasons("Group", { organizationId, name: "sales" })).toEqual([]);
    expect(await reasons("OrganizationRoster", of("sales"))).toEqual([]);
    await ours.api.groups.create(group);
    at(ours);
    expect(await reasons("OrganizationRoster", of("support"))).toEqual([
      expect.stringContaining('"support" is the name of 2 groups'),
    ]);
    expect(await reasons("OrganizationRoster", of("support"), of("support"))).toEqual([]);
  });

  it("looks for the role of a role assignment as far as it can tell whose it is", async () => {
    at(ours);
    const given = { organizationMembershipId: "om_1", resourceId: "authz_resource_1" };
    expect(await reasons("RoleAssignment", { ...given, roleSlug: "membr" })).toEqual([
      'roleSlug "membr" is no role here; did you mean member?',
    ]);
    expect(await reasons("RoleAssignment", { ...given, roleSlug: "org-anything" })).toEqual([]);
  });

  it("asks once more for a role that is not there, whoever has it, and not for one that the program declares", async () => {
    const { Organization: acme } = await recorded();
    const organizationId = acme.id;
    at(ours);
    ours.emulator.control.requests.clear();
    expect(await reasons("OrganizationRole", { organizationId, slug: "org-buyer", name: "Buyer" })).toEqual([]);
    for (const roleSlug of ["org-buyer", "org-byer"]) {
      for (let at = 0; at < 5; at++) {
        const membership = { organizationId, userId: `user_${at}`, roleSlug };
        expect(await reasons("OrganizationMembership", membership)).toHaveLength(roleSlug === "org-buyer" ? 0 : 1);
      }
    }
    expect(ours.emulator.control.requests.list().map(({ operation }) => operation)).toEqual([
      "AuthorizationRolesController_list",
      "AuthorizationOrganizationRolesController_list",
      "AuthorizationOrganizationRolesController_list",
    ]);
  });

  it("fails for an organization of another environment, and asks once for each", async () => {
    const { id: organizationId } = await other.api.organizations.create({ name: "Elsewhere" });
    at(ours);
    ours.emulator.control.requests.clear();
    for (const [kind, inputs] of [
      ["OrganizationApiKey", { name: "ci" }],
      ["OrganizationRole", { slug: "org-x", name: "X" }],
      ["OrganizationMembership", { userId: "user_1" }],
      ["OrganizationRoster", { members: {} }],
    ] as const) {
      expect(await reasons(kind, { organizationId, ...inputs })).toEqual([
        `organizationId "${organizationId}" is no organization of the environment that the key leads to: it is another environment's, or was deleted`,
      ]);
    }
    expect(ours.emulator.control.requests.list().map(({ operation }) => operation)).toEqual([
      "AuthorizationRolesController_list",
      "AuthorizationOrganizationRolesController_list",
      "OrganizationsController_find",
    ]);
  });

  it("costs one read, however much is declared", async () => {
    const { Organization: acme, User: ann, OrganizationMembership: membership } = await recorded();
    at(ours);
    ours.emulator.control.requests.clear();
    for (let index = 0; index < 5; index++)
      expect(await reasons("User", { email: `u${index}@example.com` })).toEqual([]);
    for (const [kind, { id, state, inputs }] of [
      ["Organization", acme],
      ["User", ann],
      ["OrganizationMembership", membership],
    ] as const) {
      expect(await reasons(kind, inputs, inputs)).toEqual([]);
      await provider(kind).diff(id, state, inputs);
    }
    expect(ours.emulator.control.requests.list().map(({ operation }) => operation)).toEqual([
      "AuthorizationRolesController_list",
    ]);
  });
});
