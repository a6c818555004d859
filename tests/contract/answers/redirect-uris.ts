import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { redirectUris } = endpoints;
const uri = "https://app.example.com/callback";

export function redirectUriAnswers(run: RunOf): void {
  test("redirect URIs are added, listed by pages and deleted; the first is the default, which stays", async () => {
    const first = await run().call(redirectUris.create, { uri });
    expect(first).toMatchObject({ uri, default: true });
    const second = await run().call(redirectUris.create, { uri: "https://*.preview.example.com/callback" });
    expect(second.default).toBe(false);
    const page = await run().call(redirectUris.list, { limit: 1, order: "asc" });
    expect(page.data).toEqual([first]);
    const { after } = page.list_metadata;
    expect((await run().call(redirectUris.list, { limit: 1, order: "asc", after: after ?? "" })).data).toEqual([
      second,
    ]);
    await run().call(redirectUris.delete, { id: second.id });
    expect(await run().refused(redirectUris.delete, { id: first.id })).toMatchObject({ status: 409 });
    expect((await run().call(redirectUris.list, {})).data).toEqual([first]);
  });

  test.each([
    ["that is there already", uri],
    ["that is none", "app.example.com"],
    ["with two wildcards", "https://*.*.example.com/callback"],
    ["with a wildcard for a whole domain", "https://*.com/callback"],
    ["with a wildcard inside of the name", "https://app.*.example.com/callback"],
    ["with a wildcard in its path", "https://app.example.com/*"],
    ["of a script", "javascript:alert(1)"],
    ["with a fragment", `${uri}#there`],
  ])("a redirect URI %s is refused as documented", async (_what, refused) => {
    await run().call(redirectUris.create, { uri });
    expect(await run().refused(redirectUris.create, { uri: refused })).toMatchObject({ status: 422 });
  });

  test("an unknown one is 404, and what does not fit is 422", async () => {
    expect(await run().refused(redirectUris.delete, { id: "redir_x" })).toMatchObject({ status: 404 });
    expect(await run().refused(redirectUris.create, { uri: 1 })).toMatchObject({ status: 422 });
    expect(await run().refused(redirectUris.list, { limit: "many" })).toMatchObject({ status: 422 });
  });
}
