/** The commands around rosters, as they are called. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadRosterFiles } from "../../sdk/roster-files";
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

describe("the list of commands", () => {
  it.each(["init", "check", "drift", "comment", "from-tfstate"])(
    "has %s, whose help shows examples and exit codes",
    async (name) => {
      expect((await run(["--help"])).out).toContain(`  ${name} `);
      const { code, out } = await run([name, "--help"]);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: `);
      expect(out).toContain("Examples:");
      expect(out).toContain("Exit codes:");
    },
  );

  it("is shown for a command that is not there, and options that are not there are refused", async () => {
    expect(await run(["inot"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("There is no command inot.") as string,
    });
    expect(await run(["check", "--fast"])).toMatchObject({
      code: 64,
      err: expect.stringContaining("--fast") as string,
    });
  });
});

describe("check", () => {
  it("says that a roster has no mistakes, and whose access has ended", async () => {
    const path = file("good.yaml", 'members:\n  ann@example.com:\n  bob@example.com: { expiresAt: "2020-01-31" }\n');
    const { code, out } = await run(["check", path]);
    expect(code).toBe(0);
    expect(out).toBe("No mistakes: 2 people in 1 file.\nbob@example.com's access has ended; their entry can go.");
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
    const { code } = await run(["init", "--organization", roster.organizationId, "--out", path, "--program", program], {
      env: live(),
    });
    expect(code).toBe(0);
    const { members } = loadRosterFiles(path);
    expect(Object.keys(members)).toHaveLength(1_002);
    takeCalls(current());
    const { state, said } = await roster.create(members, { mode: "authoritative" });
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([]);
    expect(said[0]).toBe("Applied to Acme: 0 changes, 1,002 unchanged");
    expect(state.extras).toBeUndefined();
    expect(readFileSync(program, "utf8")).toContain(`organizationId: "${roster.organizationId}"`);
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
      extra: [{ email: "eve@example.com" }],
    });
    expect(takeCalls(current()).filter((call) => !call.startsWith("GET"))).toEqual([]);
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
      out: "Acme is as its roster of 1 people says.",
    });
  });
});
