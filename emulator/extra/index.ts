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

/** Named here, so that the declarations of the package refer to them instead of repeating them. */
interface Extras {
  readonly authorization: typeof authorization;
  readonly sso: typeof sso;
  readonly auditLogEvents: typeof auditLogEvents;
  readonly vaultKeys: typeof vaultKeys;
  readonly pipes: typeof pipes;
  readonly widgets: typeof widgets;
  readonly clientApi: typeof clientApi;
  readonly radar: typeof radar;
  readonly radarChallenges: typeof radarChallenges;
  readonly agents: typeof agents;
}

export const extras: Extras = {
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
};

/** Pages that a browser visits. */
export const extraPages = Object.values(ssoPages);

const families = Object.values(extras) as readonly Readonly<Record<string, Extra>>[];

export const extraOperations: readonly Extra[] = families.flatMap((family) => Object.values(family));
