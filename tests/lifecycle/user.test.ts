import { PartialFailure } from "../../provider/lifecycle";
import { changed, failure, type Life, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { bcryptHash } from "../kinds/user";

const current = useWorld();
const path = "/user_management/users/{id}";
const base = { email: "ann@example.com" };

const users = (): Life => lifeOf("User", current());
const only = () => {
  const [user, ...others] = current().control.state().users;
  if (!user || others.length > 0) throw new Error("there is not exactly one user");
  return user;
};

describe("the email", () => {
  it("may be written in other letter case without being another", async () => {
    const { id, outs } = await users().create({ email: "Ann@Example.com" });
    expect(outs.email).toBe("Ann@Example.com");
    for (const email of ["ann@example.com", "ANN@EXAMPLE.COM"]) {
      expect(users().diff(outs, { email })).toEqual(noChange);
    }
    expect((await refreshed(users(), id, outs)).inputs).toEqual({ email: "Ann@Example.com" });
  });

  it("is reported as the program writes it where the vendor writes it in other case", async () => {
    const { id, outs } = await users().create({ email: "Ann@Example.com" });
    await current().api.users.update({ id, email: "ann@example.com" });
    const found = await refreshed(users(), id, outs);
    expect(found.props.email).toBe("ann@example.com");
    expect(found.inputs).toEqual({ email: "Ann@Example.com" });
  });
});

describe("emailVerified", () => {
  it("is no drift when the program says false and the person has verified since", async () => {
    const inputs = { ...base, emailVerified: false };
    const { id, outs } = await users().create(inputs);
    await current().api.users.update({ id, email_verified: true });
    const found = await refreshed(users(), id, outs);
    expect(found.props.emailVerified).toBe(true);
    expect(found.inputs).toEqual(inputs);
    expect(users().diff(found.props, inputs)).toEqual(noChange);
  });

  it("is sent along with a new address, which the vendor would take for unverified", async () => {
    const inputs = { ...base, emailVerified: true };
    const { id, outs } = await users().create(inputs);
    current().wire.clear();
    await users().update(id, outs, { ...inputs, email: "ann@example.org" });
    expect(current().wire.all()).toEqual([
      { method: "PUT", path: path.replace("{id}", id), body: { email: "ann@example.org", email_verified: true } },
    ]);
    expect(only().email_verified).toBe(true);
  });

  it("is left to the vendor with a new address where the program does not say true", async () => {
    for (const emailVerified of [undefined, false]) {
      await current().reset();
      const inputs = changed(base, { emailVerified });
      const { id, outs } = await users().create(inputs);
      current().wire.clear();
      await users().update(id, outs, { ...inputs, email: "ann@example.org" });
      expect(
        current()
          .wire.all()
          .map(({ body }) => body),
      ).toEqual([{ email: "ann@example.org" }]);
    }
  });
});

describe.each(["merge", "replace"] as const)("metadata, where an update is understood as %s", (metadata) => {
  beforeEach(() => current().control.switches.set({ metadata }));

  it("loses the keys that the program loses", async () => {
    const { id, outs } = await users().create({ ...base, metadata: { team: "red", tier: "1" } });
    await users().update(id, outs, { ...base, metadata: { team: "blue" } });
    expect(only().metadata).toEqual({ team: "blue" });
  });

  it("may be replaced as a whole, with no request beyond the vendor's limit of keys", async () => {
    const keys = (letter: string) => Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${letter}${at}`, "v"]));
    const { id, outs } = await users().create({ ...base, metadata: keys("a") });
    current().wire.clear();
    await users().update(id, outs, { ...base, firstName: "Ann", metadata: keys("b") });
    expect(only()).toMatchObject({ first_name: "Ann", metadata: keys("b") });
    const sent = current()
      .wire.all()
      .map(({ body }) => (body as { metadata: object }).metadata);
    expect(sent.map((metadata) => Object.keys(metadata).length)).toEqual([50, 50]);
  });

  it("loses the keys that somebody else has added", async () => {
    const inputs = { ...base, metadata: { team: "red" } };
    const { id, outs } = await users().create(inputs);
    await current().api.users.update({ id, metadata: { team: "red", added: "yes" } });
    const { props } = await refreshed(users(), id, outs);
    await users().update(id, props, inputs);
    expect(only().metadata).toEqual({ team: "red" });
  });

  it("is emptied by an empty map and by leaving it out", async () => {
    for (const metadata of [{}, undefined]) {
      await current().reset();
      const { id, outs } = await users().create({ ...base, metadata: { team: "red" } });
      const wanted = changed(base, { metadata });
      const updated = await users().update(id, outs, wanted);
      expect(only().metadata).toEqual({});
      expect(users().diff(updated, wanted)).toEqual(noChange);
    }
  });
});

describe("the locale, which no create takes", () => {
  const inputs = { ...base, locale: "de" };

  it("is set right after the create", async () => {
    const { id, outs } = await users().create(inputs);
    expect(current().wire.writes()).toEqual([
      { method: "POST", path: "/user_management/users", body: { email: "ann@example.com" } },
      { method: "PUT", path: path.replace("{id}", id), body: { locale: "de" } },
    ]);
    expect(users().diff(outs, inputs)).toEqual(noChange);
  });

  it.each([false, true])("is found by diff when setting it failed (with a refresh in between: %s)", async (refresh) => {
    current().control.faults.add({ method: "PUT", path, status: 400, body: { code: "invalid_locale" } });
    const error = await failure(users().create(inputs));
    if (!(error instanceof PartialFailure)) throw error;
    expect(error.message).toMatch(/^PUT \/user_management\/users\/user_\w+ → 400 invalid_locale/);
    const { id, properties } = error;
    expect(id).toBe(only().id);
    expect(properties).toMatchObject({ email: "ann@example.com" });
    expect(properties).not.toHaveProperty("locale");

    const found = refresh ? await refreshed(users(), id, properties) : { props: properties };
    expect(users().diff(found.props, inputs)).toEqual({ ...noChange, changes: true });
    const updated = await users().update(id, found.props, inputs);
    expect(only().locale).toBe("de");
    expect(users().diff(updated, inputs)).toEqual(noChange);
  });
});

describe("the password", () => {
  const inputs = { ...base, password: "correct-horse-battery" };

  it("is sent once, is kept as it was sent, and is never read", async () => {
    const { id, outs } = await users().create(inputs);
    const found = await refreshed(users(), id, outs);
    expect(found.props).toBe(outs);
    const wanted = { ...inputs, firstName: "Ann" };
    await users().update(id, found.props, wanted);
    expect(
      current()
        .wire.writes()
        .map(({ body }) => body),
    ).toEqual([inputs, { first_name: "Ann" }].map((body) => body));
    expect(await current().control.passwordMatches(id, inputs.password)).toBe(true);
  });

  it("is changed by one call, and then no more", async () => {
    const { id, outs } = await users().create(inputs);
    const wanted = { ...base, password: "another-horse-battery" };
    current().wire.clear();
    const updated = await users().update(id, outs, wanted);
    expect(current().wire.all()).toHaveLength(1);
    expect(await current().control.passwordMatches(id, wanted.password)).toBe(true);
    expect(users().diff(updated, wanted)).toEqual(noChange);
  });

  it("stays as it is when it is removed, and is no longer in the state", async () => {
    const { id, outs } = await users().create(inputs);
    const updated = await users().update(id, outs, base);
    expect(JSON.stringify(updated)).not.toContain(inputs.password);
    expect(await current().control.passwordMatches(id, inputs.password)).toBe(true);
  });

  it("may give way to a hash, which travels with its type", async () => {
    const { id, outs } = await users().create(inputs);
    current().wire.clear();
    await users().update(id, outs, { ...base, passwordHash: bcryptHash, passwordHashType: "bcrypt" });
    expect(
      current()
        .wire.all()
        .map(({ body }) => body),
    ).toEqual([{ password_hash: bcryptHash, password_hash_type: "bcrypt" }]);
  });
});

it("is not made where the address is taken, and the message says so", async () => {
  await current().api.users.create(base);
  const error = await failure(users().create(base));
  expect(error).not.toBeInstanceOf(PartialFailure);
  expect(error.message).toMatch(/^POST \/user_management\/users → 400 user_creation_error.*email_not_available/);
});
