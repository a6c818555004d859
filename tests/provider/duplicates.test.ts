/** What two declarations of one thing are, for whoever sees the inputs of a program and who declares them. */
import { declaring, Declarations, type Declarer, identified } from "../../provider/duplicates";
import { unknownValue } from "../../provider/declare/unknown";
import { nativeLifecycles } from "../../provider/native";

const claimsOf = (kind: string) => nativeLifecycles.get(kind)?.claims ?? {};

/** A program's declarations, each by its kind and name. */
function program() {
  const declarations = new Declarations();
  const declarers = new Map<string, Declarer>();
  const declarer = (kind: string, name: string) => {
    const known = declarers.get(kind + name) ?? { kind, name };
    declarers.set(kind + name, known);
    return known;
  };
  return {
    declare: (kind: string, name: string, inputs: object) =>
      declaring(declarations, declarer(kind, name), claimsOf(kind), { ...inputs }),
    made: (kind: string, name: string, id: string, inputs: object) =>
      identified(declarations, declarer(kind, name), claimsOf(kind), id, { ...inputs }),
  };
}

const membership = { userId: "user_1", organizationId: "org_1" };
const roster = { organizationId: "org_1", members: { "ann@example.com": {} } };

type Said = [kind: string, inputs: object];
it.each<[what: string, one: Said, other: Said, conflict: string]>([
  [
    "an address in another case",
    ["User", { email: "a@x.example" }],
    ["User", { email: "A@X.example" }],
    "the same email",
  ],
  [
    "an external id",
    ["User", { email: "a@x.example", externalId: "1" }],
    ["User", { email: "b@x.example", externalId: "1" }],
    "the same externalId",
  ],
  [
    "both ids of a membership",
    ["OrganizationMembership", membership],
    ["OrganizationMembership", { ...membership, roleSlug: "admin" }],
    "the same userId and organizationId",
  ],
  [
    "what there is one of",
    ["JwtTemplate", { content: "{}" }],
    ["JwtTemplate", { content: "[]" }],
    "there is one in an environment",
  ],
  [
    "a roster",
    ["OrganizationRoster", roster],
    ["OrganizationRoster", { organizationId: "org_1", members: {} }],
    "the same organizationId",
  ],
  [
    "a person of a roster",
    ["OrganizationRoster", roster],
    ["Invitation", { email: "Ann@example.com", organizationId: "org_1" }],
    'the access of ann@example.com, which OrganizationRoster "one"',
  ],
  [
    "a person of a later roster",
    ["Invitation", { email: "ann@example.com", organizationId: "org_1" }],
    ["OrganizationRoster", roster],
    'the access of ann@example.com, which Invitation "one"',
  ],
  [
    "a domain",
    ["Organization", { name: "A", domains: [{ domain: "a.example" }] }],
    ["OrganizationDomain", { organizationId: "org_2", domain: "A.example" }],
    "declares the domain A.example, which Organization",
  ],
])("%s is declared once", (_what, [kind, inputs], [otherKind, others], conflict) => {
  const { declare } = program();
  expect(declare(kind, "one", inputs)).toEqual([]);
  // The engine asks again for a replacement.
  expect(declare(kind, "one", inputs)).toEqual([]);
  const [told, ...more] = declare(otherKind, "two", others);
  expect(told).toContain(conflict);
  expect(more).toEqual([]);
});

it.each<[what: string, one: Said, other: Said]>([
  ["two whose key is not known yet", ["User", { email: unknownValue }], ["User", { email: unknownValue }]],
  ["two without the key", ["Organization", { name: "A" }], ["Organization", { name: "A" }]],
  [
    "a person in two organizations",
    ["OrganizationRoster", roster],
    ["Invitation", { email: "ann@example.com", organizationId: "org_2" }],
  ],
  [
    "an invitation of the environment beside one of an organization",
    ["Invitation", { email: "a@x.example" }],
    ["Invitation", { email: "a@x.example", organizationId: "org_1" }],
  ],
])("%s are none", (_what, [kind, inputs], [otherKind, others]) => {
  const { declare } = program();
  expect([...declare(kind, "one", inputs), ...declare(otherKind, "two", others)]).toEqual([]);
});

it("a membership is that of whom its user is declared to be", () => {
  const { declare, made } = program();
  declare("OrganizationRoster", "people", roster);
  made("User", "ann", "user_1", { email: "Ann@example.com" });
  expect(declare("OrganizationMembership", "two", membership)).toEqual([
    'OrganizationMembership "two" declares the access of ann@example.com, which OrganizationRoster "people" declares already, to the same organization. Keep one of the two: they would undo each other\'s changes at every run.',
  ]);
});

it("a domain beside all that an organization declares is one too many, whichever is seen first", () => {
  const whole = { name: "A", domains: [{ domain: "a.example" }] };
  const more = { organizationId: "org_1", domain: "more.example" };
  const one = program();
  one.made("Organization", "a", "org_1", whole);
  const conflict =
    'OrganizationDomain "more" adds a domain to an organization whose domains Organization "a" declares already';
  expect(one.declare("OrganizationDomain", "more", more).join()).toContain(conflict);
  const other = program();
  expect(other.declare("OrganizationDomain", "more", more)).toEqual([]);
  expect(other.made("Organization", "a", "org_1", whole)).toContain(conflict);
});

it("what was refused declares nothing", () => {
  const { declare } = program();
  declare("Invitation", "bob", { email: "bob@example.com", organizationId: "org_1" });
  const both = { ...roster, members: { "bob@example.com": {}, "cat@example.com": {} } };
  expect(declare("OrganizationRoster", "people", both)).toHaveLength(1);
  expect(declare("Invitation", "cat", { email: "cat@example.com", organizationId: "org_1" })).toEqual([]);
});
