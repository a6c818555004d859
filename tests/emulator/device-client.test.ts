/** A command-line tool that follows the vendor's page on CLI Auth: it sends forms, and knows no secret. */
import { Browser } from "./support/browser";
import { local } from "./support/local";
import { claims, grant, password, person } from "./support/sign-in";

const at = local();

/** As `curl -d name=value` sends it: a form, and no key. */
async function send(path: string, fields: Record<string, string>) {
  const answer = await fetch(at().emulator.url + path, { method: "POST", body: new URLSearchParams(fields) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test("it asks, waits while the person answers, gets its tokens, and renews them, all by forms", async () => {
  const { id, email } = await person(at());
  const begun = await send("/user_management/authorize/device", { client_id: "client_local" });
  expect(begun.status).toBe(200);
  const { device_code, verification_uri_complete } = begun.body as Record<string, string>;
  const poll = () =>
    send("/user_management/authenticate", {
      ...{ grant_type: grant.device, client_id: "client_local", device_code: device_code ?? "" },
    });
  expect((await poll()).body.error).toBe("authorization_pending");
  const browser = new Browser(at());
  await browser.open(verification_uri_complete ?? "");
  await browser.submit("sign-in", { email, password });
  await browser.submit("allow");
  const tokens = await poll();
  expect(tokens).toMatchObject({ status: 200, body: { user: { id } } });
  expect(await claims(at(), String(tokens.body.access_token))).toMatchObject({ sub: id });
  const renewed = await send("/user_management/authenticate", {
    ...{ grant_type: "refresh_token", client_id: "client_local" },
    refresh_token: String(tokens.body.refresh_token),
  });
  expect(renewed).toMatchObject({ status: 200, body: { user: { id } } });
});

test("a form that says too little is refused as JSON is", async () => {
  expect((await send("/user_management/authorize/device", {})).status).toBe(422);
  expect((await send("/user_management/authorize/device", { client_id: "client_x" })).body.error).toBe(
    "invalid_client",
  );
});
