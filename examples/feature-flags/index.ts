import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// The flag itself is made in the WorkOS dashboard. Enabled, it is on for its targets, and for the others as its default
// says; when this is removed, it is enabled or not as it was before.
const analytics = new workos.FeatureFlagState("analytics", { slug: "advanced-analytics", enabled: true });

new workos.FeatureFlagTarget("acme-analytics", { slug: analytics.slug, resourceId: acme.id }, { deletedWith: acme });

export const flags = workos.listFeatureFlagsOutput({}).apply((all) => all.map(({ slug }) => slug));
