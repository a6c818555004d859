// A stand-in for Pulumi's Node language host, which is part of the official download but of no published Go module:
// an engine built from source comes without it. It serves what the CLI calls to run programs and policy packs; code
// generation is left unimplemented, which the CLI reports as such.
import process from "node:process";

import { about, installDependencies, programDependencies, requiredPackages } from "./project-facts.mjs";
import { runPlugin } from "./plugin-run.mjs";
import { runProgram } from "./program-run.mjs";
import { answer, stream } from "./replies.mjs";
import { serve } from "./serve.mjs";

// The engine passes its address last, after flags for tracing and logging that concern official hosts.
const engineAddress = process.argv.at(-1) ?? "";

serve("Node", {
  getRequiredPackages: answer(requiredPackages),
  getProgramDependencies: answer(programDependencies),
  about: answer(about),
  run: answer((request, signal) => runProgram(request, engineAddress, signal)),
  installDependencies: stream(installDependencies),
  runPlugin: stream(runPlugin),
});
