/** What is written in the example: valid for GitHub and GitLab, and careful with secrets. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { loadRosterFiles } from "../../provider/roster-files";
import { actionlint, withActionlint } from "../support/actionlint";
import { read, repository, trackedFiles } from "../support/repository";
import { jobsOf } from "./support/gitlab";
import { example } from "./support/team";
import { type Job, type Workflow } from "./support/workflow";

const files = trackedFiles().filter((path) => path.startsWith(`${example}/`));
const workflows = files.filter((path) => path.includes("/.github/workflows/"));
const gitlabFile = join(repository, example, ".gitlab-ci.yml");
const jobs = workflows.flatMap((path) =>
  Object.entries((parse(read(path)) as Workflow).jobs).map(([name, job]): [string, Job] => [`${path}: ${name}`, job]),
);

withActionlint("actionlint finds nothing in the workflows", async () => {
  expect(workflows).toHaveLength(3);
  expect(await actionlint(...workflows.map((path) => join(repository, path)))).toBe("");
});

withActionlint("actionlint finds a misspelled context", async () => {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-workos-lint-"));
  const file = join(directory, "drift.yml");
  const text = read(`${example}/.github/workflows/drift.yml`);
  writeFileSync(file, text.replace("steps.compare.outputs", "steps.compared.outputs"));
  try {
    expect(await actionlint(file)).toContain('property "compared" is not defined');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test.each(jobs)("%s asks for no more than it needs, and every action is pinned by its hash", (_name, job) => {
  const needs = {
    contents: "read",
    ...(JSON.stringify(job).includes("publish.mjs comment") ? { "pull-requests": "write" } : {}),
    ...(JSON.stringify(job).includes("publish.mjs issue") ? { issues: "write" } : {}),
  };
  expect(job.permissions).toEqual(needs);
  const used = job.steps.flatMap(({ uses }) => uses ?? []);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test.each(workflows)("%s gives no permission by default, and names the version of every hash", (path) => {
  const workflow = parse(read(path)) as Workflow;
  expect(workflow.permissions).toEqual({});
  expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
  const actions = read(path).match(/uses: .+/g) ?? [];
  expect(actions.filter((line) => !/ # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test("secrets are given to single steps of jobs that forks cannot start", () => {
  for (const [name, job] of jobs) {
    const named = (of: unknown) => /\bsecrets\.[A-Z]/.test(JSON.stringify(of));
    expect([name, named({ ...job, steps: [] })]).toEqual([name, false]);
    if (!named(job.steps)) continue;
    const guarded = name.includes("preview.yml") ? "head.repo.full_name == github.repository" : "";
    expect([name, job.if ?? ""]).toEqual([name, expect.stringContaining(guarded)]);
    expect(job.environment).toBeDefined();
  }
});

test("every command of the engine that refreshes runs the program", () => {
  const texts = [...workflows, `${example}/.gitlab-ci.yml`].map(read);
  const commands = texts.flatMap((text) => text.match(/pulumi (up|preview|refresh|destroy)\b.*/g) ?? []);
  expect(commands).toHaveLength(4);
  expect(commands.filter((command) => !command.includes("--refresh --run-program"))).toEqual([]);
});

test.each([
  ["a merge request", { CI_PIPELINE_SOURCE: "merge_request_event", CI_COMMIT_BRANCH: "" }, ["check", "preview"]],
  [
    "a merge request of a fork",
    { CI_PIPELINE_SOURCE: "merge_request_event", CI_COMMIT_BRANCH: "", CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "2" },
    ["check"],
  ],
  ["a merge", { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" }, ["apply"]],
  ["a night", { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BRANCH: "main" }, ["drift"]],
  ["a push to another branch", { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "people" }, []],
])("on GitLab %s runs the right jobs, of a file that is valid", async (_what, variables, expected) => {
  const predefined = {
    CI_PROJECT_ID: "1",
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "1",
    CI_DEFAULT_BRANCH: "main",
    ...variables,
  };
  expect(await jobsOf(gitlabFile, predefined)).toEqual(expected);
});

test("a file that GitLab would refuse is refused", async () => {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-workos-lint-"));
  const file = join(directory, ".gitlab-ci.yml");
  cpSync(gitlabFile, file);
  writeFileSync(file, readFileSync(file, "utf8").replace("resource_group: apply", "resource_group: [apply]"));
  try {
    await expect(jobsOf(file, {})).rejects.toThrow("'resource_group' property type must be string");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test("the rosters are valid, and every folder of them has an owner", () => {
  const { members, files: read_ } = loadRosterFiles(join(repository, example, "rosters/acme"));
  expect(Object.keys(members)).toHaveLength(13);
  expect(read_).toHaveLength(4);
  const owned = read(`${example}/.github/CODEOWNERS`).match(/^\/\S+\//gm) ?? [];
  const folders = new Set(files.flatMap((path) => /\/(rosters\/acme\/[^/]+\/)/.exec(path)?.slice(1) ?? []));
  expect(owned).toEqual([...folders].map((folder) => `/${folder}`));
});
