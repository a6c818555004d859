/** Programs that were written from older descriptions of this API. */
import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Secret, TOTP } from "otpauth";
import { data, local } from "./support/local";
import { authenticate, person, text, withPassword } from "./support/sign-in";

const at = local();
const run = promisify(execFile);
const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

const script = has("bash") && has("curl") && has("jq") ? test : test.skip;
if (script === test.skip) console.log("the end-to-end script is skipped: it needs bash, curl and jq");

script("the end-to-end script runs with only the base URL and the organization substituted", async () => {
  const { id: organization } = await at().organization();
  const { stdout } = await run("bash", [join(__dirname, "support", "end-to-end.sh")], {
    env: {
      PATH: process.env.PATH,
      BASE: at().emulator.url,
      WORKOS_API_KEY: at().emulator.apiKey,
      ORG_ID: organization,
    },
  });
  const steps = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "));
  const ids = { user: /user_\w{26}/.exec(stdout)?.[0] ?? "", membership: /om_\w{26}/.exec(stdout)?.[0] ?? "" };
  expect(ids.user).not.toBe("");
  expect(steps.map(([name, status, value = ""]) => [name, status, value])).toEqual([
    ["health", "200", "0"],
    ["create-user", "201", `"${ids.user}"`],
    ["get-user", "200", '"test@example.com"'],
    ["update-user", "200", '"Updated"'],
    ["create-membership", "201", JSON.stringify([ids.membership, ids.user, organization, "member", "active"])],
    ["list-memberships", "200", JSON.stringify([ids.membership])],
    ["delete-membership", "200", ""],
    ["delete-user", "200", ""],
    ["gone", "404", '"entity_not_found"'],
  ]);
});

test("a code is exchanged with the API key as bearer and without a client secret", async () => {
  const user = await person(at());
  const refresh_token = text(await withPassword(at(), user.email), "refresh_token");
  const bearerOnly = await at().post("/user_management/authenticate", {
    ...{ client_id: "client_local", grant_type: "refresh_token", refresh_token },
  });
  expect(bearerOnly.status).toBe(200);
});

test("sessions: all are listed, and one is revoked by its path", async () => {
  const user = await person(at());
  await withPassword(at(), user.email);
  const listed = data(await at().get("/user_management/sessions?limit=10"));
  expect(listed).toMatchObject([{ object: "session", user_id: user.id }]);
  const id = String(listed[0]?.id);
  const revoked = await at().post(`/user_management/sessions/${id}/revoke`);
  expect(revoked).toMatchObject({ status: 200, body: { object: "session", id, status: "revoked" } });
  expect((await at().post("/user_management/sessions/session_x/revoke")).status).toBe(404);
});

test("API keys: the value is called secret too, and a key validates itself", async () => {
  const { id } = await at().organization();
  const made = await at().post(`/user_management/organizations/${id}/api_keys`, { name: "Production Key" });
  expect(made.body.secret).toBe(made.body.value);
  const validate = async (key: string) =>
    at().call("GET", "/user_management/api_keys/validate", undefined, { Authorization: `Bearer ${key}` });
  const valid = await validate(text(made, "secret"));
  expect([valid.status, valid.body]).toEqual([200, { valid: true, organization_id: id }]);
  expect((await validate("sk_unknown")).status).toBe(401);
  expect((await at().delete(`/user_management/api_keys/${text(made, "id")}`)).status).toBe(204);
});

test("factors: enrolled without a user, and challenged with the code in one request", async () => {
  const made = await at().post("/user_management/authentication_factors", {
    ...{ type: "totp", totp_issuer: "YourApp", totp_user: "user@example.com" },
  });
  expect(made.status).toBe(201);
  const { secret = "" } = made.body.totp as { secret?: string };
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at().control.clock.now() });
  const path = `/user_management/authentication_factors/${text(made, "id")}/challenge`;
  expect(await at().post(path, { code })).toMatchObject({ status: 200, body: { valid: true } });
  expect(await at().post(path, {})).toMatchObject({ status: 201, body: { object: "authentication_challenge" } });
  expect(data(await at().get("/user_management/authentication_factors"))).toHaveLength(1);
});

test("the device flow by its other names", async () => {
  const begun = await at().post("/user_management/device_authorization", { client_id: "client_local" });
  expect(begun.status).toBe(200);
  const poll = await at().post("/user_management/device_code", {
    ...{ client_id: "client_local", device_code: begun.body.device_code },
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
  });
  expect(poll.body.error).toBe("authorization_pending");
});

test("step-up answers have the ids that older descriptions name", async () => {
  const user = await person(at());
  await at().post(`/user_management/users/${user.id}/auth_factors`, { type: "totp" });
  const { authentication_challenge_id, authentication_factor_id } = (await withPassword(at(), user.email)).body;
  expect([authentication_challenge_id, authentication_factor_id]).toEqual([
    expect.stringMatching(/^auth_challenge_/),
    expect.stringMatching(/^auth_factor_/),
  ]);
  expect((await authenticate(at(), { grant_type: "unknown" })).status).toBe(422);
});
