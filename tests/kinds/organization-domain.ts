import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

const path = "/organization_domains/{id}";
const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;

export const organizationDomain: Row = {
  inputs: async ({ api }) => ({
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    domain: "acme.example",
  }),
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    domain: { to: "acme.test", replaces: "create first" },
    verify: {
      given: { verify: "first" },
      to: "second",
      // The first one has verified it, so that the second is answered that it is verified.
      sends: [
        { method: "POST", path: `${path}/verify` },
        { method: "GET", path },
      ],
      removal: [],
    },
    waitForVerification: { given: { verify: "1", waitForVerification: "5m" }, to: "10m", sends: [], removal: [] },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: ({ world, id }) => Promise.resolve(world.control.setDomainState(id, "pending")),
  end: ({ world, id }) => world.api.organizationDomains.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().organizations.flatMap(({ domains }) => domains).length,
  accepted: { organizationId: "org_1", domain: "acme.example" },
  random: (ids) => ({
    organizationId: fc.constantFrom(...ids.organizations),
    domain: fc.constantFrom("acme.example", "ACME.example", "mail.acme.test"),
  }),
  bodies: { create: bodyOf(endpoints.organizationDomains.create), updates: [] },
  present: async (world) => {
    const organizationId = await organizationNamed(world, "Acme");
    const inputs = { organizationId, domain: "acme.example" };
    const { id } = await world.api.organizationDomains.create({
      organization_id: organizationId,
      domain: "ACME.example",
    });
    return { id, inputs };
  },
  everything: [
    {
      // The first one's domains are declared with it.
      organizationId: "Organization1.id",
      domain: "second.acme.example",
      verify: "1",
      waitForVerification: "10m",
      adopt: "if-exists",
      onDestroy: "delete",
    },
  ],
};
