import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { organizations } = endpoints;

export function organizationAnswers(run: RunOf): void {
  test("an organization is created, read by both ids, updated, listed and deleted", async () => {
    const made = await run().call(organizations.create, {
      ...{ name: "Acme", external_id: "acme/1", metadata: { tier: "a" }, allow_profiles_outside_organization: true },
      domain_data: [
        { domain: "acme.test", state: "verified" as const },
        { domain: "acme.example", state: "pending" as const },
      ],
    });
    expect(await run().call(organizations.get, { id: made.id })).toEqual(made);
    expect(await run().call(organizations.getByExternalId, { external_id: "acme/1" })).toEqual(made);
    const changed = await run().call(organizations.update, {
      ...{ id: made.id, name: "Acme Inc", external_id: null, metadata: { tier: "b" }, stripe_customer_id: "cus_1" },
      domains: ["acme.test"],
    });
    expect(changed).toMatchObject({ name: "Acme Inc", stripe_customer_id: "cus_1", external_id: null });
    expect((await run().call(organizations.list, { domains: ["acme.test", "other.test"] })).data).toEqual([changed]);
    expect((await run().call(organizations.list, { search: "inc", limit: 1, order: "asc" })).data).toEqual([changed]);
    await run().call(organizations.delete, { id: made.id });
    expect(await run().refused(organizations.get, { id: made.id })).toMatchObject({ status: 404 });
  });

  test("a delete may be accepted and happen later", async () => {
    const { id } = await run().call(organizations.create, { name: "Acme", domains: ["acme.test"] });
    run().control.asyncDeletes.set({ delayMs: 1000 });
    await run().call(organizations.delete, { id }, 202);
    await run().call(organizations.get, { id });
    run().control.clock.advance(1000);
    expect(await run().refused(organizations.delete, { id })).toMatchObject({ status: 404 });
  });

  test.each([
    ["no name", { name: undefined }, 422],
    ["an empty name", { name: "" }, 422],
    ["a domain of another", { domain_data: [{ domain: "taken.test", state: "pending" }] }, 409],
    ["what is no domain", { domains: ["not a domain"] }, 422],
    ["a taken external id", { external_id: "taken" }, 400],
    ["too long an external id", { external_id: "x".repeat(129) }, 422],
    ["too many keys", { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, "v"])) }, 400],
  ])("an organization with %s is refused as documented", async (_what, input, status) => {
    await run().call(organizations.create, { name: "Other", external_id: "taken", domains: ["taken.test"] });
    expect(await run().refused(organizations.create, { name: "Acme", ...input })).toMatchObject({ status });
    const { id } = await run().call(organizations.create, { name: "Acme" });
    const update = run().refused(organizations.update, { id, ...("name" in input ? { name: "" } : input) });
    expect(await update).toMatchObject({ status });
  });

  test("a taken customer is refused as documented", async () => {
    const first = await run().call(organizations.create, { name: "Other" });
    await run().call(organizations.update, { id: first.id, stripe_customer_id: "cus_1" });
    const { id } = await run().call(organizations.create, { name: "Acme" });
    expect(await run().refused(organizations.update, { id, stripe_customer_id: "cus_1" })).toMatchObject({
      status: 400,
      code: "stripe_customer_id_already_used",
    });
  });

  test("an unknown organization is 404 everywhere, and a page that cannot be is 422", async () => {
    for (const endpoint of [organizations.get, organizations.update, organizations.delete]) {
      expect(await run().refused(endpoint, { id: "org_unknown" })).toMatchObject({ status: 404 });
    }
    expect(await run().refused(organizations.getByExternalId, { external_id: "x" })).toMatchObject({ status: 404 });
    expect(await run().refused(organizations.list, { limit: "many" })).toMatchObject({ status: 422 });
  });
}
