/** The programs of the matrix: each resource created, updated, replaced and deleted. */

export type Adopt = "never" | "if-exists";

/** One step in a stack's life: which program is applied to the result of which other step. */
export interface Step {
  readonly name: string;
  /** The step that has to be taken first; none for an empty stack. */
  readonly after?: string;
  readonly program: (adopt: Adopt) => string;
  /** Nothing is created, so that `adopt` makes no difference. */
  readonly createsNothing?: boolean;
  /** What the command needs besides, the first time. */
  readonly args?: string[];
}

interface Values {
  readonly plan: string;
  readonly firstName: string;
  readonly member: "ann" | "ben";
  readonly role: string;
  readonly status?: string;
  readonly invited: string;
  readonly invitedAs: string;
  readonly resend: string;
  readonly expiresAt?: string;
  readonly keeper: string;
}

const created: Values = {
  plan: "team",
  firstName: "Ann",
  member: "ann",
  role: "member",
  invited: "cleo@partner.example",
  invitedAs: "member",
  resend: "1",
  keeper: "1",
};

/** Each depends on the one before, so that the order of the calls is the same in every run. */
const mixed = (values: Values) => (adopt: Adopt) => `
import * as workos from "pulumi-workos";

const adopt = "${adopt}";
const acme = new workos.Organization("acme", {
  name: "Acme", externalId: "acme", metadata: { plan: "${values.plan}" }, adopt,
});
const ann = new workos.User("ann", {
  email: "ann@acme.example", firstName: "${values.firstName}", locale: "de", externalId: "1", adopt,
}, { dependsOn: acme });
const ben = new workos.User("ben", { email: "ben@acme.example", adopt }, { dependsOn: ann });
const member = new workos.OrganizationMembership("member", {
  userId: ${values.member}.id, organizationId: acme.id, roleSlug: "${values.role}", adopt,
  ${values.status ? `status: "${values.status}",` : ""}
}, { dependsOn: ben });
const invitation = new workos.Invitation("guest", {
  email: "${values.invited}", organizationId: acme.id, roleSlug: "${values.invitedAs}", resend: "${values.resend}", adopt,
}, { dependsOn: member });
const key = new workos.OrganizationApiKey("ci", {
  organizationId: acme.id, name: "CI", permissions: ["posts:read"], keepers: { rotation: "${values.keeper}" },
  ${values.expiresAt ? `expiresAt: "${values.expiresAt}",` : ""}
}, { dependsOn: invitation });
export const keyValue = key.value;
`;

const roots = (externalId: string) => (adopt: Adopt) => `
import * as workos from "pulumi-workos";

const adopt = "${adopt}";
const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme-${externalId}", adopt }, {
  deleteBeforeReplace: true,
});
new workos.User("ann", { email: "ann@acme.example", externalId: "ann-${externalId}", adopt }, {
  deleteBeforeReplace: true, dependsOn: acme,
});
`;

const urn = (kind: string, name: string) => `urn:pulumi:test::e2e::pulumi-nodejs:dynamic/workos:${kind}::${name}`;

/** One after the other, so that the order of the calls is the same in every run. */
const inTurn = (declarations: readonly string[]) => (adopt: Adopt) =>
  [
    'import * as workos from "pulumi-workos";',
    `const adopt = "${adopt}";`,
    ...declarations.map((one, index) => {
      const [kind = "", inputs = ""] = one.split(/ (.*)/s);
      const after = index > 0 ? `{ dependsOn: r${index - 1} }` : "{}";
      return `const r${index} = new workos.${kind}("r${index}", ${inputs}, ${after});`;
    }),
  ].join("\n");

/** What people may do, and what there is to be allowed. */
const access = inTurn([
  'Organization { name: "Acme", externalId: "acme", adopt }',
  'User { email: "ann@acme.example", adopt }',
  "OrganizationMembership { userId: r1.id, organizationId: r0.id, adopt }",
  'Permission { slug: "posts:pay", name: "Pay", adopt }',
  'EnvironmentRole { slug: "editor", name: "Editor", permissions: [r3.slug], adopt, onDestroy: "retain" }',
  'OrganizationRole { organizationId: r0.id, slug: "org-billing", name: "Billing", permissions: [r3.slug], adopt }',
  'Group { organizationId: r0.id, name: "Engineering", adopt }',
  "GroupMembership { organizationId: r0.id, groupId: r6.id, organizationMembershipId: r2.id, adopt }",
  "GroupRoleAssignments { organizationId: r0.id, groupId: r6.id, roleAssignments: [{ roleSlug: r4.slug }] }",
  'Group { organizationId: r0.id, name: "Operations", adopt }',
  "GroupMembers { organizationId: r0.id, groupId: r9.id, organizationMembershipIds: [r2.id] }",
  'AuthorizationResource { organizationId: r0.id, resourceTypeSlug: "project", externalId: "apollo", name: "Apollo", adopt }',
  'RoleAssignment { organizationMembershipId: r2.id, roleSlug: "project-lead", resourceId: r11.id, adopt }',
  'UserApiKey { userId: r1.id, organizationId: r0.id, name: "Laptop" }',
]);

/** What applications and the environment are set to. */
const settings = inTurn([
  'Organization { name: "Acme", externalId: "acme", adopt }',
  'OrganizationDomain { organizationId: r0.id, domain: "acme.test", adopt }',
  'ConnectApplication { name: "Worker", applicationType: "m2m", organizationId: r0.id }',
  "ConnectApplicationSecret { applicationId: r2.id }",
  "ConnectApplicationSecret { applicationId: r2.id }",
  'RedirectUri { uri: "https://app.example.com/back", adopt }',
  'CorsOrigin { origin: "https://app.example.com", adopt, onDestroy: "retain" }',
  'WebhookEndpoint { endpointUrl: "https://app.example.com/hooks", events: ["user.created"], adopt }',
  "JwtTemplate { content: '{ \"own\": 1 }' }",
  'FeatureFlagState { slug: "beta", enabled: true }',
  'FeatureFlagTarget { slug: "beta", resourceId: r0.id }',
  'AuditLogSchema { action: "invoice.paid", targets: [{ type: "invoice" }], adopt, onDestroy: "retain" }',
  'AuditLogRetention { organizationId: r0.id, retentionPeriodInDays: 30, onDestroy: "retain" }',
  'VaultObject { name: "db", value: "correct-horse-battery", keyContext: { tenant: "acme" }, adopt }',
  'RadarListEntry { type: "ip_address", action: "block", entry: "203.0.113.7" }',
  'DataIntegration { provider: "github", credentialsType: "organization", adopt }',
  'OrganizationDataIntegration { organizationId: r0.id, slug: "github", enabled: true, onDestroy: "retain" }',
]);

export const steps: readonly Step[] = [
  { name: "create", program: mixed(created) },
  {
    name: "update",
    after: "create",
    createsNothing: true,
    program: mixed({
      ...created,
      plan: "enterprise",
      firstName: "Anna",
      role: "admin",
      status: "inactive",
      resend: "2",
      expiresAt: "2040-01-01T00:00:00.000Z",
    }),
  },
  {
    name: "replace",
    after: "create",
    program: mixed({ ...created, member: "ben", invited: "dora@partner.example", keeper: "2" }),
  },
  // Another role of the same person: the old invitation has to go first.
  { name: "invite again", after: "create", program: mixed({ ...created, invitedAs: "admin" }) },
  { name: "delete", after: "create", createsNothing: true, program: () => "" },
  { name: "create access", program: access },
  { name: "create settings", program: settings },
  { name: "create roots", program: roots("1") },
  // Nothing replaces an organization or a user by itself: only a person does.
  {
    name: "replace roots",
    after: "create roots",
    program: roots("2"),
    args: ["--replace", urn("Organization", "acme"), "--replace", urn("User", "ann")],
  },
];

export function stepNamed(name: string): Step {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new Error(`no step ${name}`);
  return step;
}
