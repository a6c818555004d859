import { type StoredUser } from "../../emulator/store/entities";
import { Store } from "../../emulator/store/store";
import { newUser } from "../../emulator/handlers/users";
import { startEmulator } from "../../emulator";
import { systemClock } from "../../api/clock";

const now = "2026-06-01T12:00:00.000Z";
const user = (id: string, fields: Partial<StoredUser> = {}) =>
  newUser({ email: `${id}@example.com`, email_verified: false, ...fields }, id, now);

const content = (store: Store) => JSON.stringify([...store.snapshot()]);

test("a step that fails has not happened, in the objects and in what they are found by", () => {
  const store = new Store();
  store.write(() => store.users.put(user("user_1", { external_id: "e1" })));
  const before = content(store);
  expect(() =>
    store.write(() => {
      store.users.put(user("user_1", { external_id: "e2" }));
      store.users.put(user("user_2"));
      store.users.delete("user_1");
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(content(store)).toBe(before);
  expect(store.users.by("external_id", "e1").map(({ id }) => id)).toEqual(["user_1"]);
  expect(store.users.by("external_id", "e2")).toEqual([]);
  expect(store.users.by("email", "user_2@example.com")).toEqual([]);
});

test("a step that the journal cannot take has not happened", () => {
  const store = new Store();
  store.commit = () => {
    throw new Error("disk full");
  };
  expect(() => store.write(() => store.users.put(user("user_1")))).toThrow("disk full");
  expect(content(store)).toBe("[]");
});

test("steps within a step are committed together, once", () => {
  const store = new Store();
  const commits: number[] = [];
  store.commit = (changes) => commits.push(changes.length);
  store.write(() => {
    store.write(() => store.users.put(user("user_1")));
    store.write(() => store.users.put(user("user_2")));
  });
  expect(commits).toEqual([2]);
});

test("a change outside of a step is a programming error", () => {
  const store = new Store();
  expect(() => store.users.put(user("user_1"))).toThrow("outside of write()");
});

test("latency is waited for by the given clock, on every API request", async () => {
  const waits: number[] = [];
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const emulator = await startEmulator({ latencyMs: 25, clock: { ...systemClock, sleep } });
  emulator.control.faults.add({ delayMs: 5, nth: 2 });
  await fetch(`${emulator.url}/user_management/users`);
  await fetch(`${emulator.url}/user_management/users`);
  await fetch(`${emulator.url}/health`);
  await emulator.close();
  expect(waits).toEqual([25, 30]);
});
