import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { dataIntegrations: integrations, organizations } = endpoints;

export function dataIntegrationAnswers(run: RunOf): void {
  const own = { type: "custom" as const, client_id: "client-1", client_secret: "a-long-enough-secret" };

  test("an integration is made, read, changed and deleted, and tells no secret", async () => {
    const custom_provider = { name: "Tracker", token_url: "https://t.example/token" };
    const given = { provider: "tracker", credentials: own, custom_provider, config: { account: "acme" } };
    const made = await run().call(integrations.create, given);
    expect(made).toMatchObject({ slug: "tracker", enabled: false, credentials: { client_id: "client-1" } });
    expect(JSON.stringify(made)).not.toContain(own.client_secret);
    expect(await run().call(integrations.get, { slug: "tracker" })).toEqual(made);
    const changes = { enabled: true, scopes: ["read"], custom_provider: { name: "Tracker 2" } };
    const changed = await run().call(integrations.update, { slug: "tracker", ...changes });
    expect(changed).toMatchObject({ enabled: true, scopes: ["read"], custom_provider: { name: "Tracker 2" } });
    expect((await run().call(integrations.list, {})).data).toEqual([changed]);
    await run().call(integrations.delete, { slug: "tracker" });
    for (const endpoint of [integrations.get, integrations.update, integrations.delete]) {
      expect(await run().refused(endpoint, { slug: "tracker" })).toMatchObject({ status: 404 });
    }
  });

  test.each([
    ["a taken provider", { provider: "github", credentials: { type: "organization" } }, 409],
    ["no credentials", { provider: "slack" }, 422],
    ["half of its credentials", { provider: "slack", credentials: { type: "custom" } }, 422],
  ])("an integration with %s is refused", async (_what, given, status) => {
    await run().call(integrations.create, { provider: "github", credentials: { type: "organization" } });
    expect(await run().refused(integrations.create, given)).toMatchObject({ status });
    const custom_provider = { name: "GitHub" };
    expect(await run().refused(integrations.update, { slug: "github", custom_provider })).toMatchObject({
      status: 422,
    });
    expect(await run().refused(integrations.list, { limit: 0 })).toMatchObject({ status: 422 });
  });

  test("an organization has what is configured for it, and else what the integration has", async () => {
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    const which = { organization_id, slug: "github" };
    await run().call(integrations.create, {
      ...{ provider: "github", credentials: { type: "organization" as const }, scopes: ["repo", "user"] },
    });
    const before = (await run().call(integrations.listForOrganization, { organization_id })).data;
    expect(before).toMatchObject([{ slug: "github", enabled: false, scopes: ["repo", "user"] }]);
    const { client_id, client_secret } = own;
    const given = { enabled: true, scopes: ["repo"], client_id, client_secret, config: { account: "acme" } };
    const configured = await run().call(integrations.configure, { ...which, ...given });
    expect(configured).toMatchObject({
      enabled: true,
      scopes: ["repo"],
      credentials: { client_secret_last_four: "cret" },
    });
    expect((await run().call(integrations.listForOrganization, { organization_id })).data).toEqual([configured]);
    expect(await run().refused(integrations.configure, which)).toMatchObject({ status: 400 });
    expect(await run().refused(integrations.configure, { ...which, client_id })).toMatchObject({ status: 400 });
    expect(await run().refused(integrations.configure, { ...which, scopes: ["else"] })).toMatchObject({ status: 422 });
    await run().call(integrations.create, { provider: "slack", credentials: own });
    const shared = { organization_id, slug: "slack", config: {} };
    expect(await run().refused(integrations.configure, shared)).toMatchObject({ status: 400 });
    const unknown = { ...which, slug: "none", enabled: true };
    expect(await run().refused(integrations.configure, unknown)).toMatchObject({ status: 404 });
    const elsewhere = { organization_id: "org_x" };
    expect(await run().refused(integrations.listForOrganization, elsewhere)).toMatchObject({ status: 404 });
  });
}
