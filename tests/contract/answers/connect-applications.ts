import { authEndpoints, endpoints } from "../../../api/endpoints/index";
import { beginExternalLogin, consentOption } from "../support/external-login";
import { type RunOf } from "./run-of";

const { connectApplications: applications, organizations } = endpoints;

export function connectApplicationAnswers(run: RunOf): void {
  const acme = async () => (await run().call(organizations.create, { name: "Acme" })).id;
  const wiki = { name: "Wiki", application_type: "oauth" as const, is_first_party: true };
  const sync = async () => {
    const made = { name: "Sync", application_type: "m2m" as const, organization_id: await acme() };
    return run().call(applications.create, made);
  };

  test("an application of either kind is made, read by both its ids, changed and deleted", async () => {
    const redirect_uris = [{ uri: "https://wiki.example.com/callback" }, { uri: "http://localhost/", default: true }];
    const made = await run().call(applications.create, { ...wiki, redirect_uris, uses_pkce: true, scopes: ["openid"] });
    expect(made).toMatchObject({
      ...{ application_type: "oauth", is_first_party: true, uses_pkce: true, description: null, scopes: ["openid"] },
      redirect_uris: [{ default: false }, { default: true }],
    });
    for (const id of [made.id, made.client_id]) expect(await run().call(applications.get, { id })).toEqual(made);
    const { id } = made;
    expect(await run().call(applications.update, { id, description: "All", scopes: null })).toMatchObject({
      ...{ name: "Wiki", description: "All", scopes: [] },
    });
    expect(await run().call(applications.update, { id, redirect_uris: [] })).toMatchObject({ redirect_uris: [] });
    const other = await sync();
    expect(other).not.toHaveProperty("redirect_uris");
    const ids = async (query: object) => (await run().call(applications.list, query)).data.map((one) => one.id);
    expect(await ids({ order: "asc" })).toEqual([id, other.id]);
    expect(await ids({ organization_id: "organization_id" in other ? other.organization_id : "" })).toEqual([other.id]);
    await run().call(applications.delete, { id });
    expect(await run().refused(applications.get, { id })).toMatchObject({ status: 404 });
  });

  test("a secret is told once, listed by its end, and revoked; it goes with its application", async () => {
    const { id } = await sync();
    const { secret, ...made } = await run().call(applications.createSecret, { id });
    expect(secret.endsWith(made.secret_hint)).toBe(true);
    expect(await run().call(applications.listSecrets, { id })).toEqual([made]);
    await run().call(applications.deleteSecret, { id: made.id });
    expect(await run().call(applications.listSecrets, { id })).toEqual([]);
    const { id: last } = await run().call(applications.createSecret, { id });
    await run().call(applications.delete, { id });
    expect(await run().refused(applications.deleteSecret, { id: last })).toMatchObject({ status: 404 });
  });

  test("what is not there is 404", async () => {
    const id = "unknown";
    const m2m = { name: "CI", application_type: "m2m", organization_id: "org_unknown" };
    expect(await run().refused(applications.create, m2m)).toMatchObject({ status: 404 });
    for (const operation of [applications.get, applications.update, applications.delete] as const) {
      expect(await run().refused(operation, { id })).toMatchObject({ status: 404 });
    }
    for (const operation of [applications.listSecrets, applications.createSecret, applications.deleteSecret] as const) {
      expect(await run().refused(operation, { id })).toMatchObject({ status: 404 });
    }
  });

  test.each([
    ["of no kind", { name: "X" }],
    ["without a name", { ...wiki, name: undefined }],
    ["of another's without an organization", { ...wiki, is_first_party: false }],
    ["that acts by itself nowhere", { name: "X", application_type: "m2m" }],
    ["that sends people to a script", { ...wiki, redirect_uris: [{ uri: "javascript:alert(1)" }] }],
  ])("an application %s is 422, and so are a change and a page that cannot be", async (_what, input) => {
    expect(await run().refused(applications.create, input)).toMatchObject({ status: 422 });
    const { id } = await run().call(applications.create, wiki);
    expect(await run().refused(applications.update, { id, scopes: "all" })).toMatchObject({ status: 422 });
    expect(await run().refused(applications.list, { limit: 0 })).toMatchObject({ status: 422 });
  });

  test("options for a person are refused where no page would show them", async () => {
    const external_auth_id = await beginExternalLogin(run());
    const user = { id: "own-7", email: "ann@example.com" };
    const asked = { external_auth_id, user, user_consent_options: [consentOption("tenant")] };
    expect(await run().refused(authEndpoints.externalAuth.completeLogin, asked)).toMatchObject({
      ...{ status: 400, code: "user_consent_options_not_supported" },
    });
  });
}
