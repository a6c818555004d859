/** The life of every kind of resource on the real engine: one stack, whose tests tell one story in their order. */
import { type Entry } from "../../support/engine";
import { shownFor, steps } from "./report";
import { sharedStack } from "./stack";
import { changedTeam, programOf, secrets, team } from "./team";
import { teamLife } from "./team-life";

export function lives(entry: Entry): void {
  const stack = sharedStack({ program: programOf(team), entry });

  const life = teamLife(stack);
  const { see, up, declare, vendor, writes, parts, changeBehindTheProgram, rememberSecrets, seen, hidden } = life;

  let created: ReturnType<typeof vendor>;

  test("everything declared is created", async () => {
    const result = await up();
    const names = Object.keys(team);
    expect(steps(result)).toEqual(Object.fromEntries(names.map((name) => [name, ["create"]])));
    created = vendor();
    expect(created).toMatchObject({
      organizations: [{ name: "Acme", stripeCustomerId: "cus_acme" }, { name: "Beta" }],
      memberships: [
        { of: "Ann@Acme.example", in: "Acme", roles: ["member"], status: "active" },
        { of: "Cleo@partner.example", in: "Acme", roles: ["member"], status: "pending" },
        { of: "ben@acme.example", in: "Acme", roles: ["admin", "member"], status: "active" },
      ],
      invitations: [{ email: "Cleo@partner.example", to: "Acme", role: "member" }],
      apiKeys: [{ name: "CI", permissions: ["users:read", "users:write"] }, { name: "Spare" }],
    });
    expect(created.users).toContainEqual({
      email: "Ann@Acme.example",
      names: ["Ann", "Archer", "Ann A. Archer"],
      emailVerified: true,
      externalId: "employee-1",
      metadata: { team: "blue", floor: "2" },
      locale: "de",
    });
    const { control } = stack().emulator;
    expect(await control.passwordMatches(parts().ann.id, secrets.password)).toBe(true);
    await rememberSecrets();
  });

  test("the same written differently is no change, a refresh included", async () => {
    const { api, emulator } = stack();
    await api.users.update({ id: parts().ann.id, email: "ann@acme.EXAMPLE", email_verified: true });
    emulator.control.requests.clear();
    const result = await up("--refresh", "--diff");
    expect(result.stdout).toMatch(/Resources:\n +10 unchanged\n/);
    expect(writes()).toEqual([]);
  });

  test("drift is shown property by property in a preview, and gone as deleted", async () => {
    await changeBehindTheProgram();
    const plan = await see(stack().project.preview({ args: ["--refresh", "--diff"] }));
    const drift: Record<string, RegExp[]> = {
      acme: [
        /~ name +: "Acme" => "Acme Inc"/,
        /~ externalId +: "acme" => "acme-inc"/,
        /~ plan *: "team" => "free"/,
        /\+ owner *: "sales"/,
        /- seats *: "5"/,
        /- domain *: "acme.test"/,
        /~ stripeCustomerId +: "cus_acme" => "cus_other"/,
      ],
      ann: [
        /~ email +: "ann@acme.EXAMPLE" => "ann@elsewhere.example"/,
        /~ firstName +: "Ann" => "Anna"/,
        /~ lastName +: "Archer" => "Baker"/,
        /~ name +: "Ann A. Archer" => "Anna Baker"/,
        /~ emailVerified *: true => false/,
        /~ externalId +: "employee-1" => "employee-9"/,
        /~ team *: "blue" => "red"/,
        /- floor *: "2"/,
        /~ locale +: "de" => "fr"/,
      ],
      annAcme: [/~ roleSlug +: "member" => "admin"/, /~ status +: "active" => "inactive"/],
      ci: [/~ expiresAt +: "2040-01-01T00:00:00.000Z" => "2041-01-01T00:00:00.000Z"/],
    };
    for (const [name, lines] of Object.entries(drift)) {
      for (const line of lines) expect(shownFor(plan, name)).toMatch(line);
    }
    for (const gone of ["beta", "ben", "benAcme", "cleo", "spare"]) {
      expect(shownFor(plan, gone)).toMatch(/\(create\)/);
    }
  });

  test("a refresh records the drift, and the next up puts everything back", async () => {
    const refreshed = await see(stack().project.refresh({ events: true, args: ["--diff"] }));
    for (const gone of ["beta", "ben", "benAcme", "cleo", "spare"]) {
      expect(shownFor(refreshed, gone)).toMatch(/^ +- (pulumi-nodejs:dynamic\/workos|workos:index):\w+: \(delete\)/);
    }
    expect(refreshed.stdout).toMatch(/~ 4 updated\n +- 5 deleted/);

    const plan = await up("--diff");
    expect(steps(plan)).toEqual({
      acme: ["update"],
      ann: ["update"],
      annAcme: ["update"],
      ci: ["update"],
      beta: ["create"],
      ben: ["create"],
      benAcme: ["create"],
      cleo: ["create"],
      spare: ["create"],
    });
    expect(shownFor(plan, "annAcme")).toMatch(/~ roleSlug *: "admin" => "member"/);
    expect(vendor()).toEqual(created);
    await rememberSecrets();
  });

  test("every mutable input is changed in place", async () => {
    const before = parts();
    declare(changedTeam);
    const mails = stack().emulator.control.mailbox.list().length;
    const changed = Object.fromEntries(
      ["acme", "ann", "annAcme", "benAcme", "cleo", "ci"].map((name) => [name, ["update"]]),
    );
    expect(steps(await up())).toEqual(changed);

    const after = parts();
    const idsOf = (all: typeof after) => Object.values(all).map(({ id }) => id);
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(after.acme).toMatchObject({
      name: "Acme Corp",
      external_id: "acme-corp",
      metadata: { plan: "enterprise" },
      domains: [{ domain: "acme.test", state: "verified" }],
      stripe_customer_id: "cus_corp",
      allow_profiles_outside_organization: false,
    });
    expect(after.ann).toMatchObject({
      email: "ann.b@acme.example",
      first_name: "Anne",
      last_name: "Bell",
      name: "Anne Bell",
      email_verified: true,
      external_id: "employee-2",
      metadata: { team: "green" },
      locale: "en",
    });
    expect(await stack().emulator.control.passwordMatches(after.ann.id, secrets.newPassword)).toBe(true);
    expect(after.annAcme).toMatchObject({ role: { slug: "admin" }, status: "inactive" });
    expect(after.benAcme.roles).toEqual([{ slug: "admin" }]);
    expect(after.ci.expires_at).toBe("2042-01-01T00:00:00.000Z");
    expect(stack().emulator.control.mailbox.list()).toHaveLength(mails + 1);
    await rememberSecrets();
  });

  test("an input that is removed is cleared where the vendor can clear it, and no longer managed otherwise", async () => {
    const { cleo, ...rest } = team;
    const { name, organizationId, permissions } = team.ci;
    declare({
      ...rest,
      acme: { name: "Acme Corp" },
      ann: { email: "ann.b@acme.example" },
      annAcme: { userId: "ann.id", organizationId: "acme.id" },
      benAcme: { userId: "ben.id", organizationId: "acme.id" },
      cleo: { email: cleo.email, organizationId: "acme.id", roleSlug: "member" },
      ci: { name, organizationId, permissions },
    });
    const changed = ["acme", "ann", "annAcme", "benAcme", "cleo", "ci"].map((resource) => [resource, ["update"]]);
    stack().emulator.control.requests.clear();
    expect(steps(await up())).toEqual(Object.fromEntries(changed));

    const { acme, ann, annAcme, ci } = parts();
    expect(writes().sort()).toEqual([
      `POST /api_keys/${ci.id}/expire`,
      `PUT /organizations/${acme.id}`,
      `PUT /user_management/users/${ann.id}`,
    ]);
    expect(acme).toMatchObject({ external_id: null, metadata: {}, domains: [] });
    expect(acme.stripe_customer_id ?? null).toBeNull();
    expect(ann).toMatchObject({ external_id: null, metadata: {}, locale: null });
    expect([ann.first_name, ann.last_name, ann.name].filter(Boolean)).toEqual([]);
    expect(annAcme).toMatchObject({ role: { slug: "admin" }, status: "inactive" });
    expect(ci.expires_at).toBeNull();
  });

  test("an immutable input replaces: keys are made before the old ones go, invitations after", async () => {
    const before = parts();
    declare({
      ...team,
      acme: { name: "Acme Corp" },
      ann: { email: "ann.b@acme.example" },
      annAcme: { userId: "ann.id", organizationId: "beta.id" },
      benAcme: { userId: "ben.id", organizationId: "acme.id" },
      cleo: { email: team.cleo.email, organizationId: "acme.id", roleSlug: "admin" },
      ci: { ...team.ci, expiresAt: undefined, permissions: ["users:read"] },
      spare: { ...team.spare, keepers: { rotated: "2027" } },
    });
    stack().emulator.control.requests.clear();
    const createFirst = ["create-replacement", "replace", "delete-replaced"];
    expect(steps(await up())).toEqual({
      annAcme: createFirst,
      cleo: ["delete-replaced", "replace", "create-replacement"],
      ci: createFirst,
      spare: createFirst,
    });
    const after = parts();
    expect(after.ann.id).toBe(before.ann.id);
    expect(after.annAcme).toMatchObject({ organization_id: after.beta.id, status: "active" });
    expect(after.cleo).toMatchObject({ role_slug: "admin" });
    expect(after.ci.permissions).toEqual(["users:read"]);
    const order = writes();
    const at = (request: string) => order.indexOf(request);
    const revoked = at(`POST /user_management/invitations/${before.cleo.id}/revoke`);
    expect(revoked).toBeGreaterThanOrEqual(0);
    expect(revoked).toBeLessThan(at("POST /user_management/invitations"));
    for (const key of [before.ci, before.spare]) {
      expect(at(`DELETE /api_keys/${key.id}`)).toBeGreaterThan(
        order.lastIndexOf(`POST /organizations/${after.acme.id}/api_keys`),
      );
    }
    await rememberSecrets();
  });

  test("destroy ends everything", async () => {
    const { project, emulator } = stack();
    seen.push(JSON.stringify(await project.outputs()));
    // What shows secrets shows all of them, so that the search below is known to look for the right texts.
    const shown = JSON.stringify(await project.state({ showSecrets: true }));
    expect(shown).toContain(secrets.passwordHash);
    await see(project.destroy());
    const { organizations, users, organizationMemberships, apiKeys, invitations } = emulator.control.state();
    expect([organizations, organizationMemberships, apiKeys]).toEqual([[], [], []]);
    // The vendor made this user when it sent the invitation; nobody has declared it.
    expect(users.map(({ email }) => email)).toEqual([team.cleo.email]);
    expect(invitations.filter(({ state }) => state === "pending")).toEqual([]);
  });

  test("no secret was ever printed or stored in plain", () => {
    expect(hidden.size).toBeGreaterThanOrEqual(12);
    expect(seen.join("\n")).toContain("[secret]");
    const leaks = [...hidden].filter((secret) => seen.some((text) => text.includes(secret)));
    expect(leaks).toEqual([]);
  });
}
