/** What the preview of a roster says of people who are there already, in the roster and outside of it. */
import { commentOf, type Preview } from "../../cli/comment";
import { diagnostics } from "./support/report";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack();
const ann = { "ann@example.com": { roles: ["admin"] } };
const both = { ...ann, "bob@example.com": { roles: ["member"] } };
let acme = "";

const declare = (members: object, options: object = {}) => {
  stack().project.writeProgram(`import * as workos from "pulumi-workos";
new workos.OrganizationRoster("people", { organizationId: "${acme}", members: ${JSON.stringify(members)}, ...${JSON.stringify(options)} });`);
};
const preview = async (...args: string[]) => diagnostics(await ok(stack().project.preview({ args })));
const comment = async () => commentOf((await stack().project.previewJson({})) as unknown as Preview);

beforeAll(async () => {
  const { api } = stack();
  acme = (await api.organizations.create({ name: "Acme" })).id;
  for (const name of ["ann", "bob", "max", "moe"]) {
    const user = await api.users.create({ email: `${name}@example.com` });
    const role_slug = name === "ann" ? "admin" : "member";
    await api.organizationMemberships.create({ user_id: user.id, organization_id: acme, role_slug });
  }
});

test("the first preview says that nothing changes, where that is so, and who else is there", async () => {
  declare(both);
  const said = await preview();
  expect(said).toMatch(
    /New roster of Acme \(org_\w+\): 2 people, 1 of them admins, 0 by invitation\. It takes over 2 people and changes nothing\./,
  );
  expect(said).toMatch(/leaves 2 who are not in the roster as they are: m\w+@example\.com, m\w+@example\.com/);
  const text = await comment();
  expect(text).toContain("## No change of access");
  expect(text).toContain("people takes over 2 people as they are; nobody's access changes");
});

test("and what changes, where something does", async () => {
  declare({ ...both, "bob@example.com": { roles: ["admin"] }, "zoe@example.com": {} });
  const said = await preview();
  expect(said).not.toContain("changes nothing");
  expect(said).toContain("GRANTS admin to 1: bob@example.com (member to admin)");
  expect(said).toContain("adds 1: zoe@example.com");
  expect(said).toContain("takes over 2 who had access already: ann@example.com, bob@example.com");
  expect(await comment()).toContain("whoever of the roster has access already is taken over");
});

test("later ones name those outside, and an authoritative one whose access it would end", async () => {
  declare(both);
  await ok(stack().project.up());
  declare({ ...both, "zoe@example.com": {} });
  expect(await preview()).toContain("leaves 2 who are not in the roster as they are: max@example.com, moe@example.com");
  const would = "will END the access of 2 who are not in the roster: max@example.com, moe@example.com.";
  declare(both, { mode: "authoritative" });
  expect(await preview()).toContain(would);
  expect(await comment()).toContain(would);
  const users = stack().emulator.control.state().users.length;
  await ok(stack().project.up());
  expect(
    stack()
      .emulator.control.state()
      .organizationMemberships.map(({ status }) => status),
  ).toEqual(Array(users).fill("active"));
  expect(await preview("--refresh")).toContain("suspends 2: max@example.com, moe@example.com");
});

test("letter case alone is no update, and nothing in the comment", async () => {
  const program = (name: string) => `import * as workos from "pulumi-workos";
const beta = new workos.Organization("beta", { name: "Beta" });
new workos.User("u", { email: "${name}@example.com" });
new workos.Invitation("i", { email: "${name}.too@example.com", organizationId: "${acme}" });
new workos.OrganizationRoster("people", { organizationId: beta.id, members: { "${name}.three@example.com": {} }, guards: { requiredAdmins: ["${name}@example.com"] } });`;
  stack().project.writeProgram(program("uma"));
  await ok(stack().project.up());
  stack().project.writeProgram(program("Uma"));
  for (const args of [[], ["--refresh", "--run-program"]]) {
    expect((await ok(stack().project.preview({ args }))).stdout).toMatch(/Resources:\n +5 unchanged\n/);
    const text = commentOf((await stack().project.previewJson({ args })) as unknown as Preview);
    expect(text).toContain("## No change of access");
  }
});

test("what is no map of people is named in plain words, before anything is done", async () => {
  const written = async (members: string) => {
    stack().project.writeProgram(`import * as workos from "pulumi-workos";
new workos.OrganizationRoster("people", { organizationId: "${acme}", members: ${members} });`);
    const { code, combined } = await stack().project.preview();
    expect(code).not.toBe(0);
    expect(combined).not.toMatch(/expected|received|Invalid input|TypeError|destructure|at .*\.js:\d/);
    return combined;
  };
  const details = /members\["bob@example\.com"\] must be an object with roles, /;
  expect(await written('{ "bob@example.com": "admin" }')).toMatch(details);
  expect(await written('{ "bob@example.com": null }')).toMatch(details);
  expect(await written('["bob@example.com"]')).toContain("must be a map from email to member");
  expect(await written('{ "bob@example.com": { expiresAt: 20270131 } }')).toMatch(/expiresAt: must be text: a day/);
});
