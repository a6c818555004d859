/** `drift --stack`: what somebody has changed or ended outside, kind by kind, of a stack's export. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StackDrift } from "../../cli/stack-drift";
import { words } from "../../cli/stack-drift/words";
import { type Inputs, type State } from "../../provider/declare/resource";
import { sealed } from "../../provider/declare/secrecy";
import { StackEnvironment } from "../../provider/lifecycle";
import { type Kind, kinds } from "../../provider/resources";
import { dynamicType, nativeType } from "../../provider/type-tokens";
import { rows } from "../kinds";
import { type Drift, type Subject } from "../kinds/row";
import { changed, lifeOf } from "../support/life";
import { useWorld } from "../support/world";
import { run } from "./support/run";

const folder = mkdtempSync(join(tmpdir(), "stack-drift-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "stack.json");
const current = useWorld();

const resource = (
  kind: string,
  name: string,
  id: string,
  inputs: object,
  outputs: object,
  typeOf: (kind: string) => string = dynamicType,
) => ({
  urn: `urn:pulumi:dev::acme::${typeOf(kind)}::${name}`,
  id,
  inputs: { __provider: "…", ...inputs },
  outputs: { __provider: "…", ...outputs },
});

function drift(resources: readonly object[], ...args: string[]) {
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
  const { emulator } = current();
  const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
  return run(["drift", "--stack", file, ...args], { env });
}

/** Of a resource with these inputs, as the engine would have recorded it. */
async function recorded(kind: Kind, overrides: Inputs = {}): Promise<Subject> {
  const world = current();
  const inputs = changed(await rows[kind].inputs(world), overrides);
  const { id, outs } = await lifeOf(kind, world).create(inputs);
  const mark: State = await new StackEnvironment(world.api, world.clock, {
    baseUrl: world.emulator.url,
    overridden: false,
  }).mark();
  return { world, id, inputs, state: { ...outs, ...mark } };
}
const exported = (kind: Kind, { id, inputs, state }: Subject) => resource(kind, "it", id, inputs, state);

async function found(kind: Kind, subject: Subject): Promise<StackDrift> {
  return JSON.parse((await drift([exported(kind, subject)], "--json")).out) as StackDrift;
}

test("every kind has its words", () => {
  expect(Object.keys(words).sort()).toEqual([...kinds, "OrganizationRoster"].sort());
});

describe.each(kinds.filter((kind) => !rows[kind].unread))("%s", (kind) => {
  const row = rows[kind];
  const drifting = Object.entries(row.fields).flatMap(([name, field]): [string, Drift][] =>
    "sends" in field && field.drift ? [[name, field.drift]] : [],
  );

  test("that is as it was recorded does not differ", async () => {
    const subject = await recorded(kind);
    expect(await drift([exported(kind, subject)])).toMatchObject({
      code: 0,
      out: "WorkOS is as the stack dev of acme says, in 1 resource.",
    });
  });

  if (!row.lasts && !row.isList) {
    test("that somebody else has ended is said to be", async () => {
      const subject = await recorded(kind);
      await row.end(subject);
      const { differences, untold } = await found(kind, subject);
      expect(untold).toEqual([]);
      expect(differences).toMatchObject([{ kind, gone: true, happened: [expect.stringMatching(/\S/)] }]);
    });
  }

  if (drifting.length > 0) {
    test.each(drifting)("whose %s somebody else has changed is said to be", async (name, { given, behind }) => {
      const subject = await recorded(kind, given);
      await behind(subject);
      const { differences } = await found(kind, subject);
      expect(differences).toMatchObject([{ kind, gone: false }]);
      const [{ happened = [], properties = [] } = {}] = differences;
      expect(happened.length + properties.length).toBeGreaterThan(0);
      // What the program says of it stands beside what it is.
      for (const { has, says } of properties) expect(has === says && has !== "[secret]").toBe(false);
      expect(name).toMatch(/\w/);
    });
  }
});

describe("secrets", () => {
  const secret = (value: unknown) => ({ ...sealed(undefined), value: undefined, plaintext: JSON.stringify(value) });
  const encrypted = { ...sealed(undefined), value: undefined, ciphertext: "v1:abc" };

  test("that an export keeps encrypted are not compared, and nobody is said to have lost anything", async () => {
    const { id, inputs, state } = await recorded("User");
    const hidden = resource("User", "it", id, { ...inputs, email: encrypted }, { ...state, email: encrypted });
    expect(await drift([hidden])).toMatchObject({
      code: 0,
      out: "WorkOS is as the stack dev of acme says, in 0 resources.\nCould not be compared (1):\n  User it: email is encrypted in the export; make it with --show-secrets",
    });
  });

  test.each([
    ["dynamic resources", dynamicType, { __secret: "email,firstName" }],
    ["the native plugin, which marks no inputs", nativeType, {}],
  ])("that an export of %s shows are compared, and shown nowhere", async (_entry, typeOf, mark) => {
    const subject = await recorded("User", { firstName: "Annabelle" });
    const { world, id, inputs, state } = subject;
    const veiled = (values: object) => ({
      ...values,
      email: secret(inputs.email),
      firstName: secret("Annabelle"),
      ...mark,
    });
    await world.api.users.update({ id, first_name: "Elsewhere" });
    const { code, out } = await drift([resource("User", "it", id, veiled(inputs), veiled(state), typeOf)]);
    expect(code).toBe(2);
    expect(out).toContain("User it: firstName is [secret], the program says [secret]");
    for (const text of [String(inputs.email), "Annabelle", "Elsewhere"]) expect(out).not.toContain(text);
  });

  test("of WorkOS's own need not be in the export", async () => {
    const subject = await recorded("WebhookEndpoint");
    const state = { ...subject.state, secret: encrypted };
    expect(await drift([exported("WebhookEndpoint", { ...subject, state })])).toMatchObject({ code: 0 });
  });
});

test("with another environment's key nothing is taken for ended", async () => {
  const subject = await recorded("Organization");
  const elsewhere = { ...subject, id: "org_01HELSEWHERE", state: { ...subject.state, __environment: "ELSEWHER" } };
  const { code, out, err } = await drift([exported("Organization", elsewhere)]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^Refused: the Organization org_01HELSEWHERE, which this stack has recorded, is not in the env/);
});

test("what the key may not read is not known, and no drift", async () => {
  const subject = await recorded("VaultObject");
  current().control.faults.add({ path: "/vault/**", status: 403 });
  const { code, out } = await drift([exported("VaultObject", subject)]);
  expect(code).toBe(0);
  expect(out).toMatch(/Could not be compared \(1\):\n {2}VaultObject it: the key may not read it \(/);
});

test("resources of other providers, and the old half of a replacement, are no business of it", async () => {
  const subject = await recorded("Permission");
  const other = { urn: "urn:pulumi:dev::acme::aws:s3/bucket:Bucket::logs", id: "logs" };
  const old = { ...exported("Permission", { ...subject, id: "perm_old" }), delete: true };
  expect((await drift([other, old, exported("Permission", subject)])).out).toBe(
    "WorkOS is as the stack dev of acme says, in 1 resource.",
  );
  const newer = resource("Crown", "it", "crown_1", {}, {});
  expect((await drift([newer])).out).toContain("Crown it: this version knows no Crown");
});

test("the page and the issue show it too", async () => {
  const subject = await recorded("Group");
  await rows.Group.end(subject);
  const page = join(folder, "drift.html");
  const { out } = await drift([exported("Group", subject)], "--markdown", "--html", page);
  expect(out).toMatch(/^## WorkOS differs from the stack dev of acme in 1 of 1 resource\./);
  expect(readFileSync(page, "utf8")).toMatch(/<th>Resource<\/th><th>At WorkOS<\/th>.*<td>Group it<\/td>/s);
});

test.each(["not JSON", "[]", '{"deployment":{"resources":{}}}'])("what is no export is refused: %s", async (text) => {
  writeFileSync(file, text);
  expect(await run(["drift", "--stack", file], { env: { WORKOS_API_KEY: "sk_test_1" } })).toMatchObject({
    code: 1,
    err: `${file} is no export of a stack. Write one with \`pulumi stack export --file ${file}\`.`,
  });
});

test("a roster and a stack are not compared in one", async () => {
  expect(await run(["drift", "roster.yaml", "--stack", file])).toMatchObject({
    code: 64,
    err: expect.stringMatching(/^drift compares a roster or, with --stack, a stack: not both at once\./) as string,
  });
});
