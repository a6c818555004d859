import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { invalidParameters, refuse, refuseWithList } from "../errors";
import { type StoredPassword } from "../store/entities";

const derive = promisify<string, string, number, Buffer>(scrypt);
const minimumLength = 10;

interface PasswordFields {
  password?: string | null;
  password_hash?: string;
  password_hash_type?: string;
  password_salt_position?: string;
}

const hashForms: Readonly<Record<string, RegExp>> = {
  bcrypt: /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/,
  argon2: /^\$argon2(i|d|id)\$/,
};

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
  if (password.length < minimumLength) {
    const message = `Password must be at least ${minimumLength} characters long.`;
    throw refuseWithList("password_strength_error", [{ code: "password_too_short", message }]);
  }
  const salt = randomBytes(16).toString("hex");
  return { kind: "own", salt, hash: (await derive(password, salt, 32)).toString("hex") };
}

export async function passwordMatches(stored: StoredPassword | null, password: string): Promise<boolean> {
  if (stored?.kind !== "own") return false;
  return timingSafeEqual(Buffer.from(stored.hash, "hex"), await derive(password, stored.salt, 32));
}

function imported(hash: string, type: string | undefined, position: string | undefined): StoredPassword {
  if (type === undefined) throw required("password_hash_type");
  if (hash === "" || hashForms[type]?.test(hash) === false) throw refuse(400, "invalid_password_hash");
  return { kind: "imported", type, hash, ...(position === undefined ? {} : { salt_position: position }) };
}

function required(field: string) {
  return invalidParameters([{ field, code: "required", message: `${field} is required.` }]);
}
