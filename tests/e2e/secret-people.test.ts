/** People whom a program keeps secret: encrypted in the state, and named by no plan, run, error or comment. */
import { commentOf, type Preview } from "../../cli/comment";
import { ok, sharedStack } from "./support/stack";

const program = (members: object, more = "") => `
import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme" });
const beta = new workos.Organization("beta", { name: "Beta" });
new workos.OrganizationRoster("people", {
  organizationId: acme.id, members: pulumi.secret(${JSON.stringify(members)}), mode: "authoritative",
  guards: { minAdmins: 1, maxRemovals: { people: 5, fraction: 1 } },
});
new workos.OrganizationRoster("open", { organizationId: beta.id, members: { "open@example.com": { roles: ["member"] } } });
new workos.User("hidden", { email: pulumi.secret("hidden-user@example.com"), firstName: "Plain" });
new workos.Invitation("asked", { email: pulumi.secret("hidden-guest@example.com"), organizationId: beta.id });
${more}`;

const ann = { roles: ["admin"], firstName: "Hidden-Anna" };
const ben = { roles: ["member"], externalId: "hidden-7" };
const team = { "hidden-ann@example.com": ann, "hidden-ben@example.com": ben };
const secrets = /hidden-|Hidden-/;

const stack = sharedStack({ program: program(team) });

async function nothingShown(run: Promise<{ combined: string }>): Promise<string> {
  const { combined } = await run;
  expect(combined).not.toMatch(secrets);
  expect(stack().project.stateText()).not.toMatch(secrets);
  return combined;
}

test("they are in no output, and in the state by ciphertext alone", async () => {
  await nothingShown(stack().project.preview());
  const combined = await nothingShown(ok(stack().project.up()));
  expect(combined).toContain("Applied to Acme: 2 changes, 0 unchanged");
  expect(combined).toContain("GRANTS admin to 1: [secret] (admin)");
  expect(
    stack()
      .emulator.control.state()
      .users.map(({ email }) => email),
  ).toContain("hidden-ann@example.com");
  // What is no secret is as it was.
  expect(stack().project.stateText()).toContain("open@example.com");
});

test("a run that has nothing to do has nothing to say", async () => {
  const combined = await nothingShown(ok(stack().project.up({ args: ["--expect-no-changes"] })));
  expect(combined).not.toContain("[secret]");
});

test("a refresh that finds others, and the plan and the comment that follow, name nobody", async () => {
  const { api, emulator } = stack();
  const { organizations } = emulator.control.state();
  const { id: userId } = await api.users.create({ email: "hidden-extra@example.com" });
  const acme = organizations.find(({ name }) => name === "Acme")?.id ?? "";
  await api.organizationMemberships.create({ user_id: userId, organization_id: acme, role_slug: "member" });
  await nothingShown(ok(stack().project.refresh({ args: ["--run-program"] })));
  const { "hidden-ben@example.com": _ben, ...less } = team;
  stack().project.writeProgram(program(less));
  const preview = await nothingShown(ok(stack().project.preview()));
  expect(preview).toMatch(/suspends 2: \[secret\]/);
  const json = (await stack().project.previewJson({ args: ["--show-sames"] })) as unknown as Preview;
  const comment = commentOf(json);
  expect(comment).not.toMatch(secrets);
  expect(comment).toContain("who is in the roster is a secret");
});

test("a refusal counts them and names nobody", async () => {
  stack().project.writeProgram(program({ "hidden-ben@example.com": ben }));
  const combined = await nothingShown(stack().project.up());
  expect(combined).toContain("Acme would be left with 0 active admins");
});

test("mistakes in them name nobody", async () => {
  stack().project.writeProgram(program({ ...team, "hidden-nobody": { roles: ["admin"], statu: "x" } }));
  const combined = await nothingShown(stack().project.preview());
  expect(combined).toContain("is not an email address");
});

test("their end is said without them", async () => {
  stack().project.writeProgram(program(team));
  await nothingShown(ok(stack().project.destroy()));
});
