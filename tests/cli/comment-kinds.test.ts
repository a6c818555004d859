/** What a comment says of a change of each kind: what it does to whom, or that nobody's access changes. */
import { commentOf, type PreviewStep } from "../../cli/comment";
import { type Inputs } from "../../provider/declare/resource";
import { type Kind } from "../../provider/resources";

const ops = ["create", "update", "delete", "replace"] as const;
type Op = (typeof ops)[number];

interface Case {
  /** What is recorded, and what is declared instead. */
  readonly before: Inputs;
  readonly after: Inputs;
  /** Each line that the comment has of it, with its section's mark. */
  readonly says: Readonly<Record<Op, readonly string[]>>;
}

const urnOf = (kind: string, name: string) => `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
const there = (kind: string, name: string, id: string, values: Inputs): PreviewStep => ({
  op: "same",
  urn: urnOf(kind, name),
  oldState: { id, inputs: values, outputs: values },
  newState: { id, inputs: values },
});

/** What the changed resources stand on. */
const surroundings = [
  there("Organization", "acme", "org_1", { name: "Acme" }),
  there("User", "ann", "user_1", { email: "ann@example.com" }),
  there("User", "ben", "user_2", { email: "ben@example.com" }),
  there("OrganizationMembership", "ann-acme", "om_1", {
    userId: "user_1",
    organizationId: "org_1",
    status: "active",
    roleSlugs: ["member"],
  }),
  there("OrganizationMembership", "ben-acme", "om_2", {
    userId: "user_2",
    organizationId: "org_1",
    status: "active",
    roleSlugs: ["member"],
  }),
  there("Group", "writers", "group_1", { name: "Writers", organizationId: "org_1" }),
  there("ConnectApplication", "app", "conn_app_1", { name: "App" }),
];

const inAcme = { organizationId: "org_1" };
const inWriters = { ...inAcme, groupId: "group_1" };

const cases: Readonly<Record<Kind, Case>> = {
  Organization: {
    before: { name: "Beta" },
    after: { name: "Beta 2" },
    says: {
      create: ["⚪ create Organization `Beta 2`"],
      update: ["⚪ update Organization `Beta 2`: name"],
      delete: ["🔴 `Beta`"],
      replace: ["⚪ replace Organization `Beta 2`: name"],
    },
  },
  User: {
    before: { email: "cleo@example.com" },
    after: { email: "cleo@example.com", firstName: "Cleo" },
    says: {
      create: ["⚪ create User `cleo@example.com`"],
      update: ["⚪ update User `cleo@example.com`: firstName"],
      delete: ["🟠 `cleo@example.com`: the user is deleted, everywhere"],
      replace: ["⚪ replace User `cleo@example.com`: firstName"],
    },
  },
  OrganizationMembership: {
    before: { ...inAcme, userId: "user_1", roleSlugs: ["admin"], roleSlug: "admin", status: "active" },
    after: { ...inAcme, userId: "user_1", roleSlugs: ["member"] },
    says: {
      create: ["🟢 `ann@example.com` (member)"],
      update: ["🔴 `ann@example.com` (admin → member)"],
      delete: ["🔴 `ann@example.com` (admin)"],
      replace: ["🔴 `ann@example.com` (admin)", "🟢 `ann@example.com` (member)"],
    },
  },
  Invitation: {
    before: { ...inAcme, email: "dan@example.com", roleSlug: "member", state: "pending" },
    after: { ...inAcme, email: "dan@example.com", roleSlug: "admin" },
    says: {
      create: ["🟠 `dan@example.com` (admin): by invitation"],
      update: ["🟠 `dan@example.com` (member → admin): of the invitation, which is sent anew"],
      delete: ["🟢 `dan@example.com`"],
      replace: ["🟠 `dan@example.com` (member → admin): of the invitation, which is sent anew"],
    },
  },
  OrganizationApiKey: {
    before: { ...inAcme, name: "CI", permissions: ["a:read"] },
    after: { ...inAcme, name: "CI", permissions: ["a:write"], overlap: "24h" },
    says: {
      create: ["🟡 `CI`: a new one that may a:write"],
      update: ["🟡 `CI`: permissions, overlap"],
      delete: ["🟡 `CI`: is revoked at once"],
      replace: ["🟡 `CI`: a new one that may a:write; the old one ends after 24h"],
    },
  },
  UserApiKey: {
    before: { ...inAcme, userId: "user_1", name: "Laptop", permissions: ["a:read"] },
    after: { ...inAcme, userId: "user_1", name: "Laptop", permissions: ["a:write"] },
    says: {
      create: ["🟡 `Laptop (ann@example.com)`: a new one that may a:write"],
      update: ["🟡 `Laptop (ann@example.com)`: permissions"],
      delete: ["🟡 `Laptop (ann@example.com)`: is revoked at once"],
      replace: ["🟡 `Laptop (ann@example.com)`: a new one that may a:write; the old one ends at once"],
    },
  },
  OrganizationRole: {
    before: { ...inAcme, slug: "org-pays", name: "Pays", permissions: ["a:read"] },
    after: { ...inAcme, slug: "org-pays", name: "Pays", permissions: ["a:write"] },
    says: {
      create: ["🟡 `org-pays`: a new one: may a:write"],
      update: ["🟡 `org-pays`: GRANTS a:write to everybody with the role org-pays, and TAKES a:read from them"],
      delete: ["🟡 `org-pays`: is deleted"],
      replace: ["🟡 `org-pays`: a new one in its place: may a:write"],
    },
  },
  EnvironmentRole: {
    before: { slug: "editor", name: "Editor", permissions: ["a:read"] },
    after: { slug: "editor", name: "Editor", permissions: ["a:read", "a:write"] },
    says: {
      create: ["🟡 `editor`: a new one: may a:read, a:write"],
      update: ["🟡 `editor`: GRANTS a:write to everybody with the role editor"],
      delete: ["🟡 `editor`: is retained, with whoever has it"],
      replace: ["🟡 `editor`: a new one in its place: may a:read, a:write"],
    },
  },
  Permission: {
    before: { slug: "a:read", name: "Read" },
    after: { slug: "a:read", name: "Reads" },
    says: {
      create: ["⚪ create Permission `a:read`"],
      update: ["⚪ update Permission `a:read`: name"],
      delete: ["🟡 `a:read`: is deleted, and taken from every role that has it"],
      replace: [
        "🟡 `a:read`: is deleted, and taken from every role that has it; no role has the one in its place by that",
      ],
    },
  },
  Group: {
    before: { ...inAcme, name: "Support" },
    after: { ...inAcme, name: "Helpers" },
    says: {
      create: ["⚪ create Group `Helpers`"],
      update: ["⚪ update Group `Helpers`: name"],
      delete: ["🟡 `Support`: is deleted: whoever is in it loses its roles"],
      replace: ["🟡 `Helpers`: a new one in its place: whoever is in the old one loses its roles"],
    },
  },
  GroupMembership: {
    before: { ...inWriters, organizationMembershipId: "om_1" },
    after: { ...inWriters, organizationMembershipId: "om_2" },
    says: {
      create: ["🟡 `Writers`: ben@example.com comes in"],
      update: ["⚪ `Writers`: organizationMembershipId"],
      delete: ["🟡 `Writers`: ann@example.com leaves"],
      replace: ["🟡 `Writers`: ben@example.com comes in; ann@example.com leaves"],
    },
  },
  GroupMembers: {
    before: { ...inWriters, organizationMembershipIds: ["om_1"], added: ["om_1"] },
    after: { ...inWriters, organizationMembershipIds: ["om_2"] },
    says: {
      create: ["🟡 `Writers`: ben@example.com comes in"],
      update: ["🟡 `Writers`: ben@example.com comes in; ann@example.com leaves"],
      delete: ["🟡 `Writers`: ann@example.com leaves"],
      replace: ["🟡 `Writers`: ben@example.com comes in; ann@example.com leaves"],
    },
  },
  GroupRoleAssignments: {
    before: { ...inWriters, roleAssignments: [{ roleSlug: "editor" }] },
    after: { ...inWriters, roleAssignments: [{ roleSlug: "admin" }] },
    says: {
      create: ["🟠 `Writers`: gives admin, for whoever is in it"],
      update: ["🟠 `Writers`: gives admin; no longer gives editor, for whoever is in it"],
      delete: ["🟡 `Writers`: no longer gives editor, for whoever is in it"],
      replace: ["🟠 `Writers`: gives admin; no longer gives editor, for whoever is in it"],
    },
  },
  AuthorizationResource: {
    before: { ...inAcme, resourceTypeSlug: "project", externalId: "apollo", name: "Apollo" },
    after: { ...inAcme, resourceTypeSlug: "project", externalId: "apollo", name: "Apollo 2" },
    says: {
      create: ["🟡 project `apollo`: a new one"],
      update: ["🟡 project `apollo`: name"],
      delete: ["🟡 project `apollo`: is deleted"],
      replace: ["🟡 project `apollo`: a new one in its place, on which nobody has a role"],
    },
  },
  RoleAssignment: {
    before: {
      organizationMembershipId: "om_1",
      roleSlug: "viewer",
      resourceTypeSlug: "project",
      resourceExternalId: "apollo",
    },
    after: {
      organizationMembershipId: "om_1",
      roleSlug: "editor",
      resourceTypeSlug: "project",
      resourceExternalId: "apollo",
    },
    says: {
      create: ["🟡 `ann@example.com`: gets editor on project apollo"],
      update: ["⚪ update RoleAssignment `ann@example.com`: roleSlug"],
      delete: ["🟡 `ann@example.com`: loses viewer on project apollo"],
      replace: [
        "🟡 `ann@example.com`: loses viewer on project apollo",
        "🟡 `ann@example.com`: gets editor on project apollo",
      ],
    },
  },
  OrganizationDomain: {
    before: { ...inAcme, domain: "acme.example" },
    after: { ...inAcme, domain: "acme2.example", verify: "again" },
    says: {
      create: ["⚪ domain `acme2.example`: is added, to be verified"],
      update: ["⚪ domain `acme2.example`: its verification is started anew"],
      delete: ["⚪ domain `acme.example`: no longer belongs to the organization"],
      replace: ["⚪ domain `acme2.example`: is added, to be verified, in place of acme.example"],
    },
  },
  RedirectUri: {
    before: { uri: "https://a.example/back" },
    after: { uri: "https://b.example/back" },
    says: {
      create: ["🟡 redirect URI `https://b.example/back`: sign-ins may lead there"],
      update: ["🟡 redirect URI `https://b.example/back`: uri"],
      delete: ["🟡 redirect URI `https://a.example/back`: sign-ins no longer lead there"],
      replace: [
        "🟡 redirect URI `https://b.example/back`: sign-ins may lead there, and no longer to https:\u200b//a.example/back",
      ],
    },
  },
  CorsOrigin: {
    before: { origin: "https://a.example" },
    after: { origin: "https://b.example" },
    says: {
      create: ["🟡 CORS origin `https://b.example`: its pages may call WorkOS"],
      update: ["🟡 CORS origin `https://b.example`: origin"],
      delete: ["🟡 CORS origin `https://a.example`: stays: its pages may call WorkOS as before"],
      replace: [
        "🟡 CORS origin `https://b.example`: its pages may call WorkOS, and so may those of https:\u200b//a.example, which stays",
      ],
    },
  },
  WebhookEndpoint: {
    before: { endpointUrl: "https://a.example/hook", events: ["user.created"] },
    after: { endpointUrl: "https://b.example/hook", events: ["user.deleted"] },
    says: {
      create: ["🟡 webhook endpoint `https://b.example/hook`: is told of user.deleted"],
      update: [
        "🟡 webhook endpoint `https://b.example/hook`: is told of user.deleted, no longer of user.created, in place of https:\u200b//a.example/hook",
      ],
      delete: ["🟡 webhook endpoint `https://a.example/hook`: is no longer told of events"],
      replace: [
        "🟡 webhook endpoint `https://b.example/hook`: is told of user.deleted, in place of https:\u200b//a.example/hook",
      ],
    },
  },
  ConnectApplication: {
    before: { name: "Portal", scopes: ["openid"], redirectUris: [{ uri: "https://a.example" }] },
    after: { name: "Portal", scopes: ["email"], redirectUris: [{ uri: "https://b.example" }] },
    says: {
      create: ["🟡 `Portal`: a new one: may ask for email; sends people back to https:\u200b//b.example"],
      update: [
        "🟡 `Portal`: may ask for email; may no longer ask for openid; sends people back to https:\u200b//b.example; no longer sends people to https:\u200b//a.example",
      ],
      delete: ["🟡 `Portal`: is deleted with its secrets: nobody gets tokens for it any more"],
      replace: [
        "🟡 `Portal`: a new one in its place, with another client id: may ask for email; may no longer ask for openid; sends people back to https:\u200b//b.example; no longer sends people to https:\u200b//a.example",
      ],
    },
  },
  ConnectApplicationSecret: {
    before: { applicationId: "conn_app_1" },
    after: { applicationId: "conn_app_1", overlap: "1h", keepers: { turn: "2" } },
    says: {
      create: ["🟡 `App`: a new secret"],
      update: ["🟡 `App`: overlap, keepers"],
      delete: ["🟡 `App`: the secret is revoked at once"],
      replace: ["🟡 `App`: a new secret; the old one ends after 1h, for which the run waits"],
    },
  },
  JwtTemplate: {
    before: { content: "{}" },
    after: { content: "{ }" },
    says: {
      create: ["🟡 JWT template `it`: takes over what access tokens say besides"],
      update: ["🟡 JWT template `it`: content"],
      delete: ["🟡 JWT template `it`: is what it was when this resource took it over"],
      replace: ["🟡 JWT template `it`: content"],
    },
  },
  FeatureFlagTarget: {
    before: { slug: "beta", resourceId: "user_1" },
    after: { slug: "beta", resourceId: "org_1" },
    says: {
      create: ["🟡 `beta`: on for Acme"],
      update: ["🟡 `beta`: resourceId"],
      delete: ["🟡 `beta`: no longer on for ann@example.com"],
      replace: ["🟡 `beta`: on for Acme; no longer beta for ann@example.com"],
    },
  },
  FeatureFlagState: {
    before: { slug: "beta", enabled: true, enabledBefore: false },
    after: { slug: "beta", enabled: false },
    says: {
      create: ["🟡 `beta`: is disabled"],
      update: ["🟡 `beta`: is disabled"],
      delete: ["🟡 `beta`: is disabled again, as it was before"],
      replace: ["🟡 `beta`: is disabled"],
    },
  },
  AuditLogSchema: {
    before: { action: "doc.read", targets: [] },
    after: { action: "doc.read", targets: [{ type: "doc" }] },
    says: {
      create: ["⚪ create AuditLogSchema `it`"],
      update: ["⚪ update AuditLogSchema `it`: targets"],
      delete: ["⚪ delete AuditLogSchema `it`"],
      replace: ["⚪ replace AuditLogSchema `it`: targets"],
    },
  },
  AuditLogRetention: {
    before: { ...inAcme, retentionPeriodInDays: 365 },
    after: { ...inAcme, retentionPeriodInDays: 30 },
    says: {
      create: ["⚪ create AuditLogRetention `it`"],
      update: ["⚪ update AuditLogRetention `it`: 30 days instead of 365: older events are deleted for good"],
      delete: ["⚪ delete AuditLogRetention `it`"],
      replace: ["⚪ replace AuditLogRetention `it`: 30 days instead of 365: older events are deleted for good"],
    },
  },
  DataIntegration: {
    before: { slug: "github", provider: "github" },
    after: { slug: "github", provider: "github", enabled: false },
    says: {
      create: ["⚪ create DataIntegration `it`"],
      update: ["⚪ update DataIntegration `it`: enabled"],
      delete: ["⚪ delete DataIntegration `it`"],
      replace: ["⚪ replace DataIntegration `it`: enabled"],
    },
  },
  OrganizationDataIntegration: {
    before: { ...inAcme, slug: "github" },
    after: { ...inAcme, slug: "github", enabled: false },
    says: {
      create: ["⚪ create OrganizationDataIntegration `it`"],
      update: ["⚪ update OrganizationDataIntegration `it`: enabled"],
      delete: ["⚪ delete OrganizationDataIntegration `it`"],
      replace: ["⚪ replace OrganizationDataIntegration `it`: enabled"],
    },
  },
  RadarListEntry: {
    before: { type: "domain", action: "block", entry: "evil.example" },
    after: { type: "domain", action: "allow", entry: "evil.example" },
    says: {
      create: ["🟡 `domain evil.example (allow)`: is let in"],
      update: ["⚪ update RadarListEntry `it`: action"],
      delete: ["🟡 `domain evil.example (block)`: is kept out no longer"],
      replace: [
        "🟡 `domain evil.example (block)`: is kept out no longer",
        "🟡 `domain evil.example (allow)`: is let in",
      ],
    },
  },
  VaultObject: {
    before: { name: "db", value: "one" },
    after: { name: "db", value: "two" },
    says: {
      create: ["⚪ create VaultObject `it`"],
      update: ["⚪ update VaultObject `it`: value"],
      delete: ["⚪ delete VaultObject `it`"],
      replace: ["⚪ replace VaultObject `it`: value"],
    },
  },
};

/** The lines of a comment on one step, each after the mark of its section. */
function said(op: Op, kind: Kind, { before, after }: Case): string[] {
  const step: PreviewStep = {
    op,
    urn: urnOf(kind, "it"),
    ...(op === "create" ? {} : { oldState: { id: "it_1", inputs: before, outputs: before } }),
    ...(op === "delete" ? {} : { newState: { inputs: after } }),
  };
  const text = commentOf({ steps: [...surroundings, step] }, { settings: {} });
  let mark = "";
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("### ")) mark = line.slice(4, 6).trim();
    return mark !== "" && line.startsWith("- ") && !line.includes("it\\_1") ? [`${mark} ${line.slice(2)}`] : [];
  });
}

describe.each(Object.entries(cases) as [Kind, Case][])("%s", (kind, one) => {
  test.each(ops)("%s", (op) => {
    expect(said(op, kind, one)).toEqual(one.says[op]);
  });
});
