/** What a second day brings, on the real engine: somebody is there already, a key rotates, the last admin would go. */
import { writeFileSync } from "node:fs";

import { type CommandResult } from "../support/engine";
import { diagnostics, steps } from "./support/report";
import { ok, type Stack, sharedStack } from "./support/stack";

const stack = sharedStack();

const write = (source: string) => stack().project.writeProgram(`import * as workos from "pulumi-workos";\n${source}`);

function up(source: string, ...args: string[]): Promise<CommandResult> {
  write(source);
  return stack().project.up({ events: true, args });
}

/** Set TRANSCRIPTS to a file to keep what a run printed. */
function keep(title: string, { stdout }: CommandResult): void {
  const file = process.env.TRANSCRIPTS;
  if (file) writeFileSync(file, `=== ${title}\n${stdout}\n`, { flag: "a" });
}

const state = ({ emulator }: Stack = stack()) => emulator.control.state();
const works = async (value: unknown) => (await stack().api.apiKeys.validate({ value: String(value) })).api_key !== null;

describe("somebody who is there already", () => {
  const program = (adopt: string) => `
    const acme = new workos.Organization("acme", { name: "Acme", externalId: "acme", adopt: "${adopt}" });
    const ann = new workos.User("ann", { email: "Ann@Example.com", firstName: "Ann", password: "a-long-password", adopt: "${adopt}" });
    new workos.OrganizationMembership("ann-acme", { userId: ann.id, organizationId: acme.id, roleSlug: "admin", adopt: "${adopt}" });`;

  test("is an error by default, which names who it is and what to write", async () => {
    const { api } = stack();
    const ann = await api.users.create({ email: "ann@example.com", password: "the-password-she-chose" });
    const acme = await api.organizations.create({ name: "Acme", external_id: "acme" });
    await api.organizationMemberships.create({ user_id: ann.id, organization_id: acme.id, role_slug: "member" });
    const refused = await up(program("never"), "--continue-on-error");
    keep("a conflict", refused);
    expect(refused.code).not.toBe(0);
    expect(diagnostics(refused)).toContain(`The user Ann@Example.com exists already: ${ann.id} (ann@example.com)`);
    expect(diagnostics(refused)).toContain(`The organization Acme exists already: ${acme.id} ("Acme")`);
    expect(state().users).toHaveLength(1);
  });

  test("is taken over where the program allows it, in the report too, and not made another account", async () => {
    const [ann] = state().users;
    const adopted = await ok(up(program("if-exists")));
    keep("an adoption", adopted);
    expect(diagnostics(adopted)).toMatch(/Adopted the user Ann@Example\.com \(user_\w+\): firstName changed\./);
    expect(diagnostics(adopted)).toMatch(
      /Adopted the organization membership of ann@example\.com in Acme \(om_\w+\): roleSlug changed\./,
    );
    expect(state()).toMatchObject({ users: [{ id: ann?.id, first_name: "Ann" }] });
    expect(await stack().emulator.control.passwordMatches(ann?.id ?? "", "the-password-she-chose")).toBe(true);
    expect((await ok(up(program("if-exists"), "--refresh"))).stdout).toMatch(/Resources:\n +4 unchanged\n/);
  });

  test("who is only called otherwise in the program is neither made again nor ended", async () => {
    const eve = (name: string, adopt: string) =>
      `${program("if-exists")}\nnew workos.User("${name}", { email: "eve@example.com", adopt: "${adopt}" });`;
    const known = () => state().users.find(({ email }) => email === "eve@example.com")?.id;
    await ok(up(eve("eve", "never")));
    const id = known();
    expect(id).toBeDefined();
    const refused = await up(eve("evelyn", "never"));
    expect(refused.code).not.toBe(0);
    expect(diagnostics(refused)).toContain(`The user eve@example.com exists already: ${id}`);
    const renamed = await ok(up(eve("evelyn", "if-exists")));
    expect(diagnostics(renamed)).toContain(`Kept the user eve@example.com (${id}): another resource of this program`);
    expect(known()).toBe(id);
    expect((await ok(up(eve("evelyn", "if-exists"), "--refresh"))).stdout).toMatch(/Resources:\n +5 unchanged\n/);
    await stack().api.users.delete({ id: id ?? "" });
    await ok(up(program("if-exists"), "--refresh", "--run-program"));
  });

  test("stays when the program goes, and only what was made of access ends; each line says so", async () => {
    const removed = await ok(up(""));
    keep("removing what was adopted", removed);
    expect(diagnostics(removed)).toContain("ann@example.com loses access to Acme.");
    expect(diagnostics(removed)).toContain(
      "ann@example.com is retained: the user stays, with the access that no other resource ends.",
    );
    expect(diagnostics(removed)).toContain("The organization Acme is retained, with everybody in it.");
    expect(state()).toMatchObject({ users: [{}], organizations: [{}], organizationMemberships: [] });
  });
});

describe("a key that rotates", () => {
  const program = (generation: string, more = "") => `
    const beta = new workos.Organization("beta", { name: "Beta" });
    const ci = new workos.OrganizationApiKey("ci", { organizationId: beta.id, name: "CI", keepers: { generation: "${generation}" }${more} });
    export const value = ci.value;`;
  const value = async () => (await stack().project.outputs({ showSecrets: true })).value;

  test("lets the old key work for the overlap that the same change introduces, a refresh included", async () => {
    await ok(up(program("1")));
    const old = await value();
    const rotated = await ok(up(program("2", `, overlap: "24h"`), "--refresh"));
    keep("a rotation with overlap", rotated);
    expect(steps(rotated).ci?.slice(-3)).toEqual(["create-replacement", "replace", "delete-replaced"]);
    expect(diagnostics(rotated)).toMatch(/The old API key "CI" \(sk_\S+\) works until \d{4}-/);
    const fresh = await value();
    expect(fresh).not.toBe(old);
    expect([await works(old), await works(fresh)]).toEqual([true, true]);
    expect(rotated.combined).not.toContain(String(fresh));
  });

  test("revokes at once when it is removed, whatever the overlap, a refresh included", async () => {
    const fresh = await value();
    await ok(up(`new workos.Organization("beta", { name: "Beta" });`, "--refresh"));
    expect(await works(fresh)).toBe(false);
    await ok(stack().project.destroy());
  });
});

describe("the last admin", () => {
  const program = (members: string) => `
    const gamma = new workos.Organization("gamma", { name: "Gamma" });
    const [ann, ben] = ["ann", "ben"].map((name) => new workos.User(name, { email: name + "@gamma.example" }));
    const of = (user: workos.User, roleSlug: string) => ({ userId: user.id, organizationId: gamma.id, roleSlug });
    const inGamma = { deletedWith: gamma };
    ${members}`;
  const before = program(`
    new workos.OrganizationMembership("ann", of(ann, "admin"), inGamma);
    new workos.OrganizationMembership("ben", of(ben, "member"), inGamma);`);
  const swap = (order: string) =>
    program(`
    const promoted = new workos.OrganizationMembership("ben", of(ben, "admin"), inGamma);
    new workos.OrganizationMembership("ann", of(ann, "member"), ${order});`);
  const admins = () =>
    state()
      .organizationMemberships.filter(({ role }) => role.slug === "admin")
      .map(({ user }) => user?.email);

  beforeAll(async () => {
    await stack().project.setConfig({ "workos:minAdmins": { value: "1" } });
    await ok(up(before));
  });

  test("is not removed: the refusal names the person, the promotion and the override", async () => {
    const refused = await up(program(`new workos.OrganizationMembership("ben", of(ben, "member"), inGamma);`));
    keep("a refused removal of the last admin", refused);
    expect(refused.code).not.toBe(0);
    expect(diagnostics(refused)).toContain(
      "Refused: Gamma would be left with 0 active admins, fewer than workos:minAdmins = 1, because ann@gamma.example would lose access.",
    );
    expect(admins()).toEqual(["ann@gamma.example"]);
  });

  test("is swapped when the demotion depends on the promotion", async () => {
    // Held back, the promotion would come second without the dependency.
    stack().emulator.control.faults.add({
      method: "PUT",
      path: "/user_management/organization_memberships/{id}",
      delayMs: 300,
    });
    const swapped = await ok(up(swap("{ ...inGamma, dependsOn: [promoted] }")));
    expect(steps(swapped)).toEqual({ ann: ["update"], ben: ["update"] });
    expect(admins()).toEqual(["ben@gamma.example"]);
    const of = (who: string, from: string, to: string) =>
      `The role of ${who}@gamma.example in Gamma is changed from ${from} (as last recorded) to ${to}.`;
    expect(diagnostics(swapped)).toContain(of("ben", "member", "admin"));
    expect(diagnostics(swapped)).toContain(of("ann", "admin", "member"));
    const ann = state().organizationMemberships.find(({ user }) => user?.email === "ann@gamma.example");
    await stack().api.organizationMemberships.update({ id: ann?.id ?? "", role_slug: "admin" });
    expect(diagnostics(await ok(up(swap("inGamma"), "--refresh")))).toContain(of("ann", "admin", "member"));
  });

  test("goes with the one-time override, which reaches destroy too, and with the whole environment without it", async () => {
    write(program(""));
    const env = { WORKOS_OVERRIDE_MIN_ADMINS: "1" };
    await ok(stack().project.up({ env }));
    expect(admins()).toEqual([]);
    await ok(up(before));
    const destroyed = await ok(stack().project.destroy());
    expect(diagnostics(destroyed)).toContain("The organization Gamma is deleted: everybody in it loses access to it.");
    expect(state().organizations.map(({ name }) => name)).toEqual(["Acme"]);
  });
});
