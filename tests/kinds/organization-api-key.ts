import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { name, map, permission, distinct, moment } from "./generators";
import { type World } from "../support/world";
import { type Row } from "./row";

const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;
const expire = (expires_at: string | null) => [{ method: "POST", path: "/api_keys/{id}/expire", body: { expires_at } }];

export const organizationApiKey: Row = {
  inputs: async ({ api }) => ({
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    name: "ci",
    permissions: ["posts:read", "posts:write"],
    expiresAt: "2027-01-31T00:00:00Z",
    keepers: { rotation: "1" },
  }),
  fields: {
    organizationId: { to: anotherOrganization, replaces: "create first" },
    name: { to: "deploy", replaces: "create first" },
    permissions: { to: ["posts:read"], replaces: "create first" },
    expiresAt: {
      to: "2027-06-30T00:00:00Z",
      sends: expire("2027-06-30T00:00:00Z"),
      removal: expire(null),
      drift: {
        behind: ({ world, id }) => world.api.apiKeys.expire({ id, expires_at: "2026-12-24T00:00:00.000Z" }),
        reported: { expiresAt: "2026-12-24T00:00:00.000Z" },
      },
    },
    keepers: { to: { rotation: "2" }, replaces: "create first" },
    overlap: { given: { overlap: "24h" }, to: "7d", sends: [], removal: [] },
    // Another target needs another value to hand over.
    deliver: { given: { deliver: { command: ["cat"] } }, to: { file: "elsewhere" }, replaces: "create first" },
  },
  touch: ({ world, state }) => world.api.apiKeys.validate({ value: String(state.value) }),
  end: ({ world, id }) => world.api.apiKeys.delete({ id }),
  deletes: [{ method: "DELETE", path: "/api_keys/{id}" }],
  count: (world) => world.control.state().apiKeys.length,
  accepted: { organizationId: "org_1", name: "ci" },
  random: (ids) => ({
    organizationId: fc.constantFrom(...ids.organizations),
    name,
    permissions: distinct(permission, 0),
    expiresAt: moment,
    keepers: map,
  }),
  bodies: {
    create: bodyOf(endpoints.apiKeys.createForOrganization).extend({ organization_id: z.string() }),
    updates: [bodyOf(endpoints.apiKeys.expire)],
  },
  everything: [
    {
      organizationId: "Organization0.id",
      name: "CI",
      permissions: ["users:read"],
      expiresAt: "2040-01-01T00:00:00Z",
      keepers: { generation: "1" },
      overlap: "24h",
      deliver: { command: ["sh", "-c", "cat > /dev/null"] },
    },
  ],
};
