/** Password hashes that were made elsewhere, in the forms that the vendor's migration guides describe. */
import { createCipheriv, createHash, pbkdf2, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { type StoredPassword } from "../store/entities";
import { inTurn, verifiedElsewhere } from "./elsewhere";

type Imported = Extract<StoredPassword, { kind: "imported" }>;
type ScryptOptions = NonNullable<Parameters<typeof scrypt>[3]>;

const deriveScrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const derivePbkdf2 = promisify(pbkdf2);

interface Scheme {
  /** Whether the text can be a hash of this kind at all. */
  accepts(hash: string): boolean;
  /** Whether one sign-in with it takes no more than a server can give; nothing where there is no cost to choose. */
  affordable?(hash: string): boolean;
  matches(stored: Imported, password: string): Promise<boolean> | boolean;
}

/**
 * What a hash may ask for, each some times what is recommended anywhere: seconds of one processor, and memory that a
 * laptop has. Work is memory times the passes over it.
 */
const bounds = {
  characters: 4096,
  memoryBytes: 256 * 1024 * 1024,
  workBytes: 1024 * 1024 * 1024,
  lanes: 16,
  bcryptCost: 15,
  pbkdf2Iterations: 5_000_000,
  digestBytes: 128,
};

const withinMemory = (memoryBytes: number, passes: number, lanes: number) =>
  memoryBytes <= bounds.memoryBytes && memoryBytes * passes <= bounds.workBytes && lanes <= bounds.lanes;

const schemes: Readonly<Record<string, Scheme>> = {
  bcrypt: {
    accepts: (hash) => /^\$2[abxy]?\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/.test(hash),
    affordable: (hash) => Number(hash.split("$")[2]) <= bounds.bcryptCost,
    matches: ({ hash }, password) => verifiedElsewhere("bcrypt", hash.replace(/^\$2[xy]?\$/, "$2a$"), password),
  },
  argon2: {
    accepts: (hash) => argon2Fields(hash) !== undefined,
    affordable: (hash) => {
      const fields = argon2Fields(hash);
      return fields !== undefined && withinMemory(fields.memoryBytes, fields.passes, fields.lanes);
    },
    matches: ({ hash }, password) => verifiedElsewhere("argon2", hash, password),
  },
  scrypt: {
    accepts: (hash) => scryptFields(hash) !== undefined,
    affordable: (hash) => affordableScrypt(scryptFields(hash)?.options),
    matches: async ({ hash }, password) => {
      const fields = scryptFields(hash);
      if (fields === undefined) return false;
      const { salt, expected, options } = fields;
      return same(await deriveScrypt(password, salt, expected.length, options), expected);
    },
  },
  pbkdf2: {
    accepts: (hash) => pbkdf2Fields(hash) !== undefined,
    affordable: (hash) => {
      const fields = pbkdf2Fields(hash);
      if (fields === undefined || fields.expected.length > bounds.digestBytes) return false;
      return fields.iterations <= bounds.pbkdf2Iterations;
    },
    matches: async ({ hash }, password) => {
      const fields = pbkdf2Fields(hash);
      if (fields === undefined) return false;
      const { salt, expected, iterations, digest } = fields;
      return same(await derivePbkdf2(password, salt, iterations, expected.length, digest), expected);
    },
  },
  "firebase-scrypt": {
    accepts: (hash) => firebaseFields(hash) !== undefined,
    affordable: (hash) => affordableScrypt(firebaseFields(hash)?.options),
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

const schemeOf = (type: string) => (Object.hasOwn(schemes, type) ? schemes[type] : undefined);

/** Whether the text is a hash of this kind: `costly` where checking a password with it would take too long. */
export function judgeHash(type: string, hash: string): "accepted" | "costly" | "malformed" {
  const scheme = schemeOf(type);
  if (hash.length > bounds.characters) return "costly";
  if (scheme?.accepts(hash) !== true) return "malformed";
  return (scheme.affordable?.(hash) ?? true) ? "accepted" : "costly";
}

/** One after the other, so that their memory does not add up. */
export async function importedMatches(stored: Imported, password: string): Promise<boolean> {
  // A data file of an older version may hold what is not accepted now.
  if (judgeHash(stored.type, stored.hash) !== "accepted") return false;
  return inTurn(async () => (await schemeOf(stored.type)?.matches(stored, password)) ?? false);
}

function affordableScrypt(options: ScryptCost | undefined): boolean {
  if (options === undefined) return false;
  return withinMemory(128 * options.N * options.r, options.p, options.p);
}

/** `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`: memory in KiB, passes, lanes. */
function argon2Fields(hash: string) {
  const parts = /^\$argon2(?:i|d|id)\$v=\d{1,3}\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$([^$]+)\$([^$]+)$/.exec(hash);
  const [memory, passes, lanes] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  if (parts === null || passes < 1 || lanes < 1 || memory < 8 * lanes) return undefined;
  if (decode(parts[4] ?? "").length < 8 || decode(parts[5] ?? "").length < 4) return undefined;
  return { memoryBytes: memory * 1024, passes, lanes };
}

interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
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
  const options = { N: cost, r: number(phc, "r") ?? 8, p: number(phc, "p") ?? 1, maxmem: 2 * bounds.memoryBytes };
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
  if (decode(expected).length === 0) return undefined;
  return {
    expected: decode(expected),
    signerKey: decode(signer),
    salt: Buffer.concat([decode(salt), decode(text(phc, "ss") ?? "")]),
    options: { N: cost, r: number(phc, "r") ?? 8, p: number(phc, "p") ?? 1, maxmem: 2 * bounds.memoryBytes },
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
  // An empty hash is the hash of every password.
  if (hash?.length === 0) return undefined;
  return { id, parameters, salt, hash };
}

/** Base64 with or without padding, in either alphabet, or crypt's with dots. */
export const decode = (value: string) => Buffer.from(value.replace(/\./g, "+"), "base64");

export const text = (phc: Phc, name: string) => phc.parameters.get(name);

export function number(phc: Phc, name: string): number | undefined {
  const value = Number(phc.parameters.get(name));
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
