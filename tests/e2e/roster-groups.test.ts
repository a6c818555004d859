/** A roster whose roles and groups the same program declares, on the real engine. One stack, one story in its order. */
import { commentOf, type Preview } from "../../cli/comment";
import { diagnostics, steps } from "./support/report";
import { ok, sharedStack } from "./support/stack";

const program = (members: string) => `
import * as workos from "pulumi-workos";
const acme = new workos.Organization("acme", { name: "Acme" });
const buyer = new workos.EnvironmentRole("buyer", { slug: "buyer", name: "Buyer", onDestroy: "retain" });
const support = new workos.Group("support", { organizationId: acme.id, name: "Support" });
new workos.OrganizationRoster("people", { organizationId: acme.id, members: { ${members} } });
`;
const ann = `"ann@example.com": { roles: [buyer.slug], groups: [support.name] }`;

const stack = sharedStack({ program: program(ann) });
const declare = (members: string) => stack().project.writeProgram(program(members));
const inside = () => {
  const { groupMemberships, organizationMemberships } = stack().emulator.control.state();
  return groupMemberships
    .map((one) => organizationMemberships.find(({ id }) => id === one.organization_membership_id)?.user?.email)
    .sort();
};

test("the roster waits for the role and the group whose outputs it takes", async () => {
  const result = await ok(stack().project.up({ events: true }));
  expect(steps(result)).toMatchObject({ buyer: ["create"], support: ["create"], people: ["create"] });
  expect(diagnostics(result)).toContain("puts 1 into the group Support: ann@example.com");
  expect(inside()).toEqual(["ann@example.com"]);
  const again = await ok(stack().project.up({ args: ["--refresh"] }));
  expect(again.stdout).toMatch(/Resources:\n +5 unchanged\n/);
});

test("a group or a role that nobody declares is an error of the preview, with what was meant", async () => {
  declare(`${ann}, "bob@example.com": { groups: ["Suport"] }`);
  const group = await stack().project.preview();
  expect(group.code).not.toBe(0);
  expect(group.combined).toContain('"Suport" is no group here; did you mean Support?');
  declare(`${ann}, "bob@example.com": { roles: ["buyr"] }`);
  const role = await stack().project.preview();
  expect(role.code).not.toBe(0);
  expect(role.combined).toContain('"buyr" is no role here; did you mean buyer?');
});

test("who comes into a group and who leaves one is in the plan, in its comment, and in the report", async () => {
  declare(`"ann@example.com": { roles: [buyer.slug] }, "bob@example.com": { groups: [support.name] }`);
  const { stdout } = await ok(stack().project.preview({ args: ["--json"] }));
  const comment = commentOf(JSON.parse(stdout) as Preview);
  expect(comment).toContain("### 🟡 Takes 1 out of groups\n\n- `ann@example.com`: leaves Support");
  expect(comment).toContain("### 🟢 Adds 1\n\n- `bob@example.com`: joins Support");
  const result = await ok(stack().project.up({ events: true }));
  for (const line of [
    "takes 1 out of the group Support: ann@example.com",
    "puts 1 into the group Support: bob@example.com",
  ])
    expect(diagnostics(result)).toContain(line);
  expect(inside()).toEqual(["bob@example.com"]);
});

test("whoever was taken out of a group by hand is found, and put back", async () => {
  const { groupMemberships, groups, organizations } = stack().emulator.control.state();
  await stack().api.groupMemberships.remove({
    organization_id: organizations[0]?.id ?? "",
    group_id: groups[0]?.id ?? "",
    organization_membership_id: groupMemberships[0]?.organization_membership_id ?? "",
  });
  const result = await ok(stack().project.up({ events: true, args: ["--refresh"] }));
  expect(diagnostics(result)).toContain("puts 1 into the group Support: bob@example.com");
  expect(inside()).toEqual(["bob@example.com"]);
});
