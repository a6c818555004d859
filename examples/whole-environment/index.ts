import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const config = new pulumi.Config();

// What there is to be allowed, and the roles of every organization.
const read = new workos.Permission("read", { slug: "invoices:read", name: "Read invoices" });
const pay = new workos.Permission("pay", { slug: "invoices:pay", name: "Pay invoices" });
new workos.EnvironmentRole("member", {
  slug: "member",
  name: "Member",
  permissions: [read.slug],
  adopt: "if-exists",
});

// A customer, with a domain and a role of its own.
const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme" });
new workos.OrganizationDomain("acme-example", { organizationId: acme.id, domain: "acme.example" });
const billing = new workos.OrganizationRole("billing", {
  organizationId: acme.id,
  slug: "org-billing",
  name: "Billing",
  permissions: [read.slug, pay.slug],
});

// People, one by one; and everybody of another customer in one roster.
const ann = new workos.User("ann", { email: "ann@acme.example", firstName: "Ann" });
const annAtAcme = new workos.OrganizationMembership("ann-acme", {
  userId: ann.id,
  organizationId: acme.id,
  roleSlugs: ["member", billing.slug],
});
new workos.Invitation("cleo", { email: "cleo@acme.example", organizationId: acme.id, roleSlug: "member" });
const beta = new workos.Organization("beta", { name: "Beta", externalId: "beta" });
new workos.OrganizationRoster("beta", {
  organizationId: beta.id,
  members: { "dan@beta.example": { roles: ["admin"] }, "eve@beta.example": { roles: ["member"] } },
});

// Groups, who is in them, and what they give.
const finance = new workos.Group("finance", { organizationId: acme.id, name: "Finance" });
new workos.GroupMembers("finance", {
  organizationId: acme.id,
  groupId: finance.id,
  organizationMembershipIds: [annAtAcme.id],
});
new workos.GroupRoleAssignments("finance", {
  organizationId: acme.id,
  groupId: finance.id,
  roleAssignments: [{ roleSlug: billing.slug }],
});
const support = new workos.Group("support", { organizationId: acme.id, name: "Support" });
new workos.GroupMembership("ann-support", {
  organizationId: acme.id,
  groupId: support.id,
  organizationMembershipId: annAtAcme.id,
});

// Things that people have roles on, below the organization.
const apollo = new workos.AuthorizationResource("apollo", {
  organizationId: acme.id,
  resourceTypeSlug: "project",
  externalId: "apollo",
  name: "Apollo",
});
const editor = new workos.OrganizationRole("editor", {
  organizationId: acme.id,
  slug: "org-project-editor",
  name: "Project editor",
  resourceTypeSlug: "project",
});
new workos.RoleAssignment("ann-apollo", {
  organizationMembershipId: annAtAcme.id,
  roleSlug: editor.slug,
  resourceId: apollo.id,
});

// What programs are known by.
const ci = new workos.OrganizationApiKey("ci", { organizationId: acme.id, name: "CI" });
const laptop = new workos.UserApiKey("laptop", {
  userId: ann.id,
  organizationId: annAtAcme.organizationId,
  name: "Laptop",
});
const sync = new workos.ConnectApplication(
  "sync",
  { name: "Nightly sync", applicationType: "m2m", organizationId: acme.id },
  { deletedWith: acme },
);
const syncSecret = new workos.ConnectApplicationSecret("sync", { applicationId: sync.id });

// The environment's own settings.
new workos.RedirectUri("app", { uri: "https://app.example.com/callback", onDestroy: "retain" });
new workos.RedirectUri("previews", { uri: "https://*.preview.app.example.com/callback" });
new workos.CorsOrigin("pages", { origin: "https://app.example.com", onDestroy: "retain" });
const hook = new workos.WebhookEndpoint("events", {
  endpointUrl: "https://app.example.com/webhooks",
  events: ["user.created", "user.deleted"],
});
new workos.JwtTemplate("claims", { content: JSON.stringify({ "urn:app:email": "{{ user.email }}" }) });

// Feature flags, which the WorkOS dashboard makes: for whom one is on, and whether it is on at all.
const flag = config.get("flag");
if (flag !== undefined) {
  const state = new workos.FeatureFlagState("flag", { slug: flag, enabled: true });
  new workos.FeatureFlagTarget("flag-acme", { slug: state.slug, resourceId: acme.id });
}

// Audit logs, what Radar keeps out, what is kept encrypted, and other services that people connect.
new workos.AuditLogSchema("invoice-paid", {
  action: "invoice.paid",
  targets: [{ type: "invoice" }],
  onDestroy: "retain",
});
new workos.AuditLogRetention("acme", { organizationId: acme.id, retentionPeriodInDays: 365, onDestroy: "retain" });
new workos.RadarListEntry("scanner", { type: "ip_address", action: "block", entry: "203.0.113.7" });
new workos.VaultObject("acme-db", {
  name: "acme-db-password",
  value: config.requireSecret("dbPassword"),
  keyContext: { organization_id: acme.id },
});
const github = new workos.DataIntegration("github", {
  provider: "github",
  description: "Where code is",
  credentialsType: "organization",
});
new workos.OrganizationDataIntegration("acme-github", {
  organizationId: acme.id,
  slug: github.provider,
  enabled: true,
  onDestroy: "retain",
});

/** Secrets, encrypted in the state. */
export const secrets = {
  ci: ci.value,
  laptop: laptop.value,
  sync: syncSecret.secret,
  webhook: hook.secret,
};
