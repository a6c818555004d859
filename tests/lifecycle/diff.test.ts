/** Diff from a recorded state alone: what differs, what replaces, and in which order. */
import { unknownValue } from "../../provider/declare/unknown";
import { diff } from "../../provider/lifecycle";
import { type Kind } from "../../provider/resources";
import { type Inputs, type State } from "../../provider/declare/resource";
import { declarationOf, noChange } from "../support/life";

const difference = (kind: Kind, state: State, inputs: Inputs) => diff(declarationOf(kind), state, inputs);
const changes = { ...noChange, changes: true };

const user = { email: "ann@example.com", emailVerified: false, metadata: {}, __inputs: "email" };
const membership = {
  userId: "user_1",
  organizationId: "org_1",
  roleSlug: "member",
  roleSlugs: ["member"],
  status: "active",
  __inputs: "userId,organizationId",
};
const ends = { userId: "user_1", organizationId: "org_1" };
const key = { organizationId: "org_1", name: "ci", permissions: [], __inputs: "organizationId,name" };
const invitation = {
  email: "ann@example.com",
  organizationId: "org_1",
  roleSlug: "member",
  state: "pending",
  __inputs: "email,organizationId",
};
const address = { email: "ann@example.com", organizationId: "org_1" };

describe("what is no difference", () => {
  const same: readonly (readonly [string, Kind, State, Inputs])[] = [
    ["what is not managed", "User", { ...user, firstName: "Ann", locale: "de" }, { email: "ann@example.com" }],
    ["letter case of an address", "User", user, { email: "ANN@EXAMPLE.COM" }],
    ["an empty map where there is none", "User", user, { email: "ann@example.com", metadata: {} }],
    ["an older version's hidden output", "User", { email: "ann@example.com" }, { email: "ann@example.com" }],
    ["what the host adds", "User", { ...user, __provider: "old" }, { email: "ann@example.com", __provider: "new" }],
    [
      "the order of roles",
      "OrganizationMembership",
      { ...membership, roleSlugs: ["a", "b"] },
      { ...ends, roleSlugs: ["b", "a"] },
    ],
    ["a role named twice", "OrganizationMembership", membership, { ...ends, roleSlugs: ["member", "member"] }],
    [
      "active while pending",
      "OrganizationMembership",
      { ...membership, status: "pending" },
      { ...ends, status: "active" },
    ],
    [
      "no permissions, said or not",
      "OrganizationApiKey",
      key,
      { organizationId: "org_1", name: "ci", permissions: [] },
    ],
    [
      "a use of the key",
      "OrganizationApiKey",
      { ...key, lastUsedAt: "2026-01-01T00:00:00Z" },
      { organizationId: "org_1", name: "ci" },
    ],
  ];
  it.each(same)("%s", (_what, kind, state, inputs) => {
    expect(difference(kind, state, inputs)).toEqual(noChange);
  });
});

describe("what is a difference", () => {
  const different: readonly (readonly [string, Kind, State, Inputs])[] = [
    ["a value that is new", "User", user, { email: "ann@example.com", firstName: "Ann" }],
    ["a value that is unknown yet", "User", user, { email: unknownValue }],
    ["a value that is unknown inside", "User", user, { email: "ann@example.com", metadata: { team: unknownValue } }],
    ["an input that is let go of", "User", { ...user, __inputs: "email,locale" }, { email: "ann@example.com" }],
    [
      "one role where there are two",
      "OrganizationMembership",
      { ...membership, roleSlugs: ["member", "admin"] },
      { ...ends, roleSlug: "member" },
    ],
    [
      "inactive while pending",
      "OrganizationMembership",
      { ...membership, status: "pending" },
      { ...ends, status: "inactive" },
    ],
  ];
  it.each(different)("%s", (_what, kind, state, inputs) => {
    expect(difference(kind, state, inputs)).toEqual(changes);
  });
});

describe("what replaces", () => {
  it.each([
    ["OrganizationMembership", membership, { ...ends, userId: unknownValue }, ["userId"], false],
    ["OrganizationMembership", membership, { ...ends, organizationId: "org_2" }, ["organizationId"], false],
    ["OrganizationApiKey", key, { organizationId: "org_1", name: unknownValue }, ["name"], false],
    ["OrganizationApiKey", key, { organizationId: "org_1", name: "ci", keepers: { a: "1" } }, ["keepers"], false],
    ["Invitation", invitation, { ...address, roleSlug: "admin" }, ["roleSlug"], true],
    ["Invitation", invitation, { email: "ann@example.com" }, ["organizationId"], false],
    ["Invitation", invitation, { ...address, email: "b@example.com", roleSlug: "admin" }, ["email", "roleSlug"], false],
  ] as const)("%s %j declared as %j replaces for %j, deleting first: %s", (kind, state, inputs, replaces, first) => {
    expect(difference(kind, state, inputs)).toEqual({ changes: true, replaces, deleteBeforeReplace: first });
  });
});

describe("an accepted invitation", () => {
  const accepted = { ...invitation, state: "accepted", __inputs: "email,organizationId,roleSlug,resend", resend: "1" };

  it.each([{ roleSlug: "admin" }, { resend: "2" }, { expiresInDays: 3 }, {}])(
    "is settled: %j differs no more",
    (more) => {
      expect(difference("Invitation", accepted, { ...address, ...more })).toEqual(noChange);
    },
  );

  it("is replaced for another address or organization", () => {
    expect(difference("Invitation", accepted, { ...address, email: "b@example.com" }).replaces).toEqual(["email"]);
    expect(difference("Invitation", accepted, { ...address, organizationId: "org_2" }).replaces).toEqual([
      "organizationId",
    ]);
  });
});
