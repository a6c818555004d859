// Keeps one comment on a pull request, or one issue, up to date. On GitHub and on GitLab, with nothing but Node.
//
//   node scripts/publish.mjs comment FILE   adds the comment, or edits the one that an earlier run added; without a FILE
//                                           that has something in it, the comment says that the preview failed
//   node scripts/publish.mjs issue FILE     opens the issue, or edits the one that is open
//   node scripts/publish.mjs resolve        closes the issue, if there is one
import { existsSync, readFileSync } from "node:fs";
import process from "node:process";

const { env } = process;
const marker = "<!-- pulumi-workos: access -->";
const failed = "## The preview failed\n\nWhat this change does to access is not known; the run says why.";
const label = "access-drift";
const title = "Access differs from the rosters";
/** The most that GitHub takes; GitLab takes more. */
const limit = 65_536;

const github = {
  api: () => `${needed("GITHUB_API_URL")}/repos/${needed("GITHUB_REPOSITORY")}`,
  headers: () => ({ authorization: `Bearer ${needed("GITHUB_TOKEN")}`, accept: "application/vnd.github+json" }),
  run: () => `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
  comments: () => `/issues/${needed("PULL_REQUEST")}/comments`,
  comment: ({ id }) => [`/issues/comments/${id}`, "PATCH"],
  // Anybody can write a comment that begins like ours.
  own: () => (comment) => comment.user?.login === "github-actions[bot]",
  open: "state=open",
  issue: ({ number }) => [`/issues/${number}`, "PATCH"],
  body: (text) => ({ body: text }),
  labels: [label],
  closed: { state: "closed" },
};

const gitlab = {
  api: () => `${needed("CI_API_V4_URL")}/projects/${needed("CI_PROJECT_ID")}`,
  headers: () => ({ "private-token": needed("GITLAB_TOKEN") }),
  run: () => env.CI_PIPELINE_URL,
  comments: () => `/merge_requests/${needed("CI_MERGE_REQUEST_IID")}/notes`,
  comment: ({ id }) => [`${gitlab.comments()}/${id}`, "PUT"],
  own: async () => {
    const { id } = await request("GET", `${needed("CI_API_V4_URL")}/user`);
    return (note) => note.author?.id === id;
  },
  open: "state=opened",
  issue: ({ iid }) => [`/issues/${iid}`, "PUT"],
  body: (text, of) => (of === "issue" ? { description: text } : { body: text }),
  labels: label,
  closed: { state_event: "close" },
};

const forge = env.GITLAB_CI ? gitlab : github;
const actions = { comment, issue, resolve };
const [action = "", file] = process.argv.slice(2);
if (!Object.hasOwn(actions, action)) fail("say comment FILE, issue FILE or resolve");
await actions[action]();

async function comment() {
  const mine = await forge.own();
  const before = await all(forge.comments());
  const ours = before.find((one) => one.body.startsWith(marker) && mine(one));
  await save(ours && forge.comment(ours), forge.comments(), forge.body(text(`${marker}\n\n${failed}`), "comment"));
}

async function issue() {
  const open = await openIssue();
  const body = forge.body(text(), "issue");
  await save(open && forge.issue(open), "/issues", open ? body : { title, labels: forge.labels, ...body });
}

async function resolve() {
  const open = await openIssue();
  if (open) await save(forge.issue(open), "", forge.closed);
}

async function openIssue() {
  const issues = await all(`/issues?labels=${label}&${forge.open}`);
  return issues.find((one) => !one.pull_request);
}

/** Edits what is there, or else adds it. */
async function save(edit, collection, body) {
  const [path, method] = edit ?? [collection, "POST"];
  const saved = await request(method, forge.api() + path, body);
  console.log(`${edit ? "Updated" : "Added"} ${saved.html_url ?? saved.web_url ?? path}`);
}

/** The file, with what it is about below; cut at a line where it is too long. */
function text(otherwise) {
  if (file === undefined) fail(`say which file: ${action} FILE`);
  const footer = `\n\n<sub>About ${env.ABOUT ?? env.CI_COMMIT_SHA}, by [this run](${forge.run()}).</sub>\n`;
  const whole = ((existsSync(file) && readFileSync(file, "utf8").trimEnd()) || otherwise) ?? fail(`${file} is empty`);
  if (whole.length + footer.length < limit) return whole + footer;
  const cut = whole.slice(0, limit - footer.length - 100);
  return `${cut.slice(0, cut.lastIndexOf("\n"))}\n\n… cut here; the run has the rest.${footer}`;
}

async function all(path) {
  const found = [];
  for (let page = 1; ; page++) {
    const next = await request(
      "GET",
      `${forge.api()}${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`,
    );
    found.push(...next);
    if (next.length < 100) return found;
  }
}

async function request(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { ...forge.headers(), "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) fail(`${method} ${url} → ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return answer.json();
}

function needed(name) {
  return env[name] || fail(`${name} is not set`);
}

function fail(message) {
  console.error(`publish: ${message}`);
  process.exit(1);
}
