import { type Context } from "./context";
import { acceptUrl } from "./handlers/present";
import { resetUrl } from "./handlers/present-auth";
import { type StoredEmailCode, type StoredPasswordReset, type StoredRadarChallenge } from "./store/auth-entities";
import { type StoredInvitation, type StoredMail } from "./store/entities";

/** A mail that the emulator would have sent. */
export interface Mail {
  id: string;
  kind: StoredMail["kind"];
  to: string;
  subject: string;
  /** The invitation, verification, change, code or reset that the mail is about. */
  objectId: string;
  /** The link in the mail; contains the token. Empty where the mail has none. */
  url: string;
  token: string | null;
  /** The six digits in the mail. */
  code: string | null;
  locale: string | null;
  sentAt: string;
}

export function sendInvitationMail(invitation: StoredInvitation, locale: string | undefined, context: Context): void {
  const organization = invitation.organization_id && context.store.organizations.get(invitation.organization_id);
  const subject = organization ? `You have been invited to ${organization.name}` : "You have been invited";
  const { id, email, token } = invitation;
  send({ kind: "invitation", to: email, subject, object_id: id, token, code: null, locale: locale ?? null }, context);
}

const codeSubjects: Readonly<Record<StoredEmailCode["kind"], string>> = {
  magic_auth: "Your sign-in code",
  email_verification: "Verify your email",
  email_change: "Confirm your new email",
};

export function sendCodeMail({ id, kind, email, code }: StoredEmailCode, context: Context): void {
  send({ kind, to: email, subject: codeSubjects[kind], object_id: id, token: null, code, locale: null }, context);
}

export function sendResetMail({ id, email, token }: StoredPasswordReset, context: Context): void {
  const subject = "Reset your password";
  send({ kind: "password_reset", to: email, subject, object_id: id, token, code: null, locale: null }, context);
}

/** By mail, or by a text message where the challenge has a number. */
export function sendRadarMail({ id, email, phone_number, code }: StoredRadarChallenge, context: Context): void {
  const subject = phone_number === null ? "Confirm your sign-in" : "Text message: confirm your sign-in";
  const to = phone_number ?? email;
  send({ kind: "radar_challenge", to, subject, object_id: id, token: null, code, locale: null }, context);
}

/** Characters of all mails together, in memory and in the data file. */
const mostCharacters = 8 * 1024 * 1024;

/** The oldest mails make room for a new one. */
function send(mail: Omit<StoredMail, "id" | "sent_at">, { store, ids, clock }: Context): void {
  store.write(() => {
    store.mails.put({ ...mail, id: ids.make("mail"), sent_at: clock.iso() });
    while (store.mails.weight > mostCharacters && store.mails.size > 1) {
      store.mails.delete(store.mails.ids().at(0) ?? "");
    }
  });
}

/** Oldest first. */
export function mails(context: Context): Mail[] {
  return context.store.mails.all().map((mail) => ({
    id: mail.id,
    kind: mail.kind,
    to: mail.to,
    subject: mail.subject,
    objectId: mail.object_id,
    url: linkOf(mail, context),
    token: mail.token,
    code: mail.code,
    locale: mail.locale,
    sentAt: mail.sent_at,
  }));
}

function linkOf({ kind, token }: StoredMail, context: Context): string {
  if (token === null) return "";
  return kind === "password_reset" ? resetUrl(token, context) : acceptUrl(token, context);
}

export function clearMails({ store }: Context): void {
  store.write(() => {
    for (const mail of store.mails.all()) store.mails.delete(mail.id);
  });
}
