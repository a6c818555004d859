import process from "node:process";

import { endOnLossOfEngine } from "./engine-loss.mjs";
import { grpc, languageServices } from "./protocol.mjs";

/**
 * Serves what the engine asks of a language, until the engine ends. What is not among the calls is answered as
 * unimplemented, which the CLI reports as such.
 * @param {string} language
 * @param {Partial<import("@pulumi/pulumi/proto/language_grpc_pb.js").ILanguageRuntimeServer>} calls
 */
export function serve(language, calls) {
  const server = new grpc.Server({
    // Configuration and plugin output may exceed the 4 MB that gRPC allows by default; the engine's own limit is 400 MB.
    "grpc.max_receive_message_length": 400 * 1024 * 1024,
    "grpc.max_send_message_length": 400 * 1024 * 1024,
  });
  server.addService(languageServices.LanguageRuntimeService, /** @type {any} */ (calls));

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
