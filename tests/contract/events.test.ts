/**
 * Every event of the vendor's document: what causes it here, by the vendor's name and with the vendor's payload, or why
 * nothing here does.
 */
import { z } from "zod";
import { Secret, TOTP } from "otpauth";
import { type EventObject } from "../../api/schemas";
import { Local } from "../emulator/support/local";
import { Browser } from "../emulator/support/browser";
import {
  authenticate,
  grant,
  lastCode,
  lastMail,
  password,
  person,
  text,
  withPassword,
  wrongCode,
} from "../emulator/support/sign-in";
import { violations } from "./support/conformance";
import { newerEventNames, newerEventSchemas } from "./support/newer-events";
import { type SchemaNode, specification } from "./support/specification";

const alternatives = z.object({
  allOf: z.tuple([z.unknown(), z.object({ oneOf: z.array(z.record(z.string(), z.unknown())) })]),
});
const named = z.looseObject({ properties: z.looseObject({ event: z.object({ const: z.string() }) }) });
const specified = new Map<string, SchemaNode>(
  alternatives.parse(specification().components.EventSchema).allOf[1].oneOf.map((one) => {
    const schema = typeof one.$ref === "string" ? specification().resolve(one.$ref) : one;
    return [named.parse(schema).properties.event.const, schema];
  }),
);
/** The installed edition's, and those that only the vendor's newer edition has. */
const schemas = new Map([...newerEventSchemas, ...specified]);
const names = [...new Set([...schemas.keys(), ...newerEventNames])];

/** Of what the event is about. */
function fieldsOf(schema: SchemaNode): string[] {
  const { data } = z
    .looseObject({ properties: z.looseObject({ data: z.record(z.string(), z.unknown()) }) })
    .parse(schema).properties;
  const resolved = typeof data.$ref === "string" ? specification().resolve(data.$ref) : data;
  return Object.keys(z.record(z.string(), z.unknown()).parse(resolved.properties));
}

let at: Local;
beforeAll(async () => {
  at = await Local.start({
    seed: {
      organizations: [{ id: "org_acme", name: "Acme", domains: ["acme.example"] }],
      users: [{ id: "user_ann", email: "ann@acme.example", password, memberships: [{ organization: "org_acme" }] }],
      connections: [{ id: "conn_okta", organization: "org_acme", name: "Okta", type: "OktaSAML" }],
      directories: [{ id: "directory_okta", organization: "org_acme", name: "Okta", groups: [{ name: "Ops" }] }],
      feature_flags: [{ slug: "beta", enabled: false }],
    },
  });
});
beforeEach(() => at.control.reset());
afterAll(() => at.emulator.close());

const users = "/user_management/users";
const acme = "/organizations/org_acme";
const push = (changes: object) => at.post("/_emulator/directories/directory_okta/push", changes);
const ben = { email: "ben@acme.example", groups: ["Ops"] };
const id = (body: Record<string, unknown>) => text({ body }, "id");
const ann = "ann@acme.example";

const hosted = async (fields: Record<string, string> = {}) => {
  const browser = new Browser(at);
  const query = {
    client_id: "client_local",
    redirect_uri: "http://localhost/",
    response_type: "code",
    provider: "authkit",
  };
  await browser.open(`/user_management/authorize?${new URLSearchParams({ ...query, ...fields }).toString()}`);
  return browser;
};
const made = async (path: string, body: object) => id((await at.post(path, body)).body);
const magic = async (code: () => string) => {
  await at.post("/user_management/magic_auth", { email: ann });
  await authenticate(at, { grant_type: grant.magicAuth, email: ann, code: code() });
};
const verify = async (code: () => string) => {
  const { email } = await at.user({ password });
  const step = await withPassword(at, email);
  const pending_authentication_token = text(step, "pending_authentication_token");
  await authenticate(at, { grant_type: grant.emailVerification, code: code(), pending_authentication_token });
};
const secondFactor = async (right: boolean) => {
  const { email, id: user } = await person(at);
  const secret = new Secret({ size: 20 });
  await at.post(`${users}/${user}/auth_factors`, { type: "totp", totp_secret: secret.base32 });
  const { body } = await withPassword(at, email);
  const code = new TOTP({ secret }).generate({ timestamp: at.control.clock.now() });
  await authenticate(at, {
    grant_type: grant.totp,
    code: right ? code : code === "000000" ? "111111" : "000000",
    pending_authentication_token: body.pending_authentication_token,
    authentication_challenge_id: body.authentication_challenge_id,
  });
};
const sso = async () => {
  at.control.switches.set({ ssoRequired: ["org_acme"] });
  const browser = await hosted({ login_hint: ann });
  await browser.submit("sign-in", { email: ann, password });
  return browser;
};
const invite = () => made("/user_management/invitations", { email: "cyd@else.example", organization_id: "org_acme" });
const domain = () => made("/organization_domains", { organization_id: "org_acme", domain: "else.example" });
const group = () => made(`${acme}/groups`, { name: "Writers" });
const member = async () => {
  const groupId = await group();
  const path = `${acme}/groups/${groupId}/organization-memberships`;
  const membership = at.control.state().organizationMemberships[0]?.id ?? "";
  await at.post(path, { organization_membership_id: membership });
  return `${path}/${membership}`;
};
const permission = () => at.post("/authorization/permissions", { slug: "posts:write", name: "Write" });
const role = () => at.post("/authorization/roles", { slug: "editor", name: "Editor" });
const ownRole = () => at.post("/authorization/organizations/org_acme/roles", { slug: "org-lead", name: "Lead" });
const key = (more: object = {}) => made(`${acme}/api_keys`, { name: "ci", ...more });
const vault = () => made("/vault/v1/kv", { name: "secret", value: "v", key_context: { a: "b" } });
const reset = () => at.post("/user_management/password_reset", { email: ann });
const signedIn = async () => {
  await withPassword(at, ann);
  const listed = z.object({ data: z.array(z.object({ id: z.string() })) });
  return listed.parse((await at.get(`${users}/user_ann/sessions`)).body).data[0]?.id;
};

const github = { slug: "github", user_id: "user_ann" };
const integration = () => {
  const credentials = { type: "custom", client_id: "id", client_secret: "secret" };
  return at.post("/data-integrations", { provider: "github", enabled: true, scopes: ["repo"], credentials });
};
const connect = async (action: "allow" | "deny") => {
  await integration();
  const { user_id } = github;
  const page = new Browser(at);
  await page.open(text(await at.post("/data-integrations/github/authorize", { user_id }), "url"));
  await page.submit(action);
};
const account = `${users}/user_ann/connected_accounts/github`;
const imported = async () => [await integration(), await at.post(account, { access_token: "gho_1" })];
const dataKey = () => at.post("/vault/v1/keys/data-key", { context: { tenant: "acme" } });
const doubted = async () => {
  at.control.switches.set({ radarChallenge: "email" });
  await withPassword(at, ann);
};
const agent = () => at.control.registerAgent({ organizationId: "org_acme" });
const linked = async (externalId: string) => {
  const { id: registration, claimAttemptToken: claim_attempt_token } = await agent();
  const user = { email: `${externalId}@else.example`, external_id: externalId };
  const asked = { type: "link_external_user", claim_attempt_token, user };
  return { registration, userCode: text(await at.call("PATCH", "/agents/claims/attempts", asked), "user_code") };
};

const caused: Readonly<Record<string, () => Promise<unknown>>> = {
  "agent.registration.claim.attempt.created": () => linked("cyd"),
  "agent.registration.claim.completed": async () => {
    const { registration, userCode } = await linked("cyd");
    at.control.completeAgentClaim(registration, userCode);
  },
  "agent.registration.created": agent,
  "agent.registration.credential.issued": agent,
  "agent.registration.deleted": async () => [await agent(), await at.delete(acme)],
  "agent.registration.organization.switched": async () => {
    const { id: user } = await at.user({ email: "cyd@else.example", external_id: "cyd" });
    await at.membership(user, (await at.organization()).id);
    await linked("cyd");
  },
  "api_key.created": () => key(),
  "api_key.revoked": async () => at.delete(`/api_keys/${await key()}`),
  "api_key.updated": async () => at.post(`/api_keys/${await key()}/expire`, {}),
  "authentication.email_verification_failed": () => verify(() => wrongCode(at)),
  "authentication.email_verification_succeeded": () => verify(() => lastCode(at)),
  "authentication.magic_auth_failed": () => magic(() => wrongCode(at)),
  "authentication.magic_auth_succeeded": () => magic(() => lastCode(at)),
  "authentication.mfa_failed": () => secondFactor(false),
  "authentication.mfa_succeeded": () => secondFactor(true),
  "authentication.oauth_failed": async () =>
    (await hosted({ provider: "GitHubOAuth" })).submit("provider", { email: "no address" }),
  "authentication.oauth_succeeded": async () =>
    (await hosted({ provider: "GitHubOAuth" })).submit("provider", { email: ann }),
  "authentication.password_failed": () => withPassword(at, ann, { password: "wrong" }),
  "authentication.password_succeeded": () => withPassword(at, ann),
  "authentication.radar_risk_detected": doubted,
  "authentication.sso_started": sso,
  "authentication.sso_succeeded": async () => (await sso()).submit("connection"),
  "connection.activated": () => at.post("/_emulator/connections", { organization: "org_acme", name: "New" }),
  "connection.deactivated": () => at.put("/_emulator/connections/conn_okta", { state: "inactive" }),
  "connection.deleted": () => at.delete("/connections/conn_okta"),
  "dsync.activated": () => at.post("/_emulator/directories", { organization: "org_acme", name: "New" }),
  "dsync.deleted": () => at.delete("/directories/directory_okta"),
  "dsync.group.created": () => push({ groups: [{ name: "New" }] }),
  "dsync.group.deleted": () => push({ groups: [{ name: "Ops", deleted: true }] }),
  "dsync.group.updated": () => push({ groups: [{ idp_id: "Ops", name: "Operations" }] }),
  "dsync.group.user_added": () => push({ users: [ben] }),
  "dsync.group.user_removed": async () => [
    await push({ users: [ben] }),
    await push({ users: [{ ...ben, groups: [] }] }),
  ],
  "dsync.user.created": () => push({ users: [ben] }),
  "dsync.user.deleted": async () => [await push({ users: [ben] }), await push({ users: [{ ...ben, deleted: true }] })],
  "dsync.user.updated": async () => [
    await push({ users: [ben] }),
    await push({ users: [{ ...ben, first_name: "Ben" }] }),
  ],
  "email_verification.created": () => verify(() => lastCode(at)),
  "flag.created": () => at.post("/_emulator/feature-flags", { slug: "new" }),
  "flag.deleted": () => at.delete("/_emulator/feature-flags/beta"),
  "flag.rule_updated": () => at.post("/feature-flags/beta/targets/org_acme"),
  "flag.updated": () => at.put("/feature-flags/beta/enable"),
  "group.created": group,
  "group.deleted": async () => at.delete(`${acme}/groups/${await group()}`),
  "group.member_added": member,
  "group.member_removed": async () => at.delete(await member()),
  "group.updated": async () => at.call("PATCH", `${acme}/groups/${await group()}`, { name: "Authors" }),
  "invitation.accepted": async () => at.post(`/user_management/invitations/${await invite()}/accept`),
  "invitation.created": invite,
  "invitation.resent": async () => at.post(`/user_management/invitations/${await invite()}/resend`),
  "invitation.revoked": async () => at.post(`/user_management/invitations/${await invite()}/revoke`),
  "magic_auth.created": () => at.post("/user_management/magic_auth", { email: ann }),
  "organization.created": () => at.organization(),
  "organization.deleted": () => at.delete(acme),
  "organization.updated": () => at.put(acme, { name: "New" }),
  "organization_domain.created": domain,
  "organization_domain.deleted": async () => at.delete(`/organization_domains/${await domain()}`),
  "organization_domain.updated": async () => at.post(`/organization_domains/${await domain()}/verify`),
  "organization_domain.verification_failed": async () =>
    at.put(`/_emulator/organization-domains/${await domain()}/state`, { state: "failed" }),
  "organization_domain.verified": async () => at.post(`/organization_domains/${await domain()}/verify`),
  "organization_membership.created": async () => at.membership((await at.user()).id, "org_acme"),
  "organization_membership.deleted": () => at.delete(acme),
  "organization_membership.updated": async () => {
    const membership = await at.membership((await at.user()).id, "org_acme");
    await at.put(`/user_management/organization_memberships/${membership.id}`, { role_slug: "admin" });
  },
  "organization_role.created": ownRole,
  "organization_role.deleted": async () => [
    await ownRole(),
    await at.delete("/authorization/organizations/org_acme/roles/org-lead"),
  ],
  "organization_role.updated": async () => [
    await ownRole(),
    await at.call("PATCH", "/authorization/organizations/org_acme/roles/org-lead", { name: "Leader" }),
  ],
  "password_reset.created": reset,
  "password_reset.succeeded": async () => {
    await reset();
    const { token } = lastMail(at);
    await at.post("/user_management/password_reset/confirm", { token, new_password: "long enough to pass" });
  },
  "permission.created": permission,
  "permission.deleted": async () => [await permission(), await at.delete("/authorization/permissions/posts:write")],
  "permission.updated": async () => [
    await permission(),
    await at.call("PATCH", "/authorization/permissions/posts:write", { name: "Write posts" }),
  ],
  "pipes.connected_account.connected": () => connect("allow"),
  "pipes.connected_account.connection_failed": () => connect("deny"),
  "pipes.connected_account.disconnected": async () => [await imported(), await at.delete(account)],
  "pipes.connected_account.reauthorization_needed": async () => [
    await imported(),
    await at.put(account, { state: "needs_reauthorization" }),
  ],
  "radar.challenge_created": doubted,
  "role.created": role,
  "role.deleted": async () => {
    await role();
    await at.delete(`/_emulator/roles/${at.control.state().roles.find(({ slug }) => slug === "editor")?.id ?? ""}`);
  },
  "role.updated": async () => [await role(), await at.call("PATCH", "/authorization/roles/editor", { name: "Author" })],
  "session.created": () => withPassword(at, ann),
  "session.revoked": async () => at.post("/user_management/sessions/revoke", { session_id: await signedIn() }),
  "user.created": () => at.user(),
  "user.deleted": () => at.delete(`${users}/user_ann`),
  "user.updated": () => at.put(`${users}/user_ann`, { first_name: "Ann" }),
  "vault.data.created": vault,
  "vault.data.deleted": async () => at.delete(`/vault/v1/kv/${await vault()}`),
  "vault.data.read": async () => at.get(`/vault/v1/kv/${await vault()}`),
  "vault.data.updated": async () => at.put(`/vault/v1/kv/${await vault()}`, { value: "w" }),
  "vault.dek.decrypted": async () => {
    const { encrypted_keys: keys } = (await dataKey()).body;
    await at.post("/vault/v1/keys/decrypt", { keys });
  },
  "vault.dek.read": dataKey,
  "vault.kek.created": dataKey,
  "vault.metadata.read": async () => at.get(`/vault/v1/kv/${await vault()}/metadata`),
  "vault.names.listed": () => at.get("/vault/v1/kv"),
};

const why = {
  actions: "there are no Actions here that could deny anything",
  certificates: "connections have no certificates here",
  ownKeys: "an organization cannot bring its own key here",
  passkeys: "there are no passkeys here",
  waitlist: "there is no waitlist here",
};

/** By the beginning of its name. */
const notCaused: readonly (readonly [beginning: string, reason: string])[] = [
  ["action.", why.actions],
  ["agent.registration.expired", "that its time is over is seen as its status is read, and nothing waits for it"],
  ["agent.registration.refreshed", "agents have no identity assertion here that they could refresh"],
  ["agent.registration.revoked", "nobody can revoke an agent's registration here"],
  ["authentication.passkey_", why.passkeys],
  ["authentication.reauthentication_", "whoever comes to the page is asked to sign in, not to do it again"],
  ["authentication.sso_failed", "the page that stands in for a provider believes everybody"],
  ["authentication.sso_timed_out", "the page that stands in for a provider does not wait"],
  ["connection.saml_", why.certificates],
  ["dsync.deactivated", "the vendor's newer edition does not have it"],
  ["dsync.token.", "directories push here without a token"],
  ["vault.byok_key.", why.ownKeys],
  ["vault.kek.deleted", "the key that data keys are encrypted with stays"],
  ["waitlist_user.", why.waitlist],
];
const reasonFor = (name: string) => notCaused.find(([beginning]) => name.startsWith(beginning))?.[1];

test("every event of the vendor's document is caused here, or listed with why it is not", () => {
  expect(specified.size).toBeGreaterThan(80);
  expect(names.filter((name) => name in caused === (reasonFor(name) !== undefined))).toEqual([]);
});

test("nothing is listed that the vendor's document does not have", () => {
  const listed = [...Object.keys(caused), ...notCaused.map(([beginning]) => beginning)];
  expect(listed.filter((name) => !names.some((one) => one.startsWith(name)))).toEqual([]);
});

/** Of the vendor's newer edition. */
const newerFields: Readonly<Record<string, readonly string[]>> = {
  api_key: ["expires_at"],
  permission: ["resource_type_slug"],
  user: ["name"],
};

test.each(Object.entries(caused))("%s is told as the vendor specifies it", async (name, cause) => {
  await cause();
  const listed = z
    .object({ data: z.array(z.custom<EventObject>()) })
    .parse((await at.get("/events?limit=100")).body).data;
  const events = listed.filter(({ event }) => event === name);
  expect([name, events.length > 0, listed.map(({ event }) => event)]).toEqual([name, true, expect.any(Array)]);
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`nothing says what ${name} carries`);
  expect(events.flatMap((event) => violations(schema, event))).toEqual([]);
  const known = [...fieldsOf(schema), ...(newerFields[name.replace(/\..*/, "")] ?? [])];
  expect(events.flatMap(({ data }) => Object.keys(data)).filter((field) => !known.includes(field))).toEqual([]);
});

async function told(beginning: string): Promise<EventObject[]> {
  const { data } = z.object({ data: z.array(z.custom<EventObject>()) }).parse((await at.get("/events?limit=100")).body);
  return data.filter(({ event }) => event.startsWith(beginning)).reverse();
}
const namesOf = (events: readonly EventObject[]) => events.map(({ event }) => event.replace(/^.*\./, ""));

describe("a connected account", () => {
  test("is told of once: neither a renewed token nor a look at it is another event", async () => {
    await connect("allow");
    at.control.clock.advance(2 * 60 * 60_000);
    expect((await at.post("/data-integrations/github/token", { user_id: "user_ann" })).body.active).toBe(true);
    await at.get(account);
    expect(namesOf(await told("pipes."))).toEqual(["connected"]);
  });

  test("whose token is over, and cannot be renewed, has to be connected anew, and is", async () => {
    await integration();
    await at.post(account, {
      access_token: "gho_1",
      expires_at: new Date(at.control.clock.now() + 1000).toISOString(),
    });
    at.control.clock.advance(60_000);
    const { body } = await at.post("/data-integrations/github/token", { user_id: "user_ann" });
    expect(body.error).toBe("needs_reauthorization");
    await at.put(account, { access_token: "gho_2", state: "connected" });
    expect(namesOf(await told("pipes."))).toEqual(["connected", "reauthorization_needed", "connected"]);
  });

  test("goes with its integration, which is named all the same", async () => {
    const integrationId = text(await integration(), "id");
    await at.post(account, { access_token: "gho_1" });
    await at.delete("/data-integrations/github");
    expect((await told("pipes.")).at(-1)).toMatchObject({
      event: "pipes.connected_account.disconnected",
      data: { data_integration_id: integrationId, provider_slug: "github" },
    });
  });
});

test("one key encrypts all data keys, and a new context for one is a decryption and a reading", async () => {
  const { encrypted_keys } = (await dataKey()).body;
  await dataKey();
  const { body } = await at.post("/vault/v1/keys/rekey", { context: { tenant: "new" }, encrypted_keys });
  const events = await told("vault.");
  expect(events.map(({ event }) => event)).toEqual([
    ...["vault.kek.created", "vault.dek.read", "vault.dek.read"],
    ...["vault.dek.decrypted", "vault.dek.read"],
  ]);
  expect(events.at(-2)?.data).toMatchObject({ key_id: body.id });
  expect(events.at(-1)?.data).toMatchObject({ key_ids: [body.id], key_context: { tenant: "new" } });
  await at.post("/vault/v1/keys/decrypt", { keys: "wrong" });
  expect(await told("vault.")).toHaveLength(events.length);
});

test("a challenge by text message has no event, the risk that it is for has", async () => {
  at.control.switches.set({ radarChallenge: "sms" });
  const from = { ip_address: "203.0.113.7", user_agent: "curl" };
  const { body } = await withPassword(at, ann, from);
  const { pending_authentication_token } = body;
  const phone = { user_id: "user_ann", pending_authentication_token, phone_number: "+15005550006" };
  expect((await at.post("/user_management/radar_challenges", phone)).status).toBe(201);
  expect(await told("radar.")).toEqual([]);
  const [risk, ...more] = await told("authentication.radar_");
  expect([risk?.data, more]).toEqual([expect.objectContaining({ ...from, user_id: "user_ann", email: ann }), []]);
});

test("an agent is told of from its registration to its claim, which names the attempt", async () => {
  const { registration, userCode } = await linked("cyd");
  at.control.completeAgentClaim(registration, userCode);
  at.control.completeAgentClaim(registration, userCode);
  const events = await told("agent.");
  expect(events.map(({ event }) => event.slice("agent.registration.".length))).toEqual([
    ...["created", "credential.issued", "credential.issued", "claim.attempt.created", "claim.completed"],
  ]);
  const attempt = z.looseObject({ id: z.string() }).parse(events[3]?.data);
  expect(attempt).toMatchObject({ login_hint: "cyd@else.example", agent_registration_id: registration });
  expect(events[4]?.data).toMatchObject({ completed_by_attempt_id: attempt.id });
  const { claim } = (await at.get(`/agents/registrations/${registration}`)).body;
  expect(claim).toMatchObject({ claim_completion: { id: attempt.id } });
});

test("a key's update says when it would have expired", async () => {
  const expires_at = new Date(at.control.clock.now() + 60_000).toISOString();
  await at.post(`/api_keys/${await key({ expires_at })}/expire`, { expires_at: null });
  const [event] = await told("api_key.updated");
  expect(event?.data).toMatchObject({ expires_at: null, previous_attributes: { expires_at } });
});
