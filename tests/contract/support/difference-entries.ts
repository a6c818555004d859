/** How the lists of known differences are written. */
import { type AnyEndpoint } from "../../../api/endpoint";
import { type Difference } from "./compare";

/**
 * Which editions of the specification differ from the declaration: the installed package; the vendor's newer edition,
 * which is not published as a package yet; or both. Once the package holds the newer edition, the entries of
 * `installed` go and those of `newer` become `both`.
 */
export type Edition = "installed" | "newer" | "both";

export interface KnownDifference extends Difference {
  readonly edition: Edition;
  readonly reason: string;
}

type Entry = Omit<Difference, "operation">;

export const undeclared = (place: string): Entry => ({ place, aspect: "presence", specified: "yes", declared: "no" });
export const unspecified = (place: string): Entry => ({ place, aspect: "presence", specified: "no", declared: "yes" });
export const differs = (place: string, aspect: string, specified: string, declared: string): Entry => ({
  place,
  aspect,
  specified,
  declared,
});

export function known(edition: Edition, operations: readonly AnyEndpoint[], reason: string, entries: readonly Entry[]) {
  return operations.flatMap(({ operation }): KnownDifference[] =>
    entries.map((entry) => ({ ...entry, operation, edition, reason })),
  );
}

export const newerField = "a field of the vendor's newer edition";

export const ours =
  "caller's input is one flat object in the spelling of bodies and queries, and names whose id it takes";
export const pathParameters = (theirs: string, declared: string) => [
  differs("operation", "path parameters", theirs, declared),
];

/** The limits of metadata are for requests. */
export const metadataLimits = (object: string) => [
  differs(`${object}.metadata`, "maxProperties", "50", "none"),
  differs(`${object}.metadata`, "key maxLength", "40", "none"),
  differs(`${object}.metadata.*`, "maxLength", "600", "none"),
];
export const limitsForRequests = "limits are for requests: an answer beyond them is shown, not refused";
