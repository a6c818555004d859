/** What is there already becomes a resource: by the command, by the option, and from a file. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok } from "../e2e/support/stack";
import { counts, sharedYaml, write } from "./support/plugin";

const shared = sharedYaml("resources: {}\n");

const program = ({ name = "Acme", option = "" }) => `
resources:
  acme:
    type: workos:Organization
    properties: { name: ${name} }
  ann:
    type: workos:User
    properties: { email: ann@example.com, firstName: Ann, lastName: Lee }
    ${option}
`;

async function existing() {
  const { api } = shared();
  const acme = await api.organizations.create({ name: "Acme", external_id: "acme" });
  const ann = await api.users.create({ email: "ann@example.com", first_name: "Ann", last_name: "Lee" });
  const group = await api.groups.create({ organization_id: acme.id, name: "Engineering" });
  return { acme, ann, group };
}

let there: Awaited<ReturnType<typeof existing>>;

beforeAll(async () => {
  there = await existing();
});

const importing = (...args: string[]) =>
  shared().project.run(["import", "--yes", "--skip-preview", "--protect=false", ...args]);

it("by the command, with the program that it writes", async () => {
  const imported = await ok(importing("workos:index:Organization", "acme", there.acme.id));
  expect(imported.stdout).toContain("name: Acme");
  expect(imported.stdout).toContain("externalId: acme");
  expect(counts(imported)).toEqual({ imported: 1, created: 1 });
});

it("by the option, and then nothing is to be done", async () => {
  const { project, emulator } = shared();
  write(shared(), program({ option: `options: { import: ${there.ann.id} }` }));
  expect(counts(await ok(project.up()))).toEqual({ imported: 1, unchanged: 2 });
  write(shared(), program({}));
  emulator.control.requests.clear();
  expect(counts(await ok(project.up()))).toEqual({ unchanged: 3 });
  expect(emulator.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);
});

it("leaves what the program does not declare", async () => {
  const { project, emulator } = shared();
  write(shared(), program({ name: "Acme Ltd" }));
  expect(counts(await ok(project.up()))).toEqual({ updated: 1, unchanged: 2 });
  expect(emulator.control.state().organizations).toMatchObject([{ name: "Acme Ltd", external_id: "acme" }]);
});

it("from a file, by ids of several parts", async () => {
  const { project } = shared();
  const file = join(project.directory, "import.json");
  const resources = [
    { type: "workos:index:Group", name: "engineering", id: `${there.acme.id}/${there.group.id}` },
    { type: "workos:index:EnvironmentRole", name: "member", id: "member" },
  ];
  writeFileSync(file, JSON.stringify({ resources }));
  const imported = await ok(importing("--file", file));
  expect(counts(imported)).toMatchObject({ imported: 2 });
  const { deployment } = await project.state();
  const ids = (deployment.resources ?? []).filter(({ type }) => type === "workos:index:Group").map(({ id }) => id);
  expect(ids).toEqual([there.group.id]);
});

it("says by what a kind is imported where the id is none, and when nothing is there", async () => {
  const wrong = await importing("workos:index:Group", "other", there.group.id);
  expect(wrong.code).not.toBe(0);
  expect(wrong.combined).toContain("is not what a group is imported by, which is org_…/id");
  const missing = await importing("workos:index:User", "nobody", "user_01NOBODY");
  expect(missing.code).not.toBe(0);
  expect(missing.combined).toContain("does not exist");
});
