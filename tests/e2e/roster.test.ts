/** A roster on the real engine: what a reviewer sees, and what becomes of it. One stack, one story in its order. */
import { diagnostics, steps } from "./support/report";
import { ok, sharedStack } from "./support/stack";

const program = (members: object, options: object = {}) => `
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme" });
const roster = new workos.OrganizationRoster("people", {
  organizationId: acme.id,
  members: ${JSON.stringify(members)},
  ...${JSON.stringify(options)},
});
export const ids = roster.ids;
export const pending = roster.pendingInvitations;
export const counts = roster.counts;
`;

const ann = { roles: ["admin"] };
const bob = { roles: ["member"], firstName: "Bob" };
const cleo = { roles: ["member"], via: "invitation" };
const team = {
  "ann@example.com": ann,
  "bob@example.com": bob,
  "cleo@example.com": cleo,
  // Over: the program itself leaves them out, so that they would show as leaving in the plan.
  "fred@example.com": { roles: ["admin"], expiresAt: "2020-01-31" },
};
const options = {
  mode: "authoritative",
  onRemove: "delete",
  guards: { minAdmins: 1, requiredAdmins: ["ann@example.com"] },
};

const stack = sharedStack({ program: program(team, options) });
const declare = (members: object) => stack().project.writeProgram(program(members, options));
const people = () => {
  const { organizationMemberships, users } = stack().emulator.control.state();
  return organizationMemberships
    .map(({ user_id, status, role }) => `${users.find(({ id }) => id === user_id)?.email}: ${status} ${role.slug}`)
    .sort();
};

test("everybody is enrolled or invited, and the outputs say who is who", async () => {
  const result = await ok(stack().project.up({ events: true }));
  expect(steps(result)).toEqual({ acme: ["create"], people: ["create"] });
  expect(people()).toEqual([
    "ann@example.com: active admin",
    "bob@example.com: active member",
    "cleo@example.com: pending member",
  ]);
  expect(await stack().project.outputs()).toEqual({
    ids: {
      "ann@example.com": {
        userId: expect.stringMatching(/^user_/) as string,
        membershipId: expect.stringMatching(/^om_/) as string,
      },
      "bob@example.com": {
        userId: expect.stringMatching(/^user_/) as string,
        membershipId: expect.stringMatching(/^om_/) as string,
      },
      "cleo@example.com": { invitationId: expect.stringMatching(/^invitation_/) as string },
    },
    pending: ["cleo@example.com"],
    counts: { active: 2, admins: 1, pending: 1, inactive: 0, outside: 0, directoryManaged: 0 },
  });
  expect(stack().project.stateText()).not.toContain("invitation_token");
});

test("a second run, with a refresh, changes nothing", async () => {
  const result = await ok(stack().project.up({ args: ["--refresh", "--diff"] }));
  expect(result.stdout).toMatch(/Resources:\n +3 unchanged\n/);
});

test("the plan names each person that changes, and sums up, risk first", async () => {
  declare({
    "ann@example.com": ann,
    "bob@example.com": { ...bob, roles: ["admin"] },
    "dan@example.com": { roles: ["member"] },
  });
  const plan = await ok(stack().project.preview({ args: ["--diff"] }));
  expect(plan.stdout).toMatch(/~ members +: \{/);
  expect(plan.stdout).toMatch(/~ bob@example\.com *: \{[^}]*~ roles/);
  expect(plan.stdout).toMatch(/- cleo@example\.com *: \{/);
  expect(plan.stdout).toMatch(/\+ dan@example\.com *: \{/);
  const summary = [
    "Roster of Acme: 3 changes, 1 unchanged",
    "  GRANTS admin to 1: bob@example.com (member to admin)",
    "  adds 1: dan@example.com",
    "  takes back the invitation of 1: cleo@example.com",
  ];
  const at = summary.map((line) => plan.combined.indexOf(line));
  expect(at).toEqual([...at].sort((one, other) => one - other));
  expect(at).not.toContain(-1);
  await ok(stack().project.up());
  expect(people()).toEqual([
    "ann@example.com: active admin",
    "bob@example.com: active admin",
    "dan@example.com: active member",
  ]);
});

test("whoever was let in behind the program's back is in the plan by name, and gone after the run", async () => {
  const { api, project } = stack();
  const [acme] = stack().emulator.control.state().organizations;
  const eve = await api.users.create({ email: "eve@example.com" });
  await api.organizationMemberships.create({ user_id: eve.id, organization_id: acme?.id ?? "", role_slug: "member" });
  const plan = await ok(project.preview({ args: ["--refresh", "--diff"] }));
  expect(plan.stdout).toMatch(/- eve@example\.com *: \{/);
  expect(plan.combined).toContain("removes 1: eve@example.com");
  await ok(project.up({ args: ["--refresh"] }));
  expect(people().join()).not.toContain("eve");
});

test("a change that guards refuse says so in the plan, and changes nothing", async () => {
  declare({ "bob@example.com": { ...bob, roles: ["admin"] }, "dan@example.com": { roles: ["member"] } });
  const plan = await ok(stack().project.preview());
  expect(diagnostics(plan)).toContain("will be REFUSED: ann@example.com must stay an admin (requiredAdmins)");
  const before = people();
  const result = await stack().project.up();
  expect(result.code).not.toBe(0);
  expect(diagnostics(result)).toContain("Refused, and nothing was changed.");
  expect(people()).toEqual(before);
});

test("a person in a roster cannot be declared a second time", async () => {
  stack().project.writeProgram(
    `${program(team, options)}
const ben = new workos.User("ben", { email: "Ann@example.com" });
new workos.OrganizationMembership("ben", { userId: ben.id, organizationId: acme.id });`,
  );
  const plan = await stack().project.preview();
  expect(plan.code).not.toBe(0);
  expect(plan.combined).toContain(
    'OrganizationMembership "ben" declares the access of ann@example.com, which OrganizationRoster "people" declares already, to the same organization.',
  );
});

test("removing the roster keeps everybody's access, and says so", async () => {
  stack().project.writeProgram(
    `import * as workos from "pulumi-workos"; new workos.Organization("acme", { name: "Acme" });`,
  );
  const result = await ok(stack().project.up());
  expect(diagnostics(result)).toMatch(/3 people keep access to Acme: the roster is retained\./);
  expect(people()).toHaveLength(3);
});
