/** Whatever people write in a file or a program: each mistake is one plain sentence, and no library's words. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSeedFile } from "../../cli/seed-file";
import { readConfig } from "../../provider/config";
import { check } from "../../provider/lifecycle";
import { resources } from "../../provider/resources";
import { rosterLifecycle } from "../../provider/roster";
import { loadRosterFiles } from "../../provider/roster-files";
import { systemClock } from "../../api/clock";
import { type AnyResource } from "../../provider/declare/resource";
import { run } from "../cli/support/run";

const raw =
  /expected|received|Invalid input|Nested mappings|Implicit|at line|Too (small|big)|Unrecognized|invalid_|undefined|\[object|Map keys|Unresolved|flow (map|seq|coll)|Cannot read|TypeError|ZodError|collection/i;

const folder = mkdtempSync(join(tmpdir(), "malformed-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const written = (text: string | Buffer, name = "roster.yaml") => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
function thrown(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was wrong");
}

const rosters: [what: string, text: string, line: number, says: RegExp][] = [
  [
    "a role instead of details",
    "members:\n  bob@example.com: admin\n",
    2,
    /bob@example\.com: must be a map, such as \{ roles: \[admin\] \}, and is text/,
  ],
  ["a list instead of details", "members:\n  bob@example.com: [admin]\n", 2, /must be a map, such as .* and is a list/],
  ["a number instead of details", "members:\n  bob@example.com: 5\n", 2, /must be a map, such as .* and is a number/],
  [
    "a list instead of a map",
    "- ann@example.com\n- bob@example.com\n",
    1,
    /a roster file must be a map, and is a list; write keys such as/,
  ],
  ["a word instead of a map", "hello\n", 1, /a roster file must be a map, and is text/],
  ["members as a list", "members:\n  - ann@example.com\n", 2, /members: must be a map, and is a list/],
  ["members as text", "members: ann@example.com\n", 1, /members: must be a map, and is text/],
  [
    "empty members",
    "members:\n",
    1,
    /members: must be a map, and is empty; where there is nothing to say, leave it out/,
  ],
  ["empty teams", "teams:\nmembers: {}\n", 1, /teams: must be a map, and is empty/],
  ["an empty role list", "members:\n  ann@example.com: { roles: [] }\n", 2, /must name at least one role/],
  ["a role that is no list", "members:\n  ann@example.com: { roles: admin }\n", 2, /must be a list of roles/],
  ["a number as a name", "members:\n  ann@example.com: { firstName: 42 }\n", 2, /firstName: must be text/],
  ["true as a name", "members:\n  ann@example.com: { lastName: true }\n", 2, /lastName: must be text/],
  ["a number as an address", "teams:\n  ops:\n    members: [123]\n", 3, /members: 123 is not an email address/],
  ["nothing as an address", "teams:\n  ops:\n    members:\n      -\n", 4, /is not an email address/],
  ["a team that is a list", "teams:\n  ops: [ann@example.com]\n", 2, /ops: must be a map, such as .* and is a list/],
  ["a team without anything", "teams:\n  ops:\n", 2, /ops: must be a map, such as .* and is empty/],
  ["an unknown key", "member:\n  ann@example.com: {}\n", 1, /member is no key here; did you mean members\?/],
  [
    "an unknown key of a person",
    "members:\n  ann@example.com: { role: [admin] }\n",
    2,
    /role is no key here; did you mean roles\?/,
  ],
  ["an organization that is a number", "organization: 5\n", 1, /organization: must be text, and is a number/],
  ["a horizon in words", "horizonDays: soon\n", 1, /horizonDays: must be a number, and is text/],
  ["a horizon in parts", "horizonDays: 1.5\n", 1, /horizonDays: must be a whole number/],
  ["no horizon", "horizonDays: 0\n", 1, /horizonDays: must be at least 1/],
  ["a bare date", "members:\n  ann@example.com: { expiresAt: 20270131 }\n", 2, /expiresAt: must be a day in quotes/],
  [
    "a status of one's own",
    "members:\n  ann@example.com: { status: gone }\n",
    2,
    /status: must be one of active, inactive/,
  ],
  ["a map as a role", "members:\n  ann@example.com: { roles: [{ slug: admin }] }\n", 2, /must be a slug/],
  [
    "metadata as a list",
    "members:\n  ann@example.com: { metadata: [a] }\n",
    2,
    /metadata: must be a map from text to text/,
  ],
  [
    "a merge key",
    "x: &x { roles: [admin] }\nmembers:\n  ann@example.com:\n    <<: *x\n",
    4,
    /merge keys \(<<\) are not read here; write the values out/,
  ],
  [
    "an alias of nothing",
    "members:\n  ann@example.com: *nobody\n",
    2,
    /nothing before this has the anchor of \*nobody/,
  ],
  ["an alias with a tag", "members: &m {}\nteams: !!map *m\n", 2, /out of place/],
  ["two documents", "members: {}\n---\nmembers: {}\n", 2, /a second document begins here/],
  [
    "two of a key",
    "members:\n  ann@example.com: {}\n  ann@example.com: {}\n",
    3,
    /ann@example\.com is there already, and keys must be unique; keep one of the two/,
  ],
  ["a tab", "members:\n\tann@example.com: {}\n", 2, /a tab stands where only spaces may/],
  ["wrong indentation", "members:\n    ann@example.com: {}\n  bob@example.com: {}\n", 3, /indent/],
  ["two colons in a line", "members: ann@example.com: {}\n", 1, /one colon too many/],
  ["a missing colon", "members\n  ann@example.com: {}\n", 1, /colon/],
  ["a missing colon below", "teams:\n  ops\n  members: []\n", 2, /colon/],
  ["an open bracket", "alumni: [ann@example.com\nmembers: {}\n", 2, /bracket|belong/],
  ["an open brace", "members: { ann@example.com: {}\n", 2, /bracket|belong/],
  ["an open quote", 'organization: "org_1\nmembers: {}\n', 3, /quote/],
  ["a wrong escape", 'organization: "org_\\q"\n', 1, /backslash/],
  ["an address that begins with @", "alumni:\n  - @ann\n", 2, /cannot begin with @; put it in quotes/],
  [
    "a tag of JavaScript",
    "members: !!js/function 'x'\n",
    1,
    /the tag !!js\/function is not read here; write the plain value/,
  ],
  ["a tag of one's own", "members: !people {}\n", 1, /the tag !people is not read here/],
  ["a set", "alumni: !!set { ann@example.com }\n", 1, /the tag !!set is not read here|must be a list/],
  ["a directive", "%YAML 9.9\n---\nmembers: {}\n", 1, /lines that begin with %/],
  ["a list as a key", "? [a, b]\n: c\n", 1, /a key must be text/],
  ["a mark at the beginning", "\ufeffmember: {}\n", 1, /member is no key here; did you mean members\?/],
  ["lines that end as on Windows", "members:\r\n  bob@example.com: admin\r\n", 2, /must be a map, such as/],
  ["tabs and Windows lines", "members:\r\n\tbob@example.com: {}\r\n", 2, /a tab stands/],
];

describe("a roster file", () => {
  test.each(rosters)("with %s", (_what, text, line, says) => {
    const lines = thrown(() => loadRosterFiles(written(text)))
      .split("\n")
      .slice(1);
    expect(lines.join("\n")).toMatch(says);
    expect(lines.join("\n")).not.toMatch(raw);
    for (const one of lines) expect(one).toMatch(/roster\.yaml:\d+:\d+ \S/);
    expect(lines.some((one) => one.includes(`roster.yaml:${line}:`))).toBe(true);
  });

  test("that is no text, or says too much with little", () => {
    const bombs = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 9; level++) {
      const [name, inner] = ["abcdefghi"[level], "abcdefghi"[level - 1]];
      bombs.push(`${name}: &${name} [${Array(10).fill(`*${inner}`).join(", ")}]`);
    }
    for (const text of [Buffer.from([0xff, 0xfe, 0x6d, 0x00, 0x65, 0x00]), bombs.join("\n")]) {
      const said = thrown(() => loadRosterFiles(written(text)));
      expect(said).toMatch(/roster\.yaml:\d+:\d+ .*(UTF-8|write the values out)/);
      expect(said).not.toMatch(raw);
    }
  });

  test.each(
    ["\ufeffmembers:\n  ann@example.com: {}\n", "members:\r\n  ann@example.com: {}\r\n", "x: &x\n"].slice(0, 2),
  )("is read with a mark at its beginning or lines as on Windows: %j", (text) => {
    expect(Object.keys(loadRosterFiles(written(text)).members)).toEqual(["ann@example.com"]);
  });

  test("keeps aliases, which are plain YAML", () => {
    const text = "members:\n  ann@example.com: { roles: &r [admin] }\n  bob@example.com: { roles: *r }\n";
    expect(loadRosterFiles(written(text)).members["bob@example.com"]).toEqual({ roles: ["admin"] });
  });
});

const seeds: [what: string, text: string, says: RegExp][] = [
  ["a list instead of a map", "- users\n", /seed\.yaml:1:1: must be a map, and is a list/],
  ["users as a map", "users:\n  ann@example.com: {}\n", /users: must be a list, and is a map/],
  ["a number as a name", "organizations:\n  - name: 42\n", /organizations\.0\.name: must be text, and is a number/],
  ["no name", "organizations:\n  - external_id: a\n", /organizations\.0\.name: is missing; it must be text/],
  ["an empty name", 'organizations:\n  - name: ""\n', /must not be empty/],
  ["an address that is none", "users:\n  - email: nope\n", /users\.0\.email: is not an email address/],
  [
    "a short password",
    "users:\n  - { email: ann@example.com, password: short }\n",
    /must be at least 10 characters long/,
  ],
  [
    "a status of one's own",
    "users:\n  - { email: a@example.com, memberships: [{ organization: a, status: gone }] }\n",
    /must be active or inactive/,
  ],
  ["a page that is none", "applications:\n  - { name: a, redirect_uris: [nope] }\n", /not an absolute URI/],
  ["no pages", "applications:\n  - { name: a, redirect_uris: [] }\n", /must be at least 1 entry long/],
  ["an unknown key", "user: []\n", /user is not known here; did you mean users\?/],
  [
    "an unknown key within",
    "users:\n  - { mail: ann@example.com, email: ann@example.com }\n",
    /mail is not known here; did you mean email\?/,
  ],
  [
    "yes as truth",
    "users:\n  - { email: ann@example.com, email_verified: maybe }\n",
    /must be true or false, and is text/,
  ],
  [
    "an external id that is too long",
    `users:\n  - { email: ann@example.com, external_id: ${"x".repeat(200)} }\n`,
    /must be at most 128 characters long/,
  ],
  ["a merge key", "a: &a {}\nusers:\n  - <<: *a\n", /seed\.yaml:3:5: merge keys/],
  ["two documents", "users: []\n---\n", /second document/],
  ["a tab", "users:\n\t- email: a\n", /a tab stands/],
  ["an open bracket", "users: [\n", /bracket|belong/],
];

describe("a seed file", () => {
  test.each(seeds)("with %s", (_what, text, says) => {
    const said = thrown(() => readSeedFile(written(text, "seed.yaml")));
    expect(said).toMatch(says);
    expect(said).not.toMatch(raw);
    for (const one of said.split("\n")) expect(one).toMatch(/seed\.yaml:\d+:\d+: \S/);
  });
});

const values = [
  null,
  5,
  1.5,
  -1,
  NaN,
  true,
  "",
  "text",
  [],
  [5],
  ["x"],
  [[]],
  {},
  { a: 5 },
  { a: { b: [] } },
  [null],
  { domain: 5 },
];
const surroundings = { clock: systemClock, allowedDomains: undefined };

describe("a program", () => {
  test.each(Object.entries(resources) as [string, AnyResource][])(
    "with anything for the inputs of %s",
    (_kind, resource) => {
      for (const name of [...Object.keys(resource.inputs), "nonsense"]) {
        for (const value of values) {
          const { failures } = check(resource, {}, { [name]: value }, surroundings);
          for (const { reason } of failures) expect(`${name}: ${reason}`).not.toMatch(raw);
        }
      }
    },
  );

  test("with anything in a roster", () => {
    const inputs = [
      "organizationId",
      "members",
      "mode",
      "onRemove",
      "onDestroy",
      "manageProfiles",
      "guards",
      "nonsense",
    ];
    const nested = values.flatMap((value) => [
      ...["roles", "firstName", "metadata", "status", "via", "expiresAt", "nonsense"].map((name) => ({
        "bob@example.com": { [name]: value },
      })),
      { "bob@example.com": value },
      { minAdmins: value },
      { requiredAdmins: value },
      { maxRemovals: value },
      { maxRemovals: { fraction: value, people: value } },
    ]);
    for (const name of inputs) {
      for (const value of [...values, ...nested]) {
        const { failures } = rosterLifecycle.check({}, { [name]: value }, surroundings);
        for (const { property, reason } of failures) expect(`${property} ${reason}`).not.toMatch(raw);
      }
    }
  });
});

test("settings and options of commands", async () => {
  const settings = [
    "minAdmins",
    "maxRemovals",
    "deleteTimeout",
    "allowedDomains",
    "adminRoles",
    "requireForceDestroy",
    "readLimit",
    "writeLimit",
    "baseUrl",
    "apiKey",
  ];
  for (const name of settings) {
    for (const value of ["", " ", "x", "-1", "1.5", "[]", "{}", "null", "1e99"]) {
      try {
        readConfig((setting) => (setting === name ? value : setting === "apiKey" ? `sk_${"test"}_a` : undefined), {});
      } catch (error) {
        expect(`${name}=${value}: ${(error as Error).message}`).not.toMatch(raw);
      }
    }
  }
  const wrong = [
    ["check", "--json=yes", "x"],
    ["check"],
    ["check", "a", "b"],
    ["comment", "--jsn"],
    ["drift", "--organization"],
    ["drift", "--organization", "--json"],
    ["init", "--out"],
    ["emulator", "--port", "x"],
    ["emulator", "--port"],
  ];
  for (const args of wrong) {
    const { code, err } = await run(args);
    expect({ args, code }).toEqual({ args, code: 64 });
    expect(err).not.toMatch(raw);
  }
});
