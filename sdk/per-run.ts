import * as pulumi from "./pulumi";

/**
 * A value that lives as long as one run of a program. A process can run several, one after the other or at once: the
 * Automation API's inline programs do. Each has its own root resource.
 */
export function perRun<T>(make: () => T): () => T {
  const values = new WeakMap<object, T>();
  const outside = {};
  return () => {
    const run: object = pulumi.getStackResource() ?? outside;
    const value = values.get(run) ?? make();
    values.set(run, value);
    return value;
  };
}
