import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

// What roles can allow. Roles name a permission by its `slug` output, so that it is made before them.
const read = new workos.Permission("read", { slug: "invoices:read", name: "Read invoices" });
const pay = new workos.Permission("pay", {
  slug: "invoices:pay",
  name: "Pay invoices",
  description: "Pays what is open, without a limit",
});

// Roles of the environment are there for everybody, in every organization. This one exists in every environment, so it
// is taken over.
new workos.EnvironmentRole("member", {
  slug: "member",
  name: "Member",
  permissions: [read.slug],
  adopt: "if-exists",
});

// Roles of this organization alone, and all that each may do.
const billing = new workos.OrganizationRole("billing", {
  organizationId: acme.id,
  slug: "org-billing",
  name: "Billing",
  description: "Reads and pays invoices",
  permissions: [read.slug, pay.slug],
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
