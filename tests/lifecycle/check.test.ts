import { passwordHashTypes } from "../../api/schemas/password-hash-types";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { rows } from "../kinds";
import { checked, complaints } from "../support/checking";

type Rule = readonly [kind: Kind, changes: Inputs, complaints: Readonly<Record<string, string>>];

const long = (length: number) => "x".repeat(length);
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, "x"]));

const notAnEmail = (value: string) => `${value} is not an email address; write it like ann@example.com`;
const notAnId = (value: string, prefix: string) =>
  `"${value}" is not an id that starts with "${prefix}"; pass the id of the resource meant, not its name or another id`;
const notASlug = (value: string) =>
  `"${value}" is not a slug; slugs are lowercase letters, digits and - _ : . * (the slug, not the display name)`;
const notAMoment = (value: string) =>
  `"${value}" is not a moment in time; write it in RFC 3339 form, like 2027-01-31T00:00:00Z`;
const days = (value: string) => `must be a whole number from 1 to 30 (it is ${value})`;
const notAUri = (value: string, problem: string) =>
  `"${value}" is not a redirect URI: ${problem}; write it like https://app.example.com/callback`;
const strayStar =
  "a * may stand in the first part of a host name, as in https://*.app.example.com, or for a port of localhost";
const toRetain =
  'must be "retain": WorkOS has no operation that deletes this, so that removing it from the program leaves it there';
const empty = "must not be empty; leave it out to leave it unmanaged";

const rules: readonly Rule[] = [
  ["User", { email: "ann" }, { email: notAnEmail('"ann"') }],
  ["User", { email: "" }, { email: notAnEmail('""') }],
  ["User", { email: ["ann@example.com"] }, { email: notAnEmail("a list") }],
  ["User", { email: undefined }, { email: "is required: no user can be without it" }],
  ["User", { email: null }, { email: "is required: no user can be without it" }],
  ["User", { firstName: "" }, { firstName: empty }],
  ["User", { firstName: 5 }, { firstName: "must be text" }],
  ["User", { emailVerified: "true" }, { emailVerified: "must be true or false" }],
  ["User", { externalId: long(129) }, { externalId: "must be at most 128 characters long (it has 129)" }],
  ["User", { externalId: "Änne" }, { externalId: "must consist of ASCII characters only" }],
  ["User", { metadata: "team" }, { metadata: "must be a map from text to text" }],
  ["User", { metadata: { team: 5 } }, { metadata: '["team"] must be text' }],
  ["User", { metadata: keys(51) }, { metadata: "must have at most 50 keys (it has 51)" }],
  [
    "User",
    { metadata: { [long(41)]: "x" } },
    { metadata: `["${long(41)}"] the key must be at most 40 characters long (it has 41)` },
  ],
  [
    "User",
    { metadata: { team: long(601) } },
    { metadata: '["team"] must be at most 600 characters long (it has 601)' },
  ],
  [
    "User",
    { password: "p", passwordHash: "h", passwordHashType: "bcrypt" },
    { passwordHash: "excludes password; give the plain password or its hash, not both" },
  ],
  [
    "User",
    { passwordHash: "h" },
    { passwordHashType: `is needed with passwordHash; it is one of ${passwordHashTypes.join(", ")}` },
  ],
  [
    "User",
    { passwordHashType: "bcrypt" },
    { passwordHashType: "says how passwordHash was made; give passwordHash too, or leave it out" },
  ],
  [
    "User",
    { passwordSaltPosition: "prefix" },
    { passwordSaltPosition: "says how passwordHash was made; give passwordHash too, or leave it out" },
  ],
  [
    "User",
    { passwordHash: "h", passwordHashType: "md5" },
    { passwordHashType: `must be one of ${passwordHashTypes.join(", ")} (it is "md5")` },
  ],
  ["User", { password: "" }, { password: "must not be empty" }],
  ["User", { emial: "ann@example.com" }, { emial: "is not an input of User; did you mean email?" }],
  ["User", { first_name: "Ann" }, { first_name: "is not an input of User; did you mean firstName?" }],
  [
    "Organization",
    { externalId: undefined, adopt: "require" },
    { adopt: "needs externalId or adoptId: a name is not unique, so it cannot tell which one to take over" },
  ],
  [
    "Organization",
    { adoptId: "org_1" },
    { adoptId: 'says what to take over, and needs adopt: "require" or "if-exists"' },
  ],
  [
    "Organization",
    { stuff: "x" },
    {
      stuff:
        "is not an input of Organization; it takes name, externalId, metadata, domains, stripeCustomerId, allowProfilesOutsideOrganization, adopt, adoptId, onDestroy, forceDestroy",
    },
  ],
  ["Organization", { name: undefined }, { name: "is required: no organization can be without it" }],
  ["Organization", { domains: "acme.example" }, { domains: "must be a list of domain objects" }],
  ["Organization", { domains: ["acme.example"] }, { domains: "[0] must be an object with domain, state" }],
  [
    "Organization",
    { domains: [{ domain: "acme.example", verified: true }] },
    { domains: '[0] does not know "verified"; it takes domain, state' },
  ],
  [
    "Organization",
    { domains: [{ domain: "acme.example", state: "failed" }] },
    { domains: '[0]["state"] must be one of pending, verified (it is "failed")' },
  ],
  ["OrganizationMembership", { userId: "ann" }, { userId: notAnId("ann", "user_") }],
  ["OrganizationMembership", { organizationId: "user_1" }, { organizationId: notAnId("user_1", "org_") }],
  ["OrganizationMembership", { userId: 5 }, { userId: 'must be an id that starts with "user_"' }],
  ["OrganizationMembership", { roleSlug: "Team Admin" }, { roleSlug: notASlug("Team Admin") }],
  ["OrganizationMembership", { roleSlugs: ["admin", ""] }, { roleSlugs: `[1] ${notASlug("")}` }],
  [
    "OrganizationMembership",
    { roleSlugs: [] },
    { roleSlugs: "must name at least one role; leave it out to leave it unmanaged" },
  ],
  ["OrganizationMembership", { roleSlugs: "admin" }, { roleSlugs: "must be a list of roles" }],
  [
    "OrganizationMembership",
    { roleSlug: "admin", roleSlugs: ["member"] },
    { roleSlugs: "excludes roleSlug; put the one role into roleSlugs, or leave roleSlugs out" },
  ],
  ["OrganizationMembership", { status: "pending" }, { status: 'must be one of active, inactive (it is "pending")' }],
  ["Invitation", { email: "ann@" }, { email: notAnEmail('"ann@"') }],
  ["Invitation", { organizationId: "Acme" }, { organizationId: notAnId("Acme", "org_") }],
  ["Invitation", { inviterUserId: "ivo" }, { inviterUserId: notAnId("ivo", "user_") }],
  [
    "Invitation",
    { organizationId: undefined, roleSlug: "admin" },
    { roleSlug: "needs organizationId: a role is held in an organization" },
  ],
  ["Invitation", { expiresInDays: 0 }, { expiresInDays: days("0") }],
  ["Invitation", { expiresInDays: 31 }, { expiresInDays: days("31") }],
  ["Invitation", { expiresInDays: 2.5 }, { expiresInDays: days("2.5") }],
  ["Invitation", { expiresInDays: "7" }, { expiresInDays: days('"7"') }],
  [
    "Invitation",
    { locale: "klingon" },
    { locale: 'must be one of the documented values, such as af, am, ar, bg, bn, bs (it is "klingon")' },
  ],
  ["Invitation", { resend: 1 }, { resend: "must be text" }],
  ["OrganizationApiKey", { organizationId: "acme" }, { organizationId: notAnId("acme", "org_") }],
  ["OrganizationApiKey", { name: "" }, { name: empty }],
  ["OrganizationApiKey", { permissions: ["Read Posts"] }, { permissions: `[0] ${notASlug("Read Posts")}` }],
  ["OrganizationApiKey", { permissions: "posts:read" }, { permissions: "must be a list of permission slugs" }],
  ["OrganizationApiKey", { expiresAt: "tomorrow" }, { expiresAt: notAMoment("tomorrow") }],
  ["OrganizationApiKey", { expiresAt: "2027-01-31" }, { expiresAt: notAMoment("2027-01-31") }],
  [
    "OrganizationApiKey",
    { expiresAt: "2026-06-01T12:00:00Z" },
    { expiresAt: '"2026-06-01T12:00:00Z" has passed; give a moment in the future, or leave it out for no end' },
  ],
  ["OrganizationApiKey", { keepers: { rotation: 1 } }, { keepers: '["rotation"] must be text' }],
  ["RedirectUri", { uri: 5 }, { uri: "must be a URI, like https://app.example.com/callback" }],
  ["RedirectUri", { uri: "app.example.com" }, { uri: notAUri("app.example.com", "not an absolute URI") }],
  [
    "RedirectUri",
    { uri: "https://*.*.example.com" },
    { uri: notAUri("https://*.*.example.com", "only one * is allowed") },
  ],
  ["RedirectUri", { uri: "https://app.example.com/*" }, { uri: notAUri("https://app.example.com/*", strayStar) }],
  ["RedirectUri", { uri: "https://app.*.example.com" }, { uri: notAUri("https://app.*.example.com", strayStar) }],
  [
    "RedirectUri",
    { uri: "javascript:alert(1)" },
    { uri: notAUri("javascript:alert(1)", "javascript: is not an address of an application") },
  ],
  [
    "WebhookEndpoint",
    { endpointUrl: "http://app.example.com" },
    { endpointUrl: `"http://app.example.com" is not an https address; write it like https://app.example.com/webhooks` },
  ],
  ["WebhookEndpoint", { events: "user.created" }, { events: "must be a list of event names" }],
  ["WebhookEndpoint", { events: [""] }, { events: `[0] ${empty}` }],
  ["WebhookEndpoint", { status: "off" }, { status: 'must be one of enabled, disabled (it is "off")' }],
  [
    "CorsOrigin",
    { origin: "https://app.example.com/" },
    {
      origin: `"https://app.example.com/" is not an origin; write it like https://app.example.com, without a path and a / at its end`,
    },
  ],
  ["CorsOrigin", { onDestroy: undefined }, { onDestroy: toRetain }],
  ["CorsOrigin", { onDestroy: undefined, adopt: "never" }, { onDestroy: toRetain }],
  ["CorsOrigin", { onDestroy: undefined, adopt: "if-exists" }, {}],
  [
    "CorsOrigin",
    { onDestroy: "delete" },
    { onDestroy: 'can only be "retain": WorkOS has no operation that deletes this' },
  ],
  [
    "OrganizationDomain",
    { domain: "https://acme.example" },
    { domain: `"https://acme.example" is not a domain; write it like acme.example, without https:// or @` },
  ],
  [
    "OrganizationDomain",
    { waitForVerification: "10m" },
    { waitForVerification: "waits for what verify asks for; give verify too, or leave it out" },
  ],
  ["OrganizationApiKey", { keepers: "1" }, { keepers: "must be a map from text to text" }],
  ["Permission", { slug: "Pay bills" }, { slug: notASlug("Pay bills") }],
  ["Permission", { slug: long(49) }, { slug: "must be at most 48 characters long (it has 49)" }],
  ["Permission", { slug: 5 }, { slug: "must be a slug, like posts:read" }],
  ["EnvironmentRole", { slug: "Team Admin" }, { slug: notASlug("Team Admin") }],
  ["EnvironmentRole", { permissions: ["Read"] }, { permissions: `[0] ${notASlug("Read")}` }],
  ["EnvironmentRole", { onDestroy: undefined }, { onDestroy: toRetain }],
  [
    "EnvironmentRole",
    { onDestroy: "delete" },
    { onDestroy: 'can only be "retain": WorkOS has no operation that deletes this' },
  ],
];

describe("check", () => {
  it.each(kinds.map((kind) => ({ kind })))("finds nothing wrong with a plain $kind", ({ kind }) => {
    expect(checked(kind, rows[kind].accepted)).toEqual({ inputs: rows[kind].accepted, failures: [] });
  });

  it.each(rules)("says of a %s with %j what is wrong, and nothing else", (kind, changes, expected) => {
    expect(complaints(kind, changes)).toEqual(expected);
  });

  it("says one thing of a property, however much is wrong with it", () => {
    const { failures } = checked("OrganizationMembership", { userId: "x", organizationId: "y", roleSlugs: ["A", "B"] });
    expect(failures.map(({ property }) => property)).toEqual(["userId", "organizationId", "roleSlugs"]);
  });

  it("accepts what is at its limit", () => {
    expect(complaints("User", { externalId: long(128), metadata: { ...keys(49), [long(40)]: long(600) } })).toEqual({});
    for (const expiresInDays of [1, 30]) expect(complaints("Invitation", { expiresInDays })).toEqual({});
    expect(complaints("OrganizationApiKey", { expiresAt: "2026-06-01T12:00:00.001Z" })).toEqual({});
    expect(complaints("OrganizationApiKey", { expiresAt: "2026-06-01T14:00:01+02:00" })).toEqual({});
  });

  it("asks nothing of who only takes over what cannot be deleted", () => {
    for (const adopt of ["if-exists", "require"])
      expect(complaints("EnvironmentRole", { adopt, onDestroy: undefined })).toEqual({});
    expect(complaints("EnvironmentRole", { adopt: "never", onDestroy: undefined })).toHaveProperty("onDestroy");
  });

  it("takes null for left out, and keeps what the host adds out of the inputs", () => {
    const { inputs, failures } = checked("User", { email: "ann@example.com", firstName: null, __provider: "x" });
    expect({ inputs, failures }).toEqual({ inputs: { email: "ann@example.com" }, failures: [] });
  });
});

describe("a date that has passed", () => {
  const passed = { expiresAt: "2026-05-01T00:00:00Z" };

  it("is accepted as long as it is the one that was accepted before, in any spelling", () => {
    expect(complaints("OrganizationApiKey", passed, passed)).toEqual({});
    expect(complaints("OrganizationApiKey", passed, { expiresAt: "2026-05-01T02:00:00+02:00" })).toEqual({});
  });

  it("is refused when it is new or another one", () => {
    expect(complaints("OrganizationApiKey", passed)).toHaveProperty("expiresAt");
    expect(complaints("OrganizationApiKey", passed, { expiresAt: "2026-05-02T00:00:00Z" })).toHaveProperty("expiresAt");
  });
});

describe("secrets", () => {
  const secret = "hush-hush-0815";
  const wrong: readonly unknown[] = [[secret], { [secret]: secret }, { value: secret }, secret];

  it.each(["password", "passwordHash"])("are in no reason, whatever is wrong with %s", (property) => {
    for (const value of wrong) {
      const changes = { [property]: value, emial: secret, passwordHashType: "md5", externalId: long(200) };
      expect(JSON.stringify(complaints("User", changes))).not.toContain(secret);
    }
  });
});
