/** The example of a bootstrap, on the real engine: what it makes, what it refuses, and every way to interrupt it. */
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type Api, createApi } from "../../api";
import { createWorkos } from "../../client";
import { parseOptions, UsageError } from "../../examples/bootstrap/options";
import { Bootstrap, type Ran } from "./support/bootstrap";
import { masked, shownOutputs } from "./support/examples";

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

const secret = /sk_(?!test_local)\w{8,}/;
const admin = ["--admin", "ann@acme.example"];

function succeeded(ran: Ran): Ran {
  if (ran.code !== 0) throw new Error(`ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
  return ran;
}

const writes = () => bootstrap.gate.calls.filter(({ method }) => method !== "GET").length;

/** What there is of the organization with this external id. */
function made(id: string) {
  const { organizations, invitations, apiKeys, organizationMemberships } = bootstrap.emulator.control.state();
  const own = organizations.filter(({ external_id }) => external_id === id);
  const ids = own.map((organization) => organization.id);
  const invited = invitations.filter(({ organization_id }) => ids.includes(organization_id ?? ""));
  const mails = bootstrap.emulator.control.mailbox.list();
  return {
    organizations: own.map(({ name, domains }) => [name, ...domains.map(({ domain, state }) => `${domain} ${state}`)]),
    invitations: invited.map(({ email, role_slug, state }) => `${email} ${role_slug} ${state}`),
    mails: mails.filter(({ objectId }) => invited.some((invitation) => invitation.id === objectId)).length,
    members: organizationMemberships
      .filter(({ organization_id }) => ids.includes(organization_id))
      .map(({ role, status }) => `${role.slug} ${status}`),
    keys: apiKeys.filter(({ owner }) => ids.includes(owner.id)).map(({ name }) => name),
  };
}

/** Whether the key that was delivered is the organization's. */
async function keyWorks(variables: Record<string, string> | undefined): Promise<boolean> {
  const { api_key } = await api.apiKeys.validate({ value: variables?.WORKOS_ORGANIZATION_API_KEY ?? "" });
  return api_key?.owner.id === variables?.WORKOS_ORGANIZATION_ID;
}

describe("a new environment", () => {
  const args = ["--organization", "Acme", "--domain", "acme.example", ...admin];
  const whole = {
    organizations: [["Acme", "acme.example verified"]],
    invitations: ["ann@acme.example admin pending"],
    mails: 1,
    // The vendor's, of somebody who is invited.
    members: ["admin pending"],
    keys: ["bootstrap"],
  };

  test("gets an organization with its domain, an invited admin, and a key in a file for its owner alone", async () => {
    const ran = succeeded(await bootstrap.run(args));
    expect(made("acme")).toEqual(whole);
    expect(await keyWorks(bootstrap.variables(".env"))).toBe(true);
    expect(statSync(join(bootstrap.directory, ".env")).mode & 0o777).toBe(0o600);
    expect(ran.stdout + ran.stderr).not.toMatch(secret);
    expect(masked(ran.stderr + ran.stdout)).toEqual(masked(shownOutputs("bootstrap")[0] ?? ""));
  });

  test("is left as it is by a second run, which restores the file and leaves other variables alone", async () => {
    const file = join(bootstrap.directory, ".env");
    const before = bootstrap.variables(".env");
    writeFileSync(file, "# Ours\nPORT=80\nexport WORKOS_ORGANIZATION_API_KEY=old\n");
    chmodSync(file, 0o644);
    const sent = writes();
    succeeded(await bootstrap.run(args));
    expect(writes()).toBe(sent);
    expect(made("acme")).toEqual(whole);
    expect(readFileSync(file, "utf8")).toBe(
      `# Ours\nPORT=80\nWORKOS_ORGANIZATION_API_KEY=${before?.WORKOS_ORGANIZATION_API_KEY}\nWORKOS_ORGANIZATION_ID=${before?.WORKOS_ORGANIZATION_ID}\n`,
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is told as JSON, and as nothing else, on standard output", async () => {
    const { stdout, stderr } = succeeded(await bootstrap.run([...args, "--json", "--env", "unused.env"]));
    const { WORKOS_ORGANIZATION_ID: organizationId, WORKOS_ORGANIZATION_API_KEY: apiKey } =
      bootstrap.variables(".env") ?? {};
    expect(JSON.parse(stdout)).toEqual({ organizationId, apiKey, admin: "ann@acme.example" });
    expect(stderr).not.toMatch(secret);
    expect(bootstrap.variables("unused.env")).toBeUndefined();
  });

  test("is removed by --destroy, which can be repeated", async () => {
    const removed = succeeded(await bootstrap.run(["--organization", "Acme", "--destroy"]));
    expect(removed.stdout).toBe("What was made for acme is removed.\n");
    expect(made("acme").organizations).toEqual([]);
    expect(bootstrap.variables(".env")).toEqual({ "# Ours": "# Ours", PORT: "80" });
    const repeated = succeeded(await bootstrap.run(["--id", "acme", "--destroy"]));
    expect(repeated.stdout).toBe("There is nothing to remove for acme.\n");
  });
});

test("an admin with a password is a user who can sign in and administer, and the password is told nowhere", async () => {
  const args = ["--organization", "Påss & Co", "--admin", "bo@pass.example", "--password", "--env", "pass.env"];
  const ran = succeeded(await bootstrap.run(args, { BOOTSTRAP_PASSWORD: "correct-horse-battery" }));
  expect(made("pass-co")).toMatchObject({ members: ["admin active"], invitations: [], keys: ["bootstrap"] });
  expect(ran.stdout + ran.stderr).not.toMatch(/correct-horse-battery|sk_(?!test_local)\w{8,}/);
  const { apiKey, clientId, url: baseUrl } = bootstrap.emulator;
  const client = createWorkos({ apiKey, clientId, baseUrl });
  const [bo] = (await client.users.list({ email: "bo@pass.example" })).data;
  await client.users.update({ id: bo?.id ?? "", email_verified: true });
  const signedIn = await client.authentication.withPassword({
    email: "bo@pass.example",
    password: "correct-horse-battery",
  });
  await client.close();
  expect(signedIn).toMatchObject({ user: { id: bo?.id } });
});

const key = { WORKOS_API_KEY: "sk_test_local" };
const misuses: Record<string, [args: string[], env: Record<string, string>, reason: string]> = {
  "no organization": [admin, key, "Name the organization: --organization NAME"],
  "only an id": [["--id", "beta", ...admin], key, "Name the organization: --organization NAME."],
  "a name without letters": [["--organization", "***", ...admin], key, "or --id ID where the name has no letters."],
  "an id that names no stack": [["--organization", "Beta", "--id", "a/b", ...admin], key, "it names a stack."],
  "no admin": [["--organization", "Beta"], key, "Say who is the first admin: --admin EMAIL."],
  "an admin without address": [
    ["--organization", "Beta", "--admin", "ann"],
    key,
    "--admin ann is not an email address",
  ],
  "no password": [["--organization", "Beta", ...admin, "--password"], key, "Set BOOTSTRAP_PASSWORD"],
  "a wait that is no number": [
    [...["--organization", "Beta"], ...admin, "--wait", "1h"],
    key,
    "--wait 1h is no number",
  ],
  "no key": [["--organization", "Beta", ...admin], {}, "Set WORKOS_API_KEY"],
};

test.each(Object.entries(misuses))("a command line with %s is refused", (_name, [args, env, reason]) => {
  expect(() => parseOptions(args, env)).toThrow(reason);
  expect(() => parseOptions(args, env)).toThrow(UsageError);
});

const beta = ["--organization", "Beta", ...admin];
const failures: Record<
  string,
  [args: string[], env: Record<string, string | undefined>, code: number, reason: string]
> = {
  "an option it does not know": [["--organisation", "Beta"], {}, 2, "Unknown option '--organisation'"],
  "a wrong key": [beta, { WORKOS_API_KEY: "sk_wrong" }, 1, "Check the API key"],
  "roles that are not there": [
    [...beta, "--role", "boss", "--expect-role", "viewer"],
    {},
    1,
    "The environment has no role boss, viewer; it has admin, member.",
  ],
  "no place for the state": [beta, { PULUMI_BACKEND_URL: undefined }, 1, "Say where the state is to be kept"],
  "no passphrase": [beta, { PULUMI_CONFIG_PASSPHRASE_FILE: undefined }, 1, "passphrase must be set"],
  "no engine": [beta, { PATH: "" }, 1, "The Pulumi CLI was not found. Install it: https://www.pulumi.com/docs/"],
};

describe("a run is refused before anything is made", () => {
  test.each(Object.entries(failures))("with %s", async (_name, [args, env, code, reason]) => {
    const ran = await bootstrap.run(args, env);
    expect(ran.stderr).toContain(reason);
    expect(ran.stderr).not.toMatch(/^ +at /m);
    expect([ran.code, ran.stdout, made("beta").organizations]).toEqual([code, "", []]);
  });
});

test("what exists already is named, and taken over only with --adopt", async () => {
  const { id } = await api.organizations.create({ name: "Gamma", external_id: "gamma" });
  const args = ["--organization", "Gamma", ...admin, "--env", "gamma.env"];
  const ran = await bootstrap.run(args);
  expect([ran.code, bootstrap.variables("gamma.env")]).toEqual([1, undefined]);
  expect(ran.stderr).toContain(id);
  succeeded(await bootstrap.run([...args, "--adopt"]));
  succeeded(await bootstrap.run(args));
  expect(bootstrap.variables("gamma.env")).toMatchObject({ WORKOS_ORGANIZATION_ID: id });
  // An adopted organization stays, and what was made in it does not, least of all the key.
  succeeded(await bootstrap.run(["--id", "gamma", "--destroy", "--env", "gamma.env"]));
  expect(made("gamma")).toMatchObject({
    organizations: [["Gamma"]],
    invitations: ["ann@acme.example admin revoked"],
    keys: [],
  });
});

test("--help says all of it", async () => {
  const { stdout } = succeeded(await bootstrap.run(["--help"], { WORKOS_API_KEY: undefined }));
  expect(stdout).toContain("Usage: npm run bootstrap -- --organization NAME --admin EMAIL [options]");
});
