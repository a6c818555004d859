/** The dashboard over HTTP: who may see it, what it tells, and what it keeps to itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ObjectList } from "../../emulator/dashboard/objects";
import { kinds } from "../../emulator/dashboard/kinds";
import { maskBody, masked, maskHeaders, maskQuery } from "../../emulator/dashboard/mask";
import { switchChoices, switchTexts, typedPosition, typedText } from "../../emulator/dashboard/switches";
import { defaultSwitches } from "../../emulator";
import { switches } from "../../emulator/switches";
import { RequestLog } from "../../emulator/http/request-log";
import { data, day, Local, local } from "./support/local";
import { Receiver } from "./support/receiver";

const at = local();
const users = "/user_management/users";

/** As a browser or anybody else would ask, without a key. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  return at().call(method, path, undefined, { Authorization: "", ...headers });
}
const browser = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const list = async (kind: string, query = "") =>
  (await ask(`/_emulator/dashboard/list/${kind}${query}`)).body as unknown as ObjectList;

describe("the page", () => {
  test("is at the root for a browser, and programs are answered as before", async () => {
    const page = await ask("/", browser);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(page.text).toContain("<h1>Local AuthKit</h1>");
    const program = await ask("/", { Accept: "application/json" });
    expect([program.status, program.body]).toEqual([404, { message: "Cannot GET /" }]);
    expect((await ask("/dashboard/users", { Accept: "*/*" })).status).toBe(404);
  });

  test("has every kind's list and object, made on the server", async () => {
    const { id, email } = await at().user({ first_name: "<script>alert(1)</script>" });
    expect((await ask("/dashboard/users", browser)).text).toContain(`<a href="/dashboard/users/${id}">${email}</a>`);
    const shown = await ask(`/dashboard/users/${id}`, browser);
    expect(shown.text).toContain(`<h1>${email}</h1>`);
    expect(shown.text).not.toContain("<script>alert");
    for (const { slug, title } of kinds) {
      const page = await ask(`/dashboard/${slug}`, browser);
      expect([page.status, page.text.includes(`<h1>${title}</h1>`)]).toEqual([200, true]);
    }
  });

  test("is not found where there is none", async () => {
    const page = await ask("/dashboard/nothing", browser);
    expect([page.status, page.text.includes("There is no such page.")]).toEqual([404, true]);
  });

  test("loads nothing from elsewhere, runs no script of its own text, and is framed by nobody", async () => {
    const page = await ask("/", browser);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("x-frame-options")).toBe("DENY");
    expect(page.headers.get("cache-control")).toBe("no-store");
    for (const name of ["app.js", "app.css"]) {
      const { status, text, headers } = await ask(`/_emulator/dashboard/${name}`);
      expect([status, text.length > 1000, headers.get("x-content-type-options")]).toEqual([200, true, "nosniff"]);
      expect(text).not.toMatch(/url\(\s*["']?https?:/);
    }
  });
});

describe("pages of others reach nothing", () => {
  const paths = ["/", "/dashboard/users", "/_emulator/dashboard/status", "/_emulator/dashboard/stream"];
  const more = ["/_emulator/state", "/_emulator/mailbox", "/_emulator/snapshot"];
  const origins = ["https://app.example.com", "http://localhost:3000", "http://127.0.0.1:3000", "null"];

  test.each([...paths, ...more].flatMap((path) => origins.map((origin) => [path, origin] as const)))(
    "%s from %s, though its CORS origin is declared",
    async (path, origin) => {
      await at().post("/user_management/cors_origins", { origin: "https://app.example.com" });
      const answer = await ask(path, { ...browser, Origin: origin });
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, null]);
      expect((await ask(path, { Origin: origin }, "OPTIONS")).headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  test.each(["cross-site", "same-site"])("by an image, a script or a frame: %s", async (site) => {
    const headers = { ...browser, "Sec-Fetch-Site": site };
    for (const dest of ["image", "script", "iframe", "empty"]) {
      for (const path of ["/", "/_emulator/state"]) {
        expect((await ask(path, { ...headers, "Sec-Fetch-Dest": dest })).status).toBe(403);
      }
    }
    expect((await ask("/", { ...headers, "Sec-Fetch-Dest": "document" })).status).toBe(200);
    const posted = await ask("/_emulator/reset", { ...headers, "Sec-Fetch-Dest": "document" }, "POST");
    expect(posted.status).toBe(403);
  });

  test("under another name, which might lead here", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...browser, Host: "evil.example" };
      get(at().emulator.url, { headers }, (response) => resolve(response.resume().statusCode)).on("error", reject);
    });
    expect(status).toBe(403);
  });
});

describe("lists", () => {
  test("are paged, the latest first, and say how many there are", async () => {
    for (let count = 0; count < 7; count += 1) await at().user({ email: `u${count}@example.com` });
    const { data: second, total } = await list("users", "?limit=3&page=2");
    expect([second.map(({ email }) => email), total]).toEqual([
      ["u3@example.com", "u2@example.com", "u1@example.com"],
      7,
    ]);
    expect((await list("users", "?limit=3&page=9")).data).toEqual([]);
    expect((await ask("/_emulator/dashboard/list/users?limit=1000")).status).toBe(422);
  });

  test("are searched by what people know, and filtered by fields", async () => {
    const organization = await at().organization({ name: "Acme" });
    const ann = await at().user({ email: "ann@acme.example", last_name: "Arbor", email_verified: true });
    await at().user({ email: "bea@example.com" });
    await at().membership(ann.id, organization.id);
    expect((await list("users", "?search=ARBOR")).data).toMatchObject([{ id: ann.id }]);
    expect((await list("users", "?email_verified=true")).total).toBe(1);
    expect((await list("memberships", "?search=acme")).total).toBe(1);
    expect((await list("memberships", `?user_id=${ann.id}`)).labels).toEqual(
      expect.objectContaining({ [ann.id]: "ann@acme.example", [organization.id]: "Acme" }),
    );
    expect((await list("events", "?search=organization_membership")).total).toBe(1);
  });

  test("tell an invitation that is over by the clock", async () => {
    await at().invitation();
    at().control.clock.advance(8 * day);
    expect((await list("invitations", "?state=expired")).data).toMatchObject([{ state: "expired" }]);
    expect((await list("invitations", "?state=pending")).total).toBe(0);
  });

  test("a kind or an object that is not there is 404", async () => {
    expect((await ask("/_emulator/dashboard/list/nothing")).status).toBe(404);
    expect((await ask("/_emulator/dashboard/object/users/user_x")).status).toBe(404);
  });

  test("looking at the dashboard is no request of the log, and meets no fault", async () => {
    at().control.faults.add({ status: 503 });
    await ask("/", browser);
    await list("users");
    expect(at().control.requests.list()).toEqual([]);
    expect(at().control.faults.list()).toMatchObject([{ matched: 0 }]);
  });
});

test("deliveries are listed with their event and last answer, by state, endpoint and event", async () => {
  const receiver = await Receiver.start();
  try {
    receiver.answer(500, "not today", 1);
    const { id } = (await at().post("/webhook_endpoints", { endpoint_url: receiver.url, events: ["user.created"] }))
      .body;
    const attempted = new Promise<void>((resolve) => {
      const stop = at().control.deliveries.onChange(({ attempts }) => {
        if (attempts.length === 0) return;
        stop();
        resolve();
      });
    });
    await at().user();
    await attempted;
    const [delivery, ...others] = (await list("deliveries", "?state=pending")).data;
    const said = { name: "user.created", url: receiver.url, tries: 1, answer: "500", webhookEndpointId: id };
    expect([delivery, others]).toMatchObject([said, []]);
    expect((await list("deliveries", "?state=failed")).total).toBe(0);
    expect((await list("deliveries", `?webhookEndpointId=${String(id)}&search=USER.CREATED`)).total).toBe(1);
    const [event] = (await list("events", "?search=user.created")).data;
    expect((await list("deliveries", `?event_id=${String(event?.id)}`)).total).toBe(1);
    expect((await ask(`/dashboard/deliveries/${String(delivery?.id)}`, browser)).text).toContain("not today");
  } finally {
    await receiver.close();
  }
});

describe("a request", () => {
  const shownOf = async (id: string | undefined) => (await ask(`/_emulator/requests/${id ?? ""}`)).body;
  const last = () => at().control.requests.list().at(-1);

  test("is shown with headers, bodies, duration and what it changed, its secrets masked", async () => {
    const body = { email: "ann@example.com", metadata: { token: "t0p" } };
    const { id: userId } = (await at().call("POST", users, body, { Cookie: "session=abcdef" })).body;
    const shown = await shownOf(last()?.id);
    expect(shown).toMatchObject({
      request: { method: "POST", path: users, status: 201, durationMs: expect.any(Number) as number },
      detail: { changes: [{ kind: "users", id: userId, verb: "created" }], shortened: false },
    });
    const { requestHeaders, requestBody, answerBody } = shown.detail as Record<string, string | string[][]>;
    expect(requestHeaders).toContainEqual([expect.stringMatching(/^authorization$/i), `Bearer ${masked}`]);
    expect(JSON.stringify(requestHeaders)).not.toContain("abcdef");
    expect(requestBody).toContain("ann@example.com");
    expect(requestBody).not.toContain("t0p");
    expect(answerBody).toContain(String(userId));
  });

  test("is listed without the secrets of its address", async () => {
    const { token } = await at().invitation();
    await at().get(`/user_management/invitations/by_token/${token}`);
    await at().get("/organizations?access_token=hidden-one&limit=1");
    const paths = (await list("requests")).data.map(({ path, query }) => `${String(path)}?${String(query)}`);
    expect(paths.slice(0, 2)).toEqual([
      `/organizations?access_token=${masked}&limit=1`,
      `/user_management/invitations/by_token/${masked}?`,
    ]);
    const page = (await ask("/dashboard/requests", browser)).text;
    for (const secret of [token, "hidden-one"]) expect(page).not.toContain(secret);
  });

  test("what goes with an object is told too", async () => {
    const [{ id: user }, { id: organization }] = [await at().user(), await at().organization()];
    const membership = await at().membership(user, organization);
    await at().delete(`/organizations/${organization}`);
    const { changes } = (await shownOf(last()?.id)).detail as { changes: unknown };
    expect(changes).toEqual(
      expect.arrayContaining([
        { kind: "organizations", id: organization, verb: "deleted" },
        { kind: "memberships", id: membership.id, verb: "deleted" },
      ]),
    );
  });

  test("is repeated as it was, key and body included", async () => {
    await at().post("/organizations", { name: "Acme" });
    const again = await ask(`/_emulator/requests/${last()?.id ?? ""}/repeat`, {}, "POST");
    expect([again.status, again.body]).toEqual([201, { id: last()?.id, status: 201 }]);
    expect(
      at()
        .control.state()
        .organizations.map(({ name }) => name),
    ).toEqual(["Acme", "Acme"]);
    await at().get(`${users}?limit=1&order=asc`);
    await ask(`/_emulator/requests/${last()?.id ?? ""}/repeat`, {}, "POST");
    expect(
      at()
        .control.requests.list()
        .slice(-2)
        .map(({ query }) => query),
    ).toEqual(["limit=1&order=asc", "limit=1&order=asc"]);
  });

  test("that a fault cuts is repeated too, and is cut", async () => {
    await at().get(users);
    at().control.faults.add({ cut: "connection" });
    const again = await ask(`/_emulator/requests/${last()?.id ?? ""}/repeat`, {}, "POST");
    expect(again.body).toEqual({ id: null, status: null });
    expect(last()).toMatchObject({ path: users, cut: true });
  });

  test("that was too long is shown by its beginning and not repeated", async () => {
    await at().post("/organizations", { name: "x".repeat(100_000) });
    const { detail } = await shownOf(last()?.id);
    expect(detail).toMatchObject({ shortened: true });
    const refused = await ask(`/_emulator/requests/${last()?.id ?? ""}/repeat`, {}, "POST");
    expect([refused.status, String(refused.body.message)]).toEqual([400, expect.stringContaining("not kept whole")]);
  });

  test("is kept in bounded memory, the details of the oldest go first", () => {
    const log = new RequestLog();
    const entry = (id: number) => ({
      ...{ id: String(id), time: "", method: "GET", path: "/x", query: "", operation: null, idempotencyKey: null },
      ...{ userAgent: null, status: 200, fault: null, cut: false, durationMs: 1 },
    });
    for (let id = 0; id < 1000; id += 1) {
      const detail = { requestHeaders: [], requestBody: "", answerHeaders: {}, changes: [] };
      log.keep(log.begin(entry(id)), { ...detail, answerBody: "x".repeat(64 * 1024) });
    }
    const kept = log.list().filter(({ id }) => log.detail(id) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(256);
    expect(kept.at(-1)?.id).toBe("999");
    expect(kept.length).toBeGreaterThan(200);
  });
});

describe("masking", () => {
  test.each([
    ['{"password":"p"}', "password"],
    ['{"user":{"name":"n"},"access_token":"abc"}', "access_token"],
    ['{"name":"ci","value":"plain"}', "value"],
    ['{"email":"a@b.c","code":"123456"}', "code"],
    ['{"data_key":"AAAA","encrypted_keys":"BBBB"}', "data_key"],
    ['{"value":"of the vault","version_check":"1"}', "value"],
    ['{"credential":{"object":"credential","auth_method":"api_key","value":"theirs"}}', "value"],
    ['{"type":"api_key","credential":"agent_key"}', "credential"],
    ['{"totp":{"secret":"s","qr_code":"data:x","uri":"otpauth://totp/x"}}', "uri"],
  ])("%s", (text, name) => {
    expect(maskBody(text, "application/json")).toContain(`"${name}": "${masked}"`);
  });

  test.each([
    ['{"code":"invalid_request_parameters","message":"m"}', "invalid_request_parameters"],
    ['{"redirect_uris":[{"uri":"http://localhost:3000/","default":true}]}', "http://localhost:3000/"],
    ['{"obfuscated_value":"sk_…abcd"}', "abcd"],
    ['{"verification_uri":"http://localhost:4747/activate"}', "http://localhost:4747/activate"],
    ['{"emails":[{"primary":true,"type":"work","value":"ann@example.com"}]}', "ann@example.com"],
    ['{"password":null}', "null"],
  ])("leaves what is none: %s", (text, kept) => {
    expect(maskBody(text, "application/json")).toContain(kept);
  });

  test("in forms, queries, headers, addresses, and what is no whole JSON", () => {
    const form = "grant_type=password&client_secret=s3&password=p%20w";
    const shown = `grant_type=password&client_secret=${masked}&password=${masked}`;
    expect(maskBody(form, "application/x-www-form-urlencoded")).toBe(shown);
    expect(maskQuery("invitation_token=abc&limit=1")).toBe(`invitation_token=${masked}&limit=1`);
    expect(maskHeaders(["Authorization", "Bearer abc", "X-Key", `sk_live_${"a".repeat(10)}`])).toEqual([
      ["Authorization", `Bearer ${masked}`],
      ["X-Key", masked],
    ]);
    const url = '{"accept_invitation_url":"http://x/invite?invitation_token=abc"}';
    expect(maskBody(url, "application/json")).toContain(`invitation_token=${masked}`);
    const device = '{"verification_uri_complete":"http://x/activate?user_code=ABCD-EFGH"}';
    expect(maskBody(device, "application/json")).not.toContain("ABCD");
    expect(maskBody("code_verifier=abc&client_id=c", "text/plain")).toBe(`code_verifier=${masked}&client_id=c`);
    expect(maskBody('{"code_verifier":"abc","na', "application/json")).not.toContain("abc");
    expect(maskQuery("api_key=abc")).toBe(`api_key=${masked}`);
    expect(maskBody('{"password":"secret wor', "application/json")).not.toContain("secret wor");
    expect(maskBody('{"password":"secret","na', "application/json")).not.toContain('secret"');
  });
});

test("the secret of a webhook endpoint is in no page, and told to whoever asks for it", async () => {
  const { id, secret } = (
    await at().post("/webhook_endpoints", { endpoint_url: "http://127.0.0.1:9/", events: ["user.created"] })
  ).body;
  expect((await ask(`/dashboard/webhooks/${String(id)}`, browser)).text).not.toContain(secret);
  expect((await ask(`/_emulator/dashboard/webhook-secret/${String(id)}`)).body).toEqual({ secret });
  expect((await ask("/_emulator/dashboard/webhook-secret/we_none")).status).toBe(404);
  const foreign = { Origin: "http://localhost:3000" };
  expect((await ask(`/_emulator/dashboard/webhook-secret/${String(id)}`, foreign)).status).toBe(403);
});

describe("what is switched on is told, with what ends it", () => {
  const signs = async () =>
    (await ask("/_emulator/dashboard/status")).body.signs as {
      name: string;
      off: { method: string; path: string; body?: unknown };
    }[];
  const { control } = { control: () => at().control };

  test.each<[string, () => void]>([
    ["faults", () => void control().faults.add({ status: 503 })],
    ["latency", () => control().latency.set(1)],
    ["limits", () => control().rateLimits.set({})],
    ["deletes", () => control().asyncDeletes.set({ delayMs: 1000 })],
    ["clock", () => control().clock.advance(day)],
    ["switches", () => void control().switches.set({ mfa: "required" })],
  ])("%s", async (name, turnOn) => {
    expect(await signs()).toEqual([]);
    turnOn();
    const [sign, ...others] = await signs();
    expect([sign?.name, others]).toEqual([name, []]);
    await at().call(sign?.off.method ?? "", sign?.off.path ?? "", sign?.off.body);
    expect(await signs()).toEqual([]);
  });

  test("latency is real time that every request takes longer", async () => {
    expect((await at().call("PUT", "/_emulator/latency", { ms: 40 })).body).toEqual({ ms: 40 });
    await at().get(users);
    expect(at().control.requests.list().at(-1)?.durationMs).toBeGreaterThan(30);
    expect((await at().call("PUT", "/_emulator/latency", { ms: -1 })).status).toBe(422);
    expect((await at().call("PUT", "/_emulator/latency", { ms: "1" })).status).toBe(422);
  });

  test.each([
    ["providers", " GoogleOAuth,GitHubOAuth ", ["GoogleOAuth", "GitHubOAuth"], "GoogleOAuth, GitHubOAuth"],
    ["ssoRequired", "org_a org_b", ["org_a", "org_b"], "org_a, org_b"],
    ["ssoRequired", " ", [], ""],
    ["loginUri", " http://localhost:4000/in ", "http://localhost:4000/in", "http://localhost:4000/in"],
    ["loginUri", "", null, ""],
  ] as const)("the switch %s takes what is typed: '%s'", (name, text, position, again) => {
    const typed = typedPosition(switchTexts[name] ?? "text", text);
    expect([typed, typedText(typed)]).toEqual([position, again]);
    expect(switches.partial().safeParse({ [name]: typed }).success).toBe(true);
  });

  test("every position of every switch can be chosen", () => {
    const names = [...Object.keys(switchChoices), ...Object.keys(switchTexts)];
    expect(names.sort()).toEqual(Object.keys(defaultSwitches).sort());
    for (const [name, positions] of Object.entries(switchChoices)) {
      for (const position of positions) {
        expect(switches.partial().safeParse({ [name]: position }).success).toBe(true);
      }
    }
  });
});

describe("snapshots", () => {
  const call = (method: string, path: string, body?: unknown) => at().call(method, `/_emulator${path}`, body);

  test("are saved under a name, restored and deleted", async () => {
    const { id } = await at().user({ email: "ann@example.com", password: "correct horse battery" });
    const saved = (await call("POST", "/snapshots", { name: "before" })).body;
    expect(saved).toMatchObject({ name: "before", objects: expect.any(Number) as number });
    await at().delete(`${users}/${id}`);
    await at().user({ email: "bea@example.com" });
    expect((await call("POST", `/snapshots/${String(saved.id)}/restore`)).status).toBe(204);
    expect(
      at()
        .control.state()
        .users.map(({ email }) => email),
    ).toEqual(["ann@example.com"]);
    expect(await at().control.passwordMatches(id, "correct horse battery")).toBe(true);
    // What a snapshot holds has not happened now.
    expect(data(await at().get("/events?events[]=user.created&events[]=user.deleted"))).toEqual([]);
    const later = await at().user();
    expect(later.id > id).toBe(true);
    expect((await call("DELETE", `/snapshots/${String(saved.id)}`)).status).toBe(204);
    expect((await call("GET", "/snapshots")).body).toEqual({ data: [] });
    expect((await call("POST", `/snapshots/${String(saved.id)}/restore`)).status).toBe(404);
  });

  test("bring back no answer that was given since", async () => {
    at().control.switches.set({ idempotency: "honour" });
    const make = () => at().call("POST", "/organizations", { name: "Acme" }, { "Idempotency-Key": "one" });
    const saved = (await call("POST", "/snapshots", { name: "before" })).body;
    const first = await make();
    expect((await make()).body).toEqual(first.body);
    await call("POST", `/snapshots/${String(saved.id)}/restore`);
    const second = await make();
    expect(at().control.state().organizations).toMatchObject([{ id: second.body.id }]);
    await call("DELETE", `/snapshots/${String(saved.id)}`);
  });

  test("go from one server to another, larger ones than a request may be, and into its data file", async () => {
    await at().organization({ name: "Acme", metadata: { note: "n".repeat(500) } });
    for (let count = 0; count < 30; count += 1) await at().organization({ name: "x".repeat(40_000) });
    const state = (await call("GET", "/snapshot")).text;
    expect(state.length).toBeGreaterThan(1024 * 1024);
    const directory = mkdtempSync(join(tmpdir(), "authkit-snapshot-"));
    const dataFile = join(directory, "authkit.data");
    const other = await Local.start({ dataFile });
    try {
      expect((await other.call("PUT", "/_emulator/snapshot", state)).status).toBe(204);
      expect(other.control.state().organizations).toEqual(at().control.state().organizations);
      await other.emulator.close();
      const again = await Local.start({ dataFile });
      const { organizations } = again.control.state();
      await again.emulator.close();
      expect(organizations).toEqual(at().control.state().organizations);
    } finally {
      await other.emulator.close();
      rmSync(directory, { recursive: true });
    }
  });

  test("that are none are refused in words, and nothing is lost by it", async () => {
    const { id } = await at().user();
    const whole = (await call("GET", "/snapshot")).body;
    const refused = [
      [await call("PUT", "/snapshot", {}), "not a snapshot of the local AuthKit"],
      [await call("PUT", "/snapshot", "{"), "JSON"],
      [await call("PUT", "/snapshot", { ...whole, content: [["nothing", "x", { id: "x" }]] }), "no kind nothing"],
      [await call("PUT", "/snapshot", { ...whole, content: [["users", "x", { id: "y" }]] }), "another id"],
      [await call("PUT", "/snapshot", { ...whole, content: [["users", "x", { id: "x" }]] }), "not what its kind is"],
      [await call("PUT", "/snapshot", { ...whole, content: [["organizations", "x", { id: "x" }]] }), "x: name"],
      [
        await call("PUT", "/snapshot", { ...whole, content: [["webhookEndpoints", "x", { id: "x", secret: "" }]] }),
        "not what its kind is",
      ],
    ] as const;
    for (const [answer, says] of refused) {
      expect([400, 422]).toContain(answer.status);
      expect(String(answer.body.message)).toContain(says);
    }
    expect(at().control.state().users).toMatchObject([{ id }]);
  });
});

describe("a link that signs in", () => {
  const redirectUri = "http://localhost:3000/callback";
  const link = (userId: string, body: object) => at().call("POST", `/_emulator/users/${userId}/sign-in-link`, body);
  const exchange = async (url: string) =>
    at().post("/user_management/authenticate", {
      ...{ grant_type: "authorization_code", code: new URL(url).searchParams.get("code") },
      ...{ client_id: at().emulator.clientId, client_secret: at().emulator.apiKey },
    });

  test("leads to the application with a code for the person, who is in the organization", async () => {
    const [{ id }, organization] = [await at().user(), await at().organization()];
    await at().membership(id, organization.id);
    const { status, body } = await link(id, { redirectUri });
    expect([status, String(body.url).startsWith(`${redirectUri}?code=`)]).toEqual([201, true]);
    const signedIn = await exchange(String(body.url));
    expect(signedIn.body).toMatchObject({ user: { id }, organization_id: organization.id });
    expect(signedIn.body.impersonator).toBeUndefined();
    expect((await exchange(String(body.url))).status).toBe(400);
  });

  test("impersonates: the answer, the session and the access token say who looks on", async () => {
    const { id } = await at().user();
    const impersonator = { email: "support@example.com", reason: "ticket 7" };
    const { body } = await link(id, { redirectUri, impersonator });
    const signedIn = await exchange(String(body.url));
    expect(signedIn.body).toMatchObject({ impersonator, authentication_method: "Impersonation" });
    const [, claims = ""] = String(signedIn.body.access_token).split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ act: { sub: impersonator.email } });
    expect(data(await at().get(`${users}/${id}/sessions`))).toMatchObject([
      { impersonator, auth_method: "impersonation" },
    ]);
  });

  test("is refused where it would lead astray", async () => {
    const { id } = await at().user();
    expect((await link("user_x", { redirectUri })).status).toBe(404);
    expect((await link(id, {})).body.message).toBe("redirectUri: say where the application is.");
    expect((await link(id, { redirectUri: "javascript:alert(1)" })).status).toBe(422);
    const { id: organizationId } = await at().organization();
    expect((await link(id, { redirectUri, organizationId })).status).toBe(422);
    await at().post("/user_management/redirect_uris", { uri: "http://localhost:4000/callback" });
    expect((await link(id, { redirectUri })).body.message).toBe("redirectUri: not one of the environment's.");
  });
});

test("the stream tells what to look at again, and ends with the server", async () => {
  const other = await Local.start();
  const answer = await fetch(`${other.emulator.url}/_emulator/dashboard/stream`);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const heard: string[] = [];
  const listening = (async () => {
    const decoder = new TextDecoder();
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) heard.push(decoder.decode(part));
  })();
  const hear = async (topic: string) => {
    while (!heard.join("").includes(`"${topic}"`)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await other.user();
  await Promise.all(["requests", "objects", "events"].map(hear));
  expect(heard.join("")).not.toContain("deliveries");
  // Nobody listens there, which is told all the same.
  await other.post("/webhook_endpoints", { endpoint_url: "http://127.0.0.1:9/hooks", events: ["user.created"] });
  await other.user();
  await hear("deliveries");
  other.control.faults.add({ status: 503 });
  await hear("settings");
  await other.emulator.close();
  await listening;
});
