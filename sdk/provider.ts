/** A provider with settings of its own, by which one program declares several environments. */
import { packageVersion } from "../api/http/version";
import type { Setting, settings, SettingValues } from "../provider/config";
import { isProvider } from "./environment";
import { pluginDownloadURL } from "./plugin-place";
import * as pulumi from "./pulumi";

type ValueOf<S extends Setting> = S extends keyof SettingValues ? SettingValues[S] : string;

/** A setting that is left out is read from its environment variable, and not from the stack's settings. */
export type ProviderArgs = { readonly [S in keyof typeof settings]?: pulumi.Input<ValueOf<S>> };

/** Which plugin a program asks the engine for: that of this release, by which a stack was written. */
export const pluginOptions = (): Pick<pulumi.ResourceOptions, "version" | "pluginDownloadURL"> => ({
  version: packageVersion(),
  pluginDownloadURL,
});

type Values = Record<string, pulumi.Input<unknown>>;

/** The settings by the provider: look-ups read with them. */
const given = new WeakMap<object, Values>();

/**
 * An environment of WorkOS beside that of the stack's settings: its key, its address, and the guards that hold in it. What
 * is given it as `provider` is there. Another key replaces nothing.
 *
 * @example
 * const staging = new workos.Provider("staging", { apiKey: process.env.STAGING_KEY });
 * new workos.Organization("acme-staging", { name: "Acme" }, { provider: staging });
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options: pulumi.ResourceOptions = {}) {
    // What is given in plain is a secret in the state all the same.
    const apiKey = args.apiKey === undefined ? undefined : pulumi.secret(args.apiKey);
    super("workos", name, { ...args, apiKey }, { ...pluginOptions(), ...options });
    given.set(this, { ...args });
  }

  /** Whether something is a provider of WorkOS, also where several copies of this package are installed. */
  static override isInstance(value: unknown): value is Provider {
    return isProvider(value);
  }
}

/** What a provider was given; nothing for one that was not made by the class above. */
export const settingsGiven = (provider: pulumi.ProviderResource): Values | undefined => given.get(provider);
