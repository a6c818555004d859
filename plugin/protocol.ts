/**
 * The engine's protocol: messages and services as `@pulumi/pulumi` ships them, and gRPC, which is a dependency of that
 * package rather than of this one.
 */
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import type * as EngineServices from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as ProviderMessages from "@pulumi/pulumi/proto/provider_pb";
import type * as PluginMessages from "@pulumi/pulumi/proto/plugin_pb";
import type * as StatusMessages from "@pulumi/pulumi/proto/status_pb";
import type * as Empty from "google-protobuf/google/protobuf/empty_pb";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb";
import type * as Any from "google-protobuf/google/protobuf/any_pb";

const here = createRequire(__filename);
const ofPulumi = createRequire(here.resolve("@pulumi/pulumi/package.json"));

export const grpc = ofPulumi("@grpc/grpc-js") as typeof Grpc;
export const engineMessages = ofPulumi("./proto/engine_pb") as typeof EngineMessages;
export const engineServices = ofPulumi("./proto/engine_grpc_pb") as typeof EngineServices;
export const messages = ofPulumi("./proto/provider_pb") as typeof ProviderMessages;
export const pluginMessages = ofPulumi("./proto/plugin_pb") as typeof PluginMessages;
export const statusMessages = ofPulumi("./proto/status_pb") as typeof StatusMessages;
export const { Empty: EmptyMessage } = ofPulumi("google-protobuf/google/protobuf/empty_pb") as typeof Empty;
export const { Struct } = ofPulumi("google-protobuf/google/protobuf/struct_pb") as typeof Structs;
export const { Any: AnyMessage } = ofPulumi("google-protobuf/google/protobuf/any_pb") as typeof Any;

/** The one service of which Pulumi ships no types. */
export const { ResourceProviderService } = ofPulumi("./proto/provider_grpc_pb") as {
  readonly ResourceProviderService: Grpc.ServiceDefinition;
};

export type { Grpc, ProviderMessages };
export type Struct = Structs.Struct;
