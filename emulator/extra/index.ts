/** All operations of `emulator/extra`, each under its family. */
import { authorization } from "./authorization";
import { type Extra } from "./operation";

export const extras = { authorization } as const;

export const extraOperations: readonly Extra[] = Object.values(extras).flatMap((family): Extra[] =>
  Object.values(family),
);
