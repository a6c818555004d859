/** The life of an object of any declared resource. Nothing here knows of Pulumi. */
export { check, type Checked, type Surroundings } from "./check";
export { type Context, contextOf, fewLines } from "./context";
export { create, type Created } from "./create";
export { journalIn, type Program } from "./create-journal";
export { remove } from "./delete";
export { changed, details, type PropertyChange } from "./details";
export { diff, type Diff } from "./diff";
export { type Environment, environmentMark, StackEnvironment } from "./environment";
export { Guards } from "./guards";
export { imported, importForm, importIdOf, notImportedBy, onlyWay } from "./import";
export { type Lifecycle, lifecycleOf, type Needs } from "./lifecycle";
export { PartialFailure } from "./partial-failure";
export { previewFailures } from "./preview-check";
export { read, type Read } from "./read";
export { importMark, isImported } from "./state";
export { update } from "./update";
