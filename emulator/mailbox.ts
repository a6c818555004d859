import { type Context } from "./context";
import { acceptUrl } from "./handlers/present";
import { type StoredInvitation, type StoredMail } from "./store/entities";

/** A mail that the emulator would have sent. */
export interface Mail {
  id: string;
  kind: "invitation";
  to: string;
  subject: string;
  invitationId: string;
  /** Where the recipient accepts; contains the token. */
  url: string;
  token: string;
  locale: string | null;
  sentAt: string;
}

export function sendInvitationMail(invitation: StoredInvitation, locale: string | undefined, context: Context): void {
  const { store, ids, clock } = context;
  const organization = invitation.organization_id && store.organizations.get(invitation.organization_id);
  const mail: StoredMail = {
    id: ids.make("mail"),
    kind: "invitation",
    to: invitation.email,
    subject: organization ? `You have been invited to ${organization.name}` : "You have been invited",
    invitation_id: invitation.id,
    token: invitation.token,
    locale: locale ?? null,
    sent_at: clock.iso(),
  };
  store.write(() => store.mails.put(mail));
}

/** Oldest first. */
export function mails(context: Context): Mail[] {
  return context.store.mails.all().map((mail) => ({
    id: mail.id,
    kind: mail.kind,
    to: mail.to,
    subject: mail.subject,
    invitationId: mail.invitation_id,
    url: acceptUrl(mail.token, context),
    token: mail.token,
    locale: mail.locale,
    sentAt: mail.sent_at,
  }));
}

export function clearMails({ store }: Context): void {
  store.write(() => {
    for (const mail of store.mails.all()) store.mails.delete(mail.id);
  });
}
