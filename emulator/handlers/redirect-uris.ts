import { registeredUriProblem } from "../../api/redirect-uris";
import { type Context } from "../context";
import { ApiError, notFound } from "../errors";
import { page } from "../pages";
import { type StoredRedirectUri } from "../store/entities";
import { type Family } from "./handler";
import { presentRedirectUri } from "./present";

export const redirectUris: Family<"redirectUris"> = {
  list: (query, { store }) => {
    const found = page(store.redirectUris.ids(), "redir", query, (id) => store.redirectUris.get(id));
    return { ...found, data: found.data.map(presentRedirectUri) };
  },

  create: ({ uri }, context) => {
    const wrong = registeredUriProblem(uri);
    if (wrong !== undefined) throw new ApiError(422, { message: `Redirect URI: ${wrong}.` });
    if (context.store.redirectUris.idsBy("uri", uri).size > 0) {
      throw new ApiError(422, { message: `Redirect URI '${uri}' already exists.` });
    }
    return presentRedirectUri(addRedirectUri(uri, context));
  },

  delete: ({ id }, { store }) => {
    const uri = store.redirectUris.get(id);
    if (uri === undefined) throw notFound("Redirect URI", id);
    if (uri.default) throw new ApiError(409, { message: "Cannot delete the default redirect URI." });
    store.write(() => store.redirectUris.delete(id));
    return null;
  },
};

/** The first one that is one address is the default; another is chosen in the dashboard, which is not here. */
export function addRedirectUri(uri: string, { store, ids, clock }: Context): StoredRedirectUri {
  const now = clock.iso();
  const isDefault = !uri.includes("*") && !store.redirectUris.all().some((one) => one.default);
  const stored = { id: ids.make("redir"), uri, default: isDefault, created_at: now, updated_at: now };
  store.write(() => store.redirectUris.put(stored));
  return stored;
}
