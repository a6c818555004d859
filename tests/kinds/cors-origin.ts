import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

const origin = "https://app.example.com";

export const corsOrigin: Row = {
  inputs: () => Promise.resolve({ origin, onDestroy: "retain" }),
  fields: {
    origin: { to: "http://localhost:3000", replaces: "create first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    // There is no second value that check would let through; any shows that a change asks nothing of the vendor.
    onDestroy: { to: "another", sends: [], removal: [] },
  },
  touch: ({ world }) => world.api.corsOrigins.list(),
  end: ({ world, id }) => Promise.resolve(world.control.removeCorsOrigin(id)),
  deletes: [],
  stays: true,
  count: (world) => world.control.state().corsOrigins.length,
  accepted: { origin, onDestroy: "retain" },
  // Each its own: none can be made again once it is there.
  random: () => ({
    origin: fc.uuid().map((name) => `https://${name}.example.com`),
    onDestroy: fc.constant("retain"),
  }),
  bodies: { create: bodyOf(endpoints.corsOrigins.create), updates: [] },
  present: async (world) => {
    const { id } = await world.api.corsOrigins.create({ origin });
    return { id, inputs: { origin } };
  },
  everything: [{ origin, adopt: "if-exists", onDestroy: "retain" }],
};
