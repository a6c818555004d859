/** What a program may say of a roster, and how it is told that it may not. */
import { rosterLifecycle } from "../../provider/roster";
import { type Inputs } from "../../provider/declare/resource";
import { VirtualClock } from "../support/virtual-clock";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const check = (inputs: Inputs, allowedDomains?: string[]) =>
  rosterLifecycle
    .check({}, inputs, { clock: new VirtualClock(), allowedDomains })
    .failures.map(({ property, reason }) => `${property} ${reason}`);
const roster = (members: object, options: object = {}) => ({ organizationId: "org_1", members, ...options });

test.each<[string, Inputs]>([
  [
    "all that can be said",
    roster(
      {
        "ann@example.com": {
          roles: ["admin"],
          groups: ["Support"],
          firstName: "Ann",
          metadata: { a: "b" },
          status: "inactive",
          via: "invitation",
        },
      },
      {
        mode: "authoritative",
        onRemove: "delete",
        onDestroy: "remove",
        manageProfiles: true,
        guards: { minAdmins: 1, requiredAdmins: ["ann@example.com"], maxRemovals: { people: 5, fraction: 0.2 } },
      },
    ),
  ],
  ["nobody", roster({})],
  ["what is unknown yet", { organizationId: unknown, members: { "ann@example.com": { roles: [unknown] } } }],
])("accepts %s", (_what, inputs) => {
  expect(check(inputs)).toEqual([]);
});

test.each<[string, Inputs, string[]]>([
  [
    "nothing",
    {},
    ["organizationId is required: no roster can be without it", "members is required: no roster can be without it"],
  ],
  [
    "a misspelt input",
    roster({}, { mod: "additive" }),
    ["mod is not an input of OrganizationRoster; did you mean mode?"],
  ],
  [
    "a misspelt field",
    roster({ "a@example.com": { role: [] } }),
    ['members["a@example.com"] does not know role; did you mean roles?'],
  ],
  [
    "an address twice",
    roster({ "a@example.com": {}, "A@example.com": {} }),
    ['members["A@example.com"] is the same address as "a@example.com", written differently; keep one of the two'],
  ],
  [
    "what is no address",
    roster({ ann: {} }),
    ['members["ann"] "ann" is not an email address; write it like ann@example.com'],
  ],
  [
    "no roles at all",
    roster({ "a@example.com": { roles: [] } }),
    ['members["a@example.com"].roles must name at least one role; leave it out to leave it unmanaged'],
  ],
  [
    "groups that are no names",
    roster({ "a@example.com": { groups: "Support" }, "b@example.com": { groups: ["x".repeat(257)] } }),
    [
      'members["a@example.com"].groups must be a list of groups',
      'members["b@example.com"].groups.0 must be at most 256 characters long (it has 257)',
    ],
  ],
  [
    "a share above one",
    roster({}, { guards: { maxRemovals: { fraction: 10 } } }),
    ["guards.maxRemovals.fraction must be a share from 0 to 1, such as 0.1"],
  ],
])("refuses %s", (_what, inputs, failures) => {
  expect(check(inputs)).toEqual(failures);
});

test("refuses addresses outside the allowed domains", () => {
  expect(check(roster({ "a@evil.example": {} }), ["example.com"])).toEqual([
    'members["a@evil.example"] is outside the allowed domains (workos:allowedDomains: example.com)',
  ]);
});

test("shows twenty mistakes of ten thousand", () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`p${index}`, {}]));
  const failures = check(roster(many));
  expect(failures).toHaveLength(21);
  expect(failures.at(-1)).toBe("members has 9980 more mistakes like these");
});
