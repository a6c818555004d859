/** One of every resource that the published Terraform providers have, made at WorkOS, as their state would hold it. */
import { type Api } from "../../../api";

/** An instance of a state, with everything beside its attributes at Terraform's defaults. */
const managed = (type: string, name: string, attributes: object, index?: string) => ({
  mode: "managed",
  type,
  name,
  instances: [
    { schema_version: 0, attributes, sensitive_attributes: [], ...(index === undefined ? {} : { index_key: index }) },
  ],
});

const terraformState = <T>(resources: readonly T[]) => ({
  version: 4,
  terraform_version: "1.11.4",
  serial: 1,
  lineage: "131cc2b1-fd82-e3f5-be35-7c108c5ed8d7",
  outputs: {},
  resources,
  check_results: null,
});

/** The state of an environment with all of them; what the API cannot make is as the seed has it. */
export async function everythingInTerraform(api: Api, seeded: { connection: string; directory: string }) {
  const read = await api.permissions.create({ slug: "invoices:read", name: "Read invoices" });
  const pay = await api.permissions.create({ slug: "invoices:pay", name: "Pay invoices", description: "With money" });
  const auditor = await api.roles.create({ slug: "auditor", name: "Auditor" });
  await api.roles.setPermissions({ slug: "auditor", permissions: [read.slug] });
  const acme = await api.organizations.create({ name: "Acme", external_id: "acme", metadata: { plan: "pro" } });
  const beta = await api.organizations.create({
    name: "Beta",
    domain_data: [{ domain: "beta.example", state: "verified" }],
  });
  const domain = await api.organizationDomains.create({ organization_id: acme.id, domain: "acme.example" });
  const billing = await api.organizationRoles.create({
    organization_id: acme.id,
    slug: "org-billing",
    name: "Billing",
    description: "Pays",
  });
  await api.organizationRoles.setPermissions({
    organization_id: acme.id,
    slug: billing.slug,
    permissions: [read.slug, pay.slug],
  });
  const editor = await api.organizationRoles.create({
    organization_id: acme.id,
    slug: "org-editor",
    name: "Editor",
    resource_type_slug: "project",
  });
  const ann = await api.users.create({ email: "ann@acme.example", first_name: "Ann", email_verified: true });
  const ben = await api.users.create({ email: "ben@acme.example", external_id: "ben", metadata: { team: "ops" } });
  const annAtAcme = await api.organizationMemberships.create({
    user_id: ann.id,
    organization_id: acme.id,
    role_slugs: [billing.slug, "member"],
  });
  const benAtBeta = await api.organizationMemberships.create({
    user_id: ben.id,
    organization_id: beta.id,
    role_slug: auditor.slug,
  });
  await api.organizationMemberships.deactivate({ id: benAtBeta.id });
  const finance = await api.groups.create({ organization_id: acme.id, name: "Finance", description: "Who pays" });
  await api.groupMemberships.add({
    organization_id: acme.id,
    group_id: finance.id,
    organization_membership_id: annAtAcme.id,
  });
  const project = { organization_id: acme.id, resource_type_slug: "project" };
  const work = await api.authorizationResources.create({ ...project, external_id: "work", name: "Work" });
  const apollo = await api.authorizationResources.create({
    ...project,
    external_id: "apollo",
    name: "Apollo",
    parent_resource_id: work.id,
  });
  const assignment = await api.roleAssignments.assign({
    organization_membership_id: annAtAcme.id,
    role_slug: editor.slug,
    resource_id: apollo.id,
  });
  const sync = await api.connectApplications.create({
    name: "Sync",
    application_type: "m2m",
    organization_id: acme.id,
    scopes: ["openid"],
  });
  const site = await api.connectApplications.create({
    name: "Site",
    application_type: "oauth",
    is_first_party: true,
    uses_pkce: true,
    redirect_uris: [{ uri: "https://site.example/callback" }, { uri: "https://site.example/other" }],
  });
  const callback = await api.redirectUris.create({ uri: "https://site.example/callback" });
  const origin = await api.corsOrigins.create({ origin: "https://site.example" });
  const hook = await api.webhookEndpoints.create({
    endpoint_url: "https://site.example/hook",
    events: ["user.created"],
  });
  await api.webhookEndpoints.update({ id: hook.id, status: "disabled" });

  const times = { created_at: "2026-11-29T15:52:04Z", updated_at: "2026-11-29T15:52:04Z" };
  const resources = [
    managed("workos_permission", "read", { ...read, ...times, description: "" }),
    managed("workos_permission", "pay", { ...pay, ...times }),
    managed("workos_environment_role", "auditor", {
      ...auditor,
      ...times,
      description: null,
      permissions: [read.slug],
    }),
    managed("workos_organization", "acme", {
      ...times,
      id: acme.id,
      name: "Acme",
      external_id: "acme",
      metadata: { plan: "pro" },
      domains: ["acme.example"],
    }),
    managed("workos_organization", "beta", {
      ...times,
      id: beta.id,
      name: "Beta",
      external_id: null,
      metadata: null,
      domains: ["beta.example"],
    }),
    managed("workos_organization_domain", "acme", { ...times, ...domain, verify: false }),
    managed("workos_organization_role", "billing", {
      ...times,
      id: billing.id,
      organization_id: acme.id,
      slug: billing.slug,
      name: "Billing",
      description: "Pays",
      permissions: [],
      resource_type_slug: "organization",
      type: "OrganizationRole",
    }),
    ...[read, pay].map(({ slug }) =>
      managed(
        "workos_organization_role_permission",
        `billing_${slug.replace(":", "_")}`,
        {
          id: `${acme.id}/${billing.slug}/${slug}`,
          organization_id: acme.id,
          role_slug: billing.slug,
          permission: slug,
        },
        slug,
      ),
    ),
    managed("workos_organization_role", "editor", {
      ...times,
      id: editor.id,
      organization_id: acme.id,
      slug: editor.slug,
      name: "Editor",
      description: "",
      permissions: [],
      resource_type_slug: "project",
      type: "OrganizationRole",
    }),
    ...[ann, ben].map((user, index) =>
      managed(
        "workos_user",
        "people",
        {
          ...times,
          id: user.id,
          email: user.email,
          email_verified: user.email_verified,
          first_name: user.first_name,
          last_name: null,
          external_id: user.external_id,
          metadata: user.metadata,
          locale: null,
          password: null,
          password_hash: null,
          password_hash_type: null,
          profile_picture_url: null,
        },
        index === 0 ? "ann" : "ben",
      ),
    ),
    managed("workos_organization_membership", "ann", {
      ...times,
      id: annAtAcme.id,
      user_id: ann.id,
      organization_id: acme.id,
      role_slug: billing.slug,
      role_slugs: [billing.slug, "member"],
      status: "active",
    }),
    managed("workos_organization_membership", "ben", {
      ...times,
      id: benAtBeta.id,
      user_id: ben.id,
      organization_id: beta.id,
      role_slug: auditor.slug,
      role_slugs: null,
      status: "inactive",
    }),
    managed("workos_group", "finance", { ...times, ...finance, ...times }),
    managed("workos_group_membership", "ann", {
      ...times,
      id: `${acme.id}/${finance.id}/${annAtAcme.id}`,
      organization_id: acme.id,
      group_id: finance.id,
      organization_membership_id: annAtAcme.id,
      status: "active",
      user_id: ann.id,
    }),
    // As Terraform has them: by their names, so that what is above another one comes after it.
    ...[apollo, work].map((one) =>
      managed("workos_authorization_resource", one.external_id, {
        ...times,
        id: one.id,
        ...project,
        external_id: one.external_id,
        name: one.name,
        description: null,
        cascade_delete: false,
        parent_resource_id: one.parent_resource_id ?? null,
        parent_resource_external_id: null,
        parent_resource_type_slug: null,
      }),
    ),
    managed("workos_authorization_role_assignment", "ann", {
      ...times,
      id: assignment.id,
      organization_membership_id: annAtAcme.id,
      role_slug: editor.slug,
      resource_id: apollo.id,
      resource_external_id: "apollo",
      resource_type_slug: "project",
    }),
    managed("workos_connect_application", "sync", {
      ...sync,
      ...times,
      is_first_party: null,
      uses_pkce: null,
      redirect_uris: [],
      was_dynamically_registered: null,
    }),
    managed("workos_connect_application", "site", { ...site, ...times, organization_id: null }),
    managed("workos_redirect_uri", "callback", { ...callback, ...times }),
    managed("workos_cors_origin", "site", { ...origin, ...times }),
    managed("workos_webhook_endpoint", "hook", { ...hook, ...times, status: "disabled" }),
    managed("workos_connection", "okta", {
      ...times,
      id: seeded.connection,
      organization_id: beta.id,
      connection_type: "OktaSAML",
      name: "Okta",
      state: "active",
      status: "linked",
    }),
    managed("workos_directory", "okta", {
      ...times,
      id: seeded.directory,
      organization_id: beta.id,
      name: "Okta",
      type: "okta scim v2.0",
      state: "linked",
      bearer_token: "dir_token_that_nobody_may_see",
      endpoint: null,
    }),
  ];
  return {
    state: terraformState(resources),
    secrets: [hook.secret, "dir_token_that_nobody_may_see"],
    ids: [acme, beta, ann, ben, annAtAcme, benAtBeta, finance, work, apollo, sync, site].map(({ id }) => id),
  };
}
