/** Where the local AuthKit sends people back to, once the environment says where sign-ins may lead. */
import { isRegisteredUri } from "../../api/redirect-uris";
import { startEmulator } from "../../emulator";
import { Browser } from "./support/browser";
import { local } from "./support/local";

const at = local();
const uris = "/user_management/redirect_uris";
const asked = (redirect_uri: string, client_id = "client_local") =>
  `/user_management/authorize?${new URLSearchParams({ client_id, redirect_uri, response_type: "code", provider: "authkit" }).toString()}`;
const visit = async (redirect_uri: string) => (await new Browser(at()).open(asked(redirect_uri))).status;

test("anywhere, as long as nothing is registered", async () => {
  expect(await visit("https://anywhere.example/callback")).toBe(200);
});

test("to what is registered, and nowhere else", async () => {
  await at().post(uris, { uri: "https://app.example.com/callback" });
  await at().post(uris, { uri: "https://*.preview.example.com/callback" });
  expect(await visit("https://app.example.com/callback")).toBe(200);
  expect(await visit("https://pr-7.preview.example.com/callback")).toBe(200);
  for (const other of [
    "https://app.example.com/other",
    "https://preview.example.com/callback",
    "https://evil.example/",
  ])
    expect([other, await visit(other)]).toEqual([other, 400]);
});

test("a Connect application goes to its own addresses, whatever the environment's are", async () => {
  await at().post(uris, { uri: "https://app.example.com/callback" });
  const own = "https://wiki.example.com/callback";
  const application = { name: "Wiki", application_type: "oauth", is_first_party: true, redirect_uris: [{ uri: own }] };
  const { body } = await at().post("/connect/applications", application);
  expect((await new Browser(at()).open(asked(own, String(body.client_id)))).status).toBe(200);
});

test("seeds register them, and the first is the default", async () => {
  const redirect_uris = ["https://app.example.com/callback", "http://localhost:*/callback"];
  const emulator = await startEmulator({ seed: { redirect_uris } });
  const registered = emulator.control.state().redirectUris.map(({ uri, default: isDefault }) => [uri, isDefault]);
  await emulator.close();
  expect(registered).toEqual([
    [redirect_uris[0], true],
    [redirect_uris[1], false],
  ]);
  await expect(startEmulator({ seed: { redirect_uris: ["https://*.*.example.com"] } })).rejects.toThrow(
    "redirect_uris.0: only one * is allowed",
  );
});

test.each([
  ["https://app.example.com/cb", "https://app.example.com/cb", true],
  ["https://app.example.com/cb", "https://app.example.com/cb/", false],
  ["https://*.example.com/cb", "https://a.example.com/cb", true],
  ["https://*.example.com/cb", "https://a.b.example.com/cb", false],
  ["https://*.example.com/cb", "https://.example.com/cb", false],
  ["https://*.example.com/cb", "https://evil.example/.example.com/cb", false],
  ["https://*.example.com/cb", "https://evil#.example.com/cb", false],
  ["https://pr-*-app.example.com/cb", "https://pr-12-app.example.com/cb", true],
  ["https://pr-*-app.example.com/cb", "https://pr--app.example.com/cb", false],
  ["http://localhost:*/cb", "http://localhost:3000/cb", true],
  ["http://localhost:*/cb", "http://localhost:/cb", false],
  ["http://localhost:*/cb", "http://localhost:3000@evil.example/cb", false],
])("what %s stands for: %s is %s", (registered, uri, expected) => {
  expect(isRegisteredUri(registered, uri)).toBe(expected);
});
