import { type Kind, kinds, resources } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { rows } from "../kinds";
import { changed, failure, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed, userNamed } from "./support/people";
import { startRun, takeCalls, takeWrites } from "./support/run";

const current = useWorld();
const memberships = "/user_management/organization_memberships";

/** Something of a kind that is there already, and the inputs that mean it. */
const present = (kind: Kind) => {
  const { present: make } = rows[kind];
  if (!make) throw new Error(`nothing of kind ${kind} can be adopted`);
  return make(current());
};
/** Somebody else ends it. */

const adoptable = kinds.filter((kind) => "adopt" in resources[kind].inputs);
const gone = (kind: Kind, id: string, inputs: Inputs) =>
  rows[kind].end({ world: current(), id, inputs, state: inputs });

describe.each(adoptable)("%s", (kind) => {
  it("that exists is a conflict by default, which names it, its state and the way to take it over", async () => {
    const { id, inputs } = await present(kind);
    const { said, life } = startRun(current());
    const error = await failure(life(kind).create(inputs));
    expect(error.message).toContain(`exists already: ${id} (`);
    expect(error.message).toContain('set adopt: "if-exists"');
    expect(said).toEqual([]);
  });

  it("that exists is taken over when the program allows it, without a write where nothing differs", async () => {
    const { id, inputs } = await present(kind);
    const { said, life } = startRun(current());
    current().wire.clear();
    const made = await life(kind).create({ ...inputs, adopt: "if-exists" });
    expect(made.id).toBe(id);
    expect(made.outs.adopted).toBe(true);
    expect(takeWrites(current())).toEqual([]);
    expect(said).toEqual([expect.stringMatching(new RegExp(`^Adopted the .*\\(${id}\\)\\.$`))]);
    expect(life(kind).diff(made.outs, { ...inputs, adopt: "if-exists" })).toEqual(noChange);
  });

  // What nobody can delete is always there again.
  const testWhereItEnds = rows[kind].lasts ? () => undefined : it;

  testWhereItEnds("that is not there is made by if-exists, and says that it was not adopted", async () => {
    const { id, inputs } = await present(kind);
    await gone(kind, id, inputs);
    takeWrites(current());
    const made = await startRun(current())
      .life(kind)
      .create({ ...inputs, adopt: "if-exists" });
    expect(takeWrites(current())).not.toEqual([]);
    expect(made.outs.adopted).toBe(false);
  });

  testWhereItEnds("that is not there fails require, without a write", async () => {
    const { id, inputs } = await present(kind);
    const { life } = startRun(current());
    await gone(kind, id, inputs);
    current().wire.clear();
    const error = await failure(life(kind).create({ ...inputs, adopt: "require" }));
    expect(error.message).toMatch(/^adopt is "require", but there is no .* to take over\. /);
    expect(takeWrites(current())).toEqual([]);
  });

  it("stays known as adopted over refreshes and updates", async () => {
    const { id, inputs } = await present(kind);
    const declared = { ...inputs, adopt: "require" };
    const { life } = startRun(current());
    const { outs } = await life(kind).create(declared);
    const { props } = await refreshed(life(kind), id, outs);
    expect((await life(kind).update(id, props, { ...inputs, adopt: "never" })).adopted).toBe(true);
  });
});

describe("an organization", () => {
  it("without an external id is found by the id that the program gives", async () => {
    await current().api.organizations.create({ name: "Acme" });
    const { id } = await current().api.organizations.create({ name: "Acme" });
    current().wire.clear();
    const inputs = { name: "Acme", adopt: "require", adoptId: id };
    const made = await startRun(current()).life("Organization").create(inputs);
    expect([made.id, made.outs.adopted]).toEqual([id, true]);
    expect(takeWrites(current())).toEqual([]);
  });
});

describe("a user", () => {
  it("is found by email in any case, and only what differs is sent, in one call", async () => {
    const id = await userNamed(current(), "ann");
    current().wire.clear();
    const { life, said } = startRun(current());
    const inputs = { email: "ANN@example.com", firstName: "Ann", locale: "de", adopt: "if-exists" };
    const made = await life("User").create(inputs);
    expect(made.id).toBe(id);
    expect(takeWrites(current())).toEqual([["PUT", { first_name: "Ann", locale: "de" }]]);
    expect(said).toEqual([`Adopted the user ANN@example.com (${id}): firstName, locale changed.`]);
  });

  it("is found by external id, too, when that and the email are the same person's", async () => {
    const { id } = await current().api.users.create({ email: "ann@example.com", external_id: "e-1" });
    current().wire.clear();
    const inputs = { email: "ann@example.com", externalId: "e-1", adopt: "require" };
    expect((await startRun(current()).life("User").create(inputs)).id).toBe(id);
    expect(takeCalls(current()).sort()).toEqual([
      "GET /user_management/users",
      "GET /user_management/users/external_id/e-1",
    ]);
  });

  it.each(["never", "if-exists", "require"])(
    "is ambiguous under %s when email and external id are different people's",
    async (adopt) => {
      const ann = await userNamed(current(), "ann");
      const ben = await current().api.users.create({ email: "ben@example.com", external_id: "e-2" });
      const error = await failure(
        startRun(current()).life("User").create({ email: "ann@example.com", externalId: "e-2", adopt }),
      );
      expect(error.message).toContain(
        `The email ann@example.com belongs to ${ann} and the external id e-2 to ${ben.id} (ben@example.com): they are different users`,
      );
    },
  );

  it("known by external id alone is not moved to another address unless credentials may be", async () => {
    const { id } = await current().api.users.create({ email: "ben@example.com", external_id: "e-2" });
    const inputs = { email: "mallory@example.com", externalId: "e-2", adopt: "if-exists" };
    const { life } = startRun(current());
    const error = await failure(life("User").create(inputs));
    expect(error.message).toContain("adoptCredentials: true");
    expect((await current().api.users.get({ id })).email).toBe("ben@example.com");
    const made = await life("User").create({ ...inputs, adoptCredentials: true });
    expect(made.id).toBe(id);
    expect((await current().api.users.get({ id })).email).toBe("mallory@example.com");
  });

  it("known by external id alone is named in the conflict, whether adopt is left out or never", async () => {
    const { id } = await current().api.users.create({ email: "ben@example.com", external_id: "e-2" });
    for (const adopt of [undefined, "never"]) {
      const inputs = changed({ email: "mallory@example.com", externalId: "e-2" }, { adopt });
      const error = await failure(startRun(current()).life("User").create(inputs));
      expect(error.message).toContain(`The external id "e-2" belongs to ben@example.com (${id}).`);
      expect(error.message).not.toContain("adopt");
    }
  });

  it("that is given somebody else's external id or address learns who has it, and how it changes hands", async () => {
    const ben = await current().api.users.create({ email: "ben@example.com", external_id: "e-2" });
    const users = startRun(current()).life("User");
    const { id, outs } = await users.create({ email: "ann@example.com", externalId: "e-1" });
    const swapped = await failure(users.update(id, outs, { email: "ann@example.com", externalId: "e-2" }));
    expect(swapped.message).toContain(`The external id "e-2" belongs to ben@example.com (${ben.id}).`);
    expect(swapped.message).toContain("do it in two runs: take it away first, then give it here");
    const moved = await failure(users.update(id, outs, { email: "ben@example.com", externalId: "e-1" }));
    expect(moved.message).toContain(`The address "ben@example.com" belongs to ben@example.com (${ben.id}).`);
  });
});

describe("a membership", () => {
  it.each(["active", "inactive"] as const)(
    "that is %s is brought to the declared role by one write",
    async (status) => {
      const { id, inputs } = await present("OrganizationMembership");
      if (status === "inactive") await current().api.organizationMemberships.deactivate({ id });
      current().wire.clear();
      const { life, said } = startRun(current());
      const made = await life("OrganizationMembership").create({ ...inputs, roleSlug: "admin", adopt: "if-exists" });
      expect(made.id).toBe(id);
      expect(made.outs).toMatchObject({ status: "active", roleSlug: "admin" });
      expect(takeCalls(current())).toEqual([
        `GET ${memberships}`,
        status === "active" ? `PUT ${memberships}/{id}` : `POST ${memberships}`,
      ]);
      const adopted: unknown = expect.stringContaining(
        "Adopted the organization membership of ann@example.com in Acme",
      );
      const lifted = "The suspension of ann@example.com in Acme is lifted.";
      expect(said).toEqual(status === "active" ? [adopted] : [lifted, adopted]);
    },
  );

  it("that is suspended and declared so stays suspended", async () => {
    const { id, inputs } = await present("OrganizationMembership");
    await current().api.organizationMemberships.deactivate({ id });
    current().wire.clear();
    const made = await startRun(current())
      .life("OrganizationMembership")
      .create({ ...inputs, status: "inactive", adopt: "if-exists" });
    expect(made.outs.status).toBe("inactive");
    expect(takeWrites(current())).toEqual([]);
  });

  it("that is pending is taken over as pending", async () => {
    await present("Invitation");
    const [pending] = current().control.state().organizationMemberships;
    const inputs = { userId: pending?.user_id, organizationId: pending?.organization_id, adopt: "if-exists" };
    const made = await startRun(current()).life("OrganizationMembership").create(inputs);
    expect(made).toMatchObject({ id: pending?.id, outs: { status: "pending", adopted: true } });
  });
});

describe("an invitation", () => {
  it("that is pending with another role is revoked and sent anew, once, and says so", async () => {
    const { id, inputs } = await present("Invitation");
    const { life, said } = startRun(current());
    const made = await life("Invitation").create({ ...inputs, roleSlug: "admin", adopt: "if-exists" });
    expect(made.id).not.toBe(id);
    expect(made.outs).toMatchObject({ state: "pending", roleSlug: "admin", adopted: true });
    expect((await current().api.invitations.get({ id })).state).toBe("revoked");
    expect(current().control.mailbox.list()).toHaveLength(2);
    expect(said[0]).toContain("had the role member: it is revoked and sent anew as admin.");
  });

  it("to another organization, or to the environment, is another one", async () => {
    const { inputs } = await present("Invitation");
    const organizationId = await organizationNamed(current(), "Beta");
    for (const place of [{ organizationId }, { organizationId: undefined }]) {
      const error = await failure(
        startRun(current())
          .life("Invitation")
          .create(changed({ ...inputs }, { ...place, adopt: "require" })),
      );
      expect(error.message).toContain('adopt is "require", but there is no invitation of Bob@example.com');
    }
  });
});

describe("what was adopted", () => {
  const adopted = (kind: Kind, inputs: Inputs) =>
    startRun(current())
      .life(kind)
      .create({ ...inputs, adopt: "if-exists" });

  it.each(["User", "Organization"] as const)("stays when its resource goes, for a %s, and is named", async (kind) => {
    const { id, inputs } = await present(kind);
    const { outs } = await adopted(kind, inputs);
    const { life, said } = startRun(current());
    takeCalls(current());
    await life(kind).remove(id, outs);
    expect(takeCalls(current())).toEqual([]);
    expect(said.at(-1)).toMatch(/(Ann@Example\.com|ann@example\.com|Acme) is retained/);
  });

  it.each(["User", "Organization"] as const)("is deleted where onDestroy says so, for a %s", async (kind) => {
    const { id, inputs } = await present(kind);
    const { outs } = await adopted(kind, { ...inputs, onDestroy: "delete" });
    const { life, said } = startRun(current());
    await life(kind).remove(id, outs);
    expect(await life(kind).read(id, outs)).toEqual({ id: "" });
    expect(said.at(-1)).toMatch(/loses (all )?access|loses access to it/);
  });

  it.each(adoptable)(
    "stays when another resource of the program has taken it over in the same run, for a %s",
    async (kind) => {
      const { id, inputs } = await present(kind);
      const { outs } = await adopted(kind, inputs);
      const { said, life } = startRun(current());
      await life(kind).create({ ...inputs, adopt: "if-exists" });
      takeCalls(current());
      await life(kind).remove(id, { ...outs, adopted: false });
      expect(takeCalls(current())).toEqual([]);
      expect(said.at(-1)).toMatch(new RegExp(`^Kept the .*\\(${id}\\): another resource of this program`));
    },
  );

  it.each(["OrganizationMembership", "Invitation"] as const)("ends like any other, for a %s", async (kind) => {
    const { id, inputs } = await present(kind);
    const { outs } = await adopted(kind, inputs);
    const { life, said } = startRun(current());
    await life(kind).remove(id, outs);
    expect(await life(kind).read(id, outs)).toEqual({ id: "" });
    expect(said.at(-1)).toMatch(/loses access to Acme\.$|is no longer invited\.$/);
  });
});
