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
const member = new workos.OrganizationMembership("ann-acme", {
  userId: ann.id,
  organizationId: acme.id,
  roleSlugs: ["member", billing.slug],
});

// What Ann's own programs are known by. By the membership's organization: it needs the membership, and ends with it.
const laptop = new workos.UserApiKey("ann-laptop", {
  userId: ann.id,
  organizationId: member.organizationId,
  name: "Laptop",
  permissions: ["invoices:read"],
});

export const role = billing.id;
export const laptopKey = laptop.value;
