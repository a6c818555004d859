/** Resources among other resources: inputs that are others' outputs, and every option that Pulumi gives a resource. */
import { kinds, resources } from "../../provider/resources";
import { rows } from "../kinds";
import { dashboardSeed, programOfEverything } from "./support/everything";
import { diagnostics, steps } from "./support/report";
import { asked, ok, previewRead, sharedStack } from "./support/stack";

const stack = sharedStack({ emulator: { seed: dashboardSeed } });

const up = (program: string, ...args: string[]) => {
  stack().project.writeProgram(
    `import * as pulumi from "@pulumi/pulumi";\nimport * as workos from "pulumi-workos";\n${program}`,
  );
  return stack().project.up({ events: true, args });
};
const people = () => stack().emulator.control.state().users;
// Whom an invitation made stays when it is revoked.
const emails = () =>
  people()
    .map(({ email }) => email)
    .filter((email) => email !== "cleo@example.com")
    .sort();
const userNamed = (name: string) => people().find(({ email }) => email.startsWith(`${name}@`));

test.each(kinds)("every input of %s is given a value by its row", (kind) => {
  const given = new Set(rows[kind].everything.flatMap((inputs) => Object.keys(inputs)));
  expect([...given].sort()).toEqual(Object.keys(resources[kind].inputs).sort());
});

test("every input may be an output of a resource that is not created yet, and changes nothing once it is", async () => {
  const program = programOfEverything();
  stack().project.writeProgram(program);
  const preview = await ok(stack().project.preview());
  expect(asked(stack())).toEqual([previewRead]);
  expect(preview.stdout).toContain(
    `+ ${2 + kinds.reduce((count, kind) => count + rows[kind].everything.length, 0)} to create`,
  );
  await ok(stack().project.up());
  const again = await ok(stack().project.up());
  expect(steps(again)).toEqual({});
  expect(stack().emulator.control.state()).toMatchObject({
    users: expect.arrayContaining([expect.objectContaining({ email: "ann@example.com", locale: "de" })]) as unknown,
    apiKeys: [{ name: "CI", permissions: ["users:read"] }],
  });
  await ok(stack().project.destroy());
});

test("roles may be conditional and list-valued, and change in place", async () => {
  const program = (roles: string) => `
    const acme = new workos.Organization("acme", { name: "Acme" });
    const ann = new workos.User("ann", { email: "ann@example.com" });
    const lead = ann.id.apply(() => ["admin"]);
    new workos.OrganizationMembership("ann", { userId: ann.id, organizationId: acme.id, ${roles} }, { deletedWith: acme });`;
  const rolesOf = () =>
    stack()
      .emulator.control.state()
      .organizationMemberships[0]?.roles?.map(({ slug }) => slug);
  await ok(up(program(`roleSlugs: lead.apply((roles) => ["member", ...roles])`)));
  expect(rolesOf()?.sort()).toEqual(["admin", "member"]);
  const change = await ok(up(program(`roleSlug: lead.apply((roles) => (roles.length > 1 ? "admin" : "member"))`)));
  expect(steps(change)).toEqual({ ann: ["update"] });
  expect(rolesOf()).toEqual(["member"]);
  const unmanaged = await ok(up(program(`roleSlug: undefined, roleSlugs: undefined`)));
  expect(rolesOf()).toEqual(["member"]);
  expect(unmanaged.code).toBe(0);
  await ok(stack().project.destroy());
});

describe("options of a resource", () => {
  const before = `
    class Team extends pulumi.ComponentResource {
      constructor(name: string, email: string, options?: pulumi.ComponentResourceOptions) {
        super("test:index:Team", name, {}, options);
        new workos.User(name + "-lead", { email }, { parent: this });
      }
    }
    new Team("one", "one@example.com");
    const acme = new workos.Organization("acme", { name: "Acme" }, { protect: true });
    new workos.User("retained", { email: "retained@example.com" }, { retainOnDelete: true });
    new workos.User("old-name", { email: "alias@example.com" });
    new workos.User("ignored", { email: "ignored@example.com", firstName: "Before" });
    new workos.User("target", { email: "target@example.com", firstName: "Before" });
    new workos.OrganizationApiKey("ci", { organizationId: acme.id, name: "CI", expiresAt: "2040-01-01T00:00:00Z" });`;

  const after = `
    class Team extends pulumi.ComponentResource {
      constructor(name: string, email: string, options?: pulumi.ComponentResourceOptions) {
        super("test:index:Team", name, {}, options);
        new workos.User(name + "-lead", { email }, { parent: this });
      }
    }
    new Team("renamed", "one@example.com", { aliases: [{ name: "one" }] });
    new Team("two", "two@example.com", {
      transforms: [({ type, props, opts }) => (type.endsWith(":User") ? { props: { ...props, lastName: "Transformed" }, opts } : undefined)],
    });
    const acme = new workos.Organization("acme", { name: "Acme" }, { protect: true });
    const alias = new workos.User("new-name", { email: "alias@example.com" }, { aliases: [{ name: "old-name" }] });
    new workos.User("ignored", { email: "ignored@example.com", firstName: "After" }, { ignoreChanges: ["firstName"] });
    new workos.User("target", { email: "target@example.com", firstName: "After" });
    new workos.User("dependent", { email: "dependent@example.com" }, { dependsOn: [alias] });
    new workos.OrganizationApiKey("ci", { organizationId: acme.id, name: "CI", expiresAt: "2041-01-01T00:00:00Z", overlap: "24h" },
      { replaceOnChanges: ["expiresAt"] });`;

  let keyBefore: string | undefined;

  test("--target changes what it names, and nothing else", async () => {
    await ok(up(before));
    keyBefore = stack().emulator.control.state().apiKeys[0]?.id;
    const { deployment } = await stack().project.state();
    const urn = deployment.resources?.find((resource) => resource.urn.endsWith("::target"))?.urn ?? "";
    const result = await ok(up(after, "--target", urn));
    expect(steps(result)).toEqual({ target: ["update"] });
    expect(userNamed("target")?.first_name).toBe("After");
    expect(emails()).toHaveLength(5);
  });

  test("aliases, parents, transforms, ignoreChanges, retainOnDelete and replaceOnChanges do what Pulumi says", async () => {
    const result = await ok(up(after));
    expect(steps(result)).toEqual({
      "two-lead": ["create"],
      dependent: ["create"],
      ci: ["create-replacement", "replace", "delete-replaced"],
      retained: ["delete"],
    });
    expect(userNamed("ignored")?.first_name).toBe("Before");
    expect(userNamed("two")?.last_name).toBe("Transformed");
    expect(emails()).toEqual(
      ["alias", "dependent", "ignored", "one", "retained", "target", "two"].map((name) => `${name}@example.com`),
    );
  });

  test("a key that Pulumi replaces by itself gets its overlap, too", () => {
    const { apiKeys } = stack().emulator.control.state();
    expect(apiKeys).toHaveLength(2);
    const old = apiKeys.find(({ id }) => id === keyBefore);
    expect(Date.parse(old?.expires_at ?? "")).toBeLessThan(Date.parse("2040-01-01T00:00:00Z"));
  });

  test("protect refuses to delete, and the organization is still there", async () => {
    const result = await up("");
    expect(result.code).not.toBe(0);
    expect(diagnostics(result)).toContain("protect");
    expect(stack().emulator.control.state().organizations).toHaveLength(1);
  });

  test("deletedWith leaves the end of what is in an organization to the vendor", async () => {
    const program = `
      const beta = new workos.Organization("beta", { name: "Beta" });
      const ann = new workos.User("ann", { email: "ann@beta.example" });
      const inBeta = { deletedWith: beta };
      new workos.OrganizationMembership("ann-beta", { userId: ann.id, organizationId: beta.id }, inBeta);
      new workos.Invitation("bob", { email: "bob@beta.example", organizationId: beta.id }, inBeta);
      new workos.OrganizationApiKey("beta-ci", { organizationId: beta.id, name: "CI" }, inBeta);`;
    await ok(up(`${after}${program}`));
    stack().emulator.control.requests.clear();
    await ok(up(after));
    const deletes = stack()
      .emulator.control.requests.list()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path.replace(/_[0-9A-Z]{26}$/, "_…")}`);
    expect(deletes.sort()).toEqual(["DELETE /organizations/org_…", "DELETE /user_management/users/user_…"]);
  });
});
