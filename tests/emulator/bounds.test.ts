import { Idempotency } from "../../emulator/http/idempotency";
import { RequestLog } from "../../emulator/http/request-log";
import { systemClock } from "../../api/clock";
import { local } from "./support/local";
import { withPassword } from "./support/sign-in";

const at = local();
const users = "/user_management/users";
const email = "ann@example.com";
const base64 = Buffer.alloc(32, 7).toString("base64").replace(/=+$/, "");

describe("an imported hash", () => {
  test.each([
    ["bcrypt", `$2b$31$${"a".repeat(53)}`],
    ["bcrypt", `$2b$16$${"a".repeat(53)}`],
    ["argon2", `$argon2id$v=19$m=4194304,t=3,p=1$${base64}$${base64}`],
    ["argon2", `$argon2id$v=19$m=65536,t=4294967295,p=1$${base64}$${base64}`],
    ["argon2", `$argon2id$v=19$m=65536,t=1,p=1000$${base64}$${base64}`],
    ["scrypt", `$scrypt$v=1$n=1048576,r=8,p=1$${base64}$${base64}`],
    ["scrypt", `$scrypt$v=1$n=1024,r=99999999,p=1$${base64}$${base64}`],
    ["scrypt", `$scrypt$v=1$n=1024,r=8,p=4294967295$${base64}$${base64}`],
    ["scrypt", `$scrypt$v=1$n=${2 ** 60},r=8,p=1$${base64}$${base64}`],
    ["pbkdf2", `$pbkdf2$i=2147483647,d=sha512$${base64}$${base64}`],
    ["pbkdf2", `$pbkdf2$i=1000,d=sha512$${base64}$${"A".repeat(3000)}`],
    ["firebase-scrypt", `$firebase-scrypt$hash=${base64}$salt=${base64}$sk=${base64}$ss=AA$r=8$m=20`],
    ["firebase-scrypt", `$firebase-scrypt$hash=${base64}$salt=${base64}$sk=${base64}$ss=AA$r=800$m=14`],
    ["ssha", `{SSHA}${"A".repeat(100_000)}`],
  ])("of extreme cost is refused at the door: %s %s", async (password_hash_type, password_hash) => {
    const refused = await at().post(users, { email, password_hash_type, password_hash });
    expect([refused.status, refused.body.code]).toEqual([422, "invalid_request_parameters"]);
    expect(refused.body.errors).toMatchObject([{ field: "password_hash", code: "password_hash_too_costly" }]);
    const { id } = await at().user({ email });
    expect((await at().put(`${users}/${id}`, { password_hash_type, password_hash })).status).toBe(422);
  });

  test.each([
    ["pbkdf2", `$pbkdf2$i=1000,d=sha512$${base64}$`],
    ["scrypt", `$scrypt$v=1$n=1024,r=8,p=1$${base64}$`],
    ["firebase-scrypt", `$firebase-scrypt$hash=.$salt=${base64}$sk=${base64}$r=8$m=14`],
    ["toString", "x"],
    ["__proto__", "x"],
  ])(
    "that is the hash of every password, or of no kind, is refused: %s %s",
    async (password_hash_type, password_hash) => {
      const refused = await at().post(users, { email, password_hash_type, password_hash });
      expect([400, 422]).toContain(refused.status);
    },
  );

  test("is checked beside other requests, which do not wait for it", async () => {
    // Some seconds of one processor, which is as much as is accepted.
    const password_hash = `$2b$15$${"a".repeat(53)}`;
    await at().user({ email, password_hash_type: "bcrypt", password_hash });
    const order: string[] = [];
    const slow = withPassword(at(), email, { password: "a wrong password" }).then((answer) => {
      order.push("sign-in");
      return answer;
    });
    for (let count = 0; count < 5; count += 1) await at().get(users);
    order.push("others");
    expect((await slow).status).toBe(400);
    expect(order).toEqual(["others", "sign-in"]);
  });
});

describe("a name of a domain", () => {
  const extreme = [".".repeat(100_000), `${"a.".repeat(50_000)} `, "a".repeat(254) + ".example"];
  test.each(extreme)("that is too long is refused", async (domain) => {
    const { id } = await at().organization();
    const refused = [
      await at().post("/organizations", { name: "Acme", domain_data: [{ domain, state: "pending" }] }),
      await at().post("/organizations", { name: "Acme", domains: [domain] }),
      await at().post("/organization_domains", { organization_id: id, domain }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422]);
  });
});

describe("the path of a fault rule", () => {
  const hit = async (rule: string, path: string) => {
    at().control.faults.clear();
    at().control.faults.add({ path: rule, status: 418 });
    return (await at().get(path)).status === 418;
  };

  test("of many wildcards is compared in no time", async () => {
    const path = `/${"a".repeat(5000)}`;
    expect(await hit(`${"**a".repeat(30)}b`, path)).toBe(false);
    expect(await hit(`/${"*a*".repeat(100)}b`, path)).toBe(false);
    expect(await hit("*".repeat(1000), path)).toBe(true);
    expect(await hit(`${"{x}".repeat(100)}!`, path)).toBe(false);
  });

  test.each([
    ["/user_management/users/{id}", "/user_management/users/user_1", true],
    ["/user_management/users/{id}", "/user_management/users/", false],
    ["/user_management/users/{id}", "/user_management/users/user_1/x", false],
    ["/user_management/*", "/user_management/users", true],
    ["/user_management/*", "/user_management/users/user_1", false],
    ["/user_management/**", "/user_management/users/user_1", true],
    ["**/users", "/user_management/users", true],
    ["/a.b", "/axb", false],
    ["/organizations", "/organizations", true],
    ["/organizations", "/organizationsx", false],
  ])("%s and %s", async (rule, path, expected) => {
    expect(await hit(rule, path)).toBe(expected);
  });

  test("and the number of rules are bounded", async () => {
    const add = (body: object) => at().call("POST", "/_emulator/faults", body);
    expect((await add({ path: "*".repeat(1001), status: 418 })).status).toBe(422);
    for (let count = 0; count < 1000; count += 1) at().control.faults.add({ path: "/nowhere", status: 418 });
    expect((await add({ path: "/nowhere", status: 418 })).status).toBe(400);
  });
});

describe("what is kept in memory is bounded by its size", () => {
  const entry = (id: number, query: string) => ({
    ...{ id: String(id), time: "", method: "GET", path: "/x", query, operation: null, idempotencyKey: null },
    ...{ userAgent: null, status: 200, fault: null, cut: false, durationMs: 1 },
  });

  test("of the log of requests", () => {
    const log = new RequestLog();
    for (let count = 0; count < 25_000; count += 1) log.end(log.begin(entry(count, "q".repeat(14_000))));
    const kept = log.list();
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.reduce((sum, { query }) => sum + query.length, 0)).toBeLessThan(8 * 1024 * 1024);
    expect(kept.at(-1)?.id).toBe("24999");
    expect(log.counters()).toEqual({ unknown: { "200": 25_000 } });
    log.clear();
    for (let count = 0; count < 25_000; count += 1) log.begin(entry(count, ""));
    expect(log.list()).toHaveLength(10_000);
  });

  test("of the mailbox, where the oldest mails make room", async () => {
    const { id } = await at().organization({ name: "x".repeat(200_000) });
    for (let count = 0; count < 50; count += 1) await at().invitation({ organization_id: id });
    const mails = at().control.mailbox.list();
    expect(mails.length).toBeGreaterThan(10);
    expect(mails.reduce((sum, { subject }) => sum + subject.length, 0)).toBeLessThan(8 * 1024 * 1024);
    const invitations = at().control.state().invitations;
    expect(mails.at(-1)?.objectId).toBe(invitations.at(-1)?.id);
    at().control.mailbox.clear();
    await at().invitation({ organization_id: id });
    expect(at().control.mailbox.list()).toHaveLength(1);
  });

  test("of answers to keys of idempotency", async () => {
    const answers = new Idempotency({ ...systemClock, now: () => 0 });
    let made = 0;
    const run = async (key: string) =>
      answers.run(key, "request", () =>
        Promise.resolve({ status: 201, body: { made: (made += 1), x: "x".repeat(500_000) } }),
      );
    for (let count = 0; count < 40; count += 1) await run(String(count));
    await run("39");
    expect(made).toBe(40);
    await run("0");
    expect(made).toBe(41);
  });
});
