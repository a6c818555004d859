/** What is there already is taken over by its id: for every kind, by the row that the other tables use. */
import { check, imported, importForm, lifecycleOf } from "../../provider/lifecycle";
import { type Kind, resources } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { nativeLifecycles } from "../../provider/native";
import { rosterLifecycle } from "../../provider/roster";
import { rows } from "../kinds";
import { declarationOf, failure, lifeOf } from "../support/life";
import { useWorld } from "../support/world";

const world = useWorld();

const kinds = Object.keys(resources) as Kind[];
const isImported = (kind: Kind) => declarationOf(kind).notImported === undefined;

/** What no import finds out, and a program has to say besides: values that the vendor never tells. */
const untold: Partial<Record<Kind, readonly string[]>> = {
  VaultObject: ["value"],
  DataIntegration: ["clientSecret"],
  OrganizationDataIntegration: ["clientSecret"],
};

/** What an import of an object of this kind is given. */
function importIdOf(kind: Kind, id: string, inputs: Inputs): string {
  const { importedBy = ["id"] } = declarationOf(kind);
  return importedBy.map((name) => (name === "id" ? id : (inputs[name] as string))).join("/");
}

describe.each(kinds.filter(isImported))("%s", (kind) => {
  const resource = declarationOf(kind);

  it("is imported, and a program that declares what was found changes nothing", async () => {
    const given = await rows[kind].inputs(world());
    const { id } = await lifeOf(kind, world()).create(given);
    const found = await imported(resource, importIdOf(kind, id, given), world().context);
    expect(found.id).toBe(id);
    const { props = {}, inputs: told = {} } = found;
    const mistakesOf = (inputs: Inputs) => check(resource, {}, inputs, { clock: world().clock }).failures;
    const secrets = untold[kind] ?? [];
    expect(mistakesOf(told).map(({ property }) => property)).toEqual(secrets);
    const inputs = { ...told, ...Object.fromEntries(secrets.map((name) => [name, given[name]])) };
    expect(mistakesOf(inputs)).toEqual([]);
    const life = lifeOf(kind, world());
    expect(life.diff(props, inputs)).toMatchObject({ changes: false });
    // Nor does one that declares only what it must: the rest is as somebody has made it.
    const required = Object.entries(inputs).filter(([name]) => resource.inputs[name]?.required);
    expect(life.diff(props, Object.fromEntries(required))).toMatchObject({ changes: false });
  });

  it("is the same after a refresh", async () => {
    const given = await rows[kind].inputs(world());
    const { id } = await lifeOf(kind, world()).create(given);
    const { props = {}, inputs = {} } = await imported(resource, importIdOf(kind, id, given), world().context);
    const again = await lifeOf(kind, world()).read(id, props);
    expect(again).toMatchObject({ id, props });
    expect(lifeOf(kind, world()).diff(again.props ?? {}, inputs)).toMatchObject({ changes: false });
  });

  it("is told by an id of another form what it is imported by", async () => {
    const { importedBy = ["id"] } = resource;
    const wrong = importedBy.length > 1 ? "something" : "";
    const error = await failure(imported(resource, wrong, world().context));
    expect(error.message).toContain(`"${wrong}" is not what`);
    expect(error.message).toContain(importForm(resource));
  });
});

it.each(kinds.filter((kind) => !isImported(kind)))("%s is not imported, and says what to do instead", async (kind) => {
  const error = await failure(imported(declarationOf(kind), "something", world().context));
  expect(error.message).toMatch(/is not imported.*[Dd]eclare/);
});

describe("a roster", () => {
  // As the plugin has it, which alone is asked to import.
  const roster = nativeLifecycles.get("OrganizationRoster") ?? rosterLifecycle;

  async function acme() {
    const { id } = await world().api.organizations.create({ name: "Acme" });
    const join = async (email: string, role_slug: string) => {
      const user = await world().api.users.create({ email });
      return world().api.organizationMemberships.create({ user_id: user.id, organization_id: id, role_slug });
    };
    await join("ann@example.com", "admin");
    const bob = await join("bob@example.com", "member");
    await world().api.organizationMemberships.deactivate({ id: bob.id });
    await world().api.invitations.send({ email: "cleo@example.com", organization_id: id, role_slug: "member" });
    return id;
  }
  const members = {
    "ann@example.com": { roles: ["admin"] },
    "bob@example.com": { roles: ["member"], status: "inactive" },
    "cleo@example.com": { roles: ["member"], via: "invitation" },
  };

  it("is imported as everybody who has access, is suspended or invited, and is then unchanged", async () => {
    const id = await acme();
    const { props = {}, ...found } = await roster.imported(id, world().context);
    expect(found).toEqual({ id, inputs: { organizationId: id, members } });
    expect(Object.keys(props.ids as object)).toEqual(Object.keys(members));
    expect(props.pendingInvitations).toEqual(["cleo@example.com"]);
    // What the program says besides its people counts from its next change on.
    const declared = { organizationId: id, members, mode: "authoritative", guards: { requiredAdmins: [] } };
    expect(roster.check(declared, declared, { clock: world().clock }).failures).toEqual([]);
    expect(roster.diff(props, declared)).toMatchObject({ changes: false });
    expect(roster.details(props, declared)).toEqual([]);
    const again = await roster.read(id, roster.known?.(props, declared) ?? props, world().context);
    expect(roster.diff(again.props ?? {}, declared)).toMatchObject({ changes: false });
    expect(again.inputs).toEqual(declared);
  });

  it("ends what its program no longer names, and does what its options say", async () => {
    const id = await acme();
    const { props = {} } = await roster.imported(id, world().context);
    const { "cleo@example.com": _cleo, ...rest } = members;
    const declared = { organizationId: id, members: rest };
    expect(roster.details(props, declared)).toEqual([{ path: ["members", "cleo@example.com"], kind: "delete" }]);
    const state = await roster.update(id, props, declared, world().context);
    expect(world().control.state().invitations).toMatchObject([{ email: "cleo@example.com", state: "revoked" }]);
    expect(roster.diff(state, declared).changes).toBe(false);
    expect(roster.diff(state, { ...declared, mode: "authoritative" }).changes).toBe(true);
  });

  it("is imported by the id of its organization, and nothing else", async () => {
    const { message } = await failure(roster.imported("acme", world().context));
    expect(message).toBe('"acme" is not what a roster is imported by, which is org_…: the id of its organization.');
    expect(await roster.imported("org_01NOBODY", world().context)).toEqual({ id: "" });
  });
});

const mayEnd = kinds.filter((kind) => isImported(kind) && !rows[kind].lasts && !rows[kind].isList);

it.each(mayEnd)("%s that somebody has ended is not found", async (kind) => {
  const given = await rows[kind].inputs(world());
  const { id, outs } = await lifeOf(kind, world()).create(given);
  await rows[kind].end({ world: world(), id, inputs: given, state: outs });
  const found = await imported(declarationOf(kind), importIdOf(kind, id, given), world().context);
  expect(found).toEqual({ id: "" });
});

describe("what was imported", () => {
  const user = declarationOf("User");

  it("keeps what the program does not say, and is not given a password by the way", async () => {
    const { id } = await world().api.users.create({ email: "ann@example.com", first_name: "Ann", last_name: "Lee" });
    const { props = {} } = await imported(user, id, world().context);
    const life = lifeOf("User", world());
    const declared = { email: "ann@example.com", firstName: "Anna", password: "correct-horse-battery" };
    world().wire.clear();
    const state = await life.update(id, props, declared);
    expect(state).toMatchObject({ firstName: "Anna", lastName: "Lee" });
    expect(world().wire.writes()).toEqual([
      { method: "PUT", path: `/user_management/users/${id}`, body: { first_name: "Anna" } },
    ]);
    expect(life.diff(state, declared).changes).toBe(false);
    // From now on it is the program's: what is taken out of it is cleared.
    expect(life.diff(state, { email: "ann@example.com" }).changes).toBe(true);
  });

  it("is retained when it leaves the program, unless that says otherwise", async () => {
    const { id } = await world().api.users.create({ email: "ann@example.com" });
    const { props = {} } = await imported(user, id, world().context);
    const life = lifecycleOf(user);
    await life.remove(id, props, world().context);
    expect(world().control.state().users).toHaveLength(1);
    await life.remove(id, life.known?.(props, { onDestroy: "delete" }) ?? props, world().context);
    expect(world().control.state().users).toEqual([]);
  });
});
