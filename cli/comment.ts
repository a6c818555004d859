/** A preview as one comment for reviewers: people and risk first, ids last, secrets never. */
import { Guards } from "../provider/lifecycle";
import type { GuardSettings } from "../provider/lifecycle/guards";
import { foreseen } from "../provider/roster/lifecycle";
import { type Effect, effects } from "../provider/roster/plan";
import type { Roster } from "../provider/roster/roster";
import type { RosterState } from "../provider/roster/state";

/** What `pulumi preview --json` says of one resource. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: { readonly inputs?: Record<string, unknown>; readonly outputs?: Record<string, unknown> };
  readonly newState?: { readonly inputs?: Record<string, unknown> };
  readonly diffReasons?: readonly string[] | null;
}

export interface Preview {
  readonly steps?: readonly PreviewStep[];
}

/** The most that GitHub takes. */
export const limit = 65_536;
export const marker = "<!-- pulumi-workos: access -->";

interface Item {
  readonly effect: Effect | "other";
  readonly text: string;
}

interface Said {
  readonly items: Item[];
  readonly refusals: string[];
  readonly ids: string[];
  unchanged: number;
}

const titles: Record<Effect | "other", (count: string) => string> = {
  "removes admin": (count) => `🔴 Removes ${count} ${count === "1" ? "admin" : "admins"}`,
  demotes: (count) => `🔴 Takes the admin role from ${count}`,
  "grants admin": (count) => `🟠 Grants admin to ${count}`,
  removes: (count) => `🟠 Removes ${count}`,
  suspends: (count) => `🟠 Suspends ${count}`,
  readmits: (count) => `🟡 Lifts the suspension of ${count}`,
  "changes roles": (count) => `🟡 Changes the roles of ${count}`,
  adds: (count) => `🟢 Adds ${count}`,
  invites: (count) => `🟢 Invites ${count}`,
  "takes back": (count) => `🟢 Takes back ${count} ${count === "1" ? "invitation" : "invitations"}`,
  profile: (count) => `⚪ Sets the profile of ${count}`,
  other: (count) => `⚪ Other changes: ${count}`,
};
const order = [...effects, "other"] as const;

export function commentOf(preview: Preview, settings: Partial<GuardSettings> = {}): string {
  const said: Said = { items: [], refusals: [], ids: [], unchanged: 0 };
  for (const step of preview.steps ?? []) {
    const [, kind] = /::pulumi-nodejs:dynamic\/workos:(\w+)::/.exec(step.urn) ?? [];
    if (kind === "OrganizationRoster" && step.op !== "same") rosterStep(step, said, settings);
    else if (kind !== undefined && step.op !== "same") otherStep(kind, step, said);
    else if (kind === "OrganizationRoster") said.unchanged += Object.keys(membersOf(step)).length;
  }
  for (let shown = 100; ; shown = Math.floor(shown / 2)) {
    const text = render(said, shown);
    if (text.length < limit || shown === 0) return text.slice(0, limit - 1);
  }
}

const membersOf = ({ newState, oldState }: PreviewStep): object => (newState ?? oldState)?.inputs?.members ?? {};

function rosterStep(step: PreviewStep, said: Said, settings: Partial<GuardSettings>): void {
  const { oldState, newState, op } = step;
  const name = nameOf(step);
  if (op.startsWith("delete")) {
    said.items.push({ effect: "other", text: `${code(name)}: the roster is no longer managed` });
    return;
  }
  // Planned as the provider plans it; a new roster starts from nothing, and removes nobody.
  const before = { organizationName: name, __people: {}, counts: { active: 0, admins: 0 }, ...oldState?.outputs };
  const roster = newState?.inputs as Roster | undefined;
  if (!roster || typeof roster.members !== "object") return;
  const { changes, refusals, unchanged } = foreseen(before as unknown as RosterState, roster, {
    guards: new Guards(settings),
  });
  for (const { email, effect, member, person } of changes) {
    const roles = member?.roles?.join(", ");
    const before = person?.roles.join(", ") ?? "";
    const shown =
      roles === undefined || roles === before ? "" : ` (${escaped(before && `${before} → `)}${escaped(roles)})`;
    said.items.push({ effect, text: `${code(email)}${shown}` });
    if (person?.membershipId) said.ids.push(`${email}: ${person.membershipId}`);
  }
  said.refusals.push(...refusals.map((reason) => `${name}: ${reason}`));
  said.unchanged += unchanged;
}

/** What a single resource means for a person, as far as its inputs tell. */
function otherStep(kind: string, step: PreviewStep, said: Said): void {
  const inputs = step.newState?.inputs ?? step.oldState?.inputs ?? {};
  const roles = [inputs.roleSlug, ...((inputs.roleSlugs as unknown[] | undefined) ?? [])].filter(Boolean).map(String);
  const who = typeof inputs.email === "string" ? inputs.email : nameOf(step);
  const admin = roles.includes("admin");
  const access = kind === "OrganizationMembership" || kind === "Invitation";
  const ends = step.op.startsWith("delete");
  const comes = step.op === "create";
  const effect: Item["effect"] = !access
    ? "other"
    : ends
      ? admin
        ? "removes admin"
        : "removes"
      : admin
        ? "grants admin"
        : comes
          ? kind === "Invitation"
            ? "invites"
            : "adds"
          : "changes roles";
  const what = access ? "" : `${step.op} ${kind} `;
  said.items.push({ effect, text: `${what}${code(who)}${roles.length > 0 ? ` (${escaped(roles.join(", "))})` : ""}` });
}

function render({ items, refusals, ids, unchanged }: Said, shown: number): string {
  const sections = order.flatMap((effect) => {
    const of = items.filter((item) => item.effect === effect);
    if (of.length === 0) return [];
    const more = of.length > shown ? [`- and ${(of.length - shown).toLocaleString("en")} more`] : [];
    return [
      [
        `### ${titles[effect](of.length.toLocaleString("en"))}`,
        "",
        ...of.slice(0, shown).map(({ text }) => `- ${text}`),
        ...more,
      ].join("\n"),
    ];
  });
  const refused = refusals.map((reason) => `> [!CAUTION]\n> **Will be refused.** ${escaped(reason)}`);
  const rest = unchanged > 0 ? [`No change for ${unchanged.toLocaleString("en")}.`] : [];
  const details = ids.slice(0, shown).map((id) => `- ${escaped(id)}`);
  return [
    marker,
    items.length === 0 ? "## No change of access" : "## Changes of access",
    ...refused,
    ...sections,
    ...rest,
    ...(details.length > 0 ? [`<details><summary>Ids</summary>\n\n${details.join("\n")}\n\n</details>`] : []),
  ].join("\n\n");
}

const nameOf = ({ urn }: PreviewStep) => urn.slice(urn.lastIndexOf("::") + 2);
/** Text of the program's must not become markup, nor notify anybody. */
const escaped = (text: string) =>
  text
    .replace(/[\\*_{}[\]<>|#]/g, "\\$&")
    .replaceAll("`", "'")
    .replace(/\s+/g, " ");
const code = (text: string) => `\`${text.replaceAll("`", "'").replace(/\s+/g, " ")}\``;
