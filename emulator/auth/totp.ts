/** Codes of an authenticator app (RFC 6238), and the QR code that it scans. */
import { crc32, deflateSync } from "node:zlib";
import { otpauth, qrcode } from "../libraries";
import { type StoredFactor } from "../store/auth-entities";

type Totp = NonNullable<StoredFactor["totp"]>;

function totpOf({ issuer, user, secret }: Totp) {
  const { Secret, TOTP } = otpauth();
  return new TOTP({ issuer, label: user, secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: 30 });
}

/** Base32, as it is typed into an app that cannot scan. */
export const newTotpSecret = () => new (otpauth().Secret)({ size: 20 }).base32;

export function isTotpSecret(secret: string): boolean {
  return /^[A-Z2-7]{16,}=*$/.test(secret);
}

/** A code of the period before or after counts too: clocks differ and typing takes time. */
export function totpMatches(totp: Totp, code: string, now: number): boolean {
  return /^\d{6}$/.test(code) && totpOf(totp).validate({ token: code, timestamp: now, window: 1 }) !== null;
}

export const totpUri = (totp: Totp) => totpOf(totp).toString();

/** A `data:` URL that an `img` element shows. */
export function totpQrCode(totp: Totp): string {
  const code = qrcode()(0, "M");
  code.addData(totpUri(totp));
  code.make();
  const image = png(code.getModuleCount(), (row, column) => code.isDark(row, column));
  return `data:image/png;base64,${image.toString("base64")}`;
}

const scale = 4;
/** Light modules around the code, which scanners need. */
const quiet = 4;

/** A square black and white PNG of `modules` by `modules` squares. */
export function png(modules: number, isDark: (row: number, column: number) => boolean): Buffer {
  const side = (modules + 2 * quiet) * scale;
  const inside = (at: number) => at >= 0 && at < modules;
  // Each line: filter type 0, then one bit a pixel, 1 for white.
  const line = 1 + Math.ceil(side / 8);
  const pixels = Buffer.alloc(line * side, 0xff);
  for (let y = 0; y < side; y += 1) {
    pixels[y * line] = 0;
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
      if (!inside(row) || !inside(column) || !isDark(row, column)) continue;
      const at = y * line + 1 + (x >> 3);
      pixels.writeUInt8(pixels.readUInt8(at) & ~(0x80 >> (x & 7)) & 0xff, at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
