import { isNotFound } from "./errors";

/** For `.catch()`: a 404 becomes `undefined`; every other failure stays one, since missing is not forbidden. */
export function undefinedIfMissing(error: unknown): undefined {
  if (isNotFound(error)) {
    return undefined;
  }
  throw error;
}
