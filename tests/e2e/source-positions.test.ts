/** Where in the program a resource is declared, as the engine records it where that is asked for. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack({
  typeChecked: true,
  env: { PULUMI_WORKOS_SOURCE_POSITIONS: "true" },
  program: `import * as workos from "pulumi-workos";
import { Team } from "./team";

new workos.User("ann", { email: "ann@example.com" });
new Team();
`,
});

test("is the program's own line, and what stands below it is the program's too", async () => {
  const { project } = stack();
  writeFileSync(
    join(project.directory, "team.ts"),
    `import * as pulumi from "@pulumi/pulumi";
import * as workos from "pulumi-workos";

export class Team extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Team", "team");
    new workos.Organization("acme", { name: "Acme" }, { parent: this });
  }
}
`,
  );
  await ok(project.up());
  const { deployment } = await project.state();
  const placeOf = (kind: string) => {
    const found = deployment.resources?.find(({ type }) => type.endsWith(`dynamic/workos:${kind}`));
    const trace = (found?.stackTrace ?? []) as { sourcePosition?: string }[];
    return { place: found?.sourcePosition, trace: trace.map(({ sourcePosition }) => sourcePosition) };
  };
  expect(placeOf("User")).toEqual({
    place: "project:///index.ts#4,1",
    trace: ["project:///index.ts#4,1"],
  });
  expect(placeOf("Organization")).toEqual({
    place: "project:///team.ts#7,5",
    trace: ["project:///team.ts#7,5", "project:///index.ts#5,1"],
  });
});
