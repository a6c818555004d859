/** Drift for people: as text, as Markdown for an issue, and as a page of its own. */
import { type Difference, type Drift, drifted } from "./drift";
import { counted, oneLine, plural } from "../provider/wording";
import { escaped } from "./markdown";

const titles = {
  extra: "Have access and are not in the roster",
  expired: "Still have access although their time is over",
  missing: "Are in the roster and have no access",
  changed: "Have other access than the roster says",
  directoryManaged: "Differ, and belong to the directory sync",
} as const;
type Kind = keyof typeof titles;
const kinds = Object.keys(titles) as Kind[];

const present = (found: Drift) => kinds.filter((kind) => found[kind].length > 0);
const title = (found: Drift, kind: Kind) => `${titles[kind]} (${counted(found[kind].length)})`;

const headline = (found: Drift) =>
  drifted(found)
    ? `${oneLine(found.organization)} differs from its roster of ${plural(found.people, "person", "people")}.`
    : `${oneLine(found.organization)} is as its roster of ${plural(found.people, "person", "people")} says.`;

export function plain(found: Drift): string {
  const parts = present(found).map((kind) =>
    [
      `${title(found, kind)}:`,
      ...found[kind].map(({ email, detail }) => `  ${oneLine(email)}: ${oneLine(detail)}`),
    ].join("\n"),
  );
  return [headline(found), ...parts].join("\n");
}

/** What an issue of GitHub's holds at most, counted in bytes to be safe under any reading. */
const limit = 65_536;
/** Last line, by which a workflow finds its own issue to edit it. */
export const marker = "<!-- pulumi-workos: drift -->";

export function markdown(found: Drift): string {
  for (let most = 200; ; most = Math.floor(most / 2)) {
    const parts = present(found).map((kind) =>
      [
        `### ${title(found, kind)}`,
        "",
        ...found[kind].slice(0, most).map(({ email, detail }) => `- ${escaped(email)}: ${escaped(detail)}`),
        ...(found[kind].length > most ? [`- and ${counted(found[kind].length - most)} more`] : []),
      ].join("\n"),
    );
    const text = [`## ${escaped(headline(found))}`, ...parts, marker].join("\n\n");
    if (Buffer.byteLength(text) < limit || most === 0) return text;
  }
}

const safe = (text: string) =>
  oneLine(text).replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark] ?? mark);

/** Without scripts, fonts or anything else from elsewhere: it can be kept, mailed and printed. */
export function html(found: Drift): string {
  const shown = present(found);
  const tiles = kinds.map(
    (kind) =>
      `<li class="${kind}${found[kind].length === 0 ? " none" : ""}"><a href="#${kind}"><b>${counted(found[kind].length)}</b> ${shortTitles[kind]}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${safe(headline(found))}</title>
<style>${style}</style>
<main>
<header>
<p class="verdict ${drifted(found) ? "differs" : "same"}">${drifted(found) ? "Drift" : "No drift"}</p>
<h1>${safe(headline(found))}</h1>
<ul class="tiles">
${tiles.join("\n")}
</ul>
</header>
${shown.map((kind) => section(kind, found)).join("\n")}
</main>
</html>
`;
}

const shortTitles: Record<Kind, string> = {
  extra: "extra",
  expired: "expired",
  missing: "missing",
  changed: "changed",
  directoryManaged: "directory-managed",
};

function section(kind: Kind, found: Drift): string {
  const rows = found[kind].map(
    ({ email, has, says }: Difference) =>
      `<tr><td>${safe(email)}</td><td>${safe(has)}</td><td>${says === undefined ? "<i>not in the roster</i>" : safe(says)}</td></tr>`,
  );
  return `<section id="${kind}" class="${kind}">
<h2>${safe(title(found, kind))}</h2>
<table>
<thead><tr><th>Person</th><th>Has</th><th>The roster says</th></tr></thead>
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
.extra, .expired { --kind: #cf222e; } .missing { --kind: #bf8700; } .changed { --kind: #0969da; } .directoryManaged { --kind: #8250df; }
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
