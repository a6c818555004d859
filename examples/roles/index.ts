import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// Roles of this organization alone, and all that each may do. The roles of the environment, such as member, stay there
// for everybody.
const billing = new workos.OrganizationRole("billing", {
  organizationId: acme.id,
  slug: "org-billing",
  name: "Billing",
  description: "Reads and pays invoices",
  permissions: ["invoices:read", "invoices:pay"],
});

const ann = new workos.User("ann", { email: "ann@acme.example", firstName: "Ann" });

// By `billing.slug`, not "org-billing": the role is then made before anybody gets it, and goes after everybody has lost it.
new workos.OrganizationMembership("ann-acme", {
  userId: ann.id,
  organizationId: acme.id,
  roleSlugs: ["member", billing.slug],
});

export const role = billing.id;
