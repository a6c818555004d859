/** Several environments in one program, each with a provider of its own. */
import { type Emulator, startEmulator } from "../../emulator";
import { asked, ok, previewRead } from "../e2e/support/stack";
import { asYaml, counts, sharedYaml, write } from "./support/plugin";

const [first, second] = ["sk_test_first", "sk_test_second"];

let staging: Emulator;
beforeAll(async () => {
  staging = await startEmulator({ apiKeys: [first, second] });
});
afterAll(() => staging.close());

const shared = sharedYaml("resources: {}\n");

const program = (key: string, { minAdmins = "0" } = {}) => `
resources:
  staging:
    type: pulumi:providers:workos
    properties: { apiKey: ${key}, baseUrl: "${staging.url}", minAdmins: ${minAdmins} }
  here:
    type: workos:Organization
    properties: { name: Production }
  there:
    type: workos:Organization
    properties: { name: Staging }
    options:
      provider: \${staging}
`;

const names = (emulator: Emulator) => emulator.control.state().organizations.map(({ name }) => name);

it("each resource is in the environment of its provider", async () => {
  const { project, emulator } = shared();
  write(shared(), program(first));
  expect(counts(await ok(project.up()))).toEqual({ created: 4 });
  expect(names(emulator)).toEqual(["Production"]);
  expect(names(staging)).toEqual(["Staging"]);
});

it("a key that the program gives in plain is a secret in the state", () => {
  expect(shared().project.stateText()).not.toContain(first);
});

it("another key replaces nothing", async () => {
  const { project } = shared();
  write(shared(), program(second, { minAdmins: "1" }));
  const up = await ok(project.up());
  expect(counts(up)).toEqual({ updated: 1, unchanged: 3 });
});

it("a wrong setting is named, and its value is not", async () => {
  const { project } = shared();
  write(shared(), program("plain-nonsense"));
  const preview = await project.preview();
  expect(preview.code).not.toBe(0);
  expect(preview.combined).toContain("does not look like a WorkOS API key");
  expect(preview.combined).not.toContain("plain-nonsense");
});

it("settings that another resource is yet to tell are no hindrance to a preview, which then asks nobody there", async () => {
  const { project, emulator } = shared();
  const resources = {
    tenant: { type: "workos:Organization", properties: { name: "Tenant" } },
    key: { type: "workos:OrganizationApiKey", properties: { organizationId: "${tenant.id}", name: "CI" } },
    later: { type: "pulumi:providers:workos", properties: { apiKey: "${key.value}", baseUrl: emulator.url } },
    inside: { type: "workos:Organization", properties: { name: "Inside" }, options: { provider: "${later}" } },
  };
  write(shared(), asYaml({ resources }));
  emulator.control.requests.clear();
  expect(counts(await ok(project.preview()))).toMatchObject({ "to create": 4 });
  expect(asked(shared()).filter((operation) => operation !== previewRead)).toEqual([]);
});
