/** Pulumi's provider process finds the package from the program's directory only, so it has to be there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installRelease, ownModules } from "./support/packages";
import { diagnostics } from "./support/report";
import { startStack } from "./support/stack";

test("a package that only another package depends on is refused, with what to install where", async () => {
  const stack = await startStack({
    program: `import { user } from "people"; user("ann", "ann@example.com");`,
  });
  try {
    const { project, emulator } = stack;
    ownModules(project);
    const wrapper = "node_modules/people";
    mkdirSync(join(project.directory, wrapper));
    writeFileSync(
      join(project.directory, wrapper, "index.js"),
      `const workos = require("pulumi-workos");
exports.user = (name, email) => new workos.User(name, { email });`,
    );
    installRelease(project, "1.0.0", `${wrapper}/node_modules/pulumi-workos`);

    const result = await project.up();
    expect(result.code).not.toBe(0);
    expect(diagnostics(result).trim().split("\n")).toEqual([
      "Diagnostics:",
      "  pulumi:pulumi:Stack (e2e-test):",
      `    error: Pulumi's provider process cannot find the package pulumi-workos from ${project.directory}. It must be a direct dependency of the program: run \`npm install pulumi-workos\` (or \`pnpm add pulumi-workos\`) in that folder. A program run by the Automation API must be started from the folder that has it.`,
    ]);
    expect(emulator.control.requests.list()).toEqual([]);
  } finally {
    await stack.end();
  }
});
