import { endpoints } from "../../../api/endpoints/index";
import { extras } from "../../../emulator/extra";
import { type RunOf } from "../answers/run-of";

const { organizationMemberships, organizations, users, vault } = endpoints;
const { clientApi, vaultKeys, widgets } = extras;

export function vaultKeyAnswers(run: RunOf): void {
  test("a data key is opened again, and put under another context", async () => {
    const made = await run().call(vaultKeys.create.endpoint, { context: { tenant: "acme" } });
    expect(Buffer.from(made.data_key, "base64")).toHaveLength(32);
    const opened = { id: made.id, data_key: made.data_key };
    expect(await run().call(vaultKeys.decrypt.endpoint, { keys: made.encrypted_keys })).toEqual(opened);
    const asked = { context: { tenant: "other" }, encrypted_keys: made.encrypted_keys };
    const again = await run().call(vaultKeys.rekey.endpoint, asked);
    expect(again).toMatchObject({ ...opened, context: { tenant: "other" } });
    expect(again.encrypted_keys).not.toBe(made.encrypted_keys);
    expect(await run().call(vaultKeys.decrypt.endpoint, { keys: again.encrypted_keys })).toEqual(opened);
  });

  test("a key that was changed is not opened", async () => {
    const { encrypted_keys } = await run().call(vaultKeys.create.endpoint, { context: {} });
    const bytes = Buffer.from(encrypted_keys, "base64");
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    const keys = bytes.toString("base64");
    expect(await run().refused(vaultKeys.decrypt.endpoint, { keys })).toMatchObject({ status: 400 });
    expect(await run().refused(vaultKeys.decrypt.endpoint, { keys: "x" })).toMatchObject({ status: 400 });
    const rekeyed = { context: {}, encrypted_keys: keys };
    expect(await run().refused(vaultKeys.rekey.endpoint, rekeyed)).toMatchObject({ status: 400 });
  });

  test("a context has a bound", async () => {
    const context = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`key${at}`, "x"]));
    expect(await run().refused(vaultKeys.create.endpoint, { context })).toMatchObject({ status: 422 });
  });

  test("a value has its versions, the newest first", async () => {
    const { id, version_id } = await run().call(vault.create, { name: "db", value: "one", key_context: {} });
    const { metadata } = await run().call(vault.update, { id, value: "three" });
    const { data } = await run().call(vaultKeys.versions.endpoint, { id });
    expect(data).toMatchObject([
      { id: metadata.version_id, current_version: true, size: 5 },
      { id: version_id, current_version: false, size: 3 },
    ]);
    const unknown = { id: "00000000-0000-4000-8000-000000000000" };
    expect(await run().refused(vaultKeys.versions.endpoint, unknown)).toMatchObject({ status: 404 });
  });
}

export function pageTokenAnswers(run: RunOf): void {
  async function member() {
    const { id: user_id } = await run().call(users.create, { email: "ann@example.com" });
    const { id: organization_id } = await run().call(organizations.create, { name: "Acme" });
    await run().call(organizationMemberships.create, { user_id, organization_id });
    return { user_id, organization_id };
  }
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

  test("tokens of widgets and of the Client API say who and where", async () => {
    const who = await member();
    const scopes = ["widgets:users-table:manage" as const];
    const { token } = await run().call(widgets.token.endpoint, { ...who, scopes });
    expect(claimsOf(token)).toMatchObject({ sub: who.user_id, org_id: who.organization_id, permissions: scopes });
    // A token of a person alone is new in the vendor's newer edition.
    const alone = await fetch(`${run().emulator.url}/widgets/token`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_local" },
      body: JSON.stringify({ user_id: who.user_id }),
    });
    const { token: own } = (await alone.json()) as { token: string };
    expect(claimsOf(own)).toMatchObject({ sub: who.user_id });
    expect(claimsOf(own)).not.toHaveProperty("org_id");
    const { token: client } = await run().call(clientApi.token.endpoint, who);
    expect(claimsOf(client)).toMatchObject({ sub: who.user_id, org_id: who.organization_id });
  });

  test("who is unknown, or no member, gets none", async () => {
    const who = await member();
    const { id: stranger } = await run().call(users.create, { email: "zoe@example.com" });
    for (const { endpoint } of [widgets.token, clientApi.token]) {
      expect(await run().refused(endpoint, { ...who, user_id: "user_x" })).toMatchObject({ status: 404 });
      expect(await run().refused(endpoint, { ...who, organization_id: "org_x" })).toMatchObject({ status: 404 });
      expect(await run().refused(endpoint, { ...who, user_id: stranger })).toMatchObject({ status: 422 });
    }
    expect(await run().refused(widgets.token.endpoint, {})).toMatchObject({ status: 400 });
    const scopes = ["widgets:sso:manage"];
    const userOnly = { user_id: who.user_id, scopes };
    expect(await run().refused(widgets.token.endpoint, userOnly)).toMatchObject({ status: 422 });
  });
}
