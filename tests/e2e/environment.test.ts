/** A preview that cannot work is red, and the key of another environment ends nothing: with the engine itself. */
import { type Emulator, startEmulator } from "../../emulator";
import { diagnostics } from "./support/report";
import { ok, type Stack, startStack } from "./support/stack";

let stack: Stack;
let elsewhere: Emulator;

const program = (role: string) => `
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme" });
const ann = new workos.User("ann", { email: "ann@example.com" });
new workos.OrganizationMembership("ann", { userId: ann.id, organizationId: acme.id, roleSlug: "${role}" });
`;

/** The settings of the last `up` would be the old ones: Pulumi takes those for a refresh and a destroy. */
const fresh = { args: ["--run-program"] };
const overridden = { ...fresh, env: { WORKOS_OVERRIDE_ENVIRONMENT: "1" } };

/** What a state records, by URN: a refresh writes resources in the order in which they end. */
const recorded = async () =>
  new Map(((await stack.project.state()).deployment.resources ?? []).map(({ urn, id }) => [urn, id]));

beforeAll(async () => {
  elsewhere = await startEmulator();
  stack = await startStack({ program: program("admn") });
});

afterAll(async () => {
  await stack.end();
  await elsewhere.close();
});

const lead = (emulator: Emulator) =>
  stack.project.setConfig({
    "workos:apiKey": { value: emulator.apiKey, secret: true },
    "workos:baseUrl": { value: emulator.url },
  });

test("an unknown role is an error in the preview, and nothing is written", async () => {
  const preview = await stack.project.preview();
  expect(preview.code).not.toBe(0);
  expect(diagnostics(preview)).toContain('roleSlug "admn" is no role here; did you mean admin?');
  stack.project.writeProgram(program("admin"));
  await ok(stack.project.up());
});

test("with another environment's key a preview, a refresh and a destroy are refused, and the state stays", async () => {
  await lead(elsewhere);
  const before = await recorded();
  for (const command of ["preview", "refresh", "destroy"] as const) {
    const result = await stack.project[command](command === "preview" ? {} : fresh);
    expect(result.code).not.toBe(0);
    expect(diagnostics(result)).toContain("is not in the environment that the key leads to");
  }
  expect(await recorded()).toEqual(before);
  expect(elsewhere.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);
  expect(stack.emulator.control.state().organizationMemberships).toHaveLength(1);
});

test("with its own key again all goes on, and what is gone for good can be said to be", async () => {
  await lead(stack.emulator);
  const same = await ok(stack.project.up());
  expect(same.stdout).toContain("4 unchanged");
  await lead(elsewhere);
  await ok(stack.project.refresh(overridden));
  const left = (await stack.project.state()).deployment.resources ?? [];
  expect(left.filter(({ id }) => id !== undefined && /^(org|user|om)_/.test(id))).toEqual([]);
});
