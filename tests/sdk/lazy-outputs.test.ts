/** What the outputs of a resource cost a program, and that they are the outputs they always were. */
import { createHook } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { Organization, OrganizationMembership, User } from "../../sdk";

/** What the state of a mocked resource says besides its inputs. */
const recorded: Record<string, object> = {
  User: { __: "ENVIRONM", createdAt: "2026-06-01T12:00:00.000Z" },
  OrganizationMembership: { __: "ENVIRONM roleSlug", createdAt: "2026-06-01T12:00:00.000Z", roleSlug: "member" },
};

const kindOf = (type: string) => type.split(":").at(-1) ?? "";

beforeAll(async () => {
  process.env.WORKOS_API_KEY = "sk_test_1";
  await pulumi.runtime.setMocks({
    newResource: ({ inputs, name, type }) => ({
      id: `${kindOf(type).toLowerCase()}_${name}`,
      state: { ...(inputs as object), ...recorded[kindOf(type)] },
    }),
    call: () => ({}),
  });
});
afterAll(() => {
  delete process.env.WORKOS_API_KEY;
});

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

/** Promises that are made until all that `declare` declares is registered. */
async function promisesOf(declare: () => void): Promise<number> {
  let count = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === "PROMISE") count++;
    },
  }).enable();
  declare();
  await pulumi.runtime.disconnect();
  hook.disable();
  return count;
}

function member(name: string, acme: Organization) {
  const user = new User(name, { email: `${name}@example.com` });
  const membership = new OrganizationMembership(name, { userId: user.id, organizationId: acme.id, roleSlug: "member" });
  return { user, membership };
}

it("costs a fraction of the promises that it costs with all of its outputs", async () => {
  const acme = new Organization("first", { name: "First" });
  const members = (name: string) => () => Array.from({ length: 20 }, (_, index) => member(`${name}-${index}`, acme));
  await promisesOf(members("first"));
  const lazily = await promisesOf(members("second"));
  process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
  const eagerly = await promisesOf(members("third"));
  delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
  // Pulumi's own registration of a resource and the mocks of these tests are in both.
  expect(lazily).toBeLessThan(0.6 * eagerly);
  expect(lazily / 40).toBeLessThan(400);
});

describe("an output", () => {
  it("has its value, before and after the engine has answered", async () => {
    const acme = new Organization("acme", { name: "Acme" });
    const { user, membership } = member("ann", acme);
    const early = user.email;
    expect(await valueOf(early)).toBe("ann@example.com");
    await pulumi.runtime.disconnect();
    expect(await valueOf(user.createdAt)).toBe("2026-06-01T12:00:00.000Z");
    expect(await valueOf(membership.userId)).toBe("user_ann");
  });

  it("that the state leaves out is what the others tell", async () => {
    const { user, membership } = member("ben", new Organization("ben", { name: "Ben" }));
    expect(await valueOf(user.adopted)).toBe(false);
    expect(await valueOf(user.metadata)).toEqual({});
    expect(await valueOf(user.updatedAt)).toBe("2026-06-01T12:00:00.000Z");
    expect(await valueOf(membership.roleSlugs)).toEqual(["member"]);
    expect(await valueOf(membership.directoryManaged)).toBe(false);
    expect(await valueOf(user.firstName)).toBeUndefined();
  });

  it("is the same one each time, and an output for whoever asks", () => {
    const { user } = member("cleo", new Organization("cleo", { name: "Cleo" }));
    expect(pulumi.Output.isInstance(user.email)).toBe(true);
    expect(user.email).toBe(user.email);
    expect(user.email).toBeInstanceOf(pulumi.Output);
    expect(Object.keys(user)).toEqual(expect.arrayContaining(["id", "urn", "email", "createdAt", "lastName"]));
    expect({ ...user }.email).toBe(user.email);
  });

  it("hands on what it depends on, and lifts what is in it", async () => {
    const { user } = member("dan", new Organization("dan", { name: "Dan" }));
    const both = pulumi.all([user.email, user.metadata]).apply(([email, metadata]) => ({ email, metadata }));
    const resources = await (both as unknown as { allResources(): Promise<Set<pulumi.Resource>> }).allResources();
    expect([...resources]).toContain(user);
    expect(await valueOf((both as unknown as { email: pulumi.Output<string> }).email)).toBe("dan@example.com");
    expect(await valueOf(pulumi.interpolate`<${user.email}>`)).toBe("<dan@example.com>");
  });

  it("of a secret is one", async () => {
    const user = new User("eve", { email: pulumi.secret("eve@example.com"), password: "a password" });
    expect(await pulumi.isSecret(user.email)).toBe(true);
  });

  it("is in a function that is serialised", async () => {
    const { user } = member("finn", new Organization("finn", { name: "Finn" }));
    await pulumi.runtime.disconnect();
    const { text } = await pulumi.runtime.serializeFunction(() => user.email.get());
    expect(text).toContain("finn@example.com");
  });
});
