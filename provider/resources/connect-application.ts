/**
 * Another program that people sign in to, or that acts in an organization by itself. Operations:
 * `ApplicationsController` in the vendor's specification. Its name need not be unique, so that nothing tells one that is
 * there from one that is meant: what is there is looked at before a create, and after a lost answer.
 */
import type { Api, ConnectApplicationObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { unordered } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { type InputValues, type LostAnswer, resourceOf } from "../declare/resource";
import { flag, idOf, listOf, object, oneOf, optionalPart, part, redirectUri, text } from "../declare/shapes";
import { named, oneLine, plural } from "../wording";
import { asking, changesSaid, differentInKind, fitting, oauthOf, ofItsKind, sameUris } from "./applications";
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
   * What to do about the application that `adoptId` names. `never`, the default: fail and name it. `if-exists`: take it
   * over and bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * Id of the application that `adopt` takes over (`conn_app_…`): its name need not tell it from others. Looked at when
   * the resource is created, and never again.
   */
  adoptId: option(idOf("conn_app_")),
  /**
   * What removing it from the program does: `delete` it with its secrets, or `retain` it. Default: `delete`, and
   * `retain` for what was adopted.
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
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;

export const connectApplication = resourceOf<ConnectApplicationObject>()({
  kind: "ConnectApplication",
  noun: "Connect application",
  keys: [["adoptId"]],
  inputs,
  outputs,
  label: ({ name }) => `"${name}"`,
  together: fitting,

  create: ({ api, body }) => api.connectApplications.create(ofItsKind(body)),
  existing: {
    find: (api, { adoptId: id }) =>
      id === undefined ? Promise.resolve(undefined) : api.connectApplications.get({ id }).catch(undefinedIfMissing),
    lookFirst: true,
    taken: [],
    describe: ({ application_type, name }) => `${application_type}, "${oneLine(name)}"`,
    another: differentInKind,
    revive(found, declared) {
      const problem = differentInKind(found, declared);
      return problem === undefined ? Promise.resolve(found) : Promise.reject(new Error(problem));
    },
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
