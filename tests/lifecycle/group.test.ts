/** Groups by themselves: what tells them apart, and what their end says. */
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { groupBeside } from "./support/groups";
import { startRun } from "./support/run";

const current = useWorld();

describe("a group's name", () => {
  it("that two groups have already does not tell which one is meant", async () => {
    const { organizationId } = await groupBeside(current());
    const second = await current().api.groups.create({ organization_id: organizationId, name: "Engineering" });
    const inputs = { organizationId, name: "Engineering", adopt: "if-exists" };
    const error = await failure(startRun(current()).life("Group").create(inputs));
    expect(error.message).toContain(`2 groups of ${organizationId} are named "Engineering" (`);
    expect(error.message).toContain(second.id);
    expect(error.message).toContain("Rename or delete all but one of them, or declare another name.");
  });

  it("is another one in other letters, and in another organization", async () => {
    const { organizationId } = await groupBeside(current());
    const groups = startRun(current()).life("Group");
    await groups.create({ organizationId, name: "engineering" });
    const { id: other } = await current().api.organizations.create({ name: "Other" });
    await groups.create({ organizationId: other, name: "Engineering" });
    expect(current().control.state().groups).toHaveLength(3);
  });
});

describe("the end of a group", () => {
  const made = async () => {
    const group = await groupBeside(current(), "ann", "ben");
    const { outs } = await startRun(current())
      .life("Group")
      .create({ organizationId: group.organizationId, name: "Engineering", adopt: "require", onDestroy: "delete" });
    return { ...group, outs };
  };

  it("says who loses which roles by it, and leaves them in the organization", async () => {
    const { groupId, organizationId, outs, add, give } = await made();
    await add("ann");
    await add("ben");
    await give("admin");
    const { said, life } = startRun(current());
    await life("Group").remove(groupId, outs);
    expect(said).toEqual([
      `The group Engineering of ${organizationId} is deleted; 2 people were in it. ann@example.com, ben@example.com no longer have what it gave: admin.`,
    ]);
    expect(current().control.state().organizationMemberships).toHaveLength(2);
  });

  it("says so where nobody was in it, or where it gave nothing", async () => {
    const { groupId, organizationId, outs } = await made();
    const { said, life } = startRun(current());
    await life("Group").remove(groupId, outs);
    expect(said).toEqual([`The group Engineering of ${organizationId} is deleted; nobody was in it.`]);
  });

  it("is not kept from happening by what cannot be told", async () => {
    const { groupId, outs, add } = await made();
    await add("ann");
    current().control.faults.add({ method: "GET", path: "/authorization/**", status: 403, times: null });
    current().control.faults.add({ method: "GET", path: "/organizations/**", status: 403, times: null });
    await startRun(current()).life("Group").remove(groupId, outs);
    expect(current().control.state().groups).toEqual([]);
  });

  it("leaves a retained one, and says so", async () => {
    const { groupId, organizationId, outs } = await made();
    const { said, life } = startRun(current());
    await life("Group").remove(groupId, { ...outs, onDestroy: "retain" });
    expect(said).toEqual([
      `The group Engineering of ${organizationId} is retained, with whoever is in it and the roles that it gives.`,
    ]);
    expect(current().control.state().groups).toHaveLength(1);
  });
});
