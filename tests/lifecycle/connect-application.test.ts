/** What is an application's own: two kinds, names that tell nothing, and what each change means. */
import { type Inputs } from "../../provider/declare/resource";
import { complaints } from "../support/checking";
import { failure, noChange, refreshed } from "../support/life";
import { useWorld } from "../support/world";
import { organizationNamed } from "./support/people";
import { startRun, takeWrites } from "./support/run";

const current = useWorld();
const run = () => startRun(current());
const remote = () => current().control.state().applications;

const wiki: Inputs = { name: "Wiki", applicationType: "oauth" };
const m2m = async (more: Inputs = {}): Promise<Inputs> => ({
  name: "CI",
  applicationType: "m2m",
  organizationId: await organizationNamed(current(), "Acme"),
  ...more,
});

describe("check", () => {
  const org = { organizationId: "org_1" };
  const uri = "https://wiki.example.com/callback";
  it.each<[Inputs, Record<string, string>]>([
    [{ applicationType: "m2m" }, { organizationId: "is required for an m2m application, which acts in it" }],
    [
      { applicationType: "m2m", ...org, usesPkce: true, redirectUris: [{ uri }] },
      {
        usesPkce: "is for OAuth applications only; leave it out",
        redirectUris: "is for OAuth applications only; leave it out",
      },
    ],
    [
      { isFirstParty: false },
      { organizationId: "is required where isFirstParty is false: it says whose application it is" },
    ],
    [org, { organizationId: "is not for an application of your own; leave it out, or set isFirstParty: false" }],
    [{ redirectUris: [{ uri }, { uri }] }, { redirectUris: `names ${uri} twice` }],
    [
      { redirectUris: [{ uri, default: false }] },
      { redirectUris: "must have one with default: true where it has any default" },
    ],
    [
      { redirectUris: [{ uri: "javascript:alert(1)" }] },
      {
        redirectUris:
          '[0]["uri"] "javascript:alert(1)" is not a redirect URI: javascript: is not an address of an application',
      },
    ],
    [{ applicationType: "saml" }, { applicationType: 'must be one of oauth, m2m (it is "saml")' }],
    [{ isFirstParty: false, ...org }, {}],
    [{ applicationType: "m2m", ...org }, {}],
  ])("of an application with %j", (changes, expected) => {
    expect(complaints("ConnectApplication", changes)).toEqual(expected);
  });
});

it("an m2m application is made within its organization, may act there, and is told apart from an OAuth one", async () => {
  const inputs = await m2m({ scopes: ["posts:read"] });
  const first = run();
  const { id, outs } = await first.life("ConnectApplication").create(inputs);
  expect(outs).toMatchObject({ organizationId: inputs.organizationId, scopes: ["posts:read"] });
  expect(outs).not.toHaveProperty("redirectUris");
  expect(first.life("ConnectApplication").diff(outs, inputs)).toEqual(noChange);
  expect(await refreshed(first.life("ConnectApplication"), id, outs)).toEqual({ props: outs, inputs });
  expect(first.said).toEqual([
    `The application "CI" (${String(outs.clientId)}) may act in ${String(inputs.organizationId)} by its secrets, and may ask for posts:read.`,
  ]);
});

it("one of one's own needs nothing said of that", async () => {
  const { outs } = await run().life("ConnectApplication").create(wiki);
  expect(outs).toMatchObject({ isFirstParty: true, usesPkce: false, redirectUris: [] });
  expect(remote()).toMatchObject([{ is_first_party: true }]);
});

it("redirect URIs are the same in any order, and whichever of them the vendor has made the default", async () => {
  const [one, other] = ["https://one.example.com/", "https://two.example.com/"];
  const inputs = { ...wiki, redirectUris: [{ uri: one }, { uri: other }] };
  const { life } = run();
  const { id, outs } = await life("ConnectApplication").create(inputs);
  expect(life("ConnectApplication").diff(outs, { ...wiki, redirectUris: [{ uri: other }, { uri: one }] })).toEqual(
    noChange,
  );
  current().wire.clear();
  const wanted = { ...wiki, redirectUris: [{ uri: one }, { uri: other, default: true }] };
  expect(life("ConnectApplication").diff(outs, wanted)).toEqual({ ...noChange, changes: true });
  const state = await life("ConnectApplication").update(id, outs, wanted);
  expect(takeWrites(current())).toEqual([["PUT", { redirect_uris: wanted.redirectUris }]]);
  expect(life("ConnectApplication").diff(state, wanted)).toEqual(noChange);
});

it("a change says what the application may do from then on, and a deletion who loses it", async () => {
  const inputs = { ...wiki, scopes: ["openid"], redirectUris: [{ uri: "https://old.example.com/" }] };
  const { id, outs } = await run().life("ConnectApplication").create(inputs);
  const next = run();
  const wanted = { ...wiki, scopes: ["openid", "email"], redirectUris: [{ uri: "https://new.example.com/" }] };
  const state = await next.life("ConnectApplication").update(id, outs, wanted);
  await next.life("ConnectApplication").remove(id, state);
  await next.life("ConnectApplication").remove(id, state);
  const named = `The application "Wiki" (${String(outs.clientId)})`;
  expect(next.said).toEqual([
    `${named} may ask for email now.`,
    `${named} may send people back to https://new.example.com/ now and may no longer send them to https://old.example.com/.`,
    `${named} is deleted with its secrets: nobody can sign in to it any more.`,
    `${named} was deleted already.`,
  ]);
});

it("another one of the same name is named, and left alone", async () => {
  const other = await current().api.connectApplications.create({
    ...{ name: "Wiki", application_type: "oauth", is_first_party: true },
  });
  const { said, life } = run();
  const { id } = await life("ConnectApplication").create(wiki);
  expect(id).not.toBe(other.id);
  expect(said).toEqual([
    `The application "Wiki" is made. 1 other application of that name exists: ${other.id} (${other.client_id}). What nothing manages, as after an older state was restored, should be deleted.`,
  ]);
});

describe("when the answer to the create is lost", () => {
  const lose = (when: "before" | "after") =>
    current().control.faults.add({ method: "POST", path: "/connect/applications", when, cut: "connection" });

  it("what it has made is found, and taken", async () => {
    lose("after");
    const { id, outs } = await run().life("ConnectApplication").create(wiki);
    expect(remote()).toMatchObject([{ id, client_id: outs.clientId }]);
  });

  it("one of the same name that was there before is not taken for it", async () => {
    const { id } = await run().life("ConnectApplication").create(wiki);
    lose("after");
    const made = await run().life("ConnectApplication").create(wiki);
    expect(made.id).not.toBe(id);
    expect(remote()).toHaveLength(2);
  });

  it("and nothing is found, it is not repeated, and the message says what to do", async () => {
    lose("before");
    const { message } = await failure(run().life("ConnectApplication").create(wiki));
    expect(message).toContain('No new application named "Wiki" was found');
    expect(remote()).toEqual([]);
  });
});

it("what belongs to an organization is gone with it", async () => {
  const inputs = await m2m();
  const { life } = run();
  const { id, outs } = await life("ConnectApplication").create(inputs);
  await current().api.organizations.delete({ id: String(inputs.organizationId) });
  expect(await life("ConnectApplication").read(id, outs)).toEqual({ id: "" });
});

describe("one that is there already", () => {
  const there = async () =>
    (await current().api.connectApplications.create({ name: "Wiki", application_type: "oauth", is_first_party: true }))
      .id;

  it("is taken over by its id, without a write where nothing differs, and stays when its resource goes", async () => {
    const id = await there();
    const { life, said } = run();
    takeWrites(current());
    const { id: taken, outs } = await life("ConnectApplication").create({ ...wiki, adoptId: id });
    expect([taken, outs.adopted, takeWrites(current())]).toEqual([id, true, []]);
    expect(life("ConnectApplication").diff(outs, { ...wiki, adoptId: id })).toEqual(noChange);
    const later = run();
    await later.life("ConnectApplication").remove(id, outs);
    expect(remote()).toHaveLength(1);
    expect([...said, ...later.said]).toEqual([
      `Adopted the Connect application "Wiki" (${id}).`,
      expect.stringMatching(/^The application "Wiki" \(client_\w+\) is retained, with its secrets\.$/),
    ]);
  });

  it("is brought to what is declared, and deleted where that is said", async () => {
    const id = await there();
    const { life } = run();
    takeWrites(current());
    const declared = { ...wiki, name: "Handbook", adoptId: id, onDestroy: "delete" };
    const { outs } = await life("ConnectApplication").create(declared);
    expect(takeWrites(current())).toEqual([["PUT", { name: "Handbook" }]]);
    await run().life("ConnectApplication").remove(id, outs);
    expect(remote()).toEqual([]);
  });

  it("has to be there, and to be what is declared as far as no update can change it", async () => {
    const id = await there();
    const missing = await failure(
      run()
        .life("ConnectApplication")
        .create({ ...wiki, adoptId: "conn_app_none" }),
    );
    expect(missing.message).toBe(
      'There is no Connect application conn_app_none in this environment to take over. Correct adoptId of "Wiki", or leave it out to make a new one.',
    );
    const other = await failure(
      run()
        .life("ConnectApplication")
        .create({ ...wiki, usesPkce: true, adoptId: id }),
    );
    expect(other.message).toBe(
      `The Connect application "Wiki" (${id}) has usesPkce false, which WorkOS cannot change. Declare it like that, or leave out adoptId to make a new application.`,
    );
    expect(remote()).toHaveLength(1);
  });
});
