import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { type JwksObject } from "../../api/schemas";
import { type Ids } from "../ids";
import { jose } from "../libraries";
import { type Store } from "../store/store";

const generate = promisify(generateKeyPair);

interface Key {
  readonly privateKey: KeyObject;
  /** DER, in base64. */
  readonly certificate: string;
  readonly id: string;
}

/**
 * The RSA key of access tokens. Made when it is first needed, since that takes a moment, and kept in the data file, so
 * that tokens stay valid over a restart.
 */
export class SigningKey {
  private making: Promise<Key> | undefined;

  constructor(
    private readonly store: Store,
    private readonly ids: Ids,
  ) {}

  async sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const { SignJWT } = await jose();
    const key = await this.key();
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: "RS256", kid: key.id }).sign(key.privateKey);
  }

  /** The claims of a token that was signed here and has not expired at `now`, in ms. */
  async verify(token: string, now: number): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { jwtVerify } = await jose();
    const { privateKey } = await this.key();
    try {
      return (await jwtVerify(token, createPublicKey(privateKey), { currentDate: new Date(now) })).payload;
    } catch {
      return undefined;
    }
  }

  async jwks(): Promise<JwksObject> {
    const { privateKey, certificate, id } = await this.key();
    const { n = "", e = "" } = createPublicKey(privateKey).export({ format: "jwk" });
    const thumbprint = createHash("sha256").update(Buffer.from(certificate, "base64")).digest("base64url");
    return {
      keys: [{ alg: "RS256", kty: "RSA", use: "sig", x5c: [certificate], n, e, kid: id, "x5t#S256": thumbprint }],
    };
  }

  private key(): Promise<Key> {
    this.making ??= this.load();
    return this.making.then((key) => this.keep(key));
  }

  private async load(): Promise<Key> {
    const stored = this.store.signingKeys.all()[0];
    if (stored !== undefined) return read(stored.private_key, stored.certificate);
    const { publicKey, privateKey } = await generate("rsa", { modulusLength: 2048 });
    const certificate = selfSigned(publicKey, privateKey, "Local AuthKit").toString("base64");
    return withId(privateKey, certificate);
  }

  /** A reset of the emulator removes the stored key; the same one is used on, and stored again. */
  private keep(key: Key): Key {
    if (this.store.signingKeys.size > 0) return key;
    const private_key = key.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const id = this.ids.make("signing_key");
    this.store.write(() => this.store.signingKeys.put({ id, private_key, certificate: key.certificate }));
    return key;
  }
}

const read = (pem: string, certificate: string) => withId(createPrivateKey(pem), certificate);

function withId(privateKey: KeyObject, certificate: string): Key {
  const digest = createHash("sha256").update(certificate).digest("hex");
  return { privateKey, certificate, id: `sso_oidc_key_pair_${digest.slice(0, 24)}` };
}

/** A self-signed X.509 certificate, which the vendor's key set shows beside each key. Node makes none by itself. */

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const sha256WithRsa = sequence(der(0x06, Buffer.from("2a864886f70d01010b", "hex")), der(0x05));
const commonName = der(0x06, Buffer.from("550403", "hex"));
const nameOf = (name: string) => sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))));
/** GeneralizedTime: `YYYYMMDDHHMMSSZ`. */
const time = (at: string) => der(0x18, Buffer.from(at));

/** DER, for a key that nobody needs to trust: it has no end. */
export function selfSigned(publicKey: KeyObject, privateKey: KeyObject, name: string): Buffer {
  const subject = nameOf(name);
  const spki = publicKey.export({ type: "spki", format: "der" });
  const serial = createHash("sha256").update(spki).digest().subarray(0, 16);
  // A serial number is positive: its first bit must not be set.
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    sha256WithRsa,
    subject,
    sequence(time("20200101000000Z"), time("99991231235959Z")),
    subject,
    spki,
  );
  const signature = sign("sha256", body, privateKey);
  return sequence(body, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
}
