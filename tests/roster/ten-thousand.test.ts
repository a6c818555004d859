/** Ten thousand people in one resource: few requests, a small state, and a plan that one can read. */
import { type State } from "../../provider/declare/resource";
import { World } from "../support/world";
import { member, type Members, RosterLife } from "./support/organization";

const size = 10_000;
const email = (index: number) => `person.${String(index).padStart(5, "0")}@example.com`;
const everybody: Members = Object.fromEntries(
  Array.from({ length: size }, (_, index) => [email(index), member(index < 3 ? "admin" : "member")]),
);
const changed: Members = { ...everybody, [email(4_321)]: member("admin") };

let world: World;
let roster: RosterLife;
let state: State;

/** Requests by method, since the last time. */
function takeCounts(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method } of world.wire.all()) counts[method] = (counts[method] ?? 0) + 1;
  world.wire.clear();
  return counts;
}

beforeAll(async () => {
  world = await World.start();
  roster = await RosterLife.start(world);
});
afterAll(() => world.close());

test("are enrolled with three requests each", async () => {
  // A millisecond for everybody who is done, so that it takes at least ten seconds.
  let now = 0;
  const clock = { ...world.clock, now: () => (now += 1), sleep: () => Promise.resolve() };
  const { state: created, said, shown, error } = await roster.create(everybody, {}, { clock });
  expect(error).toBeUndefined();
  state = created;
  expect(takeCounts()).toEqual({ GET: size + 3, POST: 2 * size });
  expect(said).toEqual([
    expect.stringMatching(/^2,500 of 10,000 people are done, about \d+ s left\.$/),
    expect.stringMatching(/^5,000 of 10,000 people are done, about \d+ s left\.$/),
    expect.stringMatching(/^7,500 of 10,000 people are done, about \d+ s left\.$/),
    "Applied to Acme: 10,000 changes, 0 unchanged",
    `  GRANTS admin to 3: ${email(0)} (admin), ${email(1)} (admin), ${email(2)} (admin)`,
    `  adds 9,997: ${Array.from({ length: 8 }, (_, index) => email(index + 3)).join(", ")} and 9,989 more`,
  ]);
  // Where an entry can show a line that the next one replaces, it is renewed each second.
  expect(shown.length).toBeGreaterThanOrEqual(9);
  expect(shown[4]).toMatch(/^\d,\d{3} of 10,000 people are done, about \d+ s left\.$/);
});

test("cost at most 500 bytes each in the state, as the engine writes it", () => {
  // The checkpoint is indented, six levels deep where a member stands.
  const stored = JSON.stringify([[[[{ inputs: roster.inputs(everybody), outputs: state }]]]], undefined, 4);
  expect(stored.length / size).toBeLessThan(500);
});

test("are compared without a request", () => {
  expect(roster.changes(state, everybody)).toBe(false);
  expect(roster.changes(state, changed)).toBe(true);
  expect(takeCounts()).toEqual({});
});

test("are refreshed in pages", async () => {
  const refreshed = await roster.refresh(state);
  expect(refreshed.state).toEqual(state);
  expect(takeCounts()).toEqual({ GET: size / 100 + 1 });
});

test("the plan of one change among them names that person and counts the others", () => {
  expect(roster.plan(state, changed)).toEqual([
    "Roster of Acme: 1 change, 9,999 unchanged",
    "  GRANTS admin to 1: person.04321@example.com (member to admin)",
  ]);
});

test("the plan of changing all of them is as short", () => {
  const others = Object.fromEntries(Object.keys(everybody).map((name) => [name, member("member", "admin")]));
  const lines = roster.plan(state, others);
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(lines.every((line) => line.length < 600)).toBe(true);
  expect(roster.plan(state, {}).slice(0, 3)).toEqual([
    "Roster of Acme: 10,000 changes, 0 unchanged",
    expect.stringMatching(/^ {2}will be REFUSED: 10,000 of 10,000 people would lose access to Acme/),
    expect.stringMatching(/^ {2}SUSPENDS 3 admins: /),
  ]);
});

test("one change is one write", async () => {
  const after = await roster.update(state, changed);
  expect(takeCounts()).toEqual({ GET: size / 100 + 1, PUT: 1 });
  expect(roster.changes(after.state, changed)).toBe(false);
});
