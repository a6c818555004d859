/** Roles, permissions and people as files, on the real engine: the example, and what becomes of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../cli/support/run";
import { read } from "../support/repository";
import { exampleStack, shownOutputs } from "./support/examples";
import { diagnostics, steps } from "./support/report";
import { ok } from "./support/stack";

const example = "roles-as-files";
const stack = exampleStack(example);
const write = (name: string, text: string) => writeFileSync(join(stack().project.directory, "access", name), text);
const roles = read(`examples/${example}/access/roles.yaml`);
const roster = read(`examples/${example}/access/roster.yaml`);
beforeAll(() => {
  mkdirSync(join(stack().project.directory, "access"));
  write("roles.yaml", roles);
  write("roster.yaml", roster);
});
const state = () => stack().emulator.control.state();
const permissionsOf = (slug: string) =>
  [...(state().roles.find((role) => role.slug === slug)?.permissions ?? [])].sort();

test("a resource is made of each line, and the roster after its roles and groups", async () => {
  const result = await ok(stack().project.up({ events: true }));
  expect(steps(result)).toEqual({
    acme: ["create"],
    finance: ["create"],
    "invoices:read": ["create"],
    "invoices:pay": ["create"],
    member: ["create"],
    buyer: ["create"],
    "acme/org-auditor": ["create"],
    people: ["create"],
  });
  expect(permissionsOf("buyer")).toEqual(["invoices:pay", "invoices:read"]);
  expect(permissionsOf("member")).toEqual(["invoices:read"]);
  expect(diagnostics(result)).toContain("puts 2 into the group Finance: ann@acme.example, ben@acme.example");
  const again = await ok(stack().project.up({ args: ["--refresh"] }));
  expect(again.stdout).toMatch(/Resources:\n +9 unchanged\n/);
});

test("a role that the files do not define is an error with its place", async () => {
  write("roster.yaml", roster.replace("[org-auditor]", "[org-auditr]"));
  const refused = await stack().project.preview();
  expect(refused.code).not.toBe(0);
  expect(refused.combined).toContain(
    "access/roster.yaml:11:31 org-auditr is none of the roles that the roles files define; did you mean org-auditor?",
  );
  write("roster.yaml", roster);
  write("roles.yaml", roles.replace("[invoices:read, invoices:pay]", "[invoices:read, invoices:pya]"));
  const wrong = await stack().project.preview();
  expect(wrong.combined).toContain("invoices:pya is not among the permissions; did you mean invoices:pay?");
});

test("what a role gains or loses is said of whoever has it", async () => {
  write("roles.yaml", roles.replace("[invoices:read, invoices:pay]", "[invoices:read]"));
  const result = await ok(stack().project.up({ events: true }));
  expect(diagnostics(result)).toContain("Whoever has the role buyer may no longer invoices:pay.");
  expect(permissionsOf("buyer")).toEqual(["invoices:read"]);
});

test("the page on one person is what the readme shows", async () => {
  const [shown = ""] = shownOutputs(example);
  const folder = join("examples", example);
  const { out } = await run(["check", join(folder, "access"), "--who", "ann@acme.example"]);
  expect(out.replaceAll(`${folder}/`, "")).toBe(shown.trim());
});
