/** Groups on the real engine: the example, and what happens to it afterwards. */
import { type CommandResult } from "../support/engine";
import { exampleStack } from "./support/examples";
import { steps as allSteps } from "./support/report";
import { ok } from "./support/stack";

const stack = exampleStack("groups");
const state = () => stack().emulator.control.state();
/** What a run did besides looking. */
const steps = (result: CommandResult) =>
  Object.fromEntries(
    Object.entries(allSteps(result))
      .map(([name, ops]) => [name, ops.filter((op) => op !== "refresh")] as const)
      .filter(([, ops]) => ops.length > 0),
  );
const up = (...args: string[]) => stack().project.up({ events: true, args });

test("a group is made, and the next run finds nothing to do", async () => {
  await ok(up());
  expect(state().groups).toMatchObject([{ name: "Engineering", description: "Builds it" }]);
  expect(steps(await ok(up("--refresh")))).toEqual({});
});

test("a group that was renamed outside is named as declared again", async () => {
  const [group] = state().groups;
  const which = { organization_id: group?.organization_id ?? "", group_id: group?.id ?? "" };
  await stack().api.groups.update({ ...which, name: "R&D" });
  expect(steps(await ok(up("--refresh")))).toEqual({ engineering: ["update"] });
  expect(state().groups).toMatchObject([{ name: "Engineering" }]);
});
