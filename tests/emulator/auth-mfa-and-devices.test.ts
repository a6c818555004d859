import { Secret, TOTP } from "otpauth";
import { data, local } from "./support/local";
import { Browser } from "./support/browser";
import { authenticate, grant, lastCode, password, person, text, withPassword, wrongCode } from "./support/sign-in";

const at = local();

type Enrolled = {
  authentication_factor: { id: string; totp: Record<string, string> };
  authentication_challenge: { id: string };
};
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at().control.clock.now() });

async function enrolled() {
  const user = await person(at());
  const answer = await at().post(`/user_management/users/${user.id}/auth_factors`, { type: "totp" });
  expect(answer.status).toBe(201);
  const body = answer.body as Enrolled;
  return { user, factor: body.authentication_factor, challenge: body.authentication_challenge.id };
}

test("an enrolled factor has what an authenticator app needs, shown once", async () => {
  const { user, factor, challenge } = await enrolled();
  expect(factor.totp).toMatchObject({ issuer: "Local AuthKit", user: user.email });
  expect(factor.totp.uri).toContain(`secret=${factor.totp.secret ?? ""}`);
  expect(factor.totp.qr_code).toMatch(/^data:image\/png;base64,/);
  const list = `/user_management/users/${user.id}/auth_factors`;
  expect(data(await at().get(list))).toMatchObject([{ id: factor.id, totp: { user: user.email } }]);
  expect((await at().get(list)).text).not.toContain(factor.totp.secret);
  const verify = async (code: string) => at().post(`/auth/challenges/${challenge}/verify`, { code });
  expect(await verify("12345")).toMatchObject({ status: 201, body: { valid: false } });
  expect(await verify(codeOf(factor.totp.secret ?? ""))).toMatchObject({ status: 201, body: { valid: true } });
  expect((await verify(codeOf(factor.totp.secret ?? ""))).status).toBe(422);
  expect((await at().delete(`/auth/factors/${factor.id}`)).status).toBe(200);
  expect((await at().get(`/auth/factors/${factor.id}`)).status).toBe(404);
});

test("who has a factor is asked for it, and its code finishes the sign-in", async () => {
  const { user, factor } = await enrolled();
  const refused = await withPassword(at(), user.email);
  expect(refused).toMatchObject({
    status: 403,
    body: { code: "mfa_challenge", authentication_factors: [{ id: factor.id, type: "totp" }] },
  });
  const challenge = await at().post(`/auth/factors/${factor.id}/challenge`);
  const step = {
    grant_type: grant.totp,
    pending_authentication_token: text(refused, "pending_authentication_token"),
    authentication_challenge_id: text(challenge, "id"),
  };
  expect((await authenticate(at(), { ...step, code: "000" })).body.code).toBe("invalid_one_time_code");
  at().control.clock.advance(30_000);
  expect((await authenticate(at(), { ...step, code: codeOf(factor.totp.secret ?? "") })).status).toBe(200);
  const stranger = await enrolled();
  const again = text(await withPassword(at(), user.email), "pending_authentication_token");
  const foreign = { ...step, pending_authentication_token: again, authentication_challenge_id: stranger.challenge };
  expect((await authenticate(at(), { ...foreign, code: "123456" })).body.code).toBe("user_mismatch");
});

test("where a second factor is required, who has none enrolls one", async () => {
  at().control.switches.set({ mfa: "required" });
  const user = await person(at());
  const refused = await withPassword(at(), user.email);
  expect(refused).toMatchObject({ status: 403, body: { code: "mfa_enrollment", user: { id: user.id } } });
  const answer = await at().post(`/user_management/users/${user.id}/auth_factors`, { type: "totp" });
  const { authentication_factor: factor, authentication_challenge: challenge } = answer.body as Enrolled;
  const done = await authenticate(at(), {
    grant_type: grant.totp,
    pending_authentication_token: text(refused, "pending_authentication_token"),
    authentication_challenge_id: challenge.id,
    code: codeOf(factor.totp.secret ?? ""),
  });
  expect(done.status).toBe(200);
});

test("a code by text message is in the challenge; too many wrong ones end it", async () => {
  const factor = await at().post("/auth/factors/enroll", { type: "sms", phone_number: "+15551234567" });
  expect(factor.body).toMatchObject({ type: "sms", sms: { phone_number: "+15551234567" } });
  const challenge = await at().post(`/auth/factors/${text(factor, "id")}/challenge`);
  const code = text(challenge, "code");
  const verify = async (given: string) =>
    at().post(`/auth/challenges/${text(challenge, "id")}/verify`, { code: given });
  const wrong = code === "000000" ? "111111" : "000000";
  for (let guess = 0; guess < 5; guess += 1) expect((await verify(wrong)).body.valid).toBe(false);
  expect(await verify(code)).toMatchObject({ status: 400, body: { code: "one_time_code_too_many_attempts" } });
});

test("the address changes once the new one's code is confirmed", async () => {
  const user = await person(at());
  const taken = await person(at());
  const path = `/user_management/users/${user.id}/email_change`;
  expect((await at().post(`${path}/confirm`, { code: "123456" })).body.code).toBe("no_pending_email_change");
  expect((await at().post(`${path}/send`, { new_email: user.email })).body.code).toBe("email_change_not_needed");
  expect((await at().post(`${path}/send`, { new_email: taken.email })).body.code).toBe("email_not_available");
  const sent = await at().post(`${path}/send`, { new_email: "moved@example.com" });
  expect(sent.body).toMatchObject({ new_email: "moved@example.com", user: { email: user.email } });
  expect((await at().post(`${path}/confirm`, { code: wrongCode(at()) })).body.code).toBe("email_change_code_incorrect");
  const done = await at().post(`${path}/confirm`, { code: lastCode(at()) });
  expect(done.body).toMatchObject({ object: "email_change_confirmation", user: { email: "moved@example.com" } });
  expect((await at().post(`${path}/confirm`, { code: lastCode(at()) })).body.code).toBe(
    "email_change_code_previously_used",
  );
  expect((await withPassword(at(), "moved@example.com")).status).toBe(200);
});

test("the device flow: pending, too fast, approved by a person, used once", async () => {
  const user = await person(at());
  const begun = await at().call(
    "POST",
    "/user_management/authorize/device",
    { client_id: "client_local" },
    { Authorization: "" },
  );
  expect(begun.body).toMatchObject({ interval: 5, expires_in: 300 });
  const poll = async () =>
    at().call("POST", "/user_management/authenticate", {
      client_id: "client_local",
      grant_type: grant.device,
      device_code: begun.body.device_code,
    });
  expect((await poll()).body.error).toBe("authorization_pending");
  expect((await poll()).body.error).toBe("slow_down");
  at().control.clock.advance(10_000);
  expect((await poll()).body.error).toBe("authorization_pending");
  const browser = new Browser(at());
  expect((await browser.open("/activate?user_code=XXXX-XXXX")).status).toBe(404);
  await browser.open(text(begun, "verification_uri_complete"));
  const confirm = await browser.submit("sign-in", { email: user.email, password });
  expect(confirm.html).toContain(text(begun, "user_code"));
  expect((await poll()).body.error).not.toBe(undefined);
  expect((await browser.submit("allow")).title).toBe("You are signed in");
  expect((await poll()).body).toMatchObject({ user: { id: user.id } });
  expect((await poll()).body.error).toBe("invalid_grant");
});

test("the device flow: denied, and expired", async () => {
  const user = await person(at());
  const begin = async () => at().post("/user_management/authorize/device", { client_id: "client_local" });
  const poll = async (device_code: unknown) =>
    at().post("/user_management/authenticate", { client_id: "client_local", grant_type: grant.device, device_code });
  const denied = await begin();
  const browser = new Browser(at());
  await browser.open(text(denied, "verification_uri_complete"));
  await browser.submit("sign-in", { email: user.email, password });
  await browser.submit("deny");
  expect((await poll(denied.body.device_code)).body.error).toBe("access_denied");
  const late = await begin();
  at().control.clock.advance(301_000);
  expect((await poll(late.body.device_code)).body.error).toBe("expired_token");
  expect((await browser.open(text(late, "verification_uri_complete"))).status).toBe(404);
  expect((await at().post("/user_management/authorize/device", { client_id: "x" })).body.error).toBe("invalid_client");
});

test("a user's key belongs to a member, and validates with its owner", async () => {
  const organization = await at().organization();
  const user = await person(at());
  const path = `/user_management/users/${user.id}/api_keys`;
  const create = async (fields: object = {}) =>
    at().post(path, { name: "cli", organization_id: organization.id, ...fields });
  expect((await create()).status).toBe(422);
  await at().membership(user.id, organization.id);
  expect((await create({ permissions: ["Not a slug"] })).status).toBe(400);
  const key = await create({ permissions: ["posts:read"] });
  const owner = { type: "user", id: user.id, organization_id: organization.id };
  expect(key).toMatchObject({ status: 201, body: { owner } });
  const validated = await at().post("/api_keys/validations", { value: key.body.value });
  expect(validated.body.api_key).toMatchObject({ owner, permissions: ["posts:read"] });
  expect(data(await at().get(path))).toHaveLength(1);
  expect(data(await at().get(`${path}?organization_id=org_other`))).toEqual([]);
  expect(data(await at().get(`/organizations/${organization.id}/api_keys`))).toEqual([]);
  expect((await at().delete(`/api_keys/${text(key, "id")}`)).status).toBe(204);
});

test("requests that nobody answered are forgotten after a while", async () => {
  const begin = async () => at().post("/user_management/authorize/device", { client_id: "client_local" });
  const first = await begin();
  at().control.clock.advance(2 * 60 * 60_000);
  await begin();
  const poll = await at().post("/user_management/authenticate", {
    ...{ client_id: "client_local", grant_type: grant.device, device_code: first.body.device_code },
  });
  expect(poll.body.error).toBe("invalid_grant");
});
