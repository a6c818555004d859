import fc from "fast-check";
import { z } from "zod";
import { organizationNamed } from "../lifecycle/support/people";
import { type World } from "../support/world";
import { type Row, type Subject } from "./row";

const which = ({ inputs, state }: Pick<Subject, "inputs" | "state">) => ({
  slug: String(inputs.slug ?? state.slug),
  resource_id: String(inputs.resourceId ?? state.resourceId),
});
const slugs = ["beta", "gamma"];

/** Flags that the dashboard has made. */
export function flags(world: World): void {
  for (const slug of slugs) world.control.addFeatureFlag({ slug, enabled: true });
}

export const featureFlagTarget: Row = {
  inputs: async (world) => {
    flags(world);
    return { slug: "beta", resourceId: await organizationNamed(world, "Acme") };
  },
  fields: {
    slug: { to: "gamma", replaces: "create first" },
    resourceId: { to: (world) => organizationNamed(world, "Other"), replaces: "create first" },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  // Then it is on for nobody, and nothing tells of its targets.
  touch: ({ world, inputs }) => world.api.featureFlags.disable({ slug: String(inputs.slug) }),
  end: (subject) => subject.world.api.featureFlags.removeTarget(which(subject)),
  deletes: [{ method: "DELETE", path: "/feature-flags/{slug}/targets/{resourceId}" }],
  count: (world) => world.control.state().featureFlagTargets.length,
  accepted: { slug: "beta", resourceId: "org_1" },
  stand: (world) => Promise.resolve(flags(world)),
  random: (ids) => ({
    slug: fc.constantFrom(...slugs),
    resourceId: fc.constantFrom(...ids.users, ...ids.organizations),
  }),
  bodies: { create: z.object({ slug: z.string(), resource_id: z.string() }), updates: [] },
  everything: [{ slug: "beta", resourceId: "Organization0.id", onDestroy: "delete" }],
};
