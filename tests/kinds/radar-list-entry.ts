import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

const body = { entry: "203.0.113.7" };

export const radarListEntry: Row = {
  inputs: () => Promise.resolve({ type: "ip_address", action: "block", entry: "203.0.113.7" }),
  unread: true,
  fields: {
    type: { given: { type: "device" }, to: "device_fingerprint", replaces: "create first" },
    action: { to: "allow", replaces: "create first" },
    entry: { to: "203.0.113.8", replaces: "create first" },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: () => Promise.resolve(),
  end: ({ world }) => world.api.radarLists.remove({ type: "ip_address", action: "block", ...body }),
  deletes: [{ method: "DELETE", path: "/radar/lists/{type}/{action}", body }],
  count: (world) => world.control.state().radarEntries.length,
  accepted: { type: "ip_address", action: "block", entry: "203.0.113.7" },
  random: () => ({
    type: fc.constantFrom("device", "user_agent"),
    action: fc.constantFrom("block", "allow"),
    entry: fc.constantFrom("one", "two"),
  }),
  bodies: {
    create: bodyOf(endpoints.radarLists.add).extend({ type: z.string(), action: z.string() }),
    updates: [],
  },
  everything: [{ type: "ip_address", action: "block", entry: "203.0.113.7", onDestroy: "delete" }],
};
