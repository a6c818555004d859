/** From the Terraform provider's state to a program that takes over what it manages. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./support/run";

const folder = mkdtempSync(join(tmpdir(), "tfstate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const instance = (attributes: object, index?: string, more: object = {}) => ({
  attributes,
  ...(index === undefined ? {} : { index_key: index }),
  ...more,
});

const resource = (type: string, name: string, ...instances: object[]) => ({ mode: "managed", type, name, instances });
let count = 0;
function stateOf(resources: object[]): string {
  const file = join(folder, `state-${++count}.json`);
  writeFileSync(file, JSON.stringify({ version: 4, resources }));
  return file;
}

const ann = instance(
  {
    id: "user_1",
    email: "ann@example.com",
    email_verified: true,
    first_name: "Ann",
    last_name: "",
    external_id: null,
    metadata: {},
    password: "correct-horse",
    password_hash: null,
    locale: "en",
  },
  "ann",
);

test("what Terraform manages becomes resources that refer to each other and are adopted", async () => {
  const membership = { id: "om_1", user_id: "user_1", organization_id: "org_1", role_slug: "admin", status: "active" };
  const elsewhere = { ...membership, id: "om_2", organization_id: "org_9", role_slug: "", status: "inactive" };
  const file = stateOf([
    resource("workos_organization_membership", "ann", instance(membership)),
    resource("workos_organization_membership", "elsewhere", instance(elsewhere)),
    resource("workos_user", "people", ann),
    resource("workos_organization", "acme", instance({ id: "org_1", name: "Acme", domains: ["acme.example"] })),
    resource(
      "workos_organization",
      "beta",
      instance({
        id: "org_2",
        name: "Beta",
        external_id: "beta",
        domains: [{ domain: "beta.example", state: "pending" }],
      }),
    ),
    resource(
      "workos_organization_domain",
      "acme",
      instance({ id: "org_domain_1", organization_id: "org_1", domain: "acme.example", state: "pending" }),
    ),
    { ...resource("workos_user", "other", instance({ id: "user_2", email: "x@example.com" })), mode: "data" },
    { ...resource("workos_branding", "hook", instance({ id: "b_1" })), module: 'module.looks["a.b"]' },
    resource("aws_s3_bucket", "logs", instance({ id: "logs" })),
  ]);
  const { code, out, err } = await run(["from-tfstate", file]);
  expect(code).toBe(0);
  expect(out).toBe(`import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", {
  name: "Acme",
  adoptId: "org_1",
  adopt: "require",
});

new workos.Organization("beta", {
  name: "Beta",
  externalId: "beta",
  domains: [
    {
      domain: "beta.example",
      state: "pending",
    },
  ],
  adopt: "require",
});

new workos.OrganizationDomain("acme", {
  organizationId: acme.id,
  domain: "acme.example",
  adopt: "require",
});

const peopleAnn = new workos.User("people-ann", {
  email: "ann@example.com",
  firstName: "Ann",
  emailVerified: true,
  adopt: "require",
});

new workos.OrganizationMembership("ann", {
  userId: peopleAnn.id,
  organizationId: acme.id,
  roleSlug: "admin",
  adopt: "require",
});

new workos.OrganizationMembership("elsewhere", {
  userId: peopleAnn.id,
  organizationId: "org_9",
  status: "inactive",
  adopt: "require",
});`);
  expect(err)
    .toBe(`Not taken along: module.looks["a.b"].workos_branding.hook: pulumi-workos knows of no such resource; leave it to Terraform.
To know: workos_user.people["ann"]: its password stays as it is at WorkOS.
6 of 7 are taken over.`);
});

test("the result is there as JSON too, and words that no variable may be called are none", async () => {
  const file = stateOf([
    resource("workos_organization", "class", instance({ id: "org_1", name: "Class" })),
    resource(
      "workos_organization_membership",
      "1",
      instance({ id: "om_1", user_id: "user_1", organization_id: "org_1" }),
    ),
  ]);
  const { out } = await run(["from-tfstate", file, "--json"]);
  expect(JSON.parse(out)).toEqual({
    program: expect.stringContaining('const theClass = new workos.Organization("class", {') as string,
    adopted: ["workos_organization.class", "workos_organization_membership.1"],
    skipped: [],
    notes: [],
  });
});

test("what Terraform marks as sensitive is read from the configuration, and stands nowhere in the program", async () => {
  const sensitive_attributes = ["email", "metadata"].map((value) => [{ type: "get_attr", value }]);
  const secret = { id: "user_1", email: "mole@example.com", metadata: { cover: "gardener" }, first_name: "M" };
  const file = stateOf([resource("workos_user", "mole", instance(secret, undefined, { sensitive_attributes }))]);
  const { out, err } = await run(["from-tfstate", file]);
  expect(out).toBe(`import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

const config = new pulumi.Config();

new workos.User("mole", {
  email: config.requireSecret("userMoleEmail"),
  firstName: "M",
  metadata: config.requireSecretObject("userMoleMetadata"),
  adopt: "require",
});`);
  expect(err)
    .toBe(`To know: workos_user.mole: its email is sensitive and not written: pulumi config set --secret userMoleEmail VALUE.
To know: workos_user.mole: its metadata is sensitive and not written: pulumi config set --secret userMoleMetadata JSON.
1 of 1 are taken over.`);
});

test("what cannot be taken over is said, line by line, with the reason", async () => {
  const file = stateOf([
    resource("workos_organization", "acme", instance({ id: "org_1", name: "Acme" })),
    { ...resource("workos_organization", "again", instance({ id: "org_1", name: "Acme" })), module: "module.twice" },
    resource("workos_user", "nobody", { attributes: null }, instance({ id: "user_2", email: 7 }, "odd")),
    resource("workos_user", "old", instance({ id: "user_3", email: "x@example.com" }, undefined, { deposed: "1a2b" })),
    resource(
      "workos_organization_role_permission",
      "lost",
      instance({ organization_id: "org_1", role_slug: "org-billing", permission: "invoices:read" }),
    ),
    resource("workos_connection", "okta", instance({ id: "conn_1" })),
    resource("workos_directory", "okta", instance({ id: "directory_1" })),
    resource("workos_authkit_configuration", "main", instance({ id: "1" })),
    resource("workos_webhook", "hook", instance({ id: "wh_1", secret: "hush" })),
  ]);
  const { code, err } = await run(["from-tfstate", file]);
  expect(code).toBe(0);
  expect(err.split("\n")).toEqual([
    "Not taken along: module.twice.workos_organization.again: workos_organization.acme is the same at WorkOS.",
    "Not taken along: workos_user.nobody: the state says nothing of it.",
    'Not taken along: workos_user.nobody["odd"]: the state has no text for its email.',
    "Not taken along: workos_user.old: it is deposed: Terraform has replaced it, and still has to destroy it.",
    "Not taken along: workos_organization_role_permission.lost: its role is not in this state; declare the role with all its permissions.",
    "Not taken along: workos_connection.okta: a customer's administrator makes connections, in the portal; refer to this one with getConnection.",
    "Not taken along: workos_directory.okta: a customer's administrator makes directories, in the portal; refer to this one with getDirectory.",
    "Not taken along: workos_authkit_configuration.main: WorkOS's API has no operation for it; it is set in the dashboard.",
    "Not taken along: workos_webhook.hook: WorkOS has webhook endpoints in its place; declare a WebhookEndpoint.",
    "1 of 10 are taken over.",
  ]);
});

test("two that are each other's parent, as only an edited state has them, end in a program all the same", async () => {
  const one = { organization_id: "org_1", resource_type_slug: "project", name: "P" };
  const file = stateOf(
    ["a", "b"].map((id, index, both) =>
      resource(
        "workos_authorization_resource",
        id,
        instance({ ...one, id: `res_${id}`, external_id: id, parent_resource_id: `res_${both[1 - index]}` }),
      ),
    ),
  );
  const { out } = await run(["from-tfstate", file]);
  expect(out).toMatch(/const b = new .*parentResourceId: "res_a".*new .*\("a", .*parentResourceId: b\.id/s);
});

test.each(["not JSON", "[]", '{"format_version":"1.0","values":{}}', '{"version":3,"modules":[]}'])(
  "what is no state is refused: %s",
  async (text) => {
    const file = join(folder, "wrong.json");
    writeFileSync(file, text);
    expect(await run(["from-tfstate", file])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is no Terraform state of version 4\. Write one with/) as string,
    });
  },
);

test("a state that somebody has broken, or that OpenTofu has encrypted, is refused with the place and the remedy", async () => {
  const file = join(folder, "wrong.json");
  writeFileSync(file, '{"version":4,"resources":[{"type":"workos_user","name":"a","instances":{}}]}');
  expect((await run(["from-tfstate", file])).err).toMatch(
    /cannot be read as a Terraform state: resources\.0\.instances: must be a list, and is a map\. Write one with .*, unchanged\.$/,
  );
  writeFileSync(file, '{"serial":1,"lineage":"x","encrypted_data":"aGk=","encryption_version":"v0"}');
  expect((await run(["from-tfstate", file])).err).toMatch(/is a state that OpenTofu has encrypted\. .*tofu state pull/);
});
