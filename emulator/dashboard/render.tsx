/** Makes a page as a browser gets it: looked at at once, and then kept up by the script. */
import { renderToString } from "preact-render-to-string";
import { App, isPage, titleOf } from "./view/app";
import { type Answer, Answers, PageContext } from "./view/data";

export interface PageRequest {
  /** Path and query. */
  readonly location: string;
  readonly theme: "auto" | "dark" | "light";
  readonly seenMail: string;
  readonly settings: { readonly url: string; readonly apiKey: string; readonly clientId: string };
}

/** Each time a page is made it may ask for more: lists for what an object is, say. */
const mostRounds = 4;

export async function renderPage(
  request: PageRequest,
  load: (url: string) => Promise<{ status: number; body: unknown }>,
): Promise<{ html: string; status: 200 | 404 }> {
  const answers = new Answers();
  const nothing = () => undefined;
  const page = { ...request, answers, go: nothing, announce: nothing };
  const make = () =>
    renderToString(
      <PageContext.Provider value={page}>
        <App live={false} said="" onTheme={nothing} onSeen={nothing} />
      </PageContext.Provider>,
    );
  let content = make();
  for (let round = 1; round < mostRounds && answers.wanted.size > 0; round += 1) {
    await Promise.all(
      [...answers.wanted].map(async (url) => {
        const answer: Answer = await load(url);
        answers.put(url, answer);
      }),
    );
    content = make();
  }
  const data = JSON.stringify({ ...request, answers: answers.all() }).replace(/</g, "\\u003c");
  const html = `<!doctype html>
<html lang="en" data-theme="${request.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234f46c8'/%3E%3Cpath d='M4.5 12 8 4l3.5 8M6 9.5h4' stroke='white' stroke-width='1.6' fill='none'/%3E%3C/svg%3E">
<title>${titleOf(request.location)}</title>
<link rel="stylesheet" href="/_emulator/dashboard/app.css">
<script src="/_emulator/dashboard/app.js" defer></script>
</head>
<body>
<div id="app">${content}</div>
<script type="application/json" id="data">${data}</script>
</body>
</html>`;
  return { html, status: isPage(request.location) ? 200 : 404 };
}
