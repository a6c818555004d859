import { type FaultRule } from "../../emulator";
import { local } from "./support/local";

const at = local();
const users = "/user_management/users";
const create = (email = "ann@example.com") => at().post(users, { email });
const made = () => at().control.state().users.length;

test("a status before the effect leaves nothing behind, with the rule's headers and body", async () => {
  at().control.faults.add({
    method: "POST",
    path: users,
    status: 503,
    body: { message: "down" },
    headers: { "Retry-After": "7" },
  });
  const failed = await create();
  expect([failed.status, failed.body, failed.headers.get("retry-after")]).toEqual([503, { message: "down" }, "7"]);
  expect(made()).toBe(0);
  expect((await create()).status).toBe(201);
});

test("a status after the effect leaves the object behind", async () => {
  at().control.faults.add({ operation: "UserlandUsersController_create", when: "after", status: 500 });
  expect((await create()).status).toBe(500);
  expect(made()).toBe(1);
});

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a connection cut %s the effect", async (when, expected) => {
  at().control.faults.add({ method: "POST", path: users, when, cut: "connection" });
  await expect(create()).rejects.toThrow();
  expect(made()).toBe(expected);
  expect(at().control.requests.list()).toMatchObject([{ cut: true, status: null }]);
  expect(at().control.requests.counters()).toEqual({ UserlandUsersController_create: { cut: 1 } });
});

test("an answer can be cut in the middle of its body", async () => {
  at().control.faults.add({ method: "POST", path: users, when: "after", cut: "body" });
  await expect(create()).rejects.toThrow();
  expect(made()).toBe(1);
});

test.each(["truncated", "malformed"] as const)("an answer's JSON can be %s", async (corrupt) => {
  at().control.faults.add({ method: "POST", path: users, corrupt });
  const answer = await create();
  expect(answer.status).toBe(201);
  expect(() => void JSON.parse(answer.text)).toThrow();
  expect(made()).toBe(1);
});

test("a delayed request goes its normal way", async () => {
  at().control.faults.add({ method: "POST", path: users, delayMs: 1 });
  expect((await create()).status).toBe(201);
});

test("a rule hits its nth match, as many times as it says, or for ever", async () => {
  const statuses = async () => {
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push((await at().get(users)).status);
    return answers;
  };
  at().control.faults.add({ method: "GET", nth: 2, times: 2, status: 500 });
  expect(await statuses()).toEqual([200, 500, 500, 200]);
  expect(at().control.faults.list()).toMatchObject([{ matched: 4, hit: 2 }]);
  at().control.faults.clear();
  const id = at().control.faults.add({ method: "GET", times: null, status: 500 });
  expect(await statuses()).toEqual([500, 500, 500, 500]);
  at().control.faults.remove(id);
  expect(await statuses()).toEqual([200, 200, 200, 200]);
});

test.each<[FaultRule["path"], string, boolean]>([
  ["/user_management/users/{id}", "/user_management/users/user_1", true],
  ["/user_management/users/{id}", "/user_management/users", false],
  ["/user_management/users/{id}", "/user_management/users/external_id/1", false],
  ["/user_management/*/user_1", "/user_management/users/user_1", true],
  ["/user_management/*", "/user_management/users/user_1", false],
  ["/user_management/**", "/user_management/users/user_1", true],
  ["/user_management/users/user_1", "/user_management/users/user_1", true],
  ["/user_management/users/user.1", "/user_management/users/user_1", false],
])("the path %s against %s: %s", async (path, called, hit) => {
  at().control.faults.add({ path, status: 599 });
  expect((await at().get(called)).status === 599).toBe(hit);
});

test("of several rules the first that is due wins", async () => {
  at().control.faults.add({ method: "GET", nth: 2, status: 501 });
  at().control.faults.add({ times: null, status: 502 });
  expect([(await at().get(users)).status, (await at().get(users)).status]).toEqual([502, 501]);
});

test("a rule without an effect is refused", () => {
  expect(() => at().control.faults.add({ method: "GET" })).toThrow("status, delayMs, cut or corrupt");
});
