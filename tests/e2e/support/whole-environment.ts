/** One of everything, on the real engine: made, unchanged, changed by somebody else in each kind, put right, removed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StackDrift } from "../../../cli/stack-drift";
import { kinds } from "../../../provider/resources";
import { kindOfUrn } from "../../../provider/type-tokens";
import { run } from "../../cli/support/run";
import { type Entry } from "../../support/engine";
import { exampleStack } from "./examples";
import { diagnostics } from "./report";
import { ok } from "./stack";

export function wholeEnvironment(entry: Entry): void {
  const stack = exampleStack("whole-environment", {
    entry,
    emulator: { seed: { feature_flags: [{ slug: "beta", enabled: false }] } },
  });
  const state = () => stack().emulator.control.state();
  const idOf = (name: string) => state().organizations.find((one) => one.name === name)?.id ?? "";

  beforeAll(() =>
    stack().project.setConfig({ dbPassword: { value: "correct-horse", secret: true }, flag: { value: "beta" } }),
  );

  test("every kind is declared once and made in one run, without a word about order", async () => {
    await ok(stack().project.up());
    const { deployment } = await stack().project.state();
    const made = (deployment.resources ?? []).map(({ urn }) => kindOfUrn(urn));
    expect(kinds.filter((kind) => !made.includes(kind))).toEqual([]);
  });

  test("a second run finds nothing to do, in the program or at WorkOS", async () => {
    await ok(stack().project.up({ args: ["--refresh", "--expect-no-changes"] }));
  });

  /** What `drift --stack` says of what the engine has recorded. */
  async function drift(...args: string[]) {
    const { emulator, project } = stack();
    const file = join(project.directory, "stack.json");
    writeFileSync(file, JSON.stringify(await project.state()));
    const env = { WORKOS_API_KEY: emulator.apiKey, WORKOS_BASE_URL: emulator.url };
    return run(["drift", "--stack", file, ...args], { env });
  }

  test("drift finds nothing in any kind, and says what cannot be read", async () => {
    const { code, out, err } = await drift();
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^WorkOS is as the stack \S+ of pulumi-workos-whole-environment says, in \d+ resources\.\nCould not be compared \(1\):\n {2}RadarListEntry scanner: WorkOS has no operation that reads Radar's lists$/,
    );
  });

  test("what somebody else changes is found and put right, in each kind that can be read", async () => {
    const { api, emulator } = stack();
    const [acme, beta] = [idOf("Acme"), idOf("Beta")];
    const now = state();
    const inAcme = { organization_id: acme };
    const userId = now.users.find(({ email }) => email === "ann@acme.example")?.id ?? "";
    const ann = now.organizationMemberships.find(({ user_id }) => user_id === userId)?.id ?? "";
    const [finance, support] = ["Finance", "Support"].map(
      (name) => now.groups.find((one) => one.name === name)?.id ?? "",
    );
    const group = { ...inAcme, group_id: finance ?? "" };

    await api.permissions.update({ slug: "invoices:read", name: "Else" });
    await api.roles.setPermissions({ slug: "member", permissions: [] });
    await api.organizationRoles.update({ ...inAcme, slug: "org-billing", name: "Else" });
    await api.organizations.update({ id: beta, name: "Else" });
    await api.users.update({ id: userId, first_name: "Else" });
    await api.organizationMemberships.update({ id: ann, role_slugs: ["member"] });
    await api.invitations.revoke({ id: now.invitations.find(({ email }) => email === "cleo@acme.example")?.id ?? "" });
    const dan = now.users.find(({ email }) => email === "dan@beta.example")?.id;
    const atBeta = now.organizationMemberships.find(({ user_id }) => user_id === dan)?.id ?? "";
    await api.organizationMemberships.update({ id: atBeta, role_slug: "member" });
    await api.groups.update({ ...group, description: "Else", name: "Finance and more" });
    await api.groupMemberships.remove({ ...group, organization_membership_id: ann });
    await api.groupMemberships.remove({ ...inAcme, group_id: support ?? "", organization_membership_id: ann });
    await api.groupRoleAssignments.replace({ group_id: finance ?? "", role_assignments: [] });
    await api.authorizationResources.update({ resource_id: now.authorizationResources[0]?.id ?? "", name: "Else" });
    for (const { id } of now.roleAssignments) {
      await api.roleAssignments.removeById({ organization_membership_id: ann, role_assignment_id: id });
    }
    for (const { id } of now.apiKeys) await api.apiKeys.delete({ id });
    for (const { id } of now.userApiKeys) await api.apiKeys.delete({ id });
    for (const { id } of now.clientSecrets) await api.connectApplications.deleteSecret({ id });
    await api.connectApplications.update({ id: now.applications[0]?.id ?? "", name: "Else" });
    await api.redirectUris.delete({ id: now.redirectUris.find(({ uri }) => uri.includes("preview"))?.id ?? "" });
    for (const { id } of now.corsOrigins) emulator.control.removeCorsOrigin(id);
    for (const { id } of now.webhookEndpoints) await api.webhookEndpoints.update({ id, events: ["user.created"] });
    await api.jwtTemplate.update({ content: "{}" });
    await api.featureFlags.removeTarget({ slug: "beta", resource_id: acme });
    // A disabled one tells nothing of its targets.
    const whileEnabled = (await drift()).out;
    expect(whileEnabled).toContain("FeatureFlagTarget flag-acme: beta is not on for Acme any more");
    await api.featureFlags.disable({ slug: "beta" });
    await api.auditLogSchemas.create({ action_name: "invoice.paid", targets: [{ type: "other" }] });

    await api.auditLogRetentions.set({ id: acme, retention_period_in_days: 30 });
    await api.vault.update({ id: now.vaultObjects[0]?.id ?? "", value: "else" });
    await api.dataIntegrations.update({ slug: "github", description: "Else" });
    await api.dataIntegrations.configure({ ...inAcme, slug: "github", enabled: false });
    const domains = now.organizations.flatMap(({ domains: own }) => own);
    for (const { id } of domains) await api.organizationDomains.delete({ id });

    const { code, out } = await drift("--json");
    expect(code).toBe(2);
    const { differences, compared, untold }: StackDrift = JSON.parse(out) as StackDrift;
    const all = [...kinds, "OrganizationRoster"];
    expect(Object.keys(compared).sort()).toEqual([...all].sort());
    const untellable = ["FeatureFlagTarget", "RadarListEntry"];
    expect(untold.map(({ kind }) => kind).sort()).toEqual(untellable);
    expect(all.filter((kind) => !differences.some((one) => one.kind === kind)).sort()).toEqual(untellable);
    expect(differences.filter(({ happened, properties }) => happened.length + properties.length === 0)).toEqual([]);
    expect((await drift()).out.split("\n").map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^EnvironmentRole member: member: TAKES invoices:read from everybody with the role member: 3 people, as far as this stack knows; /,
        ),
        expect.stringMatching(
          /^OrganizationMembership ann-acme: ann@acme\.example has other roles \(.* → member\) in Acme; /,
        ),
        "OrganizationRoster beta: dan@beta.example is active as member, and was active as admin",
        expect.stringMatching(/^GroupMembers finance: ann@acme\.example is not in the group Finance any more; /),
        expect.stringMatching(
          /^GroupRoleAssignments finance: Finance in Acme: no longer gives org-billing, for whoever is in it; /,
        ),
        "RoleAssignment ann-apollo: ann@acme.example has lost org-project-editor on project apollo",
        "UserApiKey laptop: the API key Laptop of ann@acme.example was deleted in Acme: it opens nothing",
        'User ann: firstName is "Else", the program says "Ann"',
        "VaultObject acme-db: acme-db-password has another value",
      ]),
    );
    expect(out).not.toContain("correct-horse");

    const update = await ok(stack().project.up({ events: true, args: ["--refresh"] }));
    const changed = update.events.flatMap(({ resOutputsEvent }) => {
      const { metadata } = (resOutputsEvent ?? {}) as { metadata?: { op: string; urn: string } };
      const kind = kindOfUrn(metadata?.urn ?? "");
      return kind === undefined || ["same", "refresh"].includes(metadata?.op ?? "") ? [] : [kind];
    });
    // Radar's lists cannot be read.
    expect(kinds.filter((kind) => !changed.includes(kind))).toEqual(["RadarListEntry"]);
    expect(changed).toContain("OrganizationRoster");
    await ok(stack().project.up({ args: ["--refresh", "--expect-no-changes"] }));
  });

  test("a destroy leaves what WorkOS cannot delete and what was there before", async () => {
    const destroyed = diagnostics(await ok(stack().project.destroy()));
    // A run lists so many lines and no more, and what goes first is the engine's choice.
    expect(destroyed).toMatch(/ stays|cannot take/);
    const left = state();
    expect(left.roles.map(({ slug }) => slug)).toContain("member");
    // Whom a roster or an invitation brought stays a user, without access.
    expect([...left.organizationMemberships, ...left.users.filter(({ email }) => email.startsWith("ann@"))]).toEqual(
      [],
    );
    expect([left.organizations, left.groups, left.apiKeys, left.applications]).toEqual([[], [], [], []]);
    expect(left).toMatchObject({
      corsOrigins: [{ origin: "https://app.example.com" }],
      redirectUris: [{ uri: "https://app.example.com/callback" }],
      auditLogActions: ["invoice.paid"],
      featureFlags: [{ slug: "beta", enabled: false }],
    });
  });
}
