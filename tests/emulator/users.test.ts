import { data, ids, local } from "./support/local";

const at = local();
const users = "/user_management/users";

test("a created user has every field of the specification and keeps the case of its email", async () => {
  const answer = await at().post(users, { email: "Ann@Example.com", first_name: "Ann", metadata: { team: "a" } });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    object: "user",
    id: expect.stringMatching(/^user_[0-9A-Z]{26}$/) as unknown,
    first_name: "Ann",
    last_name: null,
    name: null,
    profile_picture_url: null,
    email: "Ann@Example.com",
    email_verified: false,
    external_id: null,
    metadata: { team: "a" },
    last_sign_in_at: null,
    locale: null,
    created_at: "2026-06-01T12:00:00.000Z",
    updated_at: "2026-06-01T12:00:00.000Z",
  });
  expect((await at().get(`${users}/${String(answer.body.id)}`)).body).toEqual(answer.body);
});

test("an email is taken whatever its case", async () => {
  await at().user({ email: "ann@example.com" });
  const answer = await at().post(users, { email: "ANN@example.com" });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: "user_creation_error", errors: [{ code: "email_not_available" }] });
});

test("an external id is unique, on create inside user_creation_error and on update by its own code", async () => {
  const first = await at().user({ external_id: "e/1" });
  const created = await at().post(users, { email: "b@example.com", external_id: "e/1" });
  expect(created.body).toMatchObject({ code: "user_creation_error", errors: [{ code: "external_id_already_used" }] });
  const second = await at().user();
  const updated = await at().put(`${users}/${second.id}`, { external_id: "e/1" });
  expect([updated.status, updated.body.code]).toEqual([400, "external_id_already_used"]);
  expect((await at().get(`${users}/external_id/${encodeURIComponent("e/1")}`)).body.id).toBe(first.id);
  expect((await at().put(`${users}/${first.id}`, { external_id: null })).body.external_id).toBeNull();
  expect((await at().get(`${users}/external_id/${encodeURIComponent("e/1")}`)).status).toBe(404);
});

test.each([["umlaut-ü"], [""]])("an external id that is no ASCII text is refused: %j", async (external_id) => {
  const answer = await at().post(users, { email: "a@example.com", external_id });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ errors: [{ field: "external_id" }] });
});

test.each([
  [{}, { field: "email", code: "required" }],
  [{ email: 5 }, { field: "email", code: "invalid_type" }],
  [{ email: "no address" }, { field: "email", code: "invalid_email" }],
  [{ email: "a@example.com", metadata: { ["k".repeat(41)]: "v" } }, { code: "invalid_key" }],
  [
    { email: "a@example.com", metadata: { k: "v".repeat(601) } },
    { field: "metadata.k", code: "too_big" },
  ],
  [{ email: "a@example.com", password_hash: "x", password_hash_type: "md5" }, { field: "password_hash_type" }],
])("wrong fields are 422 and named: %j", async (body, error) => {
  const answer = await at().post(users, body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ code: "invalid_request_parameters", errors: [error] });
});

test("unknown fields pass", async () => {
  expect((await at().post(users, { email: "a@example.com", shoe_size: 43 })).status).toBe(201);
});

test("metadata holds up to fifty keys", async () => {
  const metadata = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
  const answer = await at().post(users, { email: "a@example.com", metadata });
  expect([answer.status, answer.body.code]).toEqual([400, "invalid_metadata"]);
});

const bcrypt = `$2b$10$${"a".repeat(53)}`;
test.each([
  [{ password: "too short" }, "password_strength_error"],
  [
    { password: "long enough", password_hash: bcrypt, password_hash_type: "bcrypt" },
    "password_and_password_hash_provided",
  ],
  [{ password: "long enough", password_hash_type: "bcrypt" }, "password_and_password_hash_type_provided"],
  [{ password: "long enough", password_salt_position: "prefix" }, "password_salt_position_requires_password_hash"],
  [{ password_hash: "nonsense", password_hash_type: "bcrypt" }, "invalid_password_hash"],
])("credentials that do not fit together are refused: %j", async (fields, code) => {
  const user = await at().user();
  for (const answer of [
    await at().post(users, { email: "a@example.com", ...fields }),
    await at().put(`${users}/${user.id}`, fields),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  }
});

test("a password can be set and changed, and never appears in an answer or in the state", async () => {
  const user = await at().user({ password: "first password" });
  expect(await at().control.passwordMatches(user.id, "first password")).toBe(true);
  await at().put(`${users}/${user.id}`, { password: "second password" });
  expect(await at().control.passwordMatches(user.id, "first password")).toBe(false);
  expect(await at().control.passwordMatches(user.id, "second password")).toBe(true);
  await at().put(`${users}/${user.id}`, { password_hash: bcrypt, password_hash_type: "bcrypt" });
  expect(await at().control.passwordMatches(user.id, "second password")).toBe(false);
  expect(JSON.stringify(at().control.state())).not.toMatch(/password|\$2b/);
});

test("an update changes only what it names, and updated_at only when something changed", async () => {
  const user = await at().user({ first_name: "Ann", last_name: "Lee" });
  at().control.clock.advance(1000);
  const same = await at().put(`${users}/${user.id}`, { first_name: "Ann" });
  expect(same.body.updated_at).toBe(user.updated_at);
  const changed = await at().put(`${users}/${user.id}`, { first_name: "Bea" });
  expect(changed.body).toEqual({ ...user, first_name: "Bea", updated_at: "2026-06-01T12:00:01.000Z" });
});

test.each([[null], [""]])("a name is cleared by %j", async (value) => {
  const user = await at().user({ first_name: "Ann", last_name: "Lee", name: "Ann Lee" });
  const answer = await at().put(`${users}/${user.id}`, { first_name: value, last_name: value, name: value });
  expect(answer.body).toMatchObject({ first_name: null, last_name: null, name: null });
});

test("metadata is merged, null removes a key or everything", async () => {
  const user = await at().user({ metadata: { a: "1", b: "2" } });
  const path = `${users}/${user.id}`;
  expect((await at().put(path, { metadata: { b: null, c: "3" } })).body.metadata).toEqual({ a: "1", c: "3" });
  expect((await at().put(path, { metadata: null })).body.metadata).toEqual({});
});

test("metadata is replaced when the switch says so", async () => {
  at().control.switches.set({ metadata: "replace" });
  const user = await at().user({ metadata: { a: "1" } });
  const answer = await at().put(`${users}/${user.id}`, { metadata: { b: "2", c: null } });
  expect(answer.body.metadata).toEqual({ b: "2" });
});

test("a new email is unverified unless the same request says otherwise; its case alone is no new email", async () => {
  const user = await at().user({ email: "ann@example.com", email_verified: true });
  const path = `${users}/${user.id}`;
  expect((await at().put(path, { email: "Ann@example.com" })).body).toMatchObject({
    email: "Ann@example.com",
    email_verified: true,
  });
  expect((await at().put(path, { email: "bea@example.com" })).body.email_verified).toBe(false);
  expect((await at().put(path, { email: "cyd@example.com", email_verified: true })).body.email_verified).toBe(true);
  const other = await at().user();
  const taken = await at().put(path, { email: other.email.toUpperCase() });
  expect([taken.status, taken.body.code]).toEqual([400, "email_not_available"]);
});

test("a verified email cannot be unverified", async () => {
  const user = await at().user({ email_verified: true });
  const answer = await at().put(`${users}/${user.id}`, { email_verified: false });
  expect([answer.status, answer.body.code]).toEqual([400, "email_already_verified"]);
});

test("a locale is set and cleared by update only, and must be one", async () => {
  const user = await at().user({ locale: "de" });
  expect(user.locale).toBeNull();
  const path = `${users}/${user.id}`;
  expect((await at().put(path, { locale: "de-CH" })).body.locale).toBe("de-CH");
  const wrong = await at().put(path, { locale: "not a locale" });
  expect([wrong.status, wrong.body.code]).toEqual([400, "invalid_locale"]);
  expect((await at().put(path, { locale: null })).body.locale).toBeNull();
});

test("users are found by email in any case and by organization", async () => {
  const organization = await at().organization();
  const [ann, bea] = [await at().user({ email: "ann@example.com" }), await at().user()];
  await at().membership(bea.id, organization.id);
  expect(ids(await at().get(`${users}?email=ANN%40example.com`))).toEqual([ann.id]);
  expect(ids(await at().get(`${users}?organization_id=${organization.id}`))).toEqual([bea.id]);
  expect(ids(await at().get(`${users}?organization=${organization.id}`))).toEqual([bea.id]);
  expect(ids(await at().get(`${users}?organization_id=${organization.id}&email=ann@example.com`))).toEqual([]);
  expect(ids(await at().get(`${users}?organization_id=org_unknown`))).toEqual([]);
});

test.each([200, 202, 204] as const)("a deleted user is gone with its memberships, answered %i", async (status) => {
  at().control.switches.set({ userDelete: status });
  const organization = await at().organization();
  const user = await at().user();
  await at().membership(user.id, organization.id);
  const answer = await at().delete(`${users}/${user.id}`);
  expect([answer.status, answer.text]).toEqual([status, ""]);
  expect((await at().get(`${users}/${user.id}`)).status).toBe(404);
  expect((await at().delete(`${users}/${user.id}`)).status).toBe(404);
  const memberships = await at().get(`/user_management/organization_memberships?organization_id=${organization.id}`);
  expect(data(memberships)).toEqual([]);
});

test("a protected user is not deleted", async () => {
  const user = await at().user();
  at().control.setUserDeletionAllowed(user.id, false);
  const answer = await at().delete(`${users}/${user.id}`);
  expect([answer.status, answer.body.code]).toEqual([409, "user_deletion_not_allowed"]);
  at().control.setUserDeletionAllowed(user.id, true);
  expect((await at().delete(`${users}/${user.id}`)).status).toBe(200);
});

test("an unknown user is 404 in the vendor's words", async () => {
  for (const answer of [await at().get(`${users}/user_x`), await at().put(`${users}/user_x`, { first_name: "A" })]) {
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      message: "User not found: 'user_x'.",
      code: "entity_not_found",
      entity_id: "user_x",
    });
  }
});

test("of several creates with one email at the same time, one succeeds", async () => {
  const create = () => at().post(users, { email: "ann@example.com", password: "long enough" });
  const answers = await Promise.all([create(), create(), create()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
});

test.each([
  "r&d@example.com",
  "o'brien@example.com",
  "a/b=c@example.com",
  "ann@xn--bcher-kva.example",
  "ann@bücher.example",
])("%s is an address: people may have it, and be invited by it", async (email) => {
  expect((await at().post(users, { email })).status).toBe(201);
  expect((await at().post("/user_management/invitations", { email: `x${email}` })).status).toBe(201);
});
