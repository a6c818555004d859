import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });

const member = (name: string) => {
  const user = new workos.User(name, { email: `${name}@acme.example` });
  return new workos.OrganizationMembership(`${name}-acme`, { userId: user.id, organizationId: acme.id });
};
const [ann, ben, cleo] = [member("ann"), member("ben"), member("cleo")];

// Everybody in this group, as the program says: whom somebody adds in the dashboard is drift.
const engineering = new workos.Group("engineering", {
  organizationId: acme.id,
  name: "Engineering",
  description: "Builds it",
});
new workos.GroupMembers("engineering", {
  organizationId: acme.id,
  groupId: engineering.id,
  organizationMembershipIds: [ann.id, ben.id],
  mode: "authoritative",
});

// What everybody in it may do, by a role of the organization's own. By `deployer.slug`: the role is made before, and goes after.
const deployer = new workos.OrganizationRole("deployer", {
  organizationId: acme.id,
  slug: "org-deployer",
  name: "Deployer",
  permissions: ["deploys:run"],
});
new workos.GroupRoleAssignments("engineering", {
  organizationId: acme.id,
  groupId: engineering.id,
  roleAssignments: [{ roleSlug: deployer.slug }],
  mode: "authoritative",
});

// One person in a group that others fill.
const support = new workos.Group("support", { organizationId: acme.id, name: "Support", adopt: "if-exists" });
new workos.GroupMembership("cleo-support", {
  organizationId: acme.id,
  groupId: support.id,
  organizationMembershipId: cleo.id,
});

export const group = engineering.id;
