import process from "node:process";

import { endOnLossOfEngine } from "./engine-loss.mjs";
import { pluginInfo } from "./project-facts.mjs";
import { grpc, languageMessages, languageServices } from "./protocol.mjs";
import { answer } from "./replies.mjs";

/** What is answered for a language that has nothing of its own to say. */
const common = {
  handshake: answer(() => new languageMessages.LanguageHandshakeResponse()),
  getPluginInfo: answer(pluginInfo),
  getRequiredPackages: answer(() => new languageMessages.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new languageMessages.GetRequiredPluginsResponse()),
  getProgramDependencies: answer(() => new languageMessages.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: answer(() => new languageMessages.RuntimeOptionsResponse()),
};

/**
 * Serves what the engine asks of a language, until the engine ends. What is neither among the calls nor in `common` is
 * answered as unimplemented, which the CLI reports as such.
 * @param {string} language
 * @param {Partial<import("@pulumi/pulumi/proto/language_grpc_pb.js").ILanguageRuntimeServer>} calls
 */
export function serve(language, calls) {
  const server = new grpc.Server({
    // Configuration and plugin output may exceed the 4 MB that gRPC allows by default; the engine's own limit is 400 MB.
    "grpc.max_receive_message_length": 400 * 1024 * 1024,
    "grpc.max_send_message_length": 400 * 1024 * 1024,
  });
  server.addService(languageServices.LanguageRuntimeService, /** @type {any} */ ({ ...common, ...calls }));

  endOnLossOfEngine();

  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      console.error(`The ${language} language host cannot listen: ${error.message}`);
      process.exit(1);
    }
    // The engine reads the port from the first line.
    process.stdout.write(`${port}\n`);
  });
}
