import { clientEndpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { events, users, organizations, organizationMemberships, invitations, apiKeys, permissions } = clientEndpoints;
const { authentication, sessions } = clientEndpoints;
const { roles, organizationRoles, groups, groupMemberships, magicAuth, passwordReset, organizationDomains } =
  clientEndpoints;

/** The contract run holds every event against the vendor's schema of its name. */
export function eventAnswers(run: RunOf): void {
  const all = async () => (await run().call(events.list, { order: "asc", limit: 100 })).data;
  const names = async () => (await all()).map(({ event }) => event);

  test("what is done is told in order, by the vendor's names and with its objects", async () => {
    expect(await all()).toEqual([]);
    const acme = await run().call(organizations.create, { name: "Acme" });
    const ann = await run().call(users.create, { email: "ann@example.com" });
    const membership = await run().call(organizationMemberships.create, { user_id: ann.id, organization_id: acme.id });
    await run().call(organizationMemberships.update, { id: membership.id, role_slug: "admin" });
    await run().call(users.update, { id: ann.id, first_name: "Ann" });
    // Nothing changes, and nothing has happened.
    await run().call(users.update, { id: ann.id, first_name: "Ann" });
    const made = await all();
    expect(made.map(({ event }) => event)).toEqual([
      ...["organization.created", "user.created", "organization_membership.created"],
      ...["organization_membership.updated", "user.updated"],
    ]);
    const { allow_profiles_outside_organization: _allow, ...data } = acme;
    expect(made[0]).toMatchObject({ object: "event", data, context: {} });
    // Told once it is done, which may be a moment later.
    expect(Date.parse(made[0]?.created_at ?? "")).toBeGreaterThanOrEqual(Date.parse(acme.created_at));
    expect(made[3]?.data).toMatchObject({ id: membership.id, role: { slug: "admin" } });
    await run().call(organizations.delete, { id: acme.id });
    expect((await names()).slice(5).sort()).toEqual(["organization.deleted", "organization_membership.deleted"]);
  });

  test("an organization that is deleted is told with the domains that it had", async () => {
    const domain = { domain: "acme.example", state: "verified" as const };
    const acme = await run().call(organizations.create, { name: "Acme", domain_data: [domain] });
    await run().call(organizations.delete, { id: acme.id });
    const [gone] = (await run().call(events.list, { events: ["organization.deleted"] })).data;
    expect(gone?.data).toMatchObject({ id: acme.id, domains: [{ domain: "acme.example" }] });
  });

  test("invitations, keys, codes and resets are told, and what they grant is not", async () => {
    const acme = await run().call(organizations.create, { name: "Acme" });
    const ann = await run().call(users.create, { email: "ann@example.com" });
    const sent = await run().call(invitations.send, { email: "ben@example.com", organization_id: acme.id });
    await run().call(invitations.resend, { id: sent.id });
    await run().call(invitations.revoke, { id: sent.id });
    const key = await run().call(apiKeys.createForOrganization, { organization_id: acme.id, name: "ci" });
    await run().call(apiKeys.delete, { id: key.id });
    const code = await run().call(magicAuth.create, { email: ann.email });
    const reset = await run().call(passwordReset.create, { email: ann.email });
    await run().call(passwordReset.confirm, { token: reset.password_reset_token, new_password: "long enough to pass" });
    const told = await all();
    expect(told.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        ...["invitation.created", "invitation.resent", "invitation.revoked", "api_key.created", "api_key.revoked"],
        ...["magic_auth.created", "password_reset.created", "password_reset.succeeded"],
      ]),
    );
    const text = JSON.stringify(told);
    for (const secret of [key.value, sent.token, reset.password_reset_token]) expect(text).not.toContain(secret);
    expect(told.find(({ event }) => event === "magic_auth.created")?.data).not.toHaveProperty("code");
    expect(code.code).toMatch(/^\d{6}$/);
  });

  test("who signs in and out is told", async () => {
    const password = "long enough to pass";
    const { id } = await run().call(users.create, { email: "ann@example.com", password, email_verified: true });
    const client = { client_id: "client_local", client_secret: "sk_test_local" };
    const given = { grant_type: "password" as const, email: "ann@example.com", password };
    await run().call(authentication.authenticate, { ...client, ...given });
    const [session] = (await run().call(sessions.list, { user_id: id })).data;
    await run().call(sessions.revoke, { session_id: session?.id ?? "" });
    const told = await all();
    expect(told.map(({ event }) => event)).toEqual([
      ...["user.created", "authentication.password_succeeded", "session.created", "session.revoked"],
    ]);
    expect(told[1]?.data).toMatchObject({ type: "password", status: "succeeded", user_id: id });
  });

  test("roles, permissions, groups and domains are told", async () => {
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    const { id } = await run().call(organizationMemberships.create, { user_id, organization_id });
    await run().call(permissions.create, { slug: "posts:write", name: "Write" });
    await run().call(permissions.update, { slug: "posts:write", name: "Write posts" });
    await run().call(roles.create, { slug: "editor", name: "Editor" });
    await run().call(organizationRoles.create, { organization_id, slug: "org-lead", name: "Lead" });
    await run().call(organizationRoles.delete, { organization_id, slug: "org-lead" });
    const group = await run().call(groups.create, { organization_id, name: "Writers" });
    const member = { organization_id, group_id: group.id, organization_membership_id: id };
    await run().call(groupMemberships.add, member);
    await run().call(groupMemberships.remove, member);
    await run().call(groups.delete, { organization_id, group_id: group.id });
    await run().call(permissions.delete, { slug: "posts:write" });
    const domain = await run().call(organizationDomains.create, { organization_id, domain: "acme.example" });
    await run().call(organizationDomains.verify, { id: domain.id });
    expect((await names()).filter((name) => !/^(user|organization|organization_membership)\./.test(name))).toEqual([
      ...["permission.created", "permission.updated", "role.created", "organization_role.created"],
      ...["organization_role.deleted", "group.created", "group.member_added", "group.member_removed", "group.deleted"],
      ...[
        "permission.deleted",
        "organization_domain.created",
        "organization_domain.updated",
        "organization_domain.verified",
      ],
    ]);
  });

  test("a list is narrowed by names, time and organization, and pages", async () => {
    const acme = await run().call(organizations.create, { name: "Acme" });
    const beta = await run().call(organizations.create, { name: "Beta" });
    await run().call(users.create, { email: "ann@example.com" });
    const [first] = await all();
    const found = async (query: object) =>
      (await run().call(events.list, { order: "asc", ...query })).data.map(({ data }) => data.name ?? data.email);
    expect(await found({ events: ["user.created", "user.updated"] })).toEqual(["ann@example.com"]);
    expect(await found({ organization_id: beta.id })).toEqual(["Beta"]);
    expect(await found({ after: first?.id })).toEqual(["Beta", "ann@example.com"]);
    expect(await found({ range_start: acme.created_at })).toEqual(["Acme", "Beta", "ann@example.com"]);
    expect(await found({ range_end: "2020-01-01T00:00:00Z" })).toEqual([]);
    const unknown = await run().refused(events.list, { organization_id: "org_unknown" });
    expect(unknown).toMatchObject({ status: 400 });
    expect(await run().refused(events.list, { range_start: "yesterday" })).toMatchObject({ status: 422 });
    expect(await run().refused(events.list, { limit: "many" })).toMatchObject({ status: 422 });
  });
}
