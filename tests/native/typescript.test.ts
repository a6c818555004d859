/** TypeScript programs by the native entry: several environments in one program, imports, look-ups, roles as files. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { createApi } from "../../api";
import { ok, sharedStack } from "../e2e/support/stack";
import { counts } from "./support/plugin";

const key = "sk_test_staging";
let staging: Emulator;
beforeAll(async () => {
  staging = await startEmulator({ apiKeys: [key] });
});
afterAll(() => staging.close());

const stack = sharedStack({ entry: "native" });

const program = (source: string) =>
  stack().project.writeProgram(`
import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";
const staging = new workos.Provider("staging", {
  apiKey: "${key}",
  baseUrl: "${staging.url}",
  adminRoles: ["owner", "admin"],
  minAdmins: 0,
  requireForceDestroy: false,
});
const there = { provider: staging };
${source}`);

/** The same people and things in both environments, which is no duplicate. */
const both = `
class Customer extends pulumi.ComponentResource {
  constructor(name: string, options?: pulumi.ComponentResourceOptions) {
    super("test:index:Customer", name, {}, options);
    const parent = this;
    const acme = new workos.Organization(name, { name: "Acme", externalId: "acme" }, { parent });
    new workos.OrganizationRoster(name, { organizationId: acme.id, members: { "ann@example.com": { roles: ["admin"] } } }, { parent });
    const ben = new workos.User(name, { email: "ben@example.com" }, { parent });
    new workos.OrganizationMembership(name, { organizationId: acme.id, userId: ben.id }, { parent });
  }
}
new Customer("here");
new Customer("there", { providers: [staging] });
const cleo = new workos.User("cleo", { email: "cleo@example.com" }, there);
export const found = workos.getUserOutput({ id: cleo.id }, there).email;
export const foundSecret = pulumi.isSecret(found);
`;

const emails = (emulator: Emulator) =>
  emulator.control
    .state()
    .users.map(({ email }) => email)
    .sort();

test("each resource is in the environment of its provider, or of the component around it", async () => {
  program(both);
  const up = await ok(stack().project.up({ withPreview: true }));
  expect(counts(up)).toMatchObject({ created: 13 });
  expect(emails(stack().emulator)).toEqual(["ann@example.com", "ben@example.com"]);
  expect(emails(staging)).toEqual(["ann@example.com", "ben@example.com", "cleo@example.com"]);
  expect(await stack().project.outputs()).toEqual({ found: "cleo@example.com", foundSecret: false });
});

test("a key that the program gives in plain is a secret in the state", () => {
  const { project, emulator } = stack();
  expect(project.stateText()).toContain(staging.url);
  for (const secret of [key, emulator.apiKey]) expect(project.stateText()).not.toContain(secret);
});

test("a look-up reads with the settings of its provider, or of the component around it", async () => {
  const { api, project } = stack();
  await api.users.create({ email: "dan@here.example" });
  const other = createApi({ apiKey: key, baseUrl: staging.url });
  await other.users.create({ email: "dan@there.example" });
  await other.close();
  program(`${both}
class Asking extends pulumi.ComponentResource {
  readonly dan = workos.getUser({ email: "dan@there.example" }, { parent: this });
}
const asked = new Asking("test:index:Asking", "asking", {}, { providers: { workos: staging } });
export const emails = Promise.all([
  workos.getUser({ email: "dan@here.example" }),
  workos.getUser({ email: "dan@there.example" }, there),
  asked.dan,
]).then((users) => users.map(({ email }) => email));
`);
  await ok(project.up());
  expect((await project.outputs()).emails).toEqual(["dan@here.example", "dan@there.example", "dan@there.example"]);
});

test("what is there already is taken over by the option `import`, and roles as files are declared as all else", async () => {
  const { api, project } = stack();
  const eve = await api.users.create({ email: "eve@example.com", first_name: "Eve", last_name: "Lee" });
  writeFileSync(
    join(project.directory, "roles.yaml"),
    "permissions:\n  posts:read: Read posts\nroles:\n  reader: { name: Reader, permissions: [posts:read] }\n",
  );
  const declaring = (options = "") => `${both}
workos.loadRoles("roles.yaml");
new workos.User("eve", { email: "eve@example.com", firstName: "Eve" }${options});
`;
  program(declaring(`, { import: "${eve.id}" }`));
  expect(counts(await ok(project.up()))).toMatchObject({ imported: 1, created: 2 });
  const { deployment } = await project.state();
  const types = new Set((deployment.resources ?? []).map(({ type }) => type));
  expect([...types].filter((type) => type.startsWith("pulumi-nodejs:"))).toEqual([]);
  program(declaring());
  await ok(project.up({ args: ["--refresh", "--expect-no-changes"] }));
});

const mistakes: [what: string, source: string, message: string][] = [
  [
    "two declarations of one person in one environment",
    `new workos.User("one", { email: "ann@example.com" }, there); new workos.User("two", { email: "Ann@example.com" }, there);`,
    'User "two" declares what User "one" declares already: the same email',
  ],
  [
    "a dynamic resource and one of the plugin for one person",
    `import * as dynamic from 'pulumi-workos';
     new dynamic.User("one", { email: "ann@example.com" }); new workos.User("two", { email: "ann@example.com" });`,
    'User "two" declares what User "one" declares already: the same email',
  ],
  [
    "a dynamic resource with a provider",
    `import * as dynamic from 'pulumi-workos'; new dynamic.User("ann", { email: "ann@example.com" }, there);`,
    'User "ann" has the option `provider`, which does not work for Pulumi\'s dynamic resources',
  ],
  [
    "a dynamic resource that is to be imported",
    `import * as dynamic from 'pulumi-workos'; new dynamic.User("ann", { email: "ann@example.com" }, { import: "user_1" });`,
    'User "ann" has the option `import`, which does not work for Pulumi\'s dynamic resources',
  ],
  [
    "a wrong setting of a provider",
    `new workos.User("ann", { email: "ann@example.com" }, { provider: new workos.Provider("other", { apiKey: "nonsense" }) });`,
    "does not look like a WorkOS API key",
  ],
  [
    "a look-up by a provider whose settings are not known yet",
    `const later = new workos.Organization("later", { name: "Later" });
     const other = new workos.Provider("other", { apiKey: later.id });
     export const found = workos.getUser({ email: "ann@example.com" }, { provider: other });`,
    "with the settings of a provider that are not known yet. Use getUserOutput",
  ],
];

test.each(mistakes)("%s is refused in words, in a preview", async (_what, source, message) => {
  program(source);
  const preview = await stack().project.preview();
  expect(preview.code).not.toBe(0);
  expect(preview.combined).toContain(message);
  expect(preview.combined).not.toContain("nonsense");
});
