/** What a roster tells of its people, made of what is kept of them: one line each. */
import { entriesOf, type RosterState } from "./state";

/** What identifies somebody of a roster in WorkOS. */
export interface RosterIds {
  /** Known once they have a user. */
  readonly userId?: string;
  /** Once they are a member: enrolled, or by accepting. */
  readonly membershipId?: string;
  /** While an invitation is open. */
  readonly invitationId?: string;
}

type People = RosterState["__people"] | undefined;

/** Ids by email address, for everybody who has access or is invited. */
export const idsOf = (people: People): Readonly<Record<string, RosterIds>> =>
  Object.fromEntries(
    [...entriesOf({ __people: people })]
      .filter(([, { status, extra }]) => status !== "missing" && !extra)
      .map(([email, { userId, accessId }]) => [email, identified(userId, accessId)]),
  );

/** Addresses whose invitation is open. */
export const pendingInvitationsOf = (people: People): readonly string[] =>
  [...entriesOf({ __people: people })].filter(([, { status }]) => status === "pending").map(([email]) => email);

function identified(userId: string | undefined, accessId: string | undefined): RosterIds {
  const access = accessId?.startsWith("om_") ? { membershipId: accessId } : { invitationId: accessId };
  return { ...(userId === undefined ? {} : { userId }), ...(accessId === undefined ? {} : access) };
}
