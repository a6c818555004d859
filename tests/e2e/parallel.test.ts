/** One resource at a time or 64: the same calls, the same objects and the same state, on the way there and back. */
import { ok, startStack, type Stack } from "./support/stack";
import { changedTeam, programOf, team, vendorView, type Team } from "./support/team";

/** Enough people, besides the team, to keep many calls under way. */
const people = (from: number, to: number, roleSlug: string) =>
  Array.from({ length: to - from }, (_, index) => from + index)
    .map(
      (number) => `
const person${number} = new workos.User("person${number}", { email: "person${number}@example.com" });
new workos.OrganizationMembership("person${number}", { userId: person${number}.id, organizationId: acme.id, roleSlug: "${roleSlug}" });`,
    )
    .join("");
const program = (declared: Team, extra: string) => programOf(declared) + extra;

const widths = [1, 64] as const;
let stacks: Stack[] = [];

beforeAll(async () => {
  // Answers take a while, so that calls overlap where they may.
  stacks = await Promise.all(widths.map(() => startStack({ emulator: { latencyMs: 20 } })));
});
afterAll(() => Promise.all(stacks.map((stack) => stack.end())));

/** What differs from run to run by chance: ids, times, keys and what is encrypted. */
const anyIds = (text: string) =>
  text
    .replace(/\b([a-z]+(?:_[a-z]+)*)_[0-9A-HJKMNP-TV-Z]{26}\b/g, "$1_…")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "(time)")
    .replace(/"ciphertext":"[^"]*"/g, '"ciphertext":"…"')
    .replace(/sk_[^"\s]*/g, "sk_…")
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, "(uuid)")
    .replace(/"verification(Prefix|Token)":"[^"]*"/g, '"verification$1":"…"')
    .replace(/"__environment":"[^"]*"/g, '"__environment":"…"')
    .replace(/"__":"\w+/g, '"__":"…')
    .replace(/127\.0\.0\.1:\d+/g, "(host)");

/** The engine lists what a resource depends on in the order in which it heard of it. */
const sortedUrns = (_key: string, value: unknown): unknown =>
  Array.isArray(value) && value.every((item) => typeof item === "string" && item.startsWith("urn:"))
    ? value.sort()
    : value;

async function outcome({ project, emulator }: Stack) {
  const calls = emulator.control.requests
    .list()
    .map(({ method, path, query, status }) => `${method} ${path}?${query} ${status}`);
  const resources = (await project.state()).deployment.resources ?? [];
  return {
    calls: calls.map(anyIds).sort(),
    objects: vendorView(emulator.control.state()),
    state: resources.map((resource) => anyIds(JSON.stringify(resource, sortedUrns))).sort(),
  };
}

it.each([
  { name: "create", source: program(team, people(0, 16, "member")), command: "up", calls: 45 },
  { name: "update, create and delete", source: program(changedTeam, people(4, 20, "admin")), command: "up", calls: 40 },
  { name: "destroy", source: "", command: "destroy", calls: 40 },
] as const)("$name: the same calls, objects and state", async ({ source, command, calls }) => {
  const outcomes = [];
  for (const [index, stack] of stacks.entries()) {
    if (source !== "") stack.project.writeProgram(source);
    stack.emulator.control.requests.clear();
    await ok(stack.project[command]({ args: ["--parallel", String(widths[index])] }));
    outcomes.push(await outcome(stack));
  }
  const [oneByOne, atOnce] = outcomes;
  expect(oneByOne?.calls.length).toBeGreaterThan(calls);
  expect(atOnce?.calls).toEqual(oneByOne?.calls);
  expect(atOnce?.objects).toEqual(oneByOne?.objects);
  expect(atOnce?.state).toEqual(oneByOne?.state);
});
