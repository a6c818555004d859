/**
 * What the resources share that can take over what exists already. Each resource documents these inputs itself: only
 * what stands in its own declaration is shown when a program's author hovers over it.
 */
import { option, output } from "../declare/resource";
import { flag, oneOf } from "../declare/shapes";

export const adopt = option(oneOf(["never", "if-exists", "require"]));
export const adoptCredentials = option(flag());
export const onDestroy = option(oneOf(["delete", "retain"]));
export const forceDestroy = option(flag());
export const adopted = output<boolean>({ local: true });

/** Whether the object stays when its resource goes: adopted ones do, unless the program says otherwise. */
export function isRetained(state: Readonly<Record<string, unknown>>): boolean {
  return (state.onDestroy ?? (state.adopted === true ? "retain" : "delete")) === "retain";
}
