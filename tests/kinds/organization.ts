import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { word, name, map, domain } from "./generators";
import { organizationNamed } from "../lifecycle/support/people";
import { type Row, type Subject } from "./row";

const path = "/organizations/{id}";
const put = (body: object) => [{ method: "PUT", path, body }];
const set = (field: string, value: unknown) => ({
  behind: ({ world, id }: Subject) => world.api.organizations.update({ id, [field]: value }),
});

export const organization: Row = {
  inputs: () =>
    Promise.resolve({
      name: "Acme",
      externalId: "acme",
      metadata: { plan: "pro", region: "eu" },
      domains: [{ domain: "acme.example", state: "verified" }],
      stripeCustomerId: "cus_1",
      allowProfilesOutsideOrganization: false,
    }),
  fields: {
    name: {
      to: "Acme Corporation",
      sends: put({ name: "Acme Corporation" }),
      drift: { ...set("name", "Else"), reported: { name: "Else" } },
    },
    externalId: {
      to: "acme-2",
      sends: put({ external_id: "acme-2" }),
      removal: put({ external_id: null }),
      drift: { ...set("external_id", "else"), reported: { externalId: "else" } },
    },
    metadata: {
      to: { plan: "free" },
      sends: put({ metadata: { plan: "free", region: null } }),
      removal: put({ metadata: null }),
      drift: { ...set("metadata", { plan: "else" }), reported: { metadata: { plan: "else", region: "eu" } } },
    },
    domains: {
      to: [{ domain: "acme.example", state: "verified" }, { domain: "acme.test" }],
      sends: put({
        domain_data: [
          { domain: "acme.example", state: "verified" },
          { domain: "acme.test", state: "pending" },
        ],
      }),
      removal: put({ domain_data: [] }),
      drift: {
        ...set("domain_data", [{ domain: "else.example", state: "pending" }]),
        reported: { domains: [{ domain: "else.example", state: "pending" }] },
      },
    },
    stripeCustomerId: {
      to: "cus_2",
      sends: put({ stripe_customer_id: "cus_2" }),
      removal: put({ stripe_customer_id: null }),
      drift: { ...set("stripe_customer_id", "cus_else"), reported: { stripeCustomerId: "cus_else" } },
    },
    allowProfilesOutsideOrganization: {
      to: true,
      sends: put({ allow_profiles_outside_organization: true }),
      removal: [],
      drift: {
        ...set("allow_profiles_outside_organization", true),
        reported: { allowProfilesOutsideOrganization: true },
      },
    },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    adoptId: {
      given: { adopt: "if-exists", adoptId: "org_none" },
      to: "org_other",
      sends: [],
      removal: [],
    },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
    forceDestroy: { given: { forceDestroy: true }, to: false, sends: [], removal: [] },
  },
  touch: async ({ world, id }) => {
    await world.api.organizations.update({ id, name: "Else" });
    await world.api.organizations.update({ id, name: "Acme" });
  },
  end: ({ world, id }) => world.api.organizations.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().organizations.length,
  accepted: { name: "Acme" },
  random: () => ({
    name,
    externalId: word,
    metadata: map,
    domains: fc.uniqueArray(domain, { maxLength: 3, selector: (entry) => entry.domain.toLowerCase() }),
    stripeCustomerId: word,
    allowProfilesOutsideOrganization: fc.boolean(),
  }),
  bodies: { create: bodyOf(endpoints.organizations.create), updates: [bodyOf(endpoints.organizations.update)] },
  present: async (world) => ({
    id: await organizationNamed(world, "Acme"),
    inputs: { name: "Acme", externalId: "acme" },
  }),
  everything: [
    {
      name: "Acme",
      externalId: "acme",
      metadata: { plan: "team" },
      domains: [{ domain: "acme.example", state: "verified" }],
      stripeCustomerId: "cus_acme",
      allowProfilesOutsideOrganization: true,
      adopt: "if-exists",
      onDestroy: "delete",
      forceDestroy: true,
    },
    { name: "Beta", adopt: "if-exists", adoptId: "org_01HBETA0000000000000000000" },
  ],
};
