/** Whatever goes wrong with an update or a delete: the next step of the engine ends with what is declared. */
import { PartialFailure } from "../../provider/lifecycle";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { faultCases, impatienceMs } from "../support/fault-cases";
import { changed, declarationOf, failure, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";

const current = useWorld({}, impatienceMs);

interface Case {
  readonly name: string;
  readonly given?: Inputs;
  readonly to: Inputs;
  /** The write that goes wrong. */
  readonly path: string;
  /** How many there are before and after. Default: 1. */
  readonly count?: readonly [before: number, after: number];
  /** Where another request has the same path. */
  readonly method?: "PUT" | "POST";
  /** It is not repeated where nothing tells whether it may still be carried out. */
  readonly once?: true;
}
interface Update extends Case {
  readonly kind: Kind;
}

/** Whatever changes in it replaces it: there is no update that could go wrong. */
const replaced: readonly Case[] = [];
const membership = "/user_management/organization_memberships/{id}";
const environmentRole = "/authorization/roles/{slug}";
const organizationRole = "/authorization/organizations/{organization_id}/roles/{slug}";
const keyEnds: readonly Case[] = [
  { name: "a key's end", to: { expiresAt: "2026-12-24T00:00:00Z" }, path: "/api_keys/{id}/expire" },
  { name: "a key's end, to none", to: { expiresAt: undefined }, path: "/api_keys/{id}/expire" },
];

/** Every kind has its updates here. */
const casesOf: Readonly<Record<Kind, readonly Case[]>> = {
  Organization: [
    {
      name: "an organization's name and domains",
      to: { name: "Acme Corporation", domains: [{ domain: "acme.test", state: "verified" }] },
      path: "/organizations/{id}",
    },
  ],
  OrganizationDomain: [
    { name: "a domain's verification", to: { verify: "2" }, path: "/organization_domains/{id}/verify" },
  ],
  User: [
    {
      name: "a user's name, address and metadata",
      to: { firstName: "Anna", email: "ann@example.org", metadata: { team: "blue" } },
      path: "/user_management/users/{id}",
    },
  ],
  OrganizationMembership: [
    { name: "a member's role", to: { roleSlug: "admin" }, path: membership },
    {
      name: "a member's role, of role and status",
      to: { roleSlug: "admin", status: "inactive" },
      path: membership,
    },
    {
      name: "a member's suspension, of role and status",
      to: { roleSlug: "admin", status: "inactive" },
      path: `${membership}/deactivate`,
    },
    {
      name: "a member's return",
      given: { status: "inactive" },
      to: { status: "active" },
      path: `${membership}/reactivate`,
    },
  ],
  // What its mails meet is told below.
  Invitation: replaced,
  Group: [
    { name: "a group's name", to: { name: "Platform" }, path: "/organizations/{organization_id}/groups/{group_id}" },
  ],
  GroupMembership: replaced,
  GroupMembers: [
    {
      name: "a group's members",
      to: { organizationMembershipIds: [] },
      path: "/organizations/{organization_id}/groups/{group_id}/organization-memberships/{organization_membership_id}",
      count: [1, 0],
    },
  ],
  GroupRoleAssignments: [
    {
      name: "a group's roles, all at once",
      to: { roleAssignments: [{ roleSlug: "admin" }, { roleSlug: "member" }] },
      path: "/authorization/groups/{group_id}/role_assignments",
      count: [1, 2],
      method: "PUT",
    },
    {
      name: "a group's roles, one by one",
      given: { mode: undefined },
      to: { roleAssignments: [{ roleSlug: "admin" }, { roleSlug: "member" }] },
      path: "/authorization/groups/{group_id}/role_assignments",
      count: [1, 2],
      method: "POST",
    },
  ],
  Permission: [
    { name: "a permission's name", to: { name: "Pay all bills" }, path: "/authorization/permissions/{slug}" },
  ],
  EnvironmentRole: [
    {
      name: "an environment role's name, of name and permissions",
      to: { name: "Author", permissions: ["posts:read"] },
      path: environmentRole,
    },
    {
      name: "an environment role's permissions, of name and permissions",
      to: { name: "Author", permissions: ["posts:read"] },
      path: `${environmentRole}/permissions`,
    },
  ],
  OrganizationRole: [
    {
      name: "an organization role's name, of name and permissions",
      to: { name: "Accounting", permissions: ["bills:read"] },
      path: organizationRole,
    },
    {
      name: "an organization role's permissions, of name and permissions",
      to: { name: "Accounting", permissions: ["bills:read"] },
      path: `${organizationRole}/permissions`,
    },
  ],
  AuthorizationResource: [
    {
      name: "a resource's name and description",
      to: { name: "Apollo 11", description: undefined },
      path: "/authorization/resources/{resource_id}",
    },
  ],
  RoleAssignment: replaced,
  OrganizationApiKey: keyEnds,
  UserApiKey: keyEnds,
  ConnectApplication: [
    {
      name: "an application's name and scopes",
      to: { name: "Handbook", scopes: ["openid"] },
      path: "/connect/applications/{id}",
    },
  ],
  ConnectApplicationSecret: replaced,
  RedirectUri: replaced,
  CorsOrigin: replaced,
  WebhookEndpoint: [
    {
      name: "a webhook endpoint's address and events",
      to: { endpointUrl: "https://app.example.com/other", events: ["session.created"] },
      path: "/webhook_endpoints/{id}",
    },
  ],
  JwtTemplate: [
    {
      name: "the JWT template",
      to: { content: '{ "urn:app:name": {{ user.first_name }} }' },
      path: "/user_management/jwt_template",
    },
  ],
  FeatureFlagState: [
    { name: "a flag's state", to: { enabled: false }, path: "/feature-flags/{slug}/disable", count: [1, 0] },
  ],
  FeatureFlagTarget: replaced,
  AuditLogSchema: [
    {
      name: "an audit log's schema",
      to: { targets: [{ type: "invoice" }] },
      path: "/audit_logs/actions/{action_name}/schemas",
      method: "POST",
      once: true,
    },
  ],
  AuditLogRetention: [
    {
      name: "an audit log's retention",
      to: { retentionPeriodInDays: 365 },
      path: "/organizations/{id}/audit_logs_retention",
    },
  ],
  VaultObject: [{ name: "a vault object's value", to: { value: "another-horse-battery" }, path: "/vault/v1/kv/{id}" }],
  RadarListEntry: replaced,
  DataIntegration: [
    {
      name: "a data integration's description and secret",
      to: { description: "All bugs", clientSecret: "a-long-enough-secret-2" },
      path: "/data-integrations/{slug}",
    },
  ],
  OrganizationDataIntegration: [
    {
      name: "an organization's data integration, with its secret",
      to: { enabled: false, clientSecret: "a-long-enough-secret-2" },
      path: "/organizations/{organization_id}/data_integration_configurations/{slug}",
    },
  ],
};
const updates = kinds.flatMap((kind): Update[] => casesOf[kind].map((one) => ({ kind, ...one })));

it("every kind that is ever updated has a fault in each of its updates' calls", () => {
  const missing = kinds.filter(
    (kind) => kind !== "Invitation" && casesOf[kind].length < declarationOf(kind).updates.length,
  );
  expect(missing).toEqual([]);
});

async function living(kind: Kind, given: Inputs = {}) {
  const life = lifeOf(kind, current());
  const inputs = changed(await rows[kind].inputs(current()), { password: undefined, ...given });
  return { life, inputs, ...(await life.create(inputs)) };
}

describe.each(updates)("changing $name", ({ kind, given, to, path, method, once, count = [1, 1] }) => {
  it.each(faultCases)("survives $name", async ({ rule, told, effect }) => {
    const { life, inputs, id, outs } = await living(kind, given);
    const wanted = changed(inputs, to);
    expect(rows[kind].count(current())).toBe(count[0]);
    current().control.faults.add({ ...(method && { method }), path, ...rule });
    const isUnsure = once && told === "nothing" && effect !== "done";
    if (isUnsure) {
      const error = await failure(life.update(id, outs, wanted));
      expect(error.message).toContain("The request may have been carried out");
      await current().settle();
    }
    const updated = await life.update(id, outs, wanted);
    if (kind === "AuditLogSchema") expect(updated.version).toBe(2);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    expect(life.diff(updated, wanted)).toEqual(noChange);
    expect(await refreshed(life, id, updated)).toEqual({ props: updated, inputs: wanted });
    expect(rows[kind].count(current())).toBe(count[1]);
  });

  it("is finished by the next run after an outage", async () => {
    const { life, inputs, id, outs } = await living(kind, given);
    const wanted = changed(inputs, to);
    const fault = current().control.faults.add({ ...(method && { method }), path, status: 500, times: null });
    const error = await life.update(id, outs, wanted).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    current().control.faults.remove(fault);
    const state = error instanceof PartialFailure ? error.properties : outs;
    expect(life.diff(state, wanted)).toEqual({ ...noChange, changes: true });
    const updated = await life.update(id, state, wanted);
    expect(await refreshed(life, id, updated)).toEqual({ props: updated, inputs: wanted });
  });
});

describe.each(["new-token", "same"] as const)("mailing an invitation again, which gives it %s", (resend) => {
  it.each(faultCases)("sends one mail at most, whatever is tried next, after $name", async (fault) => {
    current().control.switches.set({ resend });
    const { life, inputs, id, outs } = await living("Invitation");
    const wanted = { ...inputs, resend: "second" };
    current().clock.advance(1_000);
    current().control.faults.add({ path: "/user_management/invitations/{id}/resend", ...fault.rule });
    const result = await life.update(id, outs, wanted).catch((reason: unknown) => reason as Error);
    await current().settle();
    expect(current().faultsHit()).toBe(1);

    const unsure = fault.told === "nothing" && fault.effect !== "done";
    expect(result instanceof Error).toBe(unsure || (fault.told === "failed" && fault.effect === "none"));
    if (unsure) {
      expect((result as Error).message).toMatch(
        /^POST .*\nThe mail to ann@example\.com may have been sent all the same, so it will not be sent again by itself\. To send it again, change the value of resend once more\.$/s,
      );
    }
    const state = result instanceof PartialFailure ? result.properties : result instanceof Error ? outs : result;
    expect(life.diff(state, wanted).changes).toBe(result instanceof Error && !unsure);
    const updated = await life.update(id, state, wanted);
    expect(life.diff(updated, wanted)).toEqual(noChange);
    const mails = current().control.mailbox.list().length - 1;
    expect(mails).toBe(unsure && fault.effect === "none" ? 0 : 1);
  });
});

describe.each(kinds.filter((kind) => !rows[kind].stays))("ending: %s", (kind) => {
  it.each(faultCases)("is done once, after $name", async ({ rule }) => {
    const { life, id, outs } = await living(kind);
    const others = { users: current().control.state().users.length - (kind === "User" ? 1 : 0) };
    const [write] = rows[kind].deletes;
    current().control.faults.add({ method: write?.method as "DELETE" | "POST", path: write?.path, ...rule });
    await life.remove(id, outs);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    expect(rows[kind].count(current())).toBe(0);
    expect(current().control.state().users).toHaveLength(others.users);
  });
});
