import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Local, local } from "./support/local";

const at = local();
const users = "/user_management/users";
const pages = [
  "/user_management/authorize?client_id=client_local&redirect_uri=http://localhost:3000/&provider=authkit",
  "/activate?user_code=AAAA-BBBB",
  "/reset-password?token=x",
];

describe.each(pages)("a form to %s", (page) => {
  test.each([
    ["multipart/form-data; boundary=x", "nothing of a form"],
    ["multipart/form-data", "no boundary"],
    ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="a'],
    ["multipart/form-data; boundary=", ""],
    ["application/json", "{"],
  ])("that is none is refused with a reason: %s", async (type, body) => {
    const answer = await at().call("POST", page, body, { "Content-Type": type });
    expect([400, 403]).toContain(answer.status);
    expect(answer.text).not.toBe("");
    if (answer.status === 400) expect(answer.body).toEqual({ message: "The request body is not a form." });
  });
});

describe("keys that most maps of JavaScript have", () => {
  const metadata = { constructor: "a", toString: "b", hasOwnProperty: "c", valueOf: "d" };

  test("are kept in metadata, after a restart too", async () => {
    const directory = mkdtempSync(join(tmpdir(), "emulator-"));
    const dataFile = join(directory, "data.jsonl");
    try {
      const first = await Local.start({ dataFile });
      const { id } = await first.user({ metadata: { constructor: "a", toString: "b" } });
      await first.put(`${users}/${id}`, { metadata: { hasOwnProperty: "c", valueOf: "d" } });
      await first.emulator.close();
      const second = await Local.start({ dataFile });
      const { body } = await second.get(`${users}/${id}`);
      await second.emulator.close();
      expect(JSON.stringify(body.metadata)).toBe(JSON.stringify(metadata));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test.each([
    ["POST", users, '{"email":"ann@example.com","metadata":{"__proto__":"x"}}'],
    ["POST", users, '{"email":"ann@example.com","__proto__":{"metadata":{}}}'],
    ["POST", "/organizations", '{"name":"Acme","metadata":{"a":"b","__proto__":"x"}}'],
    ["POST", "/_emulator/faults", '{"status":418,"headers":{"__proto__":"x"}}'],
  ])("are refused where they would be lost: %s %s %s", async (method, path, body) => {
    const answer = await at().call(method, path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ code: "invalid_key" }]);
  });
});

test.each([
  ["arrays", "[".repeat(400_000) + "]".repeat(400_000)],
  ["objects", '{"a":'.repeat(150_000) + "1" + "}".repeat(150_000)],
])("a body of %s without an end is refused", async (_what, nested) => {
  for (const path of [users, "/_emulator/faults"]) {
    const answer = await at().post(path, `{"email":"ann@example.com","status":418,"body":${nested}}`);
    expect(answer.status).toBe(422);
    expect(answer.text).not.toBe("");
  }
});
