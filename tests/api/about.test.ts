/** Answers that prove nothing: about something else, from somebody else, or without an end. */
import { failure, useServer, userObject } from "./support/api";
import { type Reply } from "./support/server";

const { server, api } = useServer();
const html = (status: number): Reply => ({
  status,
  text: "<html><body>404 page not found</body></html>",
  headers: { "content-type": "text/html" },
});

describe("missing is only what the vendor itself calls missing", () => {
  it.each<[string, unknown]>([
    ["the documented code and id", { message: "Entity not found", code: "entity_not_found", entity_id: "user_1" }],
    ["a message that names it", { message: "User not found: 'user_1'." }],
    ["a message that names the kind", { message: "Organization not found" }],
    ["a message and a code", { message: "Could not find an organization membership", code: "not_found" }],
    ["an error of OAuth's kind", { error: "organization_not_found", error_description: "No such organization" }],
  ])("%s", async (_what, json) => {
    server().reply({ status: 404, json });
    expect(await failure(api().users.get({ id: "user_1" }))).toMatchObject({ kind: "not_found", status: 404 });
  });

  it.each<[string, Reply]>([
    ["a proxy's page", html(404)],
    ["nothing at all", { status: 404 }],
    ["a plain text", { status: 404, text: "404 page not found", headers: { "content-type": "text/plain" } }],
    ["a gateway", { status: 404, json: { message: "no Route matched with those values" } }],
    ["a gateway that says as little as possible", { status: 404, json: { message: "Not Found" } }],
    ["a web framework", { status: 404, json: { statusCode: 404, message: "User not found", error: "Not Found" } }],
    ["a server under a wrong path", { status: 404, json: { message: "Cannot GET /v1/user_management/users/user_1" } }],
    [
      "a router that repeats the path",
      { status: 404, json: { message: "Not found: /user_management/users/user_01ABCDEF" } },
    ],
    ["a route of another service", { status: 404, json: { code: "route_not_found", message: "No such route" } }],
    ["another service", { status: 404, json: { error: { code: 404, message: "Requested entity was not found." } } }],
    ["a list", { status: 404, json: ["User not found"] }],
    ["a text in JSON", { status: 404, json: "User not found" }],
  ])("not %s", async (_what, reply) => {
    server().reply(reply);
    for (const call of [api().users.get({ id: "user_1" }), api().users.delete({ id: "user_1" })]) {
      const error = await failure(call);
      expect(error).toMatchObject({ kind: "bad_response", status: 404, code: "not_from_the_vendor", attempts: 1 });
      expect(error.message).toContain("Something else than WorkOS answered: check the client's `baseUrl`");
    }
  });
});

describe("a success without a body", () => {
  it.each<[string, Reply]>([
    ["no body", { status: 204 }],
    ["an empty object", { status: 200, json: {} }],
    ["null", { status: 202, json: null }],
  ])("may have %s", async (_what, reply) => {
    server().reply(reply);
    await expect(api().users.delete({ id: "user_1" })).resolves.toBeUndefined();
  });

  it.each<[string, Reply]>([
    ["a page", html(200)],
    ["a text", { status: 200, text: "<!-- saved -->", headers: { "content-type": "text/plain" } }],
    ["another service's word", { status: 200, json: { status: "ok" } }],
    ["an error", { status: 200, json: { error: "upstream failed" } }],
  ])("is none with %s", async (_what, reply) => {
    server().reply(reply);
    const error = await failure(api().users.delete({ id: "user_1" }));
    expect(error).toMatchObject({ kind: "bad_response", code: "unexpected_answer", ambiguous: true });
  });
});

describe("an answer about something else", () => {
  const other = { status: 200, json: userObject("user_2") };
  const membership = (fields: object) => ({
    ...{ object: "organization_membership", id: "om_1", user_id: "user_1", organization_id: "org_1" },
    ...{ status: "active", role: { slug: "member" } },
    ...{ created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z", ...fields },
  });

  it("is no answer: to a read, a write, and a look-up by another key", async () => {
    server().reply(other);
    const calls = [
      () => api().users.get({ id: "user_1" }),
      () => api().users.update({ id: "user_1", first_name: "Ann" }),
      () => api().users.getByExternalId({ external_id: "e-1" }),
    ];
    server().reply({ status: 200, json: { ...userObject("user_2"), external_id: "e-2" } });
    for (const call of calls) {
      expect(await failure(call())).toMatchObject({ kind: "bad_response", code: "answer_about_another" });
    }
  });

  it("is no answer to a create, which may have been carried out", async () => {
    server().reply({ status: 201, json: membership({ user_id: "user_2" }) });
    const create = api().organizationMemberships.create({ user_id: "user_1", organization_id: "org_1" });
    expect(await failure(create)).toMatchObject({ code: "answer_about_another", ambiguous: true });
    server().reply({ status: 201, json: userObject("user_2") });
    const other = await failure(api().users.create({ email: "somebody@else.example" }));
    expect(other).toMatchObject({ code: "answer_about_another", ambiguous: true });
    expect(other.message).not.toContain("somebody@else.example");
  });

  it.each([{ name: "Acme" }, { name: "Elsewhere", external_id: "acme" }])(
    "is no answer to a create that is told by %j",
    async (input) => {
      const { id, created_at, updated_at } = userObject("user_2");
      const elsewhere = { name: "Elsewhere", external_id: "elsewhere", domains: [], metadata: {} };
      const allow_profiles_outside_organization = false;
      const stripe_customer_id = "";
      const parts = { object: "organization", id, ...elsewhere, created_at, updated_at };
      server().reply({ status: 201, json: { ...parts, allow_profiles_outside_organization, stripe_customer_id } });
      expect(await failure(api().organizations.create(input))).toMatchObject({
        kind: "bad_response",
        code: "answer_about_another",
        ambiguous: true,
      });
    },
  );

  it("is the answer where only letter case differs", async () => {
    server().reply({ status: 201, json: userObject("user_2") });
    await api().users.create({ email: userObject("user_2").email.toUpperCase() });
  });

  it("is left out of a list whose filter was ignored", async () => {
    const data = [
      membership({ id: "om_2", user_id: "user_2" }),
      membership({ id: "om_3", organization_id: "org_2" }),
      membership({ id: "om_4", status: "inactive" }),
      membership({}),
    ];
    server().reply({ status: 200, json: { data, list_metadata: { before: null, after: null } } });
    const query = { user_id: "user_1", organization_id: "org_1", statuses: ["active" as const] };
    expect((await api().organizationMemberships.list(query)).data.map(({ id }) => id)).toEqual(["om_1"]);
    expect((await api().organizationMemberships.list(query).all()).map(({ id }) => id)).toEqual(["om_1"]);
  });
});

describe("lists", () => {
  const page = (ids: readonly string[], after: string | null) => ({
    status: 200,
    json: { data: ids.map((id) => userObject(id)), list_metadata: { before: null, after } },
  });

  it("have each entry once, whatever repeats", async () => {
    server().reply(page(["user_1", "user_1", "user_2"], "a"), page(["user_2", "user_3"], null));
    expect((await api().users.list().all()).map(({ id }) => id)).toEqual(["user_1", "user_2", "user_3"]);
  });

  it("end at a page that brings nothing new, however fresh its cursor: with an error, since the rest is unknown", async () => {
    server().handle(() => page(["user_1", "user_2"], `fresh-${server().requests.length}`));
    expect(await failure(api().users.list().all())).toMatchObject({ code: "cursor_not_advancing" });
    expect(server().requests).toHaveLength(2);
  });
});

it("an answer that is too large is said at once, and not asked for again", async () => {
  server().reply({ status: 200, text: " ".repeat(65 * 1024 * 1024), headers: { "content-type": "application/json" } });
  expect(await failure(api().users.get({ id: "user_1" }))).toMatchObject({ code: "answer_too_large", attempts: 1 });
});
