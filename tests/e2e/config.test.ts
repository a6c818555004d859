/** Settings that are missing or wrong: one clear error before anything is changed. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { diagnostics } from "./support/report";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack({
  program: `
import * as workos from "pulumi-workos";
new workos.User("ann", { email: "ann@example.com" });
`,
  stackConfig: {},
});

/** Makes these the stack's settings, in plain: what `pulumi config set` does, without a second for each. */
function settings(config: Record<string, string>): void {
  const file = join(stack().project.directory, "Pulumi.test.yaml");
  const contents = parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, stringify({ ...contents, config }));
}

const local = () => ({ "workos:baseUrl": stack().emulator.url });

const mistakes: {
  mistake: string;
  config?: Record<string, string>;
  env?: Record<string, string>;
  error: RegExp;
}[] = [
  {
    mistake: "no key",
    error: /^No WorkOS API key\. Set it with `pulumi config set --secret workos:apiKey`, or in .+ WORKOS_API_KEY;/,
  },
  {
    mistake: "a malformed key",
    env: { WORKOS_API_KEY: "client_0123" },
    error: /^WORKOS_API_KEY does not look like a WorkOS API key: it must start with sk_ /,
  },
  {
    mistake: "a key in plain text",
    config: { "workos:apiKey": "sk_plain_text_key" },
    error: /^workos:apiKey is stored in plain text, .+ `pulumi config set --secret workos:apiKey`/,
  },
  {
    mistake: "plain http to another machine",
    config: { "workos:baseUrl": "http://workos.example" },
    env: { WORKOS_API_KEY: "sk_test_local" },
    error: /^The WorkOS base URL http:\/\/workos\.example must use https, /,
  },
  {
    mistake: "an unknown setting",
    config: { "workos:baseURL": "https://api.workos.com" },
    env: { WORKOS_API_KEY: "sk_test_local" },
    error: /^Unknown setting workos:baseURL\. The settings are workos:apiKey, workos:baseUrl, .+ `pulumi config rm`\.$/,
  },
  {
    mistake: "a time-out that is no number",
    config: { "workos:deleteTimeout": "soon" },
    env: { WORKOS_API_KEY: "sk_test_local" },
    error: /^workos:deleteTimeout must be a number greater than 0, such as 60\.$/,
  },
];

test.each(mistakes)("$mistake is one clear error, and no request is made", async ({ config, env, error }) => {
  settings({ ...local(), ...config });
  const result = await stack().project.up({ env });
  expect(result.code).not.toBe(0);
  const [, resource, message, ...more] = diagnostics(result).trim().split("\n");
  expect(resource).toBe("  pulumi:pulumi:Stack (e2e-test):");
  expect(message?.replace(/^ +error: /, "")).toMatch(error);
  expect(more).toEqual([]);
  expect(result.combined).not.toContain("sk_plain_text_key");
  expect(stack().emulator.control.requests.list()).toEqual([]);
});

test("the stack's settings win over the environment", async () => {
  settings(local());
  const { project, emulator } = stack();
  await project.setConfig({ "workos:apiKey": { value: emulator.apiKey, secret: true } });
  const elsewhere = { WORKOS_API_KEY: "sk_test_elsewhere", WORKOS_BASE_URL: "https://workos.invalid" };
  await ok(project.up({ env: elsewhere }));
  expect(emulator.control.state().users).toMatchObject([{ email: "ann@example.com" }]);
});
