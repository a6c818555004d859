/** An error whose message is all that a person needs: what is missing and what to do. Shown without a stack. */
export class SetUpError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "SetUpError";
  }
}
