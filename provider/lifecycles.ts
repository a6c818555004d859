/** The lifecycles of all kinds of resources, by name. */
import type { AnyResource } from "./declare/resource";
import { type Lifecycle, lifecycleOf } from "./lifecycle";
import { resources } from "./resources";
import { rosterLifecycle } from "./roster";

export const lifecycles: ReadonlyMap<string, Lifecycle> = new Map(
  [...Object.values<AnyResource>(resources).map(lifecycleOf), rosterLifecycle].map((life) => [life.kind, life]),
);
