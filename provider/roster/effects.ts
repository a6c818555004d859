/**
 * What a change means to a reviewer: one table, the riskiest first, which is the order in which summaries are written. Of
 * several effects the first counts.
 */

/** What a step of a change does, in a word. */
export type StepName =
  "enrol" | "invite" | "roles" | "reactivate" | "deactivate" | "end" | "profile" | "join" | "leave";

/** What is known of a change before it has a name. */
export interface ChangeFacts {
  readonly steps: readonly { readonly do: StepName }[];
  /** Takes the rights of an admin from somebody active. */
  readonly takesAdmin?: boolean;
  /** Gives somebody the rights of an admin. */
  readonly givesAdmin?: boolean;
  /** Ends or suspends the access of somebody active. */
  readonly removes?: boolean;
  /** Is about somebody whom the roster does not name any more. */
  readonly leaves?: boolean;
  /** Is about somebody who is a member, active or suspended. */
  readonly member?: boolean;
  /** Is about somebody who has nothing to do with the organization so far. */
  readonly comes?: boolean;
}

interface EffectRow {
  readonly effect: string;
  readonly when: (facts: ChangeFacts) => boolean;
  /** One line of a summary. */
  readonly says: (count: string, names: string) => string;
}

const does = ({ steps }: ChangeFacts, step: StepName) => steps.some((one) => one.do === step);

/** Whoever is suspended stays a member without access, and can be let in again. */
const suspends = (facts: ChangeFacts) => does(facts, "deactivate");

const table = [
  {
    effect: "removes admin",
    when: (facts) => (facts.takesAdmin && facts.removes && !suspends(facts)) ?? false,
    says: (count, names) => `REMOVES ${count} admin${count === "1" ? "" : "s"}: ${names}`,
  },
  {
    effect: "suspends admin",
    when: ({ takesAdmin, removes }) => (takesAdmin && removes) ?? false,
    says: (count, names) => `SUSPENDS ${count} admin${count === "1" ? "" : "s"}: ${names}`,
  },
  {
    effect: "demotes",
    when: ({ takesAdmin }) => takesAdmin ?? false,
    says: (count, names) => `TAKES the admin role from ${count}: ${names}`,
  },
  {
    effect: "readmits admin",
    when: (facts) => (facts.givesAdmin && does(facts, "reactivate")) ?? false,
    says: (count, names) => `LIFTS the suspension of ${count} as admin${count === "1" ? "" : "s"}: ${names}`,
  },
  {
    effect: "grants admin",
    when: ({ givesAdmin }) => givesAdmin ?? false,
    says: (count, names) => `GRANTS admin to ${count}: ${names}`,
  },
  {
    effect: "removes",
    when: (facts) => (facts.leaves && facts.member && !suspends(facts)) ?? false,
    says: (count, names) => `removes ${count}: ${names}`,
  },
  {
    effect: "suspends",
    when: ({ removes }) => removes ?? false,
    says: (count, names) => `suspends ${count}: ${names}`,
  },
  {
    effect: "readmits",
    when: (facts) => does(facts, "reactivate"),
    says: (count, names) => `lifts the suspension of ${count}: ${names}`,
  },
  {
    effect: "changes roles",
    when: (facts) => !facts.comes && (does(facts, "roles") || does(facts, "invite")),
    says: (count, names) => `changes the roles of ${count}: ${names}`,
  },
  {
    effect: "joins groups",
    when: (facts) => !facts.comes && does(facts, "join"),
    says: (count, names) => `puts ${count} into groups: ${names}`,
  },
  {
    effect: "leaves groups",
    when: (facts) => !facts.leaves && does(facts, "leave"),
    says: (count, names) => `takes ${count} out of groups: ${names}`,
  },
  {
    effect: "adds",
    when: (facts) => does(facts, "enrol"),
    says: (count, names) => `adds ${count}: ${names}`,
  },
  {
    effect: "invites",
    when: (facts) => does(facts, "invite"),
    says: (count, names) => `invites ${count}: ${names}`,
  },
  {
    effect: "takes back",
    when: ({ leaves }) => leaves ?? false,
    says: (count, names) => `takes back the invitation of ${count}: ${names}`,
  },
  {
    effect: "profile",
    when: () => true,
    says: (count, names) => `sets the profile of ${count}: ${names}`,
  },
] as const satisfies readonly EffectRow[];

export type Effect = (typeof table)[number]["effect"];

/** In the order of summaries. */
export const effects: readonly { readonly effect: Effect; readonly says: EffectRow["says"] }[] = table;

export const effectOf = (facts: ChangeFacts): Effect => table.find(({ when }) => when(facts))?.effect ?? "profile";
