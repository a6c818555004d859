import * as workos from "pulumi-workos";

// One customer, three people. Every line here is a line that a reviewer can read.
const acme = new workos.Organization("acme", {
  name: "Acme",
  externalId: "acme",
  domains: [{ domain: "acme.example", state: "verified" }],
  metadata: { plan: "team" },
});

const ann = new workos.User("ann", {
  email: "ann@acme.example",
  firstName: "Ann",
  lastName: "Archer",
  emailVerified: true,
  externalId: "employee-1",
  metadata: { department: "engineering" },
});

const ben = new workos.User("ben", { email: "ben@acme.example", firstName: "Ben", locale: "de" });

// `deletedWith`: when the organization goes, the vendor ends all that is in it.
const inAcme = { deletedWith: acme };

new workos.OrganizationMembership("ann-acme", { userId: ann.id, organizationId: acme.id, roleSlug: "admin" }, inAcme);
new workos.OrganizationMembership("ben-acme", { userId: ben.id, organizationId: acme.id, roleSlug: "member" }, inAcme);

const cleo = new workos.Invitation(
  "cleo",
  { email: "cleo@partner.example", organizationId: acme.id, roleSlug: "member", expiresInDays: 14 },
  inAcme,
);

const ci = new workos.OrganizationApiKey("ci", { organizationId: acme.id, name: "CI" }, inAcme);

export const organizationId = acme.id;
export const invitationState = cleo.state;
export const ciKey = ci.value;
