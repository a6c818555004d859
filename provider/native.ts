/**
 * What programs of every language have, and those in TypeScript have by the package's own classes: a roster that is read
 * from files, and what the record of a roster says of its people as outputs of their own.
 */
import { createRequire } from "node:module";
import type { Failure, Inputs, State } from "./declare/resource";
import { secretMark, secretsOf } from "./declare/secrecy";
import { containsUnknown, isKnownText, unknownValue } from "./declare/unknown";
import { type Lifecycle, PartialFailure, type Read } from "./lifecycle";
import type { Checked } from "./lifecycle/check";
import { lifecycles } from "./lifecycles";
import { rosterLifecycle } from "./roster";
import { idsOf, pendingInvitationsOf } from "./roster/outputs";
import type { RosterGuards } from "./roster/roster";
import type { LoadedRoster } from "./roster-files";

/** What a roster takes besides. */
export interface RosterFileArgs {
  /**
   * Path of a roster file, or of a folder with some, from the program's folder: what they say is `members`, which is then
   * left out. Their `requiredAdmins` are added to those of `guards`. Read when the program runs, in previews too; every
   * mistake is told with its file, line and column.
   */
  readonly rosterFile?: string;
}

/** Outputs that the package's own class makes of the record by itself. */
const madeOfPeople = ["ids", "pendingInvitations"];

/** The lifecycles of all kinds of resources, by name. */
export const nativeLifecycles: ReadonlyMap<string, Lifecycle> = new Map([
  ...lifecycles,
  [rosterLifecycle.kind, rosterOfFiles(rosterLifecycle)],
]);

function rosterOfFiles(roster: Lifecycle): Lifecycle {
  const { members = [] } = roster.repeats ?? {};
  return {
    ...roster,
    repeats: { ...roster.repeats, members: [...members, ...madeOfPeople] },
    outputs: [...roster.outputs, ...madeOfPeople],
    answered: [...roster.answered, ...madeOfPeople],
    at: (inputs, now) => {
      const { inputs: read, failures } = fromFiles(inputs, now);
      return failures.length > 0 ? { inputs, failures } : (roster.at?.(read, now) ?? { inputs: read, failures });
    },
    async create(inputs, context) {
      const { id, outs } = await roster.create(inputs, context).catch(telling);
      return { id, outs: told(outs) };
    },
    read: async (...given) => toldOf(await roster.read(...given)),
    imported: async (...given) => toldOf(await roster.imported(...given)),
    update: async (...given) => told(await roster.update(...given).catch(telling)),
  };
}

function told(state: State): State {
  const people = state.__people as Readonly<Record<string, string>> | undefined;
  return { ...state, ids: idsOf(people), pendingInvitations: pendingInvitationsOf(people) };
}

const toldOf = (found: Read): Read => (found.props === undefined ? found : { ...found, props: told(found.props) });

function telling(error: unknown): never {
  throw error instanceof PartialFailure ? new PartialFailure(error.id, told(error.properties), error.cause) : error;
}

/** The inputs with the members that the files have, as a program would declare them. */
function fromFiles(inputs: Inputs, now: number): Checked {
  const { rosterFile, ...rest } = inputs;
  const wrong = (...failures: Failure[]) => ({ inputs, failures });
  const mistake = (reason: string) => wrong({ property: "rosterFile", reason });
  const isNamed = rest.members !== undefined && rest.members !== null;
  if (rosterFile === undefined || rosterFile === null) {
    const neither = "is required, or rosterFile: a roster says who has access";
    return isNamed ? { inputs: rest, failures: [] } : wrong({ property: "members", reason: neither });
  }
  if (isNamed) {
    return mistake("says who has access, and so does members; keep one of the two");
  }
  if (rosterFile === unknownValue) return { inputs: { ...rest, members: unknownValue }, failures: [] };
  if (!isKnownText(rosterFile) || rosterFile === "")
    return mistake("must be the path of a roster file, or of a folder");
  // With its libraries, which only such programs need.
  const files = createRequire(__filename)("./roster-files") as typeof import("./roster-files");
  let loaded: LoadedRoster;
  try {
    loaded = files.loadRosterFiles(rosterFile, { now });
  } catch (error) {
    const all = error instanceof files.RosterError ? error.mistakes.map(files.shown) : [(error as Error).message];
    return wrong(...all.map((reason) => ({ property: "rosterFile:", reason })));
  }
  const { members, organization, requiredAdmins } = loaded;
  const { organizationId } = rest;
  if (organization !== undefined && isKnownText(organizationId) && organization !== organizationId) {
    return mistake(
      `is the roster of ${organization}, and organizationId is ${organizationId}; give each organization its own roster`,
    );
  }
  // What is not known yet, the run will know.
  const guards = containsUnknown(rest.guards) ? undefined : ((rest.guards ?? {}) as RosterGuards);
  const admins = [...new Set([...(guards?.requiredAdmins ?? []), ...requiredAdmins])];
  // Whoever keeps the path secret keeps secret what it leads to.
  const secret = secretsOf(inputs).map((name) => (name === "rosterFile" ? "members" : name));
  return {
    inputs: {
      ...rest,
      members,
      ...(guards && requiredAdmins.length > 0 ? { guards: { ...guards, requiredAdmins: admins } } : {}),
      ...(secret.length > 0 ? { [secretMark]: [...new Set(secret)].sort().join(",") } : {}),
    },
    failures: [],
  };
}
