/** What others make while the answer to a create is lost is theirs: it is neither taken over nor deleted. */
import { type Api } from "../../api";
import { create, PartialFailure } from "../../provider/lifecycle";
import { type Inputs } from "../../provider/declare/resource";
import { declarationOf, failure, lifeOf, noChange, refreshed } from "../support/life";
import { minute } from "../support/virtual-clock";
import { useWorld } from "../support/world";

const current = useWorld();
const state = () => current().control.state();

/** Loses the answer to the next create, before or after it took effect. */
const lose = (when: "before" | "after") => current().control.faults.add({ method: "POST", cut: "connection", when });

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The client, with something that happens between a create's look-up and its request. */
function meanwhile<F extends "apiKeys" | "organizations" | "users" | "organizationMemberships" | "invitations">(
  family: F,
  method: keyof Api[F],
  happens: () => Promise<unknown>,
) {
  const { api, ...context } = current().context;
  const original = api[family][method] as (...given: unknown[]) => Promise<unknown>;
  const delayed = async (...given: unknown[]) => {
    await happens();
    return original(...given);
  };
  return { ...context, api: { ...api, [family]: { ...api[family], [method]: delayed } } };
}

describe("an API key", () => {
  const organization = async () => (await current().api.organizations.create({ name: "Acme" })).id;
  const foreign = (organization_id: string, more: object = {}) =>
    current().api.apiKeys.createForOrganization({ organization_id, name: "ci", ...more });
  const makeKey = (inputs: Inputs, happens: () => Promise<unknown>) =>
    failure(
      create(declarationOf("OrganizationApiKey"), inputs, meanwhile("apiKeys", "createForOrganization", happens)),
    );

  it("of the same name that was there before is never touched", async () => {
    const organizationId = await organization();
    const { id } = await foreign(organizationId);
    lose("after");
    const made = await lifeOf("OrganizationApiKey", current()).create({ organizationId, name: "ci" });
    expect(state().apiKeys.map((key) => key.id)).toEqual([id, made.id]);
    expect((await current().api.apiKeys.validate({ value: String(made.outs.value) })).api_key?.id).toBe(made.id);
  });

  it.each([
    ["other permissions", { permissions: ["posts:read"] }],
    ["another end", { expires_at: "2027-01-31T00:00:00Z" }],
    ["another name", { name: "deploy" }],
  ])("with %s that somebody makes meanwhile is not taken for ours", async (_difference, more) => {
    const organizationId = await organization();
    const ids: string[] = [];
    lose("before");
    const error = await makeKey({ organizationId, name: "ci" }, async () => {
      current().control.faults.clear();
      ids.push((await foreign(organizationId, more)).id);
      lose("before");
    });
    expect(error.message).toContain('No new API key named "ci" was found');
    expect(state().apiKeys.map((key) => key.id)).toEqual(ids);
  });

  it("that has been used is not taken for ours, whose value nobody knows", async () => {
    const organizationId = await organization();
    const error = await makeKey({ organizationId, name: "ci" }, async () => {
      const { value } = await foreign(organizationId);
      await current().api.apiKeys.validate({ value });
      lose("before");
    });
    expect(error.message).toContain("No new API key");
    expect(state().apiKeys).toHaveLength(1);
  });

  it("that cannot be told from one made meanwhile is reported with it, and neither is deleted", async () => {
    const organizationId = await organization();
    const error = await makeKey({ organizationId, name: "ci" }, async () => {
      await foreign(organizationId);
      lose("after");
    });
    const ids = state().apiKeys.map((key) => key.id);
    expect(ids).toHaveLength(2);
    expect(error.message).toContain('2 new API keys named "ci" appeared meanwhile');
    for (const id of ids) expect(error.message).toContain(id);
    expect(error.message).toContain("none was touched. Delete the ones that nobody uses, then run again.");
  });

  it("that the same program made at the same time is never deleted", async () => {
    const organizationId = await organization();
    const life = lifeOf("OrganizationApiKey", current());
    lose("before");
    const results = await Promise.allSettled([1, 2].map(() => life.create({ organizationId, name: "ci" })));
    const made = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.id] : []));
    expect(made).toHaveLength(1);
    expect(state().apiKeys.map((key) => key.id)).toEqual(made);
  });

  it("that the same program is just being told of is not deleted either", async () => {
    const inputs = { organizationId: await organization(), name: "ci" };
    const { api } = current();
    current().wire.clear();
    const looks = () =>
      current()
        .wire.all()
        .filter(({ method }) => method === "GET").length;
    let told: Promise<{ id: string }> | undefined;
    const error = await makeKey(inputs, async () => {
      const made = new Promise<void>((resolve) => {
        const slow: typeof api.apiKeys.createForOrganization = async (...given) => {
          const answer = await api.apiKeys.createForOrganization(...given);
          resolve();
          // Until the third look: both looked before, and now the one whose answer was lost does so again.
          while (looks() < 3) await turn();
          await current().settle();
          for (let turns = 0; turns < 20; turns++) await turn();
          return answer;
        };
        const context = {
          ...current().context,
          api: { ...api, apiKeys: { ...api.apiKeys, createForOrganization: slow } },
        };
        told = create(declarationOf("OrganizationApiKey"), inputs, context);
      });
      await made;
      lose("before");
    });
    expect(error.message).toContain("No new API key");
    expect(state().apiKeys.map((key) => key.id)).toEqual([(await told)?.id]);
  });
});

describe("an organization", () => {
  const makeOrganization = (inputs: Inputs, happens: () => Promise<unknown>) =>
    create(declarationOf("Organization"), inputs, meanwhile("organizations", "create", happens));

  it("of the same name that is older is not taken over", async () => {
    await current().api.organizations.create({ name: "Acme" });
    current().clock.advance(5 * minute);
    lose("after");
    const { id } = await lifeOf("Organization", current()).create({ name: "Acme" });
    expect(
      state()
        .organizations.map((found) => found.id)
        .indexOf(id),
    ).toBe(1);
  });

  it("that cannot be told from one made meanwhile is reported with it, and neither is deleted", async () => {
    const error = await failure(
      makeOrganization({ name: "Acme" }, async () => {
        await current().api.organizations.create({ name: "Acme" });
        lose("after");
      }),
    );
    expect(state().organizations).toHaveLength(2);
    expect(error.message).toContain('2 organizations named "Acme" were made meanwhile');
    for (const { id } of state().organizations) expect(error.message).toContain(id);
    expect(error.message).toContain("Give the organization an externalId");
  });

  it("that says something else is not taken over", async () => {
    const error = await failure(
      makeOrganization({ name: "Acme", metadata: { plan: "pro" } }, async () => {
        await current().api.organizations.create({ name: "Acme" });
        lose("before");
      }),
    );
    expect(error.message).toContain('No organization named "Acme" was found');
    expect(state().organizations).toHaveLength(1);
  });

  it("that has our external id and is older is the conflict that it would be anyway", async () => {
    await current().api.organizations.create({ name: "Other", external_id: "acme" });
    lose("before");
    const error = await failure(lifeOf("Organization", current()).create({ name: "Acme", externalId: "acme" }));
    expect(error.message).toContain("external_id_already_used");
    expect(state().organizations).toHaveLength(1);
  });
});

describe("a user", () => {
  it("who signed up meanwhile and says something else is the conflict that they would be anyway", async () => {
    const context = meanwhile("users", "create", async () => {
      if (state().users.length === 0) await current().api.users.create({ email: "ann@example.com" });
      lose("before");
    });
    const inputs = { email: "ann@example.com", firstName: "Ann", externalId: "ann" };
    const error = await failure(create(declarationOf("User"), inputs, context));
    expect(error).not.toBeInstanceOf(PartialFailure);
    expect(state().users).toMatchObject([{ first_name: null, external_id: null }]);
  });
});

describe("a membership", () => {
  it("with other roles that somebody makes meanwhile is reported, not changed", async () => {
    const { api } = current();
    const user_id = (await api.users.create({ email: "ann@example.com" })).id;
    const organization_id = (await api.organizations.create({ name: "Acme" })).id;
    const context = meanwhile("organizationMemberships", "create", async () => {
      await api.organizationMemberships.create({ user_id, organization_id });
      lose("before");
    });
    const inputs = { userId: user_id, organizationId: organization_id, roleSlug: "admin" };
    const error = await failure(create(declarationOf("OrganizationMembership"), inputs, context));
    expect(error.message).toContain("Meanwhile somebody else made the membership om_");
    expect(state().organizationMemberships).toMatchObject([{ role: { slug: "member" } }]);
  });
});

describe("an invitation", () => {
  it("to another organization is not taken for ours", async () => {
    const { api } = current();
    const [acme, other] = await Promise.all(["Acme", "Other"].map((name) => api.organizations.create({ name })));
    await api.invitations.send({ email: "ann@example.com", organization_id: other?.id });
    lose("before");
    const inputs = { email: "ann@example.com", organizationId: acme?.id };
    const error = await failure(lifeOf("Invitation", current()).create(inputs));
    expect(error.message).toContain("No new pending invitation of ann@example.com was found");
    expect(current().control.mailbox.list()).toHaveLength(1);
  });
});

it("says that nothing could be found out when the look-up fails as well", async () => {
  lose("after");
  current().control.faults.add({ method: "GET", status: 500, times: null });
  const life = lifeOf("User", current());
  const inputs = { email: "ann@example.com" };
  const error = await failure(life.create(inputs));
  expect(error.message).toMatch(
    /^POST \/user_management\/users → .*\nWhat came of it could not be found out: GET \/user_management\/users → 500/s,
  );
  current().control.faults.clear();
  const second = await failure(life.create(inputs));
  expect(second.message).toContain("email_not_available");
  expect(state().users).toHaveLength(1);
});

it("takes over the one object that the lost call has made, as the vendor has it", async () => {
  lose("after");
  const life = lifeOf("User", current());
  const inputs = { email: "ann@example.com", metadata: { team: "red" } };
  const { id, outs } = await life.create(inputs);
  expect(life.diff(outs, inputs)).toEqual(noChange);
  expect(await refreshed(life, id, outs)).toEqual({ props: outs, inputs });
});
