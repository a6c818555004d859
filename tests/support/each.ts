/** `it.each`, and nothing where there is no case: a resource without such a field, say. */
export const each =
  <T>(cases: readonly T[]) =>
  (name: string, run: (given: T) => Promise<void>): void => {
    if (cases.length > 0) it.each(cases)(name, run);
  };
