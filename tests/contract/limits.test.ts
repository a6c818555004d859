/**
 * Every limit that the vendor's document sets for requests is kept: by the local AuthKit, and by what resources and
 * rosters declare, before anything is sent. A limit of a newer edition that nobody keeps fails here.
 */
import { type AnyEndpoint } from "../../api/endpoint";
import { authEndpoints, endpoints, pageEndpoints } from "../../api/endpoints/index";
import { compileOperation } from "../../api/http/request";
import { limits } from "../../api/schemas/limits";
import { seedSchema } from "../../emulator/seed/schema";
import { check as checkRoster } from "../../provider/roster/check";
import { memberShapes } from "../../provider/roster/roster";
import { type Kind, kinds } from "../../provider/resources";
import { rows } from "../kinds";
import { checked } from "../support/checking";
import { declarationOf } from "../support/life";
import { violations } from "./support/conformance";
import { ContractRun, Sightings } from "./support/contract-run";
import { connected } from "./answers/directories";
import { allEndpoints } from "./support/declared";
import { type Fields, requestFor, things } from "./support/limit-requests";
import { kindAt, type Limit, limitsOf, sidesOf, textOfLimit, withValue } from "./support/limits";
import { specification } from "./support/specification";

const { users, organizations, invitations, apiKeys, organizationRoles, organizationMemberships } = endpoints;
const { groups, groupMemberships, groupRoleAssignments, redirectUris } = endpoints;
const { userApiKeys, connectApplications, dataIntegrations, featureFlags } = endpoints;
const { authorizationResources, roleAssignments, auditLogSchemas, auditLogRetentions, vault, radarLists } = endpoints;
const { permissions, roles } = endpoints;

/** What the vendor limits in words and by codes of its own, not by the schema. */
const inWords = (place: string, aspect: string, to: number): Limit => ({
  operation: invitations.send.operation,
  place,
  aspect,
  to: String(to),
  ascii: false,
});
const { least, most } = limits.invitationDays;
const limitsInWords = [
  inWords("body.expires_in_days", "minimum", least),
  inWords("body.expires_in_days", "maximum", most),
];

const addedAllTheTime = [endpoints.webhookEndpoints.create, endpoints.webhookEndpoints.update]
  .flatMap(limitsOf)
  .filter(({ place }) => place === "body.events[]")
  .map((limit) => [textOfLimit(limit), "events are added: a plan says which are not known, the vendor decides"]);

/** Limits that the local AuthKit or `check` deliberately does not keep, as `textOfLimit` writes them, and why. */
const notKept: Readonly<Record<"local" | "declared", Readonly<Record<string, string>>>> = {
  local: {
    [`${endpoints.portal.generateLink.operation}: body.intent_options.sso.provider_type enum GoogleSAML`]:
      "gone in the vendor's newer edition",
  },
  declared: Object.fromEntries(addedAllTheTime) as Readonly<Record<string, string>>,
};

const ofEndpoint = (endpoint: AnyEndpoint) => [
  ...limitsOf(endpoint),
  ...limitsInWords.filter(({ operation }) => operation === endpoint.operation),
];
const all = allEndpoints.flatMap((endpoint) =>
  ofEndpoint(endpoint).map((limit) => [textOfLimit(limit), endpoint, limit] as const),
);

describe("the local AuthKit", () => {
  let run: ContractRun;
  beforeAll(async () => {
    run = await ContractRun.start(new Sightings(), { seed: connected });
  });
  beforeEach(() => run.control.reset());
  afterAll(() => run.close());

  const pages: readonly AnyEndpoint[] = Object.values(pageEndpoints);

  async function answer(endpoint: AnyEndpoint, input: Fields) {
    const { path, body } = compileOperation(endpoint).prepare(input);
    const response = await fetch(run.emulator.url + path, {
      method: endpoint.method,
      redirect: "manual",
      headers: { Authorization: `Bearer ${run.emulator.apiKey}`, "Content-Type": "application/json" },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  /** As documented; a list without a documented 422 answers as every other list does. */
  function expectRefused(endpoint: AnyEndpoint, { status, text }: { status: number; text: string }) {
    expect([400, 422]).toContain(status);
    if (pages.includes(endpoint)) return;
    const documented = specification().find(endpoint.method, endpoint.path)?.answers.get(status);
    expect(violations(documented ?? anyRefusal, JSON.parse(text))).toEqual([]);
  }
  const anyRefusal = {
    type: "object",
    required: ["message", "code"],
    properties: { message: { type: "string" }, code: { const: "invalid_request_parameters" } },
  };

  /** Whether the value fits is one question there, what it goes with another, which a different code answers. */
  const fitsOnly = ({ operation, place }: Limit) =>
    place.startsWith("body.password_") ||
    place.endsWith("].grant_type") ||
    operation === authEndpoints.passwordReset.create.operation;

  test.each(all)("takes what is just inside of %s, and refuses what is outside", async (text, endpoint, limit) => {
    const available = await things(run);
    const request = async (value: unknown) => {
      const base = await requestFor(endpoint, available);
      const needs = limit.place.startsWith("body.password_") ? { password_hash: "x", password_hash_type: "ssha" } : {};
      return withValue({ ...base, ...needs, ...kindAt(limit.place) }, limit.place, value);
    };
    const { inside, outside } = sidesOf(limit, await requestFor(endpoint, available));
    for (const value of inside) {
      const { status, text: said } = await answer(endpoint, await request(value));
      if (status < 400 || (fitsOnly(limit) && status !== 422)) continue;
      throw new Error(`${status} to ${JSON.stringify(value).slice(0, 80)}: ${said}`);
    }
    for (const value of outside) {
      const input = await request(value);
      if (text in notKept.local) {
        expect((await answer(endpoint, input)).status).toBeLessThan(400);
        continue;
      }
      const refused = await answer(endpoint, input);
      expectRefused(endpoint, refused);
      if (fitsOnly(limit)) expect(refused.status).toBe(422);
    }
  });
});

describe("what a program declares", () => {
  /** The operations that take what a resource declares. */
  const takenBy: Readonly<Record<Kind, readonly AnyEndpoint[]>> = {
    User: [users.create, users.update],
    Organization: [organizations.create, organizations.update],
    OrganizationMembership: [organizationMemberships.create, organizationMemberships.update],
    Invitation: [invitations.send, invitations.resend],
    OrganizationApiKey: [apiKeys.createForOrganization, apiKeys.expire],
    RedirectUri: [redirectUris.create],
    WebhookEndpoint: [endpoints.webhookEndpoints.create, endpoints.webhookEndpoints.update],
    CorsOrigin: [endpoints.corsOrigins.create],
    JwtTemplate: [endpoints.jwtTemplate.update],
    OrganizationDomain: [endpoints.organizationDomains.create],
    OrganizationRole: [organizationRoles.create, organizationRoles.update, organizationRoles.setPermissions],
    Group: [groups.create, groups.update],
    GroupMembership: [groupMemberships.add],
    UserApiKey: [userApiKeys.create, apiKeys.expire],
    AuthorizationResource: [authorizationResources.create, authorizationResources.update],
    RoleAssignment: [roleAssignments.assign],
    AuditLogSchema: [auditLogSchemas.create],
    AuditLogRetention: [auditLogRetentions.set],
    EnvironmentRole: [roles.create, roles.update, roles.setPermissions],
    Permission: [permissions.create, permissions.update],
    GroupMembers: [groupMemberships.add],
    ConnectApplication: [connectApplications.create, connectApplications.update],
    ConnectApplicationSecret: [connectApplications.createSecret],
    VaultObject: [vault.create, vault.update],
    RadarListEntry: [radarLists.add],
    GroupRoleAssignments: [groupRoleAssignments.create, groupRoleAssignments.replace],
    FeatureFlagTarget: [featureFlags.addTarget],
    FeatureFlagState: [featureFlags.enable, featureFlags.disable],
    // What is nested in its bodies, its inputs say flat.
    DataIntegration: [],
    OrganizationDataIntegration: [dataIntegrations.configure],
  };
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

  interface Case {
    readonly property: string;
    readonly limit: Limit;
    /** The limit's place, with the property's name in it. */
    readonly place: string;
  }

  function casesOf(names: ReadonlyMap<string, string>, operations: readonly AnyEndpoint[]): Case[] {
    return operations.flatMap(ofEndpoint).flatMap((limit) => {
      const [, field = "", rest = ""] = /^body\.(\w+)(.*)$/.exec(limit.place) ?? [];
      const property = names.get(field);
      return property === undefined ? [] : [{ property, limit, place: `body.${property}${rest}` }];
    });
  }

  const inputsOf = (kind: Kind) =>
    new Map(
      Object.entries(declarationOf(kind).inputs).map(([name, { traits }]) => [traits.wire?.name ?? snake(name), name]),
    );
  const ofResources = kinds.flatMap((kind) =>
    casesOf(inputsOf(kind), takenBy[kind]).map(
      (one) => [`${kind}.${one.property}`, textOfLimit(one.limit), kind, one] as const,
    ),
  );

  /** One sentence for a reader, and no library's. */
  function expectPlain(reason: string) {
    expect(reason).not.toMatch(/\n|expected|received|invalid|too (big|small)|undefined/i);
    expect(reason).toMatch(/\b(must|is not)\b/);
  }

  const expectRefusal = (reasons: readonly string[], text: string) => {
    if (text in notKept.declared) {
      expect(reasons).toEqual([]);
      return;
    }
    expect(reasons).toHaveLength(1);
    expectPlain(reasons[0] ?? "");
  };

  test.each(ofResources)(
    "%s is held to %s before anything is sent",
    (_name, text, kind, { property, limit, place }) => {
      const accepted = rows[kind].everything.find((inputs) => property in inputs) ?? rows[kind].accepted;
      const reasons = (value: unknown) =>
        checked(kind, withValue(accepted, place, value))
          .failures.filter((failure) => failure.property === property)
          .map(({ reason }) => reason);
      const { inside, outside } = sidesOf(limit, accepted, place);
      for (const value of inside) expect([value, reasons(value)]).toEqual([value, []]);
      for (const value of outside) expectRefusal(reasons(value), text);
    },
  );

  test("every input that the vendor limits is among them", () => {
    expect([...new Set(ofResources.map(([name]) => name))].sort()).toEqual([
      "AuditLogSchema.targets",
      ...["AuthorizationResource.description", "AuthorizationResource.externalId", "AuthorizationResource.name"],
      ...["EnvironmentRole.description", "EnvironmentRole.name", "EnvironmentRole.resourceTypeSlug"],
      "EnvironmentRole.slug",
      ...["Group.description", "Group.name", "GroupRoleAssignments.roleAssignments"],
      ...["Invitation.email", "Invitation.expiresInDays", "Invitation.locale"],
      ...["Organization.domains", "Organization.externalId", "Organization.metadata"],
      "OrganizationApiKey.expiresAt",
      ...["OrganizationDataIntegration.clientId", "OrganizationDataIntegration.clientSecret"],
      ...["OrganizationRole.description", "OrganizationRole.name", "OrganizationRole.resourceTypeSlug"],
      ...["OrganizationRole.slug", "Permission.description", "Permission.name", "Permission.resourceTypeSlug"],
      ...["Permission.slug", "User.email", "User.externalId", "User.metadata"],
      ...["User.passwordHashType", "User.passwordSaltPosition", "UserApiKey.expiresAt"],
      ...["VaultObject.keyContext", "VaultObject.name"],
      ...["WebhookEndpoint.events", "WebhookEndpoint.status"],
    ]);
  });

  const memberNames = new Map(Object.keys(memberShapes).map((name) => [snake(name), name]));
  const ofMembers = casesOf(memberNames, [users.create, users.update]).map(
    (one) => [one.property, textOfLimit(one.limit), one] as const,
  );
  test.each(ofMembers)("a roster's %s is held to %s", (_name, text, { limit, place }) => {
    const reasons = (value: unknown) =>
      checkRoster(
        {},
        { organizationId: "org_1", members: { "ann@example.com": withValue({}, place, value) } },
        {},
      ).failures.map(({ reason }) => reason);
    const { inside, outside } = sidesOf(limit);
    for (const value of inside) expect([value, reasons(value)]).toEqual([value, []]);
    for (const value of outside) expectRefusal(reasons(value), text);
  });
});

describe("a seed of the local AuthKit", () => {
  const seeded = (list: "users" | "organizations", names: readonly string[], operation: AnyEndpoint) =>
    ofEndpoint(operation)
      .filter(({ place }) => names.some((name) => new RegExp(`^body\\.${name}\\b`).test(place)))
      .map((limit) => [`${list}: ${limit.place} ${limit.aspect}`, list, limit] as const);
  const base = { users: { email: "ann@example.com" }, organizations: { name: "Acme" } };

  test.each([
    ...seeded("users", ["email", "external_id", "metadata"], users.create),
    ...seeded("organizations", ["external_id", "metadata"], organizations.create),
  ])("is held to %s", (_name, list, limit) => {
    const fits = (value: unknown) =>
      seedSchema.safeParse({ [list]: [withValue(base[list], limit.place, value)] }).success;
    const { inside, outside } = sidesOf(limit);
    expect([...inside.map(fits), ...outside.map(fits)]).toEqual([
      ...inside.map(() => true),
      ...outside.map(() => false),
    ]);
  });
});

test("every limit that is not kept is one, with a reason", () => {
  const known = new Set(all.map(([text]) => text));
  const listed = [...Object.entries(notKept.local), ...Object.entries(notKept.declared)];
  expect(listed.filter(([text, reason]) => !known.has(text) || reason.length < 10)).toEqual([]);
});

/** Operations whose path is checked by their handler; `check` takes the same from the declaration. */
const pathsChecked = Object.values(radarLists).map(({ path }) => String(path));

test("path parameters have no limits, which nobody would keep", () => {
  const limited = allEndpoints
    .filter(({ path }) => !pathsChecked.includes(path))
    .flatMap(
      ({ method, path }) =>
        specification()
          .find(method, path)
          ?.parameters.filter(({ in: where, schema }) => where === "path" && Object.keys(schema).some(isLimit)) ?? [],
    );
  expect(limited).toEqual([]);
});
const isLimit = (keyword: string) => !["type", "description", "example", "title"].includes(keyword);

test("a limit that a newer edition brings is noticed", () => {
  const limit: Limit = { operation: "A_b", place: "body.tags", aspect: "uniqueItems", to: "true", ascii: false };
  expect(() => sidesOf(limit)).toThrow("no values for uniqueItems");
});
