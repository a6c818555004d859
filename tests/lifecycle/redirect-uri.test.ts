/** The environment's default redirect URI, and those beside it. */
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { startRun } from "./support/run";

const current = useWorld({ seed: { redirect_uris: ["https://first.example.com/callback"] } });
const uri = "https://app.example.com/callback";
const create = (inputs: object) =>
  startRun(current())
    .life("RedirectUri")
    .create({ uri, ...inputs });
const registered = () =>
  current()
    .control.state()
    .redirectUris.map((one) => one.uri);

it("that is the default one is not deleted, and the error says what to do", async () => {
  const first = "https://first.example.com/callback";
  const { id, outs } = await create({ uri: first, adopt: "if-exists", onDestroy: "delete" });
  expect(outs.default).toBe(true);
  const error = await failure(startRun(current()).life("RedirectUri").remove(id, outs));
  expect(error.message).toContain("Cannot delete the default redirect URI.");
  expect(error.message).toContain(
    `${first} is the environment's default redirect URI, which WorkOS does not delete. Make another one the default in the WorkOS dashboard (Redirects) and run again, or keep this one with onDestroy: "retain".`,
  );
  expect(registered()).toEqual([first]);
});

it("that goes is said, and so is one that stays", async () => {
  const { id, outs } = await create({});
  const { life, said } = startRun(current());
  await life("RedirectUri").remove(id, { ...outs, onDestroy: "retain" });
  await life("RedirectUri").remove(id, outs);
  expect(said).toEqual([
    `The redirect URI ${uri} is retained: sign-ins may lead there as before.`,
    `Sign-ins no longer lead to ${uri}: the redirect URI is deleted.`,
  ]);
});

it("that WorkOS refuses for another reason is no conflict", async () => {
  const body = { message: "Redirect URI cannot use HTTP." };
  current().control.faults.add({ method: "POST", status: 422, body, times: 1 });
  const error = await failure(create({ uri: "http://app.example.com/callback", adopt: "if-exists" }));
  expect(error.message).toContain("422: Redirect URI cannot use HTTP.");
  expect(error.message).not.toContain("exists already");
});

it("is the same one in another spelling of its host", async () => {
  const { id } = await current().api.redirectUris.create({ uri: "https://app.example.com/" });
  const made = await create({ uri: "https://APP.example.com", adopt: "if-exists" });
  expect(made.id).toBe(id);
});

it("that somebody has deleted and made again is still the one that is declared", async () => {
  const { id, outs } = await create({});
  await current().api.redirectUris.delete({ id });
  const again = await current().api.redirectUris.create({ uri });
  expect((await startRun(current()).life("RedirectUri").read(id, outs)).id).toBe(again.id);
});
