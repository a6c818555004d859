/**
 * What is used of Pulumi's SDK, by module. Its index also loads the TypeScript compiler and npm's own libraries, for
 * serialised closures and the Automation API: four fifths of what importing it costs, which a program that has no other
 * use for them need not pay.
 */
export { RunError } from "@pulumi/pulumi/errors";
export { all, type Input, isSecret, Output, output, secret, type Unwrap, unsecret } from "@pulumi/pulumi/output";
export {
  type ComponentResourceOptions,
  CustomResource,
  type CustomResourceOptions,
  ProviderResource,
  Resource,
  type ResourceOptions,
} from "@pulumi/pulumi/resource";
export { getProject, getStack, isDryRun } from "@pulumi/pulumi/runtime/settings";
export * as config from "@pulumi/pulumi/runtime/config";
export { getStackResource } from "@pulumi/pulumi/runtime/stack";
