/** Connect applications and their secrets, on the real engine: the example, and what happens to it afterwards. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandResult } from "../support/engine";
import { exampleStack } from "./support/examples";
import { diagnostics, steps as allSteps } from "./support/report";
import { ok } from "./support/stack";

const stack = exampleStack("applications");
const state = () => stack().emulator.control.state();
const named = (name: string) => state().applications.find((one) => one.name === name);
const uris = () => {
  const wiki = named("Wiki");
  return wiki?.application_type === "oauth" ? wiki.redirect_uris : [];
};
const delivered = () => readFileSync(join(stack().project.directory, "sync.secret"), "utf8");
/** What a run did besides looking. */
const steps = (result: CommandResult) =>
  Object.fromEntries(
    Object.entries(allSteps(result))
      .map(([name, ops]) => [name, ops.filter((op) => op !== "refresh")] as const)
      .filter(([, ops]) => ops.length > 0),
  );
const up = (...args: string[]) => stack().project.up({ events: true, args });

test("applications are made, and the secret is delivered and in no state", async () => {
  await ok(up());
  expect(named("Wiki")).toMatchObject({ application_type: "oauth", is_first_party: true });
  expect(named("Nightly sync")).toMatchObject({ application_type: "m2m", scopes: ["invoices:read"] });
  const secret = delivered();
  expect(secret.endsWith(state().clientSecrets[0]?.secret_hint ?? "?")).toBe(true);
  expect(JSON.stringify(await stack().project.state({ showSecrets: true }))).not.toContain(secret);
  expect(steps(await ok(up("--refresh")))).toEqual({});
});

test("what is added outside is drift, and is put right", async () => {
  const { api } = stack();
  const id = named("Wiki")?.id ?? "";
  const before = uris();
  await api.connectApplications.update({ id, redirect_uris: [...before, { uri: "https://else.example.com/" }] });
  const result = await ok(up("--refresh"));
  expect(steps(result)).toEqual({ wiki: ["update"] });
  expect(diagnostics(result)).toContain("may no longer send them to https://else.example.com/");
  expect(uris()).toEqual(before);
});

test("a rotation delivers the new secret before the old one ends", async () => {
  const before = delivered();
  await stack().project.setConfig({ rotated: { value: "2027-02" } });
  const result = await ok(up());
  expect(steps(result)).toEqual({ "sync-secret": ["create-replacement", "replace", "delete-replaced"] });
  expect(diagnostics(result)).toMatch(
    /The old client secret …\S+ of the application "Nightly sync" \(client_\S+\) no longer works\./,
  );
  expect(delivered()).not.toBe(before);
  expect(state().clientSecrets).toHaveLength(1);
});
