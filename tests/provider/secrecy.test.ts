import { maskOf, SecretAddresses, secretMark } from "../../provider/declare/secrecy";

const members = { "ann@example.com": { roles: ["admin"], firstName: "Annabel", metadata: { desk: "7-north" } } };

test("nothing is masked where no input is a secret", () => {
  expect(maskOf({}, { members }, {})).toBeUndefined();
  expect(maskOf({}, { members, [secretMark]: "" })).toBeUndefined();
});

test.each([
  ["adds 1: ann@example.com", "adds 1: [secret]"],
  ["removes 3: ann@example.com, bob@example.com and 1 more.", "removes 3: [secret]."],
  ['the external id "x" belongs to Annabel (user_1)', 'the external id "x" belongs to [secret] (user_1)'],
  ["ANN@Example.com (member to admin)", "[secret] (member to admin)"],
  ["desk 7-north, admin", "desk [secret], admin"],
])("of secret members addresses and profiles are masked, and roles are not: %s", (text, expected) => {
  expect(maskOf({}, { members, [secretMark]: "members" })?.(text)).toBe(expected);
});

test("what one resource keeps secret is masked for others, in any letter case, and nobody else is", () => {
  const known = new SecretAddresses();
  expect(known.mask("ann@example.com joins")).toBe("ann@example.com joins");
  known.note({ members: ["__people"] }, { [secretMark]: "members", __people: { "Ann@example.com": "active" } });
  known.note({}, { email: "bob@example.com" });
  expect(known.mask("ann@example.com, bob@example.com.")).toBe("[secret], bob@example.com.");
});
