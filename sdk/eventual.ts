/** Values of which some are outputs, looked at without an output for that: each costs a program some 25 promises. */
import * as pulumi from "./pulumi";

/** An output, with what it has besides its types. */
interface AnyOutput {
  apply<T>(then: (value: unknown) => T | Promise<T>): pulumi.Output<T>;
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(): Promise<unknown>;
}

export const isEventual = (value: unknown): boolean =>
  pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value);

/** The value itself where it is an output already. */
export const outputOf = (value: unknown): AnyOutput =>
  (pulumi.Output.isInstance(value) ? value : pulumi.output(value)) as unknown as AnyOutput;

/** The values once all of them are there; nothing where one of them is not known in this preview. */
export async function knownOf(values: readonly unknown[]): Promise<readonly unknown[] | undefined> {
  const found = await Promise.all(
    values.map(async (value) => {
      if (typeof value !== "object" || value === null) return { value };
      const eventual = outputOf(value);
      return (await eventual.isKnown) ? { value: await eventual.promise() } : undefined;
    }),
  );
  return found.every((one) => one !== undefined) ? found.map(({ value }) => value) : undefined;
}

/** Whether a value is a secret, wholly or somewhere inside. */
export const isSecret = (value: unknown): Promise<boolean> => outputOf(value).isSecret;
