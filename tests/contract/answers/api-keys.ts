import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { apiKeys, organizationMemberships, organizations, userApiKeys, users } = endpoints;
const later = "2999-01-01T00:00:00.000Z";

export function apiKeyAnswers(run: RunOf): void {
  const acme = async () => (await run().call(organizations.create, { name: "Acme" })).id;
  const made = async (organization_id: string) =>
    run().call(apiKeys.createForOrganization, { organization_id, name: "ci", permissions: ["posts:read"] });

  test("a key is created, listed, validated, given other ends and deleted", async () => {
    const organization_id = await acme();
    const { value, ...key } = await made(organization_id);
    expect((await run().call(apiKeys.listForOrganization, { organization_id })).data).toEqual([key]);
    expect(await run().call(apiKeys.validate, { value })).toMatchObject({ api_key: { id: key.id } });
    const { id } = key;
    expect(await run().call(apiKeys.expire, { id, expires_at: later })).toMatchObject({ expires_at: later });
    expect(await run().call(apiKeys.expire, { id, expires_at: null })).toMatchObject({ expires_at: null });
    await run().call(apiKeys.expire, { id });
    expect(await run().call(apiKeys.validate, { value })).toMatchObject({ api_key: null });
    expect(await run().refused(apiKeys.expire, { id })).toMatchObject({ status: 409, code: "api_key_already_expired" });
    await run().call(apiKeys.delete, { id });
    expect(await run().refused(apiKeys.delete, { id })).toMatchObject({ status: 404 });
  });

  test.each([
    ["no name", {}, "required"],
    ["an empty name", { name: " " }, "required"],
    ["a name of the wrong type", { name: 5 }, "invalid_type"],
    ["what is no permission", { name: "ci", permissions: ["Not a slug"] }, "invalid_permission"],
    ["an end in the past", { name: "ci", expires_at: "2001-01-01T00:00:00.000Z" }, "must_be_in_the_future"],
  ])("a key with %s is refused as documented", async (_what, input, code) => {
    const organization_id = await acme();
    const refusal = await run().refused(apiKeys.createForOrganization, { organization_id, ...input });
    expect(refusal).toEqual({ status: 422, code: undefined, codes: [code] });
  });

  test("unknown owners and keys are 404; wrong values and pages are 422", async () => {
    const unknown = { organization_id: "org_unknown" };
    expect(await run().refused(apiKeys.listForOrganization, unknown)).toMatchObject({ status: 404 });
    expect(await run().refused(apiKeys.createForOrganization, { ...unknown, name: "ci" })).toMatchObject({
      status: 404,
    });
    expect(await run().refused(apiKeys.expire, { id: "api_key_unknown" })).toMatchObject({ status: 404 });
    expect(await run().refused(apiKeys.validate, {})).toMatchObject({ status: 422 });
    const organization_id = await acme();
    const { id } = await made(organization_id);
    expect(await run().refused(apiKeys.expire, { id, expires_at: "tomorrow" })).toMatchObject({ status: 422 });
    expect(await run().refused(apiKeys.listForOrganization, { organization_id, limit: 0 })).toMatchObject({
      status: 422,
    });
  });

  const member = async () => {
    const organization_id = await acme();
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    const { id } = await run().call(organizationMemberships.create, { user_id, organization_id });
    return { ids: { user_id, organization_id }, membership: id };
  };

  test("a user's key is created and listed, by organization too, and ends with the membership", async () => {
    const { ids, membership } = await member();
    const { value, ...key } = await run().call(userApiKeys.create, { ...ids, name: "laptop", expires_at: later });
    expect(key.owner).toEqual({ type: "user", id: ids.user_id, organization_id: ids.organization_id });
    for (const query of [ids, { user_id: ids.user_id }]) {
      expect((await run().call(userApiKeys.list, query)).data).toEqual([key]);
    }
    const elsewhere = { user_id: ids.user_id, organization_id: await acme() };
    expect((await run().call(userApiKeys.list, elsewhere)).data).toEqual([]);
    expect((await run().call(apiKeys.listForOrganization, ids)).data).toEqual([]);
    expect(await run().call(apiKeys.validate, { value })).toMatchObject({ api_key: { id: key.id } });
    await run().call(organizationMemberships.delete, { id: membership });
    expect(await run().call(apiKeys.validate, { value })).toMatchObject({ api_key: null });
  });

  test("a user's key is refused as documented: to nobody, to no member, and where it does not fit", async () => {
    const { ids, membership } = await member();
    const refused = (input: object) => run().refused(userApiKeys.create, { ...ids, name: "laptop", ...input });
    expect(await refused({ user_id: "user_unknown" })).toMatchObject({ status: 404 });
    expect(await refused({ organization_id: "org_unknown" })).toMatchObject({ status: 404 });
    expect(await refused({ permissions: ["NO!"] })).toMatchObject({ status: 400, codes: ["invalid_permission"] });
    expect(await refused({ name: " " })).toMatchObject({ status: 422 });
    expect(await run().refused(userApiKeys.list, { user_id: "user_unknown" })).toMatchObject({ status: 404 });
    await run().call(organizationMemberships.deactivate, { id: membership });
    expect(await refused({})).toMatchObject({ status: 422, codes: ["organization_membership_required"] });
  });
}
