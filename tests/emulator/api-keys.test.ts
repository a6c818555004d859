import { data, day, ids, local, start } from "./support/local";

const at = local();
const time = (ms: number) => new Date(start + ms).toISOString();
const validate = async (value: string) => (await at().post("/api_keys/validations", { value })).body.api_key;

test("a key's value appears once, is valid, and is stored only as a hash", async () => {
  const organization = await at().organization();
  const key = await at().apiKey(organization.id, { permissions: ["posts:read", "posts:*"] });
  expect(key).toMatchObject({
    owner: { type: "organization", id: organization.id },
    obfuscated_value: `sk_...${key.value.slice(-4)}`,
    permissions: ["posts:read", "posts:*"],
    last_used_at: null,
    expires_at: null,
  });
  expect(key.value).toMatch(/^sk_.{40,}$/);
  const [listed] = data(await at().get(`/organizations/${organization.id}/api_keys`));
  const { value, ...rest } = key;
  expect(listed).toEqual(rest);
  at().control.clock.advance(1000);
  expect(await validate(value)).toEqual({ ...rest, last_used_at: time(1000) });
  expect(await validate("sk_other")).toBeNull();
  expect(JSON.stringify(at().control.state())).not.toContain(value);
});

test("keys are listed newest first, of one organization only, and names may repeat", async () => {
  const [one, other] = [await at().organization(), await at().organization()];
  const first = await at().apiKey(one.id);
  const second = await at().apiKey(one.id);
  await at().apiKey(other.id);
  expect(ids(await at().get(`/organizations/${one.id}/api_keys`))).toEqual([second.id, first.id]);
});

test.each([
  [{}, { field: "name", code: "required" }],
  [{ name: "" }, { field: "name", code: "required" }],
  [
    { name: "a", permissions: ["Not A Slug"] },
    { field: "permissions", code: "invalid_permission" },
  ],
  [
    { name: "a", expires_at: "2026-05-31T00:00:00Z" },
    { field: "expires_at", code: "must_be_in_the_future" },
  ],
  [
    { name: "a", expires_at: "tomorrow" },
    { field: "expires_at", code: "invalid_datetime" },
  ],
])("wrong fields are 422 with message and errors, without a code: %j", async (body, error) => {
  const organization = await at().organization();
  const answer = await at().post(`/organizations/${organization.id}/api_keys`, body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ errors: [error] });
  expect(Object.keys(answer.body).sort()).toEqual(["errors", "message"]);
});

test("an unknown organization is 404 for creates and for lists", async () => {
  expect((await at().post("/organizations/org_x/api_keys", { name: "a" })).status).toBe(404);
  expect((await at().get("/organizations/org_x/api_keys")).status).toBe(404);
});

test("expiring without a time, or with a past one, ends the key now, once", async () => {
  const organization = await at().organization();
  for (const body of [undefined, {}, { expires_at: "2020-01-01T00:00:00Z" }]) {
    const { id, value } = await at().apiKey(organization.id);
    const answer = await at().call("POST", `/api_keys/${id}/expire`, body);
    expect([answer.status, answer.body.expires_at]).toEqual([200, time(0)]);
    expect(await validate(value)).toBeNull();
    const again = await at().call("POST", `/api_keys/${id}/expire`, body);
    expect([again.status, again.body.code]).toEqual([409, "api_key_already_expired"]);
    expect((await at().post(`/api_keys/${id}/expire`, { expires_at: null })).status).toBe(409);
  }
});

test("a future expiry is set, moved and cleared, and takes effect on the emulator's clock", async () => {
  const organization = await at().organization();
  const { id, value } = await at().apiKey(organization.id, { expires_at: time(day) });
  const expire = async (expires_at: string | null) =>
    (await at().post(`/api_keys/${id}/expire`, { expires_at })).body.expires_at;
  expect(await expire(time(2 * day))).toBe(time(2 * day));
  expect(await expire(null)).toBeNull();
  expect(await expire("2026-06-02T14:00:00+02:00")).toBe(time(day));
  at().control.clock.advance(day - 1);
  expect(await validate(value)).toMatchObject({ id });
  at().control.clock.advance(1);
  expect(await validate(value)).toBeNull();
});

test("a deleted key is gone and no longer valid", async () => {
  const organization = await at().organization();
  const { id, value } = await at().apiKey(organization.id);
  expect((await at().delete(`/api_keys/${id}`)).status).toBe(204);
  expect((await at().delete(`/api_keys/${id}`)).status).toBe(404);
  expect((await at().post(`/api_keys/${id}/expire`)).status).toBe(404);
  expect(await validate(value)).toBeNull();
});
