/** The life of an object of any declared resource. Nothing here knows of Pulumi. */
export { check, type Checked, type Surroundings } from "./check";
export { type Context, contextOf } from "./context";
export { create, type Created } from "./create";
export { remove } from "./delete";
export { diff, type Diff } from "./diff";
export { intentsIn } from "./intents";
export { PartialFailure } from "./errors";
export { Guards, type GuardSettings } from "./guards";
export { fewLines } from "./messages";
export { read, type Read } from "./read";
export { type Lifecycle, lifecycleOf } from "./of";
export { update } from "./update";
