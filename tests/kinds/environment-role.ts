import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { type World } from "../support/world";
import { bodyOf } from "./body-of";
import { distinct, extraRole, name, permission } from "./generators";
import { type Row, type Subject } from "./row";

const slugOf = ({ inputs }: Pick<Subject, "inputs">) => ({ slug: String(inputs.slug) });
const change = (fields: { name?: string; description?: string }) => (subject: Subject) =>
  subject.world.api.roles.update({ ...slugOf(subject), ...fields });
const path = "/authorization/roles/{slug}";
const patch = (body: object) => [{ method: "PATCH", path, body }];
const put = (permissions: readonly string[]) => [{ method: "PUT", path: `${path}/permissions`, body: { permissions } }];

/** There from the start, or made by tests that need a further one. */
const others = ["admin", "member", extraRole];
const made = ({ control }: World) =>
  control.state().roles.filter(({ type, slug }) => type === "EnvironmentRole" && !others.includes(slug));
const editor = { slug: "editor", name: "Editor", onDestroy: "retain" };

export const environmentRole: Row = {
  inputs: () =>
    Promise.resolve({
      ...editor,
      description: "Edits posts",
      permissions: ["posts:read", "posts:write"],
      resourceTypeSlug: "organization",
    }),
  fields: {
    slug: { to: "author", replaces: "create first" },
    name: {
      to: "Author",
      sends: patch({ name: "Author" }),
      drift: { behind: change({ name: "Else" }), reported: { name: "Else" } },
    },
    description: {
      to: "Edits all posts",
      sends: patch({ description: "Edits all posts" }),
      removal: patch({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    permissions: {
      to: ["posts:read"],
      sends: put(["posts:read"]),
      removal: put([]),
      drift: {
        behind: (subject) =>
          subject.world.api.roles.setPermissions({ ...slugOf(subject), permissions: ["users:delete"] }),
        reported: { permissions: ["users:delete"] },
      },
    },
    resourceTypeSlug: { to: "project", replaces: "create first" },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    // There is one value only, which the check says; another, to see that a change of it asks nothing of the vendor.
    onDestroy: { to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ name: "Else" })(subject);
    await change({ name: editor.name })(subject);
  },
  end: ({ world, inputs }) => {
    for (const { id, slug } of made(world)) if (slug === inputs.slug) world.control.deleteRole(id);
    return Promise.resolve();
  },
  deletes: [],
  stays: true,
  count: (world) => made(world).length,
  accepted: editor,
  random: () => ({
    slug: fc.constantFrom("editor", "ops", "a_b-1"),
    name,
    description: name,
    permissions: distinct(permission, 0),
    resourceTypeSlug: fc.constantFrom("organization", "project"),
    onDestroy: fc.constant("retain"),
  }),
  bodies: {
    create: bodyOf(endpoints.roles.create),
    updates: [bodyOf(endpoints.roles.update), bodyOf(endpoints.roles.setPermissions)],
  },
  present: async ({ api }) => {
    const { id } = await api.roles.create({ slug: "editor", name: "Editor" });
    return { id, inputs: editor };
  },
  everything: [
    {
      ...editor,
      description: "Edits posts",
      permissions: ["posts:read"],
      resourceTypeSlug: "organization",
      adopt: "if-exists",
    },
  ],
};
