#!/usr/bin/env node
/**
 * `pulumi-resource-workos`: the native provider, a process that the engine starts and talks to. It is given the
 * engine's address as its last argument, and says the port on which it listens as its first line.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { grpc, ResourceProviderService } from "./protocol";
import { providerService } from "./provider";

/** States of large rosters are more than gRPC takes by default; the engine's own limit is this. */
const mostBytes = 400 * 1024 * 1024;

const manifest = createRequire(__filename).resolve("pulumi-workos/package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };

const engine = process.argv.slice(2).findLast((argument) => /^.+:\d+$/.test(argument));

const server = new grpc.Server({
  "grpc.max_receive_message_length": mostBytes,
  "grpc.max_send_message_length": mostBytes,
});
server.addService(
  ResourceProviderService,
  providerService({
    engine,
    version,
    schema: () => readFileSync(join(dirname(manifest), "schema", "pulumi-workos.json"), "utf8"),
  }),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    process.stderr.write(`pulumi-resource-workos cannot listen: ${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
});
