import { extras } from "../../../emulator/extra";
import { hiddenFields } from "../support/hidden-fields";
import { type RunOf } from "../answers/run-of";

const { logoutAuthorize, profile, token } = extras.sso;
const client = { client_id: "client_local", client_secret: "sk_test_local", grant_type: "authorization_code" };

export function ssoAnswers(run: RunOf): void {
  /** What the page of the identity provider gives to the application. */
  async function signIn(): Promise<string> {
    const query = new URLSearchParams({
      ...{ client_id: "client_local", redirect_uri: "http://localhost:3000/callback", response_type: "code" },
      provider: "GoogleOAuth",
    });
    const address = `${run().emulator.url}/sso/authorize?${query.toString()}`;
    const page = await fetch(address);
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
    const body = new URLSearchParams({ ...hiddenFields(await page.text()), email: "ann@example.com" });
    const answer = await fetch(address, { method: "POST", redirect: "manual", headers: { cookie }, body });
    return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  }

  test("a code gives a token and a profile, the token the profile again, and the profile a link to sign out", async () => {
    const answer = await run().call(token.endpoint, { ...client, code: await signIn() });
    const headers = { Authorization: `Bearer ${answer.access_token}` };
    expect(await run().call(profile.endpoint, {}, undefined, { headers })).toEqual(answer.profile);
    const link = await run().call(logoutAuthorize.endpoint, { profile_id: answer.profile.id });
    expect(link.logout_url).toContain(link.logout_token);
  });

  test.each([
    ["a wrong code", { code: "wrong" }, "invalid_grant"],
    ["a wrong secret", { client_secret: "sk_wrong" }, "invalid_client"],
    ["another grant", { grant_type: "password" }, "unsupported_grant_type"],
  ])("%s is refused by the vendor's error", async (_what, fields, code) => {
    const given = { ...client, code: await signIn(), ...fields };
    expect(await run().refused(token.endpoint, given)).toMatchObject({ status: 400, code });
  });

  test("what is missing, and what is unknown, is refused", async () => {
    expect(await run().refused(token.endpoint, { client_id: "client_local" })).toMatchObject({ status: 422 });
    expect(await run().refused(profile.endpoint, {})).toMatchObject({ status: 401, code: "Unauthorized" });
    expect(await run().refused(logoutAuthorize.endpoint, { profile_id: "prof_x" })).toMatchObject({ status: 404 });
  });
}
