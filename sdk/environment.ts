/** Which environment a resource or a look-up is of: that of the stack's settings, or that of a provider of its own. */
import { nativeType, providerType } from "../provider/type-tokens";
import * as pulumi from "./pulumi";

/** A provider with settings of its own; nothing stands for the stack's settings. */
export type Environment = pulumi.ProviderResource | undefined;

/** The options that decide it. */
export type EnvironmentOptions = Pick<pulumi.ComponentResourceOptions, "provider" | "providers" | "parent">;

/** Any type of ours: Pulumi finds the providers of a component by the package in it. */
const anyType = nativeType("User");

/** As Pulumi finds it: the option, or what a component around it has been given. */
export function environmentOf({ provider, providers = [], parent }: EnvironmentOptions): Environment {
  const given = [...(provider ? [provider] : []), ...(Array.isArray(providers) ? providers : Object.values(providers))];
  return given.find(isProvider) ?? (parent ?? pulumi.getStackResource())?.getProvider(anyType);
}

/** Whether something is a provider of WorkOS, also where several copies of this package are installed. */
export const isProvider = (value: unknown): value is pulumi.ProviderResource =>
  pulumi.Resource.isInstance(value) && (value as { __pulumiType?: unknown }).__pulumiType === providerType;

/**
 * A value of its own for each environment of one run of a program. A process can run several programs, one after the
 * other or at once: the Automation API's inline programs do. Each has its own root resource.
 */
export function perEnvironment<T>(make: () => T): (environment?: Environment) => T {
  const values = new WeakMap<object, T>();
  const outside = {};
  return (environment) => {
    const key: object = environment ?? pulumi.getStackResource() ?? outside;
    const value = values.get(key) ?? make();
    values.set(key, value);
    return value;
  };
}
