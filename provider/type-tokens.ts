/** Under which types the engine knows our resources: by the dynamic entry, and by the native plugin. */

export const dynamicType = (kind: string): string => `pulumi-nodejs:dynamic/workos:${kind}`;

export const nativeType = (kind: string): string => `workos:index:${kind}`;

/** Of a provider with settings of its own. */
export const providerType = "pulumi:providers:workos";

/** `User` of the URN of a user, by either entry; nothing for what is none of ours. */
export function kindOfUrn(urn: string): string | undefined {
  // `urn:pulumi:STACK::PROJECT::TYPES::NAME`, where TYPES begins with those of the components around it.
  const type = urn.split("::")[2]?.split("$").at(-1);
  return type === undefined ? undefined : /^(?:pulumi-nodejs:dynamic\/workos|workos:index):(\w+)$/.exec(type)?.[1];
}
