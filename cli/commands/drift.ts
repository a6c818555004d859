import { writeFileSync } from "node:fs";
import { loadRosterFiles } from "../../sdk/roster-files";
import { type Command, parsed, processIo, UsageError } from "../command";
import { type Drift, drifted, driftOf } from "../drift";
import { liveOrganization } from "../live";

const titles = {
  extra: "Have access and are not in the roster",
  expired: "Still have access although their time is over",
  missing: "Are in the roster and have no access",
  changed: "Have other access than the roster says",
  directoryManaged: "Differ, and belong to the directory sync",
} as const;
const kinds = Object.keys(titles) as (keyof typeof titles)[];

export const drift: Command = {
  name: "drift",
  summary: "Compare a live organization with its roster",
  help: `Usage: pulumi-workos drift PATH [--organization org_…] [--json | --markdown] [--html FILE]

Compares everybody who has access with who the roster says has: who is extra, missing, changed, expired or owned by a
directory. Needs no Pulumi engine and changes nothing. Reads WORKOS_API_KEY and WORKOS_BASE_URL.

Options:
  --organization ID   the organization. Default: the one that the roster names
  --json              the result as JSON
  --markdown          the result as Markdown
  --html FILE         a page of its own as well

Examples:
  pulumi-workos drift roster.yaml
  pulumi-workos drift rosters/acme --markdown --html drift.html

Exit codes: 0 no drift, 2 drift, 1 failed, 64 wrong usage.`,
  async run(args, io = processIo) {
    const { values, positionals } = parsed(args, {
      organization: { type: "string" },
      json: { type: "boolean" },
      markdown: { type: "boolean" },
      html: { type: "string" },
    });
    const [path] = positionals;
    if (path === undefined) throw new UsageError("drift needs the path of a roster file or folder.");
    const roster = loadRosterFiles(path);
    const organization = values.organization ?? roster.organization;
    if (organization === undefined) {
      throw new UsageError("No organization: give --organization org_…, or write it into the roster.");
    }
    const found = driftOf(roster, await liveOrganization(organization));
    io.out(values.json ? JSON.stringify(found, undefined, 2) : values.markdown ? markdown(found) : plain(found));
    if (values.html !== undefined) writeFileSync(values.html, html(found));
    return drifted(found) ? 2 : 0;
  },
};

const headline = (found: Drift) =>
  drifted(found)
    ? `${found.organization} differs from its roster of ${found.people} people.`
    : `${found.organization} is as its roster of ${found.people} people says.`;

function plain(found: Drift): string {
  const parts = kinds
    .filter((kind) => found[kind].length > 0)
    .map((kind) =>
      [
        `${titles[kind]} (${found[kind].length}):`,
        ...found[kind].map(({ email, detail }) => `  ${email}: ${detail}`),
      ].join("\n"),
    );
  return [headline(found), ...parts].join("\n");
}

/** What came from outside must not become markup of ours. */
export const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|#@]/g, (mark) => (mark === "@" ? "@" : `\\${mark}`)).replaceAll("\n", " ");

function markdown(found: Drift): string {
  const parts = kinds
    .filter((kind) => found[kind].length > 0)
    .map((kind) =>
      [
        `### ${titles[kind]} (${found[kind].length})`,
        "",
        ...found[kind].slice(0, 200).map(({ email, detail }) => `- ${escaped(email)}: ${escaped(detail)}`),
        ...(found[kind].length > 200 ? [`- and ${found[kind].length - 200} more`] : []),
      ].join("\n"),
    );
  return [`## ${escaped(headline(found))}`, ...parts].join("\n\n");
}

function html(found: Drift): string {
  const safe = (text: string) =>
    text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark] ?? mark);
  const section = (kind: (typeof kinds)[number]) =>
    `<h2>${titles[kind]} (${found[kind].length})</h2><table>${found[kind]
      .map(({ email, detail }) => `<tr><td>${safe(email)}</td><td>${safe(detail)}</td></tr>`)
      .join("\n")}</table>`;
  const style =
    "body{font:16px system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse}td{padding:.2rem 1rem .2rem 0;border-bottom:1px solid #8884}:root{color-scheme:light dark}";
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${safe(headline(found))}</title><style>${style}</style>
<h1>${safe(headline(found))}</h1>
${kinds
  .filter((kind) => found[kind].length > 0)
  .map(section)
  .join("\n")}
</html>
`;
}
