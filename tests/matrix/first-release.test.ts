import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bench } from "./support/bench";
import { factsOf } from "./support/facts";

const fixture = (name: string) => join(__dirname, "fixtures", name);

/** What a user of the first release wrote. It stays as it is: so must what it means. */
const program = `
import * as workos from "pulumi-workos";

const acme = new workos.Organization("acme", {
  name: "Acme", externalId: "acme", domains: [{ domain: "Acme.example", state: "verified" }], metadata: { plan: "team" },
});
const inAcme = { deletedWith: acme };
const ann = new workos.User("ann", {
  email: "Ann@acme.example", firstName: "Ann", lastName: "Archer", emailVerified: true, externalId: "employee-1",
  metadata: { department: "engineering" }, locale: "de", password: "correct horse battery staple",
});
const ben = new workos.User("ben", { email: "ben@acme.example", onDestroy: "delete" });
new workos.OrganizationMembership("ann-acme", {
  userId: ann.id, organizationId: acme.id, roleSlugs: ["admin", "member"],
}, inAcme);
new workos.OrganizationMembership("ben-acme", {
  userId: ben.id, organizationId: acme.id, roleSlug: "member", status: "inactive", onDestroy: "delete",
}, inAcme);
const cleo = new workos.Invitation("cleo", {
  email: "cleo@partner.example", organizationId: acme.id, roleSlug: "member", expiresInDays: 30, locale: "de", resend: "1",
}, inAcme);
const key = new workos.OrganizationApiKey("ci", {
  organizationId: acme.id, name: "CI", permissions: ["posts:write", "posts:read"], expiresAt: "2090-01-01T01:00:00+01:00",
  keepers: { rotation: "1" }, overlap: "24h",
}, inAcme);
export const invitation = cleo.state;
export const keyValue = key.value;
`;

describe("a stack that the first release has written", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  if (process.env.RECORD_FIRST_RELEASE === "1") {
    it("is recorded", async () => {
      bench.emulator.control.clock.set("2026-12-01T00:00:00Z");
      bench.write(program);
      expect((await bench.up()).combined).not.toContain("error");
      expect((await bench.project.run(["stack", "export", "--file", fixture("state-0.1.0.json")])).code).toBe(0);
      writeFileSync(fixture("authkit-0.1.0.jsonl"), bench.save().data);
    });
    return;
  }

  it("needs no change, can be refreshed, and is destroyed", async () => {
    const { checkpoint, notes } = bench.save();
    await bench.restore({ checkpoint, notes, data: readFileSync(fixture("authkit-0.1.0.jsonl"), "utf8") });
    // Its invitation is still pending, whenever this runs.
    bench.emulator.control.clock.set("2026-12-02T00:00:00Z");
    bench.write(program);
    const imported = await bench.project.run(["stack", "import", "--file", fixture("state-0.1.0.json")]);
    expect(imported.combined).toContain("Import complete");

    const preview = await bench.project.preview({ args: ["--expect-no-changes"] });
    expect(preview.combined).toContain("8 unchanged");
    expect(preview.code).toBe(0);
    const refresh = await bench.project.refresh({ args: ["--expect-no-changes"] });
    expect(refresh.combined).not.toContain("error");
    expect(refresh.code).toBe(0);
    const again = await bench.up(["--expect-no-changes"]);
    expect(again.combined).not.toContain("error");
    expect(again.code).toBe(0);
    expect(bench.emulator.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);

    const destroy = await bench.project.destroy();
    expect(destroy.combined).not.toContain("error");
    expect(destroy.code).toBe(0);
    const { organizations, memberships, apiKeys } = factsOf(bench.emulator);
    expect({ organizations, memberships, apiKeys }).toEqual({ organizations: [], memberships: [], apiKeys: [] });
    expect(bench.emulator.control.state().users.map(({ email }) => email)).toEqual(["cleo@partner.example"]);
  });
});
