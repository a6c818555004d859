/** The example of a policy pack, on the real engine: each rule violated, then each satisfied. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { diagnostics } from "./support/report";
import { sharedStack } from "./support/stack";

const stack = sharedStack();
const pack = resolve(__dirname, "../../examples/policy");

async function judged(program: string, ...args: string[]) {
  stack().project.writeProgram(`import * as workos from "pulumi-workos";\n${program}`);
  const result = await stack().project.preview({ args: ["--policy-pack", pack, ...args] });
  const found = [...result.stdout.matchAll(/\[mandatory\] +([\w-]+) +\(\S+: (\w+)\)/g)];
  return { ...result, violations: found.map(([, rule, name]) => `${rule}: ${name}`).sort() };
}

const soon = new Date(Date.now() + 30 * 24 * 60 * 60 * 1_000).toISOString();

test("each rule names what violates it, and the preview fails", async () => {
  const result = await judged(`
    const acme = new workos.Organization("bare", { name: "Acme" });
    new workos.User("stranger", { email: "ann@elsewhere.example" });
    new workos.User("plain", { email: "ben@acme.example", password: "correct-horse-battery" });
    new workos.Invitation("foreign", { email: "cleo@elsewhere.example", organizationId: acme.id });
    new workos.Invitation("boss", { email: "dan@acme.example", organizationId: acme.id, roleSlug: "admin" });
    new workos.OrganizationApiKey("endless", { organizationId: acme.id, name: "CI" });
    new workos.OrganizationApiKey("long", { organizationId: acme.id, name: "CI", expiresAt: "2999-01-01T00:00:00Z" });`);
  expect(result.code).not.toBe(0);
  expect(result.violations).toEqual([
    "allowed-domains: foreign",
    "allowed-domains: stranger",
    "expiring-keys: endless",
    "expiring-keys: long",
    "no-admin-by-invitation: boss",
    "no-plain-passwords: plain",
    "protected-organizations: bare",
  ]);
  expect(result.combined).not.toContain("correct-horse-battery");
});

test("a program that keeps to all rules passes, values that are not known yet included", async () => {
  const result = await judged(`
    const acme = new workos.Organization("acme", { name: "Acme" }, { protect: true });
    const ann = new workos.User("ann", { email: "Ann@Acme.example", passwordHash: "$2b$10$abc", passwordHashType: "bcrypt" });
    new workos.OrganizationMembership("ann-acme", { userId: ann.id, organizationId: acme.id, roleSlug: "admin" });
    new workos.Invitation("bob", { email: acme.id.apply((id) => id + "@later.example"), organizationId: acme.id, roleSlug: "member" });
    new workos.OrganizationApiKey("ci", { organizationId: acme.id, name: "CI", expiresAt: "${soon}" });
    new workos.OrganizationApiKey("later", { organizationId: acme.id, name: "CI", expiresAt: acme.createdAt });`);
  expect([result.code, result.violations, diagnostics(result)]).toEqual([0, [], ""]);
  expect(result.stdout).toContain("string value at .email can't be known during preview");
});

test("what the rules allow can be configured", async () => {
  const config = join(stack().project.directory, "policy-config.json");
  writeFileSync(config, JSON.stringify({ "allowed-domains": { domains: ["other.example"] } }));
  const result = await judged(
    `new workos.User("ann", { email: "ann@acme.example" }); new workos.User("ben", { email: "ben@other.example" });`,
    "--policy-pack-config",
    config,
  );
  expect(result.violations).toEqual(["allowed-domains: ann"]);
});
