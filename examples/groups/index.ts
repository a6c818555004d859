import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

const engineering = new workos.Group("engineering", {
  organizationId: acme.id,
  name: "Engineering",
  description: "Builds it",
});

const ann = new workos.User("ann", { email: "ann@acme.example", firstName: "Ann" });
const annInAcme = new workos.OrganizationMembership("ann-acme", { userId: ann.id, organizationId: acme.id });

new workos.GroupMembership("ann-engineering", {
  organizationId: acme.id,
  groupId: engineering.id,
  organizationMembershipId: annInAcme.id,
});

export const group = engineering.id;
