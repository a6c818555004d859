/**
 * Where the engine downloads the native plugin from: the releases of this repository, by Pulumi's form of an address for
 * GitHub. Programs can name another place, an HTTP server of their own among them, with the option `pluginDownloadURL`.
 */
export const pluginDownloadURL = "github://api.github.com/pulumi-workos/pulumi-workos";
