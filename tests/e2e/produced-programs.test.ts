/** Programs that the commands write, on the real engine: they take over what there is, and their first run makes nothing. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../cli/support/run";
import { everythingInTerraform } from "./support/terraform";
import { steps } from "./support/report";
import { ok, sharedStack, type Stack } from "./support/stack";

// One for each program: what is not in a program any more would be taken away by the next.
const fromTerraform = sharedStack();
const gamma = "org_01GAMMA";
const users = Array.from({ length: 1_000 }, (_, index) => ({
  email: `p${index}@example.com`,
  first_name: `P${index}`,
  memberships: [{ organization: gamma, role: index % 100 === 0 ? "admin" : "member" }],
}));
const fromLive = sharedStack({ emulator: { seed: { organizations: [{ id: gamma, name: "Gamma" }], users } } });

/** Everything that AuthKit holds, times of change included: a write of any kind would show. */
const everything = ({ emulator }: Stack) => JSON.stringify(emulator.control.state());

/** What the local AuthKit was asked to change. */
const writes = ({ emulator }: Stack) =>
  emulator.control.requests.list().flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));

test("from-tfstate: all 18 resources of the Terraform providers are adopted as they are, and then manage themselves", async () => {
  const { api, emulator, project } = fromTerraform();
  const file = join(project.directory, "tf.json");
  const { state, secrets, ids } = await everythingInTerraform(api, { connection: "conn_1", directory: "directory_1" });
  expect(new Set(state.resources.map(({ type }) => type)).size).toBe(18);
  writeFileSync(file, JSON.stringify(state));
  const { code, out, err } = await run(["from-tfstate", file]);
  expect(code).toBe(0);
  expect(err.split("\n")).toEqual([
    "Not taken along: workos_connection.okta: a customer's administrator makes connections, in the portal; refer to this one with getConnection.",
    "Not taken along: workos_directory.okta: a customer's administrator makes directories, in the portal; refer to this one with getDirectory.",
    "24 of 26 are taken over.",
  ]);
  for (const secret of secrets) expect(out).not.toContain(secret);
  // Whatever another resource of the program is about is named by that.
  expect(ids.filter((id) => out.includes(id))).toEqual(ids.filter((id) => out.includes(`adoptId: "${id}"`)));

  project.writeProgram(out);
  const before = everything(fromTerraform());
  emulator.control.requests.clear();
  const preview = await ok(project.preview({ events: true }));
  const resources = out.match(/new workos\./g)?.length ?? 0;
  expect(Object.values(steps(preview)).flat()).toEqual(Array(resources).fill("create"));
  const up = await ok(project.up({ events: true }));
  expect(writes(fromTerraform())).toEqual([]);
  expect(everything(fromTerraform())).toBe(before);
  expect(up.combined).not.toContain("changed.");
  const { resources: held = [] } = (await project.state()).deployment;
  expect(held.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  await ok(project.preview({ args: ["--refresh", "--expect-no-changes"] }));
  expect(writes(fromTerraform())).toEqual([]);
});

test("init: a roster of a thousand people, and its program, change nothing", async () => {
  const { api, emulator, project } = fromLive();
  const [roster, program] = [join(project.directory, "roster.yaml"), join(project.directory, "roster.ts")];
  await api.invitations.send({ email: "ivy@example.com", organization_id: gamma, role_slug: "member" });
  const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
  const { code, err } = await run(
    ["init", "--organization", gamma, "--out", roster, "--program", program, "--profiles"],
    { env },
  );
  expect([code, err]).toEqual([0, expect.stringContaining("1,001 people of Gamma.")]);
  project.writeProgram(readFileSync(program, "utf8"));
  const before = everything(fromLive());
  const up = await ok(project.up({ events: true }));
  expect(steps(up)).toMatchObject({ people: ["create"] });
  expect(up.combined).toContain("Applied to Gamma: 0 changes, 1,001 unchanged");
  expect(everything(fromLive())).toBe(before);
  await ok(project.preview({ args: ["--refresh", "--expect-no-changes"] }));
});
