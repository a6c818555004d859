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

// A role for projects, and not for the whole organization.
const editor = new workos.OrganizationRole("editor", {
  organizationId: acme.id,
  slug: "org-project-editor",
  name: "Project editor",
  permissions: ["documents:edit"],
  resourceTypeSlug: "project",
});

const ann = new workos.User("ann", { email: "ann@acme.example", firstName: "Ann" });
const annInAcme = new workos.OrganizationMembership("ann-acme", {
  userId: ann.id,
  organizationId: acme.id,
  roleSlug: "member",
});

// Ann is a plain member of Acme, and edits Apollo.
new workos.RoleAssignment("ann-apollo", {
  organizationMembershipId: annInAcme.id,
  roleSlug: editor.slug,
  resourceId: apollo.id,
});

export const project = apollo.id;
