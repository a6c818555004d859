/** The example's script that keeps one comment and one issue, against what it talks to. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository } from "../support/repository";
import { Forge } from "./support/forge";
import { example } from "./support/team";
import { execute } from "./support/workflow";

const marker = "<!-- pulumi-workos: access -->";
const bot = "github-actions[bot]";
const script = join(repository, example, "scripts/publish.mjs");

let directory: string;
let forge: Forge;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "pulumi-workos-publish-"));
  forge = await Forge.start();
});
afterEach(async () => {
  await forge.close();
  rmSync(directory, { recursive: true, force: true });
});

const everything = { "pull-requests": "write", issues: "write" };

const github = (permissions: Record<string, string> = everything) => ({
  GITHUB_API_URL: forge.url,
  GITHUB_SERVER_URL: "https://github.example",
  GITHUB_REPOSITORY: "acme/access",
  GITHUB_RUN_ID: "1",
  GITHUB_TOKEN: forge.token(permissions),
  PULL_REQUEST: "12",
  ABOUT: "abc",
});

const gitlab = () => ({
  GITLAB_CI: "true",
  CI_API_V4_URL: `${forge.url}/api/v4`,
  CI_PROJECT_ID: "1",
  CI_MERGE_REQUEST_IID: "12",
  CI_COMMIT_SHA: "abc",
  CI_PIPELINE_URL: "https://gitlab.example/pipelines/1",
  GITLAB_TOKEN: forge.token(everything),
});

function publish(args: string[], env: Readonly<Record<string, string>>, text?: string) {
  if (text !== undefined) writeFileSync(join(directory, "text.md"), text);
  return execute(process.execPath, [script, ...args], directory, { PATH: process.env.PATH, ...env });
}

describe.each([
  ["GitHub", github, "PATCH /issues/comments", "POST /issues/12/comments", "PATCH"],
  ["GitLab", gitlab, "PUT /merge_requests/12/notes", "POST /merge_requests/12/notes", "PUT"],
])("on %s", (_forge, env, edits, adds, edit) => {
  test("the comment is added once and edited from then on, also behind a hundred others", async () => {
    for (let count = 0; count < 150; count++) forge.comment(`Number ${count}`, "ann");
    expect(await publish(["comment", "text.md"], env(), `${marker}\n\nOne`)).toMatchObject({ code: 0 });
    expect(await publish(["comment", "text.md"], env(), `${marker}\n\nTwo`)).toMatchObject({ code: 0 });
    const ours = forge.comments.filter(({ body }) => body.startsWith(marker));
    expect(ours).toHaveLength(1);
    expect(ours[0]?.body).toMatch(/^<!-- .* -->\n\nTwo\n\n<sub>About abc, by \[this run\]\(https:\/\//);
    expect(forge.writes).toEqual([adds, `${edits}/${ours[0]?.id}`]);
  });

  test("somebody else's comment that begins like ours is left alone", async () => {
    const theirs = forge.comment(`${marker}\n\nAll is well`, "mallory");
    await publish(["comment", "text.md"], env(), `${marker}\n\nRemoves 1 admin`);
    expect(theirs.body).toBe(`${marker}\n\nAll is well`);
    expect(forge.comments).toHaveLength(2);
  });

  test("one issue is opened, updated and closed, and a new one opened after that", async () => {
    for (const text of ["One", "Two"]) await publish(["issue", "text.md"], env(), text);
    expect(forge.issues).toMatchObject([{ state: "open", labels: ["access-drift"] }]);
    expect(forge.issues[0]?.body).toMatch(/^Two\n/);
    await publish(["resolve"], env());
    await publish(["resolve"], env());
    expect(forge.issues.map(({ state }) => state)).toEqual(["closed"]);
    await publish(["issue", "text.md"], env(), "Three");
    expect(forge.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
    const [first, second] = forge.issues;
    expect(forge.writes).toEqual([
      "POST /issues",
      `${edit} /issues/${first?.number}`,
      `${edit} /issues/${first?.number}`,
      "POST /issues",
    ]);
    expect(second?.title).toBe("Access differs from the rosters");
  });
});

test.each([
  ["as long as a comment may be", 65_535, "… cut here; the run has the rest."],
  ["far longer", 200_000, "… cut here; the run has the rest."],
])("a text %s still fits, with what it is about below", async (_what, length, end) => {
  const line = "- `somebody@example.com` (member)\n";
  const text = `${marker}\n\n${line.repeat(length / line.length)}`;
  expect(await publish(["comment", "text.md"], github(), text)).toMatchObject({ code: 0 });
  expect(forge.comments[0]?.body).toContain(`(member)\n\n${end}\n\n<sub>About abc`);
});

test.each([
  ["is not there", undefined],
  ["is empty", ""],
])("where the comment's file %s, the comment says that the preview failed", async (_what, text) => {
  forge.comment(`${marker}\n\nRemoves nobody`, bot);
  expect(await publish(["comment", "text.md"], github(), text)).toMatchObject({ code: 0 });
  expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("## The preview failed")]);
});

test.each([
  ["no action", [], {}, "publish: say comment FILE, issue FILE or resolve"],
  ["an unknown action", ["toString"], {}, "publish: say comment FILE, issue FILE or resolve"],
  ["no file", ["issue"], {}, "publish: say which file: issue FILE"],
  ["an empty file", ["issue", "text.md"], {}, "publish: text.md is empty"],
  ["no token", ["issue", "text.md"], { GITHUB_TOKEN: "" }, "publish: GITHUB_TOKEN is not set"],
  ["a wrong token", ["issue", "text.md"], { GITHUB_TOKEN: "x" }, '→ 401: {"message":"Bad credentials"}'],
])("%s is an error that says so", async (_what, args, env, message) => {
  const { code, output } = await publish(args, { ...github(), ...env }, message.includes("empty") ? "" : "Text");
  expect([code, output]).toEqual([1, expect.stringContaining(message)]);
  expect(forge.writes).toEqual([]);
});

test("a token that may not write is an error that names the request", async () => {
  const { code, output } = await publish(["issue", "text.md"], github({ contents: "read" }), "Text");
  expect([code, output]).toEqual([1, expect.stringMatching(/POST http\S+\/issues → 403: .*not accessible/)]);
});
