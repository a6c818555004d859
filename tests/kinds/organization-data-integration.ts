import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { type Row, type Subject } from "./row";

const path = "/organizations/{organizationId}/data_integration_configurations/{slug}";
const put = (body: object) => [{ method: "PUT", path, body }];
const own = { client_id: "client-1", client_secret: "a-long-enough-secret-1" };
const change =
  (fields: object) =>
  ({ world, inputs }: Subject) =>
    world.api.dataIntegrations.configure({
      organization_id: String(inputs.organizationId),
      slug: String(inputs.slug),
      ...fields,
    });
const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;

export const organizationDataIntegration: Row = {
  inputs: async (world) => {
    await world.api.dataIntegrations.create({ provider: "github", credentials: { type: "organization" } });
    return {
      organizationId: await organizationNamed(world, "Acme"),
      slug: "github",
      enabled: true,
      scopes: ["repo", "user"],
      clientId: own.client_id,
      clientSecret: own.client_secret,
      config: { account: "acme" },
      onDestroy: "retain",
    };
  },
  needs: ["enabled", "onDestroy"],
  lasts: true,
  stays: true,
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    slug: { to: "slack", replaces: "create first" },
    enabled: {
      to: false,
      sends: put({ enabled: false }),
      removal: [],
      drift: { behind: change({ enabled: false }), reported: { enabled: false } },
    },
    scopes: {
      to: ["repo"],
      sends: put({ scopes: ["repo"] }),
      removal: put({ scopes: null }),
      drift: { behind: change({ scopes: ["else"] }), reported: { scopes: ["else"] } },
    },
    clientId: {
      to: "client-2",
      sends: put({ ...own, client_id: "client-2" }),
      removal: [],
      together: ["clientSecret"],
      drift: { behind: change({ ...own, client_id: "else" }), reported: { clientId: "else" } },
    },
    clientSecret: {
      to: "a-long-enough-secret-2",
      sends: put({ ...own, client_secret: "a-long-enough-secret-2" }),
      removal: [],
      together: ["clientId"],
    },
    config: {
      to: { account: "beta" },
      sends: put({ config: { account: "beta" } }),
      removal: [],
      drift: { behind: change({ config: { account: "else" } }), reported: { config: { account: "else" } } },
    },
    // What check would not let through, so that there is another value.
    onDestroy: { to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ scopes: ["else"] })(subject);
    await change({ scopes: ["repo", "user"] })(subject);
  },
  end: ({ world }) => world.api.dataIntegrations.delete({ slug: "github" }),
  deletes: [],
  count: (world) => world.control.state().organizationDataIntegrations,
  accepted: { organizationId: "org_1", slug: "github", enabled: true, onDestroy: "retain" },
  random: (ids) => ({
    organizationId: fc.constantFrom(...ids.organizations),
    slug: fc.constantFrom("github", "slack"),
    enabled: fc.boolean(),
    scopes: fc.constantFrom(["repo"], ["repo", "user"]),
    onDestroy: fc.constant("retain"),
  }),
  bodies: {
    create: bodyOf(endpoints.dataIntegrations.configure).extend({ organization_id: z.string(), slug: z.string() }),
    updates: [bodyOf(endpoints.dataIntegrations.configure)],
  },
  everything: [
    {
      organizationId: "Organization0.id",
      slug: "DataIntegration1.provider",
      enabled: true,
      scopes: ["repo"],
      clientId: own.client_id,
      clientSecret: own.client_secret,
      config: { account: "acme" },
      onDestroy: "retain",
    },
  ],
};
