import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { anotherGroup, anotherOrganization, groupBeside } from "../lifecycle/support/groups";
import { bodyOf } from "./body-of";
import { role } from "./generators";
import { type Row, type Subject } from "./row";

const path = "/authorization/groups/{groupId}/role_assignments";
const list = { method: "GET", path: `${path}?limit=100` };
const put = (...slugs: readonly string[]) => ({
  method: "PUT",
  path,
  body: { role_assignments: slugs.map((role_slug) => ({ role_slug })) },
});
/** What is looked up for the line about it. */
const group = "/organizations/{organizationId}/groups/{groupId}";
const looks = [
  { method: "GET", path: group },
  { method: "GET", path: `${group}/organization-memberships?limit=100&order=asc` },
];

const replace =
  (...slugs: readonly string[]) =>
  (subject: Subject) =>
    subject.world.api.groupRoleAssignments.replace({
      group_id: String(subject.inputs.groupId),
      role_assignments: slugs.map((role_slug) => ({ role_slug })),
    });

export const groupRoleAssignments: Row = {
  inputs: async (world) => {
    const { organizationId, groupId } = await groupBeside(world);
    return { mode: "authoritative", organizationId, groupId, roleAssignments: [{ roleSlug: "member" }] };
  },
  fields: {
    mode: { given: { mode: "additive" }, to: "authoritative", sends: [list], removal: [list] },
    organizationId: { to: anotherOrganization, replaces: "create first" },
    groupId: { to: anotherGroup, replaces: "create first" },
    roleAssignments: {
      to: [{ roleSlug: "admin" }],
      sends: [list, put("admin"), list, ...looks],
      drift: { behind: replace("admin"), reported: { roleAssignments: [{ roleSlug: "admin" }] } },
    },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: replace("member"),
  end: ({ world, inputs }) =>
    world.api.groups.delete({
      organization_id: String(inputs.organizationId),
      group_id: String(inputs.groupId),
    }),
  deletes: [put()],
  isList: true,
  count: (world) => world.control.state().groupRoleAssignments.length,
  accepted: { organizationId: "org_1", groupId: "group_1", roleAssignments: [{ roleSlug: "member" }] },
  random: (ids) => ({
    organizationId: fc.constant(ids.organizations[0]),
    groupId: fc.constantFrom(...ids.groups),
    roleAssignments: fc.uniqueArray(role).map((slugs) => slugs.map((roleSlug) => ({ roleSlug }))),
  }),
  bodies: {
    create: z.object({ organization_id: z.string(), group_id: z.string() }),
    updates: [bodyOf(endpoints.groupRoleAssignments.replace).extend({ mode: z.string() }).partial()],
  },
  everything: [
    {
      mode: "authoritative",
      organizationId: "Organization0.id",
      groupId: "Group0.id",
      roleAssignments: [{ roleSlug: "member" }],
      onDestroy: "delete",
    },
  ],
};
