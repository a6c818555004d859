/** From the Terraform provider's state to a program that takes over what it manages. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./support/run";

const folder = mkdtempSync(join(tmpdir(), "tfstate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const instance = (attributes: object, index?: string) => ({
  attributes,
  ...(index === undefined ? {} : { index_key: index }),
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

test("users, organizations, domains and memberships become resources that refer to each other and are adopted", async () => {
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
      "more",
      instance({ id: "org_domain_1", organization_id: "org_1", domain: "acme.test", state: "pending", verify: true }),
    ),
    resource(
      "workos_organization_domain",
      "lost",
      instance({ id: "org_domain_2", organization_id: "org_9", domain: "else.test", state: "verified" }),
    ),
    { ...resource("workos_user", "other", instance({ id: "user_2", email: "x@example.com" })), mode: "data" },
    { ...resource("workos_webhook", "hook", instance({ id: "we_1" })), module: "module.hooks" },
    resource("aws_s3_bucket", "logs", instance({ id: "logs" })),
  ]);
  const { code, out, err } = await run(["from-tfstate", file]);
  expect(code).toBe(0);
  expect(out).toBe(`import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", {
  name: "Acme",
  domains: [{"domain":"acme.example","state":"verified"},{"domain":"acme.test","state":"pending"}],
  adopt: "require",
  adoptId: "org_1",
});

new workos.Organization("beta", {
  name: "Beta",
  externalId: "beta",
  domains: [{"domain":"beta.example","state":"pending"}],
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
  expect(err).toBe(`Not taken along: workos_organization_domain.lost: its organization is not in this state.
Not taken along: module.hooks.workos_webhook.hook: pulumi-workos has no such resource; leave it to Terraform.
6 of 8 are taken over.`);
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
  });
});

test.each(["not JSON", "[]", '{"format_version":"1.0","values":{}}'])(
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
