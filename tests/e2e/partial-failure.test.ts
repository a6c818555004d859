/** What the vendor has created is never lost, whatever fails after it, and the next run does only what is left. */
import { diagnostics } from "./support/report";
import { ok, type Stack, startStack } from "./support/stack";

const program = `
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme", stripeCustomerId: "cus_acme" });
const ann = new workos.User("ann", { email: "ann@example.com", firstName: "Ann", locale: "de", password: "correct-horse-battery" });
const ben = new workos.User("ben", { email: "ben@example.com" });
const beta = new workos.Organization("beta", { name: "Beta" });
const membership = new workos.OrganizationMembership("ben-beta", { userId: ben.id, organizationId: beta.id, status: "inactive" });
const key = new workos.OrganizationApiKey("ci", { organizationId: beta.id, name: "CI" });
export const value = key.value;
`;

const secondSteps = [
  { method: "PUT", path: "/user_management/users/{id}" },
  { method: "PUT", path: "/organizations/{id}" },
  { method: "PUT", path: "/user_management/organization_memberships/{id}/deactivate" },
] as const;

async function failHalfway({ project, emulator }: Stack): Promise<void> {
  for (const { method, path } of secondSteps) {
    emulator.control.faults.add({
      method,
      path,
      times: null,
      status: 422,
      body: { code: "broken", message: "Broken." },
    });
  }
  const failed = await project.up({ args: ["--continue-on-error"] });
  expect(failed.code).not.toBe(0);
  emulator.control.faults.clear();

  const { users, organizations, organizationMemberships, apiKeys } = emulator.control.state();
  const recorded = /What was done is recorded, as (\w+); the next `pulumi up` does the rest\./g;
  const halfway = [
    users.find(({ email }) => email === "ann@example.com"),
    organizations.find(({ name }) => name === "Acme"),
    organizationMemberships[0],
  ];
  expect([...diagnostics(failed).matchAll(recorded)].map(([, id]) => id).sort()).toEqual(
    halfway.map((object) => object?.id).sort(),
  );
  expect(diagnostics(failed)).not.toMatch(/^\s+at /m);

  const { deployment } = await project.state();
  const ids = (deployment.resources ?? []).map(({ id }) => id).filter((id) => id !== undefined);
  const made = [...users, ...organizations, ...organizationMemberships, ...apiKeys];
  expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
  expect(made).toHaveLength(6);
  expect(project.stateText()).not.toContain("correct-horse-battery");
  expect(failed.combined).not.toContain("correct-horse-battery");
}

async function finish({ project, emulator }: Stack): Promise<void> {
  emulator.control.requests.clear();
  const finished = await ok(project.up({ args: ["--diff"] }));
  expect(finished.stdout).toMatch(/~ 3 updated\n +4 unchanged/);
  const { users, organizations, organizationMemberships } = emulator.control.state();
  expect(users.find(({ email }) => email === "ann@example.com")).toMatchObject({ locale: "de" });
  expect(organizations.find(({ name }) => name === "Acme")).toMatchObject({ stripe_customer_id: "cus_acme" });
  expect(organizationMemberships).toMatchObject([{ status: "inactive" }]);
  const writes = emulator.control.requests.list().filter(({ method }) => method !== "GET");
  expect(writes.map(({ method }) => method)).toEqual(["PUT", "PUT", "PUT"]);
  expect(await project.outputs({ showSecrets: true })).toEqual({ value: expect.stringMatching(/^sk_/) as string });
}

test.each([
  { between: "at once", refresh: false },
  { between: "after a refresh", refresh: true },
])("a second step that failed is done by the next up, $between", async ({ refresh }) => {
  const stack = await startStack({ program });
  try {
    await failHalfway(stack);
    if (refresh) await ok(stack.project.refresh());
    await finish(stack);
  } finally {
    await stack.end();
  }
});
