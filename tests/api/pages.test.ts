import { failure, useServer, userObject } from "./support/api";
import { type SeenRequest } from "./support/server";

const { server, api } = useServer();

const users = Array.from({ length: 250 }, (_, index) => userObject(`user_${index}`));

/** Pages as the vendor makes them: cursors are ids, `after` walks forward, `before` backward. */
function servePages({ url }: SeenRequest) {
  const query = new URL(url, "http://x").searchParams;
  const limit = Number(query.get("limit") ?? 10);
  const index = (id: string) => users.findIndex((user) => user.id === id);
  const [before, after] = [query.get("before"), query.get("after")];
  const end = before === null ? undefined : index(before);
  const start = end === undefined ? (after === null ? 0 : index(after) + 1) : Math.max(0, end - limit);
  const data = users.slice(start, end ?? start + limit);
  const list_metadata = {
    before: start > 0 ? data[0]?.id : null,
    after: start + data.length < users.length ? data.at(-1)?.id : null,
  };
  return { status: 200, json: { object: "list", data, list_metadata } };
}
const urls = () => server().requests.map(({ url }) => url.replace("/user_management/users", ""));

it("nothing is requested before a list is awaited or walked", () => {
  api().users.list({ email: "a@example.com" });
  expect(server().requests).toEqual([]);
});

it("await gives one page, and next the one after it, with the same filters", async () => {
  server().handle(servePages);
  const page = await api().users.list({ limit: 2, order: "desc" });
  expect(page.data.map(({ id }) => id)).toEqual(["user_0", "user_1"]);
  expect(page.hasMore).toBe(true);
  const second = await page.next();
  expect(second?.data.map(({ id }) => id)).toEqual(["user_2", "user_3"]);
  expect(urls()).toEqual(["?limit=2&order=desc", "?limit=2&after=user_1&order=desc"]);
});

it("the vendor's page size applies where one page is asked for without a limit", async () => {
  server().handle(servePages);
  expect((await api().users.list()).data).toHaveLength(10);
  expect(urls()).toEqual([""]);
});

it("for await walks every item in pages of 100", async () => {
  server().handle(servePages);
  const seen: string[] = [];
  for await (const user of api().users.list({ organization_id: "org_1" })) seen.push(user.id);
  expect(seen).toEqual(users.map(({ id }) => id));
  expect(urls()).toEqual([
    "?limit=100&organization_id=org_1",
    "?limit=100&after=user_99&organization_id=org_1",
    "?limit=100&after=user_199&organization_id=org_1",
  ]);
});

it("all collects them, in pages of another size where one is given", async () => {
  server().handle(servePages);
  expect(await api().users.list({ limit: 60, email: undefined }).all()).toHaveLength(250);
  expect(urls()).toHaveLength(5);
});

it("a list asked for with before is walked backward", async () => {
  server().handle(servePages);
  const seen: string[] = [];
  for await (const user of api().users.list({ before: "user_5", limit: 2 })) seen.push(user.id);
  expect(seen).toEqual(["user_3", "user_4", "user_1", "user_2", "user_0"]);
});

it("stops asking when the caller stops walking", async () => {
  server().handle(servePages);
  for await (const user of api().users.list()) if (user.id === "user_10") break;
  expect(urls()).toHaveLength(1);
});

it("an empty list ends at once", async () => {
  server().reply({ status: 200, json: { data: [], list_metadata: { before: null, after: "" } } });
  expect(await api().users.list().all()).toEqual([]);
  const page = await api().users.list();
  expect([page.hasMore, page.next()]).toEqual([false, undefined]);
});

it("a cursor that comes back is an error, not a list without end", async () => {
  const cursors = ["a", "b", "a"];
  server().handle(() => ({
    status: 200,
    json: {
      data: [users[server().requests.length]],
      list_metadata: { before: null, after: cursors[server().requests.length - 1] },
    },
  }));
  const error = await failure(api().users.list().all());
  expect(error).toMatchObject({
    kind: "bad_response",
    code: "cursor_not_advancing",
    method: "GET",
    path: "/user_management/users",
  });
  expect(server().requests).toHaveLength(3);
});

it("a failure on a later page is thrown, with the items before it delivered", async () => {
  server().handle((request) => (request.url.includes("after") ? { status: 403 } : servePages(request)));
  const seen: string[] = [];
  const walk = async () => {
    for await (const user of api().users.list()) seen.push(user.id);
  };
  expect((await failure(walk())).kind).toBe("forbidden");
  expect(seen).toHaveLength(100);
});

it("behaves as a promise: catch and finally", async () => {
  server().reply({ status: 403 });
  let ended = false;
  const kind = await api()
    .users.list()
    .finally(() => (ended = true))
    .catch((error: { kind: string }) => error.kind);
  expect([kind, ended]).toEqual(["forbidden", true]);
  expect(
    await api()
      .users.list()
      .catch(() => "caught"),
  ).toBe("caught");
});
