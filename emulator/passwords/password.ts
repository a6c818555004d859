import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { refuseWithList, type FieldError } from "../errors";
import { type StoredPassword } from "../store/entities";
import { importedMatches } from "./imported";

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
