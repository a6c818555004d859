/** What a change of groups means for somebody's access, as reviewers read it. */
import { commentOf, type PreviewStep } from "../../cli/comment";

const urnOf = (kind: string, name: string) => `urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:${kind}::${name}`;
const there = (kind: string, name: string, id: string, values: object): PreviewStep => ({
  op: "same",
  urn: urnOf(kind, name),
  oldState: { id, inputs: { ...values }, outputs: { ...values } },
  newState: { id, inputs: { ...values } },
});
const acme = there("Organization", "acme", "org_1", { name: "Acme" });
const engineering = there("Group", "engineering", "group_1", { name: "Engineering", organizationId: "org_1" });
const people = ["ann", "ben"].flatMap((name, at) => [
  there("User", name, `user_${at}`, { email: `${name}@example.com` }),
  there("OrganizationMembership", `${name}-acme`, `om_${at}`, {
    userId: `user_${at}`,
    organizationId: "org_1",
    roleSlugs: ["member"],
    status: "active",
  }),
]);
const which = { organizationId: "org_1", groupId: "group_1" };

/** The sections of a comment on one step, with their titles. */
const said = (step: PreviewStep) =>
  commentOf({ steps: [acme, engineering, ...people, step] }, { settings: {} })
    .split("\n\n")
    .flatMap((part, at, parts) => (part.startsWith("### ") ? [part, parts[at + 1] ?? ""] : []))
    .filter((part) => part.startsWith("### ") || part.startsWith("- "));

const step = (op: string, kind: string, old: object | undefined, said?: object): PreviewStep => ({
  op,
  urn: urnOf(kind, "it"),
  ...(old ? { oldState: { id: "it_1", inputs: { ...which, ...old }, outputs: { ...which, ...old } } } : {}),
  ...(said ? { newState: { inputs: { ...which, ...said } } } : {}),
});

describe("a group", () => {
  const named = { name: "Support", description: "Helps" };

  test("that is made gives nobody anything yet", () => {
    expect(said(step("create", "Group", undefined, named))).toEqual([
      "### ⚪ Other changes: 1",
      "- create Group `Support`",
    ]);
  });

  test("that is deleted takes its roles along, and a retained one does not", () => {
    expect(said(step("delete", "Group", named))).toEqual([
      "### 🟡 Changes who is in groups, or what those give: 1",
      "- `Support`: is deleted: whoever is in it loses its roles",
    ]);
    expect(said(step("delete", "Group", { ...named, adopted: true }))).toEqual([
      "### ⚪ Other changes: 1",
      "- Group `Support`: is retained, with whoever is in it and the roles that it gives",
    ]);
  });
});

describe("a group membership", () => {
  const of = (at: number) => ({ organizationMembershipId: `om_${at}` });
  const title = "### 🟡 Changes who is in groups, or what those give: 1";

  test("says who comes in, and who leaves", () => {
    expect(said(step("create", "GroupMembership", undefined, of(0)))).toEqual([
      title,
      "- `Engineering`: ann@example.com comes in",
    ]);
    expect(said(step("delete", "GroupMembership", of(1)))).toEqual([title, "- `Engineering`: ben@example.com leaves"]);
    expect(said(step("replace", "GroupMembership", of(1), of(0)))).toEqual([
      title,
      "- `Engineering`: ann@example.com comes in; ben@example.com leaves",
    ]);
  });

  test("of somebody who is made in the same run names them by their resource", () => {
    const created = step("create", "GroupMembership", undefined, {});
    const source = urnOf("OrganizationMembership", "ben-acme");
    const newState = { inputs: which, propertyDependencies: { organizationMembershipId: [source] } };
    expect(said({ ...created, newState })).toEqual([title, "- `Engineering`: ben@example.com comes in"]);
  });

  test("that is retained changes nobody's access", () => {
    expect(said(step("delete", "GroupMembership", { ...of(0), onDestroy: "retain" }))).toEqual([
      "### ⚪ Other changes: 1",
      "- `Engineering`: ann@example.com stays in it, and is no longer managed",
    ]);
  });
});

describe("a list of members", () => {
  const title = "### 🟡 Changes who is in groups, or what those give: 1";
  const list = (ids: readonly string[], more: object = {}) => ({ organizationMembershipIds: ids, ...more });

  test("says who comes in, and who leaves, by name", () => {
    expect(said(step("create", "GroupMembers", undefined, list(["om_0", "om_1"])))).toEqual([
      title,
      "- `Engineering`: ann@example.com, ben@example.com come in",
    ]);
    const old = list(["om_0", "om_9"], { added: ["om_0"] });
    expect(said(step("update", "GroupMembers", old, list(["om_1"], { mode: "authoritative" })))).toEqual([
      title,
      "- `Engineering`: ben@example.com comes in; ann@example.com, om\\_9 leave",
    ]);
  });

  test("leaves alone whom an additive list has found in the group", () => {
    const old = list(["om_0", "om_1"], { added: ["om_0"] });
    expect(said(step("update", "GroupMembers", old, list([])))).toEqual([
      title,
      "- `Engineering`: ann@example.com leaves",
    ]);
    expect(said(step("delete", "GroupMembers", old))).toEqual([title, "- `Engineering`: ann@example.com leaves"]);
  });

  test("counts who is yet to become a member", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(said(step("create", "GroupMembers", undefined, list(["om_0", unknown])))).toEqual([
      title,
      "- `Engineering`: ann@example.com comes in; 1 new member comes in",
    ]);
  });

  test("that is retained changes nobody's access", () => {
    const old = list(["om_0"], { added: ["om_0"], onDestroy: "retain" });
    expect(said(step("delete", "GroupMembers", old))).toEqual([
      "### ⚪ Other changes: 1",
      "- delete GroupMembers `Engineering`",
    ]);
  });
});

describe("what a group gives", () => {
  const title = "### 🟡 Changes who is in groups, or what those give: 1";
  const list = (...roles: readonly object[]) => ({ roleAssignments: roles });
  const editor = { roleSlug: "editor" };
  const viewer = { roleSlug: "viewer", resourceTypeSlug: "project", resourceExternalId: "p1" };

  test("is told role by role, with the resource where there is one", () => {
    expect(said(step("create", "GroupRoleAssignments", undefined, list(editor, viewer)))).toEqual([
      title,
      "- `Engineering`: gives editor, viewer on project p1, for whoever is in it",
    ]);
    expect(said(step("update", "GroupRoleAssignments", list(editor), list(viewer)))).toEqual([
      title,
      "- `Engineering`: gives viewer on project p1; no longer gives editor, for whoever is in it",
    ]);
    expect(said(step("delete", "GroupRoleAssignments", list(editor)))).toEqual([
      title,
      "- `Engineering`: no longer gives editor, for whoever is in it",
    ]);
  });

  test("stays where an additive list has found it", () => {
    const old = { ...list(editor, { roleSlug: "author" }), added: ["author"] };
    expect(said(step("update", "GroupRoleAssignments", old, list()))).toEqual([
      title,
      "- `Engineering`: no longer gives author, for whoever is in it",
    ]);
    expect(said(step("delete", "GroupRoleAssignments", { ...old, mode: "authoritative" }))).toEqual([
      title,
      "- `Engineering`: no longer gives editor, author, for whoever is in it",
    ]);
  });

  test("is a risk where it makes admins", () => {
    expect(said(step("create", "GroupRoleAssignments", undefined, list({ roleSlug: "admin" })))).toEqual([
      "### 🟠 Grants admin to 1",
      "- `Engineering`: gives admin, for whoever is in it",
    ]);
  });

  test("that is retained changes nobody's access", () => {
    const old = { ...list(editor), onDestroy: "retain" };
    expect(said(step("delete", "GroupRoleAssignments", old))).toEqual([
      "### ⚪ Other changes: 1",
      "- delete GroupRoleAssignments `Engineering`",
    ]);
  });
});
