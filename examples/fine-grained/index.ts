import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// The types `workspace` and `project` are made once, in the WorkOS dashboard, with which is below which.
const research = new workos.AuthorizationResource("research", {
  organizationId: acme.id,
  resourceTypeSlug: "workspace",
  externalId: "research",
  name: "Research",
});
const apollo = new workos.AuthorizationResource("apollo", {
  organizationId: acme.id,
  resourceTypeSlug: "project",
  externalId: "apollo",
  name: "Apollo",
  parentResourceId: research.id,
});

export const project = apollo.id;
