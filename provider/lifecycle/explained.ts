import type { AnyResource } from "../declare/resource";

type Refused = Parameters<NonNullable<AnyResource["explain"]>>[1];

/** The error, with what to do about it where the resource knows. */
export async function explained(resource: AnyResource, error: unknown, call: Refused): Promise<unknown> {
  const explanation = await resource.explain?.(error, call);
  return explanation === undefined || !(error instanceof Error)
    ? error
    : new Error(`${error.message}\n${explanation}`, { cause: error });
}
