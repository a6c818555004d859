/** Which plugin a program asks the engine for. */
import { packageVersion } from "../api/http/version";
import type * as pulumi from "./pulumi";

/** That of this release: what a stack records was written by it. */
export const pluginOptions = (): Pick<pulumi.ResourceOptions, "version" | "pluginDownloadURL"> => ({
  version: packageVersion(),
});
