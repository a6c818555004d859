/** The calls that the dashboard shows are the ones that it makes, that the vendor documents, and that the SDK makes. */
import { WorkOS } from "@workos-inc/node";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { type AnyEndpoint } from "../../api/endpoint";
import { callOf, curlOf, isControl, sdkOf, type Values, valuesOf } from "../../emulator/dashboard/call";
import { type Field, type Kind, kindOf, kinds, type Operation } from "../../emulator/dashboard/kinds";
import { operations } from "../../emulator/handlers/handler";

const endpoints = Object.values(operations).flatMap((family) => Object.values(family) as AnyEndpoint[]);

/** The declared operation that a call is of; of several whose path fits, the one with the fewest variables. */
function endpointOf(method: string, path: string): AnyEndpoint | undefined {
  const variables = (template: string) => template.split("{").length;
  return endpoints
    .filter((one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(path))
    .sort((a, b) => variables(a.path) - variables(b.path))[0];
}

const object = {
  ...{ id: "thing_1", slug: "a-slug", email: "ann@example.com", organization_id: "org_1", user_id: "user_1" },
  ...{ application_type: "oauth", group_id: "group_1", organization_membership_id: "om_1", resource_id: "org_1" },
};

function filledIn(field: Field): string | boolean {
  if (field.name === "events") return "user.created\nuser.deleted";
  if (field.name === "redirect_uris") return "http://localhost:3000/callback";
  switch (field.type ?? "text") {
    case "email":
      return "bea@example.com";
    case "password":
      return "a long password's text";
    case "number":
      return "7";
    case "yes":
      return false;
    case "choice":
      return field.options?.[1] ?? "";
    case "lines":
      return "one\n two \n";
    case "map":
      return "plan=pro\nregion=eu=west";
    case "ref":
      return `${kindOf(field.of ?? "")?.prefix ?? ""}_1`;
    case "url":
      return "https://example.com/hooks";
    case "text":
      return "some-text";
  }
}

const cases = kinds.flatMap((kind) =>
  [kind.create, kind.update, kind.remove, ...(kind.actions ?? [])].flatMap((operation) =>
    operation === undefined ? [] : [[`${kind.slug}: ${operation.label}`, kind, operation] as const],
  ),
);
const ofTheApi = cases.filter(([, , operation]) => !isControl(operation));

const filled = (operation: Operation): Values =>
  Object.fromEntries((operation.fields ?? []).map((field) => [field.name, filledIn(field)]));

function callFor(kind: Kind, operation: Operation) {
  const about = operation === kind.create ? {} : object;
  const values = filled(operation);
  const call = callOf(operation, values, about);
  return { about, values, call };
}

test.each(ofTheApi)("%s is an operation of the vendor's, whose body fits", (_, kind, operation) => {
  const { call } = callFor(kind, operation);
  const endpoint = endpointOf(call.method, call.path);
  expect(endpoint?.operation).toBeDefined();
  const { error } = endpoint?.body?.safeParse(call.body ?? {}) ?? {};
  expect(error?.issues ?? []).toEqual([]);
});

describe("the SDK sends what the page sends", () => {
  let received: { method: string; path: string; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      received.push({ method: request.method ?? "", path: request.url ?? "", body });
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    });
  });
  let workos: WorkOS;
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    workos = new WorkOS("sk_test_local", { apiHostname: "127.0.0.1", port, https: false, clientId: "client_local" });
  });
  beforeEach(() => {
    received = [];
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  });

  test.each(ofTheApi)("%s", async (_, kind, operation) => {
    const { about, values, call } = callFor(kind, operation);
    const code = sdkOf(operation, call, values, about) ?? "";
    expect(code).toMatch(/^await workos\./);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what a person would paste and run
    const run = new Function("workos", `return (async () => { ${code} })()`) as (sdk: WorkOS) => Promise<void>;
    // What it makes of an answer that has nothing in it does not matter here.
    await run(workos).catch((error: unknown) => {
      if (received.length === 0) throw error;
    });
    const { method, path, body } = call;
    expect(received).toEqual([{ method, path, body: body ?? (method === "DELETE" ? undefined : received[0]?.body) }]);
    // Where the operation has no body, what the SDK sends in its place says nothing.
    if (body === undefined) expect([undefined, {}, ""]).toContainEqual(received[0]?.body ?? undefined);
  });
});

test("a control is shown as curl alone, without a key", () => {
  const remove = kindOf("flags")?.remove;
  if (remove === undefined) throw new Error("no such operation");
  const call = callOf(remove, {}, object);
  expect(sdkOf(remove, call, {}, object)).toBeUndefined();
  expect(curlOf(call)).toBe('curl -X DELETE "$WORKOS_BASE_URL/_emulator/feature-flags/a-slug"');
});

test("curl is written so that a shell takes it as it is meant", () => {
  const call = { method: "POST", path: "/user_management/users", body: { first_name: "D'Arcy $HOME" } };
  expect(curlOf(call)).toBe(
    [
      'curl -X POST "$WORKOS_BASE_URL/user_management/users"',
      '-H "Authorization: Bearer $WORKOS_API_KEY"',
      '-H "Content-Type: application/json"',
      `-d '{"first_name":"D'\\''Arcy $HOME"}'`,
    ].join(" \\\n  "),
  );
});

describe("an edit", () => {
  const update = kindOf("users")?.update;
  if (update === undefined) throw new Error("no such operation");
  const user = {
    id: "user_1",
    email: "ann@example.com",
    first_name: "Ann",
    email_verified: true,
    metadata: { a: "1" },
  };

  test("sends what was changed and nothing else", () => {
    const values = { ...valuesOf(update, user), last_name: "Arbor" };
    expect(callOf(update, values, user)).toEqual({
      ...{ method: "PUT", path: "/user_management/users/user_1", body: { last_name: "Arbor" } },
    });
  });

  test("of redirect URIs begins with the default, and is for applications that have some", () => {
    const edit = kindOf("applications")?.update;
    if (edit === undefined) throw new Error("no such operation");
    const redirect_uris = [
      { uri: "http://localhost:1/", default: false },
      { uri: "http://localhost:2/", default: true },
    ];
    const wiki = { id: "conn_app_1", name: "Wiki", application_type: "oauth", scopes: [], redirect_uris };
    const values = valuesOf(edit, wiki);
    expect(values.redirect_uris).toBe("http://localhost:2/\nhttp://localhost:1/");
    expect(callOf(edit, values, wiki).body).toEqual({});
    expect(callOf(edit, { ...values, redirect_uris: "http://localhost:2/\nhttp://localhost:3/" }, wiki).body).toEqual({
      redirect_uris: [
        { uri: "http://localhost:2/", default: true },
        { uri: "http://localhost:3/", default: false },
      ],
    });
    expect(valuesOf(edit, { ...wiki, application_type: "m2m" })).not.toHaveProperty("redirect_uris");
  });

  test("empties a field by null, and takes a key out of a map by null", () => {
    const values = { ...valuesOf(update, user), first_name: "", metadata: "b=2" };
    expect(callOf(update, values, user).body).toEqual({ first_name: null, metadata: { a: null, b: "2" } });
  });
});
