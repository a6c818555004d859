/** Nothing that is secret shows up in an error, in print, or in a part of the state that is not marked secret. */
import { PartialFailure } from "../../provider/lifecycle";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { changed, declarationOf, lifeOf } from "../support/life";
import { LeakSearch, printed } from "../support/leaks";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { bcryptHash, otherBcryptHash } from "../kinds/user";

const apiKey = "sk_test_recognisable-environment-key";
const current = useWorld({ apiKeys: [apiKey] });

interface Secretive {
  readonly name: string;
  readonly kind: Kind;
  readonly given: Inputs;
  readonly to: Inputs;
  /** The secret input as it is created with, and as it is changed to. */
  readonly secrets: readonly string[];
  /** Secret outputs. */
  readonly answered: readonly string[];
  /** By which it is made. Default: `POST`. */
  readonly method?: "POST" | "PUT";
}

const lives: readonly Secretive[] = [
  {
    name: "a user with a password",
    kind: "User",
    given: { password: 'recognisable "password"/1' },
    to: { password: 'recognisable "password"/2' },
    secrets: ['recognisable "password"/1', 'recognisable "password"/2'],
    answered: [],
  },
  {
    name: "a user with a password hash",
    kind: "User",
    given: { password: undefined, passwordHash: bcryptHash, passwordHashType: "bcrypt" },
    to: { passwordHash: otherBcryptHash },
    secrets: [bcryptHash, otherBcryptHash],
    answered: [],
  },
  {
    name: "an invitation",
    kind: "Invitation",
    given: {},
    to: { resend: "second" },
    secrets: [],
    answered: ["token", "acceptInvitationUrl"],
  },
  {
    name: "an API key",
    kind: "OrganizationApiKey",
    given: {},
    to: { expiresAt: "2027-06-30T00:00:00Z" },
    secrets: [],
    answered: ["value"],
  },
  {
    name: "a webhook endpoint",
    kind: "WebhookEndpoint",
    given: {},
    to: { events: ["session.created"] },
    secrets: [],
    answered: ["secret"],
  },
  {
    name: "a user's API key",
    kind: "UserApiKey",
    given: {},
    to: { expiresAt: "2027-06-30T00:00:00Z" },
    secrets: [],
    answered: ["value"],
  },
  {
    name: "a client secret",
    kind: "ConnectApplicationSecret",
    given: {},
    to: { overlap: "5m" },
    secrets: [],
    answered: ["secret"],
  },
  {
    name: "a vault object",
    kind: "VaultObject",
    given: { value: 'recognisable "value"/1' },
    to: { value: 'recognisable "value"/2' },
    secrets: ['recognisable "value"/1', 'recognisable "value"/2'],
    answered: [],
  },
  {
    name: "a data integration",
    kind: "DataIntegration",
    given: { clientSecret: 'recognisable "secret"/1' },
    to: { clientSecret: 'recognisable "secret"/2' },
    secrets: ['recognisable "secret"/1', 'recognisable "secret"/2'],
    answered: [],
  },
  {
    name: "an organization's data integration",
    kind: "OrganizationDataIntegration",
    given: { clientSecret: 'recognisable "secret"/1' },
    to: { clientSecret: 'recognisable "secret"/2' },
    secrets: ['recognisable "secret"/1', 'recognisable "secret"/2'],
    answered: [],
    method: "PUT",
  },
];

it("every kind that has a secret has its life here, and is given or told each of them", () => {
  const missing = kinds.flatMap((kind) => {
    const { inputs, outputs } = declarationOf(kind);
    const own = lives.filter((life) => life.kind === kind);
    const isKnown = (name: string) => own.some(({ given, answered }) => name in given || answered.includes(name));
    return [...Object.entries(inputs), ...Object.entries(outputs)]
      .filter(([name, { traits }]) => traits.secret && !isKnown(name))
      .map(([name]) => `${kind}.${name}`);
  });
  expect(missing).toEqual([]);
});

/** Answers that repeat what was sent, as a careless server or proxy may, and answers that are none. */
const echoes = (secrets: readonly string[]) => [
  ...[400, 401, 403, 409, 422, 429, 500].map((status) => ({
    status,
    body: {
      code: "refused",
      message: `You sent ${secrets.join(" and ")} with Bearer ${apiKey}`,
      errors: secrets.map((secret) => ({ code: "bad", field: "password", message: `not ${secret}` })),
    },
  })),
  { status: 502, body: `<html>${secrets.join(" ")} ${apiKey}</html>` },
  { status: 200, body: { object: "nothing", message: secrets.join(" ") } },
  { cut: "connection" as const },
];

describe.each(lives)("the life of $name", ({ kind, given, to, secrets, answered, method = "POST" }) => {
  it("shows no secret, whatever goes wrong in it", async () => {
    const search = new LeakSearch();
    search.secret("the environment's key", apiKey);
    for (const secret of secrets) search.secret("an input", secret);
    const life = lifeOf(kind, current());
    const inputs = changed(await rows[kind].inputs(current()), given);
    const wanted = changed(inputs, to);
    let failures = 0;
    const attempt = async <T>(where: string, step: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await step();
      } catch (error) {
        failures += 1;
        search.error(where, error);
        if (error instanceof PartialFailure) search.state(where, kind, error.properties);
        return undefined;
      }
    };

    const print = await printed(async () => {
      for (const fault of echoes(secrets.slice(0, 1))) {
        current().control.faults.add({ method, times: null, ...fault });
        await attempt(`create, ${JSON.stringify(fault)}`, () => life.create(inputs));
        current().control.faults.clear();
      }
      const { id, outs } = await life.create(inputs);
      for (const name of answered) search.secret(name, outs[name]);
      search.state("the state after create", kind, outs);

      // A request that carries no secret input can only be answered with what looks like a credential anyway.
      const keys = answered.map((name) => String(outs[name])).filter((value) => value.startsWith("sk_"));
      for (const fault of [...echoes(secrets.slice(1)), ...echoes(keys)]) {
        current().control.faults.add({ times: null, ...fault });
        await attempt("update", () => life.update(id, outs, wanted));
        current().control.faults.clear();
      }
      for (const fault of echoes(keys).filter(({ status }) => status !== 200)) {
        current().control.faults.add({ times: null, ...fault });
        await attempt("read", () => life.read(id, outs));
        await attempt("delete", () => life.remove(id, outs));
        current().control.faults.clear();
      }
      const updated = await life.update(id, outs, wanted);
      for (const name of answered) search.secret(name, updated[name]);
      search.state("the state after update", kind, updated);
      const found = await life.read(id, updated);
      search.state("the state after read", kind, found.props ?? {});
      search.state("the inputs after read", kind, found.inputs ?? {});
      await life.remove(id, updated);
    });
    search.text("print", print);

    expect(failures).toBeGreaterThan(20);
    expect(search.found()).toEqual([]);
  });
});

describe("the search itself", () => {
  const secret = 'recognisable "password"/1';
  const search = () => {
    const made = new LeakSearch();
    made.secret("the password", secret);
    return made;
  };
  const leak = (where: string) => [{ where, secret: "the password" }];

  it("finds a secret planted in a state, and not where it belongs", () => {
    const planted = search();
    planted.state("state", "User", { email: "ann@example.com", password: secret });
    expect(planted.found()).toEqual([]);
    planted.state("state", "User", { email: "ann@example.com", __declared: { note: { deep: secret } } });
    expect(planted.found()).toEqual(leak("state"));
  });

  it.each([
    ["a message", new Error(`not ${secret}`)],
    ["a cause", new Error("outer", { cause: new Error(secret) })],
    ["a property", Object.assign(new Error("outer"), { body: { password: secret } })],
    ["a URL", new Error(`https://example.com/?password=${encodeURIComponent(secret)}`)],
    ["base64", new Error(Buffer.from(secret).toString("base64"))],
  ])("finds a secret planted in an error, as %s", (_as, error) => {
    const planted = search();
    planted.error("error", error);
    expect(planted.found()).toEqual(leak("error"));
  });

  it("finds a secret that is printed", async () => {
    const planted = search();
    const print = await printed(() => {
      console.warn("saved", { password: secret });
      return Promise.resolve();
    });
    planted.text("print", print);
    expect(planted.found()).toEqual(leak("print"));
  });
});
