import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { word, email, role } from "./generators";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { type Row } from "./row";

const path = "/user_management/invitations/{id}";

const anotherUser = async ({ api }: World) => (await api.users.create({ email: "ida@example.com" })).id;
const anotherOrganization = async ({ api }: World) => (await api.organizations.create({ name: "Other" })).id;

export const invitation: Row = {
  inputs: async ({ api }) => ({
    email: "ann@example.com",
    organizationId: (await api.organizations.create({ name: "Acme" })).id,
    roleSlug: "member",
    expiresInDays: 7,
    inviterUserId: (await api.users.create({ email: "ivo@example.com" })).id,
    locale: "en",
    resend: "first",
  }),
  fields: {
    email: { to: "ann@example.org", replaces: "create first" },
    organizationId: { to: anotherOrganization, replaces: "create first" },
    // The vendor refuses a second invitation of the same person to the same organization.
    roleSlug: { to: "admin", replaces: "delete first" },
    expiresInDays: { to: 14, sends: [], removal: [] },
    inviterUserId: { to: anotherUser, sends: [], removal: [] },
    locale: { to: "de", sends: [], removal: [] },
    resend: {
      to: "second",
      // Looked at first: a run that died may have mailed it.
      sends: [
        { method: "GET", path },
        { method: "POST", path: `${path}/resend`, body: { locale: "en" } },
      ],
      removal: [],
    },
    onExpired: { given: { onExpired: "keep" }, to: "recreate", sends: [], removal: [] },
    maxSends: { given: { maxSends: 2 }, to: 5, sends: [], removal: [] },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "revoke" }, to: "removeMembership", sends: [], removal: [] },
  },
  touch: ({ world, id }) => {
    world.control.switches.set({ resend: "same" });
    return world.api.invitations.resend({ id });
  },
  end: ({ world, id }) => world.api.invitations.revoke({ id }),
  deletes: [{ method: "POST", path: `${path}/revoke` }],
  count: (world) => world.control.state().invitations.filter(({ state }) => state === "pending").length,
  accepted: { email: "ann@example.com", organizationId: "org_1" },
  random: (ids) => ({
    email,
    organizationId: fc.constantFrom(...ids.organizations),
    roleSlug: role,
    expiresInDays: fc.integer({ min: 1, max: 30 }),
    inviterUserId: fc.constantFrom(...ids.users),
    locale: fc.constantFrom("en", "de", "pt-BR"),
    resend: word,
  }),
  bodies: {
    create: bodyOf(endpoints.invitations.send),
    // Mailing an invitation again takes nothing from the change itself.
    updates: [z.object({ resend: z.string() }).partial()],
  },
  present: async (world) => {
    const organizationId = await organizationNamed(world, "Acme");
    const { id } = await world.api.invitations.send({ email: "bob@example.com", organization_id: organizationId });
    return { id, inputs: { email: "Bob@example.com", organizationId } };
  },
  everything: [
    {
      email: "cleo@example.com",
      organizationId: "Organization0.id",
      roleSlug: "member",
      expiresInDays: 14,
      inviterUserId: "User0.id",
      locale: "de",
      resend: "1",
      onExpired: "keep",
      maxSends: 2,
      adopt: "if-exists",
      onDestroy: "removeMembership",
    },
  ],
};
