/** Roles and permissions as files: what they say, and every mistake with its place, all at once. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { parse as parseYaml } from "yaml";
import { RolesError, rolesForProgram, rolesOf } from "../../provider/roles-files";
import { jsonSchema } from "../../provider/roles-files/schema";
import { RosterError, rosterOf } from "../../provider/roster-files";
import { isRolesFile, parse } from "../../provider/roster-files/source";
import { read } from "../support/repository";

const sources = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([name, text]) => parse(name, text));
const load = (files: Readonly<Record<string, string>>) => rolesOf(sources(files));

function mistakes(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RolesError || error instanceof RosterError)) throw error;
    return error.message.split("\n").slice(1);
  }
  return [];
}

const shop = `
adopt: if-exists
permissions:
  invoices:read: Read invoices
  invoices:pay: { name: Pay invoices, description: Without a limit, adopt: never }
roles:
  member: { name: Member, permissions: [invoices:read] }
  buyer: { name: Buyer, adopt: never }
organizations:
  acme:
    org-billing: { name: Billing, permissions: [invoices:read, invoices:pay], onDestroy: retain }
`;

test("permissions, roles and organizations' own roles are read, with what holds for all of a file", () => {
  const { permissions, roles, organizations, slugs, files } = load({ "roles.yaml": shop });
  expect(Object.fromEntries(permissions)).toEqual({
    "invoices:read": { name: "Read invoices", adopt: "if-exists" },
    "invoices:pay": { name: "Pay invoices", description: "Without a limit", adopt: "never" },
  });
  expect(Object.fromEntries(roles)).toEqual({
    member: { name: "Member", permissions: ["invoices:read"], adopt: "if-exists" },
    buyer: { name: "Buyer", adopt: "never" },
  });
  expect(Object.fromEntries(organizations.get("acme") ?? [])).toEqual({
    "org-billing": {
      name: "Billing",
      permissions: ["invoices:read", "invoices:pay"],
      onDestroy: "retain",
      adopt: "if-exists",
    },
  });
  expect(slugs).toEqual(["member", "buyer", "org-billing"]);
  expect(files).toEqual(["roles.yaml"]);
});

describe("every mistake is shown where it is", () => {
  it.each<{ what: string; files: Record<string, string>; shown: RegExp[] }>([
    {
      what: "an unknown key, at each depth",
      files: {
        "a.yaml":
          "role: {}\nroles:\n  editor: { name: Editor, permission: [] }\npermissions:\n  a: { nam: A, name: A }\norganizations:\n  acme:\n    org-a: { name: A, descripton: x }",
      },
      shown: [
        /^a\.yaml:1:1 role is no key here; did you mean roles\?$/,
        /^a\.yaml:3:27 permission is no key here; did you mean permissions\?$/,
        /^a\.yaml:5:8 nam is no key here; did you mean name\?$/,
        /^a\.yaml:8:23 descripton is no key here; did you mean description\?$/,
      ],
    },
    {
      what: "no name, or one that is too long",
      files: { "a.yaml": `roles:\n  editor: {}\n  viewer: { name: ${"x".repeat(49)} }` },
      shown: [/^a\.yaml:2:11 name: /, /^a\.yaml:3:19 name: must be at most 48 characters/],
    },
    {
      what: "slugs that WorkOS does not take",
      files: {
        "a.yaml":
          "roles:\n  My Role: { name: A }\npermissions:\n  A b: A\norganizations:\n  acme:\n    billing: { name: B }",
      },
      shown: [/^a\.yaml:2:3 My Role: /, /^a\.yaml:4:3 A b: /, /^a\.yaml:7:5 billing: .*org-/],
    },
    {
      what: "a permission that no file describes",
      files: {
        "a.yaml": "permissions:\n  posts:read: Read posts",
        "b.yaml": "roles:\n  editor: { name: Editor, permissions: [posts:raed, users:ban] }",
      },
      shown: [
        /^b\.yaml:2:41 posts:raed is not among the permissions; did you mean posts:read\? Or add it at a\.yaml:1:1$/,
        /^b\.yaml:2:53 users:ban is not among the permissions; add it at a\.yaml:1:1$/,
      ],
    },
    {
      what: "a permission twice in a role",
      files: { "a.yaml": "roles:\n  editor: { name: Editor, permissions: [a, a] }" },
      shown: [/^a\.yaml:2:44 a is listed already at a\.yaml:2:41; remove one of the two$/],
    },
    {
      what: "a role in two files",
      files: { "a.yaml": "roles: { editor: { name: A } }", "b.yaml": "roles: { editor: { name: B } }" },
      shown: [/^b\.yaml:1:10 editor is described already at a\.yaml:1:10; describe it once$/],
    },
    {
      what: "what is no map",
      files: { "a.yaml": "roles: [editor]\npermissions: { a: 1 }" },
      shown: [
        /^a\.yaml:1:8 roles: must be a map, such as \{ editor:/,
        /^a\.yaml:2:19 a: must be a name, or a map such as \{ name: Read invoices \}$/,
      ],
    },
    { what: "text that is no YAML", files: { "a.yaml": "roles: {" }, shown: [/^a\.yaml:1:\d+ /] },
  ])("$what", ({ files, shown }) => {
    expect(mistakes(() => load(files))).toEqual(shown.map((one) => expect.stringMatching(one) as string));
  });
});

test("an organization that the program has no id for is a mistake, with what was meant", () => {
  const folder = mkdtempSync(join(tmpdir(), "roles-"));
  const path = join(folder, "roles.yaml");
  writeFileSync(path, shop);
  try {
    expect(mistakes(() => rolesForProgram(path, ["acme"]))).toEqual([]);
    const [only] = mistakes(() => rolesForProgram(path, ["acmee"]));
    expect(only).toMatch(
      /roles\.yaml:10:3 the program has no organization acme; did you mean acmee\? Or give its id, as/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a roster may name the roles of the files, and those that every environment has", () => {
  const { slugs: roles } = load({ "roles.yaml": shop });
  const files = sources({
    "roles.yaml": shop,
    "roster.yaml": "members:\n  ann@example.com: { roles: [admin, buyer, org-billing] }\n",
  });
  expect(Object.keys(rosterOf(files, { roles }).members)).toEqual(["ann@example.com"]);
  const wrong = sources({ "roster.yaml": "teams:\n  ops: { roles: [byer], members: [ann@example.com] }\n" });
  expect(mistakes(() => rosterOf(wrong, { roles }))).toEqual([
    "roster.yaml:2:18 byer is none of the roles that the roles files define; did you mean buyer? Or add it there",
  ]);
});

test("a file that names people is one of a roster, whatever else it says: nobody is left out by a mistake", () => {
  const of = (text: string) => isRolesFile(parse("a.yaml", text));
  expect(of("roles: { editor: { name: Editor } }")).toBe(true);
  expect(of("permissions: { a: A }")).toBe(true);
  expect(of("roles: [editor]")).toBe(false);
  expect(of("roles: { editor: }\nmembers: { ann@example.com: }")).toBe(false);
  expect(of("organizations: org_1\nrequiredAdmins: []")).toBe(false);
});

describe("the schema for editors", () => {
  it("is made of the shape that loading checks", () => {
    expect(JSON.parse(read("schema/roles.schema.json"))).toEqual(jsonSchema());
  });

  it("accepts what loads, and refuses what does not", () => {
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(jsonSchema());
    expect(valid(parseYaml(shop))).toBe(true);
    expect(valid({ roles: { editor: { nam: "Editor" } } })).toBe(false);
  });
});
