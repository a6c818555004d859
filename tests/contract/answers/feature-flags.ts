import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { featureFlags: flags, organizationMemberships, organizations, users } = endpoints;

export function featureFlagAnswers(run: RunOf): void {
  const slug = "beta";
  const people = async () => {
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    return { organization_id, user_id };
  };
  const slugs = ({ data }: { data: { slug: string }[] }) => data.map((flag) => flag.slug);

  beforeEach(() =>
    run().control.addFeatureFlag({ slug, name: "Beta", description: "New", tags: ["ui"], enabled: true }),
  );

  test("flags are listed, read, and switched on and off", async () => {
    const flag = await run().call(flags.get, { slug });
    expect(flag).toMatchObject({
      slug,
      name: "Beta",
      description: "New",
      tags: ["ui"],
      default_value: false,
      owner: null,
    });
    expect((await run().call(flags.list, {})).data).toEqual([flag]);
    expect(await run().call(flags.disable, { slug })).toMatchObject({ enabled: false });
    expect(await run().call(flags.enable, { slug })).toMatchObject({ enabled: true });
  });

  test("a flag is on for its targets and their members, unless it is off at all", async () => {
    const { organization_id, user_id } = await people();
    const on = async () => [
      slugs(await run().call(flags.listForOrganization, { organization_id })),
      slugs(await run().call(flags.listForUser, { user_id })),
    ];
    expect(await on()).toEqual([[], []]);
    for (let time = 0; time < 2; time += 1) await run().call(flags.addTarget, { slug, resource_id: organization_id });
    expect(await on()).toEqual([[slug], []]);
    await run().call(organizationMemberships.create, { user_id, organization_id });
    expect(await on()).toEqual([[slug], [slug]]);
    await run().call(flags.disable, { slug });
    expect(await on()).toEqual([[], []]);
    await run().call(flags.enable, { slug });
    await run().call(flags.removeTarget, { slug, resource_id: organization_id });
    await run().call(flags.addTarget, { slug, resource_id: user_id });
    expect(await on()).toEqual([[], [slug]]);
    await run().call(flags.removeTarget, { slug, resource_id: user_id });
    await run().call(flags.removeTarget, { slug, resource_id: user_id });
    expect(await on()).toEqual([[], []]);
    run().control.addFeatureFlag({ slug: "all", enabled: true, defaultValue: true });
    expect(await on()).toEqual([["all"], ["all"]]);
  });

  test("targets end with the user and with the organization", async () => {
    const { organization_id, user_id } = await people();
    for (const resource_id of [organization_id, user_id]) await run().call(flags.addTarget, { slug, resource_id });
    await run().call(organizations.delete, { id: organization_id });
    await run().call(users.delete, { id: user_id });
    expect(run().control.state().featureFlagTargets).toEqual([]);
  });

  test("what is not there is 404, what is no target 400, and a page that cannot be 422", async () => {
    const { organization_id } = await people();
    for (const operation of [flags.get, flags.enable, flags.disable] as const) {
      expect(await run().refused(operation, { slug: "none" })).toMatchObject({ status: 404 });
    }
    for (const operation of [flags.addTarget, flags.removeTarget] as const) {
      const refused = async (input: object) => (await run().refused(operation, { slug, ...input })).status;
      expect(await refused({ slug: "none", resource_id: organization_id })).toBe(404);
      expect(await refused({ resource_id: "org_none" })).toBe(404);
      expect(await refused({ resource_id: "user_none" })).toBe(404);
      expect(await refused({ resource_id: "om_1" })).toBe(400);
    }
    expect(await run().refused(flags.listForOrganization, { organization_id: "org_none" })).toMatchObject({
      status: 404,
    });
    expect(await run().refused(flags.listForUser, { user_id: "user_none" })).toMatchObject({ status: 404 });
    expect(await run().refused(flags.list, { limit: 0 })).toMatchObject({ status: 422 });
  });
}
