/**
 * What a member, a user and a membership, takes in the state's file, as the engine writes it: it writes all of it at every
 * step, so that bytes are time. And that what is left out is missed by nobody.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asked, ok, sharedStack } from "./stack";

const members = (count: number) => `
import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", { name: "Acme" });
const all = Array.from({ length: ${count} }, (_, index) => {
  const name = \`person-\${String(index).padStart(5, "0")}\`;
  const user = new workos.User(name, { email: \`\${name}@example.com\` });
  const membership = new workos.OrganizationMembership(name, {
    userId: user.id, organizationId: acme.id, roleSlug: "member",
  });
  return { user, membership };
});
const [{ user, membership }] = all;
export const first = {
  id: user.id, email: user.email, adopted: user.adopted, emailVerified: user.emailVerified, metadata: user.metadata,
  lastName: user.lastName, roleSlugs: membership.roleSlugs, status: membership.status,
  directoryManaged: membership.directoryManaged,
};
export const unmoved = user.updatedAt.apply((at) => user.createdAt.apply((made) => at === made));
`;
const outputs = {
  email: "person-00000@example.com",
  adopted: false,
  emailVerified: false,
  metadata: {},
  roleSlugs: ["member"],
  status: "active",
  directoryManaged: false,
};

/** @param entry by which a member takes at most so many bytes. */
export function stateSize(entry: "dynamic" | "native", most: number): void {
  // As long as the names of stacks and projects are: each stands in fourteen places of a member.
  const stack = sharedStack({ entry, name: "pulumi-workos-bench", program: members(1) });

  function bytes(): number {
    const { directory, name } = stack().project;
    return readFileSync(join(directory, ".local/state/.pulumi/stacks", name, "test.json")).length;
  }

  /** What the program exports of the first member. */
  async function exported(): Promise<unknown> {
    const { stdout } = await ok(stack().project.run(["stack", "output", "--json"]));
    return JSON.parse(stdout);
  }

  test(`a member takes at most ${most} bytes`, async () => {
    const { project } = stack();
    await ok(project.up());
    const one = bytes();
    project.writeProgram(members(5));
    await ok(project.up());
    expect((bytes() - one) / 4).toBeLessThanOrEqual(most);
    expect(await exported()).toMatchObject({ first: outputs, unmoved: true });
  });

  test("what the state leaves out is known to a preview, and to whoever reads it", async () => {
    const { project } = stack();
    const preview = await ok(project.preview({ args: ["--refresh", "--expect-no-changes"] }));
    expect(preview.stdout).toMatch(/Resources:\n +12 unchanged\n/);
    // Whatever is unknown would be shown as another output of the stack.
    expect(preview.stdout).not.toContain("Outputs:");
  });

  test("drift shows in what it left out as in everything else, and an input that is removed still counts", async () => {
    const { project, api } = stack();
    const [{ id = "" } = {}] = (await api.users.list({ email: "person-00000@example.com" })).data;
    const [{ id: membership = "" } = {}] = (await api.organizationMemberships.list({ user_id: id })).data;
    await api.users.update({ id, email_verified: true, metadata: { team: "red" } });
    await api.organizationMemberships.update({ id: membership, role_slug: "admin" });
    const drift = await project.preview({ args: ["--refresh", "--diff"] });
    expect(drift.stdout).toContain("person-00000");
    expect(drift.stdout).toMatch(/roleSlug *: "(admin|member)" => "(admin|member)"/);
    await ok(project.refresh());
    expect(await exported()).toMatchObject({
      first: { ...outputs, roleSlugs: ["admin"], emailVerified: true, metadata: { team: "red" } },
    });
    await ok(project.up());
    const [now] = (await api.organizationMemberships.list({ user_id: id })).data;
    expect(now?.role.slug).toBe("member");
  });

  test("it is destroyed by what it says", async () => {
    const { project, emulator } = stack();
    emulator.control.requests.clear();
    await ok(project.destroy());
    expect(asked(stack()).filter((operation) => operation.includes("delete"))).toHaveLength(11);
    expect(emulator.control.state().organizationMemberships).toEqual([]);
  });
}
