/** The life of an object of any declared resource. Nothing here knows of Pulumi. */
export { check, type Checked } from "./check";
export type { Context } from "./context";
export { create, type Created } from "./create";
export { remove } from "./delete";
export { diff, type Diff } from "./diff";
export { PartialFailure } from "./errors";
export { read, type Read } from "./read";
export { update } from "./update";
