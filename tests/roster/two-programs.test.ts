/** An authoritative roster in one program, and access to the same organization by another one. */
import { commentOf } from "../../cli/comment";
import { lifecycleOf } from "../../provider/lifecycle";
import { resources } from "../../provider/resources";
import { startRun } from "../lifecycle/support/run";
import { useWorld } from "../support/world";
import { member, RosterLife } from "./support/organization";

const current = useWorld();
const ann = "ann@example.com";
const ben = "ben@example.com";
const authoritative = { mode: "authoritative", guards: { maxRemovals: { people: 10, fraction: 1 } } } as const;
const team = { [ann]: member("admin") };

/** Acme has an authoritative roster of Ann, and the other program makes Ben a member. */
async function both() {
  const roster = await RosterLife.start(current());
  const { state } = await roster.create(team, authoritative);
  const { id: userId } = await current().api.users.create({ email: ben });
  const inputs = { userId, organizationId: roster.organizationId, roleSlug: "member" };
  const other = await startRun(current()).life("OrganizationMembership").create(inputs);
  return { roster, state, other };
}

const unnamed =
  "Acme: 1 person has access and is not in this authoritative roster, whose next `pulumi up` ends that: ben@example.com. Where another program gives it to them (a membership, a roster of another stack), that one gives it back and the two take turns: name them here, or leave the organization to one of the two.";

test("whom the roster would remove although this program has never named them is said at the refresh that finds them", async () => {
  const { roster, state } = await both();
  const said: string[] = [];
  const { state: seen } = await roster.refresh(state, said);
  expect(said).toEqual([unnamed]);
  await roster.refresh((await roster.update(seen, team, authoritative)).state, said);
  expect(said).toHaveLength(1);
});

test("and in the comment on the change", async () => {
  const { roster, state } = await both();
  const { state: outputs } = await roster.refresh(state);
  const step = {
    op: "update",
    urn: "urn:pulumi:prod::acme::pulumi-nodejs:dynamic/workos:OrganizationRoster::people",
    oldState: { id: roster.organizationId, inputs: roster.inputs(team, authoritative), outputs },
    newState: { inputs: roster.inputs(team, authoritative) },
  };
  const text = commentOf({ steps: [step] });
  expect(text).toContain("Suspends 1");
  expect(text).toContain("Where another program gives it to them");
});

test("a member of a roster whom another program has removed is named at the next refresh", async () => {
  const { roster, state } = await both();
  const { state: additive } = await roster.create({ ...team, [ben]: member("member") });
  await roster.update((await roster.refresh(state)).state, team, { ...authoritative, onRemove: "delete" });
  const said: string[] = [];
  const { state: after } = await roster.refresh(additive, said);
  expect(said).toEqual([
    "1 person of the roster is no longer in Acme: ben@example.com. That was ended outside of this program: by hand, or by another one, such as an authoritative roster of the organization. Where this program still declares it, the next `pulumi up` gives it again; where another one ends it again, leave it to one of the two.",
  ]);
  await roster.refresh(after, said);
  expect(said).toHaveLength(1);
});

test("a membership that a refresh no longer finds is said to have been ended outside, unless it was only pending", async () => {
  const { other } = await both();
  const life = lifecycleOf(resources.OrganizationMembership);
  expect(life.missing?.(other.outs)).toMatch(
    /^The membership of user_\w+ in Acme is gone\. That was ended outside of this program: by hand, or by another one, such as an authoritative roster of the organization\. /,
  );
  expect(life.missing?.({ ...other.outs, status: "pending" })).toBeUndefined();
});
