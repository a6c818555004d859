/** Password hashes that were made elsewhere, in the forms that the vendor's migration guides describe. */
import { argon2Verify, bcryptVerify } from "hash-wasm";
import { createCipheriv, createHash, pbkdf2, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { type StoredPassword } from "../store/entities";

type Imported = Extract<StoredPassword, { kind: "imported" }>;
type ScryptOptions = NonNullable<Parameters<typeof scrypt>[3]>;

const deriveScrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const derivePbkdf2 = promisify(pbkdf2);

interface Scheme {
  /** Whether the text can be a hash of this kind at all. */
  accepts(hash: string): boolean;
  matches(stored: Imported, password: string): Promise<boolean> | boolean;
}

const maximumMemory = 256 * 1024 * 1024;

const schemes: Readonly<Record<string, Scheme>> = {
  bcrypt: {
    accepts: (hash) => /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/.test(hash),
    matches: ({ hash }, password) => bcryptVerify({ password, hash: hash.replace(/^\$2[xy]?\$/, "$2a$") }),
  },
  argon2: {
    accepts: (hash) => /^\$argon2(i|d|id)\$v=\d+\$[^$]+\$[^$]+\$[^$]+$/.test(hash),
    matches: ({ hash }, password) => argon2Verify({ password, hash }),
  },
  scrypt: {
    accepts: (hash) => scryptFields(hash) !== undefined,
    matches: async ({ hash }, password) => {
      const fields = scryptFields(hash);
      if (fields === undefined) return false;
      const { salt, expected, options } = fields;
      return same(await deriveScrypt(password, salt, expected.length, options), expected);
    },
  },
  pbkdf2: {
    accepts: (hash) => pbkdf2Fields(hash) !== undefined,
    matches: async ({ hash }, password) => {
      const fields = pbkdf2Fields(hash);
      if (fields === undefined) return false;
      const { salt, expected, iterations, digest } = fields;
      return same(await derivePbkdf2(password, salt, iterations, expected.length, digest), expected);
    },
  },
  "firebase-scrypt": {
    accepts: (hash) => firebaseFields(hash) !== undefined,
    matches: async ({ hash }, password) => {
      const fields = firebaseFields(hash);
      if (fields === undefined) return false;
      const key = await deriveScrypt(password, fields.salt, 32, fields.options);
      const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
      return same(Buffer.concat([cipher.update(fields.signerKey), cipher.final()]), fields.expected);
    },
  },
  ssha: saltedSha("sha1", /^\{SSHA\}/i, 20),
  ssha256: saltedSha("sha256", /^\{SSHA256\}/i, 32),
};

export const acceptsHash = (type: string, hash: string) => schemes[type]?.accepts(hash) ?? false;

export async function importedMatches(stored: Imported, password: string): Promise<boolean> {
  return (await schemes[stored.type]?.matches(stored, password)) ?? false;
}

/** `{SSHA}` and base64 of the digest with the salt behind it, as LDAP servers write them. */
function saltedSha(digest: "sha1" | "sha256", prefix: RegExp, length: number): Scheme {
  const bytes = (hash: string) => Buffer.from(hash.replace(prefix, ""), "base64");
  return {
    accepts: (hash) => bytes(hash).length >= length,
    matches: ({ hash, salt_position: position }, password) => {
      const [expected, salt] = [bytes(hash).subarray(0, length), bytes(hash).subarray(length)];
      const parts = position === "prefix" ? [salt, Buffer.from(password)] : [Buffer.from(password), salt];
      return same(createHash(digest).update(Buffer.concat(parts)).digest(), expected);
    },
  };
}

/** `$scrypt$v=1$n=16384,r=8,p=1,kl=64$salt$hash`; `ln` is the exponent of `n`. */
function scryptFields(hash: string) {
  const phc = parsePhc(hash, ["scrypt"]);
  const cost = phc && costOf(phc, "n", "ln");
  if (phc?.salt === undefined || phc.hash === undefined || cost === undefined) return undefined;
  const options = { N: cost, r: number(phc, "r") ?? 8, p: number(phc, "p") ?? 1, maxmem: maximumMemory };
  return { salt: phc.salt, expected: phc.hash, options };
}

/** `$pbkdf2$i=600000,d=sha256$salt$hash` or `$pbkdf2-sha256$…`. */
function pbkdf2Fields(hash: string) {
  const phc = parsePhc(hash, ["pbkdf2", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512"]);
  if (phc?.salt === undefined || phc.hash === undefined) return undefined;
  const iterations = number(phc, "i") ?? number(phc, "rounds");
  const digest = (text(phc, "d") ?? phc.id.split("-")[1] ?? "sha256").replace("-", "");
  if (iterations === undefined || !/^sha(1|256|384|512)$/.test(digest)) return undefined;
  return { salt: phc.salt, expected: phc.hash, iterations, digest };
}

/** `$firebase-scrypt$hash=…$salt=…$sk=…$ss=…$r=8$m=14`: Firebase's variant, which encrypts the project's signer key. */
function firebaseFields(hash: string) {
  const phc = parsePhc(hash, ["firebase-scrypt"]);
  if (phc === undefined) return undefined;
  const [expected, salt, signer] = [text(phc, "hash"), text(phc, "salt"), text(phc, "sk")];
  const cost = costOf(phc, "N", "m");
  if (expected === undefined || salt === undefined || signer === undefined || cost === undefined) return undefined;
  return {
    expected: decode(expected),
    signerKey: decode(signer),
    salt: Buffer.concat([decode(salt), decode(text(phc, "ss") ?? "")]),
    options: { N: cost, r: number(phc, "r") ?? 8, p: number(phc, "p") ?? 1, maxmem: maximumMemory },
  };
}

function costOf(phc: Phc, plain: string, exponent: string): number | undefined {
  const power = number(phc, exponent);
  const cost = number(phc, plain) ?? (power === undefined || power > 20 ? undefined : 2 ** power);
  return cost !== undefined && cost > 1 && Number.isInteger(Math.log2(cost)) ? cost : undefined;
}

const same = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);

/** The PHC string format: `$id$v=1$name=value,name=value$salt$hash`, with the parameters in one or several parts. */
export interface Phc {
  readonly id: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly salt: Buffer | undefined;
  readonly hash: Buffer | undefined;
}

const parameter = /^([A-Za-z-]+)=(.*)$/;

export function parsePhc(value: string, ids: readonly string[]): Phc | undefined {
  const [empty, id, ...parts] = value.split("$");
  if (empty !== "" || id === undefined || !ids.includes(id)) return undefined;
  const parameters = new Map<string, string>();
  const rest: string[] = [];
  for (const part of parts) {
    const pairs = part.split(",").map((pair) => parameter.exec(pair));
    // Base64 with its padding looks like a parameter without a value.
    const isPair = pairs.every((pair) => pair !== null && pair[2] !== "" && pair[2] !== "=");
    if (!isPair || rest.length > 0) rest.push(part);
    else for (const pair of pairs) parameters.set(pair?.[1] ?? "", pair?.[2] ?? "");
  }
  if (rest.length > 2) return undefined;
  const [salt, hash] = rest.map(decode);
  return { id, parameters, salt, hash };
}

/** Base64 with or without padding, in either alphabet, or crypt's with dots. */
export const decode = (value: string) => Buffer.from(value.replace(/\./g, "+"), "base64");

export const text = (phc: Phc, name: string) => phc.parameters.get(name);

export function number(phc: Phc, name: string): number | undefined {
  const value = Number(phc.parameters.get(name));
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
