/** A stack moves from dynamic resources to the native plugin and back, by its import alone: nothing is done. */
import { kinds } from "../../provider/resources";
import { dynamicType, kindOfUrn, nativeType } from "../../provider/type-tokens";
import { masked } from "../e2e/support/examples";
import { ok, sharedStack } from "../e2e/support/stack";
import { type CommandResult } from "../support/engine";
import { codeBlocks } from "../support/markdown";
import { read } from "../support/repository";
import { counts } from "./support/plugin";

/** What a move could lose: protection, secrets, whose child it is, and an alias of the program's own. */
const more = (name = "Kept") => `
const kept = new workos.Organization("kept", { name: "${name}" }, { protect: true });
class Team extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Team", "team");
    const fay = new workos.User("fay", { email: pulumi.secret("fay@acme.example"), password: "correct-horse-battery" }, { parent: this });
    new workos.OrganizationMembership("fay", { userId: fay.id, organizationId: kept.id }, { parent: fay });
  }
}
new Team();
new workos.OrganizationRoster("kept", {
  organizationId: kept.id,
  members: pulumi.secret({ "gus@acme.example": { roles: ["member"] } }),
}, { aliases: [{ name: "before" }] });
`;
const example = read("examples/whole-environment/index.ts");

const stack = sharedStack({
  name: "moving",
  program: example + more(),
  plugin: true,
  emulator: { seed: { feature_flags: [{ slug: "beta", enabled: false }] } },
});

/** Ids and what else is recorded of each, by its name and kind. */
async function recorded() {
  const { deployment } = await stack().project.state();
  const own = (deployment.resources ?? []).filter(({ urn }) => kindOfUrn(urn) !== undefined);
  return {
    types: new Set(own.map(({ type }) => type)),
    ids: Object.fromEntries(
      own.map(({ urn, id, protect = false }) => [`${kindOfUrn(urn)} ${urn.split("::").at(-1)}`, { id, protect }]),
    ),
  };
}

const typesOf = (typeOf: (kind: string) => string) => new Set([...kinds, "OrganizationRoster"].map(typeOf));

async function unchangedBy(command: "preview" | "up"): Promise<CommandResult> {
  const { project, emulator } = stack();
  emulator.control.requests.clear();
  const result = await ok(project[command]({ args: ["--expect-no-changes"] }));
  expect(Object.keys(counts(result))).toEqual(["unchanged"]);
  expect(emulator.control.requests.list().filter(({ method }) => method !== "GET")).toEqual([]);
  return result;
}

/** What docs/native.md shows of a preview. */
const [shown = ""] = codeBlocks(read("docs/native.md").split("## The move there and back")[1] ?? "")
  .filter(({ language }) => language === "text")
  .map(({ text }) => text);

let before: Awaited<ReturnType<typeof recorded>>;

beforeAll(async () => {
  const { project } = stack();
  await project.setConfig({ dbPassword: { value: "correct-horse", secret: true }, flag: { value: "beta" } });
  await ok(project.up());
  before = await recorded();
  expect(before.types).toEqual(typesOf(dynamicType));
});

test("there: the preview shows every kind unchanged and asks for nothing else, and so does the run", async () => {
  stack().project.moveTo("native");
  expect(masked((await unchangedBy("preview")).stdout)).toEqual(masked(shown));
  await unchangedBy("up");
  expect(await recorded()).toEqual({ types: typesOf(nativeType), ids: before.ids });
});

test("what was moved is refreshed, changed and kept secret as what the plugin has made", async () => {
  const { project, emulator } = stack();
  await ok(project.up({ args: ["--refresh", "--expect-no-changes"] }));
  project.writeProgram(example.replace('firstName: "Ann"', 'firstName: "Anna"') + more("Kept for good"));
  expect(counts(await ok(project.up()))).toMatchObject({ updated: 2 });
  expect(emulator.control.state().users.map(({ first_name }) => first_name)).toContain("Anna");
  for (const secret of ["fay@acme.example", "gus@acme.example", "correct-horse"]) {
    expect(project.stateText()).not.toContain(secret);
  }
});

test("and back: the same", async () => {
  stack().project.moveTo("dynamic");
  expect(masked((await unchangedBy("preview")).stdout)).toEqual(masked(shown));
  await unchangedBy("up");
  expect(await recorded()).toEqual(before);
  for (const secret of ["fay@acme.example", "gus@acme.example", "correct-horse"]) {
    expect(stack().project.stateText()).not.toContain(secret);
  }
});
