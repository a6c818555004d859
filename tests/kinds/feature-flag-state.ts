import fc from "fast-check";
import { z } from "zod";
import { flags } from "./feature-flag-target";
import { type Row } from "./row";

const path = "/feature-flags/{slug}";

export const featureFlagState: Row = {
  inputs: (world) => {
    world.control.addFeatureFlag({ slug: "beta" });
    return Promise.resolve({ slug: "beta", enabled: true });
  },
  fields: {
    slug: { to: "gamma", replaces: "create first" },
    enabled: {
      to: false,
      sends: [{ method: "PUT", path: `${path}/disable` }],
      drift: {
        behind: ({ world, inputs }) => world.api.featureFlags.disable({ slug: String(inputs.slug) }),
        reported: { enabled: false },
      },
    },
    onDestroy: { given: { onDestroy: "retain" }, to: "restore", sends: [], removal: [] },
  },
  touch: async ({ world, inputs }) => {
    await world.api.featureFlags.disable({ slug: String(inputs.slug) });
    await world.api.featureFlags.enable({ slug: String(inputs.slug) });
  },
  end: ({ world, inputs, state }) =>
    Promise.resolve(world.control.removeFeatureFlag(String(inputs.slug ?? state.slug))),
  // What was there before is put back.
  deletes: [{ method: "PUT", path: `${path}/disable` }],
  stays: true,
  left: 0,
  count: (world) => world.control.state().featureFlags.filter(({ enabled }) => enabled).length,
  accepted: { slug: "beta", enabled: true },
  stand: (world) => Promise.resolve(flags(world)),
  random: () => ({ slug: fc.constantFrom("beta", "gamma"), enabled: fc.boolean() }),
  bodies: {
    create: z.object({ slug: z.string(), enabled: z.boolean() }),
    // One of two calls, neither of which has a body.
    updates: [z.object({ enabled: z.boolean() }).partial()],
  },
  everything: [{ slug: "gamma", enabled: true, onDestroy: "restore" }],
};
