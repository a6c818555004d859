/** One rule for addresses: what a mail system accepts gets in by every door alike, and what cannot be by none. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse as parseYaml, stringify } from "yaml";
import { enrolled } from "../../provider/roster/enrolled";
import { readSeedFile } from "../../cli/seed-file";
import { startEmulator } from "../../emulator";
import { checked } from "../support/checking";
import { check as checkRoster } from "../../provider/roster/check";
import { isAddress } from "../../provider/declare/address";
import { loadRosterFiles, RosterError } from "../../provider/roster-files";
import { run } from "../cli/support/run";
import { type Answer, local } from "../emulator/support/local";

const letters = (count: number) => "a".repeat(count);
/** Three labels of 61 and one that fills what is left: 254 octets with a local part of 60. */
const longest = `${letters(60)}@${letters(61)}.${letters(61)}.${letters(61)}.${letters(3)}.com`;
const possible = [
  "ann@example.com",
  "r&d@example.com",
  "o'neil@example.com",
  "a/b@example.com",
  "{x}@example.com",
  "!#$%&'*+-/=?^_`{|}~@example.com",
  "#ann@example.com",
  "?ann@example.com",
  "-ann@example.com",
  "*@example.com",
  "null@example.com",
  "a.b+c=d@sub.example.co.uk",
  '"a b"@example.com',
  '"a@b"@example.com',
  '"..\\"\\\\(),:;<>[]"@example.com',
  "jörg@exämple.de",
  "用户@例子.公司",
  "😀@example.com",
  "ann@xn--fiq228c.xn--p1ai",
  "ann@1.example.com",
  "ann@a--b.example.com",
  `${letters(64)}@example.com`,
  `ann@${letters(63)}.com`,
  longest,
];
const impossible = [
  "",
  "ann",
  "@example.com",
  "ann@",
  "ann@example",
  "ann@localhost",
  ".ann@example.com",
  "ann.@example.com",
  "a..b@example.com",
  "a b@example.com",
  "a@b@example.com",
  "ann@@example.com",
  "ann(x)@example.com",
  "a,b@example.com",
  "a;b@example.com",
  "a:b@example.com",
  "<ann@example.com>",
  "Ann <ann@example.com>",
  'an"n@example.com',
  '"ann@example.com',
  '""@example.com',
  '"a"b@example.com',
  '"a\nb"@example.com',
  " ann@example.com",
  "ann@example.com ",
  "ann@example.com\n",
  "ann@-example.com",
  "ann@example-.com",
  "ann@example..com",
  "ann@.example.com",
  "ann@example.com.",
  "ann@exa_mple.com",
  "ann@exa mple.com",
  "ann@127.0.0.10",
  "ann@example.c",
  "an\u202en@example.com",
  "an\u0000n@example.com",
  "an\u00a0n@example.com",
  `${letters(65)}@example.com`,
  `${"ö".repeat(33)}@example.com`,
  `ann@${letters(64)}.com`,
  `a${longest}`,
];

const current = local();
const folder = mkdtempSync(join(tmpdir(), "addresses-"));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, value: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, stringify(value));
  return path;
};

/** Whether the roster of a file is one, and nobody's address was changed on the way. */
async function inFile(address: string, roster: object): Promise<boolean> {
  const path = written("roster.yaml", roster);
  const { code } = await run(["check", path]);
  try {
    const { members, requiredAdmins } = loadRosterFiles(path);
    expect(code).toBe(0);
    return address in members || requiredAdmins.includes(address.toLowerCase());
  } catch (error) {
    if (!(error instanceof RosterError)) throw error;
    expect(code).toBe(1);
    expect(error.message).toContain("is not an email address");
    return false;
  }
}

function answered({ status, body }: Answer): boolean {
  if (status < 400) return true;
  expect([status, body]).toMatchObject([422, { code: expect.any(String) as string }]);
  return false;
}

const post = async (path: string, body: object) => answered(await current().post(path, body));
const user = async () => (await current().user()).id;

const doors: Readonly<Record<string, (address: string) => boolean | Promise<boolean>>> = {
  "the rule": isAddress,
  "a User": (email) => checked("User", { email }).failures.length === 0,
  "an Invitation": (email) => checked("Invitation", { email }).failures.length === 0,
  "a roster's member": (email) =>
    checkRoster({}, { organizationId: "org_1", members: { [email]: {} } }, {}).failures.length === 0,
  "a roster's guard": (email) =>
    checkRoster({}, { organizationId: "org_1", members: {}, guards: { requiredAdmins: [email] } }, {}).failures
      .length === 0,
  "a member in a file": (email) => inFile(email, { members: { [email]: null } }),
  "a team in a file": (email) => inFile(email, { teams: { ops: { members: [email] } } }),
  "a described person in a file": (email) => inFile(email, { teams: { ops: { members: [{ email, roles: ["x"] }] } } }),
  "owners in a file": (email) => inFile(email, { teams: { ops: { owners: [email] } } }),
  "admins in a file": (email) =>
    inFile(email, { requiredAdmins: [email], members: isAddress(email) ? { [email]: { roles: ["admin"] } } : {} }),
  "a new user of the local AuthKit": (email) => post("/user_management/users", { email }),
  "a user's new address": async (email) =>
    answered(await current().put(`/user_management/users/${await user()}`, { email })),
  "an invitation of the local AuthKit": (email) => post("/user_management/invitations", { email }),
  "a code by mail": (email) => post("/user_management/magic_auth", { email }),
  "a change of address": async (new_email) =>
    post(`/user_management/users/${await user()}/email_change/send`, { new_email }),
  "a filter of invitations": async (email) =>
    answered(await current().get(`/user_management/invitations?email=${encodeURIComponent(email)}`)),
  "a seed file": async (email) => {
    const path = written("seed.yaml", { users: [{ email }] });
    try {
      const local = await startEmulator({ seed: readSeedFile(path) });
      const emails = local.control.state().users.map((one) => one.email);
      await local.close();
      return emails.includes(email);
    } catch (error) {
      expect(String(error)).toContain("users.0.email");
      return false;
    }
  },
};

const everyDoor = (accepted: boolean) => Object.fromEntries(Object.keys(doors).map((door) => [door, accepted]));
async function tried(address: string) {
  const result: Record<string, boolean> = {};
  for (const [door, enter] of Object.entries(doors)) {
    current().control.reset();
    result[door] = await enter(address);
  }
  return result;
}

test("the longest address has 254 octets", () => {
  expect(longest).toHaveLength(254);
});

test.each(possible)("%s gets in by every door", async (address) => {
  expect(await tried(address)).toEqual(everyDoor(true));
});

test.each(impossible)("%j gets in by no door", async (address) => {
  expect(await tried(address)).toEqual(everyDoor(false));
});

test("init writes whoever the local AuthKit holds, and check passes what it wrote", async () => {
  const { emulator } = current();
  const organization = await current().organization();
  for (const email of possible) {
    const { id } = await current().user({ email });
    await current().membership(id, organization.id);
  }
  const [roster, program] = [join(folder, "written.yaml"), join(folder, "index.ts")];
  const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
  const { code } = await run(["init", "--organization", organization.id, "--out", roster, "--program", program], {
    env,
  });
  expect(code).toBe(0);
  expect((await run(["check", roster])).code).toBe(0);
  const { members } = loadRosterFiles(roster);
  expect(Object.keys(members).sort()).toEqual([...possible].sort());
  expect(checkRoster({}, { organizationId: organization.id, members }, {}).failures).toEqual([]);
  expect(Object.keys((parseYaml(readFileSync(roster, "utf8")) as { members: object }).members)).toHaveLength(
    possible.length,
  );
});

test("init leaves out who has what is no address here, instead of writing a roster that nobody can use", () => {
  const person = (email: string) => ({ email, status: "active" as const, roles: ["member"], userId: "user_1" });
  const { members, skipped } = enrolled({ people: [person("ann@example.com"), person("ann@localhost")] });
  expect(members.map(([email]) => email)).toEqual(["ann@example.com"]);
  expect(skipped).toEqual([
    { email: "ann@localhost", reason: "what they have for an address is none that a roster can hold" },
  ]);
});
