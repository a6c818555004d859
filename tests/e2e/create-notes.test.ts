/** What a provider process notes of a create under way: whose it is, which its host does not tell it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startStack } from "./support/stack";

test("a note of a create names the project, the stack and the process", async () => {
  const stack = await startStack({
    program: `
import * as workos from "pulumi-workos";
new workos.User("ann", { email: "ann@example.com" });
`,
  });
  try {
    const { project, emulator } = stack;
    const directory = join(project.directory, ".local/pulumi-home/pulumi-workos/intents");
    const notes = () => (existsSync(directory) ? readdirSync(directory) : []);
    // Long enough for the note to be read while the create is under way, and over as soon as it is.
    emulator.control.faults.add({ method: "POST", path: "/user_management/users", delayMs: 600_000 });
    const { finished } = project.spawn(["up", "--stack", "test", "--skip-preview", "--yes"]);
    let over = false;
    void finished.finally(() => (over = true));
    while (notes().length === 0 && !over) await new Promise((resolve) => setTimeout(resolve, 50));
    const [note = ""] = notes();
    const { by } = JSON.parse(readFileSync(join(directory, note), "utf8")) as { by: Record<string, unknown> };
    expect(by).toEqual({
      project: "e2e",
      stack: expect.stringMatching(/^urn:pulumi:test::e2e::pulumi:pulumi:Stack::e2e-test file:\/\//) as unknown,
      pid: expect.any(Number) as unknown,
      started: expect.any(String) as unknown,
    });
    expect(() => process.kill(Number(by.pid), 0)).not.toThrow();
  } finally {
    await stack.project.endProcesses();
    await stack.end();
  }
});
