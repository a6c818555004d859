import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { organizationNamed, userNamed } from "../lifecycle/support/people";
import { everyKeyInput, keyFields, keyInputs, keyLife, keyUpdates, randomKey } from "./api-keys";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

export const userApiKey: Row = {
  inputs: async (world) => {
    const userId = await userNamed(world, "ann");
    const organizationId = await organizationNamed(world, "Acme");
    await world.api.organizationMemberships.create({ user_id: userId, organization_id: organizationId });
    return { userId, organizationId, ...keyInputs };
  },
  fields: {
    userId: { to: (world) => userNamed(world, "ben"), replaces: "create first" },
    organizationId: { to: (world) => organizationNamed(world, "Other"), replaces: "create first" },
    ...keyFields,
  },
  ...keyLife,
  count: (world) => world.control.state().userApiKeys.length,
  accepted: { userId: "user_1", organizationId: "org_1", name: "ci" },
  /** A key's owner is a member. */
  stand: async ({ api }, { users, organizations }) => {
    for (const user_id of users) {
      for (const organization_id of organizations) {
        await api.organizationMemberships.create({ user_id, organization_id });
      }
    }
  },
  random: (ids) => ({
    userId: fc.constantFrom(...ids.users),
    organizationId: fc.constantFrom(...ids.organizations),
    ...randomKey,
  }),
  bodies: {
    create: bodyOf(endpoints.userApiKeys.create).extend({ user_id: z.string() }),
    updates: keyUpdates,
  },
  everything: [
    { userId: "OrganizationMembership0.userId", organizationId: "Organization0.id", ...everyKeyInput, name: "Laptop" },
  ],
};
