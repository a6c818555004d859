/** Settings of an environment, on the real engine: the example, and what happens to it afterwards. */
import { type CommandResult } from "../support/engine";
import { read } from "../support/repository";
import { exampleStack } from "./support/examples";
import { diagnostics, steps as allSteps } from "./support/report";
import { ok } from "./support/stack";

const stack = exampleStack("environment-settings");
const state = () => stack().emulator.control.state();
/** What a run did besides looking. */
const steps = (result: CommandResult) =>
  Object.fromEntries(
    Object.entries(allSteps(result))
      .map(([name, ops]) => [name, ops.filter((op) => op !== "refresh")] as const)
      .filter(([, ops]) => ops.length > 0),
  );
const up = (...args: string[]) => stack().project.up({ events: true, args });
const before = '{ "before": true }';

test("what is there is taken over, and all the rest is made, once", async () => {
  await stack().api.jwtTemplate.update({ content: before });
  const result = await ok(up());
  expect(diagnostics(result)).toContain("Adopted the JWT template of the environment (jwt_template): content changed.");
  expect(state()).toMatchObject({
    redirectUris: expect.arrayContaining([
      expect.objectContaining({ uri: "https://app.example.com/callback" }),
      expect.objectContaining({ uri: "https://*.preview.app.example.com/callback" }),
    ]) as unknown,
    corsOrigins: [{ origin: "https://app.example.com" }],
    webhookEndpoints: [{ endpoint_url: "https://app.example.com/webhooks/workos", status: "enabled" }],
    jwtTemplate: { content: expect.stringContaining("organization.metadata.tier") as unknown },
    organizations: [{ domains: [{ domain: "acme.example", state: "pending" }] }],
  });
  expect(steps(await ok(up("--refresh")))).toEqual({});
});

test("the webhook's secret is encrypted, and the record of the domain is shown", async () => {
  const [hook] = state().webhookEndpoints;
  const { deployment } = await stack().project.state();
  expect(JSON.stringify(deployment)).not.toContain(hook?.secret);
  const [domain] = state().organizations.flatMap(({ domains }) => domains);
  expect(await stack().project.outputs()).toMatchObject({
    record: { name: `${domain?.verification_prefix ?? ""}.acme.example`, text: domain?.verification_token },
    domainState: "pending",
  });
});

test("the domain is verified by the run that asks for it", async () => {
  await stack().project.setConfig({ verify: { value: "1" } });
  expect(steps(await ok(up()))).toEqual({ "acme-example": ["update"] });
  expect(state().organizations[0]?.domains).toMatchObject([{ domain: "acme.example", state: "verified" }]);
});

test("a plan says which event it does not know, and what was probably meant", async () => {
  stack().project.writeProgram(
    read("examples/environment-settings/index.ts").replace('"user.deleted"', '"user.deletd"'),
  );
  const plan = await ok(stack().project.preview());
  expect(plan.combined).toContain('"user.deletd" is no event that this version knows; did you mean user.deleted?');
  const refused = await up();
  expect(refused.code).not.toBe(0);
  expect(diagnostics(refused)).toContain("unknown_event_type");
});

test("a destroy says what stays and what is put back", async () => {
  stack().project.writeProgram(read("examples/environment-settings/index.ts"));
  await ok(up());
  const said = diagnostics(await ok(stack().project.destroy()));
  for (const line of [
    "The redirect URI https://app.example.com/callback is retained: sign-ins may lead there as before.",
    "The CORS origin https://app.example.com stays as it is: WorkOS has no operation that deletes it.",
    "The JWT template of the environment is what it was when this resource took it over",
    "https://app.example.com/webhooks/workos is no longer told of events",
  ]) {
    expect(said).toContain(line);
  }
  expect(state()).toMatchObject({
    redirectUris: [{ uri: "https://app.example.com/callback" }],
    corsOrigins: [{ origin: "https://app.example.com" }],
    webhookEndpoints: [],
    jwtTemplate: { content: before },
    organizations: [],
  });
});
