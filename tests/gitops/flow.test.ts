/** The example's workflows, step by step as they are written: one story of a team, in its order. */
import { codeBlocks } from "../support/markdown";
import { read } from "../support/repository";
import { example, organization, Team } from "./support/team";
import { type Run } from "./support/workflow";

let team: Team;
beforeAll(async () => {
  team = await Team.create();
});
afterAll(() => team.end());

const results = (run: Run) => Object.fromEntries(Object.entries(run).map(([name, { result }]) => [name, result]));
/** Fails with what the jobs printed. */
const expectResults = (run: Run, expected: Record<string, string>) =>
  expect({ ...results(run), printed: printed(run, expected) }).toEqual({ ...expected, printed: "" });
const printed = (run: Run, expected: Record<string, string>) =>
  Object.entries(run)
    .filter(([name, { result }]) => result !== expected[name])
    .map(([, { output }]) => output)
    .join("");
const comments = () => team.forge.comments.map(({ body }) => body);
const people = () =>
  Object.entries(team.people())
    .map(([email, access]) => `${email}: ${access}`)
    .sort();
const invited = (name: string) => `      - { email: ${name}@partner.example, via: invitation }`;
const engineering = "rosters/acme/engineering/teams.yaml";
const support = "rosters/acme/support/teams.yaml";

/** Once the twelve people have changed. */
const expected = [
  "ann@acme.example: active admin",
  "ben@acme.example: active member",
  "cleo@acme.example: active admin",
  "dan@acme.example: inactive member",
  "eve@acme.example: inactive member",
  "finn@acme.example: active member",
  "gus@acme.example: active member",
  "hana@acme.example: active member",
  "ivo@acme.example: active member",
  "jo@acme.example: active viewer",
  "kim@acme.example: active viewer",
  "lou@acme.example: active viewer",
  "max@partner.example: pending viewer",
  "nia@acme.example: active member",
  "oki@acme.example: active member",
  "pia@acme.example: active member",
  "quin@acme.example: active viewer",
  "rob@partner.example: pending viewer",
  "sue@partner.example: pending viewer",
];

test("the first push lets everybody in, and ends without drift", async () => {
  await team.commit("Our people");
  const run = await team.apply();
  expectResults(run, { up: "success" });
  expect(run.up?.summary).toContain("Acme is as its roster of 13 people says.");
  expect(Object.keys(team.people())).toHaveLength(13);
  const state = await team.shell("pulumi stack export --stack acme --show-secrets");
  expect(state).toContain("ann@acme.example");
  expect(state).not.toContain(team.emulator.apiKey);
});

test("Apply runs for main only, by hand too", async () => {
  await team.shell("git checkout --quiet -b people");
  expectResults(await team.apply("workflow_dispatch", "people"), { up: "skipped" });
});

test("a mistake in a roster stops a pull request before anything is contacted", async () => {
  team.edit(support, ["roles: [viewer]", "roles: [viewr]"]);
  team.emulator.control.requests.clear();
  const run = await team.pullRequest(await team.commit("A mistake"));
  expectResults(run, { check: "failure", preview: "skipped" });
  expect(run.check?.output).toContain("viewr is not among the roles (admin, member, viewer); did you mean viewer?");
  expect(team.emulator.control.requests.list()).toEqual([]);
  team.edit(support, ["roles: [viewr]", "roles: [viewer]"]);
});

test("a team's own file cannot make an admin, and the comment says that the preview failed", async () => {
  team.edit(support, ["kim@acme.example", "{ email: kim@acme.example, roles: [admin] }"]);
  const run = await team.pullRequest(await team.commit("Kim as an admin"));
  expectResults(run, { check: "success", preview: "failure" });
  expect(run.preview?.output).toContain(
    "Admins are named in rosters/acme/organization.yaml only. Move there: kim@acme.example.",
  );
  expect(comments()).toEqual([expect.stringMatching(/## The preview failed.*Admins are named in/s)]);
  team.edit(support, ["{ email: kim@acme.example, roles: [admin] }", "kim@acme.example"]);
});

test("the next push edits that comment: twelve people, risk first", async () => {
  team.edit("rosters/acme/organization.yaml", [
    "  ben@acme.example: { roles: [admin],",
    "  cleo@acme.example: { roles: [admin] }\n  ben@acme.example: { roles: [member],",
  ]);
  team.edit(
    engineering,
    ["dan@acme.example, eve@acme.example, ", "nia@acme.example, oki@acme.example, pia@acme.example, "],
    ["  on-call:\n", "  on-call:\n    roles: [viewer]\n"],
  );
  team.edit(support, [
    "via: invitation }\n",
    ["via: invitation }", "      - quin@acme.example", invited("rob"), invited("sue"), ""].join("\n"),
  ]);
  team.edit("rosters/acme/alumni.yaml", [
    "[zoe@acme.example]",
    "[zoe@acme.example, dan@acme.example, eve@acme.example]",
  ]);
  const sha = await team.commit("Twelve people");
  expectResults(await team.pullRequest(sha), { check: "success", preview: "success" });
  expect(comments()).toHaveLength(1);
  const [comment = ""] = comments();
  const [shown = "", ids = ""] = comment.split("<details>");
  // What the readme shows.
  const [readme] = codeBlocks(read(`${example}/README.md`)).filter(({ language }) => language === "text");
  expect(shown.trim()).toBe(`<!-- pulumi-workos: access -->\n\n${readme?.text.trim()}`);
  expect(ids).toContain(`<sub>About ${sha}, by [this run](https://github.example/acme/access/actions/runs/1).</sub>`);
});

test("on GitLab the same change has the same comment", async () => {
  const [before = ""] = comments();
  expect(await team.gitlab("check", "people")).toMatchObject({ code: 0 });
  expect(await team.gitlab("preview", "people")).toMatchObject({ code: 0 });
  const untilFooter = (text = "") => text.slice(0, text.indexOf("<sub>"));
  expect(comments().map(untilFooter)).toEqual([untilFooter(before)]);
  expect(comments()[0]).toContain("(https://gitlab.example/pipelines/1)");
});

test.each([
  ["a fork", "eve/access", "eve"],
  ["Dependabot", "acme/access", "dependabot[bot]"],
])("a pull request of %s is checked, gets no secret, and is told why it has no preview", async (_who, from, actor) => {
  const writes = team.forge.writes.length;
  const run = await team.pullRequest(await team.shell("git rev-parse people"), from, actor);
  expectResults(run, { check: "success", preview: "skipped" });
  expect(run.check?.output).toContain("::notice::No preview: pull requests of forks and of Dependabot get no secrets.");
  expect(team.forge.writes).toHaveLength(writes);
});

test("what fails half-way after the merge is done by the next run of Apply, which ends without drift", async () => {
  await team.shell("git checkout --quiet main && git merge --quiet people");
  const path = "/user_management/organization_memberships";
  team.emulator.control.faults.add({ method: "POST", path, status: 422, body: { code: "broken", message: "Broken." } });
  const half = await team.apply();
  expectResults(half, { up: "failure" });
  expect(half.up?.output).toContain("Broken.");
  const left = expected.filter((line) => !people().includes(line));
  expect(left).toHaveLength(1);

  team.emulator.control.requests.clear();
  const run = await team.apply("workflow_dispatch");
  expectResults(run, { up: "success" });
  expect(people()).toEqual(expected);
  expect(run.up?.summary).toContain("Acme is as its roster of 17 people says.");
  const sent = team.emulator.control.requests.list().filter(({ method }) => method !== "GET");
  expect(sent.map(({ method, path: to }) => `${method} ${to}`)).toEqual([`POST ${path}`]);
});

test("a second pull request, from before that merge, shows its own people only, and that guards will refuse it", async () => {
  await team.shell("git checkout --quiet -b one-more $(git rev-list --max-parents=0 main)");
  team.edit(support, ["jo@acme.example", "tom@acme.example"], ["kim@acme.example, lou@acme.example", ""]);
  const run = await team.pullRequest(await team.commit("Another support team"));
  await team.shell("git checkout --quiet main");
  expectResults(run, { check: "success", preview: "success" });
  expect(comments()[0]).toMatch(
    /## Changes of access\n\nStack `\w+` of `[\w-]+`, organization Acme\.\n\n> \[!CAUTION\]\n> \*\*Will be refused\.\*\* people: 3 of 14 people would lose access to Acme, and a run may remove 2 .*\n\n### 🟠 Suspends 3\n\n- `jo@acme\.example`\n- `kim@acme\.example`\n- `lou@acme\.example`\n\n### 🟢 Adds 1\n\n- `tom@acme\.example` \(viewer\)\n\nNo change for 14\./,
  );
});

test("a night without drift opens nothing", async () => {
  expectResults(await team.night(), { drift: "success" });
  expect(team.forge.issues).toEqual([]);
});

test("drift made outside opens one issue, which the next night updates", async () => {
  const mal = await team.api.users.create({ email: "mal@elsewhere.example" });
  await team.api.organizationMemberships.create({ user_id: mal.id, organization_id: organization, role_slug: "admin" });
  expectResults(await team.night(), { drift: "success" });
  expect(team.forge.issues).toMatchObject([
    {
      title: "Access differs from the rosters",
      labels: ["access-drift"],
      state: "open",
      body: expect.stringContaining(
        "### Have access and are not in the roster (1)\n\n- mal@elsewhere.example: active, admin",
      ) as string,
    },
  ]);

  // Suspended in the dashboard.
  await team.api.organizationMemberships.deactivate({ id: team.membership("lou@acme.example") });
  expectResults(await team.night(), { drift: "success" });
  expect(team.forge.issues).toHaveLength(1);
  expect(team.forge.issues[0]?.body).toContain("lou@acme.example: inactive, viewer; the roster says active, viewer");
});

test("Apply by hand puts it back, and the next night closes the issue", async () => {
  const run = await team.apply("workflow_dispatch");
  expectResults(run, { up: "success" });
  expect(people()).toEqual([...expected, "mal@elsewhere.example: inactive admin"].sort());
  expectResults(await team.night(), { drift: "success" });
  expect(team.forge.issues.map(({ state }) => state)).toEqual(["closed"]);
});

test("on GitLab a night without drift is quiet, and a merge applies", async () => {
  const writes = team.forge.writes.length;
  expect(await team.gitlab("drift", "main")).toMatchObject({ code: 0 });
  expect(await team.gitlab("apply", "main")).toMatchObject({ code: 0 });
  expect(team.forge.writes).toHaveLength(writes);
});

test("a night in which nothing can be known fails, and touches no issue", async () => {
  const writes = team.forge.writes.length;
  team.emulator.control.faults.add({ method: "GET", path: "/**", status: 401, times: null });
  expectResults(await team.night(), { drift: "failure" });
  team.emulator.control.faults.clear();
  expect(team.forge.writes).toHaveLength(writes);
});
