/** What RFC 6749, 7636 and 9700 ask of codes, redirect URIs and refresh tokens. */
import { startEmulator } from "../../emulator";
import { type Answer, local } from "./support/local";
import { Browser, type Visit } from "./support/browser";
import { authenticate, password, person, text } from "./support/sign-in";

const at = local();
const redirect_uri = "http://localhost:3000/callback";

const authorizePath = (fields: Record<string, string> = {}) =>
  `/user_management/authorize?${new URLSearchParams({
    ...{ client_id: "client_local", redirect_uri, response_type: "code", provider: "authkit", state: "some state" },
    ...fields,
  }).toString()}`;
const codeOf = ({ location }: Visit) => location?.searchParams.get("code") ?? "";

/** A code as the hosted page gives it to the application. */
async function newCode(email: string, asked: Record<string, string> = {}): Promise<string> {
  const browser = new Browser(at());
  await browser.open(authorizePath(asked));
  return codeOf(await browser.submit("sign-in", { email, password }));
}

const exchange = (code: string, fields: object = {}) =>
  authenticate(at(), { grant_type: "authorization_code", code, ...fields });
const application = async (fields: object = {}): Promise<Answer> =>
  at().post("/connect/applications", {
    ...{ name: "Wiki", application_type: "oauth", is_first_party: true, redirect_uris: [{ uri: redirect_uri }] },
    ...fields,
  });

describe("a redirect URI", () => {
  test("at the token request is the one of the authorization, to the letter, or left out", async () => {
    const { email } = await person(at());
    const code = await newCode(email);
    for (const other of [
      "http://localhost:3000/other",
      `${redirect_uri}/`,
      `${redirect_uri}?`,
      ` ${redirect_uri}`,
      "HTTP://localhost:3000/callback",
      [redirect_uri],
      7,
    ]) {
      const refused = await exchange(code, { redirect_uri: other });
      expect([other, refused.status, refused.body.error]).toEqual([other, 400, "invalid_grant"]);
    }
    expect((await exchange(code, { redirect_uri })).status).toBe(200);
    expect((await exchange(await newCode(email), { redirect_uri: "" })).status).toBe(200);
  });

  const bad = [
    ["around it", ` ${redirect_uri}`],
    ["after it", `${redirect_uri}\n`],
    ["after it that is no ASCII", `${redirect_uri}\u00a0`],
    ["in it", "http://localhost:3000/call back"],
    ["in its scheme", "java\tscript:alert(1)"],
    ["before its scheme", "\u0001javascript:alert(1)"],
    ["that is a script", "javascript:alert(1)"],
    ["that is a script in capitals", "JaVaScRiPt:alert(1)"],
    ["that is a script with a host", "javascript://localhost/%0aalert(1)"],
    ["that is a document", "data:text/html,<script>alert(1)</script>"],
    ["that is another script", "VBScript:msgbox(1)"],
    ["of a file", "file:///etc/passwd"],
    ["of a page's own", "blob:http://localhost/1"],
    ["that is relative", "//localhost/callback"],
    ["without a host", "http:callback"],
    ["with a fragment", `${redirect_uri}#there`],
  ];

  test.each(bad)("with something %s is registered nowhere, and nobody is sent there: %j", async (_what, uri) => {
    const made = await application({ redirect_uris: [{ uri: redirect_uri }, { uri }] });
    expect([made.status, made.body.code]).toEqual([422, "invalid_request_parameters"]);
    const known = await application();
    const changed = await at().put(`/connect/applications/${text(known, "id")}`, { redirect_uris: [{ uri }] });
    expect(changed.status).toBe(422);
    const seed = { applications: [{ name: "Wiki", redirect_uris: [uri] }] };
    await expect(startEmulator({ seed })).rejects.toThrow(/redirect_uris/);
    for (const client_id of ["client_local", text(known, "client_id")]) {
      const page = await new Browser(at()).open(authorizePath({ client_id, redirect_uri: uri }));
      expect(page).toMatchObject({ status: 400, location: undefined });
      expect(page.html).toContain("redirect_uri: ");
    }
  });

  test.each(["https://app.example.com/cb?from=a", "com.example.app:/callback", "http://[::1]:8080/cb"])(
    "of an application may be %s",
    async (uri) => {
      expect((await application({ redirect_uris: [{ uri }] })).status).toBe(201);
    },
  );
});
