/** All operations of `emulator/extra`, each under its family. */
import { authorization } from "./authorization";
import { type Extra } from "./operation";
import { sso } from "./sso";
import { ssoPages } from "./sso-pages";

export const extras = { authorization, sso } as const;

/** Pages that a browser visits. */
export const extraPages = Object.values(ssoPages);

const families: readonly Readonly<Record<string, Extra>>[] = Object.values(extras);

export const extraOperations: readonly Extra[] = families.flatMap((family) => Object.values(family));
