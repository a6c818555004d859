/** Access tokens of the local AuthKit under a JWT template. */
import { claimsOf, templateProblem } from "../../emulator/auth/jwt-template";
import { local } from "./support/local";
import { claims, person, text, withPassword } from "./support/sign-in";

const at = local();

async function signedIn(content: string) {
  const { id: organization } = await at().organization({ metadata: { tier: "gold" } });
  const { id, email } = await person(at(), { first_name: "Ann" });
  await at().membership(id, organization);
  await at().put("/user_management/jwt_template", { content });
  return claims(at(), text(await withPassword(at(), email), "access_token"));
}

test("a token says what the template says of the person and the organization", async () => {
  expect(
    await signedIn(
      '{ "urn:app:who": "{{ user.first_name }} of {{ organization.name }}", "tier": {{ organization.metadata.tier }}, "role": "mine", "sub": "me" }',
    ),
  ).toMatchObject({
    "urn:app:who": "Ann of Acme",
    tier: "gold",
    role: "member",
    sub: expect.stringMatching(/^user_/) as unknown,
  });
});

const scope = { user: { name: 'A "B" \\', age: 7, tags: ["x"], none: null } };
test.each([
  ['{ "a": "{{ user.name }}" }', { a: 'A "B" \\' }],
  ['{ "a": {{ user.name }} }', { a: 'A "B" \\' }],
  ['{ "a": {{ user.age }}, "b": "{{user.age}}" }', { a: 7, b: "7" }],
  ['{ "a": {{ user.tags }}, "b": {{ user.tags.0 }} }', { a: ["x"], b: "x" }],
  ['{ "a": {{ user.none || user.nobody || "else" }}, "b": "{{ user.none || \'it\' }}" }', { a: "else", b: "it" }],
  ['{ "a": {{ user.none }}, "b": "{{ user.none }}" }', { a: null, b: "" }],
  ['{ "a": { "b": "{{ user.age }}" } }', { a: { b: "7" } }],
  ['{ "a": "\\"{{ user.age }}\\"" }', { a: '"7"' }],
  ['{ "a": {{ user.constructor }} }', { a: null }],
  ["[{{ user.age }}]", undefined],
])("%s", (content, rendered) => {
  expect(claimsOf(content, scope)).toEqual(rendered);
  expect(templateProblem(content) === undefined).toBe(rendered !== undefined);
});
