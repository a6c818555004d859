import { createRequire } from "node:module";

// @pulumi/pulumi ships the generated protobuf classes, and gRPC is its dependency rather than ours.
const require = createRequire(import.meta.url);
const requireFromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** @type {typeof import("@grpc/grpc-js")} */
export const grpc = requireFromPulumi("@grpc/grpc-js");
/** @type {typeof import("@pulumi/pulumi/proto/language_pb.js")} */
export const languageMessages = requireFromPulumi("./proto/language_pb.js");
/** @type {typeof import("@pulumi/pulumi/proto/language_grpc_pb.js")} */
export const languageServices = requireFromPulumi("./proto/language_grpc_pb.js");
/** @type {typeof import("@pulumi/pulumi/proto/plugin_pb.js")} */
export const pluginMessages = requireFromPulumi("./proto/plugin_pb.js");

/** @type {string} */
export const sdkVersion = requireFromPulumi("./package.json").version;
