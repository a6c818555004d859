// Our stand-in for the Node language host, under the real engine. Where the engine has the official one these tests
// hold it to the same behaviour.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { type Project, withProject } from "../support/engine";

test("configuration, secrets included, reaches the program, and its output the user", async () => {
  const program = `
    import { Config, isSecret, getProject, getStack } from "@pulumi/pulumi";
    console.log("printed by the program");
    const config = new Config();
    export const plain = config.require("plain");
    export const key = config.requireSecret("key");
    export const place = [getProject(), getStack(), process.cwd() === __dirname].join(" ");`;
  const stackConfig = { "e2e:plain": { value: "p" }, "e2e:key": { value: "hush-hush", secret: true } };
  await withProject({ program, stackConfig }, async (project) => {
    const { code, combined } = await project.up();
    expect(combined).toContain("printed by the program");
    expect(code).toBe(0);
    expect(await project.outputs()).toEqual({ plain: "p", key: "[secret]", place: "e2e test true" });
    expect(await project.outputs({ showSecrets: true })).toMatchObject({ key: "hush-hush" });
    expect(project.stateText()).not.toContain("hush-hush");
  });
});

test("what a program throws is shown once, and the run fails", async () => {
  // From within a function: thrown at the top level, the tenth and last frame of the stack is one of the SDK's that
  // Node 20 needs half a minute and gigabytes to colour (util.inspect, paths of the form /node_modules/@scope/file.ts).
  const program = `(() => { throw new Error("no such organization"); })();`;
  await withProject({ program }, async (project) => {
    const { code, combined } = await project.up();
    expect(code).not.toBe(0);
    expect(combined).toMatch(/Diagnostics:[^]*no such organization/);
    // The SDK has reported the error itself (exit code 32), so the host must add nothing.
    expect(combined).not.toMatch(/exit code/i);
  });
});

test("a program that ends by itself with a code of its own fails the run and names the code", async () => {
  await withProject({ program: `process.exit(7);` }, async (project) => {
    const { code, combined } = await project.up();
    expect(code).not.toBe(0);
    expect(combined).toMatch(/exit code: 7/);
  });
});

test("TypeScript programs run and their type errors are shown", async () => {
  const program = `const answer: number = 42; export const typed = answer;`;
  await withProject({ program, typeChecked: true }, async (project) => {
    expect((await project.up()).code).toBe(0);
    expect(await project.outputs()).toEqual({ typed: 42 });
    project.writeProgram(`export const typed: number = "42";`);
    const { code, combined } = await project.up();
    expect(code).not.toBe(0);
    expect(combined).toContain("TS2322");
  });
});

test("nothing outlives an engine that is killed while the program runs", async () => {
  const program = `
    console.log("program is running");
    export const never = new Promise(() => setInterval(() => {}, 1000));`;
  await withProject({ program }, async (project) => {
    const { child, finished } = project.spawn(["up", "--yes", "--skip-preview", "--stack", "test"]);
    await until(() => project.processes().length >= 3);
    child.kill("SIGKILL");
    await finished;
    await until(() => project.processes().length === 0);
  });
});

test("a policy pack written in Node runs and can refuse a program", async () => {
  await withProject({ program: `export const nothing = 1;` }, async (project) => {
    const pack = writePolicyPack(project);
    const { code, combined } = await project.up({ args: ["--policy-pack", pack] });
    expect(combined).toContain("refused by the test pack");
    expect(code).not.toBe(0);
    expect((await project.up()).code).toBe(0);
  });
});

/** Waits until something holds; the test's own time limit ends it otherwise. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(50);
}

/** A pack that speaks the analyzer's protocol directly, so that nothing but the SDK is needed. */
function writePolicyPack(project: Project): string {
  const pack = join(project.directory, "policy");
  mkdirSync(pack);
  symlinkSync(resolve(__dirname, "../../node_modules"), join(pack, "node_modules"), "dir");
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(pack, "package.json"), JSON.stringify({ name: "pack", version: "1.0.0", main: "index.ts" }));
  writeFileSync(
    join(pack, "index.ts"),
    `const grpc = require("@grpc/grpc-js");
     const messages = require("@pulumi/pulumi/proto/analyzer_pb");
     const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
     const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
     const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
     const reply = (make: () => unknown) => (_: unknown, callback: (error: null, value: unknown) => void) => callback(null, make());
     const refusal = () => {
       const diagnostic = new messages.AnalyzeDiagnostic();
       diagnostic.setPolicyname("refuse");
       diagnostic.setPolicypackname("pack");
       diagnostic.setPolicypackversion("1.0.0");
       diagnostic.setMessage("refused by the test pack");
       diagnostic.setEnforcementlevel(messages.EnforcementLevel.MANDATORY);
       const response = new messages.AnalyzeResponse();
       response.addDiagnostics(diagnostic);
       return response;
     };
     const info = () => {
       const policy = new messages.PolicyInfo();
       policy.setName("refuse");
       policy.setEnforcementlevel(messages.EnforcementLevel.MANDATORY);
       const response = new messages.AnalyzerInfo();
       response.setName("pack");
       response.setVersion("1.0.0");
       response.addPolicies(policy);
       return response;
     };
     const server = new grpc.Server();
     server.addService(AnalyzerService, {
       handshake: reply(() => new messages.AnalyzerHandshakeResponse()),
       configureStack: reply(() => new messages.AnalyzerStackConfigureResponse()),
       configure: reply(() => new Empty()),
       getAnalyzerInfo: reply(info),
       getPluginInfo: reply(() => new PluginInfo()),
       analyze: reply(refusal),
       analyzeStack: reply(() => new messages.AnalyzeResponse()),
       remediate: reply(() => new messages.RemediateResponse()),
     });
     server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (_: unknown, port: number) => {
       console.log(port);
     });`,
  );
  return pack;
}
