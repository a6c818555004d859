import { PartialFailure } from "../../provider/lifecycle";
import { failure, type Life, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";

const current = useWorld();
const organizations = (): Life => lifeOf("Organization", current());

const domains = () =>
  (current().control.state().organizations[0]?.domains ?? []).map(({ domain, state }) => ({ domain, state }));

describe("domains", () => {
  it("are the same in any order and letter case", async () => {
    const { outs } = await organizations().create({
      name: "Acme",
      domains: [{ domain: "acme.example" }, { domain: "acme.test", state: "verified" }],
    });
    const same = [{ domain: "ACME.test", state: "verified" }, { domain: "Acme.example" }];
    expect(organizations().diff(outs, { name: "Acme", domains: same })).toEqual(noChange);
  });

  it("may be verified by their owner without being drift", async () => {
    const inputs = { name: "Acme", domains: [{ domain: "acme.example", state: "pending" }] };
    const { id, outs } = await organizations().create(inputs);
    await current().api.organizations.update({ id, domain_data: [{ domain: "acme.example", state: "verified" }] });
    const found = await refreshed(organizations(), id, outs);
    expect(found.inputs).toEqual(inputs);
    expect(organizations().diff(found.props, inputs)).toEqual(noChange);
  });

  it("differ while one that is vouched for is not verified", async () => {
    const { id, outs } = await organizations().create({ name: "Acme", domains: [{ domain: "acme.example" }] });
    const wanted = { name: "Acme", domains: [{ domain: "acme.example", state: "verified" }] };
    expect(organizations().diff(outs, wanted)).toEqual({ ...noChange, changes: true });
    const updated = await organizations().update(id, outs, wanted);
    expect(domains()).toEqual([{ domain: "acme.example", state: "verified" }]);
    expect(organizations().diff(updated, wanted)).toEqual(noChange);
  });

  it("are all of them: one that somebody has added is taken away again", async () => {
    const inputs = { name: "Acme", domains: [{ domain: "acme.example" }] };
    const { id, outs } = await organizations().create(inputs);
    const added = { domain: "else.example", state: "pending" as const };
    await current().api.organizations.update({
      id,
      domain_data: [{ domain: "acme.example", state: "pending" }, added],
    });
    const found = await refreshed(organizations(), id, outs);
    expect(found.inputs.domains).toEqual([{ domain: "acme.example", state: "pending" }, added]);
    await organizations().update(id, found.props, inputs);
    expect(domains()).toEqual([{ domain: "acme.example", state: "pending" }]);
  });
});

it("keeps what was made when the Stripe customer, which no create takes, is refused", async () => {
  const inputs = { name: "Acme", stripeCustomerId: "cus_1" };
  current().control.faults.add({
    method: "PUT",
    status: 422,
    body: { message: "Stripe is not enabled", error: "Unprocessable Entity" },
  });
  const error = await failure(organizations().create(inputs));
  if (!(error instanceof PartialFailure)) throw error;
  expect(error.message).toContain("Stripe is not enabled");
  expect(error.properties).toMatchObject({ name: "Acme" });
  expect(error.properties).not.toHaveProperty("stripeCustomerId");
  const found = await refreshed(organizations(), error.id, error.properties);
  expect(organizations().diff(found.props, inputs)).toEqual({ ...noChange, changes: true });
  const updated = await organizations().update(error.id, found.props, inputs);
  expect(updated.stripeCustomerId).toBe("cus_1");
});
