// The first run of a thousand people says how far it has come, by either entry, on a real engine. WorkOS takes 150 ms for
// each request, and so many are begun at once, so that by half of them more than two seconds have passed on any machine.
import { type CommandResult } from "../support/engine";
import { ok, startStack, type Stack, type StackOptions } from "../e2e/support/stack";
import { startYaml } from "./support/plugin";

const size = 1_000;
const emails = Array.from({ length: size }, (_, index) => `p${index}@example.com`);
const options: StackOptions = {
  emulator: { latencyMs: 150 },
  // Without the vendor's limits, which would take a minute.
  env: { WORKOS_WRITE_LIMIT: "100000", WORKOS_READ_LIMIT: "100000" },
};

const said = { half: /^500 of 1,000 people are done, about \d+ s left\.$/, end: /^Applied to Acme: 1,000 changes/ };

interface Told {
  readonly message?: string;
  readonly ephemeral?: boolean;
}

/** What was told of the run, each line with whether it stays. */
function told({ events }: CommandResult): { readonly line: string; readonly stays: boolean }[] {
  return events
    .map(({ diagnosticEvent }) => (diagnosticEvent ?? {}) as Told)
    .flatMap(({ message = "", ephemeral = false }) =>
      message
        .replaceAll(/<\{%.*?%\}>/g, "")
        .split("\n")
        .map((line) => ({ line: line.trim(), stays: !ephemeral })),
    )
    .filter(({ line }) => line !== "");
}

let stack: Stack | undefined;
afterEach(async () => {
  await stack?.end();
  stack = undefined;
});

test("by the dynamic provider, whose lines stay: a few, with counts and the time left", async () => {
  stack = await startStack({
    ...options,
    program: `
      import * as workos from "pulumi-workos";
      const acme = new workos.Organization("acme", { name: "Acme" });
      const members = Object.fromEntries(${JSON.stringify(emails)}.map((email: string) => [email, { roles: ["member"] }]));
      new workos.OrganizationRoster("people", { organizationId: acme.id, members });
    `,
  });
  const lines = told(await ok(stack.project.up({ events: true })));
  const staying = new Set(lines.filter(({ stays }) => stays).map(({ line }) => line));
  const progress = [...staying].filter((line) => / of 1,000 people are done/.test(line));
  expect(progress.length).toBeLessThanOrEqual(3);
  expect(progress).toEqual(expect.arrayContaining([expect.stringMatching(said.half)]));
  expect([...staying]).toEqual(expect.arrayContaining([expect.stringMatching(said.end)]));
  expect(staying.size).toBeLessThanOrEqual(20);
});

test("by the plugin, with a status besides that is renewed each second and does not stay", async () => {
  const members = emails.map((email) => `        ${email}: { roles: [member] }`).join("\n");
  stack = await startYaml(
    `
resources:
  acme:
    type: workos:Organization
    properties: { name: Acme }
  people:
    type: workos:OrganizationRoster
    properties:
      organizationId: \${acme.id}
      members:
${members}
`,
    options,
  );
  const lines = told(await ok(stack.project.up({ events: true })));
  const passing = lines.filter(({ stays }) => !stays).map(({ line }) => line);
  const progress = passing.filter((line) => /^[\d,]+ of 1,000 people are done/.test(line));
  expect(progress.length).toBeGreaterThan(1);
  expect(progress).toEqual(expect.arrayContaining([expect.stringMatching(/, about \d+ s left\.$/)]));
  const staying = lines.filter(({ stays }) => stays).map(({ line }) => line);
  expect(staying).toEqual(expect.arrayContaining([expect.stringMatching(said.half), expect.stringMatching(said.end)]));
});
