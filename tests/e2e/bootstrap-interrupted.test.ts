/**
 * The example of a bootstrap, ended at every write: killed before it took effect, after, and while it was under way; and
 * interrupted as people and their tools do. The same command, run again, comes to the same end as if nothing had been.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { type Api, createApi } from "../../api";
import { type HeldCall, type Passed } from "../matrix/support/gate";
import { Bootstrap, type Ran, type Started } from "./support/bootstrap";

let bootstrap: Bootstrap;
let api: Api;

beforeAll(async () => {
  bootstrap = await Bootstrap.open();
  api = createApi({ apiKey: bootstrap.emulator.apiKey, baseUrl: bootstrap.emulator.url });
});
afterAll(async () => {
  await api.close();
  await bootstrap.close();
});

let runs = 0;
/** Each story has an organization, and with it a stack, of its own. */
function story() {
  const id = `story-${++runs}`;
  const envFile = `${id}.env`;
  const args = ["--organization", id, "--admin", `ann@${id}.example`, "--env", envFile];
  return { id, envFile, args };
}

const writes = {
  organization: /^\/organizations$/,
  invitation: /^\/user_management\/invitations$/,
  key: /^\/organizations\/\w+\/api_keys$/,
};
const sends =
  (what: keyof typeof writes) =>
  ({ method, path }: Passed) =>
    method === "POST" && writes[what].test(path);

async function heldAt(
  isIt: (call: Passed) => boolean,
  args: readonly string[],
): Promise<{ run: Started; held: HeldCall }> {
  const hold = bootstrap.gate.hold(isIt);
  const run = bootstrap.start(args);
  const ended = run.finished.then(({ stderr }) => {
    throw new Error(`it ended without that call:\n${stderr}`);
  });
  const held = await Promise.race([hold, ended]);
  // The engine writes its state in place: a kill in the middle of that is the engine's own to survive.
  await bootstrap.quiet();
  return { run, held };
}

/** One of each, one mail, and the key that was delivered works. */
async function expectWhole({ id, envFile }: ReturnType<typeof story>, ran: Ran): Promise<void> {
  if (ran.code !== 0) throw new Error(`ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
  const state = bootstrap.emulator.control.state();
  const organizations = state.organizations.filter(({ external_id }) => external_id === id);
  const [organization] = organizations;
  const invitations = state.invitations.filter(({ organization_id }) => organization_id === organization?.id);
  const keys = state.apiKeys.filter(({ owner }) => owner.id === organization?.id);
  const mails = bootstrap.emulator.control.mailbox.list().filter(({ to }) => to === `ann@${id}.example`);
  expect([organizations.length, invitations.map((invitation) => invitation.state), keys.length, mails.length]).toEqual([
    1,
    ["pending"],
    1,
    1,
  ]);
  const delivered = bootstrap.variables(envFile);
  const { api_key } = await api.apiKeys.validate({ value: delivered?.WORKOS_ORGANIZATION_API_KEY ?? "" });
  expect([api_key?.id, delivered?.WORKOS_ORGANIZATION_ID]).toEqual([keys[0]?.id, organization?.id]);
}

describe.each(Object.keys(writes) as (keyof typeof writes)[])("killed at the creation of the %s", (what) => {
  test.each(["before", "after"] as const)("%s it took effect", async (moment) => {
    const told = story();
    const { run, held } = await heldAt(sends(what), told.args);
    if (moment === "after") await held.carryOut();
    run.signal("SIGKILL", "group");
    await run.finished;
    await expectWhole(told, await bootstrap.run(told.args));
  });
});

test("killed while the key was under way, which is made only when the next run has begun", async () => {
  const told = story();
  const { run, held } = await heldAt(sends("key"), told.args);
  run.signal("SIGKILL", "group");
  await run.finished;
  const next = bootstrap.start(told.args);
  await next.said("An earlier run was killed");
  await held.carryOut();
  await expectWhole(told, await next.finished);
});

test("when the script alone is killed, the next run waits for what it has left behind", async () => {
  const told = story();
  const { run, held } = await heldAt(sends("key"), told.args);
  run.signal("SIGKILL", "script");
  await run.finished;
  await held.carryOut();
  held.answer();
  await expectWhole(told, await bootstrap.run(told.args));
});

test("killed while all of it is removed, it is removed by the next run", async () => {
  const told = story();
  await expectWhole(told, await bootstrap.run(told.args));
  const removal = ["--id", told.id, "--destroy", "--env", told.envFile];
  const isRemoval = ({ method, path }: Passed) => method === "DELETE" && path.startsWith("/organizations/");
  const { run, held } = await heldAt(isRemoval, removal);
  await held.carryOut();
  run.signal("SIGKILL", "group");
  await run.finished;
  const { code, stdout } = await bootstrap.run(removal);
  expect([code, stdout]).toEqual([0, `What was made for ${told.id} is removed.\n`]);
  const { organizations, apiKeys } = bootstrap.emulator.control.state();
  expect(organizations.filter(({ external_id }) => external_id === told.id)).toEqual([]);
  expect(apiKeys.filter(({ owner }) => !organizations.some(({ id }) => id === owner.id))).toEqual([]);
  expect(bootstrap.variables(told.envFile)).toBeUndefined();
});

describe.each([
  ["Ctrl-C", "SIGINT", "group"],
  ["SIGTERM, as of a CI job that is cancelled,", "SIGTERM", "script"],
] as const)("%s", (_name, signal, to) => {
  test("ends the run after the call under way, with exit code 130, and nothing is lost", async () => {
    const told = story();
    const { run, held } = await heldAt(sends("organization"), told.args);
    run.signal(signal, to);
    await run.said("Interrupted: the calls under way are finished first");
    await held.carryOut();
    held.answer();
    const { code, stderr } = await run.finished;
    expect([code, stderr]).toEqual([130, expect.stringMatching(/it goes on from here\.\n$/)]);
    expect(bootstrap.variables(told.envFile)).toBeUndefined();
    await expectWhole(told, await bootstrap.run(told.args));
  });
});

describe("while another run holds the stack", () => {
  /** A lock as the engine of a run writes it. */
  function lock(id: string, pid = process.pid): string {
    const directory = join(bootstrap.directory, ".local/state/.pulumi/locks/organization/pulumi-workos-bootstrap", id);
    mkdirSync(directory, { recursive: true });
    const file = join(directory, "other-run.json");
    const holder = { pid, username: "ann", hostname: hostname(), timestamp: new Date().toISOString() };
    writeFileSync(file, JSON.stringify(holder));
    return file;
  }
  const made = (id: string) =>
    bootstrap.emulator.control.state().organizations.filter(({ external_id }) => external_id === id);

  test("waits for its end, and then does its work", async () => {
    const told = story();
    const file = lock(told.id);
    const run = bootstrap.start(told.args);
    await run.said("Another run holds the stack; waiting for it to end …");
    rmSync(file);
    await expectWhole(told, await run.finished);
  });

  test("gives up after --wait, and says how to unlock it", async () => {
    const told = story();
    await expectWhole(told, await bootstrap.run(told.args));
    lock(told.id);
    const { code, stderr } = await bootstrap.run([...told.args, "--wait", "0"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`pulumi cancel --stack ${told.id}\n`)]);
  });

  test("a Ctrl-C ends the waiting", async () => {
    const told = story();
    lock(told.id);
    const run = bootstrap.start(told.args);
    await run.said("waiting for it to end");
    run.signal("SIGINT", "group");
    const { code, stderr } = await run.finished;
    expect([code, made(told.id)]).toEqual([130, []]);
    expect(stderr).toMatch(/it goes on from here\.\n$/);
  });

  test("a lock of a run that was killed while it made the stack is named, since no command can lift it", async () => {
    const told = story();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const file = lock(told.id, pid);
    const { code, stderr } = await bootstrap.run(told.args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(file)]);
    expect(stderr).toContain("Remove it, then run again");
    rmSync(file);
    await expectWhole(told, await bootstrap.run(told.args));
  });
});
