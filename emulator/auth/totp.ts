/** Codes of an authenticator app (RFC 6238), and the QR code that it scans. */
import { Secret, TOTP } from "otpauth";
import qrcode from "qrcode-generator";
import { type StoredFactor } from "../store/auth-entities";
import { png } from "./png";

type Totp = NonNullable<StoredFactor["totp"]>;

const totpOf = ({ issuer, user, secret }: Totp) =>
  new TOTP({ issuer, label: user, secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: 30 });

/** Base32, as it is typed into an app that cannot scan. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32;

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
  const code = qrcode(0, "M");
  code.addData(totpUri(totp));
  code.make();
  const image = png(code.getModuleCount(), (row, column) => code.isDark(row, column));
  return `data:image/png;base64,${image.toString("base64")}`;
}
