/**
 * An origin whose pages may call the vendor's API. Operations: `CorsOriginsController` in the vendor's specification,
 * which adds and lists origins, and neither changes nor deletes them.
 */
import type { Api, CorsOriginObject } from "../../api";
import { firstWhere } from "../../api/http/pages";
import { sameUrl } from "../declare/comparisons";
import { adopt, adopted, fieldsOf } from "../declare/fields";
import { foundAgain } from "../declare/found-again";
import { leftThere, mustRetain, onDestroyRetain } from "../declare/no-delete";
import { resourceOf } from "../declare/resource";
import { originText } from "../declare/shapes";

const { required, output } = fieldsOf<CorsOriginObject>();

const inputs = {
  /**
   * The origin: scheme, host and port, as in `https://app.example.com` or `http://localhost:3000`, without a path.
   * Another one is added beside it, since WorkOS has no operation that deletes one.
   */
  origin: required(originText(), { immutable: true, same: sameUrl }),
  /**
   * What to do when the object exists already. `never`, the default: fail and name it. `if-exists`: take it over and
   * bring it to the declared inputs. `require`: take it over, and fail where there is none.
   */
  adopt,
  /**
   * What removing it from the program does: `retain`, the only thing that WorkOS's API makes possible. To be set, unless
   * `adopt` is: it says that you know.
   */
  onDestroy: onDestroyRetain,
};

const outputs = {
  /** Whether the object existed before and was taken over. */
  adopted,
  /** When it was created (RFC 3339). */
  createdAt: output<string>(),
  /** When it last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

export const corsOrigin = resourceOf<CorsOriginObject>()({
  kind: "CorsOrigin",
  noun: "CORS origin",
  keys: [["origin"]],
  inputs,
  outputs,
  label: ({ origin }) => origin,
  together: mustRetain,

  create: ({ api, body }) => api.corsOrigins.create(body),
  existing: {
    find: (api, { origin }) => findByOrigin(api, origin),
    taken: ["duplicate_cors_origin"],
    describe: ({ created_at }) => `made ${created_at}`,
  },
  lostAnswer: ({ origin }) => foundAgain((api) => findByOrigin(api, origin)),
  list: { group: () => "", page: (api, _state, page) => api.corsOrigins.list(page), eager: true },
  async get(api, id, { origin }) {
    const all = await api.corsOrigins.list().all();
    return all.find((one) => one.id === id) ?? all.find((one) => sameUrl(origin, one.origin));
  },
  updates: [],
  delete({ messages }, _id, { origin }) {
    messages.say(`${leftThere(`The CORS origin ${origin}`)} Its pages may call WorkOS as before.`);
    return Promise.resolve("gone");
  },
});

const findByOrigin = (api: Api, origin: string) =>
  firstWhere(api.corsOrigins.list(), (one) => sameUrl(origin, one.origin));
