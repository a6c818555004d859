/** Programs that the commands write, on the real engine: they take over what there is, and their first run makes nothing. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../cli/support/run";
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

test("from-tfstate: everything is adopted as it is, and then manages itself", async () => {
  const { api, project } = fromTerraform();
  const file = join(project.directory, "tf.json");
  const acme = await api.organizations.create({
    name: "Acme",
    domain_data: [
      { domain: "acme.example", state: "verified" },
      { domain: "acme.test", state: "pending" },
    ],
  });
  const beta = await api.organizations.create({ name: "Beta", external_id: "beta", metadata: { plan: "pro" } });
  const ann = await api.users.create({ email: "ann@example.com", first_name: "Ann", email_verified: true });
  const ben = await api.users.create({ email: "ben@example.com", metadata: { team: "ops" } });
  const both = [
    await api.organizationMemberships.create({ user_id: ann.id, organization_id: acme.id, role_slug: "admin" }),
    await api.organizationMemberships.create({ user_id: ben.id, organization_id: beta.id, role_slug: "member" }),
  ];
  await api.organizationMemberships.deactivate({ id: both[1]?.id ?? "" });
  const managed = (type: string, name: string, attributes: object) => ({
    mode: "managed",
    type,
    name,
    instances: [{ attributes }],
  });
  const attributesOf = ({ id, user_id, organization_id, role }: (typeof both)[number], status: string) => ({
    id,
    user_id,
    organization_id,
    role_slug: role.slug,
    status,
  });
  const resources = [
    managed("workos_organization", "acme", { id: acme.id, name: "Acme", domains: ["acme.example"] }),
    managed("workos_organization", "beta", {
      id: beta.id,
      name: "Beta",
      external_id: "beta",
      metadata: { plan: "pro" },
      allow_profiles_outside_organization: false,
    }),
    managed("workos_organization_domain", "test", { organization_id: acme.id, domain: "acme.test", state: "pending" }),
    managed("workos_user", "ann", { id: ann.id, email: "ann@example.com", first_name: "Ann", email_verified: true }),
    managed("workos_user", "ben", { id: ben.id, email: "ben@example.com", metadata: { team: "ops" } }),
    ...both.map((one, index) =>
      managed("workos_organization_membership", `m${index}`, attributesOf(one, index === 0 ? "active" : "inactive")),
    ),
  ];
  writeFileSync(file, JSON.stringify({ version: 4, resources }));
  const { code, out, err } = await run(["from-tfstate", file]);
  expect([code, err]).toEqual([0, "7 of 7 are taken over."]);
  project.writeProgram(out);
  const before = everything(fromTerraform());
  const up = await ok(project.up({ events: true }));
  expect(Object.values(steps(up))).toEqual(Array(6).fill(["create"]));
  expect(everything(fromTerraform())).toBe(before);
  expect(up.combined.match(/Adopted the /g)?.length).toBeGreaterThanOrEqual(6);
  const { resources: held = [] } = (await project.state()).deployment;
  expect(held.map(({ id }) => id)).toEqual(
    expect.arrayContaining([acme.id, beta.id, ann.id, ben.id, ...both.map(({ id }) => id)]),
  );
  await ok(project.preview({ args: ["--refresh", "--expect-no-changes"] }));
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
