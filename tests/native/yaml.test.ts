/** A program in YAML lives its whole life by the native plugin, on the real engine. */
import { asked, ok, previewRead } from "../e2e/support/stack";
import { counts, sharedYaml, write } from "./support/plugin";

const program = (name: string, more = "") => `
resources:
  acme:
    type: workos:Organization
    properties:
      name: ${name}
      metadata: { plan: gold, seats: "5" }
  ann:
    type: workos:User
    properties:
      email: ann@example.com
      password: correct-horse-battery
  annInAcme:
    type: workos:OrganizationMembership
    properties:
      userId: \${ann.id}
      organizationId: \${acme.id}
      roleSlug: admin
  key:
    type: workos:OrganizationApiKey
    properties:
      organizationId: \${acme.id}
      name: CI
  people:
    type: workos:OrganizationRoster
    properties:
      organizationId: \${beta.id}
      members:
        ben@example.com: { roles: [member] }
        cat@example.com: { roles: [admin] }
  beta:
    type: workos:Organization
    properties: { name: Beta }
${more}
outputs:
  value: \${key.value}
`;

const shared = sharedYaml(program("Acme"));

const reads = () => asked(shared()).filter((operation) => operation !== previewRead);

it("a preview shows what is new and asks nothing but whether it can be carried out", async () => {
  const { project, emulator } = shared();
  emulator.control.requests.clear();
  const preview = await ok(project.preview());
  expect(counts(preview)).toEqual({ "to create": 7 });
  expect(reads()).toEqual([]);
});

it("goes up, and what is secret is in no output and no state in plain", async () => {
  const { project, emulator } = shared();
  const up = await ok(project.up());
  expect(counts(up)).toEqual({ created: 7 });
  const { users, organizations, organizationMemberships, apiKeys } = emulator.control.state();
  expect([users, organizations, organizationMemberships, apiKeys].map((all) => all.length)).toEqual([3, 2, 3, 1]);
  const { value } = await project.outputs({ showSecrets: true });
  expect(value).toMatch(/^sk_/);
  const state = project.stateText();
  for (const secret of [value as string, "correct-horse-battery", emulator.apiKey]) {
    expect(state).not.toContain(secret);
    expect(up.combined).not.toContain(secret);
  }
});

it("says what it does beside the resource that it is about", async () => {
  const { project } = shared();
  write(
    shared(),
    program("Acme", "  dan:\n    type: workos:User\n    properties: { email: dan@example.com, adopt: require }\n"),
  );
  const refused = await project.up();
  expect(refused.code).not.toBe(0);
  expect(refused.stdout).toMatch(/workos:(index:)?User \(dan\):[\s\S]*there is no user dan@example\.com/);
  write(shared(), program("Acme"));
});

it("previews nothing when nothing has changed", async () => {
  const { project, emulator } = shared();
  emulator.control.requests.clear();
  const preview = await ok(project.preview());
  expect(counts(preview)).toEqual({ unchanged: 7 });
  expect(reads()).toEqual([]);
});

it("shows a change property by property", async () => {
  const { project, emulator } = shared();
  write(shared(), program("Acme Ltd").replace("plan: gold", "plan: silver").replace("[member]", "[admin]"));
  emulator.control.requests.clear();
  const preview = await ok(project.preview({ args: ["--diff"] }));
  expect(preview.stdout).toMatch(/~ name +: "Acme" => "Acme Ltd"/);
  expect(preview.stdout).toMatch(/~ plan: "gold" => "silver"/);
  expect(preview.stdout).not.toMatch(/seats: "5" =>/);
  expect(preview.stdout).toMatch(/~ ben@example\.com/);
  expect(preview.stdout).not.toMatch(/~ cat@example\.com/);
  expect(reads()).toEqual([]);
  expect(counts(await ok(project.up()))).toEqual({ updated: 2, unchanged: 5 });
});

it("ends the access of who was given it for a time, and says who leaves in the plan", async () => {
  const { project, emulator } = shared();
  const timed = (expiresAt: string) =>
    program("Acme Ltd")
      .replace("plan: gold", "plan: silver")
      .replace("{ roles: [member] }", `{ roles: [admin], expiresAt: "${expiresAt}" }`);
  write(shared(), timed("2020-01-31"));
  const preview = await ok(project.preview({ args: ["--diff"] }));
  expect(preview.stdout).toMatch(/- ben@example\.com/);
  write(shared(), timed("next week"));
  const mistaken = await project.preview();
  expect(mistaken.combined).toContain('"next week" is neither a day nor a moment');
  expect(emulator.control.state().organizationMemberships.map(({ status }) => status)).not.toContain("inactive");
  write(shared(), timed("2999-01-31"));
  expect(counts(await ok(project.up()))).toEqual({ updated: 1, unchanged: 6 });
});

it("a refresh finds what somebody else has changed, and the next run puts it back", async () => {
  const { project, api, emulator } = shared();
  const acme = emulator.control.state().organizations.find(({ name }) => name === "Acme Ltd");
  await api.organizations.update({ id: acme?.id ?? "", name: "Somebody's" });
  const refreshed = await ok(project.refresh({ args: ["--diff"] }));
  expect(refreshed.stdout).toContain("Somebody's");
  expect(counts(await ok(project.up()))).toEqual({ updated: 1, unchanged: 6 });
  expect(
    emulator.control
      .state()
      .organizations.map(({ name }) => name)
      .sort(),
  ).toEqual(["Acme Ltd", "Beta"]);
});

it("is destroyed", async () => {
  const { project, emulator } = shared();
  await ok(project.destroy());
  const { organizations, apiKeys, organizationMemberships } = emulator.control.state();
  expect([organizations, apiKeys, organizationMemberships]).toEqual([[], [], []]);
});
