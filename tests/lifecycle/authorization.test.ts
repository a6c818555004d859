/** Resources that people have roles on: what their runs say, and what is whose. */
import { complaints } from "../support/checking";
import { failure, lifeOf, noChange } from "../support/life";
import { useWorld } from "../support/world";
import { rows } from "../kinds";
import { organizationNamed } from "./support/people";
import { startRun } from "./support/run";

const current = useWorld();

const project = async (more: object = {}) => {
  const organizationId = await organizationNamed(current(), "Acme");
  const inputs = { organizationId, resourceTypeSlug: "project", externalId: "apollo", name: "Apollo", ...more };
  return { inputs, ...(await lifeOf("AuthorizationResource", current()).create(inputs)) };
};
const below = (organization_id: string, parent_resource_id: string) =>
  current().api.authorizationResources.create({
    ...{ organization_id, resource_type_slug: "folder", external_id: "plans", name: "Plans", parent_resource_id },
  });

describe("a resource", () => {
  it("that has something below it is not deleted, and that is named", async () => {
    const { id, inputs, outs } = await project();
    await below(inputs.organizationId, id);
    const run = startRun(current());
    const error = await failure(run.life("AuthorizationResource").remove(id, outs));
    expect(error.message).toContain("1 resource is below it: folder plans. Remove");
    expect(error.message).toContain("or set cascadeDelete: true");
    expect(run.said).toEqual([]);
  });

  it("on which somebody has a role is not deleted, and they are named", async () => {
    const given = await rows.RoleAssignment.inputs(current());
    await lifeOf("RoleAssignment", current()).create(given);
    const [resource] = current().control.state().authorizationResources;
    const life = lifeOf("AuthorizationResource", current());
    const state = { organizationId: resource?.organization_id, name: "Apollo", externalId: "apollo" };
    const error = await failure(life.remove(resource?.id ?? "", { ...state, resourceTypeSlug: "project" }));
    expect(error.message).toContain("1 role is given on it: ann@example.com has project-editor. Remove");
  });

  it("takes everything below it along where the program says so, and says it", async () => {
    const { id, inputs, outs } = await project({ cascadeDelete: true });
    await below(inputs.organizationId, id);
    const run = startRun(current());
    await run.life("AuthorizationResource").remove(id, outs);
    expect(current().control.state().authorizationResources).toEqual([]);
    expect(run.said).toEqual([
      `The project "Apollo" (apollo) of ${inputs.organizationId} is deleted, with everything below it and every role on that.`,
    ]);
  });

  it("that was adopted stays, and so says the run", async () => {
    const { id, outs } = await project();
    const run = startRun(current());
    await run.life("AuthorizationResource").remove(id, { ...outs, adopted: true });
    expect(run.said[0]).toMatch(/is retained, with whoever has a role on it\.$/);
    expect(current().control.state().authorizationResources).toHaveLength(1);
  });

  test.each([
    [
      { parentResourceId: "authz_resource_1", parentResourceExternalId: "north", parentResourceTypeSlug: "workspace" },
      { parentResourceExternalId: "excludes parentResourceId; name the parent in one way" },
    ],
    [
      { parentResourceExternalId: "north" },
      { parentResourceTypeSlug: "is required with parentResourceExternalId: the parent's type" },
    ],
    [
      { parentResourceTypeSlug: "workspace" },
      { parentResourceTypeSlug: "is of no use without parentResourceExternalId; leave it out" },
    ],
  ])("declared with %j is told what is wrong", (given, said) => {
    expect(complaints("AuthorizationResource", given)).toEqual(said);
  });
});

describe("a role on a resource", () => {
  it("is said when it is given and when it is taken, by who has it", async () => {
    const inputs = await rows.RoleAssignment.inputs(current());
    const run = startRun(current());
    const { id, outs } = await run.life("RoleAssignment").create(inputs);
    await run.life("RoleAssignment").remove(id, outs);
    expect(run.said).toEqual([
      "ann@example.com has the role project-editor on the project apollo now.",
      "ann@example.com no longer has the role project-editor on the project apollo.",
    ]);
  });

  it("that came by a group is not the program's: another one is given beside it", async () => {
    const inputs = await rows.RoleAssignment.inputs(current());
    const { id, outs } = await lifeOf("RoleAssignment", current()).create(inputs);
    const [made] = current().control.state().roleAssignments;
    const byGroup = { ...made, source: { type: "group", group_role_assignment_id: "group_role_assignment_1" } };
    const listed = { object: "list", data: [{ ...byGroup, id: "role_assignment_2" }], list_metadata: {} };
    current().control.faults.add({ method: "GET", path: "/authorization/**", status: 200, body: listed, times: null });
    expect(await lifeOf("RoleAssignment", current()).read(id, outs)).toEqual({ id: "" });
  });

  it("that somebody took and gave again is the same", async () => {
    const inputs = await rows.RoleAssignment.inputs(current());
    const life = lifeOf("RoleAssignment", current());
    const { id, outs } = await life.create(inputs);
    await rows.RoleAssignment.end({ world: current(), id, inputs, state: outs });
    await rows.RoleAssignment.touch({ world: current(), id, inputs, state: outs });
    const found = await life.read(id, outs);
    expect(found.id).toMatch(/^role_assignment_/);
    expect(found.id).not.toBe(id);
    expect(life.diff(found.props ?? {}, inputs)).toEqual(noChange);
  });

  it("ends with the membership, and a refresh says so", async () => {
    const inputs = await rows.RoleAssignment.inputs(current());
    const life = lifeOf("RoleAssignment", current());
    const { id, outs } = await life.create(inputs);
    await current().api.organizationMemberships.delete({ id: String(inputs.organizationMembershipId) });
    expect(await life.read(id, outs)).toEqual({ id: "" });
  });

  test.each([
    [
      { resourceId: undefined },
      { resourceId: "is required, or resourceExternalId with resourceTypeSlug: the resource" },
    ],
    [
      { resourceExternalId: "apollo", resourceTypeSlug: "project" },
      { resourceExternalId: "excludes resourceId; name the resource in one way" },
    ],
    [
      { resourceId: undefined, resourceExternalId: "apollo" },
      { resourceTypeSlug: "is required with resourceExternalId: the resource's type" },
    ],
    [{ resourceTypeSlug: "project" }, { resourceTypeSlug: "is of no use without resourceExternalId; leave it out" }],
  ])("declared with %j is told what is wrong", (given, said) => {
    expect(complaints("RoleAssignment", given)).toEqual(said);
  });
});
