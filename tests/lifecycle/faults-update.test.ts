/** Whatever goes wrong with an update or a delete: the next step of the engine ends with what is declared. */
import { PartialFailure } from "../../provider/lifecycle";
import { type Kind, kinds } from "../../provider/resources";
import { type Inputs } from "../../provider/declare/resource";
import { faultCases, impatienceMs } from "../support/fault-cases";
import { changed, lifeOf, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";

const current = useWorld({}, impatienceMs);

interface Update {
  readonly name: string;
  readonly kind: Kind;
  readonly given?: Inputs;
  readonly to: Inputs;
  /** The write that goes wrong. */
  readonly path: string;
}

const membership = "/user_management/organization_memberships/{id}";
const updates: readonly Update[] = [
  {
    name: "a user's name, address and metadata",
    kind: "User",
    to: { firstName: "Anna", email: "ann@example.org", metadata: { team: "blue" } },
    path: "/user_management/users/{id}",
  },
  {
    name: "an organization's name and domains",
    kind: "Organization",
    to: { name: "Acme Corporation", domains: [{ domain: "acme.test", state: "verified" }] },
    path: "/organizations/{id}",
  },
  { name: "a member's role", kind: "OrganizationMembership", to: { roleSlug: "admin" }, path: membership },
  {
    name: "a member's role, of role and status",
    kind: "OrganizationMembership",
    to: { roleSlug: "admin", status: "inactive" },
    path: membership,
  },
  {
    name: "a member's suspension, of role and status",
    kind: "OrganizationMembership",
    to: { roleSlug: "admin", status: "inactive" },
    path: `${membership}/deactivate`,
  },
  {
    name: "a member's return",
    kind: "OrganizationMembership",
    given: { status: "inactive" },
    to: { status: "active" },
    path: `${membership}/reactivate`,
  },
  {
    name: "a group's name",
    kind: "Group",
    to: { name: "Platform" },
    path: "/organizations/{organization_id}/groups/{group_id}",
  },
  {
    name: "a webhook endpoint's address and events",
    kind: "WebhookEndpoint",
    to: { endpointUrl: "https://app.example.com/other", events: ["session.created"] },
    path: "/webhook_endpoints/{id}",
  },
  {
    name: "an environment role's name, of name and permissions",
    kind: "EnvironmentRole",
    to: { name: "Author", permissions: ["posts:read"] },
    path: "/authorization/roles/{slug}",
  },
  {
    name: "an environment role's permissions, of name and permissions",
    kind: "EnvironmentRole",
    to: { name: "Author", permissions: ["posts:read"] },
    path: "/authorization/roles/{slug}/permissions",
  },
  {
    name: "a permission's name",
    kind: "Permission",
    to: { name: "Pay all bills" },
    path: "/authorization/permissions/{slug}",
  },
  {
    name: "the JWT template",
    kind: "JwtTemplate",
    to: { content: '{ "urn:app:name": {{ user.first_name }} }' },
    path: "/user_management/jwt_template",
  },
  {
    name: "a domain's verification",
    kind: "OrganizationDomain",
    to: { verify: "2" },
    path: "/organization_domains/{id}/verify",
  },
  {
    name: "a key's end",
    kind: "OrganizationApiKey",
    to: { expiresAt: "2026-12-24T00:00:00Z" },
    path: "/api_keys/{id}/expire",
  },
  {
    name: "a key's end, to none",
    kind: "OrganizationApiKey",
    to: { expiresAt: undefined },
    path: "/api_keys/{id}/expire",
  },
];

async function living(kind: Kind, given: Inputs = {}) {
  const life = lifeOf(kind, current());
  const inputs = changed(await rows[kind].inputs(current()), { password: undefined, ...given });
  return { life, inputs, ...(await life.create(inputs)) };
}

describe.each(updates)("changing $name", ({ kind, given, to, path }) => {
  it.each(faultCases)("survives $name", async ({ rule }) => {
    const { life, inputs, id, outs } = await living(kind, given);
    const wanted = changed(inputs, to);
    current().control.faults.add({ path, ...rule });
    const updated = await life.update(id, outs, wanted);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    expect(life.diff(updated, wanted)).toEqual(noChange);
    expect(await refreshed(life, id, updated)).toEqual({ props: updated, inputs: wanted });
    expect(rows[kind].count(current())).toBe(1);
  });

  it("is finished by the next run after an outage", async () => {
    const { life, inputs, id, outs } = await living(kind, given);
    const wanted = changed(inputs, to);
    const fault = current().control.faults.add({ path, status: 500, times: null });
    const error = await life.update(id, outs, wanted).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    current().control.faults.remove(fault);
    const state = error instanceof PartialFailure ? error.properties : outs;
    expect(life.diff(state, wanted)).toEqual({ ...noChange, changes: true });
    const updated = await life.update(id, state, wanted);
    expect(await refreshed(life, id, updated)).toEqual({ props: updated, inputs: wanted });
  });
});

describe.each(["new-token", "same"] as const)("mailing an invitation again, which gives it %s", (resend) => {
  it.each(faultCases)("sends one mail at most, whatever is tried next, after $name", async (fault) => {
    current().control.switches.set({ resend });
    const { life, inputs, id, outs } = await living("Invitation");
    const wanted = { ...inputs, resend: "second" };
    current().clock.advance(1_000);
    current().control.faults.add({ path: "/user_management/invitations/{id}/resend", ...fault.rule });
    const result = await life.update(id, outs, wanted).catch((reason: unknown) => reason as Error);
    await current().settle();
    expect(current().faultsHit()).toBe(1);

    const unsure = fault.told === "nothing" && fault.effect !== "done";
    expect(result instanceof Error).toBe(unsure || (fault.told === "failed" && fault.effect === "none"));
    if (unsure) {
      expect((result as Error).message).toMatch(
        /^POST .*\nThe mail to ann@example\.com may have been sent all the same, so it will not be sent again by itself\. To send it again, change the value of resend once more\.$/s,
      );
    }
    const state = result instanceof PartialFailure ? result.properties : result instanceof Error ? outs : result;
    expect(life.diff(state, wanted).changes).toBe(result instanceof Error && !unsure);
    const updated = await life.update(id, state, wanted);
    expect(life.diff(updated, wanted)).toEqual(noChange);
    const mails = current().control.mailbox.list().length - 1;
    expect(mails).toBe(unsure && fault.effect === "none" ? 0 : 1);
  });
});

describe.each(kinds.filter((kind) => !rows[kind].stays))("ending: %s", (kind) => {
  it.each(faultCases)("is done once, after $name", async ({ rule }) => {
    const { life, id, outs } = await living(kind);
    const others = { users: current().control.state().users.length - (kind === "User" ? 1 : 0) };
    const [write] = rows[kind].deletes;
    current().control.faults.add({ method: write?.method as "DELETE" | "POST", path: write?.path, ...rule });
    await life.remove(id, outs);
    await current().settle();
    expect(current().faultsHit()).toBe(1);
    expect(rows[kind].count(current())).toBe(0);
    expect(current().control.state().users).toHaveLength(others.users);
  });
});
