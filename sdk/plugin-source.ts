/** Which plugin a program asks the engine for. */
import { packageVersion } from "../api/http/version";
import type * as pulumi from "./pulumi";

/**
 * Where the engine downloads the plugin from: the releases of this repository, by Pulumi's form of an address for GitHub.
 * A program can name another place, an HTTP server of its own among them, with the option `pluginDownloadURL`.
 */
export const pluginDownloadURL = "github://api.github.com/pulumi-workos/pulumi-workos";

/** That of this release: what a stack records was written by it. */
export const pluginOptions = (): Pick<pulumi.ResourceOptions, "version" | "pluginDownloadURL"> => ({
  version: packageVersion(),
  pluginDownloadURL,
});
