/** The run itself: an answer that is not as the vendor specifies it fails the test that got it. */
import { endpoints } from "../../api/endpoints/index";
import { ContractRun, Sightings } from "./support/contract-run";

const { users, organizationMemberships: memberships, apiKeys, organizations } = endpoints;
const sightings = new Sightings();
let run: ContractRun;

beforeAll(async () => {
  run = await ContractRun.start(sightings);
});
beforeEach(() => run.control.reset());
afterAll(() => run.close());

const at = "2026-06-01T12:00:00.000Z";
const user = {
  ...{ object: "user", id: "user_1", email: "ann@example.com", email_verified: false, external_id: null },
  ...{ first_name: null, last_name: null, profile_picture_url: null, last_sign_in_at: null },
  ...{ created_at: at, updated_at: at },
};
const answer = (status: number, body: Record<string, unknown>) =>
  run.control.faults.add({ operation: users.get.operation, status, body, times: 1 });
const get = () => run.call(users.get, { id: "user_1" });

test("an answer as it should be passes", async () => {
  answer(200, user);
  expect(await get()).toMatchObject({ id: "user_1" });
});

test.each<[string, Record<string, unknown>, string]>([
  ["without a required field", { ...user, email_verified: undefined }, "email_verified"],
  ["with null where there must be a value", { ...user, email: null }, "/email must be string"],
  ["with what is no date", { ...user, created_at: "yesterday" }, "/created_at must match format"],
  ["of another kind", { ...user, object: "person" }, "/object must be equal to constant"],
  ["with a field that nobody declared", { ...user, shoe_size: 43 }, "shoe_size"],
  ["with a longer value than the vendor allows", { ...user, metadata: { key: "x".repeat(601) } }, "600 characters"],
])("a success %s fails", async (_what, body, violation) => {
  answer(200, body);
  await expect(get()).rejects.toThrow(violation);
});

test("a success with a status that nobody documents fails", async () => {
  answer(203, user);
  await expect(get()).rejects.toThrow("no 203 here");
});

test("an error without a message fails", async () => {
  answer(404, { error: "gone" });
  await expect(run.refused(users.get, { id: "user_1" })).rejects.toThrow("message");
});

test("an error with a status that is not listed fails", async () => {
  answer(410, { message: "Gone." });
  await expect(run.refused(users.get, { id: "user_1" })).rejects.toThrow("no 410 here, and it is not on the list");
});

test("a documented status with a code that is neither documented nor listed fails", async () => {
  run.control.faults.add({
    operation: memberships.create.operation,
    status: 422,
    body: { code: "no_such_code", message: "No." },
  });
  await expect(run.refused(memberships.create, { user_id: "u", organization_id: "o" })).rejects.toThrow("/code");
});

test("a body where the specification has none fails", async () => {
  run.control.faults.add({ operation: organizations.delete.operation, status: 200, body: { deleted: true } });
  await expect(run.call(organizations.delete, { id: "org_1" })).rejects.toThrow("a body where");
});

test("a request that the specification does not allow fails before anything is answered", async () => {
  const tooMany = { email: "a@example.com", metadata: { key: "x".repeat(601) } };
  await expect(run.call(users.create, tooMany)).rejects.toThrow("request does not conform");
  await expect(run.call(users.list, { limit: 0 })).rejects.toThrow("query limit");
  expect(run.control.requests.list()).toEqual([]);
});

test("only what was answered counts as seen", async () => {
  const { operation } = apiKeys.delete;
  await run.refused(apiKeys.delete, { id: "api_key_unknown" });
  expect(sightings.has({ operation, status: 404, code: null })).toBe(true);
  expect(sightings.has({ operation, status: 404, code: "entity_not_found" })).toBe(true);
  expect(sightings.has({ operation, status: 204, code: null })).toBe(false);
  expect(sightings.has({ operation, status: 404, code: "another" })).toBe(false);
});
