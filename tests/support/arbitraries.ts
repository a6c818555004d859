/** Random inputs of every kind of resource that `check` accepts and the local AuthKit takes. */
import fc from "fast-check";
import { bcryptHash, otherBcryptHash } from "../lifecycle/rows/user";
import { type Kind } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";

type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const name = fc.stringMatching(/^[A-Za-zÀ-ž'"<>&%]([ A-Za-zÀ-ž'"<>&%]{0,10}[A-Za-z])?$/);
const email = fc.constantFrom("ann@example.com", "Ann@Example.com", "ben@example.org", "b.e+n@example.org");
const map = fc.dictionary(fc.stringMatching(/^[a-c][A-Za-z_ ]{0,3}$/), fc.string({ maxLength: 8 }), {
  maxKeys: 4,
  noNullPrototype: true,
});
const roles = ["admin", "member", "viewer"] as const;
const role = fc.constantFrom(...roles);
const permission = fc.constantFrom("posts:read", "posts:write", "users.*", "a_b");
const distinct = <T>(item: fc.Arbitrary<T>, minLength: number) => fc.uniqueArray(item, { minLength, maxLength: 3 });
const moment = fc.constantFrom(
  "2027-01-31T00:00:00Z",
  "2027-01-31T01:00:00+01:00",
  "2027-01-31T00:00:00.000Z",
  "2026-12-24T18:30:00.5Z",
);
const domain = fc.record(
  {
    domain: fc.constantFrom("acme.example", "ACME.example", "acme.test", "mail.acme.test"),
    state: fc.constantFrom("pending", "verified"),
  },
  { requiredKeys: ["domain"], noNullPrototype: true },
);

/** Ids that exist, where a test runs against an emulator. */
export interface Ids {
  readonly users: readonly [string, ...string[]];
  readonly organizations: readonly [string, ...string[]];
}

const noIds: Ids = { users: ["user_1", "user_2"], organizations: ["org_1", "org_2"] };

/** A random value for every input of a kind. */
export function valuesOf(kind: Kind, ids: Ids = noIds): Values {
  const userId = fc.constantFrom(...ids.users);
  const organizationId = fc.constantFrom(...ids.organizations);
  const values: Readonly<Record<Kind, Values>> = {
    Organization: {
      name,
      externalId: word,
      metadata: map,
      domains: fc.uniqueArray(domain, { maxLength: 3, selector: (entry) => entry.domain.toLowerCase() }),
      stripeCustomerId: word,
      allowProfilesOutsideOrganization: fc.boolean(),
    },
    User: {
      email,
      firstName: name,
      lastName: name,
      name,
      emailVerified: fc.boolean(),
      externalId: word,
      metadata: map,
      locale: fc.constantFrom("en", "de", "pt-BR"),
      password: fc.constantFrom("correct-horse-battery", "another-horse-battery"),
      passwordHash: fc.constantFrom(bcryptHash, otherBcryptHash),
      passwordHashType: fc.constant("bcrypt"),
      passwordSaltPosition: fc.constantFrom("prefix", "suffix"),
    },
    OrganizationMembership: {
      userId,
      organizationId,
      roleSlug: role,
      roleSlugs: distinct(role, 1),
      status: fc.constantFrom("active", "inactive"),
    },
    Invitation: {
      email,
      organizationId,
      roleSlug: role,
      expiresInDays: fc.integer({ min: 1, max: 30 }),
      inviterUserId: userId,
      locale: fc.constantFrom("en", "de", "pt-BR"),
      resend: word,
    },
    OrganizationApiKey: {
      organizationId,
      name,
      permissions: distinct(permission, 0),
      expiresAt: moment,
      keepers: map,
    },
  };
  return values[kind];
}

/** The slugs of roles that `inputsOf` uses and that no environment has by itself. */
export const extraRole = "viewer";

/** Random inputs of a kind that go together. */
export function inputsOf(kind: Kind, requiredKeys: readonly string[], ids?: Ids): fc.Arbitrary<Inputs> {
  return fc
    .record({ ...valuesOf(kind, ids) }, { requiredKeys: [...requiredKeys], noNullPrototype: true })
    .map((inputs) => fitting(inputs));
}

/** Takes out what excludes or needs another input. */
function fitting(given: Record<string, unknown>): Inputs {
  const inputs = { ...given };
  const without = (...names: string[]) => {
    for (const each of names) Reflect.deleteProperty(inputs, each);
  };
  if (inputs.password !== undefined) without("passwordHash");
  if (inputs.passwordHashType === undefined) without("passwordHash");
  if (inputs.passwordHash === undefined) without("passwordHashType", "passwordSaltPosition");
  if (inputs.roleSlugs !== undefined) without("roleSlug");
  if (inputs.userId === undefined && inputs.organizationId === undefined) without("roleSlug");
  return inputs;
}
