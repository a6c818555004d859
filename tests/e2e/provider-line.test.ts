/** What every resource's state says of its provider: one constant line, and never the provider itself. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { kinds } from "../../provider/resources";
import { dashboardSeed, programOfEverything } from "./support/everything";
import { installRelease, ownModules } from "./support/packages";
import { ok, sharedStack } from "./support/stack";

const stack = sharedStack({ program: programOfEverything(), emulator: { seed: dashboardSeed } });

/** The release that each request since the last call came from. */
function releases(): string[] {
  const { requests } = stack().emulator.control;
  const agents = requests.list().map(({ userAgent }) => /pulumi-workos\/(\S+)/.exec(userAgent ?? "")?.[1] ?? "unknown");
  requests.clear();
  return [...new Set(agents)];
}

test("the line is the pinned constant for every kind, in inputs and outputs", async () => {
  ownModules(stack().project);
  installRelease(stack().project, "1.0.0");
  await ok(stack().project.up());
  expect(releases()).toEqual(["1.0.0"]);

  const { deployment } = await stack().project.state();
  const lines = new Map<string, unknown[]>();
  for (const { type, inputs, outputs } of deployment.resources ?? []) {
    const kind = type.replace("pulumi-nodejs:dynamic/workos:", "");
    if (kind !== type) lines.set(kind, [...(lines.get(kind) ?? []), inputs?.__provider, outputs?.__provider]);
  }
  expect([...lines.keys()].sort()).toEqual([...kinds].sort());
  for (const [kind, found] of lines) {
    // In users' states for as long as these live: a release that changes this text or breaks it is a major one.
    const line = `exports.handler = () => require("pulumi-workos/provider").dynamicProvider("${kind}")`;
    expect(new Set(found)).toEqual(new Set([line]));
    expect(line.length).toBeGreaterThanOrEqual(80);
    expect(line.length).toBeLessThanOrEqual(110);
  }
});

test("another implementation is no change, and reads and deletes what the old one has made", async () => {
  const { project, emulator } = stack();
  installRelease(project, "2.0.0");
  appendFileSync(join(project.directory, "node_modules/pulumi-workos/dist/provider/dynamic.js"), "\n// changed\n");

  const preview = await ok(project.preview({ args: ["--diff"] }));
  expect(preview.stdout).toMatch(/Resources:\n +\d+ unchanged\n/);
  expect(preview.stdout).not.toContain("__provider");
  expect(releases()).toEqual(["2.0.0"]);

  const refresh = await ok(project.refresh());
  expect(refresh.stdout).toMatch(/Resources:\n +\d+ unchanged\n/);
  expect(releases()).toEqual(["2.0.0"]);

  await ok(project.destroy());
  expect(releases()).toEqual(["2.0.0"]);
  expect(emulator.control.state().organizations).toEqual([]);
});
