/** The oldest `@pulumi/pulumi` whose refresh takes over what a provider says of inputs. */
export const leastSdk = "3.216.0";

/** Versions as packages and Node give them; what follows a dash counts for nothing. */
export const versionParts = (version: string): readonly number[] =>
  (version.replace(/^v/, "").split(/[-+]/)[0] ?? "").split(".").map(Number);

export function atLeast(version: string, least: string): boolean {
  const [one, other] = [versionParts(version), versionParts(least)];
  const place = other.findIndex((part, at) => (one[at] ?? 0) !== part);
  return place < 0 || (one[place] ?? 0) > (other[place] ?? 0);
}
