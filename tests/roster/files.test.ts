/** Rosters as files: who is in them, and every mistake with its place, all at once. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import { parse as parseYaml } from "yaml";
import { loadRosterFiles, RosterError, rosterOf } from "../../provider/roster-files";
import { jsonSchema } from "../../provider/roster-files/schema";
import { inPathOrder, parse } from "../../provider/roster-files/source";
import { read } from "../support/repository";

const now = Date.parse("2026-11-20T12:00:00Z");

const load = (files: Readonly<Record<string, string>>) =>
  rosterOf(
    Object.entries(files).map(([name, text]) => parse(name, text)),
    { now },
  );

function mistakes(files: Readonly<Record<string, string>>): string[] {
  try {
    load(files);
  } catch (error) {
    if (!(error instanceof RosterError)) throw error;
    return error.message.split("\n").slice(1);
  }
  return [];
}

const acme = `
organization: org_1
roles: [admin, member, viewer]
defaults: { roles: [member] }
requiredAdmins: [ann@example.com]
teams:
  platform:
    roles: [member]
    owners: [ann@example.com]
    members: [bob@example.com]
    teams: [on-call]
  on-call:
    roles: [viewer]
    members:
      - email: Cleo@example.com
        firstName: Cleo
        expiresAt: "2027-01-31"
  summer:
    roles: [viewer]
    expiresAt: "2026-09-30"
    members: [bob@example.com, dan@example.com]
members:
  ann@example.com: { roles: [admin], externalId: employee-1 }
  eve@example.com:
alumni: [finn@example.com]
`;

test("teams are unfolded, roles united, and ends known", () => {
  expect(load({ "roster.yaml": acme })).toEqual({
    organization: "org_1",
    requiredAdmins: ["ann@example.com"],
    adminRoles: ["admin"],
    expired: ["dan@example.com"],
    files: ["roster.yaml"],
    members: {
      "ann@example.com": { roles: ["admin", "member"], externalId: "employee-1" },
      "eve@example.com": { roles: ["member"] },
      "bob@example.com": { roles: ["member"] },
      "Cleo@example.com": { firstName: "Cleo", roles: ["member", "viewer"], expiresAt: "2027-01-31" },
      "dan@example.com": { roles: ["viewer"], expiresAt: "2026-10-01T00:00:00.000Z" },
    },
  });
});

test("a person is in the groups of all their teams, as long as these last, and in their own", () => {
  const { members } = load({
    "roster.yaml": `
teams:
  platform: { groups: [Engineers, On call], members: [ann@example.com], teams: [data] }
  data: { groups: [Analysts], members: [bob@example.com] }
  summer: { groups: [Interns], expiresAt: "2026-09-30", members: [bob@example.com] }
members:
  ann@example.com: { groups: [Founders, Engineers] }
`,
  });
  expect(members).toEqual({
    "ann@example.com": { groups: ["Founders", "Engineers", "On call"] },
    "bob@example.com": { groups: ["Engineers", "On call", "Analysts"] },
  });
});

describe("every mistake is shown where it is", () => {
  it.each<{ what: string; files: Record<string, string>; shown: (string | RegExp)[] }>([
    {
      what: "an unknown key",
      files: { "a.yaml": "teams:\n  ops:\n    member: []\nmembrs: {}" },
      shown: [/^a\.yaml:3:5 member is no key here; did you mean members\?$/, /^a\.yaml:4:1 membrs .* members\?$/],
    },
    {
      what: "a malformed address",
      files: { "a.yaml": "teams:\n  ops: { members: [ann@, { email: bob }] }\nmembers:\n  cleo: {}" },
      shown: [
        /^a\.yaml:2:20 .*"ann@" is not an email address/,
        /^a\.yaml:2:35 .*"bob" is not/,
        /^a\.yaml:4:3 "cleo" is not/,
      ],
    },
    {
      what: "a person described in two files",
      files: {
        "a.yaml": "members:\n  ann@example.com: { roles: [admin] }",
        "b.yaml": "teams:\n  ops:\n    members:\n      - { email: Ann@example.com, roles: [member] }",
      },
      shown: [/^b\.yaml:4:9 Ann@example\.com is described already at a\.yaml:2:3; describe a person once/],
    },
    {
      what: "a person twice in a team",
      files: { "a.yaml": "teams:\n  ops:\n    members: [a@example.com, A@example.com]" },
      shown: [/^a\.yaml:3:30 A@example\.com is in the team ops already, at a\.yaml:3:15; remove one of the two$/],
    },
    {
      what: "a team in two files",
      files: { "a.yaml": "teams: { ops: {} }", "b.yaml": "teams: { ops: {} }" },
      shown: [/^b\.yaml:1:10 the team ops is there already, at a\.yaml:1:10/],
    },
    {
      what: "an unknown role",
      files: { "a.yaml": "roles: [admin, member]", "b.yaml": "members: { ann@example.com: { roles: [admn] } }" },
      shown: [/^b\.yaml:1:39 admn is not among the roles \(admin, member\); did you mean admin\?/],
    },
    {
      what: "a role where there are none",
      files: { "a.yaml": "roles: []\nmembers: { ann@example.com: { roles: [admin] } }" },
      shown: [/^a\.yaml:2:39 admin is not among the roles, of which there are none; add it at a\.yaml:1:1$/],
    },
    {
      what: "an unknown group",
      files: {
        "a.yaml": "groups: [Support, billing]\nteams: { ops: { groups: [Suport] } }",
        "b.yaml": "members: { ann@example.com: { groups: [billing, sales] } }",
      },
      shown: [
        /^a\.yaml:2:26 Suport is not among the groups \(Support, billing\); did you mean Support\? Or add it at a\.yaml:1:1$/,
        /^b\.yaml:1:49 sales is not among the groups \(Support, billing\); add it at a\.yaml:1:1$/,
      ],
    },
    {
      what: "groups that are no list of names",
      files: { "a.yaml": "teams: { ops: { groups: Support } }\nmembers: { ann@example.com: { groups: [1] } }" },
      shown: [/^a\.yaml:1:25 groups: must be a list of groups$/, /^a\.yaml:2:40 groups: must be text$/],
    },
    {
      what: "an unknown team, and a circle of teams",
      files: { "a.yaml": "teams:\n  a: { teams: [b] }\n  b: { teams: [a, cc] }\n  c: {}" },
      shown: [
        /^a\.yaml:3:16 the teams go round in a circle \(a → b → a\)/,
        /^a\.yaml:3:19 there is no team cc; did you mean c\?/,
      ],
    },
    {
      what: "a date beyond the horizon, or none",
      files: {
        "a.yaml":
          'horizonDays: 30\nmembers:\n  a@example.com: { expiresAt: "2027-01-31" }\n  b@example.com: { expiresAt: soon }',
      },
      shown: [
        /^a\.yaml:3:31 2027-01-31 is more than 30 days ahead/,
        /^a\.yaml:4:31 .*"soon" is neither a day nor a moment/,
      ],
    },
    {
      what: "a required admin who is none",
      files: { "a.yaml": "requiredAdmins: [ann@example.com]\nmembers: { ann@example.com: { roles: [member] } }" },
      shown: [/^a\.yaml:1:18 ann@example\.com must be an admin and is not/],
    },
    {
      what: "somebody among the alumni who is still there",
      files: { "a.yaml": "members:\n  ann@example.com:\nalumni: [Ann@example.com]" },
      shown: [/^a\.yaml:2:3 Ann@example\.com is among the alumni \(a\.yaml:3:10\)/],
    },
    {
      what: "a setting in two files",
      files: { "a.yaml": "organization: org_1", "b.yaml": "organization: org_2" },
      shown: [/^b\.yaml:1:1 organization is set already at a\.yaml:1:1/],
    },
    { what: "text that is no YAML", files: { "a.yaml": "members: [" }, shown: [/^a\.yaml:1:\d+ /] },
    {
      what: "a key twice",
      files: { "a.yaml": "members:\n  a@example.com: {}\n  a@example.com: {}" },
      shown: [/^a\.yaml:3:3 .*unique/],
    },
  ])("$what", ({ files, shown }) => {
    const found = mistakes(files);
    expect(found).toEqual(shown.map((pattern) => expect.stringMatching(pattern) as string));
  });
});

describe("in a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "roster-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  it.each(["nowhere", "."])("a path without a roster is said: %s", (path) => {
    expect(() => loadRosterFiles(join(folder, path), { now })).toThrow(/^There is no /);
  });

  it("all files count, those of teams below too", () => {
    write("roster.yaml", "organization: org_1");
    write("teams/ops.yml", "teams: { ops: { roles: [member], members: [ann@example.com] } }");
    write("notes.txt", "no roster");
    expect(loadRosterFiles(folder, { now }).members).toEqual({ "ann@example.com": { roles: ["member"] } });
  });
});

describe("which files of a folder count", () => {
  const read = (...files: string[]) => {
    const root = mkdtempSync(join(tmpdir(), "rosters-"));
    for (const [at, file] of files.entries()) {
      const path = join(root, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `members: { p${at}@example.com: }\n`);
    }
    return { root, people: () => Object.keys(loadRosterFiles(root).members).sort() };
  };

  it("any letter case of the ending, and nothing that is hidden or installed", () => {
    const { people } = read(
      "a.yaml",
      "B.YAML",
      "c.Yml",
      "._a.yaml",
      ".old/d.yaml",
      "node_modules/x/e.yaml",
      "f.yaml.bak",
    );
    expect(people()).toEqual(["p0@example.com", "p1@example.com", "p2@example.com"]);
  });

  it("linked files and folders, each once, and not in circles", () => {
    const { root, people } = read("teams/a.yaml");
    const outside = read("b.yaml", "more/c.yaml").root;
    writeFileSync(join(outside, "b.yaml"), "members: { linked@example.com: }\n");
    symlinkSync(join(outside, "b.yaml"), join(root, "b.yaml"));
    symlinkSync(join(outside, "more"), join(root, "more"));
    symlinkSync(root, join(root, "teams", "again"));
    symlinkSync(join(root, "teams", "a.yaml"), join(root, "also-a.yaml"));
    expect(people()).toEqual(["linked@example.com", "p0@example.com", "p1@example.com"]);
  });

  it("a link to nothing is a mistake, not a file less", () => {
    const { root, people } = read("a.yaml");
    symlinkSync(join(root, "gone"), join(root, "b.yaml"));
    expect(people).toThrow(/b\.yaml is a link to nothing/);
  });
});

describe("files of Windows", () => {
  const windows = (text: string) => text.replaceAll("\n", "\r\n");

  it("say the same with its line ends", () => {
    expect(load({ "roster.yaml": windows(acme) })).toEqual(load({ "roster.yaml": acme }));
  });

  it("have their mistakes at the same lines and columns", () => {
    const wrong = "organization: org_1\nmembers:\n  ann@example.com: { role: [admin] }\n  bob: {}\n";
    expect(mistakes({ "roster.yaml": windows(wrong) })).toEqual(mistakes({ "roster.yaml": wrong }));
    expect(mistakes({ "roster.yaml": wrong }).length).toBeGreaterThan(1);
  });

  it("are read in the order that they have elsewhere", () => {
    const paths = ["a/x.yaml", "a-b/x.yaml", "aZ.yaml", "a/b/x.yaml", "a.yaml"];
    const inOrder = [...paths].sort((one, other) => inPathOrder(one, other, "/"));
    const there = paths.map((path) => path.replaceAll("/", "\\"));
    there.sort((one, other) => inPathOrder(one, other, "\\"));
    expect(there.map((path) => path.replaceAll("\\", "/"))).toEqual(inOrder);
    expect(inOrder).toEqual([...paths].sort());
  });
});

describe("the schema for editors", () => {
  it("is made of the shape that loading checks", () => {
    expect(JSON.parse(read("schema/roster.schema.json"))).toEqual(jsonSchema());
  });

  it("accepts what loads, and refuses what does not", () => {
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(jsonSchema());
    expect(valid(parseYaml(acme))).toBe(true);
    expect(valid({ teams: { ops: { member: [] } } })).toBe(false);
  });
});

test("ten thousand people load", () => {
  const people = Array.from({ length: 10_000 }, (_, index) => `      - p${index}@example.com`);
  const text = ["teams:", "  all:", "    roles: [member]", "    members:", ...people].join("\n");
  expect(Object.keys(load({ "roster.yaml": text }).members)).toHaveLength(10_000);
  const described = Array.from({ length: 10_000 }, (_, index) => `  p${index}@example.com: { roles: [member] }`);
  expect(Object.keys(load({ "roster.yaml": ["members:", ...described].join("\n") }).members)).toHaveLength(10_000);
});
