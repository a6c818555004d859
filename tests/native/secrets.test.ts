/** What a program in YAML keeps secret: encrypted in the state, and told by no plan, run, error or event. */
import { ok } from "../e2e/support/stack";
import { asYaml, counts, sharedYaml, write } from "./support/plugin";

const shared = sharedYaml("resources: {}\n");
const secret = (value: unknown) => ({ "fn::secret": value });
const secrets = /hidden-|Hidden-/;

const people = {
  "hidden-ann@example.com": { roles: ["admin"], firstName: "Hidden-Anna" },
  "hidden-ben@example.com": {},
};
const program = (members: object, more: object = {}) =>
  asYaml({
    resources: {
      acme: { type: "workos:Organization", properties: { name: "Acme" } },
      people: {
        type: "workos:OrganizationRoster",
        properties: { organizationId: "${acme.id}", members: secret(members) },
      },
      gil: {
        type: "workos:User",
        properties: { email: secret("hidden-gil@example.com"), password: "Hidden-password-1" },
      },
      key: { type: "workos:OrganizationApiKey", properties: { organizationId: "${acme.id}", name: "CI" } },
      ...more,
    },
    outputs: { ids: "${people.ids}", pending: "${people.pendingInvitations}" },
  });

async function nothingShown(run: Promise<{ combined: string; events: object[] }>): Promise<string> {
  const { combined, events } = await run;
  const { project, emulator } = shared();
  for (const text of [combined, JSON.stringify(events), project.stateText()]) {
    expect(text).not.toMatch(secrets);
    expect(text).not.toContain(emulator.apiKey);
  }
  return combined;
}

it("is in no output and no event, and in the state by ciphertext alone", async () => {
  const { project, emulator } = shared();
  write(shared(), program(people));
  await nothingShown(project.preview({ events: true }));
  const up = await nothingShown(ok(project.up({ events: true })));
  expect(up).toContain("GRANTS admin to 1: [secret] (admin)");
  const emails = emulator.control.state().users.map(({ email }) => email);
  expect(emails).toEqual(expect.arrayContaining(["hidden-ann@example.com", "hidden-gil@example.com"]));
  expect(await project.outputs()).toEqual({ ids: "[secret]", pending: "[secret]" });
  const { deployment } = await project.state({ showSecrets: true });
  const key = deployment.resources?.find(({ type }) => type === "workos:index:OrganizationApiKey");
  const { plaintext } = key?.outputs?.value as { plaintext: string };
  const value = JSON.parse(plaintext) as string;
  expect(value).toMatch(/^sk_/);
  for (const text of [up, project.stateText()]) expect(text).not.toContain(value);
});

it("stays so by a refresh and by a run that has nothing to do", async () => {
  const { project } = shared();
  await nothingShown(ok(project.refresh({ events: true })));
  const again = ok(project.up({ events: true }));
  await nothingShown(again);
  expect(counts(await again)).toEqual({ unchanged: 5 });
});

it("mistakes, and what is declared twice, tell no value", async () => {
  const { project } = shared();
  write(shared(), program({ ...people, "hidden-nobody": {} }));
  expect(await nothingShown(project.preview({ events: true }))).toContain("is not an email address");
  const member = {
    type: "workos:Invitation",
    properties: { organizationId: "${acme.id}", email: secret("hidden-ann@example.com") },
    options: { dependsOn: ["${people}"] },
  };
  write(shared(), program(people, { member }));
  expect(await nothingShown(project.preview({ events: true }))).toContain(
    'Invitation "member" declares the access of [secret], which OrganizationRoster "people" declares already',
  );
});
