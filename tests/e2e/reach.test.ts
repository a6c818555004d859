/** Whom a change of rights reaches, as the plan of the real engine and its comment tell, by the pages of lists. */
import { commentOf, type Preview } from "../../cli/comment";
import { diagnostics } from "./support/report";
import { asked, ok, previewRead, sharedStack } from "./support/stack";

const stack = sharedStack();

/** How often each operation was asked. */
const counts = () => {
  const all = new Map<string, number>();
  for (const one of asked(stack())) all.set(one, (all.get(one) ?? 0) + 1);
  return Object.fromEntries(all);
};

const ids = { acme: "", beta: "", writers: "" };

/** `editor` reaches people by a membership, by a group, by both, and in two organizations. */
beforeAll(async () => {
  const { api, emulator } = stack();
  emulator.control.addRole({ slug: "editor", permissions: ["posts:read"] });
  const organization = async (name: string) => (await api.organizations.create({ name })).id;
  const join = async (organization_id: string, address: string, role_slug: string) => {
    const [known] = await api.users.list({ email: address }).all();
    const { id: user_id } = known ?? (await api.users.create({ email: address }));
    return (await api.organizationMemberships.create({ user_id, organization_id, role_slug })).id;
  };
  const group = async (organization_id: string, name: string, members: readonly string[], gives: readonly string[]) => {
    const { id: group_id } = await api.groups.create({ organization_id, name });
    for (const organization_membership_id of members) {
      await api.groupMemberships.add({ organization_id, group_id, organization_membership_id });
    }
    for (const role_slug of gives) await api.groupRoleAssignments.create({ group_id, role_slug });
    return group_id;
  };
  [ids.acme, ids.beta] = [await organization("Acme"), await organization("Beta")];
  emulator.control.addRole({ slug: "org-pays", organizationId: ids.acme, permissions: ["bills:read"] });
  const editors: string[] = [];
  for (let at = 0; at < 45; at++) editors.push(await join(ids.acme, `editor${at}@example.com`, "editor"));
  const members: string[] = [];
  for (let at = 0; at < 70; at++) members.push(await join(ids.acme, `member${at}@example.com`, "member"));
  const suspended = await join(ids.acme, "gone@example.com", "editor");
  await api.organizationMemberships.deactivate({ id: suspended });
  // Five of them have it by their memberships as well.
  ids.writers = await group(ids.acme, "Writers", [...editors.slice(0, 5), ...members.slice(0, 8)], ["editor"]);
  await group(ids.acme, "Idle", members.slice(8), []);
  await group(ids.acme, "Payers", members.slice(8, 12), ["org-pays"]);
  // The first of Beta is in Acme too.
  const beta = [await join(ids.beta, "editor0@example.com", "editor")];
  for (let at = 0; at < 3; at++) beta.push(await join(ids.beta, `beta${at}@example.com`, "editor"));
  const others = [await join(ids.beta, "eve@example.com", "member"), await join(ids.beta, "fay@example.com", "member")];
  await group(ids.beta, "Guests", others, ["editor"]);
});

const program = (more: { permissions?: string; pays?: string; gives?: string; before?: string } = {}) => `
import * as workos from "pulumi-workos";
${more.before ?? ""}
new workos.EnvironmentRole("editor", { slug: "editor", name: "Editor", adopt: "require", permissions: ${more.permissions ?? `["posts:read"]`} });
new workos.OrganizationRole("pays", { organizationId: "${ids.acme}", slug: "org-pays", name: "Pays", adopt: "require", permissions: ${more.pays ?? `["bills:read"]`} });
new workos.GroupRoleAssignments("writers", { organizationId: "${ids.acme}", groupId: "${ids.writers}", mode: "authoritative", roleAssignments: ${more.gives ?? `[{ roleSlug: "editor" }]`} });
`;

/** 45 by a membership, 8 more by the group, and in Beta 3 and 2 more. */
const everybody = "58 people in 2 organizations";

/** What a count of two organizations takes: two pages of members of Acme and one of Beta, and a page of each group's list. */
const pages = {
  [previewRead]: 1,
  OrganizationsController_list: 1,
  UserlandUserOrganizationMembershipsController_list: 3,
  GroupsController_list: 2,
  AuthorizationGroupRoleAssignmentsController_list: 4,
  GroupMembershipsController_listMembers: 3,
};

test("taking a role over says what it grants and takes, and to how many people", async () => {
  stack().project.writeProgram(program({ permissions: `["posts:write"]` }));
  const preview = await ok(stack().project.preview());
  expect(preview.combined).toContain(
    `GRANTS posts:write to everybody with the role editor, and TAKES posts:read from them: ${everybody}`,
  );
  stack().project.writeProgram(program());
  await ok(stack().project.up());
});

test("a change of a role says how many people it reaches, in the plan and in its comment, by the pages of lists", async () => {
  const { project, emulator } = stack();
  project.writeProgram(program({ permissions: `["posts:read", "billing:write"]`, pays: `["bills:pay"]`, gives: "[]" }));
  emulator.control.requests.clear();
  const preview = (await project.previewJson({})) as unknown as Preview;
  expect(counts()).toEqual({ ...pages, GroupsController_get: 1 });
  const text = commentOf(preview);
  expect(text).toContain(`- \`editor\`: GRANTS billing:write to everybody with the role editor: ${everybody}\n`);
  expect(text).toContain(
    "- `org-pays`: GRANTS bills:pay to everybody with the role org-pays, and TAKES bills:read from them: 4 people\n",
  );
  expect(text).toMatch(/`group_\w+`: no longer gives editor, for whoever is in it: 13 people\n/);
  const said = (preview.diagnostics ?? []).map(({ message = "" }) => message.trim());
  expect(said).toContain(
    `GRANTS bills:pay to everybody with the role org-pays of ${ids.acme}, and TAKES bills:read from them: 4 people`,
  );
  expect(said).toContain(`TAKES editor from everybody in the group Writers (${ids.writers}): 13 people`);
});

test("a permission that is made in the same run is not known yet, and how many will have it is", async () => {
  const before = `const pin = new workos.Permission("pin", { slug: "posts:pin", name: "Pin" });`;
  stack().project.writeProgram(program({ before, permissions: `["posts:read", pin.slug]` }));
  const preview = (await stack().project.previewJson({})) as unknown as Preview;
  expect(commentOf(preview)).toContain(
    `- \`editor\`: GRANTS posts:pin to everybody with the role editor: ${everybody}\n`,
  );
});

test("the run says it as well, a guard refuses what takes from too many, and an override lets it go", async () => {
  const { project, emulator } = stack();
  await project.setConfig({ "workos:maxRemovals": { value: "20" } });
  project.writeProgram(program({ permissions: "[]" }));
  emulator.control.requests.clear();
  const refused = await project.up({ events: true, args: ["--skip-preview"] });
  expect(refused.code).not.toBe(0);
  expect(diagnostics(refused)).toContain(
    "Refused: taking posts:read from the role editor would take rights from 53 people of Acme (",
  );
  // The plan and the guard share what was read.
  expect(counts()).toMatchObject({
    ...pages,
    [previewRead]: expect.any(Number) as unknown,
    GroupMembershipsController_listMembers: 2,
  });
  const done = await ok(
    project.up({ events: true, args: ["--skip-preview"], env: { WORKOS_OVERRIDE_MAX_REMOVALS: "1" } }),
  );
  expect(diagnostics(done)).toContain(`TAKES posts:read from everybody with the role editor: ${everybody}`);
  expect(diagnostics(done)).toContain("Whoever has the role editor may no longer posts:read.");
});

test("where nobody can be counted, the plan goes on without a number", async () => {
  const { project, emulator } = stack();
  project.writeProgram(program({ permissions: `["posts:read"]` }));
  emulator.control.faults.add({ method: "GET", path: "/organizations/{organization_id}/groups", status: 403 });
  const preview = (await project.previewJson({})) as unknown as Preview;
  expect(commentOf(preview)).toContain("- `editor`: GRANTS posts:read to everybody with the role editor\n");
});
