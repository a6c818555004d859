/** Certificates as a company's own authority makes them, written in DER with what Node has: no tool and no library. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const bytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
};
const sequence = (...parts: readonly Buffer[]) => tlv(0x30, ...parts);
const oid = (...bytes: readonly number[]) => tlv(0x06, Buffer.from(bytes));
const yes = tlv(0x01, Buffer.from([0xff]));
const bits = (content: Buffer) => tlv(0x03, Buffer.from([0]), content);
const time = (year: number) => tlv(0x18, Buffer.from(`${year}0101000000Z`));
const named = (name: string) => sequence(tlv(0x31, sequence(oid(0x55, 0x04, 0x03), tlv(0x0c, Buffer.from(name)))));

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const extension = (id: Buffer, critical: boolean, content: Buffer) =>
  sequence(id, ...(critical ? [yes] : []), tlv(0x04, content));
const basicConstraints = extension(oid(0x55, 0x1d, 0x13), true, sequence(yes));
/** For `localhost` and 127.0.0.1. */
const alternativeNames = extension(
  oid(0x55, 0x1d, 0x11),
  false,
  sequence(tlv(0x82, Buffer.from("localhost")), tlv(0x87, Buffer.from([127, 0, 0, 1]))),
);

const newKey = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });

function certificate(
  subject: string,
  issuer: string,
  publicKey: KeyObject,
  signer: KeyObject,
  extensions: readonly Buffer[],
): string {
  const serial = tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    serial,
    ecdsaWithSha256,
    named(issuer),
    sequence(time(2020), time(2120)),
    named(subject),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign("sha256", body, signer)));
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

export interface Certificates {
  /** The authority's own certificate, which whoever is to trust it is given. */
  readonly authority: string;
  /** What a server on loopback shows, made by the authority. */
  readonly server: { readonly key: string; readonly cert: string };
}

export function makeCertificates(): Certificates {
  const [authority, server] = [newKey(), newKey()];
  const name = "Acme Inspection";
  return {
    authority: certificate(name, name, authority.publicKey, authority.privateKey, [basicConstraints]),
    server: {
      key: server.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      cert: certificate("localhost", name, server.publicKey, authority.privateKey, [alternativeNames]),
    },
  };
}
