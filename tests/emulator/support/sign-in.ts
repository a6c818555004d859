/** Short ways of signing in to a local AuthKit over HTTP. */
import { jose } from "../../../emulator/libraries";
import { jwks } from "../../../api/schemas";
import { type Answer, type Local, start } from "./local";

export const grant = {
  magicAuth: "urn:workos:oauth:grant-type:magic-auth:code",
  emailVerification: "urn:workos:oauth:grant-type:email-verification:code",
  totp: "urn:workos:oauth:grant-type:mfa-totp",
  organization: "urn:workos:oauth:grant-type:organization-selection",
  device: "urn:ietf:params:oauth:grant-type:device_code",
};

export const password = "correct horse battery";
const client = { client_id: "client_local", client_secret: "sk_test_local" };

export const authenticate = (local: Local, fields: object) =>
  local.post("/user_management/authenticate", { ...client, ...fields });

export const withPassword = (local: Local, email: string, fields: object = {}) =>
  authenticate(local, { grant_type: "password", email, password, ...fields });

/** A user who can sign in at once. */
export const person = (local: Local, fields: object = {}) => local.user({ password, email_verified: true, ...fields });

export const text = (answer: Pick<Answer, "body">, name: string): string => {
  const value = answer.body[name];
  if (typeof value !== "string") throw new Error(`no ${name} in ${JSON.stringify(answer.body)}`);
  return value;
};

/** The claims of a token, verified by the key set that the emulator publishes, at its own time. */
export async function claims(local: Local, token: string) {
  const { createLocalJWKSet, jwtVerify } = await jose();
  const { keys } = jwks.parse((await local.get("/sso/jwks/client_local")).body);
  const currentDate = new Date(local.control.clock.now());
  return (await jwtVerify(token, createLocalJWKSet({ keys }), { algorithms: ["RS256"], currentDate })).payload;
}

export function lastMail(local: Local) {
  const mail = local.control.mailbox.list().at(-1);
  if (mail === undefined) throw new Error("no mail was sent");
  return mail;
}

export const lastCode = (local: Local) => lastMail(local).code ?? "";
/** Six digits that are not the code. */
export const wrongCode = (local: Local) => (lastCode(local) === "000000" ? "111111" : "000000");
export const seconds = (count: number) => start / 1000 + count;
