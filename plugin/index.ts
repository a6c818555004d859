#!/usr/bin/env node
/**
 * `pulumi-resource-workos`: the native provider, a process that the engine starts and talks to. It is given the
 * engine's address as its last argument, and says the port on which it listens as its first line.
 */
import { schema, version } from "./package-files";
import { grpc, ResourceProviderService } from "./protocol";
import { providerService } from "./provider";

/** States of large rosters are more than gRPC takes by default; the engine's own limit is this. */
const mostBytes = 400 * 1024 * 1024;

const engine = process.argv.slice(2).findLast((argument) => /^.+:\d+$/.test(argument));

const server = new grpc.Server({
  "grpc.max_receive_message_length": mostBytes,
  "grpc.max_send_message_length": mostBytes,
});
server.addService(ResourceProviderService, providerService({ engine, version, schema }));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    process.stderr.write(`pulumi-resource-workos cannot listen: ${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
});
