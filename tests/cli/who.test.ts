/** `check --who`: what one person has by the rosters, and where it comes from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "./support/run";

const folder = mkdtempSync(join(tmpdir(), "who-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

file(
  "rosters/acme/organization.yaml",
  `organization: org_1
defaults: { roles: [member] }
members:
  Ann@example.com: { roles: [admin] }
  dan@example.com: { expiresAt: "2020-01-31", roles: [viewer] }
  eve@example.com: { status: inactive }
alumni: [zoe@example.com]
`,
);
file(
  "rosters/acme/teams.yaml",
  `teams:
  platform: { roles: [editor], groups: [Engineers], teams: [on-call] }
  on-call: { roles: [viewer], members: [ann@example.com] }
  summer: { roles: [buyer], expiresAt: "2020-09-30", members: [ann@example.com] }
`,
);
file(
  "rosters/globex/people.yaml",
  "organization: org_2\nmembers: { bob@example.com: { via: invitation, groups: [Ops] } }\n",
);
file("one.yaml", "members: { ann@example.com: { roles: [admin] } }\n");

/** As a shell in that folder runs it, with the folder's own path taken out. */
const who = async (address: string, path = "rosters", ...more: string[]) => {
  const { code, out, err } = await run(["check", join(folder, path), "--who", address, ...more]);
  const plain = (text: string) => text.replace(/[^\s("]*\/who-\w+\//g, "");
  return { code, out: plain(out), err: plain(err) };
};

it("says roles and groups in each roster, with team, file and line, and what has ended", async () => {
  const { code, out } = await who("ann@example.com");
  expect(code).toBe(0);
  expect(out).toBe(`Ann@example.com

rosters/acme (org_1): is to have access
  Roles:
    admin    their own entry (rosters/acme/organization.yaml:4)
    editor   team platform, by team on-call (rosters/acme/teams.yaml:3)
    viewer   team on-call (rosters/acme/teams.yaml:3)
  Groups:
    Engineers   team platform, by team on-call (rosters/acme/teams.yaml:3)
  Had, and has no longer:
    buyer   team summer, ended 2020-09-30 (rosters/acme/teams.yaml:4)

Not in 1 other roster: rosters/globex`);
});

it("says how somebody gets in, that they are suspended, or that they have no access any more", async () => {
  expect((await who("bob@example.com")).out).toContain(`rosters/globex (org_2): gets in by an invitation
  No roles here: the environment's default for who is new.
  Groups:
    Ops   their own entry (rosters/globex/people.yaml:2)`);
  expect((await who("eve@example.com")).out).toContain(`rosters/acme (org_1): is to be suspended
  Roles:
    member   defaults (rosters/acme/organization.yaml:2)`);
  expect((await who("dan@example.com")).out).toContain(`rosters/acme (org_1): no access: it has ended (2020-01-31)
  Had, and has no longer:
    viewer   their own entry, ended 2020-01-31 (rosters/acme/organization.yaml:5)`);
  expect((await who("zoe@example.com")).out).toContain(`rosters/acme (org_1): no access: they are among the alumni
  Says so:
    access   alumni (rosters/acme/organization.yaml:7)`);
});

it("says what somebody may by the roles files beside the rosters, and refuses roles that these do not define", async () => {
  file(
    "with-roles/roles.yaml",
    "permissions: { a: A, b: B }\nroles:\n  viewer: { name: V, permissions: [a] }\n  editor: { name: E, permissions: [b, a] }\n",
  );
  file("with-roles/acme/a.yaml", "members:\n  ann@example.com: { roles: [viewer, editor] }\n");
  expect((await who("ann@example.com", "with-roles/acme")).out).toBe(`ann@example.com

with-roles/acme: is to have access
  Roles:
    viewer   their own entry (with-roles/acme/a.yaml:2)
    editor   their own entry (with-roles/acme/a.yaml:2)
  May, by the roles files:
    a   viewer, editor
    b   editor`);
  const checked = await run(["check", join(folder, "with-roles/acme")]);
  expect(checked.code).toBe(0);
  expect(checked.out).toMatch(
    /^No mistakes: 2 roles and 2 permissions in \S*with-roles\/roles\.yaml\.\nNo mistakes: 1 person in 1 file/,
  );
  file("with-roles/acme/a.yaml", "members:\n  ann@example.com: { roles: [editr] }\n");
  const { code, err } = await who("ann@example.com", "with-roles/acme");
  expect([code, err]).toEqual([
    1,
    expect.stringContaining(
      "a.yaml:2:30 editr is none of the roles that the roles files define; did you mean editor?",
    ) as string,
  ]);
  const alone = await run(["check", join(folder, "with-roles/roles.yaml")]);
  expect(alone).toMatchObject({ code: 0, err: "" });
  expect(alone.out).toMatch(/^No mistakes: 2 roles and 2 permissions in \S*roles\.yaml\.$/);
});

it("says it to programs too, of one file as well", async () => {
  const { out } = await who("ann@example.com", "one.yaml", "--json");
  expect(JSON.parse(out)).toEqual({
    email: "ann@example.com",
    sheets: [
      {
        roster: "one.yaml",
        access: "active",
        roles: [{ name: "admin", from: [{ by: "their own entry", file: "one.yaml", line: 1 }] }],
        groups: [],
        over: [],
      },
    ],
    absent: [],
  });
});

it("says who was probably meant by an address that no roster has", async () => {
  const { code, err } = await who("anne@example.com");
  expect([code, err]).toEqual([
    1,
    "anne@example.com is not in rosters/acme, rosters/globex; did you mean Ann@example.com?",
  ]);
  expect((await who("nobody@elsewhere.test")).err).toContain("there are Ann@example.com, ");
});

it("shows the mistakes of a roster instead of an answer by it", async () => {
  file("bad/a.yaml", "membrs: {}\nmembers: { ann@example.com: {} }\n");
  const { code, err } = await who("ann@example.com", "bad");
  expect([code, err]).toEqual([1, expect.stringContaining("membrs is no key here; did you mean members?") as string]);
});
