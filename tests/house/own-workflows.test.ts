// The workflows of this repository itself: valid, pinned, with no more rights than they need; what they run is there.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { actionlint, withActionlint } from "../support/actionlint";
import { manifest, read, repository, trackedFiles } from "../support/repository";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = trackedFiles().filter((path) => /^\.github\/workflows\/.+\.yml$/.test(path));
const workflow = (name: string) => parse(read(`.github/workflows/${name}.yml`)) as Workflow;
const jobs = files.flatMap((path) =>
  Object.entries((parse(read(path)) as Workflow).jobs).map(([name, job]) => ({ path, name, job })),
);
const steps = jobs.flatMap(({ job }) => job.steps ?? []);
const needsOf = ({ needs = [] }: Job) => [needs].flat();

withActionlint("actionlint finds nothing in them", async () => {
  expect(files.length).toBeGreaterThan(1);
  expect(await actionlint(...files.map((path) => join(repository, path)))).toBe("");
});

test("every action is pinned by the hash of its commit, with its version beside it, and by one hash everywhere", () => {
  const everywhere = trackedFiles().filter((path) => /\.github\/workflows\/.+\.yml$/.test(path));
  const used = everywhere.flatMap((path) => read(path).match(/uses: .+/g) ?? []);
  const remote = used.filter((line) => !/^uses: \.\/\.github\/workflows\/[a-z]+\.yml$/.test(line));
  expect(remote.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  const lines = [...new Set(remote)];
  expect(lines.length).toBe(new Set(lines.map((line) => line.replace(/@.*/, ""))).size);
});

test("nothing is permitted but what each job asks for, and only the release writes", () => {
  for (const path of files) {
    const { permissions, on } = parse(read(path)) as Workflow;
    expect([path, permissions]).toEqual([path, {}]);
    expect(Object.keys(on)).not.toContain("pull_request_target");
  }
  const writing = jobs.filter(({ job }) => Object.values(job.permissions ?? {}).includes("write"));
  expect(writing.map(({ path, name, job }) => [path, name, job.permissions])).toEqual([
    [".github/workflows/release.yml", "release", { contents: "write", "id-token": "write", attestations: "write" }],
    [".github/workflows/release.yml", "npm", { contents: "read", "id-token": "write" }],
  ]);
});

test("the one secret is given to one step, in an environment that maintainers watch", () => {
  const named = (of: unknown) => /\bsecrets\.[A-Z]/.test(JSON.stringify(of));
  const knowing = jobs.filter(({ job }) => named(job));
  expect(knowing.map(({ name, job }) => [name, job.environment])).toEqual([["npm", "npm"]]);
  expect(steps.filter(named)).toHaveLength(1);
  expect(named(knowing.map(({ job }) => ({ ...job, steps: [] })))).toBe(false);
});

test("what CI runs is run on the oldest Node that the package declares and on each line that it supports", () => {
  const { linux } = workflow("test").jobs;
  expect(linux?.strategy?.matrix.node).toEqual(["20.19", "22", "24"]);
  expect(manifest().engines.node).toBe(`>=${linux?.strategy?.matrix.node?.[0]}`);
  expect(linux?.steps?.at(-1)?.run).toBe(".ci/run");
});

test("macOS and Windows run the tests that need nothing of Linux", () => {
  const { others } = workflow("test").jobs;
  expect(others?.strategy?.matrix.system?.map((name) => name.replace(/-\d+$/, ""))).toEqual(["macos", "windows"]);
  expect(others?.steps?.at(-1)?.run).toBe("npm run test:portable");
  const rooms = manifest().scripts["test:portable"]?.split(" ").slice(1) ?? [];
  expect(rooms.length).toBeGreaterThan(5);
  expect(rooms.filter((room) => ![room, `${room}.test.ts`].some((path) => existsSync(join(repository, path))))).toEqual(
    [],
  );
});

test("nothing is published before the tag is checked, every test has passed and the plugin is there", () => {
  const { jobs: release, on } = workflow("release");
  expect(on).toEqual({ push: { tags: ["v*"] } });
  const before = (name: string): string[] => {
    const needs = needsOf(release[name] ?? {});
    return [...new Set([...needs, ...needs.flatMap(before)])].sort();
  };
  expect(before("npm")).toEqual(["build", "check", "release", "test"]);
  expect(before("release")).toEqual(["build", "check", "test"]);
  expect(before("build")).toEqual(["check"]);
  expect(release.test?.uses).toBe("./.github/workflows/test.yml");
});

test("the package goes out with provenance, as it was packed and tested, and no second time", () => {
  const publish = workflow("release").jobs.npm?.steps?.at(-1)?.run ?? "";
  expect(publish).toMatch(/npm publish "\.\/release\/pulumi-workos-\$VERSION\.tgz" .*--provenance/);
  expect(publish.indexOf("npm view")).toBeLessThan(publish.indexOf("npm publish"));
  const { name, repository: home, homepage, bugs } = manifest();
  expect(name).toBe("pulumi-workos");
  // npm compares it with the repository that publishes, letter by letter.
  expect(home.url).toMatch(/^git\+https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
  const page = home.url.replace(/^git\+/, "").replace(/\.git$/, "");
  expect([homepage, bugs]).toEqual([`${page}#readme`, `${page}/issues`]);
});

test("every script and tool that they run is there", () => {
  const text = steps.map(({ run = "" }) => run).join("\n");
  const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = ""]) => script);
  const tools = [...text.matchAll(/node (\S+\.mjs)/g)].map(([, path = ""]) => path);
  expect(scripts.length + tools.length).toBeGreaterThan(4);
  expect(scripts.filter((script) => !Object.hasOwn(manifest().scripts, script))).toEqual([]);
  expect(tools.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test("a checkout leaves no token behind, and no step takes what others write for code", () => {
  const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
  expect(checkouts.length).toBeGreaterThan(3);
  expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  expect(steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
});

test("every text file comes with the same line ends on every system", () => {
  expect(read(".gitattributes")).toMatch(/^\* text=auto eol=lf$/m);
  const text = /\.(ts|tsx|mjs|js|json|md|ya?ml|css|sh|txt)$/;
  expect(trackedFiles().filter((path) => text.test(path) && read(path).includes("\r"))).toEqual([]);
});
