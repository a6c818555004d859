/** While writes wait for a place in the rate limits, what has to be read is read, and few people are half done. */
import { createApi } from "../../api";
import { useWorld } from "../support/world";
import { member, type Members, RosterLife } from "./support/organization";

const current = useWorld();
const people = 200;
const writesAtOnce = 100;

test("the writes of the last window follow one another with no read between them, and few wait for the second", async () => {
  const { emulator, clock } = current();
  const roster = await RosterLife.start(current());
  const wide = { requests: 100_000, perMs: 60_000 };
  const api = createApi({
    apiKey: emulator.apiKey,
    baseUrl: emulator.url,
    clock,
    budget: { read: wide, all: wide, write: { requests: writesAtOnce, perMs: 10_000 } },
  });
  const members: Members = Object.fromEntries(
    Array.from({ length: people }, (_, index) => [`person-${index}@example.com`, member("member")]),
  );

  const { error } = await roster.create(members, {}, { api });
  await api.close();
  expect(error).toBeUndefined();

  const requests = current().wire.all();
  const methods = requests.map(({ method }) => method);
  const writes = methods.flatMap((method, index) => (method === "GET" ? [] : [index]));
  expect(writes).toHaveLength(2 * people);
  const lastWindow = writes[2 * people - writesAtOnce] ?? Infinity;
  expect(methods.lastIndexOf("GET")).toBeLessThan(lastWindow);

  let halfDone = 0;
  let most = 0;
  for (const { method, path } of requests) {
    if (method === "POST") halfDone += path.endsWith("/users") ? 1 : -1;
    most = Math.max(most, halfDone);
  }
  expect(halfDone).toBe(0);
  expect(most).toBeLessThanOrEqual(64);
});
