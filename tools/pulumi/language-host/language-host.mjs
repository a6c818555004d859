// A stand-in for Pulumi's Node language host, which is part of the official download but of no published Go module:
// an engine built from source comes without it. It serves what the CLI calls to run programs and policy packs; code
// generation is left unimplemented, which the CLI reports as such.
import process from "node:process";

import { endOnLossOfEngine } from "./engine-loss.mjs";
import { grpc, languageMessages, languageServices } from "./protocol.mjs";
import { about, installDependencies, pluginInfo, programDependencies, requiredPackages } from "./project-facts.mjs";
import { runPlugin } from "./plugin-run.mjs";
import { runProgram } from "./program-run.mjs";
import { answer, stream } from "./replies.mjs";

// The engine passes its address last, after flags for tracing and logging that concern official hosts.
const engineAddress = process.argv.at(-1) ?? "";

const server = new grpc.Server({
  // Configuration and plugin output may exceed the 4 MB that gRPC allows by default; the engine's own limit is 400 MB.
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
});

server.addService(languageServices.LanguageRuntimeService, {
  handshake: answer(() => new languageMessages.LanguageHandshakeResponse()),
  getPluginInfo: answer(pluginInfo),
  getRequiredPackages: answer(requiredPackages),
  getRequiredPlugins: answer(() => new languageMessages.GetRequiredPluginsResponse()),
  getProgramDependencies: answer(programDependencies),
  runtimeOptionsPrompts: answer(() => new languageMessages.RuntimeOptionsResponse()),
  about: answer(about),
  run: answer((request, signal) => runProgram(request, engineAddress, signal)),
  installDependencies: stream(installDependencies),
  runPlugin: stream(runPlugin),
});

endOnLossOfEngine();

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    console.error(`The Node language host cannot listen: ${error.message}`);
    process.exit(1);
  }
  // The engine reads the port from the first line.
  process.stdout.write(`${port}\n`);
});
