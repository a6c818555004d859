import fc from "fast-check";
import { z } from "zod";
import { organizationNamed } from "../lifecycle/support/people";
import { proved } from "../lifecycle/support/prove";
import { type World } from "../support/world";
import { map } from "./generators";
import { type Row } from "./row";

async function application(world: World, name: string) {
  const organization_id = await organizationNamed(world, name);
  return (await world.api.connectApplications.create({ name, application_type: "m2m", organization_id })).id;
}

export const connectApplicationSecret: Row = {
  inputs: async (world) => ({ applicationId: await application(world, "CI"), keepers: { rotation: "1" } }),
  fields: {
    applicationId: { to: (world) => application(world, "CD"), replaces: "create first" },
    keepers: { to: { rotation: "2" }, replaces: "create first" },
    overlap: { given: { overlap: "5m" }, to: "60m", sends: [], removal: [] },
    // Another target needs another secret to hand over.
    deliver: { given: { deliver: { command: ["cat"] } }, to: { file: "elsewhere" }, replaces: "create first" },
  },
  /** The application proves itself by it, and asks for what it does not get. */
  touch: async ({ world, inputs, state }) => {
    const { client_id } = await world.api.connectApplications.get({ id: String(inputs.applicationId) });
    await proved(world, client_id, state.secret);
  },
  end: ({ world, id }) => world.api.connectApplications.deleteSecret({ id }),
  deletes: [{ method: "DELETE", path: "/connect/client_secrets/{id}" }],
  count: (world) => world.control.state().clientSecrets.length,
  accepted: { applicationId: "conn_app_1" },
  random: (ids) => ({ applicationId: fc.constantFrom(...ids.applications), keepers: map }),
  bodies: { create: z.object({ application_id: z.string() }), updates: [] },
  everything: [
    {
      applicationId: "ConnectApplication0.id",
      keepers: { generation: "1" },
      overlap: "5m",
      deliver: { command: ["sh", "-c", "cat > /dev/null"] },
    },
  ],
};
