/** Where the environment's sign-ins may lead back to. Operations: `RedirectUrisController` in the vendor's specification. */
import type { Api, RedirectUriObject } from "../../api";
import { isWorkosError } from "../../api/http/errors";
import { ended } from "../../api/http/missing";
import { firstWhere } from "../../api/http/pages";
import { sameUrl } from "../declare/comparisons";
import { adopt, adopted, fieldsOf, isRetained, onDestroy } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { resourceOf } from "../declare/resource";
import { redirectUriText } from "../declare/shapes";

const { required, output } = fieldsOf<RedirectUriObject>();

const inputs = {
  /**
   * The URI, in full: an address of your application, or of a native app by its own scheme. One `*` may stand in the
   * first part of the host name, as in `https://*.app.example.com/callback`, or for a port of `localhost`. Production
   * environments take neither `http` nor `localhost`. Another one replaces it.
   */
  uri: required(redirectUriText(), { immutable: true, same: sameUrl }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `delete` it, which WorkOS refuses for the default one, or `retain` it.
   * Default: `delete`, and `retain` for what was adopted.
   */
  onDestroy,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** Whether sign-ins lead here that do not say where to. It is chosen in the WorkOS dashboard. */
  default: output<boolean>({ otherwise: () => false }),
  /** When it was created (RFC 3339). */
  createdAt: output<string>(),
  /** When it last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

export const redirectUri = resourceOf<RedirectUriObject>()({
  kind: "RedirectUri",
  noun: "redirect URI",
  keys: [["uri"]],
  inputs,
  outputs,
  label: ({ uri }) => uri,

  create: ({ api, body }) => api.redirectUris.create(body),
  existing: {
    find: (api, { uri }) => findByUri(api, uri),
    taken: [],
    // A URI that is there already is refused without a code, as one is that cannot be taken at all.
    mayBeTaken: (error) => isWorkosError(error) && error.status === 422,
    describe: (found) => (found.default ? "the default one" : "not the default one"),
  },
  lostAnswer: ({ uri }) => foundAgain((api) => findByUri(api, uri)),
  list: { group: () => "", page: (api, _state, page) => api.redirectUris.list(page), eager: true },
  async get(api, id, { uri }) {
    const all = await api.redirectUris.list().all();
    return all.find((one) => one.id === id) ?? all.find((one) => sameUrl(uri, one.uri));
  },
  updates: [],
  async delete({ api, messages }, id, state) {
    if (isRetained(state)) {
      messages.say(`The redirect URI ${state.uri} is retained: sign-ins may lead there as before.`);
      return "gone";
    }
    const deleted = await ended(api.redirectUris.delete({ id })).catch((error: unknown) => {
      throw isWorkosError(error) && error.kind === "conflict" ? defaultStays(error, state.uri) : error;
    });
    if (deleted) messages.say(`Sign-ins no longer lead to ${state.uri}: the redirect URI is deleted.`);
    return "gone";
  },
});

const findByUri = (api: Api, uri: string) => firstWhere(api.redirectUris.list(), (one) => sameUrl(uri, one.uri));

const defaultStays = (error: Error, uri: string) =>
  new Error(
    `${error.message}\n${uri} is the environment's default redirect URI, which WorkOS does not delete. Make another one the default in the WorkOS dashboard (Redirects) and run again, or keep this one with onDestroy: "retain".`,
    { cause: error },
  );
