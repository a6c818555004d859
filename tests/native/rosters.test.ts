/** A roster in YAML: from files that a team reviews, with what it tells of its people, and no second one. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok } from "../e2e/support/stack";
import { asYaml, counts, sharedYaml, write } from "./support/plugin";

const shared = sharedYaml("resources: {}\n");

const acme = { type: "workos:Organization", properties: { name: "Acme" } };
const roster = (properties: object) => ({
  type: "workos:OrganizationRoster",
  properties: { organizationId: "${acme.id}", ...properties },
});
const ids = { ann: '${people.ids["ann@example.com"].membershipId}', pending: "${people.pendingInvitations}" };
const program = (properties: object, more: object = {}) => ({
  resources: { acme, people: roster(properties), ...more },
  outputs: { ids },
});

const file = (name: string, text: string) => writeFileSync(join(shared().project.directory, name), text);

const people = (more = "") => `
teams:
  support:
    roles: [member]
    owners: [ann@example.com]
    members: [ben@example.com]
members:
  ann@example.com: { roles: [admin] }
  cat@example.com: { via: invitation }
${more}`;

const failing = async (parts: Parameters<typeof asYaml>[0]): Promise<string> => {
  const { project } = shared();
  write(shared(), asYaml(parts));
  const preview = await project.preview();
  expect(preview.code).not.toBe(0);
  expect(preview.combined).not.toMatch(/^\s+at /m);
  return preview.combined;
};

it("a file says who has access, and the roster says their ids and whose invitation is open", async () => {
  const { project, emulator } = shared();
  file("roster.yaml", people());
  const group = {
    support: { type: "workos:Group", properties: { organizationId: "${acme.id}", name: "Support" } },
    inSupport: {
      type: "workos:GroupMembers",
      properties: {
        organizationId: "${acme.id}",
        groupId: "${support.id}",
        organizationMembershipIds: [ids.ann],
      },
    },
  };
  write(shared(), asYaml(program({ rosterFile: "roster.yaml" }, group)));
  const preview = await ok(project.preview({ args: ["--diff"] }));
  expect(preview.stdout).toContain("ann@example.com");
  await ok(project.up());
  const { organizationMemberships, groupMemberships, users } = emulator.control.state();
  const userOf = (email: string) => users.find((user) => user.email === email)?.id;
  const ofAnn = organizationMemberships.find(({ user_id }) => user_id === userOf("ann@example.com"));
  expect(ofAnn?.role.slug).toBe("admin");
  expect(groupMemberships).toMatchObject([{ organization_membership_id: ofAnn?.id }]);
  expect(await project.outputs()).toEqual({ ids: { ann: ofAnn?.id, pending: ["cat@example.com"] } });
  write(shared(), asYaml(program({ rosterFile: "roster.yaml" }, group)));
  expect(counts(await ok(project.preview()))).toEqual({ unchanged: 5 });
});

it("a change of the file is a change of the people whom it is about", async () => {
  const { project } = shared();
  file("roster.yaml", people().replace("[ben@example.com]", "[dan@example.com]"));
  write(shared(), asYaml(program({ rosterFile: "roster.yaml" })));
  const preview = await ok(project.preview({ args: ["--diff"] }));
  expect(preview.stdout).toMatch(/\+ dan@example\.com/);
  expect(preview.stdout).toMatch(/- ben@example\.com/);
  expect(preview.stdout).not.toMatch(/[-+~] cat@example\.com/);
});

it("every mistake in a file is told with its place, before anybody is asked", async () => {
  file(
    "roster.yaml",
    `teams:\n  support:\n    members: [ann]\n    rolse: [member]\nmembers:\n  ben@example.com: { expiresAt: "soon" }\n`,
  );
  const told = await failing(program({ rosterFile: "roster.yaml" }));
  expect(told).toMatch(/rosterFile: roster\.yaml:3:15 .*ann/);
  expect(told).toMatch(/rosterFile: roster\.yaml:4:5 rolse is no key here; did you mean roles\?/);
  expect(told).toMatch(/rosterFile: roster\.yaml:6:33 .*"soon" is neither a day nor a moment/);
});

it("access that a file gives for a time has ended after it, and required admins are a guard", async () => {
  const { project, emulator } = shared();
  const folder = join(project.directory, "rosters");
  mkdirSync(folder);
  file("roster.yaml", people("requiredAdmins: [ann@example.com]\n"));
  renameSync(join(project.directory, "roster.yaml"), join(folder, "people.yaml"));
  file("rosters/guests.yaml", 'members:\n  eve@example.com: { expiresAt: "2020-01-31" }\n  fay@example.com: {}\n');
  write(shared(), asYaml(program({ rosterFile: "rosters" })));
  const up = await ok(project.up());
  expect(up.combined).not.toContain("eve@example.com");
  const emails = emulator.control.state().users.map(({ email }) => email);
  expect(emails).toContain("fay@example.com");
  expect(emails).not.toContain("eve@example.com");
  const { deployment } = await project.state();
  const inputs = deployment.resources?.find(({ type }) => type === "workos:index:OrganizationRoster")?.inputs;
  expect(inputs).toMatchObject({ guards: { requiredAdmins: ["ann@example.com"] } });
  expect(inputs).not.toHaveProperty("rosterFile");
});

describe("what is declared twice is refused, with both names", () => {
  const annId = () =>
    shared()
      .emulator.control.state()
      .users.find(({ email }) => email === "ann@example.com")?.id;

  it("a person's access by a roster and by a membership, also by the id of a user that is declared", async () => {
    const { project } = shared();
    const ann = { type: "workos:User", properties: { email: "ann@example.com", adopt: "require" } };
    write(shared(), asYaml(program({ rosterFile: "rosters" }, { ann })));
    await ok(project.up());
    const member = {
      type: "workos:OrganizationMembership",
      properties: { userId: annId() ?? "", organizationId: "${acme.id}" },
      options: { dependsOn: ["${ann}", "${people}"] },
    };
    expect(await failing(program({ rosterFile: "rosters" }, { ann, member }))).toContain(
      'OrganizationMembership "member" declares the access of ann@example.com, which OrganizationRoster "people" declares already',
    );
  });

  it("an address, in any letter case", async () => {
    const user = (email: string) => ({ type: "workos:User", properties: { email } });
    const twice = await failing({ resources: { one: user("gil@example.com"), two: user("Gil@Example.com") } });
    expect(twice).toMatch(/User "(one|two)" declares what User "(one|two)" declares already: the same email/);
  });
});
