import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { everyKeyInput, keyFields, keyInputs, keyLife, keyUpdates, randomKey } from "./api-keys";
import { bodyOf } from "./body-of";
import { type World } from "../support/world";
import { type Row } from "./row";

const organization = async ({ api }: World, name: string) => (await api.organizations.create({ name })).id;

export const organizationApiKey: Row = {
  inputs: async (world) => ({ organizationId: await organization(world, "Acme"), ...keyInputs }),
  fields: {
    organizationId: { to: (world) => organization(world, "Other"), replaces: "create first" },
    ...keyFields,
  },
  ...keyLife,
  count: (world) => world.control.state().apiKeys.length,
  accepted: { organizationId: "org_1", name: "ci" },
  random: (ids) => ({ organizationId: fc.constantFrom(...ids.organizations), ...randomKey }),
  bodies: {
    create: bodyOf(endpoints.apiKeys.createForOrganization).extend({ organization_id: z.string() }),
    updates: keyUpdates,
  },
  everything: [{ organizationId: "Organization0.id", ...everyKeyInput }],
};
