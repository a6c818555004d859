/** The vendor has the object, and something that belongs to it failed: the engine records what there is. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  constructor(
    readonly id: string,
    /** What the vendor has, never what was asked for, so that a diff finds what is left to do. */
    readonly properties: Readonly<Record<string, unknown>>,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}
