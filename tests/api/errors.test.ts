import { inspect } from "node:util";
import { hasCode, isNotFound, isWorkosError, WorkosError } from "../../api";
import { type Failure } from "../../api/http/errors";
import { remedyFor } from "../../api/http/remedies";
import { jsonPath } from "../../api/http/response";
import { redactor } from "../../api/http/redact";
import { API_KEY, failure, useServer, userObject } from "./support/api";
import { type Reply } from "./support/server";

const { server, api } = useServer();
const withId = { "X-Request-ID": "req_01" };

describe("every error body the vendor is known to answer", () => {
  const cases: [name: string, reply: Reply, expected: Partial<WorkosError>, text: string][] = [
    [
      "E1 message only",
      { status: 404, json: { message: "User not found" }, headers: withId },
      { kind: "not_found", code: undefined, requestId: "req_01" },
      "→ 404: User not found [request req_01]",
    ],
    [
      "E1 with code and entity",
      { status: 404, json: { code: "entity_not_found", message: "User not found: 'user_x'.", entity_id: "user_x" } },
      { kind: "not_found", code: "entity_not_found", entityId: "user_x" },
      "→ 404 entity_not_found: User not found: 'user_x'.",
    ],
    [
      "E2 code and message",
      { status: 409, json: { code: "user_deletion_not_allowed", message: "No" } },
      { kind: "conflict", code: "user_deletion_not_allowed" },
      "→ 409 user_deletion_not_allowed: No",
    ],
    [
      "E3 nested codes",
      {
        status: 400,
        headers: withId,
        json: {
          code: "user_creation_error",
          message: "Could not create user.",
          errors: [{ code: "email_not_available", message: "taken", field: "email" }],
        },
      },
      {
        kind: "invalid",
        code: "user_creation_error",
        fields: [{ field: "email", code: "email_not_available", message: "taken" }],
      },
      "→ 400 user_creation_error: Could not create user. (email: email_not_available) [request req_01]",
    ],
    [
      "E3 as 422",
      {
        status: 422,
        json: {
          code: "invalid_request_parameters",
          message: "Validation failed",
          errors: [{ code: "email_string_required", message: "m" }],
        },
      },
      { kind: "invalid", fields: [{ code: "email_string_required", message: "m", field: undefined }] },
      "→ 422 invalid_request_parameters: Validation failed (email_string_required)",
    ],
    [
      "E4 fields without a code of its own",
      { status: 422, json: { message: "Validation failed", errors: [{ code: "required", field: "name" }] } },
      { kind: "invalid", code: undefined, fields: [{ code: "required", field: "name", message: undefined }] },
      "→ 422: Validation failed (name: required)",
    ],
    [
      "E5 OAuth",
      { status: 400, json: { error: "invalid_grant", error_description: "The grant is invalid." } },
      { kind: "invalid", code: "invalid_grant" },
      "→ 400 invalid_grant: The grant is invalid.",
    ],
    [
      "E6 sso_required",
      {
        status: 403,
        json: { error: "sso_required", error_description: "SSO", connection_ids: ["conn_1"], email: "a@example.com" },
      },
      { kind: "forbidden", code: "sso_required" },
      "→ 403 sso_required: SSO\nThe API key is valid but may not do this",
    ],
    [
      "E7 step-up",
      {
        status: 403,
        json: { code: "email_verification_required", message: "Verify", pending_authentication_token: "pat_secret_1" },
      },
      { kind: "forbidden", code: "email_verification_required" },
      "→ 403 email_verification_required: Verify",
    ],
    [
      "E8 error as a phrase",
      { status: 422, json: { message: "Stripe is off", error: "Unprocessable Entity" } },
      { kind: "invalid", code: undefined },
      "→ 422: Stripe is off",
    ],
    [
      "E9 constraints",
      {
        status: 422,
        json: {
          message: "Invalid",
          errors: [{ property: "uri", constraints: { isUrl: "must be a URL", max: "too long" } }],
        },
      },
      { kind: "invalid", fields: [{ field: "uri", code: undefined, message: "must be a URL; too long" }] },
      "→ 422: Invalid (uri: must be a URL; too long)",
    ],
    ["E10 empty", { status: 401 }, { kind: "auth" }, "→ 401: an empty answer"],
    [
      "E10 HTML of a proxy",
      { status: 403, text: "<html>secret page</html>", headers: { "content-type": "text/html; charset=utf-8" } },
      { kind: "forbidden" },
      "→ 403: an answer of text/html (24 bytes)",
    ],
    ["E10 text", { status: 400, text: "nope" }, { kind: "invalid" }, "→ 400: an answer of unknown type (4 bytes)"],
    [
      "JSON that is no object",
      { status: 400, json: [1] },
      { kind: "invalid" },
      "→ 400: an answer of application/json (3 bytes)",
    ],
    ["JSON null", { status: 400, json: null }, { kind: "invalid", fields: [] }, "→ 400"],
    ["an object that says nothing", { status: 400, json: {} }, { kind: "invalid" }, "→ 400: no message in the answer"],
    ["messages as a list", { status: 400, json: { message: ["a", "b"] } }, { kind: "invalid" }, "→ 400: a; b"],
    [
      "errors as texts",
      { status: 400, json: { message: "m", errors: ["a", 7, null] } },
      { fields: [{ message: "a" }] },
      "→ 400: m (a)",
    ],
    ["several lines and colours", { status: 400, json: { message: "a\n\u001b[31mb" } }, {}, "→ 400: a [31mb"],
    [
      "a redirect, by its origin only",
      { status: 302, headers: { location: "https://login.example.com/?token=abc" } },
      { kind: "bad_response" },
      "→ 302: unexpected redirect to https://login.example.com\nThe server at that address sends requests elsewhere: check the client's `baseUrl`.",
    ],
  ];

  it.each(cases)("%s", async (_name, reply, expected, text) => {
    server().reply(reply);
    const error = await failure(api().users.create({ email: "a@example.com" }));
    expect(error).toMatchObject({
      method: "POST",
      path: "/user_management/users",
      attempts: 1,
      ambiguous: false,
      ...expected,
    });
    expect(error.message).toContain(`POST /user_management/users ${text}`);
  });

  it("long texts are cut and long lists of fields too", async () => {
    const errors = Array.from({ length: 500 }, (_, index) => ({ field: `f${index}`, code: "bad" }));
    server().reply({ status: 400, json: { message: "x".repeat(100_000), errors } });
    const error = await failure(api().users.create({ email: "a@example.com" }));
    expect(error.message.length).toBeLessThan(1_000);
    expect(error.fields).toHaveLength(10);
  });
});

describe("what an error says to do", () => {
  it("401: which option the key is, and nothing of stacks, which a client knows nothing of", async () => {
    server().reply({ status: 401, json: { message: "Unauthorized" } });
    const { message } = await failure(api().users.get({ id: "user_1" }));
    expect(message).toContain("\nCheck the API key that this client was made with (`apiKey`).");
    expect(message).not.toMatch(/stack|pulumi|workos:/i);
  });

  it("401 in the words of whoever made the client", async () => {
    server().reply({ status: 401, json: { message: "Unauthorized" } });
    const remedies = { apiKey: "Rotate it in the vault.", baseUrl: "AUTHKIT_URL" };
    const { message } = await failure(api({ remedies }).users.get({ id: "user_1" }));
    expect(message).toMatch(/\nRotate it in the vault\.$/);
  });

  it.each([
    ["ECONNREFUSED", /Nothing listens.*check AUTHKIT_URL/],
    ["ENOTFOUND", /could not be resolved.*DNS/],
    ["EAI_AGAIN", /could not be resolved/],
    ["CERT_HAS_EXPIRED", /certificate.*NODE_EXTRA_CA_CERTS/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /certificate/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /certificate/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /certificate/],
    ["UND_ERR_CONNECT_TIMEOUT", /firewall or proxy/],
  ])("%s", (code, remedy) => {
    const failed: Failure = { kind: "network", outcome: "not_sent", code, message: "failed", fields: [] };
    expect(remedyFor(failed, { apiKey: "", baseUrl: "AUTHKIT_URL" })).toMatch(remedy);
  });
});

describe("answers that are not what is documented", () => {
  it("name the path and what was expected, never the value", async () => {
    const data = [0, 1, 2, 3].map((index) => ({
      ...userObject(`user_${index}`),
      email: index === 3 ? { secret: "hunter2" } : "a",
    }));
    server().reply({ status: 200, json: { object: "list", data, list_metadata: {} }, headers: withId });
    const error = await failure(api().users.list());
    expect(error).toMatchObject({
      kind: "bad_response",
      status: 200,
      code: "unexpected_answer",
      attempts: 1,
      retryable: false,
      ambiguous: false,
    });
    expect(error.message).toContain("data[3].email: expected string, received object [request req_01]");
    expect(inspect(error)).not.toContain("hunter2");
  });

  it("of a write that is unsafe to repeat say that it may have been carried out", async () => {
    server().reply({ status: 201, json: { ...userObject(), email: 7 } });
    const error = await failure(api().users.create({ email: "a@example.com" }));
    expect(error).toMatchObject({ kind: "bad_response", ambiguous: true, retryable: false, attempts: 1 });
    expect(error.message).toContain("may have been carried out");
  });

  it("give paths as in JavaScript", () => {
    expect(jsonPath(["data", 3, "status"])).toBe("data[3].status");
    expect(jsonPath([0, "a", "b"])).toBe("[0].a.b");
    expect(jsonPath([])).toBe("(whole answer)");
  });
});

describe("helpers", () => {
  it("hasCode looks at the error's own code and at the fields'", async () => {
    server().reply({ status: 400, json: { code: "outer", message: "m", errors: [{ code: "inner" }] } });
    const error: unknown = await failure(api().users.create({ email: "a@example.com" }));
    expect([hasCode(error, "outer"), hasCode(error, "inner"), hasCode(error, "m")]).toEqual([true, true, false]);
    expect(isNotFound(error)).toBe(false);
  });

  it("isWorkosError tells other errors apart", () => {
    for (const other of [new Error("x"), undefined, null, "WorkosError", { name: "WorkosError" }]) {
      expect(isWorkosError(other)).toBe(false);
    }
  });
});

/** Which of the secrets a value shows, however it is printed. */
function leaks(value: unknown, secrets: readonly string[]): string[] {
  const shown = [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value), String(value)];
  if (value instanceof Error)
    shown.push(value.message, value.stack ?? "", JSON.stringify(value, Object.getOwnPropertyNames(value)));
  return secrets.filter((secret) => shown.some((text) => text.includes(secret)));
}

describe("secrets", () => {
  const password = "correct horse+battery$";
  const hash = "$2b$10$abcdefghijklmnopqrstuv";
  const token = "tok/en_Z1y2X3";
  const value = "sk_live_otherKey123";

  it("the search finds a planted leak", () => {
    const planted = new WorkosError(
      { kind: "invalid", outcome: "refused", message: `bad ${password}`, fields: [{ message: token }] },
      { method: "GET", path: "/x", attempts: 1, retryable: false, ambiguous: false },
    );
    expect(leaks(planted, [password, token, value])).toEqual([password, token]);
  });

  it.each<[string, (text: string) => Reply]>([
    ["message", (text) => ({ status: 400, json: { code: "x", message: text } })],
    ["code", (text) => ({ status: 400, json: { code: text, message: "m" } })],
    ["description", (text) => ({ status: 400, json: { error: "x", error_description: text } })],
    ["error", (text) => ({ status: 400, json: { error: text } })],
    [
      "field texts",
      (text) => ({ status: 400, json: { message: "m", errors: [{ code: text, field: text, message: text }] } }),
    ],
    [
      "constraints",
      (text) => ({ status: 400, json: { message: "m", errors: [{ property: text, constraints: { a: text } }] } }),
    ],
    ["entity", (text) => ({ status: 404, json: { message: "m", entity_id: text } })],
    ["HTML", (text) => ({ status: 502, text: `<p>${text}</p>`, headers: { "content-type": "text/html" } })],
    ["request id", (text) => ({ status: 400, json: {}, headers: { "x-request-id": encodeURIComponent(text) } })],
    [
      "success of another shape",
      (text) => ({ status: 201, json: { ...userObject(), object: text, metadata: { a: { b: text } } } }),
    ],
  ])("echoed by the vendor in its %s stay hidden", async (_where, reply) => {
    const client = api({ retry: { maxAttempts: 1 } });
    const echo = `${API_KEY} Bearer abcdefghijkl ${password} ${hash} ${value}`;
    server().reply(reply(echo));
    const secrets = [API_KEY, "abcdefghijkl", password, encodeURIComponent(password), hash, value];
    const error = await failure(client.users.create({ email: "a@example.com", password, password_hash: hash }));
    expect(leaks(error, secrets)).toEqual([]);

    server().reply(reply(value));
    expect(leaks(await failure(client.apiKeys.validate({ value })), secrets)).toEqual([]);

    server().reply(reply(`${token} ${encodeURIComponent(token)}`));
    const byToken = await failure(client.invitations.getByToken({ token }));
    expect(byToken.path).toBe("/user_management/invitations/by_token/[redacted]");
    expect(leaks(byToken, [token, encodeURIComponent(token)])).toEqual([]);
  });

  it.each([
    ["key sk_test_abc.", "key [redacted]."],
    ["Authorization: Bearer abc.def-123456", "Authorization: Bearer [redacted]"],
    ["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "jwt [redacted]"],
    ["https://x.example/accept?invitation_token=Z1y2&a=b", "https://x.example/accept?invitation_token=[redacted]&a=b"],
    ["a password of abc is absurd", "a password of [redacted] is absurd"],
    ["nothing to hide: user_1, email_not_available", "nothing to hide: user_1, email_not_available"],
  ])("%s", (text, expected) => {
    expect(redactor(["abc"])(text)).toBe(expected);
  });
});
