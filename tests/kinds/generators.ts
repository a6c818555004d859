/** Random values that `check` accepts and the local AuthKit takes. */
import fc from "fast-check";

export const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
export const name = fc.stringMatching(/^[A-Za-zÀ-ž'"<>&%]([ A-Za-zÀ-ž'"<>&%]{0,10}[A-Za-z])?$/);
export const email = fc.constantFrom("ann@example.com", "Ann@Example.com", "ben@example.org", "b.e+n@example.org");
export const map = fc.dictionary(fc.stringMatching(/^[a-c][A-Za-z_ ]{0,3}$/), fc.string({ maxLength: 8 }), {
  maxKeys: 4,
  noNullPrototype: true,
});
const roles = ["admin", "member", "viewer"] as const;
export const role = fc.constantFrom(...roles);
export const permission = fc.constantFrom("posts:read", "posts:write", "users.*", "a_b");
export const distinct = <T>(item: fc.Arbitrary<T>, minLength: number) =>
  fc.uniqueArray(item, { minLength, maxLength: 3 });
export const moment = fc.constantFrom(
  "2027-01-31T00:00:00Z",
  "2027-01-31T01:00:00+01:00",
  "2027-01-31T00:00:00.000Z",
  "2026-12-24T18:30:00.5Z",
);
export const domain = fc.record(
  {
    domain: fc.constantFrom("acme.example", "ACME.example", "acme.test", "mail.acme.test"),
    state: fc.constantFrom("pending", "verified"),
  },
  { requiredKeys: ["domain"], noNullPrototype: true },
);

export type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Ids that exist, where a test runs against an emulator. */
export interface Ids {
  readonly users: readonly [string, ...string[]];
  readonly organizations: readonly [string, ...string[]];
  /** Of the first organization, as are the memberships. */
  readonly groups: readonly [string, ...string[]];
  readonly memberships: readonly [string, ...string[]];
  /** Of a type for which there is the role below. */
  readonly resources: readonly [string, ...string[]];
  readonly applications: readonly [string, ...string[]];
}

export const noIds: Ids = {
  users: ["user_1", "user_2"],
  organizations: ["org_1", "org_2"],
  groups: ["group_1", "group_2"],
  memberships: ["om_1", "om_2"],
  applications: ["conn_app_1", "conn_app_2"],
  resources: ["authz_resource_1", "authz_resource_2"],
};

/** The slug of a role for resources of one type. */
export const extraResourceRole = "project-editor";

/** The slug of a role that no environment has by itself. */
export const extraRole = "viewer";
