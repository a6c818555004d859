/** The commands around rosters, as they are called. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { loadRosterFiles } from "../../provider/roster-files";
import { takeCalls } from "../lifecycle/support/run";
import { member, RosterLife } from "../roster/support/organization";
import { useWorld } from "../support/world";
import { run } from "./support/run";

const current = useWorld();
const folder = mkdtempSync(join(tmpdir(), "roster-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text?: string) => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
const live = () => ({ WORKOS_API_KEY: current().emulator.apiKey, WORKOS_BASE_URL: current().emulator.url });

describe("check", () => {
  it("says that a roster has no mistakes, and whose access has ended", async () => {
    const path = file("good.yaml", 'members:\n  ann@example.com:\n  bob@example.com: { expiresAt: "2020-01-31" }\n');
    const { code, out } = await run(["check", path]);
    expect(code).toBe(0);
    const shown = relative(process.cwd(), path);
    expect(out).toBe(
      `No mistakes: 2 people in 1 file: ${shown}.\nbob@example.com's access has ended; their entry can go.`,
    );
  });

  it("names every file that it read, and warns of a roster that names nobody", async () => {
    mkdirSync(join(folder, "many"));
    file("many/a.yaml", "members: { ann@example.com: }\n");
    file("many/b.yaml", "members: {}\n");
    const { out } = await run(["check", join(folder, "many")]);
    expect(out).toMatch(/^No mistakes: 1 person in 2 files:\n {2}\S+a\.yaml\n {2}\S+b\.yaml$/);
    const { code, err } = await run(["check", join(folder, "many", "b.yaml")]);
    expect([code, err]).toEqual([0, expect.stringContaining("Warning: the roster names nobody.") as string]);
  });

  it("shows every mistake, for people and for programs", async () => {
    const path = file("bad.yaml", "membrs: {}\nteams: { ops: { members: [ann] } }\n");
    const { code, err } = await run(["check", path]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^The roster has 2 mistakes:\n.*bad\.yaml:1:1 membrs .*\n.*bad\.yaml:2:27 .*"ann" is not an email/,
    );
    const { mistakes } = JSON.parse((await run(["check", path, "--json"])).out) as { mistakes: { line: number }[] };
    expect(mistakes.map(({ line }) => line)).toEqual([1, 2]);
  });
});

describe("init", () => {
  it("writes a roster whose first run changes nothing, for a thousand people", async () => {
    const roster = await RosterLife.start(current());
    const everybody = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `p${index}@example.com`,
        member(index % 100 === 0 ? "admin" : "member"),
      ]),
    );
    await roster.create({
      ...everybody,
      "sam@example.com": { ...member("member"), status: "inactive" },
      "ivy@example.com": { ...member("member"), via: "invitation" },
    });
    const path = join(folder, "roster.yaml");
    const program = join(folder, "index.ts");
    const args = ["init", "--organization", roster.organizationId, "--out", path, "--program", program];
    const { code, err } = await run(args, { env: live() });
    expect([code, err]).toEqual([0, `Wrote ${path} and ${program}: 1,002 people of Acme.`]);
    const { members } = loadRosterFiles(path);
    expect(Object.keys(members)).toHaveLength(1_002);
    takeCalls(current());
    const { state, said } = await roster.create(members, { mode: "authoritative" });
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([]);
    expect(said[0]).toBe("Applied to Acme: 0 changes, 1,002 unchanged");
    expect(state.extras).toBeUndefined();
    expect(readFileSync(program, "utf8")).toContain(`organizationId: "${roster.organizationId}"`);
  });

  it("leaves out whose invitation has expired, and says so, and whom a directory decides on", async () => {
    const roster = await RosterLife.start(current());
    await roster.create({ "ivy@example.com": { ...member("member"), via: "invitation" } });
    current().clock.advance(8 * 86_400_000);
    current().control.setDirectoryManaged(await roster.join("dora@example.com"), true);
    const { code, out, err } = await run(["init", "--organization", roster.organizationId], { env: live() });
    expect(code).toBe(0);
    expect(out).toContain("\nmembers:\n  dora@example.com: { roles: [ member ] }");
    expect(out).not.toContain("ivy@");
    expect(err).toBe(`Left out 1, since the invitation has expired: ivy@example.com.
A directory sync decides on 1 of them, whom the roster leaves alone: dora@example.com.`);
    const json = await run(["init", "--organization", roster.organizationId, "--json"], { env: live() });
    expect(JSON.parse(json.out)).toEqual({
      organization: "Acme",
      people: 1,
      files: [],
      skipped: [{ email: "ivy@example.com", reason: "the invitation has expired" }],
      directoryManaged: ["dora@example.com"],
      roster: `${out}\n`,
    });
    expect([json.err, json.terminal]).toEqual(["", ""]);
  });

  it("writes a program that holds the people itself, with their profiles if wanted", async () => {
    const roster = await RosterLife.start(current());
    const { api } = current();
    const ann = await api.users.create({ email: "ann@example.com", first_name: "Ann", metadata: { floor: "2" } });
    const organization_id = roster.organizationId;
    await api.organizationMemberships.create({ user_id: ann.id, organization_id, role_slug: "admin" });
    const program = join(folder, "people.ts");
    const args = ["init", "--organization", organization_id, "--program", program, "--profiles"];
    expect(await run(args, { env: live() })).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(program, "utf8")).toBe(`import * as workos from "pulumi-workos";

new workos.OrganizationRoster("people", {
  organizationId: "${organization_id}",
  members: {
    "ann@example.com": {"roles":["admin"],"firstName":"Ann","metadata":{"floor":"2"}},
  },
  manageProfiles: true,
});
`);
  });

  it("says what is wrong with the organization or the key", async () => {
    expect(await run(["init"], { env: live() })).toMatchObject({ code: 64 });
    const nowhere = await run(["init", "--organization", "org_none"], { env: live() });
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining("404")]);
    const keyless = await run(["init", "--organization", "org_none"], { env: { ...live(), WORKOS_API_KEY: "" } });
    expect([keyless.code, keyless.err]).toEqual([1, expect.stringContaining("No WorkOS API key")]);
  });

  it("does not overwrite what is there", async () => {
    const roster = await RosterLife.start(current());
    const path = file("mine.yaml", "members: {}\n");
    const { code, err } = await run(["init", "--organization", roster.organizationId, "--out", path], { env: live() });
    expect([code, err]).toEqual([1, `${path} exists already; give another name, or --force.`]);
  });
});

describe("drift", () => {
  async function drifting() {
    const roster = await RosterLife.start(current());
    await roster.create({ "ann@example.com": member("admin"), "bob@example.com": member("member") });
    await roster.join("eve@example.com");
    await roster.join("old@example.com");
    const path = file(
      "drift.yaml",
      `organization: ${roster.organizationId}
members:
  ann@example.com: { roles: [admin] }
  bob@example.com: { roles: [admin] }
  cleo@example.com: { roles: [member] }
  old@example.com: { roles: [member], expiresAt: "2020-01-31" }
`,
    );
    return path;
  }

  it("tells who is extra, missing, changed and expired, and changes nothing", async () => {
    const path = await drifting();
    const page = join(folder, "drift.html");
    const { code, out } = await run(["drift", path, "--html", page], { env: live() });
    expect(code).toBe(2);
    expect(out).toBe(`Acme differs from its roster of 3 people.
Have access and are not in the roster (1):
  eve@example.com: active, member
Still have access although their time is over (1):
  old@example.com: active, member
Are in the roster and have no access (1):
  cleo@example.com: no access
Have other access than the roster says (1):
  bob@example.com: active, member; the roster says active, admin`);
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*<td>eve@example\.com<\/td>/);
    expect(readFileSync(page, "utf8")).not.toMatch(/<script|https?:/);
    expect((await run(["drift", path, "--markdown"], { env: live() })).out).toContain(
      "- eve@example.com: active, member",
    );
    expect(JSON.parse((await run(["drift", path, "--json"], { env: live() })).out)).toMatchObject({
      extra: [{ email: "eve@example.com", has: "active, member" }],
      expired: [{ email: "old@example.com", has: "active, member", says: "nothing since 2020-01-31" }],
    });
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([]);
  });

  it("tells who is not in a group that the roster names, and nothing of groups that it does not name", async () => {
    const roster = await RosterLife.start(current());
    const { api } = current();
    const organization_id = roster.organizationId;
    await roster.create({ "ann@example.com": member("member"), "bob@example.com": member("member") });
    for (const name of ["Support", "Sales"]) {
      const { id: group_id } = await api.groups.create({ organization_id, name });
      const organization_membership_id = roster.membershipId("ann@example.com");
      await api.groupMemberships.add({ organization_id, group_id, organization_membership_id });
    }
    const people = (groups: string) => `organization: ${organization_id}
members:
  ann@example.com: { roles: [member], groups: [Support] }
  bob@example.com: { roles: [member]${groups} }
`;
    const same = await run(["drift", file("groups.yaml", people(""))], { env: live() });
    expect(same).toMatchObject({ code: 0, out: "Acme is as its roster of 2 people says." });
    const { code, out } = await run(["drift", file("groups.yaml", people(", groups: [Support]"))], { env: live() });
    expect(code).toBe(2);
    expect(out).toBe(`Acme differs from its roster of 2 people.
Have other access than the roster says (1):
  bob@example.com: active, member; the roster says active, member, in Support`);
  });

  it("names people whom a directory manages, and does not count them", async () => {
    const roster = await RosterLife.start(current());
    await roster.create({ "ann@example.com": member("admin") });
    for (const [email, role] of [
      ["dora@example.com", "admin"],
      ["max@example.com", "member"],
    ] as const) {
      current().control.setDirectoryManaged(await roster.join(email, role), true);
    }
    const path = file(
      "directory.yaml",
      `organization: ${roster.organizationId}
members:
  ann@example.com: { roles: [admin] }
  dora@example.com: { roles: [member] }
`,
    );
    expect(await run(["drift", path], { env: live() })).toMatchObject({
      code: 0,
      out: `Acme is as its roster of 2 people says.
Differ, and belong to the directory sync (2):
  dora@example.com: active, admin; the roster says active, member
  max@example.com: active, member`,
    });
  });

  it("tells who is invited, and whose invitation nobody answered", async () => {
    const roster = await RosterLife.start(current());
    const { api } = current();
    await api.invitations.send({
      email: "ivy@example.com",
      organization_id: roster.organizationId,
      role_slug: "member",
    });
    const path = file(
      "invited.yaml",
      `organization: ${roster.organizationId}\nmembers: { ivy@example.com: { roles: [admin], via: invitation } }\n`,
    );
    expect((await run(["drift", path], { env: live() })).out).toContain(
      "Have other access than the roster says (1):\n  ivy@example.com: pending, member; the roster says active, admin",
    );
    current().clock.advance(8 * 86_400_000);
    expect(await run(["drift", path], { env: live() })).toMatchObject({
      code: 2,
      out: expect.stringContaining("  ivy@example.com: no access, the invitation has expired") as string,
    });
  });

  it.each([
    {
      what: "a file that is not there",
      args: ["nowhere.yaml"],
      code: 1,
      err: "There is no nowhere.yaml: give the path",
    },
    { what: "no path", args: [], code: 64, err: "drift needs the path" },
    { what: "no organization", args: ["$roster"], code: 64, err: "No organization: give --organization org_…" },
    { what: "a wrong roster", args: ["$wrong"], code: 1, err: "The roster has 1 mistake:" },
  ])("does not take $what for drift", async ({ args, code, err }) => {
    const files = {
      $roster: file("no-organization.yaml", "members: {}\n"),
      $wrong: file("wrong.yaml", "membrs: {}\n"),
    };
    const given = args.map((arg) => files[arg as keyof typeof files] ?? arg);
    expect(await run(["drift", ...given], { env: live() })).toMatchObject({
      code,
      err: expect.stringContaining(err) as string,
    });
  });

  it("ends with 0 where there is none", async () => {
    const roster = await RosterLife.start(current());
    await roster.create({ "ann@example.com": member("admin") });
    const path = file(
      "same.yaml",
      `organization: ${roster.organizationId}\nmembers: { ann@example.com: { roles: [admin] } }\n`,
    );
    expect(await run(["drift", path], { env: live() })).toMatchObject({
      code: 0,
      out: "Acme is as its roster of 1 person says.",
    });
  });
});
