/** One line of the comment: what a step of the plan means to somebody. */
import type { Effect } from "../../provider/roster/effects";

/** Besides what happens to a person's access. */
export type Meaning =
  | Effect
  | "ends organization"
  | "api key"
  | "application"
  | "role"
  | "permission"
  | "resource"
  | "group"
  | "sign-ins"
  | "feature"
  | "end"
  | "setting"
  | "other";

export interface Item {
  readonly effect: Meaning;
  /** The person, or what else it is about. */
  readonly who: string;
  /** What kind of thing `who` is, where it is no person. */
  readonly what?: string;
  /** Name of the organization. */
  readonly where?: string;
  /** Roles, before and after. */
  readonly roles?: { readonly before: readonly string[]; readonly after?: readonly string[] };
  /** When it ends, a day or a moment. */
  readonly until?: string;
  /** What else there is to say. */
  readonly detail?: string;
  readonly id?: string;
}

/** Titles, the riskiest first: the order of the sections. */
export const titles: Readonly<Record<Meaning, (count: number, shown: string) => string>> = {
  "ends organization": (count, shown) =>
    `🔴 Deletes ${shown} ${count === 1 ? "organization" : "organizations"} with everybody in it`,
  "removes admin": (count, shown) => `🔴 Removes ${shown} ${count === 1 ? "admin" : "admins"}`,
  "suspends admin": (count, shown) => `🔴 Suspends ${shown} ${count === 1 ? "admin" : "admins"}`,
  demotes: (_count, shown) => `🔴 Takes the admin role from ${shown}`,
  "readmits admin": (count, shown) => `🟠 Lifts the suspension of ${shown} ${count === 1 ? "admin" : "admins"}`,
  "grants admin": (_count, shown) => `🟠 Grants admin to ${shown}`,
  removes: (_count, shown) => `🟠 Removes ${shown}`,
  suspends: (_count, shown) => `🟠 Suspends ${shown}`,
  readmits: (_count, shown) => `🟡 Lifts the suspension of ${shown}`,
  "api key": (count, shown) => `🟡 Changes ${shown} API ${count === 1 ? "key" : "keys"}`,
  application: (count, shown) => `🟡 Changes ${shown} Connect ${count === 1 ? "application" : "applications"}`,
  feature: (_count, shown) => `🟡 Switches features: ${shown}`,
  role: (count, shown) => `🟡 Changes what ${shown} ${count === 1 ? "role" : "roles"} may do`,
  group: (_count, shown) => `🟡 Changes who is in groups, or what those give: ${shown}`,
  "sign-ins": (count, shown) => `🟡 Changes ${shown} ${count === 1 ? "entry" : "entries"} of who may sign in`,
  resource: (count, shown) => `🟡 Changes ${shown} ${count === 1 ? "resource" : "resources"} that people have roles on`,
  permission: (count, shown) => `🟡 Takes ${shown} ${count === 1 ? "permission" : "permissions"} from every role`,
  "changes roles": (_count, shown) => `🟡 Changes the roles of ${shown}`,
  "joins groups": (_count, shown) => `🟡 Puts ${shown} into groups`,
  "leaves groups": (_count, shown) => `🟡 Takes ${shown} out of groups`,
  end: (_count, shown) => `🟡 Changes when the access of ${shown} ends`,
  setting: (count, shown) => `🟡 Changes ${shown} ${count === 1 ? "setting" : "settings"} of the environment`,
  adds: (_count, shown) => `🟢 Adds ${shown}`,
  invites: (_count, shown) => `🟢 Invites ${shown}`,
  "takes back": (count, shown) => `🟢 Takes back ${shown} ${count === 1 ? "invitation" : "invitations"}`,
  profile: (_count, shown) => `⚪ Sets the profile of ${shown}`,
  other: (_count, shown) => `⚪ Other changes: ${shown}`,
};

export const order = Object.keys(titles) as readonly Meaning[];
