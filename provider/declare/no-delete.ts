/** What resources share whose objects the vendor has no operation to delete: a program can only let go of them. */
import { fieldsOf } from "./fields";
import type { Failure } from "./resource";
import { only } from "./shapes";

const { option } = fieldsOf();

/** The only thing that removing such a resource from the program can do. Each resource documents it itself. */
export const onDestroyRetain = option(only("retain", "WorkOS has no operation that deletes this"));

interface Declared {
  readonly adopt?: string;
  readonly onDestroy?: string;
}

/** Whoever makes such an object says that they know: taking over what is there already leaves nothing new behind. */
export function mustRetain({ adopt = "never", onDestroy }: Declared): Failure<"onDestroy">[] {
  if (onDestroy !== undefined || adopt !== "never") return [];
  const reason =
    'must be "retain": WorkOS has no operation that deletes this, so that removing it from the program leaves it there';
  return [{ property: "onDestroy", reason }];
}

/**
 * What a run says of one that was removed from the program.
 * @param what the object, as a sentence begins: `The CORS origin https://app.example.com`.
 */
export const leftThere = (what: string): string => `${what} stays as it is: WorkOS has no operation that deletes it.`;
