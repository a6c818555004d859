import { createHash, pbkdf2Sync, scryptSync } from "node:crypto";
import { argon2id, bcrypt } from "hash-wasm";
import { local } from "./support/local";
import { lastMail, person, text, withPassword } from "./support/sign-in";

const at = local();
const imported = "an imported password";
const salt = Buffer.from("0123456789abcdef");
const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");

const hashes: readonly [string, () => string | Promise<string>, object?][] = [
  ["bcrypt", () => bcrypt({ password: imported, salt, costFactor: 4, outputType: "encoded" })],
  [
    "argon2",
    () =>
      argon2id({
        password: imported,
        salt,
        iterations: 2,
        parallelism: 1,
        memorySize: 64,
        hashLength: 32,
        outputType: "encoded",
      }),
  ],
  [
    "scrypt",
    () =>
      `$scrypt$v=1$n=1024,r=8,p=1,kl=32$${base64(salt)}$${base64(scryptSync(imported, salt, 32, { N: 1024, r: 8 }))}`,
  ],
  ["pbkdf2", () => `$pbkdf2$i=1000,d=sha256$${base64(salt)}$${base64(pbkdf2Sync(imported, salt, 1000, 32, "sha256"))}`],
  [
    "ssha",
    () => {
      const digest = createHash("sha1").update(imported).update(salt).digest();
      return `{SSHA}${Buffer.concat([digest, salt]).toString("base64")}`;
    },
  ],
  [
    "ssha256",
    () => {
      const digest = createHash("sha256").update(salt).update(imported).digest();
      return `{SSHA256}${Buffer.concat([digest, salt]).toString("base64")}`;
    },
    { password_salt_position: "prefix" },
  ],
];

test.each(hashes)("an imported %s hash is checked", async (password_hash_type, make, more = {}) => {
  const { email } = await at().user({
    email_verified: true,
    password_hash_type,
    password_hash: await make(),
    ...more,
  });
  expect((await withPassword(at(), email, { password: imported })).status).toBe(200);
  expect((await withPassword(at(), email, { password: "another password" })).body.code).toBe("invalid_credentials");
});

// The parameters and the pair of password and hash that Firebase's own scrypt tool documents.
test("an imported firebase-scrypt hash is checked", async () => {
  const fields = [
    "hash=lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
    "salt=42xEC+ixf3L2lw==",
    "sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
    "ss=Bw==",
    "r=8",
    "m=14",
  ];
  const { email } = await at().user({
    email_verified: true,
    password_hash_type: "firebase-scrypt",
    password_hash: `$firebase-scrypt$${fields.join("$")}`,
  });
  expect((await withPassword(at(), email, { password: "user1password" })).status).toBe(200);
  expect((await withPassword(at(), email, { password: "user2password" })).status).toBe(400);
});

test.each(["bcrypt", "argon2", "scrypt", "pbkdf2", "firebase-scrypt", "ssha", "ssha256"])(
  "what is no %s hash is refused",
  async (password_hash_type) => {
    const answer = await at().post("/user_management/users", {
      email: "a@example.com",
      password_hash_type,
      password_hash: "nonsense",
    });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_password_hash" } });
  },
);

test("a reset token sets a new password once, for an hour, and verifies the address", async () => {
  const { email, id } = await person(at(), { email_verified: undefined });
  const create = async () => at().post("/user_management/password_reset", { email });
  const reset = await create();
  expect(reset.status).toBe(201);
  expect((await at().get(`/user_management/password_reset/${text(reset, "id")}`)).body).toEqual(reset.body);
  expect(lastMail(at())).toMatchObject({ kind: "password_reset", to: email, url: reset.body.password_reset_url });
  const confirm = async (token: string, new_password: string) =>
    at().post("/user_management/password_reset/confirm", { token, new_password });
  const token = text(reset, "password_reset_token");
  expect((await confirm(token, "short")).body).toMatchObject({ code: "password_reset_error" });
  expect((await confirm(token, "a new long password")).body.user).toMatchObject({ id, email_verified: true });
  expect(await confirm(token, "yet another password")).toMatchObject({ status: 400 });
  expect((await withPassword(at(), email, { password: "a new long password" })).status).toBe(200);
  expect((await confirm("unknown", "a new long password")).status).toBe(404);
  const late = text(await create(), "password_reset_token");
  at().control.clock.advance(60 * 60_000);
  expect((await confirm(late, "yet another password")).body.code).toBe("password_reset_error");
  expect((await at().post("/user_management/password_reset", { email: "x@example.com" })).status).toBe(404);
});
