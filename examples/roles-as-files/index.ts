import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });
const finance = new workos.Group("finance", { organizationId: acme.id, name: "Finance" });

// A resource for each permission and each role of the file.
const roles = workos.loadRoles("access/roles.yaml", { organizations: { acme: acme.id } });

// With the roles that there are: a misspelt one is an error with file, line and column.
const roster = workos.loadRoster("access", { roles: roles.slugs });

// The files name roles and groups by text, so that it is said here what comes first.
const people = new workos.OrganizationRoster(
  "people",
  { organizationId: acme.id, members: roster.members },
  { dependsOn: [...roles.all, finance] },
);

export const counts = people.counts;
