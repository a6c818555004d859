import { invalidParameters, refuse } from "../errors";
import { acceptsHash } from "../passwords/imported";
import { hashPassword, refuseWeak } from "../passwords/password";
import { type StoredPassword } from "../store/entities";

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
  if (!acceptsHash(type, hash)) throw refuse(400, "invalid_password_hash");
  return { kind: "imported", type, hash, ...(position === undefined ? {} : { salt_position: position }) };
}

function required(field: string) {
  return invalidParameters([{ field, code: "required", message: `${field} is required.` }]);
}
