/** A preview as one comment for reviewers: people and risk first, ids last, secrets never. */
import { ConfigError, readGuards, settings as settingNames } from "../../provider/config";
import type { GuardSettings } from "../../provider/context";
import { counted, named, plural } from "../../provider/wording";
import { noGuards } from "../../provider/lifecycle/guards";
import { type Item, order, titles } from "./item";
import { code, escaped } from "../markdown";
import { Directory, kindOf, opOf, type Preview, type PreviewStep, redactorFor, withWholeStates } from "./preview";
import { expectedRefusals } from "./refusals";
import { itemsOf } from "./resources";
import { rosterPart } from "./roster";
import { tallyOf } from "./tally";

export type { Preview, PreviewStep } from "./preview";

/** What GitHub takes at most, in characters; counted here in bytes, to be safe under any reading. */
export const limit = 65_536;
/** First line of every comment, by which a workflow finds its own to edit it. */
export const marker = "<!-- pulumi-workos: access -->";

type Environment = Readonly<Record<string, string | undefined>>;

interface Said {
  readonly items: readonly Item[];
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
  readonly unchanged: number;
}

/**
 * @param settings the guards' settings. Default: those of the previewed stack, and where it has none those of `env`.
 */
export function commentOf(
  given: Preview,
  { settings, env = process.env }: { settings?: Partial<GuardSettings>; env?: Environment } = {},
): string {
  const preview = withWholeStates(given);
  const redact = redactorFor(preview);
  const errors = (preview.diagnostics ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    return redact(
      failed(
        errors.map(({ message = "" }) => message),
        stackOf(preview),
      ),
    );
  const { guards, notes } = settings ? { guards: { ...noGuards, ...settings }, notes: [] } : guardsOf(preview, env);
  const said = whatItSays(
    lastOfEach(preview.steps ?? []),
    (preview.diagnostics ?? []).flatMap(({ message = "" }) => message.split("\n").map((line) => line.trimEnd())),
    guards,
  );
  for (let shown = 100; ; shown = Math.floor(shown / 2)) {
    const text = redact(render({ ...said, notes: [...notes, ...said.notes] }, placeOf(preview, said.items), shown));
    if (Buffer.byteLength(text) < limit || shown === 0) return text;
  }
}

/**
 * A refresh reports everything before the plan does; without a later step of its own a resource stays as it is. The
 * engine takes its steps in no fixed order, and the comment on a change should not differ from run to run.
 */
function lastOfEach(steps: readonly PreviewStep[]): PreviewStep[] {
  const last = new Map(steps.map((step) => [step.urn, step]));
  return [...last.values()].sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

function whatItSays(steps: readonly PreviewStep[], said: readonly string[], settings: GuardSettings): Said {
  const directory = new Directory(steps);
  const scene = { directory, settings, said, tallies: tallyOf(steps, { directory, settings }) };
  const rosters = steps
    .filter((step) => kindOf(step) === "OrganizationRoster")
    .map((step) => rosterPart(step, scene, said));
  const memberships = steps.filter((step) => kindOf(step) === "OrganizationMembership");
  const refusals = [
    ...rosters.flatMap((part) => part.refusals.map((reason) => ({ certain: true, reason }))),
    ...expectedRefusals(steps, scene),
  ];
  return {
    items: [...rosters.flatMap(({ items }) => items), ...steps.flatMap((step) => itemsOf(step, scene))],
    refusals: refusals.map(({ certain, reason }) => `**${certain ? "Will" : "May"} be refused.** ${escaped(reason)}`),
    notes: [...rosters.flatMap(({ notes }) => notes), ...foreign(steps)],
    unchanged:
      rosters.reduce((sum, { unchanged }) => sum + unchanged, 0) + memberships.filter((step) => !opOf(step)).length,
  };
}

/** That there is more in the plan than this comment is about. */
function foreign(steps: readonly PreviewStep[]): string[] {
  const { length } = steps.filter((step) => kindOf(step) === undefined && opOf(step) !== undefined && !isStack(step));
  return length === 0
    ? []
    : [
        `${plural(length, "resource")} of other kinds ${length === 1 ? "changes" : "change"} too; the preview shows them`,
      ];
}

const isStack = ({ urn }: PreviewStep) => urn.includes("::pulumi:pulumi:Stack::");

/** The guards as the run will have them. */
function guardsOf({ config }: Preview, env: Environment): { guards: GuardSettings; notes: string[] } {
  const masked = Object.keys(settingNames).filter((name) => config?.[`workos:${name}`] === "[secret]");
  try {
    const guards = readGuards((name) => {
      const value = config?.[`workos:${name}`];
      return typeof value === "string" && !masked.includes(name) ? value : undefined;
    }, env);
    const hidden = masked.filter((name) => name !== "apiKey" && name !== "clientId" && name !== "baseUrl");
    return {
      guards,
      notes: hidden.map(
        (name) =>
          `workos:${name} is stored as a secret, so that what it refuses cannot be told here; it need not be one`,
      ),
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { guards: noGuards, notes: [error.message] };
  }
}

/** Which stack of which project this is about, as far as anything in the preview tells. */
function stackOf({ steps, diagnostics }: Preview): string | undefined {
  const urn = [...(steps ?? []), ...(diagnostics ?? [])].find((one) => one.urn?.startsWith("urn:pulumi:"))?.urn;
  const [stack = "", project] = urn?.slice("urn:pulumi:".length).split("::") ?? [];
  return project === undefined ? undefined : `Stack ${code(stack)} of ${code(project)}`;
}

/** Where all this is: the stack, and the organizations that change, or where none does those that it has. */
function placeOf(preview: Preview, items: readonly Item[]): string[] {
  const stack = stackOf(preview);
  const changing = [...new Set(items.flatMap(({ where }) => where ?? []))];
  const all = changing.length > 0 ? changing : new Directory(preview.steps ?? []).organizations;
  const organizations =
    all.length === 0
      ? ""
      : `${all.length === 1 ? "organization" : "organizations"} ${escaped(named([...all].sort(), 10))}`;
  if (stack === undefined) return organizations === "" ? [] : [`In the ${organizations}.`];
  return [`${stack}${organizations === "" ? "" : `, ${organizations}`}.`];
}

function failed(errors: readonly string[], stack: string | undefined): string {
  const shown = errors.slice(0, 20).map((message) => withoutStack(message).replaceAll("```", "'''").slice(0, 700));
  const more = errors.length > shown.length ? [`and ${errors.length - shown.length} more`] : [];
  return [
    marker,
    "## The preview failed",
    ...(stack === undefined ? [] : [`${stack}.`]),
    "What would change is not known. Mend this, and run the preview again:",
    ["```text", ...shown, ...more, "```"].join("\n"),
  ].join("\n\n");
}

const withoutStack = (message: string) => message.replace(/\n +at [^\n]*/g, "").trim();

function render({ items, refusals, notes, unchanged }: Said, place: readonly string[], shown: number): string {
  const several = new Set(items.flatMap(({ where }) => where ?? [])).size > 1;
  const sections = order.flatMap((effect) => {
    const of = items.filter((item) => item.effect === effect);
    if (of.length === 0) return [];
    const more = of.length > shown ? [`- and ${counted(of.length - shown)} more`] : [];
    const title = `### ${titles[effect](of.length, counted(of.length))}`;
    return [[title, "", ...of.slice(0, shown).map((item) => `- ${line(item, several)}`), ...more].join("\n")];
  });
  const ids = items.filter(({ id }) => id !== undefined).slice(0, shown);
  const idLines = ids.map(({ who, id = "" }) => `- ${escaped(`${who}: ${id}`)}`);
  return [
    marker,
    items.length === 0 ? "## No change of access" : "## Changes of access",
    ...place,
    ...capped(refusals, shown).map((reason) => `> [!CAUTION]\n> ${reason}`),
    ...sections,
    ...(unchanged > 0 ? [`No change for ${counted(unchanged)}.`] : []),
    ...(notes.length > 0
      ? [["Worth knowing:", "", ...capped(notes.map(escaped), shown).map((note) => `- ${note}`)].join("\n")]
      : []),
    ...(idLines.length > 0 ? [`<details><summary>Ids</summary>\n\n${idLines.join("\n")}\n\n</details>`] : []),
  ].join("\n\n");
}

const capped = (lines: readonly string[], shown: number): string[] =>
  lines.length > shown ? [...lines.slice(0, shown), `and ${counted(lines.length - shown)} more`] : [...lines];

function line({ what, who, where, roles, until, detail }: Item, several: boolean): string {
  const [before, after] = [roles?.before.join(", ") ?? "", roles?.after?.join(", ") ?? ""];
  const change = after === "" || after === before ? "" : ` (${escaped(before && `${before} → `)}${escaped(after)})`;
  return [
    what === undefined ? "" : `${what} `,
    code(who),
    change,
    several && where !== undefined ? ` in ${escaped(where)}` : "",
    until === undefined ? "" : `, until ${escaped(until)}`,
    detail === undefined ? "" : `: ${escaped(detail)}`,
  ].join("");
}
