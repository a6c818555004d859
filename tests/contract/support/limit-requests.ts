/** For every operation with limits a request that the local AuthKit carries out, before a value of it is replaced. */
import { type AnyEndpoint } from "../../../api/endpoint";
import { authEndpoints, endpoints, pageEndpoints } from "../../../api/endpoints/index";
import { type ContractRun } from "./contract-run";
import { beginExternalLogin, consentOption } from "./external-login";

export type Fields = Readonly<Record<string, unknown>>;

/** What requests name. */
interface Things {
  readonly run: ContractRun;
  readonly organization_id: string;
  readonly user_id: string;
  readonly membership_id: string;
  readonly group_id: string;
}

export async function things(run: ContractRun): Promise<Things> {
  const { id: organization_id } = await run.call(endpoints.organizations.create, { name: "Acme" }, 201);
  const { id: user_id } = await run.call(endpoints.users.create, { email: "ann@example.com" }, 201);
  const member = { user_id, organization_id };
  const { id: membership_id } = await run.call(endpoints.organizationMemberships.create, member, 201);
  const { id: group_id } = await run.call(endpoints.groups.create, { organization_id, name: "Readers" }, 201);
  return { run, organization_id, user_id, membership_id, group_id };
}

let count = 0;
const fresh = () => ++count;
const email = () => `person-${fresh()}@example.com`;
const domains = () => [{ domain: `company-${fresh()}.example`, state: "pending" }];

const webhook = () => ({ endpoint_url: `https://app-${fresh()}.example.com/`, events: ["user.created"] });

const resource = (organization_id: string) => ({
  ...{ organization_id, resource_type_slug: "project", external_id: `project-${fresh()}`, name: "Project" },
});

const own = { type: "custom", client_id: "x", client_secret: "x" };
async function integration(run: ContractRun): Promise<string> {
  const given = {
    ...{ provider: `provider-${fresh()}`, credentials: { type: "organization" as const } },
    custom_provider: { name: "x" },
  };
  return (await run.call(endpoints.dataIntegrations.create, given, 201)).slug;
}

const tokens = [
  ...["client_id", "client_secret", "code", "password", "refresh_token", "pending_authentication_token"],
  ...["authentication_challenge_id", "device_code", "radar_challenge_id", "organization_id"],
];

type Request = (things: Things) => Fields | Promise<Fields>;
const requests: readonly (readonly [AnyEndpoint, Request])[] = [
  [endpoints.users.create, () => ({ email: email() })],
  [endpoints.users.update, ({ user_id }) => ({ id: user_id })],
  [endpoints.invitations.send, ({ organization_id }) => ({ email: email(), organization_id })],
  [endpoints.invitations.resend, ({ run }) => run.call(endpoints.invitations.send, { email: email() }, 201)],
  [endpoints.apiKeys.createForOrganization, ({ organization_id }) => ({ organization_id, name: "ci" })],
  [
    endpoints.apiKeys.expire,
    async ({ run, organization_id }) => ({
      id: (await run.call(endpoints.apiKeys.createForOrganization, { organization_id, name: "ci" }, 201)).id,
    }),
  ],
  [endpoints.organizations.create, () => ({ name: "Beta", domain_data: domains() })],
  [endpoints.organizations.update, ({ organization_id }) => ({ id: organization_id, domain_data: domains() })],
  [
    endpoints.organizationRoles.create,
    ({ organization_id }) => ({ organization_id, slug: `org-${fresh()}`, name: "Billing" }),
  ],
  [
    endpoints.organizationRoles.update,
    async ({ run, organization_id }) => {
      const role = { organization_id, slug: `org-${fresh()}`, name: "Billing" };
      await run.call(endpoints.organizationRoles.create, role, 201);
      return { organization_id, slug: role.slug };
    },
  ],
  [endpoints.roles.create, () => ({ slug: `role-${fresh()}`, name: "Editor" })],
  [endpoints.roles.update, () => ({ slug: "member" })],
  [endpoints.permissions.create, () => ({ slug: `posts:${fresh()}`, name: "Posts" })],
  [
    endpoints.permissions.update,
    async ({ run }) => {
      const permission = { slug: `posts:${fresh()}`, name: "Posts" };
      await run.call(endpoints.permissions.create, permission, 201);
      return { slug: permission.slug };
    },
  ],
  [endpoints.webhookEndpoints.create, () => webhook()],
  [
    endpoints.webhookEndpoints.update,
    async ({ run }) => ({ id: (await run.call(endpoints.webhookEndpoints.create, webhook(), 201)).id }),
  ],
  [endpoints.userApiKeys.create, ({ user_id, organization_id }) => ({ user_id, organization_id, name: "ci" })],
  [endpoints.groups.create, ({ organization_id }) => ({ organization_id, name: "Writers" })],
  [endpoints.groups.update, ({ organization_id, group_id }) => ({ organization_id, group_id })],
  [endpoints.membershipGroups.list, ({ membership_id }) => ({ id: membership_id })],
  [
    endpoints.groupRoleAssignments.replace,
    ({ group_id }) => ({ group_id, role_assignments: [{ role_slug: "member" }] }),
  ],
  [endpoints.authorizationResources.create, ({ organization_id }) => resource(organization_id)],
  [
    endpoints.authorizationResources.update,
    async ({ run, organization_id }) => {
      const made = await run.call(endpoints.authorizationResources.create, resource(organization_id), 201);
      return { resource_id: made.id };
    },
  ],
  [
    endpoints.authorizationResources.updateByExternalId,
    async ({ run, organization_id }) => {
      const made = resource(organization_id);
      await run.call(endpoints.authorizationResources.create, made, 201);
      return { organization_id, resource_type_slug: made.resource_type_slug, external_id: made.external_id };
    },
  ],
  [endpoints.roleAssignments.list, ({ membership_id }) => ({ organization_membership_id: membership_id })],
  [
    endpoints.roleAssignments.listForResource,
    async ({ run, organization_id }) => {
      const made = await run.call(endpoints.authorizationResources.create, resource(organization_id), 201);
      return { resource_id: made.id };
    },
  ],
  [endpoints.auditLogSchemas.create, () => ({ action_name: "invoice.paid", targets: [{ type: "invoice" }] })],
  [
    endpoints.auditLogSchemas.list,
    async ({ run }) => {
      const action_name = "invoice.paid";
      await run.call(endpoints.auditLogSchemas.create, { action_name, targets: [{ type: "invoice" }] }, 201);
      return { action_name };
    },
  ],
  [endpoints.vault.create, () => ({ name: `value-${fresh()}`, value: "x", key_context: {} })],
  [
    endpoints.dataIntegrations.create,
    () => ({ provider: `provider-${fresh()}`, credentials: own, custom_provider: { name: "x" } }),
  ],
  [endpoints.dataIntegrations.update, async ({ run }) => ({ slug: await integration(run), credentials: own })],
  [
    endpoints.dataIntegrations.configure,
    async ({ run, organization_id }) => ({
      ...{ organization_id, slug: await integration(run), client_id: "x", client_secret: "x" },
    }),
  ],
  [endpoints.portal.generateLink, ({ organization_id }) => ({ organization: organization_id })],
  [endpoints.directoryGroups.list, () => ({ directory: "directory_okta" })],
  [endpoints.directoryUsers.list, () => ({ directory: "directory_okta" })],
  [
    authEndpoints.authentication.authenticate,
    () => ({ ...Object.fromEntries(tokens.map((name) => [name, name])), email: "ann@example.com" }),
  ],
  [authEndpoints.passwordReset.create, () => ({ email: "ann@example.com" })],
  [authEndpoints.magicAuth.create, () => ({ email: "ann@example.com" })],
  [authEndpoints.mfa.enrollForUser, ({ user_id }) => ({ user_id, type: "totp" })],
  [authEndpoints.mfa.enroll, () => ({ phone_number: "+15551234567", totp_issuer: "Acme", totp_user: "ann" })],
  [
    endpoints.connectApplications.create,
    ({ organization_id }) => ({ name: "App", is_first_party: true, organization_id }),
  ],
  [
    authEndpoints.externalAuth.completeLogin,
    async ({ run, organization_id }) => ({
      external_auth_id: await beginExternalLogin(run, { is_first_party: false, organization_id }),
      user: { id: `own-${fresh()}`, email: email() },
      user_consent_options: [consentOption("tenant")],
    }),
  ],
  [
    pageEndpoints.authorize,
    ({ run }) => ({
      client_id: run.emulator.clientId,
      redirect_uri: "https://app.example.com/callback",
      response_type: "code",
      provider: "authkit",
    }),
  ],
];
const byOperation = new Map(requests.map(([{ operation }, request]) => [operation, request]));

/** A list, or an operation below an object, needs no more than that object's id. */
export function requestFor({ operation, method }: AnyEndpoint, available: Things): Fields | Promise<Fields> {
  const request = byOperation.get(operation);
  if (request !== undefined) return request(available);
  const { organization_id, user_id, group_id } = available;
  if (method === "GET") return { organization_id, user_id, group_id };
  throw new Error(`${operation} has limits: write a request for it here`);
}
