import { isNotFound } from "./errors";

/** For `.catch()`: a 404 becomes `undefined`; every other failure stays one, since missing is not forbidden. */
export function undefinedIfMissing(error: unknown): undefined {
  if (isNotFound(error)) {
    return undefined;
  }
  throw error;
}

/** Whether a deletion ended something: not where there was nothing, unless an earlier attempt of its own is the reason. */
export async function ended(deletion: PromiseLike<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (error) {
    undefinedIfMissing(error);
    return isNotFound(error) && error.attempts > 1;
  }
}
