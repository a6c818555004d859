import { vendorRateLimits } from "../../emulator";
import { local, start } from "./support/local";

const at = local();
const users = "/user_management/users";
const reads = { limit: 2, windowMs: 10_000 };

test("without limits nothing is refused and no header says so", async () => {
  expect((await at().get(users)).headers.get("x-ratelimit-limit")).toBeNull();
});

test("a window slides: no span of its length holds more than its limit", async () => {
  at().control.rateLimits.set({ reads });
  const statuses: number[] = [];
  for (const advance of [0, 6000, 1000, 3000, 5000, 1000]) {
    at().control.clock.advance(advance);
    statuses.push((await at().get(users)).status);
  }
  // At 0, 6, 7, 10, 15 and 16 seconds: the second at 6 leaves the window at 16 only.
  expect(statuses).toEqual([200, 200, 429, 200, 429, 200]);
});

test("a refusal says when to come back, in headers and body", async () => {
  at().control.rateLimits.set({ reads });
  await at().get(users);
  at().control.clock.advance(4000);
  const second = await at().get(users);
  expect(second.headers.get("x-ratelimit-limit")).toBe("2");
  expect(second.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(second.headers.get("x-ratelimit-reset")).toBe(String(start / 1000 + 10));
  const refused = await at().get(users);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("6");
  expect(refused.body).toMatchObject({ code: "rate_limit_exceeded", retry_after: 6 });
});

test("each of the hints can be left out, and the header can be a date of the world outside", async () => {
  at().control.rateLimits.set({ reads: { limit: 0, windowMs: 5000 }, retryAfter: "none", headers: false, body: false });
  const silent = await at().get(users);
  expect(silent.status).toBe(429);
  expect(silent.headers.get("retry-after")).toBeNull();
  expect(silent.headers.get("x-ratelimit-limit")).toBeNull();
  expect(silent.body).not.toHaveProperty("retry_after");
  at().control.rateLimits.set({ reads: { limit: 0, windowMs: 5000 }, retryAfter: "date" });
  at().control.clock.advance(3_600_000);
  expect((await at().get(users)).headers.get("retry-after")).toBe(new Date(start + 5000).toUTCString());
});

test("reads, writes and organization deletes are counted apart, and all of them together", async () => {
  const one = { limit: 1, windowMs: 1000 };
  const organization = await at().organization();
  at().control.rateLimits.set({ reads: one, writes: one, organizationDeletes: one });
  expect((await at().get(users)).status).toBe(200);
  expect((await at().post(users, { email: "a@example.com" })).status).toBe(201);
  expect((await at().delete(`/organizations/${organization.id}`)).status).toBe(200);
  expect((await at().get(users)).status).toBe(429);
  expect((await at().post(users, { email: "b@example.com" })).status).toBe(429);
  expect((await at().delete("/organizations/org_x")).status).toBe(429);
  at().control.rateLimits.set({ all: one });
  expect((await at().get(users)).status).toBe(200);
  expect((await at().post(users, { email: "b@example.com" })).status).toBe(429);
});

test("a refused request has no effect and is not counted", async () => {
  at().control.rateLimits.set({ writes: { limit: 0, windowMs: 1000 } });
  await at().post(users, { email: "a@example.com" });
  expect(at().control.state().users).toEqual([]);
});

test("the vendor's limits complete a partial setting", () => {
  at().control.rateLimits.set({});
  expect(at().control.rateLimits.get()).toEqual(vendorRateLimits);
  at().control.rateLimits.set(false);
  expect(at().control.rateLimits.get()).toBe(false);
});
