/** A roster that says by a path who its members are, for programs that no class of the package reads files for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretMark } from "../../provider/declare/secrecy";
import { unknownValue } from "../../provider/declare/unknown";
import { nativeLifecycles } from "../../provider/native";

const now = Date.parse("2026-11-30T12:00:00Z");
const roster = nativeLifecycles.get("OrganizationRoster");
const at = (inputs: object) => roster?.at?.({ organizationId: "org_1", ...inputs }, now) ?? fail();
const fail = () => {
  throw new Error("a roster looks at nothing");
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pulumi-workos-roster-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function file(text: string, name = "roster.yaml"): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const members = "members:\n  ann@example.com: { roles: [admin] }\n";

it("has the members of the file, and no path", () => {
  expect(at({ rosterFile: file(members), mode: "additive" })).toEqual({
    inputs: { organizationId: "org_1", mode: "additive", members: { "ann@example.com": { roles: ["admin"] } } },
    failures: [],
  });
});

it("has those of all files of a folder, less whose access has ended", () => {
  mkdirSync(join(directory, "guests"));
  file(
    'members:\n  eve@example.com: { expiresAt: "2026-11-30T12:00:00Z" }\n  fay@example.com: {}\n',
    "guests/some.yaml",
  );
  file(members);
  expect(Object.keys(at({ rosterFile: directory }).inputs.members as object)).toEqual([
    "fay@example.com",
    "ann@example.com",
  ]);
});

it("ends access by what the program itself says as well", () => {
  const { inputs, failures } = at({
    members: { "ann@example.com": { expiresAt: "2026-01-31" }, "ben@example.com": { expiresAt: "2027-01-31" } },
  });
  expect(failures).toEqual([]);
  expect(Object.keys(inputs.members as object)).toEqual(["ben@example.com"]);
  expect(at({ members: { "ann@example.com": { expiresAt: "soon" } } }).failures).toMatchObject([
    {
      property: 'members["ann@example.com"].expiresAt',
      reason: expect.stringContaining('"soon" is neither') as string,
    },
  ]);
});

it("adds the admins that the file requires to those of the guards", () => {
  const rosterFile = file(`${members}requiredAdmins: [ann@example.com]\n`);
  const guards = { minAdmins: 1, requiredAdmins: ["ben@example.com", "ann@example.com"] };
  expect(at({ rosterFile }).inputs.guards).toEqual({ requiredAdmins: ["ann@example.com"] });
  expect(at({ rosterFile, guards }).inputs.guards).toEqual(guards);
  const open = { minAdmins: unknownValue };
  expect(at({ rosterFile, guards: open }).inputs.guards).toEqual(open);
});

it("is as secret as the path is kept", () => {
  const { inputs } = at({ rosterFile: file(members), [secretMark]: "guards,rosterFile" });
  expect(inputs[secretMark]).toBe("guards,members");
});

it("waits for a path that is not known yet", () => {
  expect(at({ rosterFile: unknownValue }).inputs.members).toBe(unknownValue);
});

it("takes the file of its own organization, and of one that is not known yet", () => {
  const rosterFile = file(`${members}organization: org_1\n`);
  expect(at({ rosterFile }).failures).toEqual([]);
  expect(at({ rosterFile, organizationId: unknownValue }).failures).toEqual([]);
  const [other] = at({ rosterFile, organizationId: "org_2" }).failures;
  expect(other?.reason).toBe(
    "is the roster of org_1, and organizationId is org_2; give each organization its own roster",
  );
});

it("tells each mistake with its place", () => {
  const { failures } = at({ rosterFile: file("members:\n  ann: {}\n  ben@example.com: { rolse: [admin] }\n") });
  expect(failures.map(({ property, reason }) => `${property} ${reason}`)).toEqual([
    expect.stringMatching(/^rosterFile: \S+roster\.yaml:2:3 "ann"/) as string,
    expect.stringMatching(/^rosterFile: \S+roster\.yaml:3:22 rolse is no key here; did you mean roles\?$/) as string,
  ]);
});

it.each([
  [
    "members beside it",
    { rosterFile: "roster.yaml", members: {} },
    "rosterFile says who has access, and so does members",
  ],
  ["neither of them", {}, "members is required, or rosterFile: a roster says who has access"],
  ["no text", { rosterFile: 7 }, "rosterFile must be the path of a roster file, or of a folder"],
  ["nothing there", { rosterFile: "nowhere.yaml" }, "rosterFile: There is no nowhere.yaml"],
])("refuses %s", (_what, inputs, told) => {
  const [failure] = at(inputs).failures;
  expect(`${failure?.property} ${failure?.reason}`).toContain(told);
});
