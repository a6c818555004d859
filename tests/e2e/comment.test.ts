/** The comment on what the real engine previews: `pulumi preview --json` is nobody's documented format. */
import { commentOf, type Preview } from "../../cli/comment";
import { ok, sharedStack } from "./support/stack";

const before = `
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme" });
const beta = new workos.Organization("beta", { name: "Beta" });
const inBeta = (userId, roleSlug) => ({ userId, organizationId: beta.id, roleSlug });
new workos.OrganizationRoster("people", { organizationId: acme.id, mode: "authoritative", members: {
  "ann@example.com": { roles: ["admin"] },
  "ben@example.com": { roles: ["admin"] },
  "bob@example.com": { roles: ["member"] },
  "cleo@example.com": { roles: ["member"], via: "invitation" },
} });
const dan = new workos.User("dan", { email: "dan@example.com", firstName: "Dan", password: "correct-horse-1" });
const eve = new workos.User("eve", { email: "eve@example.com" });
const fay = new workos.User("fay", { email: "fay@example.com" });
new workos.OrganizationMembership("dan-beta", inBeta(dan.id, "admin"));
new workos.OrganizationMembership("eve-beta", inBeta(eve.id, "member"));
new workos.OrganizationMembership("fay-beta", inBeta(fay.id, "admin"));
new workos.Invitation("gus", { email: "gus@example.com", organizationId: beta.id, roleSlug: "member" });
new workos.Invitation("hal", { email: "hal@example.com", organizationId: beta.id, roleSlug: "admin" });
new workos.OrganizationApiKey("ci", { organizationId: beta.id, name: "CI" });
`;

const after = `
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme" });
const beta = new workos.Organization("beta", { name: "Beta" });
const gamma = new workos.Organization("gamma", { name: "Gamma" });
const inBeta = (userId, roleSlug) => ({ userId, organizationId: beta.id, roleSlug });
new workos.OrganizationRoster("people", { organizationId: acme.id, mode: "authoritative", members: {
  "ann@example.com": { roles: ["member"] },
  "bob@example.com": { roles: ["admin", "member"] },
  "zoe@example.com": { roles: ["member"] },
} });
new workos.OrganizationRoster("gammas", { organizationId: gamma.id, members: { "kim@example.com": { roles: ["member"] } } });
const dan = new workos.User("dan", { email: "dan@example.com", firstName: "Danny", password: "correct-horse-1" });
const eve = new workos.User("eve", { email: "eve@example.com" });
const ida = new workos.User("ida", { email: "ida@example.com", password: "battery-staple-3" });
new workos.OrganizationMembership("dan-beta", inBeta(dan.id, "member"));
new workos.OrganizationMembership("eve-beta", inBeta(eve.id, "member"));
new workos.OrganizationMembership("ida-beta", inBeta(ida.id, "member"));
new workos.Invitation("gus", { email: "gus@example.com", organizationId: beta.id, roleSlug: "admin" });
new workos.Invitation("jon", { email: "jon@example.com", organizationId: beta.id, roleSlug: "member" });
new workos.OrganizationApiKey("ci", { organizationId: beta.id, name: "CI 2", overlap: "24h" });
`;

const stack = sharedStack({ program: before });
const previewed = async (...args: string[]) => (await stack().project.previewJson({ args })) as unknown as Preview;
const withoutIds = (text: string) => text.slice(0, text.indexOf("<details>")).trim();

beforeAll(async () => {
  await stack().project.setConfig({ "workos:minAdmins": { value: "2" }, "workos:maxRemovals": { value: "1" } });
  await ok(stack().project.up());
});

test("who gains, loses and changes what, in a roster and by single resources, and what the stack's guards will refuse", async () => {
  stack().project.writeProgram(after);
  const text = commentOf(await previewed("--show-sames"));
  expect(withoutIds(text)).toBe(`<!-- pulumi-workos: access -->

## Changes of access

Stack \`test\` of \`e2e\`, organizations Acme, Beta, Gamma.

> [!CAUTION]
> **Will be refused.** people: Acme would be left with 1 active admin, fewer than the 2 it must keep (minAdmins), because ann@example.com, ben@example.com would lose that. Make somebody else an admin first, or override once with WORKOS\\_OVERRIDE\\_MIN\\_ADMINS=1 in the environment.

> [!CAUTION]
> **May be refused.** Beta would be left with 0 active admins that this stack knows of, and must keep 2 (workos:minAdmins): dan@example.com, fay@example.com would be none any more. Make somebody else an admin first, or override once with WORKOS\\_OVERRIDE\\_MIN\\_ADMINS=1 in the environment of the run.

### 🔴 Removes 1 admin

- \`fay@example.com\` (admin) in Beta

### 🔴 Suspends 1 admin

- \`ben@example.com\` in Acme

### 🔴 Takes the admin role from 2

- \`ann@example.com\` (admin → member) in Acme
- \`dan@example.com\` (admin → member) in Beta

### 🟠 Grants admin to 2

- \`bob@example.com\` (member → admin, member) in Acme
- \`gus@example.com\` (member → admin) in Beta: of the invitation, which is sent anew

### 🟠 Removes 1

- \`fay@example.com\`: the user is deleted, everywhere

### 🟡 Changes 1 API key

- \`CI 2\` in Beta: a new one; the old one ends after 24h

### 🟢 Adds 3

- \`kim@example.com\` (member) in Gamma
- \`zoe@example.com\` (member) in Acme
- \`ida@example.com\` (member) in Beta

### 🟢 Invites 1

- \`jon@example.com\` (member) in Beta

### 🟢 Takes back 2 invitations

- \`cleo@example.com\` in Acme
- \`hal@example.com\` in Beta

### ⚪ Other changes: 3

- create Organization \`Gamma\`
- update User \`dan@example.com\`: firstName
- create User \`ida@example.com\`

No change for 1.`);
  expect(text).not.toMatch(/correct-horse|battery-staple|sk_/);
});

test("the refusals that were foreseen come, and nothing is changed in the roster", async () => {
  // The engine stops at whichever refusal comes first, unless it is told to go on.
  const result = await stack().project.up({ args: ["--continue-on-error"] });
  expect(result.code).not.toBe(0);
  expect(result.combined).toContain("Acme would be left with 1 active admin, fewer than the 2 it must keep");
  expect(result.combined).toContain("Beta would be left with 1 active admin, fewer than workos:minAdmins = 2");
});

test("with a refresh it shows what is put back, and nothing that only was read", async () => {
  stack().project.writeProgram(before);
  await ok(stack().project.up({ env: { WORKOS_OVERRIDE_MIN_ADMINS: "1", WORKOS_OVERRIDE_MAX_REMOVALS: "1" } }));
  const { api, emulator } = stack();
  const { organizations, organizationMemberships, users } = emulator.control.state();
  const acme = organizations.find(({ name }) => name === "Acme")?.id ?? "";
  const dan = users.find(({ email }) => email === "dan@example.com")?.id;
  const max = await api.users.create({ email: "max@example.com" });
  await api.organizationMemberships.create({ user_id: max.id, organization_id: acme, role_slug: "member" });
  await api.organizationMemberships.delete({
    id: organizationMemberships.find(({ user_id }) => user_id === dan)?.id ?? "",
  });
  const text = withoutIds(commentOf(await previewed("--refresh", "--run-program", "--show-sames")));
  expect(text).toMatch(/### 🟠 Suspends 1\n\n- `max@example\.com` in Acme\n/);
  expect(text).toMatch(/### 🟠 Grants admin to 1\n\n- `dan@example\.com` \(admin\) in Beta\n/);
  expect(text.match(/^### /gm)).toHaveLength(2);
});

test("a preview that fails says so, and why", async () => {
  stack().project.writeProgram(`${before}\nnew workos.User("bad", { email: "nope" });`);
  const text = commentOf(await previewed());
  expect(text).toContain("## The preview failed");
  expect(text).toContain('email "nope" is not an email address');
});
