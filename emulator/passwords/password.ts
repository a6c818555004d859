import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { type FieldError, invalidParameters, refuse, refuseWithList } from "../errors";
import { type StoredPassword } from "../store/entities";
import { importedMatches, judgeHash } from "./imported";

const derive = promisify<string, string, number, Buffer>(scrypt);
const minimumLength = 10;

/** What is wrong with a new password; nothing where it is strong enough. */
export function weakness(password: string): FieldError | undefined {
  if (password.length >= minimumLength) return undefined;
  return { code: "password_too_short", message: `Password must be at least ${minimumLength} characters long.` };
}

export function refuseWeak(password: string, code: string): void {
  const weak = weakness(password);
  if (weak !== undefined) throw refuseWithList(code, [weak]);
}

export async function hashPassword(password: string): Promise<StoredPassword> {
  const salt = randomBytes(16).toString("hex");
  return { kind: "own", salt, hash: (await derive(password, salt, 32)).toString("hex") };
}

/** Takes as long for a user without a password, so that time does not tell who has one. */
export async function passwordMatches(stored: StoredPassword | null, password: string): Promise<boolean> {
  if (stored?.kind === "imported") return importedMatches(stored, password);
  const derived = await derive(password, stored?.salt ?? "none", 32);
  return stored !== null && timingSafeEqual(Buffer.from(stored.hash, "hex"), derived);
}

interface PasswordFields {
  password?: string | null;
  password_hash?: string;
  password_hash_type?: string;
  password_salt_position?: string;
}

/** The credentials of a create or update: `undefined` when the request has none. */
export async function readPassword(fields: PasswordFields): Promise<StoredPassword | undefined> {
  const { password_hash: hash, password_hash_type: type, password_salt_position: position } = fields;
  const password = fields.password ?? undefined;
  if (password !== undefined && hash !== undefined) throw refuse(400, "password_and_password_hash_provided");
  if (password !== undefined && type !== undefined) throw refuse(400, "password_and_password_hash_type_provided");
  if (position !== undefined && hash === undefined) throw refuse(400, "password_salt_position_requires_password_hash");
  if (hash !== undefined) return imported(hash, type, position);
  if (type !== undefined) throw required("password_hash");
  if (password === undefined) return undefined;
  refuseWeak(password, "password_strength_error");
  return hashPassword(password);
}

function imported(hash: string, type: string | undefined, position: string | undefined): StoredPassword {
  if (type === undefined) throw required("password_hash_type");
  const verdict = judgeHash(type, hash);
  if (verdict === "malformed") throw refuse(400, "invalid_password_hash");
  if (verdict === "costly") {
    const message = "password_hash: checking a password with this hash takes more time or memory than is allowed.";
    throw invalidParameters([{ field: "password_hash", code: "password_hash_too_costly", message }]);
  }
  return { kind: "imported", type, hash, ...(position === undefined ? {} : { salt_position: position }) };
}

function required(field: string) {
  return invalidParameters([{ field, code: "required", message: `${field} is required.` }]);
}
