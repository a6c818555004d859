import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { type JwksObject } from "../../api/schemas";
import { type Ids } from "../ids";
import { jose } from "../libraries";
import { type Store } from "../store/store";
import { selfSigned } from "./certificate";

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
