/** What was created is recorded, a key's value included, whatever fails after it; the next run does only what is left. */
import { ok } from "../e2e/support/stack";
import { asYaml, counts, sharedYaml } from "./support/plugin";

const organizationId = "${beta.id}";
const program = asYaml({
  resources: {
    acme: { type: "workos:Organization", properties: { name: "Acme", stripeCustomerId: "cus_acme" } },
    ann: {
      type: "workos:User",
      properties: { email: "ann@example.com", locale: "de", password: "correct-horse-battery" },
    },
    beta: { type: "workos:Organization", properties: { name: "Beta" } },
    key: { type: "workos:OrganizationApiKey", properties: { organizationId, name: "CI" } },
    people: {
      type: "workos:OrganizationRoster",
      properties: { organizationId, members: { "ben@example.com": {}, "cat@example.com": { roles: ["member"] } } },
    },
  },
  outputs: { value: "${key.value}", ids: "${people.ids}" },
});

const shared = sharedYaml(program);

it("a second step that fails leaves what the first has made in the state", async () => {
  const { project, emulator } = shared();
  const broken = { times: null, status: 422, body: { code: "broken", message: "Broken." } };
  emulator.control.faults.add({ method: "PUT", path: "/user_management/users/{id}", ...broken });
  emulator.control.faults.add({ method: "PUT", path: "/organizations/{id}", ...broken });
  // Of two people one comes in.
  emulator.control.faults.add({
    method: "POST",
    path: "/user_management/organization_memberships",
    ...{ ...broken, times: 1 },
  });
  const failed = await project.up({ args: ["--continue-on-error"] });
  expect(failed.code).not.toBe(0);
  emulator.control.faults.clear();
  expect(failed.combined).not.toMatch(/^\s+at /m);
  expect(failed.combined).not.toContain("correct-horse-battery");
  expect(project.stateText()).not.toContain("correct-horse-battery");
  const told = [...failed.combined.matchAll(/What was done is recorded, as (\w+)/g)].map(([, id]) => id);
  const { users, organizations, apiKeys } = emulator.control.state();
  const [acme, ann] = [
    organizations.find(({ name }) => name === "Acme"),
    users.find(({ email }) => email === "ann@example.com"),
  ];
  expect(told).toEqual(expect.arrayContaining([acme?.id, ann?.id]));
  const { deployment } = await project.state({ showSecrets: true });
  const kept = (type: string) => deployment.resources?.find((one) => one.type === `workos:index:${type}`);
  expect(kept("OrganizationApiKey")?.id).toBe(apiKeys[0]?.id);
  expect(JSON.stringify(kept("OrganizationApiKey")?.outputs?.value)).toContain("sk_");
  expect(Object.keys(kept("OrganizationRoster")?.outputs?.ids ?? {})).toHaveLength(1);
});

it("the next run does the rest, and repeats nothing", async () => {
  const { project, emulator } = shared();
  emulator.control.requests.clear();
  expect(counts(await ok(project.up()))).toMatchObject({ updated: 3 });
  const writes = emulator.control.requests.list().filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, path }) => `${method} ${path.replace(/\w+_0[0-9A-Z]{25}/, "{id}")}`).sort()).toEqual([
    "POST /user_management/organization_memberships",
    "PUT /organizations/{id}",
    "PUT /user_management/users/{id}",
  ]);
  const { value, ids } = await project.outputs({ showSecrets: true });
  expect(value).toMatch(/^sk_/);
  expect(Object.keys(ids as object).sort()).toEqual(["ben@example.com", "cat@example.com"]);
});
