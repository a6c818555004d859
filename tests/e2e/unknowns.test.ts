/** Previews: what is not known yet passes every check, and what is wrong is said in plain words. */
import { diagnostics } from "./support/report";
import { asked, ok, previewRead, sharedStack } from "./support/stack";

const stack = sharedStack();

test("a program in which everything depends on what is not created yet can be previewed", async () => {
  stack().project.writeProgram(`
import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";
const user = new workos.User("user", { email: "ann@example.com" });
const organization = new workos.Organization("organization", {
  name: pulumi.interpolate\`of \${user.id}\`,
  metadata: { owner: user.id, plan: "team" },
  domains: [{ domain: pulumi.interpolate\`\${user.id}.example\`, state: "verified" }, user.id.apply(() => ({ domain: "b.example" }))],
});
const membership = new workos.OrganizationMembership("membership", {
  userId: user.id,
  organizationId: organization.id,
  roleSlugs: [organization.id.apply(() => "member"), "admin"],
  status: user.id.apply(() => "active" as const),
});
const invitation = new workos.Invitation("invitation", {
  email: pulumi.interpolate\`\${user.id}@example.com\`,
  organizationId: organization.id,
  inviterUserId: user.id,
  roleSlug: membership.roleSlug,
  expiresInDays: user.id.apply(() => 3),
});
const key = new workos.OrganizationApiKey("key", {
  organizationId: organization.id,
  name: organization.name,
  permissions: [membership.roleSlug],
  expiresAt: invitation.expiresAt,
  keepers: { token: invitation.token, state: organization.domains.apply((domains) => String(domains?.length)) },
});
new workos.User("second", {
  email: pulumi.interpolate\`\${key.id}@example.com\`,
  emailVerified: key.id.apply(() => true),
  locale: key.id,
  password: key.value,
  metadata: key.id.apply((id) => ({ id })),
});
`);
  const preview = await ok(stack().project.preview({ args: ["--diff"] }));
  expect(preview.stdout).toMatch(/\+ 7 to create/);
  expect(preview.stdout).toMatch(/owner: \[unknown\]\n +plan *: "team"/);
  expect(asked(stack())).toEqual([previewRead]);
  stack().emulator.control.requests.clear();
});

test("wrong values are said one by one, with the property and the remedy, without values that may be secret", async () => {
  stack().project.writeProgram(`
import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";
new workos.User("ann", {
  email: "ann",
  firstNam: "Ann",
  password: "plain-secret-one",
  passwordHash: "plain-secret-two",
  metadata: { ["k".repeat(41)]: "v", note: pulumi.secret("plain-secret-three".repeat(40)) },
} as never);
`);
  const preview = await stack().project.preview();
  expect(preview.code).not.toBe(0);
  const errors = diagnostics(preview)
    .split("\n")
    .filter((line) => line.includes("error: "))
    .map((line) => line.trim().replace("error: pulumi-nodejs:dynamic/workos:", ""));
  expect(errors).toEqual([
    `User resource 'ann' has a problem: firstNam is not an input of User; did you mean firstName?`,
    `User resource 'ann' has a problem: email "ann" is not an email address; write it like ann@example.com`,
    expect.stringMatching(
      /^User resource 'ann' has a problem: metadata \["k+"\] the key must be at most 40 characters/,
    ),
    `User resource 'ann' has a problem: passwordHash excludes password; give the plain password or its hash, not both`,
    expect.stringMatching(
      /^User resource 'ann' has a problem: passwordHashType is needed with passwordHash; it is one/,
    ),
  ]);
  expect(preview.combined).not.toContain("plain-secret");
  expect(preview.combined).not.toMatch(/^\s+at /m);
  expect(stack().emulator.control.requests.list()).toEqual([]);
});
