/**
 * A list or a look-up costs the same however much there is: what the store is asked for is counted, once with little
 * and once with much of everything.
 */
import { authEndpoints, endpoints } from "../../api/endpoints/index";
import { type AnyEndpoint } from "../../api/endpoint";
import { Collection } from "../../emulator/store/collection";
import { SortedIds } from "../../emulator/store/sorted-ids";
import { connected } from "../contract/answers/directories";
import { Browser } from "./support/browser";
import { data, local, unique } from "./support/local";
import { authenticate, grant, text } from "./support/sign-in";

const at = local({ seed: connected });
const um = "/user_management";
const redirect_uri = "http://localhost:3000/callback";

/** Objects and places of lists that the work looks at. */
async function visits(work: () => Promise<unknown>): Promise<number> {
  const one = [jest.spyOn(Collection.prototype, "get"), jest.spyOn(SortedIds.prototype, "at")];
  const whole = jest.spyOn(SortedIds.prototype, "toArray");
  try {
    await work();
    const copied = whole.mock.results.reduce((sum, { value }) => sum + (value as string[]).length, 0);
    return one.reduce((sum, spy) => sum + spy.mock.calls.length, copied);
  } finally {
    for (const spy of [...one, whole]) spy.mockRestore();
  }
}

interface World {
  /** Its members, invitations, keys and applications become many. */
  readonly org: string;
  /** The one whose own things become many. */
  readonly ann: { readonly id: string; readonly email: string };
  /** Somebody among many, of whom there is little. */
  readonly bob: { readonly id: string; readonly email: string };
  readonly membership: string;
  readonly inactive: string;
  readonly invitation: { readonly id: string; readonly email: string; readonly token: string };
  readonly key: { readonly id: string; readonly value: string };
  readonly application: string;
  readonly factor: string;
  readonly domain: string;
  /** Its members become many, and so do the groups beside it. */
  readonly group: string;
  readonly groupRole: string;
  /** Something with roles on it, of which there is little. */
  readonly resource: string;
  readonly value: string;
  readonly codes: Readonly<Record<"magic" | "verification" | "reset", string>>;
}

async function build(): Promise<World> {
  const { id: org } = await at().organization({ external_id: "org-1" });
  const ann = await at().user({ external_id: "ann" });
  const bob = await at().user({ external_id: "bob", email: "bob@example.com" });
  await at().membership(ann.id, org);
  const { id: membership } = await at().membership(bob.id, org);
  const cleo = await at().user();
  const { id: inactive } = await at().membership(cleo.id, org);
  await at().put(`${um}/organization_memberships/${inactive}/deactivate`);
  const invitation = await at().invitation({ organization_id: org });
  const key = await at().apiKey(org);
  const app = { name: "App", application_type: "oauth", is_first_party: false, organization_id: org };
  const application = text(
    await at().post("/connect/applications", { ...app, redirect_uris: [{ uri: redirect_uri }] }),
    "id",
  );
  const enrolled = await at().post(`${um}/users/${bob.id}/auth_factors`, { type: "totp" });
  const { id: factor } = enrolled.body.authentication_factor as { id: string };
  const domain = text(await at().post("/organization_domains", { organization_id: org, domain: "acme.example" }), "id");
  await at().post("/authorization/permissions", { slug: "posts:read", name: "Read" });
  const group = text(await at().post(`/organizations/${org}/groups`, { name: "Writers" }), "id");
  const given = { role_slug: "member" };
  const groupRole = text(await at().post(`/authorization/groups/${group}/role_assignments`, given), "id");
  const project = { organization_id: org, resource_type_slug: "project", external_id: "apollo", name: "Apollo" };
  const resource = text(await at().post("/authorization/resources", project), "id");
  const schema = { targets: [{ type: "invoice" }] };
  await at().post("/audit_logs/actions/invoice.paid/schemas", schema);
  const stored = { name: "db-password", value: "x", key_context: {} };
  const value = text(await at().post("/vault/v1/kv", stored), "id");
  await at().post("/data-integrations", { provider: "github", credentials: { type: "organization" } });
  const magic = text(await at().post(`${um}/magic_auth`, { email: bob.email }), "id");
  await at().post(`${um}/users/${bob.id}/email_verification/send`);
  const verification = at().control.mailbox.list().at(-1)?.objectId ?? "";
  const reset = text(await at().post(`${um}/password_reset`, { email: bob.email }), "id");
  await signIn(ann.email);
  await consent(ann.email, org);
  await at().put(`${um}/jwt_template`, { content: "{}" });
  at().control.addFeatureFlag({ slug: "beta", enabled: true });
  const codes = { magic, verification, reset };
  const made = {
    membership,
    inactive,
    invitation,
    key,
    application,
    factor,
    domain,
    group,
    groupRole,
    resource,
    value,
  };
  return { org, ann, bob, ...made, codes };
}

async function signIn(email: string) {
  const code = text(await at().post(`${um}/magic_auth`, { email }), "code");
  await authenticate(at(), { grant_type: grant.magicAuth, email, code });
}

/** A person lets a new application in. */
async function consent(email: string, organization_id: string) {
  const redirect_uris = [{ uri: redirect_uri }];
  const app = { name: "App", application_type: "oauth", is_first_party: false, redirect_uris, organization_id };
  const client_id = text(await at().post("/connect/applications", app), "client_id");
  const browser = new Browser(at());
  const query = new URLSearchParams({ client_id, redirect_uri, response_type: "code", provider: "GitHubOAuth" });
  await browser.open(`${um}/authorize?${query.toString()}`);
  const chosen = await browser.submit("provider", { email });
  if (chosen.title === "Choose an organization") await browser.submit("organization", {});
  await browser.submit("allow");
}

/** So much more of everything, around the same few. */
async function grow({ org, ann, group, membership }: World, count: number) {
  for (let made = 0; made < count; made += 1) {
    const { id } = await at().user();
    const member = { organization_membership_id: (await at().membership(id, org)).id };
    await at().post(`/organizations/${org}/groups/${group}/organization-memberships`, member);
    const other = text(await at().post(`/organizations/${org}/groups`, { name: "Others" }), "id");
    const same = { organization_membership_id: membership };
    await at().post(`/organizations/${org}/groups/${other}/organization-memberships`, same);
    await at().invitation({ organization_id: org });
    await at().post("/authorization/permissions", { slug: `posts:${unique().split("@")[0]}`, name: "More" });
    await at().apiKey(org);
    const folder = { organization_id: org, resource_type_slug: "folder", external_id: unique(), name: "Folder" };
    await at().post("/authorization/resources", folder);
    await at().post("/vault/v1/kv", { name: unique(), value: "x", key_context: {} });
    await at().post(`/audit_logs/actions/${unique()}/schemas`, { targets: [{ type: "invoice" }] });
    const app = { name: "App", application_type: "m2m", organization_id: org };
    await at().post("/connect/applications", app);
    const { id: another } = await at().organization();
    await at().post("/organization_domains", {
      organization_id: another,
      domain: `d${unique().split("@")[0]}.example`,
    });
    await at().membership(ann.id, another);
    await at().post(`${um}/users/${ann.id}/api_keys`, { organization_id: org, name: "laptop" });
    await signIn(ann.email);
    const { data: sessions } = (await at().get(`${um}/users/${ann.id}/sessions`)).body as { data: { id: string }[] };
    await at().post(`${um}/sessions/revoke`, { session_id: sessions[0]?.id });
    at().control.asyncDeletes.set({ delayMs: 1e9 });
    await at().delete(`${um}/users/${(await at().user()).id}`);
    at().control.asyncDeletes.set(false);
  }
  for (let made = 0; made < count / 2; made += 1) await consent(ann.email, org);
}

const read = (endpoint: AnyEndpoint, path: (world: World) => string) => ({ endpoint, path });
const { users, organizationMemberships, invitations, apiKeys, organizations, roles } = endpoints;
const { authentication: _pages, ...auth } = authEndpoints;

/** Every operation that reads, with each of its filters. */
const reads = [
  read(users.list, () => `${um}/users`),
  read(users.list, ({ bob }) => `${um}/users?email=${bob.email}`),
  read(users.list, ({ org }) => `${um}/users?organization_id=${org}`),
  read(users.list, ({ org }) => `${um}/users?organization=${org}`),
  read(users.list, ({ org, ann }) => `${um}/users?organization_id=${org}&email=${ann.email}`),
  read(users.get, ({ bob }) => `${um}/users/${bob.id}`),
  read(users.getByExternalId, () => `${um}/users/external_id/bob`),
  read(organizationMemberships.list, ({ org }) => `${um}/organization_memberships?organization_id=${org}`),
  read(organizationMemberships.list, ({ ann }) => `${um}/organization_memberships?user_id=${ann.id}`),
  read(organizationMemberships.list, ({ ann, org }) => {
    return `${um}/organization_memberships?user_id=${ann.id}&organization_id=${org}`;
  }),
  read(organizationMemberships.list, ({ org }) => {
    return `${um}/organization_memberships?organization_id=${org}&statuses=inactive`;
  }),
  read(organizationMemberships.list, ({ org }) => {
    return `${um}/organization_memberships?organization_id=${org}&statuses=active,inactive,pending`;
  }),
  read(organizationMemberships.list, ({ ann }) => `${um}/organization_memberships?user_id=${ann.id}&statuses=inactive`),
  read(organizationMemberships.get, ({ membership }) => `${um}/organization_memberships/${membership}`),
  read(invitations.list, () => `${um}/invitations`),
  read(invitations.list, ({ invitation }) => `${um}/invitations?email=${invitation.email}`),
  read(invitations.list, ({ org }) => `${um}/invitations?organization_id=${org}`),
  read(invitations.list, ({ org, invitation }) => {
    return `${um}/invitations?organization_id=${org}&email=${invitation.email}`;
  }),
  read(invitations.get, ({ invitation }) => `${um}/invitations/${invitation.id}`),
  read(invitations.getByToken, ({ invitation }) => `${um}/invitations/by_token/${invitation.token}`),
  read(apiKeys.listForOrganization, ({ org }) => `/organizations/${org}/api_keys`),
  read(organizations.list, () => "/organizations"),
  read(organizations.list, () => "/organizations?domains=acme.example"),
  read(organizations.get, ({ org }) => `/organizations/${org}`),
  read(organizations.getByExternalId, () => "/organizations/external_id/org-1"),
  read(roles.list, () => "/authorization/roles"),
  read(roles.get, () => "/authorization/roles/admin"),
  read(endpoints.permissions.list, () => "/authorization/permissions"),
  read(endpoints.permissions.get, () => "/authorization/permissions/posts:read"),
  read(roles.listForOrganization, ({ org }) => `/authorization/organizations/${org}/roles`),
  read(endpoints.webhookEndpoints.list, () => "/webhook_endpoints"),
  read(endpoints.corsOrigins.list, () => `${um}/cors_origins`),
  read(endpoints.jwtTemplate.get, () => `${um}/jwt_template`),
  read(endpoints.redirectUris.list, () => `${um}/redirect_uris`),
  read(endpoints.organizationRoles.get, ({ org }) => `/authorization/organizations/${org}/roles/admin`),
  read(endpoints.authorizationResources.list, ({ org }) => `/authorization/resources?organization_id=${org}`),
  read(endpoints.authorizationResources.list, () => {
    return "/authorization/resources?resource_type_slug=project&resource_external_id=apollo";
  }),
  read(endpoints.authorizationResources.list, ({ org, resource }) => {
    return `/authorization/resources?organization_id=${org}&parent_resource_id=${resource}`;
  }),
  read(endpoints.authorizationResources.list, ({ org }) => {
    const parent = "parent_resource_type_slug=project&parent_external_id=apollo";
    return `/authorization/resources?organization_id=${org}&${parent}`;
  }),
  read(endpoints.authorizationResources.get, ({ resource }) => `/authorization/resources/${resource}`),
  read(endpoints.authorizationResources.getByExternalId, ({ org }) => {
    return `/authorization/organizations/${org}/resources/project/apollo`;
  }),
  read(endpoints.roleAssignments.list, ({ membership, resource }) => {
    return `/authorization/organization_memberships/${membership}/role_assignments?resource_id=${resource}`;
  }),
  read(endpoints.roleAssignments.list, ({ membership }) => {
    const named = "resource_external_id=apollo&resource_type_slug=project";
    return `/authorization/organization_memberships/${membership}/role_assignments?${named}`;
  }),
  read(endpoints.roleAssignments.listForResource, ({ resource }) => {
    return `/authorization/resources/${resource}/role_assignments?role_slug=editor`;
  }),
  read(endpoints.auditLogSchemas.listActions, () => "/audit_logs/actions"),
  read(endpoints.auditLogSchemas.list, () => "/audit_logs/actions/invoice.paid/schemas"),
  read(endpoints.auditLogRetentions.get, ({ org }) => `/organizations/${org}/audit_logs_retention`),
  read(endpoints.vault.list, () => "/vault/v1/kv"),
  read(endpoints.vault.get, ({ value }) => `/vault/v1/kv/${value}`),
  read(endpoints.vault.getByName, () => "/vault/v1/kv/name/db-password"),
  read(endpoints.vault.describe, ({ value }) => `/vault/v1/kv/${value}/metadata`),
  read(endpoints.connections.list, ({ org }) => `/connections?organization_id=${org}&domain=acme.example`),
  read(endpoints.connections.list, () => "/connections?connection_type=OktaSAML"),
  read(endpoints.connections.get, () => "/connections/conn_okta"),
  read(endpoints.directories.list, ({ org }) => `/directories?organization_id=${org}&domain=acme.example`),
  read(endpoints.directories.get, () => "/directories/directory_okta"),
  read(endpoints.directoryGroups.list, () => "/directory_groups?directory=directory_okta"),
  read(endpoints.directoryGroups.list, () => "/directory_groups?user=directory_user_ann"),
  read(endpoints.directoryGroups.get, () => "/directory_groups/directory_group_ops"),
  read(endpoints.directoryUsers.list, () => {
    return "/directory_users?directory=directory_okta&email=ann@connected.example&idp_id=ann@connected.example";
  }),
  read(endpoints.directoryUsers.list, () => "/directory_users?group=directory_group_ops"),
  read(endpoints.directoryUsers.get, () => "/directory_users/directory_user_ann"),
  read(endpoints.dataIntegrations.list, () => "/data-integrations"),
  read(endpoints.dataIntegrations.get, () => "/data-integrations/github"),
  read(endpoints.dataIntegrations.listForOrganization, ({ org }) => {
    return `/organizations/${org}/data_integration_configurations`;
  }),
  read(auth.sessions.list, ({ ann }) => `${um}/users/${ann.id}/sessions`),
  read(auth.sessions.jwks, () => "/sso/jwks/client_local"),
  read(auth.mfa.listForUser, ({ bob }) => `${um}/users/${bob.id}/auth_factors`),
  read(auth.mfa.get, ({ factor }) => `/auth/factors/${factor}`),
  read(auth.magicAuth.get, ({ codes }) => `${um}/magic_auth/${codes.magic}`),
  read(auth.emailVerification.get, ({ codes }) => `${um}/email_verification/${codes.verification}`),
  read(auth.passwordReset.get, ({ codes }) => `${um}/password_reset/${codes.reset}`),
  read(endpoints.userApiKeys.list, ({ ann }) => `${um}/users/${ann.id}/api_keys`),
  read(endpoints.userApiKeys.list, ({ ann, org }) => `${um}/users/${ann.id}/api_keys?organization_id=${org}`),
  read(auth.userIdentities.list, ({ bob }) => `${um}/users/${bob.id}/identities`),
  read(endpoints.groups.list, ({ org }) => `/organizations/${org}/groups`),
  read(endpoints.groups.get, ({ org, group }) => `/organizations/${org}/groups/${group}`),
  read(endpoints.groupMemberships.list, ({ org, group }) => {
    return `/organizations/${org}/groups/${group}/organization-memberships`;
  }),
  read(endpoints.membershipGroups.list, ({ membership }) => `${um}/organization_memberships/${membership}/groups`),
  read(endpoints.groupRoleAssignments.list, ({ group }) => `/authorization/groups/${group}/role_assignments`),
  read(endpoints.groupRoleAssignments.get, ({ group, groupRole }) => {
    return `/authorization/groups/${group}/role_assignments/${groupRole}`;
  }),
  read(auth.authorizedApplications.listForUser, ({ ann }) => `${um}/users/${ann.id}/authorized_applications`),
  read(auth.authorizedApplications.listForOrganization, ({ org }) => `/organizations/${org}/authorized_applications`),
  read(endpoints.connectApplications.list, () => "/connect/applications"),
  read(endpoints.connectApplications.list, ({ org }) => `/connect/applications?organization_id=${org}`),
  read(endpoints.connectApplications.list, () => "/connect/applications?registration_types=dynamic"),
  read(endpoints.connectApplications.get, ({ application }) => `/connect/applications/${application}`),
  read(
    endpoints.connectApplications.listSecrets,
    ({ application }) => `/connect/applications/${application}/client_secrets`,
  ),
  read(endpoints.featureFlags.list, () => "/feature-flags"),
  read(endpoints.featureFlags.get, () => "/feature-flags/beta"),
  read(endpoints.featureFlags.listForUser, ({ ann }) => `${um}/users/${ann.id}/feature-flags`),
  read(endpoints.featureFlags.listForOrganization, ({ org }) => `/organizations/${org}/feature-flags`),
  read(endpoints.events.list, () => "/events"),
  read(endpoints.organizationDomains.get, ({ domain }) => `/organization_domains/${domain}`),
];

/** A part of a name has no index: organizations are looked through until the page is full. */
const scans = ["search"];
/** Never more than a fixed number are kept, so that looking through all of them is no matter of how much there is. */
const bounded = [endpoints.events.list.operation];
const paging = ["limit", "before", "after", "order"];

test("every operation that reads, and every filter, is counted here", () => {
  const all = Object.values({ ...endpoints, ...auth }).flatMap((family) => Object.values<AnyEndpoint>(family));
  const wanted = all
    .filter(({ method }) => method === "GET")
    .flatMap((endpoint) => [
      endpoint.operation,
      ...Object.keys((endpoint.query as { shape?: object } | undefined)?.shape ?? {})
        .filter((name) => ![...paging, ...scans].includes(name) && !bounded.includes(endpoint.operation))
        .map((name) => `${endpoint.operation} ${name}`),
    ]);
  const anyone = new Proxy({}, { get: () => ({}) }) as World;
  const counted = reads.flatMap(({ endpoint, path }) => {
    const query = path(anyone).split("?")[1] ?? "";
    return [
      endpoint.operation,
      ...[...new URLSearchParams(query).keys()].map((name) => `${endpoint.operation} ${name}`),
    ];
  });
  expect([...new Set(wanted)].filter((name) => !counted.includes(name))).toEqual([]);
});

test("with five times as much, no list, look-up or write looks at more", async () => {
  const world = await build();
  const measure = async () => {
    const counts: Record<string, number> = {};
    for (const { path } of reads) {
      counts[path(world)] = await visits(async () => {
        const answer = await at().get(path(world));
        if (answer.status !== 200) throw new Error(`${path(world)} answered ${answer.status}: ${answer.text}`);
      });
    }
    const dan = await at().user();
    for (const [name, work] of Object.entries(writes(world, dan))) counts[name] = await visits(work);
    return counts;
  };
  await grow(world, 20);
  const little = await measure();
  await grow(world, 80);
  expect(await measure()).toEqual(little);
  expect(data(await at().get(`${um}/users?limit=100`))).toHaveLength(100);
});

const writes = (world: World, dan: { id: string; email: string }): Record<string, () => Promise<unknown>> => ({
  "create a user": () => at().user(),
  "change a user": () => at().put(`${um}/users/${dan.id}`, { email: unique() }),
  "create a membership": () => at().membership(dan.id, world.org),
  "send an invitation": () => at().invitation({ organization_id: world.org }),
  "create a key": () => at().apiKey(world.org),
  "validate a key": () => at().post("/api_keys/validations", { value: world.key.value }),
  "sign in": () => signIn(world.bob.email),
  "delete a user": () => at().delete(`${um}/users/${dan.id}`),
});
