/** All operations of `emulator/extra`, each under its family. */
import { agents } from "./agents";
import { auditLogEvents } from "./audit-log-events";
import { authorization } from "./authorization";
import { type Extra } from "./operation";
import { pipes } from "./pipes";
import { radar } from "./radar";
import { radarChallenges } from "./radar-challenges";
import { sso } from "./sso";
import { ssoPages } from "./sso-pages";
import { clientApi, widgets } from "./tokens-for-pages";
import { vaultKeys } from "./vault-keys";

export const extras = {
  authorization,
  sso,
  auditLogEvents,
  vaultKeys,
  pipes,
  widgets,
  clientApi,
  radar,
  radarChallenges,
  agents,
} as const;

/** Pages that a browser visits. */
export const extraPages = Object.values(ssoPages);

const families: readonly Readonly<Record<string, Extra>>[] = Object.values(extras);

export const extraOperations: readonly Extra[] = families.flatMap((family) => Object.values(family));
