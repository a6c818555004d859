/**
 * Another program that people sign in to, or that acts in an organization by itself. Operations:
 * `ApplicationsController` in the vendor's specification. Its name need not be unique, so that nothing tells one that is
 * there from one that is meant: what is there is looked at before a create, and after a lost answer, and taken over by
 * its id alone.
 */
import type { Api, ConnectApplicationObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { unordered } from "../declare/comparisons";
import { adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import {
  type CreateBody,
  type Failure,
  type InputValues,
  type LostAnswer,
  type Recorded,
  resourceOf,
} from "../declare/resource";
import { flag, idOf, listOf, object, oneOf, optionalPart, part, redirectUri, text } from "../declare/shapes";
import { named, oneLine, plural } from "../wording";
import { isUnknown } from "./rotation";

const { required, optional, option, output } = fieldsOf<ConnectApplicationObject>();

const inputs = {
  /** Name, as people see it who are asked to let the application in; it need not be unique. */
  name: required(text()),
  /**
   * `oauth`: people sign in to it. `m2m`: a program that acts in one organization by itself. Another one replaces the
   * application, which then has another client id.
   */
  applicationType: required(oneOf(["oauth", "m2m"]), { immutable: true }),
  /**
   * Id of the organization that the application belongs to (`org_…`). Required for `m2m` and where `isFirstParty` is
   * `false`, and only there. Another one replaces the application.
   */
  organizationId: optional(idOf("org_"), {
    immutable: true,
    from: (application) => ("organization_id" in application ? application.organization_id : undefined),
  }),
  /**
   * `true` for an application of your own, `false` for somebody else's, which people are asked to let in. For `oauth`
   * only. Default: `true`. Another value replaces the application.
   */
  isFirstParty: optional(flag(), { immutable: true, from: (application) => oauthOf(application)?.is_first_party }),
  /**
   * Whether its sign-ins are bound to it by PKCE, as of an application that cannot keep a secret. For `oauth` only.
   * Default: `false`. Another value replaces the application.
   */
  usesPkce: optional(flag(), { immutable: true, from: (application) => oauthOf(application)?.uses_pkce }),
  /** What the application is for. */
  description: optional(text(), { clear: null }),
  /** Scopes that it may ask for, all of them: others are drift and are taken away. */
  scopes: optional(listOf(text(), "scope"), { clear: [], same: unordered }),
  /**
   * Where people may be sent back to, all of it: others are drift and are taken away. One may have `default: true`;
   * without that the vendor chooses one. For `oauth` only.
   */
  redirectUris: optional(listOf(object({ uri: part(redirectUri()), default: optionalPart(flag()) }), "redirect URI"), {
    clear: [],
    same: sameUris,
    from: (application) => oauthOf(application)?.redirect_uris,
  }),
  /**
   * Id of an application that is there already (`conn_app_…`): it is taken over and brought to the declared inputs,
   * instead of a new one being made. The run fails where there is none of that id. Looked at when the resource is
   * created, and never again.
   */
  adoptId: option(idOf("conn_app_")),
  /**
   * What removing it from the program does: `delete` it with its secrets, or `retain` it. Default: `delete`, and `retain`
   * for what was adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether the application existed before and was taken over. */
  adopted,
  /** By which the application names itself when it asks for people to sign in or for tokens (`client_…`). */
  clientId: output<string>(),
  /** Scopes that it may ask for. */
  scopes: output<string[]>(),
  /** When the application was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the application last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const connectApplication = resourceOf<ConnectApplicationObject>()({
  kind: "ConnectApplication",
  noun: "Connect application",
  inputs,
  outputs,
  label: ({ name }) => `"${name}"`,
  together: fitting,

  create: ({ api, body }) => api.connectApplications.create(ofItsKind(body)),
  existing: {
    find: taken,
    // It is looked for only where the program names it.
    single: true,
    taken: [],
    describe: ({ client_id }) => client_id,
    revive,
  },
  lookBefore: alike,
  lostAnswer,
  gain: ({ client_id, ...application }, { scopes }) =>
    application.application_type === "m2m"
      ? `The application "${oneLine(application.name)}" (${client_id}) may act in ${application.organization_id} by its secrets${asking(scopes)}.`
      : undefined,
  list: { group: () => "", page: (api, _state, page) => api.connectApplications.list(page) },
  get: (api, id) => api.connectApplications.get({ id }).catch(undefinedIfMissing),
  updates: [
    {
      async send({ api, context, id, body, state }) {
        const now = await api.connectApplications.update({ id, ...body });
        for (const line of changesSaid(state, now)) context.messages.say(line);
        return now;
      },
    },
  ],
  async delete({ api, messages }, id, state) {
    const { name, clientId, applicationType } = state;
    if (isRetained(state)) {
      messages.say(`The application "${oneLine(name)}" (${clientId}) is retained, with its secrets.`);
      return "gone";
    }
    const deleted = await ended(api.connectApplications.delete({ id }));
    const loses = applicationType === "m2m" ? "it gets no tokens any more" : "nobody can sign in to it any more";
    messages.say(
      `The application "${oneLine(name)}" (${clientId}) ${deleted ? `is deleted with its secrets: ${loses}` : "was deleted already"}.`,
    );
    return "gone";
  },
});

const oauthOf = (application: ConnectApplicationObject) =>
  application.application_type === "oauth" ? application : undefined;

/** The one that the program names by its id. */
async function taken(api: Api, { adoptId: id, name }: Values): Promise<ConnectApplicationObject | undefined> {
  if (id === undefined) return undefined;
  const found = await api.connectApplications.get({ id }).catch(undefinedIfMissing);
  if (found) return found;
  throw new Error(
    `There is no Connect application ${id} in this environment to take over. Correct adoptId of "${oneLine(name)}", or leave it out to make a new one.`,
  );
}

/** What no update can change has to be as it is declared. */
function revive(found: ConnectApplicationObject, declared: Values): Promise<ConnectApplicationObject> {
  const oauth = oauthOf(found);
  const actual = {
    applicationType: found.application_type,
    organizationId: "organization_id" in found ? found.organization_id : undefined,
    isFirstParty: oauth?.is_first_party,
    usesPkce: oauth?.uses_pkce,
  };
  const names = ["applicationType", "organizationId", "isFirstParty", "usesPkce"] as const;
  const wrong = names.find((name) => declared[name] !== undefined && declared[name] !== actual[name]);
  return wrong === undefined
    ? Promise.resolve(found)
    : Promise.reject(
        new Error(
          `The Connect application "${oneLine(found.name)}" (${found.id}) has ${wrong} ${JSON.stringify(actual[wrong] ?? null)}, which WorkOS cannot change. Declare it like that, or leave out adoptId to make a new application.`,
        ),
      );
}

type Uri = { uri: string; default?: boolean };
const isUris = (value: unknown): value is readonly Uri[] =>
  Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null && "uri" in one);

/** In any order; which one is the default counts only where that is declared. */
function sameUris(declared: Uri[], actual: unknown): boolean {
  return (
    isUris(actual) &&
    actual.length === declared.length &&
    declared.every(({ uri, default: wanted }) =>
      actual.some((one) => one.uri === uri && (wanted === undefined || one.default === wanted)),
    )
  );
}

function fitting(given: Partial<Values>): Failure<keyof Values>[] {
  const { applicationType, organizationId, isFirstParty, redirectUris } = given;
  const wrong: Failure<keyof Values>[] = [];
  const say = (property: keyof Values, reason: string) => wrong.push({ property, reason });
  if (applicationType === "m2m") {
    if (organizationId === undefined) say("organizationId", "is required for an m2m application, which acts in it");
    for (const property of ["isFirstParty", "usesPkce", "redirectUris"] as const) {
      if (given[property] !== undefined) say(property, "is for OAuth applications only; leave it out");
    }
  }
  if (applicationType === "oauth") {
    if (isFirstParty === false && organizationId === undefined) {
      say("organizationId", "is required where isFirstParty is false: it says whose application it is");
    }
    if ((isFirstParty ?? true) === true && organizationId !== undefined) {
      say("organizationId", "is not for an application of your own; leave it out, or set isFirstParty: false");
    }
  }
  if (isUris(redirectUris)) {
    const uris = redirectUris.map(({ uri }) => uri);
    const twice = uris.find((uri, index) => uris.indexOf(uri) < index);
    const chosen = redirectUris.filter((one) => one.default === true).length;
    if (twice !== undefined) say("redirectUris", `names ${twice} twice`);
    else if (chosen > 1 || (chosen === 0 && redirectUris.some((one) => one.default === false))) {
      say("redirectUris", "must have one with default: true where it has any default");
    }
  }
  return wrong;
}

/** The vendor's body for either kind; `check` has seen to what each needs. */
function ofItsKind({ application_type, is_first_party = true, ...rest }: CreateBody<typeof inputs>) {
  if (application_type === "oauth") return { ...rest, application_type, is_first_party };
  const { name, description, scopes, organization_id = "" } = rest;
  return { name, description, scopes, application_type, organization_id };
}

const asking = (scopes: readonly string[]): string => (scopes.length > 0 ? `, and may ask for ${named(scopes)}` : "");

/** What the application may do from now on, and what no longer. */
function changesSaid(state: Outputs, now: ConnectApplicationObject): string[] {
  const moved = (before: readonly string[], after: readonly string[], may: string, no: string) => {
    const gained = after.filter((one) => !before.includes(one));
    const lost = before.filter((one) => !after.includes(one));
    const parts = [
      ...(gained.length > 0 ? [`${may} ${named(gained)} now`] : []),
      ...(lost.length > 0 ? [`${no} ${named(lost)}`] : []),
    ];
    const who = `The application "${oneLine(now.name)}" (${now.client_id})`;
    return parts.length > 0 ? [`${who} ${parts.join(" and ")}.`] : [];
  };
  const uris = (all: readonly Uri[] = []) => all.map(({ uri }) => uri);
  return [
    ...moved(state.scopes, now.scopes, "may ask for", "may no longer ask for"),
    ...moved(
      uris(state.redirectUris),
      uris(oauthOf(now)?.redirect_uris),
      "may send people back to",
      "may no longer send them to",
    ),
  ];
}

function alike(there: readonly ConnectApplicationObject[], { name }: Values, context: HookContext): string | undefined {
  const others = there.filter((one) => one.name === name && isUnknown(context, one.id));
  return others.length > 0
    ? `The application "${oneLine(name)}" is made. ${plural(others.length, "other application")} of that name ${others.length === 1 ? "exists" : "exist"}: ${named(others.map(({ id, client_id }) => `${id} (${client_id})`))}. What nothing manages, as after an older state was restored, should be deleted.`
    : undefined;
}

function lostAnswer({ name, organizationId, description }: Values): LostAnswer<ConnectApplicationObject> {
  return {
    find: (api: Api) => api.connectApplications.list({ organization_id: organizationId }).all(),
    // What was left out was asked to be none.
    canBeOurs: (found) => description !== undefined || found.description === null,
    repeat: "answered",
    unsure: (found) =>
      found.length > 0
        ? `${found.length} new applications named "${name}" appeared meanwhile (${found.map(({ id }) => id).join(", ")}) and nothing tells which one is this program's: none was touched. Delete the ones that nobody uses, then run again.`
        : `No new application named "${name}" was found, but the request may still be carried out, so it was not repeated. Run again; if one of this name appears that nobody knows, delete it.`,
  };
}
