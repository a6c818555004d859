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

test("users, organizations and memberships become resources that refer to each other and are adopted", async () => {
  const state = {
    version: 4,
    resources: [
      {
        mode: "managed",
        type: "workos_organization_membership",
        name: "ann",
        instances: [
          instance({ id: "om_1", user_id: "user_1", organization_id: "org_1", role_slug: "admin", role_slugs: null }),
        ],
      },
      {
        mode: "managed",
        type: "workos_user",
        name: "people",
        instances: [
          instance(
            { id: "user_1", email: "ann@example.com", first_name: "Ann", last_name: "", password: "correct-horse" },
            "ann",
          ),
        ],
      },
      {
        mode: "managed",
        type: "workos_organization",
        name: "acme",
        instances: [instance({ id: "org_1", name: "Acme" })],
      },
      {
        mode: "data",
        type: "workos_user",
        name: "other",
        instances: [instance({ id: "user_2", email: "x@example.com" })],
      },
      { mode: "managed", type: "workos_webhook", name: "hook", instances: [instance({ id: "we_1" })] },
    ],
  };
  const file = join(folder, "state.json");
  writeFileSync(file, JSON.stringify(state));
  const { code, out } = await run(["from-tfstate", file]);
  expect(code).toBe(0);
  expect(out).toBe(`import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", {
  name: "Acme",
  adopt: "require",
});

const peopleAnn = new workos.User("people-ann", {
  email: "ann@example.com",
  firstName: "Ann",
  adopt: "require",
});

const ann = new workos.OrganizationMembership("ann", {
  userId: peopleAnn.id,
  organizationId: acme.id,
  roleSlug: "admin",
  adopt: "require",
});

export const adopted = [acme, peopleAnn, ann].map(({ id }) => id);`);
});
