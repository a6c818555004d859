/** What an organization has of an integration: what is there already is set again only where it may not stay. */
import { useWorld } from "../support/world";
import { organizationNamed } from "./support/people";
import { startRun, takeWrites } from "./support/run";

const current = useWorld();

async function configured() {
  const { api } = current();
  await api.dataIntegrations.create({ provider: "github", credentials: { type: "organization" }, scopes: ["a", "b"] });
  const organizationId = await organizationNamed(current(), "Acme");
  await api.dataIntegrations.configure({ organization_id: organizationId, slug: "github", enabled: true });
  takeWrites(current());
  return { organizationId, slug: "github", onDestroy: "retain" };
}

it("what the organization has set for itself is not set again, and nothing is said of it", async () => {
  const which = await configured();
  const { life, said } = startRun(current());
  const { outs } = await life("OrganizationDataIntegration").create({ ...which, enabled: true });
  expect([outs.enabled, takeWrites(current()), said]).toEqual([true, [], []]);
});

it("what it has from the integration itself is set, so that it stays when that changes", async () => {
  const which = await configured();
  const { life } = startRun(current());
  await life("OrganizationDataIntegration").create({ ...which, enabled: true, scopes: ["b", "a"] });
  expect(takeWrites(current())).toEqual([["PUT", { enabled: true, scopes: ["b", "a"] }]]);
});

it("a client's secret is sent, whatever is there", async () => {
  const which = await configured();
  const { life } = startRun(current());
  const own = { clientId: "client-1", clientSecret: "a-long-enough-secret-1" };
  await life("OrganizationDataIntegration").create({ ...which, enabled: true, ...own });
  expect(takeWrites(current())).toHaveLength(1);
});
