import { endpoints } from "../../../api/endpoints/index";
import { extras } from "../../../emulator/extra";
import { type RunOf } from "../answers/run-of";
import { hiddenFields } from "../support/hidden-fields";

const { dataIntegrations, organizations, users } = endpoints;
const { pipes } = extras;
const slug = "github";

export function pipesAnswers(run: RunOf): void {
  async function github(fields: object = {}) {
    const methods = ["oauth" as const, "api_key" as const, "client_credentials" as const];
    await run().call(dataIntegrations.create, {
      ...{ provider: slug, enabled: true, auth_methods: methods, scopes: ["repo", "user"] },
      credentials: { type: "custom", client_id: "github-id", client_secret: "github-secret" },
      ...fields,
    });
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    return { slug, user_id };
  }

  /** What the person does on the page that stands in for the other service. */
  async function answer(url: string, action: "allow" | "deny"): Promise<Response> {
    const page = await fetch(url);
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
    const body = new URLSearchParams({ ...hiddenFields(await page.text()), action });
    return fetch(url, { method: "POST", redirect: "manual", headers: { cookie }, body });
  }

  test("a person connects an account on a page, and its token is renewed when it is over", async () => {
    const which = await github();
    expect(await run().call(pipes.token.endpoint, which)).toEqual({ active: false, error: "not_installed" });
    const return_to = "http://localhost:3000/connected";
    const { url } = await run().call(pipes.authorizeUrl.endpoint, { ...which, return_to });
    const denied = await answer(url, "deny");
    expect(denied.headers.get("location")).toBe(`${return_to}?error=access_denied`);
    expect((await answer(url, "allow")).headers.get("location")).toBe(return_to);
    const first = await run().call(pipes.token.endpoint, which);
    expect(first).toMatchObject({ active: true, access_token: { scopes: ["repo", "user"], missing_scopes: [] } });
    expect(await run().call(pipes.token.endpoint, which)).toEqual(first);
    run().control.clock.advance(2 * 60 * 60_000);
    const renewed = await run().call(pipes.token.endpoint, which);
    expect(renewed).toMatchObject({ active: true });
    expect(renewed).not.toEqual(first);
    const { data } = await run().call(pipes.providers.endpoint, { user_id: which.user_id });
    expect(data).toMatchObject([{ slug, connected_account: { state: "connected", auth_method: "oauth" } }]);
    await run().call(pipes.deleteAccount.endpoint, which);
    expect(await run().refused(pipes.getAccount.endpoint, which)).toMatchObject({ status: 404 });
    expect((await run().call(pipes.providers.endpoint, { user_id: which.user_id })).data).toMatchObject([
      { connected_account: null },
    ]);
  });

  test("an API key, and client credentials, are given as they are or for a token", async () => {
    const which = await github();
    const key = await run().call(pipes.setApiKey.endpoint, { ...which, secret: "ghp_abcd" });
    expect(key).toMatchObject({ auth_method: "api_key", api_key_last_4: "abcd" });
    expect(await run().call(pipes.credentials.endpoint, which)).toMatchObject({ credential: { value: "ghp_abcd" } });
    expect(await run().refused(pipes.token.endpoint, which)).toMatchObject({
      status: 422,
      code: "auth_method_mismatch",
    });
    const client = { client_id: "id", client_secret: "secret-wxyz" };
    const mismatch = await run().refused(pipes.setClientCredentials.endpoint, { ...which, ...client });
    expect(mismatch).toMatchObject({ status: 422, code: "auth_method_mismatch" });

    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    const inAcme = { ...which, organization_id };
    const made = await run().call(pipes.setClientCredentials.endpoint, { ...inAcme, ...client });
    expect(made).toMatchObject({ organization_id, client_id: "id", client_secret_last_4: "wxyz" });
    const vended = await run().call(pipes.credentials.endpoint, inAcme);
    expect(vended).toMatchObject({
      active: true,
      credential: { auth_method: "client_credentials", missing_scopes: [] },
    });
  });

  test("tokens are taken over from elsewhere, changed, and asked for anew", async () => {
    const which = await github();
    const tokens = { access_token: "gho_1", scopes: ["repo"] };
    await run().call(pipes.importAccount.endpoint, { ...which, ...tokens });
    expect(await run().refused(pipes.importAccount.endpoint, { ...which, ...tokens })).toMatchObject({ status: 409 });
    expect(await run().call(pipes.credentials.endpoint, which)).toMatchObject({
      credential: { value: "gho_1", auth_method: "oauth", missing_scopes: ["user"] },
    });
    await run().call(pipes.updateAccount.endpoint, { ...which, state: "needs_reauthorization" });
    const asked = { active: false, error: "needs_reauthorization" };
    expect(await run().call(pipes.token.endpoint, which)).toEqual(asked);
    expect(await run().call(pipes.getAccount.endpoint, which)).toMatchObject({ state: "needs_reauthorization" });
  });

  test("what is not there, not enabled or not connected so is refused", async () => {
    const which = await github({ auth_methods: ["oauth"] });
    const { endpoint } = pipes.authorizeUrl;
    expect(await run().refused(endpoint, { ...which, slug: "x" })).toMatchObject({ status: 404 });
    expect(await run().refused(endpoint, { ...which, user_id: "user_x" })).toMatchObject({ status: 404 });
    expect(await run().refused(pipes.setApiKey.endpoint, { ...which, secret: "x" })).toMatchObject({ status: 400 });
    expect(await run().refused(pipes.importAccount.endpoint, which)).toMatchObject({ status: 422 });
    expect(await run().refused(pipes.deleteAccount.endpoint, which)).toMatchObject({ status: 404 });
    expect(await run().refused(pipes.providers.endpoint, { user_id: "user_x" })).toMatchObject({ status: 404 });
    await run().call(dataIntegrations.update, { slug, enabled: false });
    expect(await run().refused(endpoint, which)).toMatchObject({ status: 403 });
    expect((await fetch(`${run().emulator.url}/pipes/connect?request=x`)).status).toBe(400);
  });
}
