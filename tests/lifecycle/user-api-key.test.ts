/** What is a user's about a user's key; what keys share is tried on those of organizations. */
import { type Inputs } from "../../provider/declare/resource";
import { failure, noChange } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { organizationNamed } from "./support/people";
import { startRun } from "./support/run";

const current = useWorld();

async function made(more: Inputs = {}) {
  const inputs: Inputs = { ...(await rows.UserApiKey.inputs(current())), ...more };
  const { id, outs } = await startRun(current()).life("UserApiKey").create(inputs);
  const [membership] = current().control.state().organizationMemberships;
  return { id, inputs, outs, membershipId: membership?.id ?? "" };
}

const keyOf = async (value: unknown) =>
  (await current().api.apiKeys.validate({ value: String(value) })).api_key?.id ?? "nobody's";

it("belongs to the person, in one organization", async () => {
  const { id, inputs, outs } = await made();
  expect(outs).toMatchObject({ userId: inputs.userId, organizationId: inputs.organizationId });
  expect(current().control.state()).toMatchObject({ apiKeys: [], userApiKeys: [{ id, owner: { type: "user" } }] });
});

it.each(["was never a member", "is suspended"])(
  "is refused to somebody who %s, and the reason is told",
  async (who) => {
    const { inputs, membershipId } = await made();
    if (who === "is suspended") await current().api.organizationMemberships.deactivate({ id: membershipId });
    else await current().api.organizationMemberships.delete({ id: membershipId });
    const error = await failure(startRun(current()).life("UserApiKey").create(inputs));
    expect(error.message).toContain(
      `\n${String(inputs.userId)} is no active member of ${String(inputs.organizationId)}, as the owner of a key has to be.`,
    );
  },
);

it("is refused for another reason without a word of the membership", async () => {
  const { inputs } = await made();
  current().control.faults.add({ method: "POST", status: 422, body: { message: "No." }, times: 1 });
  const error = await failure(startRun(current()).life("UserApiKey").create(inputs));
  expect(error.message).not.toContain("no active member");
});

it("is gone with the membership, and with the user", async () => {
  const { id, outs, membershipId } = await made();
  await current().api.organizationMemberships.delete({ id: membershipId });
  const { life } = startRun(current());
  expect(await life("UserApiKey").read(id, outs)).toEqual({ id: "" });
  await current().api.users.delete({ id: String(outs.userId) });
  expect(await life("UserApiKey").read(id, outs)).toEqual({ id: "" });
  await life("UserApiKey").remove(id, outs);
});

it("lives on for the overlap once another one is in its place", async () => {
  const { id, inputs, outs } = await made();
  const run = startRun(current());
  const wanted = { ...inputs, keepers: { rotation: "2" }, overlap: "24h" };
  expect(run.life("UserApiKey").diff(outs, wanted)).toEqual({ ...noChange, changes: true, replaces: ["keepers"] });
  run.context.replacing.set(id, wanted);
  const next = await run.life("UserApiKey").create(wanted);
  await run.life("UserApiKey").remove(id, outs);
  expect([await keyOf(outs.value), await keyOf(next.outs.value)]).toEqual([id, next.id]);
  expect(run.said).toEqual([
    `The old API key "ci" (${String(outs.obfuscatedValue)}) works until 2026-06-02T12:00:00.000Z.`,
  ]);
});

it("does not mind a key of the same name that the person has in another organization", async () => {
  const { inputs } = await made();
  const organization_id = await organizationNamed(current(), "Beta");
  await current().api.organizationMemberships.create({ user_id: String(inputs.userId), organization_id });
  const run = startRun(current());
  await run.life("UserApiKey").create({ ...inputs, organizationId: organization_id });
  expect(run.said).toEqual([]);
});
