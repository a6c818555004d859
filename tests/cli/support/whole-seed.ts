/** An environment with three of each kind at least, and as many people as wanted: seeded, and made by the API. */
import type { Api } from "../../../api";
import type { SeedInput } from "../../../emulator/seed/schema";

/** Roles, and people with memberships, which go quicker by a seed. */
export function wholeSeed(count: number): SeedInput {
  const each = Math.ceil(count / names.length);
  const roles = [["org-billing"], ["org-default"]].flatMap(([slug = ""]) =>
    names.map((_name, at) => ({
      slug,
      name: `The ${slug}`,
      organization: idOf(at),
      permissions: slug === "org-billing" ? ["invoices:pay", "invoices:read"] : [],
    })),
  );
  return {
    organizations: names.map((name, at) => ({
      id: idOf(at),
      name,
      ...(at === 0 ? { external_id: "acme", metadata: { plan: "pro", "two words": "yes" } } : {}),
      domains: [`one-${at}.example`],
    })),
    permissions: [
      ...["invoices:read", "invoices:pay", "projects:edit"].map((slug) => ({
        slug,
        name: `May ${slug}`,
        description: `To ${slug}`,
      })),
      { slug: "default", name: "Default" },
      { slug: "widgets:users-table:manage", system: true },
    ],
    roles: [
      ...roles,
      { slug: "auditor", name: "Auditor", permissions: ["invoices:read", "widgets:users-table:manage"] },
    ],
    users: [
      ...names.flatMap((_name, at) =>
        Array.from({ length: each }, (_, index) => ({
          email: `p${index}@org${at}.example`,
          first_name: `P${index}`,
          memberships: [
            {
              id: `om_${at}_${index}`,
              organization: idOf(at),
              role: index === 0 ? "admin" : index % 3 === 0 ? "org-billing" : "member",
              status: index === 9 ? ("inactive" as const) : ("active" as const),
            },
          ],
        })),
      ),
      ...["zoe", "yan", "xia"].map((name) => ({ email: `${name}@nowhere.example` })),
    ],
    feature_flags: [
      ...["beta-ui", "new-billing", "class"].map((slug) => ({ slug, enabled: true })),
      { slug: "sleeping", enabled: false },
    ],
  };
}

const idOf = (at: number) => `org_${at}`;

const names = ["Acme", "Beta GmbH", 'Café "Łódź" 🎉'];

/** What no seed makes. */
export async function fillEnvironment(api: Api): Promise<void> {
  await api.roles.create({ slug: "project-owner", name: "Owner of a project", resource_type_slug: "project" });
  for (const provider of ["github", "slack", "linear"]) {
    await api.dataIntegrations.create({
      provider,
      credentials: { type: "organization" },
      description: `For ${provider}`,
    });
  }
  await api.dataIntegrations.create({
    provider: "drive",
    credentials: { type: "custom", client_id: "client-1", client_secret: "a-long-enough-secret-1" },
  });

  for (const [at, name] of names.entries()) await fillOrganization(api, name, at);
  await api.invitations.send({ email: "wes@nowhere.example" });

  for (const uri of [
    "https://app.example.com/callback",
    "https://*.preview.example.com/back",
    "http://localhost:3000/back",
  ]) {
    await api.redirectUris.create({ uri });
  }
  for (const host of ["app", "admin", "docs"]) {
    await api.corsOrigins.create({ origin: `https://${host}.example.com` });
    await api.webhookEndpoints.create({
      endpoint_url: `https://${host}.example.com/hook`,
      events: ["user.deleted", "user.created"],
    });
  }
  const [hook] = await api.webhookEndpoints.list().all();
  await api.webhookEndpoints.update({ id: hook?.id ?? "", status: "disabled" });
  await api.jwtTemplate.update({ content: '{\n  "urn:app:email": "{{ user.email }}"\n}' });
  await api.connectApplications.create({
    name: "Wiki",
    application_type: "oauth",
    is_first_party: true,
    uses_pkce: true,
    scopes: ["openid", "profile"],
    redirect_uris: [{ uri: "https://wiki.example.com/back" }, { uri: "http://localhost:3000/back", default: true }],
  });
  await api.connectApplications.create({ name: "Wiki", application_type: "oauth", is_first_party: true });
  for (const action of ["invoice.paid", "invoice.sent", "user.looked"]) {
    const metadata = { type: "object", properties: { amount: { type: "number" }, "it's": { type: "string" } } };
    await api.auditLogSchemas.create({
      action_name: action,
      targets: [{ type: "invoice", metadata }, { type: "user" }],
      metadata,
    });
  }
}

async function fillOrganization(api: Api, name: string, at: number): Promise<void> {
  const organization_id = idOf(at);
  const own = { organization_id };
  const membership = (index: number) => `om_${at}_${index}`;
  for (const more of ["two", "three"])
    await api.organizationDomains.create({ ...own, domain: `${more}-${at}.example` });
  await api.organizationRoles.create({ ...own, slug: "org-editor", name: "Editor", resource_type_slug: "project" });
  await api.invitations.send({ ...own, email: `new@org${at}.example`, role_slug: "member" });
  for (const [index, group] of ["Finance", "Support team", "class"].entries()) {
    const { id: group_id } = await api.groups.create({
      ...own,
      name: group,
      description: index === 0 ? "Money" : undefined,
    });
    for (const organization_membership_id of [0, 1, 2, 3, 4].slice(0, 3 + index).map(membership)) {
      await api.groupMemberships.add({ ...own, group_id, organization_membership_id });
    }
    await api.groupRoleAssignments.replace({
      group_id,
      role_assignments: [{ role_slug: "org-billing" }, { role_slug: "auditor" }],
    });
  }
  let parent: string | undefined;
  for (const external_id of ["apollo", "apollo-docs", "gemini"]) {
    const resource = await api.authorizationResources.create({
      ...own,
      resource_type_slug: "project",
      external_id,
      name: `Project ${external_id}`,
      parent_resource_id: parent,
    });
    parent ??= resource.id;
    await api.roleAssignments.assign({
      organization_membership_id: membership(1),
      role_slug: "org-editor",
      resource_id: resource.id,
    });
  }
  await api.auditLogRetentions.set({ id: organization_id, retention_period_in_days: at === 0 ? 30 : 365 });
  await api.dataIntegrations.configure({ ...own, slug: "github", enabled: true });
  await api.featureFlags.addTarget({ slug: "beta-ui", resource_id: organization_id });
  await api.apiKeys.createForOrganization({ ...own, name: "CI" });
  await api.connectApplications.create({
    name: `Sync of ${name}`,
    application_type: "m2m",
    ...own,
    description: "Every night",
  });
  await api.vault.create({
    name: `db password of ${name}`,
    value: `secret-${at}`,
    key_context: { organization_id, use: "db" },
  });
}

/** Keys and secrets, which only an import takes over. */
export async function fillKeys(api: Api): Promise<void> {
  for (const at of names.keys()) {
    const { user_id } = await api.organizationMemberships.get({ id: `om_${at}_1` });
    await api.userApiKeys.create({ user_id, organization_id: idOf(at), name: "Laptop" });
  }
  for await (const { id } of api.connectApplications.list()) await api.connectApplications.createSecret({ id });
}
