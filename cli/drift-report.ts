/** Drift for people: as text, as Markdown for an issue, and as a page of its own. */
import { type Difference, type Drift, drifted } from "./drift";
import { type ResourceDifference, type StackDrift } from "./stack-drift";
import { counted, oneLine, plural } from "../provider/wording";
import { escaped } from "./markdown";

const titles = {
  extra: "Have access and are not in the roster",
  expired: "Still have access although their time is over",
  missing: "Are in the roster and have no access",
  changed: "Have other access than the roster says",
  directoryManaged: "Differ, and belong to the directory sync",
  access: "What somebody may do, or how they are let in, is another than the program says",
  other: "Other things differ from what the program says",
  untold: "Could not be compared",
} as const;
type Section = keyof typeof titles;

const shortTitles: Record<Section, string> = {
  extra: "extra",
  expired: "expired",
  missing: "missing",
  changed: "changed",
  directoryManaged: "directory-managed",
  access: "of access",
  other: "others",
  untold: "not compared",
};

/** One line of a report. */
interface Row {
  readonly subject: string;
  /** All that there is to say, in one phrase. */
  readonly detail: string;
  readonly has: string;
  readonly says?: string;
}

/** What is shown, whatever was compared. */
export interface Report {
  readonly headline: string;
  readonly differs: boolean;
  /** Titles of the columns, and what stands where the files or the program say nothing. */
  readonly columns: readonly [subject: string, has: string, says: string];
  readonly unsaid: string;
  /** In order; also those that have no rows. */
  readonly sections: readonly { readonly section: Section; readonly rows: readonly Row[] }[];
}

const rosterSections = ["extra", "expired", "missing", "changed", "directoryManaged"] as const;

export function rosterReport(found: Drift): Report {
  const rowOf = ({ email, ...rest }: Difference): Row => ({ subject: email, ...rest });
  const roster = `its roster of ${plural(found.people, "person", "people")}`;
  const differs = drifted(found);
  return {
    headline: `${oneLine(found.organization)} ${differs ? `differs from ${roster}` : `is as ${roster} says`}.`,
    differs,
    columns: ["Person", "Has", "The roster says"],
    unsaid: "not in the roster",
    sections: rosterSections.map((section) => ({ section, rows: found[section].map(rowOf) })),
  };
}

export function stackReport({ stack, compared, differences, untold }: StackDrift): Report {
  const count = Object.values(compared).reduce((sum, one) => sum + one, 0);
  const differs = differences.length > 0;
  const of = (access: boolean) => differences.filter((one) => one.access === access).map(resourceRow);
  return {
    headline: differs
      ? `WorkOS differs from the stack ${stack} in ${counted(differences.length)} of ${plural(count, "resource")}.`
      : `WorkOS is as the stack ${stack} says, in ${plural(count, "resource")}.`,
    differs,
    columns: ["Resource", "At WorkOS", "The program says"],
    unsaid: "",
    sections: [
      { section: "access", rows: of(true) },
      { section: "other", rows: of(false) },
      {
        section: "untold",
        rows: untold.map(({ kind, name, reason }) => ({ subject: `${kind} ${name}`, detail: reason, has: reason })),
      },
    ],
  };
}

function resourceRow({ kind, name, happened, properties }: ResourceDifference): Row {
  const values = properties.map(({ property, has, says }) => `${property} is ${has}, the program says ${says}`);
  return {
    subject: `${kind} ${name}`,
    detail: [...happened, ...values].join("; "),
    has: [...happened, ...properties.map(({ property, has }) => `${property}: ${has}`)].join("; "),
    says: properties.map(({ property, says }) => `${property}: ${says}`).join("; "),
  };
}

const present = ({ sections }: Report) => sections.filter(({ rows }) => rows.length > 0);
const title = ({ section, rows }: Report["sections"][number]) => `${titles[section]} (${counted(rows.length)})`;

export function plain(report: Report): string {
  const parts = present(report).map((part) =>
    [`${title(part)}:`, ...part.rows.map(({ subject, detail }) => `  ${oneLine(subject)}: ${oneLine(detail)}`)].join(
      "\n",
    ),
  );
  return [report.headline, ...parts].join("\n");
}

/** What an issue of GitHub's holds at most, counted in bytes to be safe under any reading. */
const limit = 65_536;
/** Last line, by which a workflow finds its own issue to edit it. */
export const marker = "<!-- pulumi-workos: drift -->";

export function markdown(report: Report): string {
  for (let most = 200; ; most = Math.floor(most / 2)) {
    const parts = present(report).map((part) =>
      [
        `### ${title(part)}`,
        "",
        ...part.rows.slice(0, most).map(({ subject, detail }) => `- ${escaped(subject)}: ${escaped(detail)}`),
        ...(part.rows.length > most ? [`- and ${counted(part.rows.length - most)} more`] : []),
      ].join("\n"),
    );
    const text = [`## ${escaped(report.headline)}`, ...parts, marker].join("\n\n");
    if (Buffer.byteLength(text) < limit || most === 0) return text;
  }
}

const safe = (text: string) =>
  oneLine(text).replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark] ?? mark);

/** Without scripts, fonts or anything else from elsewhere: it can be kept, mailed and printed. */
export function html(report: Report): string {
  const tiles = report.sections.map(
    ({ section, rows }) =>
      `<li class="${section}${rows.length === 0 ? " none" : ""}"><a href="#${section}"><b>${counted(rows.length)}</b> ${shortTitles[section]}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${safe(report.headline)}</title>
<style>${style}</style>
<main>
<header>
<p class="verdict ${report.differs ? "differs" : "same"}">${report.differs ? "Drift" : "No drift"}</p>
<h1>${safe(report.headline)}</h1>
<ul class="tiles">
${tiles.join("\n")}
</ul>
</header>
${present(report)
  .map((part) => sectionOf(part, report))
  .join("\n")}
</main>
</html>
`;
}

function sectionOf(part: Report["sections"][number], { columns, unsaid }: Report): string {
  const rows = part.rows.map(
    ({ subject, has, says }) =>
      `<tr><td>${safe(subject)}</td><td>${safe(has)}</td><td>${says === undefined ? `<i>${safe(unsaid)}</i>` : safe(says)}</td></tr>`,
  );
  return `<section id="${part.section}" class="${part.section}">
<h2>${safe(title(part))}</h2>
<table>
<thead><tr>${columns.map((column) => `<th>${column}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#59636e, #9198a1); --card: light-dark(#f6f8fa, #151b23); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: light-dark(#1f2328, #f0f6fc); background: light-dark(#fff, #0d1117); }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1.25rem; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; padding-left: .6rem; border-left: .3rem solid var(--kind, var(--line)); }
.verdict { display: inline-block; margin: 0; padding: .1rem .7rem; border-radius: 1rem; font-weight: 600; color: #fff; }
.differs { background: #b35900; } .same { background: #1a7f37; }
.extra, .expired, .access { --kind: #cf222e; } .missing { --kind: #bf8700; } .changed, .other { --kind: #0969da; } .directoryManaged, .untold { --kind: #8250df; }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; margin: 0 0 2rem; padding: 0; }
.tiles a { display: block; min-width: 7.5rem; padding: .6rem .9rem; border: 1px solid var(--line); border-top: .25rem solid var(--kind); border-radius: .4rem; background: var(--card); color: inherit; text-decoration: none; }
.tiles b { display: block; font-size: 1.4rem; line-height: 1.2; }
.tiles .none { opacity: .5; }
section { margin: 0 0 2rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; color: var(--soft); }
th:first-child { width: 44%; }
tbody tr:hover { background: var(--card); }
td i { color: var(--soft); }
@media print { main { max-width: none; padding: 0; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;
