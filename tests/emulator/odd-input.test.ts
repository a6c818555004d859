/** Odd input: whatever comes, the answer says whose mistake it is. */
import fc from "fast-check";
import { routes } from "../../emulator/http/routes";
import { local } from "./support/local";

const at = local();
const asked = "client_id=client_local&redirect_uri=http%3A%2F%2Flocalhost%2Fcb&response_type=code&provider=authkit";

test("whatever is sent, every route answers with a status that says whose mistake it is, and a body", async () => {
  const known = [
    ...routes.map(({ method, pattern }) => ({ method, pattern })),
    ...["/user_management/authorize", "/activate", "/reset-password"].flatMap((pattern) => [
      { method: "GET", pattern },
      { method: "POST", pattern },
    ]),
    ...["faults", "clock", "roles", "permissions", "users/:id/password-matches"].map((path) => ({
      method: "POST",
      pattern: `/_emulator/${path}`,
    })),
  ];
  const deep = fc.integer({ min: 1, max: 20_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth));
  const body = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    deep,
    deep.map((json) => `{"metadata":${json}}`),
  );
  const segment = fc.constantFrom("%", "%zz", "%00", "%ff", "%2e%2e", "__proto__", "constructor", "a");
  const type = fc.constantFrom(
    ...["application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain", ";"],
  );
  const cookie = fc.constantFrom("local_authkit_form=%zz", "local_authkit_form=a", "=;;=", "__proto__=x");
  const query = fc.constantFrom("", "?%", "?limit=%ff", "?__proto__=x&a[]=1", "?after=%00");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...known),
      ...([segment, body, type, cookie, query] as const),
      async ({ method, pattern }, part, sent, contentType, Cookie, search) => {
        const answer = await at().call(
          method,
          pattern.replace(/:\w+/g, part) + search,
          method === "GET" ? undefined : sent,
          // The server closes the connection after a body that it could not read to its end.
          { "Content-Type": contentType, Cookie, Connection: "close" },
        );
        if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`);
        if (answer.status >= 400 && answer.text === "") throw new Error(`${answer.status} without a body`);
      },
    ),
    { numRuns: 400 },
  );
});

// Last, since the server closes connections after them, and the next test would meet one that is closing.
test.each([`/user_management/authorize?${asked}`, "/activate", "/reset-password"])(
  "a malformed multipart form to %s is answered in the usual shape",
  async (path) => {
    for (const type of ["multipart/form-data; boundary=x", "multipart/form-data"]) {
      const answer = await at().call("POST", path, "--x\r\nnonsense", { "Content-Type": type });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toBe("");
    }
  },
);
