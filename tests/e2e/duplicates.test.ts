/** Two declarations of one thing are refused while the program runs, in previews too, and nothing else is. */
import { asked, ok, previewRead, sharedStack } from "./support/stack";

const stack = sharedStack();

const program = (source: string) =>
  stack().project.writeProgram(
    `import * as pulumi from "@pulumi/pulumi";\nimport * as workos from "pulumi-workos";\n${source}`,
  );

const pair = `
  const acme = new workos.Organization("acme", { name: "Acme" });
  const ann = new workos.User("ann", { email: "ann@example.com" });`;

const duplicates: [what: string, source: string, message: string][] = [
  [
    "an email in another case",
    `new workos.User("one", { email: "ann@example.com" }); new workos.User("two", { email: " Ann@Example.COM" });`,
    'User "two" declares what User "one" declares already: the same email',
  ],
  [
    "an external id",
    `new workos.User("one", { email: "a@example.com", externalId: "e-1" }); new workos.User("two", { email: "b@example.com", externalId: "e-1" });`,
    'User "two" declares what User "one" declares already: the same externalId',
  ],
  [
    "an organization's external id",
    `new workos.Organization("one", { name: "A", externalId: "a" }); new workos.Organization("two", { name: "B", externalId: "a" });`,
    'Organization "two" declares what Organization "one" declares already: the same externalId',
  ],
  [
    "a membership of two outputs that nobody knows yet",
    `${pair}
     new workos.OrganizationMembership("one", { userId: ann.id, organizationId: acme.id });
     new workos.OrganizationMembership("two", { userId: ann.id, organizationId: acme.id, roleSlug: "admin" });`,
    'OrganizationMembership "two" declares what OrganizationMembership "one" declares already: the same userId and organizationId',
  ],
  [
    "an invitation whose email is an output that is known",
    `${pair}
     new workos.Invitation("one", { email: pulumi.output("bob@example.com"), organizationId: acme.id });
     new workos.Invitation("two", { email: "bob@example.com", organizationId: acme.id });
     new workos.User("three", { email: pulumi.output("cleo@example.com") });
     new workos.User("four", { email: "cleo@example.com" });`,
    "declares already: the same email",
  ],
  [
    "a second one of what there is one of",
    `new workos.JwtTemplate("one", { content: "{}" }); new workos.JwtTemplate("two", { content: "{}" });`,
    'JwtTemplate "two" declares what JwtTemplate "one" declares already: there is one in an environment',
  ],
  [
    "a domain that an organization lists as well",
    `new workos.Organization("acme", { name: "A", domains: [{ domain: "acme.example" }] });
     new workos.OrganizationDomain("one", { organizationId: "org_1", domain: "ACME.example" });`,
    'OrganizationDomain "one" declares the domain ACME.example, which Organization "acme" declares already',
  ],
  [
    "a domain that an organization lists as well, as an output",
    `${pair}
     new workos.OrganizationDomain("one", { organizationId: acme.id, domain: pulumi.output("acme.example") });
     new workos.Organization("beta", { name: "B", domains: [{ domain: pulumi.output("acme.example") }] });`,
    "declares the domain acme.example, which",
  ],
  [
    "a domain beside all those that an organization lists",
    `const acme = new workos.Organization("acme", { name: "A", domains: [{ domain: "acme.example" }] });
     new workos.OrganizationDomain("one", { organizationId: acme.id, domain: "acme.test" });`,
    'OrganizationDomain "one" adds a domain to an organization whose domains Organization "acme" declares already, all of them',
  ],
];

test.each(duplicates)(
  "%s is refused in a preview, with both names, before anything of it is asked",
  async (_what, source, message) => {
    program(source);
    const result = await stack().project.preview();
    expect(result.code).not.toBe(0);
    expect(result.combined).toContain(message);
    expect(asked(stack()).filter((operation) => operation !== previewRead)).toEqual([]);
  },
);

test("what only looks alike is none, a replacement included", async () => {
  const alike = (name: string) => `
    ${pair}
    class Team extends pulumi.ComponentResource {
      constructor(kind: string, email: string) {
        super("test:index:" + kind, kind);
        new workos.User("lead", { email }, { parent: this });
      }
    }
    new Team("Red", "red@example.com");
    new Team("Blue", "blue@example.com");
    const beta = new workos.Organization("beta", { name: "Acme" });
    new workos.OrganizationMembership("one", { userId: ann.id, organizationId: acme.id });
    new workos.OrganizationMembership("two", { userId: ann.id, organizationId: beta.id });
    new workos.Invitation("bob", { email: "bob@example.com", organizationId: acme.id, roleSlug: "${name}" });
    new workos.Invitation("bob-beta", { email: "bob@example.com", organizationId: beta.id });
    new workos.Invitation("bob-alone", { email: "carl@example.com" });`;
  program(alike("member"));
  await ok(stack().project.up());
  program(alike("admin"));
  const replaced = await ok(stack().project.up({ withPreview: true }));
  expect(replaced.stdout).toMatch(/1 replaced/);
});

test("inline programs may declare the same twice in one process, one after the other and at once", async () => {
  // What an Automation API program does, in a process of its own, where the package is found.
  program(`
    import { LocalWorkspace } from "@pulumi/pulumi/automation";
    const declare = async () => { new workos.User("ann", { email: "ann@inline.example", adopt: "if-exists" }); };
    const start = async (stackName: string) => {
      const stack = await LocalWorkspace.createOrSelectStack({ stackName, projectName: "inline", program: declare });
      const config = new pulumi.Config("workos");
      await stack.setConfig("workos:apiKey", { value: config.require("apiKey"), secret: true });
      await stack.setConfig("workos:baseUrl", { value: config.require("baseUrl") });
      return stack;
    };
    const twice = async () => {
      const first = await start("first");
      const second = await start("second");
      const results = [await first.preview(), await first.preview(), ...(await Promise.all([first.preview(), second.preview()]))];
      return results.map(({ changeSummary }) => changeSummary.create ?? 0);
    };
    export const created = twice();`);
  await ok(stack().project.up());
  expect(await stack().project.outputs()).toEqual({ created: [2, 2, 2, 2] });
});
