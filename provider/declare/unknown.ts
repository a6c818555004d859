/** What Pulumi passes in previews where a value is not known yet (`@pulumi/pulumi`'s `runtime.unknownValue`). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isKnownText = (value: unknown): value is string => typeof value === "string" && value !== unknownValue;

/** Whether a value is unknown, wholly or somewhere inside. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) {
    return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
