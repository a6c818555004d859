/** A self-signed X.509 certificate, which the vendor's key set shows beside each key. Node makes none by itself. */
import { createHash, type KeyObject, sign } from "node:crypto";

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
